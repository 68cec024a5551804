"""The desk's pure decisions: how text is cut and marked, what may be written, which names are ours."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.material import make_article

from chronik.config import from_table
from chronik.desk import changes, checks, findings, reading
from chronik.desk.failures import WORDS, in_words
from chronik.desk.history import SENTENCES
from chronik.desk.languages import KINDS
from chronik.desk.snippets import pieces
from chronik.errors import RefusedInputError
from chronik.model import (
    Block,
    BlockKind,
    DateMention,
    Dossier,
    FailureKind,
    Link,
    Mention,
    NameKind,
    Passage,
    SourceKind,
    Span,
    Statement,
    Verb,
    paragraphs,
    records,
)
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
    assert records.dossier_record(Dossier(slug="a", names={"de": "b"}))["created_at"] is None


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


# The form of a text


def test_list_items_stand_together_and_headings_below_the_title():
    blocks = [Block(kind=BlockKind.HEADING, level=1), *[Block(kind=BlockKind.ITEM, level=1)] * 2]
    shown = reading.groups(reading.paragraphs("Head\n\nOne\n\nTwo", [], blocks=blocks))
    assert [(group.is_list, [paragraph.tag for paragraph in group.paragraphs]) for group in shown] == [
        (False, ["h2"]),
        (True, ["li", "li"]),
    ]


def test_blocks_that_do_not_fit_the_text_are_passed_over():
    (one, two) = reading.paragraphs("One\n\nTwo", [], blocks=[Block(kind=BlockKind.ITEM, level=1)])
    assert (one.tag, two.tag) == ("p", "p")


def linked(text, links, *passages):
    pieces = [piece for one in reading.paragraphs(text, passages, links=links) for piece in one.pieces]
    return [(piece.text, piece.url, piece.clip_id, piece.first) for piece in pieces]


def test_a_link_within_a_clip_keeps_both():
    address = "https://talbote.example/"
    clip = Passage(exact="One two three", start=0, end=13)
    assert linked("One two three", [Link(start=4, end=7, url=address)], ("a", clip)) == [
        ("One ", "", "a", True),
        ("two", address, "a", False),
        (" three", "", "a", False),
    ]


def test_links_that_lead_nowhere_safe_are_plain_text():
    links = [Link(start=0, end=3, url="javascript:alert(1)"), Link(start=2, end=99, url="https://talbote.example/")]
    assert linked("One two", links) == [("One two", "", "", False)]


@given(
    st.text(alphabet="ab \nü", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8),
    st.lists(st.tuples(st.integers(-2, 70), st.integers(-2, 70)), max_size=8),
)
def test_paragraphs_hold_the_whole_text_whatever_is_linked(text, spans, links):
    passages = [
        (str(number), Passage(exact=text[start:end], start=start, end=end))
        for number, (start, end) in enumerate(spans)
        if start < end <= len(text)
    ]
    led = [Link(start=start, end=end, url="https://talbote.example/") for start, end in links]
    shown = reading.paragraphs(text, passages, links=led)
    assert tuple("".join(piece.text for piece in one.pieces) for one in shown) == paragraphs(text)


# What was found in a text


def test_findings_name_the_paragraph_and_the_most_frequent_first():
    text = "Ada went.\n\nBen met Ada on Monday."
    article = make_article(
        text=text,
        mentions=(
            Mention(start=0, end=3, kind=NameKind.PERSON),
            Mention(start=11, end=14, kind=NameKind.PERSON),
            Mention(start=19, end=22, kind=NameKind.PERSON),
        ),
        statements=(Statement(start=15, end=18, quoted=False, speaker=Span(start=11, end=14)),),
        dates=(DateMention(start=26, end=32, date="2026-04-27", relative=True),),
    )
    found = findings.findings(article, shown=reading.paragraphs(text, []))
    assert [(one.text, one.times, one.paragraph) for one in found.persons] == [("Ada", 2, 1), ("Ben", 1, 2)]
    assert [(one.text, one.speaker, one.paragraph) for one in found.statements] == [("met", "Ben", 2)]
    assert [(one.text, one.date) for one in found.dates] == [("Monday", "2026-04-27")]
