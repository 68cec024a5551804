"""The desk's pure decisions: how text is cut and marked, what may be written, which names are ours."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.config import from_table
from chronik.desk import changes, checks, reading
from chronik.desk.failures import WORDS, in_words
from chronik.desk.history import SENTENCES
from chronik.desk.languages import KINDS
from chronik.desk.snippets import pieces
from chronik.errors import RefusedInputError
from chronik.model import Dossier, FailureKind, Passage, SourceKind, Verb, paragraphs
from chronik.ports import Hit
from chronik.web import hosts

TEXT = "Erster Absatz.\n\nZweiter Absatz\nmit Zeile.\n\nDritter."


def passage(exact, text=TEXT):
    start = text.index(exact)
    return Passage(exact=exact, start=start, end=start + len(exact))


def marked(text, *passages):
    """The text with its marks written out."""
    return [
        "".join(f"[{piece.clip_id}:{piece.text}]" if piece.clip_id else piece.text for piece in paragraph.pieces)
        for paragraph in reading.paragraphs(text, passages)
    ]


# Marks


def test_a_passage_over_two_paragraphs_is_marked_in_both():
    assert marked(TEXT, ("a", passage("Absatz.\n\nZweiter"))) == [
        "Erster [a:Absatz.]",
        "[a:Zweiter] Absatz\nmit Zeile.",
        "Dritter.",
    ]


def test_a_mark_has_one_beginning():
    shown = reading.paragraphs(TEXT, [("a", passage("Absatz.\n\nZweiter"))])
    assert [piece.first for paragraph in shown for piece in paragraph.pieces if piece.clip_id] == [True, False]


def test_overlapping_passages_are_marked_without_losing_text():
    assert marked(TEXT, ("b", passage("Absatz")), ("a", passage("Erster Absatz.")), ("c", passage("mit"))) == [
        "[a:Erster Absatz.]",
        "Zweiter Absatz\n[c:mit] Zeile.",
        "Dritter.",
    ]


def test_a_passage_that_does_not_stand_there_is_not_marked():
    moved = replace(passage("Dritter"), exact="Vierter")
    assert marked(TEXT, ("a", moved))[2] == "Dritter."


@given(st.text(alphabet="ab \n\t\r\u2028ü", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_paragraphs_hold_the_whole_text_whatever_is_marked(text, spans):
    passages = [
        (str(number), Passage(exact=text[start:end], start=start, end=end))
        for number, (start, end) in enumerate(spans)
        if start < end <= len(text)
    ]
    shown = reading.paragraphs(text, passages)
    assert tuple("".join(piece.text for piece in one.pieces) for one in shown) == paragraphs(text)
    for one in shown:
        assert text[one.start :].startswith(one.pieces[0].text)


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40))))
def test_a_snippet_is_whole_whatever_its_marks(text, marks):
    hit = Hit(id="x", kind="clip", score=0.0, snippet=text, marks=tuple(marks))
    assert "".join(run for run, _found in pieces(hit)) == text


# What may be written


@given(st.text())
def test_checked_text_can_be_kept_and_checking_again_changes_nothing(value):
    once = checks.text(value, what="Note")
    assert once.encode().decode() == once
    assert "\0" not in once
    assert checks.text(once, what="Note") == once
    assert "\n" not in checks.line(value, what="Title")


@given(st.text())
def test_any_date_is_kept_or_refused(value):
    try:
        kept = checks.published(value)
    except RefusedInputError:
        return
    assert checks.published(kept) == kept


def test_a_change_of_order_counts():
    one = {"names": {"de": "a", "en": "b"}}
    other = {"names": {"en": "b", "de": "a"}}
    assert changes.difference(one, other)
    assert not changes.difference(one, {"names": {"de": "a", "en": "b"}})
    assert changes.dossier_fields(Dossier(slug="a", names={"de": "b"}))["created_at"] is None


# Closed sets have words


def test_every_failure_verb_and_kind_has_words():
    assert set(WORDS) == set(FailureKind)
    assert set(SENTENCES) == set(Verb)
    assert set(KINDS) == set(SourceKind)


@pytest.mark.parametrize("failure", ["", "gone", "gone: really", "something else", "gone:", ": x"])
def test_any_failure_can_be_told(failure):
    assert bool(in_words(failure)) == bool(failure)


# Names of the machine


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({}, "localhost"),
        ({"host": "192.168.1.5"}, "192.168.1.5"),
        ({"host": "::1"}, "[::1]"),
        ({"public_url": "https://archiv.example/presse/"}, "archiv.example"),
    ],
)
def test_the_settings_name_the_machine(settings, name):
    assert name in hosts.allowed(from_table(Path(), settings))


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_every_interface_means_any_address(host):
    assert hosts.any_address(from_table(Path(), {"host": host}))
    assert host not in hosts.allowed(from_table(Path(), {"host": host}))


def test_forms_are_taken_from_the_public_address():
    config = from_table(Path(), {"public_url": "https://archiv.example:8443/presse/"})
    assert hosts.trusted_origins(config) == ["https://archiv.example:8443"]
    assert hosts.trusted_origins(from_table(Path(), {})) == []
