"""Where an article's text begins: behind its own title, kicker and byline."""

import pytest

from chronik.extract.article import article
from chronik.extract.framing import unframed
from chronik.model import Article, Page

TITLE = "Schleuse bleibt bis Ende Mai zu"
LEAD = (
    "Der Kreistag hat am Montag beschlossen, die Schleuse am Mühlbach nicht wieder zu öffnen, bevor geprüft ist, was."
)
TEXT = "Wer nach Brunnau will, fährt einen Umweg von neun Kilometern."


@pytest.mark.parametrize(
    "heads",
    [
        (),
        (TITLE,),
        ("„Schleuse bleibt bis Ende Mai zu“",),
        (TITLE, TITLE),
        ("Region", "5. Mai 2026, 10:15 Uhr", TITLE),
        ("Streit um den Mühlbach: Schleuse bleibt bis Ende Mai zu",),
        (TITLE, "Von Ada Nagel und Kim Moor"),
        (TITLE, "ADA NAGEL"),
    ],
)
def test_the_text_begins_behind_its_title_and_byline(heads):
    assert unframed((*heads, LEAD, TEXT), titles=[TITLE], authors=["Ada Nagel", "Kim Moor"]) == (LEAD, TEXT)


def test_a_lead_above_the_title_stays():
    assert unframed((LEAD, TITLE, TEXT), titles=[TITLE]) == (LEAD, TEXT)


def test_a_title_far_down_stays():
    paragraphs = (*[LEAD] * 6, TITLE, TEXT)
    assert unframed(paragraphs, titles=[TITLE]) == paragraphs


def test_what_names_somebody_else_stays():
    assert unframed(("Rita Berg", TEXT), titles=[TITLE], authors=["Ada Nagel"]) == ("Rita Berg", TEXT)


def test_a_text_that_is_only_its_title_stays():
    assert unframed((TITLE,), titles=[TITLE]) == (TITLE,)
    assert unframed((), titles=[TITLE]) == ()


def test_a_short_title_does_not_cut_a_sentence_that_ends_with_it():
    assert unframed(("Das sagt Brunnau.", TEXT), titles=["Brunnau"]) == ("Das sagt Brunnau.", TEXT)


def test_the_heading_within_the_article_is_its_title_and_not_its_text():
    paragraphs = "".join(f"<p>{LEAD} {number}</p>" for number in range(6))
    body = f"<html><body><article><h1>{TITLE}</h1>{paragraphs}</article></body></html>".encode()
    found = article(Page(url="https://talbote.example/schleuse", body=body, media_type="text/html"))
    assert isinstance(found, Article)
    assert found.title == TITLE
    assert found.text.startswith(LEAD)
