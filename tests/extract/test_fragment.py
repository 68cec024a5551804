"""Pieces of HTML and plain texts become paragraphs in their form."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.extract.fragment import fragment
from chronik.model import BlockKind

URL = "https://talbote.example/artikel/1"


def paragraphs(text, **others):
    return fragment(text, url=URL, **others).text.split("\n\n")


def test_markup_keeps_its_form():
    form = fragment(
        "<h3>Kopf</h3><p>Eins <a href='/b'>zwei</a>.</p><ul><li>drei</li></ul><blockquote>vier</blockquote>", url=URL
    )
    assert form.text == "Kopf\n\nEins zwei.\n\ndrei\n\nvier"
    kinds = [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE]
    assert [block.kind for block in form.blocks] == kinds
    assert form.links[0].url == "https://talbote.example/b"


@pytest.mark.parametrize(
    ("text", "is_markup", "read"),
    [
        ("a < b\n\nc & d", None, ["a < b", "c & d"]),
        ("eins\nzwei", None, ["eins", "zwei"]),
        ("eins\nnoch eins\n\nzwei", None, ["eins noch eins", "zwei"]),
        ("<b>nicht fett</b>", False, ["<b>nicht fett</b>"]),
        ("Fisch &amp; Brot", None, ["Fisch & Brot"]),
        ("&lt;p&gt;ja&lt;/p&gt;&lt;p&gt;nein&lt;/p&gt;", None, ["ja", "nein"]),
        ("eins<br><br>zwei", True, ["eins", "zwei"]),
        ("", True, [""]),
    ],
)
def test_tags_tell_markup_from_text(text, is_markup, read):
    assert paragraphs(text, is_markup=is_markup) == read


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 50_000,
        "<ul><li>" * 25_000,
        "<div>x" * 20_000 + "</div>" * 20_000,
        "<p>a" * 50_000,
        "<" * 200_000,
        "<rt>" * 50_000,
    ]
    + [f"<{tag}>" * 25_000 for tag in ("main", "pre", "nav")],
)
def test_markup_made_to_be_slow_is_not(bomb):
    started = time.process_time()
    fragment(bomb, url=URL)
    assert time.process_time() - started < 5


@given(st.text(max_size=100))
def test_any_text_becomes_paragraphs(text):
    for begin in ("", "<p>", "<table><td>"):
        form = fragment(begin + text, url=URL)
        assert len(form.blocks) == len([part for part in form.text.split("\n\n") if part])
