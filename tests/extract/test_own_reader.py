"""The reader of our own: complete text, no furniture, whatever the script and the markup."""

import json
import time
from hashlib import sha256
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extract.pages_of_many_tongues import ARTICLES, SITES

from chronik.extract.candidates import Candidate, Declared
from chronik.extract.readers import leaves as flat
from chronik.extract.readers.cascade import best_body
from chronik.extract.readers.own import body, column_names
from chronik.extract.tree import parsed
from chronik.model import BlockKind

GERMAN = ARTICLES["de"][1]
URL = "https://www.brunnauer-bote.test/lokales/schleuse.html"


def page(inside, title=""):
    return f"<!doctype html><html><head><title>{title}</title></head><body>{inside}</body></html>"


def read(html, declared=None):
    return best_body(parsed(html), html, url=URL, declared=declared or Declared())


def texts(found):
    return [block.text for block in found.blocks]


def article(inside, after=""):
    start = "".join(f"<p>{text}</p>" for text in GERMAN[:2])
    end = "".join(f"<p>{text}</p>" for text in GERMAN[2:])
    return page(f"<article><h1>Schleuse</h1>{start}{inside}{end}</article>{after}")


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("language", ARTICLES)
def test_an_article_is_complete_and_bare_in_every_script_and_on_every_kind_of_site(language, site):
    title, paragraphs, menu, teasers, footer = ARTICLES[language]
    html = page(SITES[site](title, paragraphs, menu, teasers, footer), title=title)
    declared = Declared(titles=(Candidate(value=title, origin="title"),))
    found = texts(read(html, declared))
    assert [text for text in paragraphs if text not in found] == []
    assert [text for text in (*menu, *teasers, footer) if text in found] == []


def test_headings_quotes_lists_and_rows_keep_their_form():
    inside = (
        "<h2>Was nun geschieht</h2><blockquote><p>„Wir prüfen jetzt jede einzelne Stelle der Mauer“, sagte die "
        "Landrätin am Abend vor der Presse.</p></blockquote><ul><li>Die Gemeinde Brunnau zahlt das Gutachten.</li>"
        "<li>Das Land entscheidet im Frühjahr über den Zuschuss.</li></ul>"
    )
    found = {block.text: (block.kind, block.level) for block in read(article(inside)).blocks}
    assert found["Was nun geschieht"] == (BlockKind.HEADING, 2)
    assert found["Die Gemeinde Brunnau zahlt das Gutachten."] == (BlockKind.ITEM, 1)
    assert (BlockKind.QUOTE, 0) in found.values()


def test_a_link_leads_where_it_leads_and_covers_its_words():
    linked = (
        '<p>Mehr steht im <a href="../bericht.pdf">Bericht der Gutachter</a>, den der Kreis am Freitag vorlegte.</p>'
    )
    (block,) = [block for block in read(article(linked)).blocks if block.links]
    (link,) = block.links
    assert block.text[link.start : link.end] == "Bericht der Gutachter"
    assert link.url == "https://www.brunnauer-bote.test/bericht.pdf"


def test_a_caption_belongs_to_its_picture_and_not_to_the_text():
    figure = (
        '<figure><img src="/b/mauer.jpg" width="800" height="500"><figcaption>Die Mauer am Mühlbach im Oktober. '
        "<span>Foto: A. Weber</span></figcaption></figure>"
    )
    found = read(article(figure))
    (picture,) = found.pictures
    assert picture.url == "https://www.brunnauer-bote.test/b/mauer.jpg"
    assert picture.caption.startswith("Die Mauer am Mühlbach")
    assert picture.before == 2
    assert not any("Die Mauer am Mühlbach im Oktober" in text for text in texts(found))


def test_comments_boxes_and_teasers_stay_out():
    comments = "".join(
        f"<li class='comment'><div class='comment-author'>Leser {number}</div><div class='comment-body'><p>Das finde "
        f"ich nun wirklich nicht richtig, denn schon im Jahr {1990 + number} war es ganz genauso.</p></div></li>"
        for number in range(6)
    )
    after = (
        f"<section id='comments'><ol class='comment-list'>{comments}</ol></section><div class='newsletter-signup'><p>"
        "Melden Sie sich für unseren Newsletter an und lesen Sie jeden Morgen das Wichtigste.</p></div>"
    )
    found = " ".join(texts(read(article("", after))))
    assert all(text in found for text in GERMAN)
    assert "nicht richtig" not in found
    assert "Newsletter" not in found


def test_an_article_that_stands_twice_is_read_once():
    paragraphs = "".join(f"<p>{text}</p>" for text in GERMAN)
    twice = f"<article><div class='desktop'>{paragraphs}</div><div class='mobile'>{paragraphs}</div></article>"
    assert texts(read(page(twice))) == list(GERMAN)


def test_a_text_that_only_the_declaration_holds_is_taken_from_there():
    declared = Declared(bodies=(Candidate(value="\n\n".join(GERMAN * 3), origin="json-ld"),))
    found = read(page("<div id='app'></div>"), declared)
    assert found.origin == "json-ld"
    assert texts(found)[0] == GERMAN[0]
    assert not found.trusted


def test_a_page_without_text_gives_none():
    assert read("").blocks == ()
    assert read(page("")).blocks == ()
    assert body(parsed(""), url="", declared=Declared()).blocks == ()


def test_the_tree_is_left_as_it_was():
    html = article("<script>var a = 1</script><noscript><p>Bitte anschalten.</p></noscript>")
    tree = parsed(html)
    before = tree.html
    best_body(tree, html, url=URL, declared=Declared())
    assert tree.html == before


def test_the_weights_belong_to_the_columns_that_are_told_of_a_leaf():
    record = json.loads(files("chronik.extract.readers").joinpath("training.json").read_text(encoding="ascii"))
    told = sha256("\n".join(column_names()).encode()).hexdigest()
    assert record["columns"] == told, "features or their names changed: run `make train-reading`"


def test_the_same_page_is_read_the_same_again():
    title, *rest = ARTICLES["ja"]
    html = page(SITES["hashed"](title, *rest))
    assert read(html) == read(html)


FLOODS = {
    "deep": "<div>" * 4_900 + GERMAN[0] + "</div>" * 4_900,
    "deep and wide": "<div>" * 4_900 + f"<p>{GERMAN[0]}</p>" * 20_000,
    "figure": f"<figure>{f'<p>{GERMAN[0]}</p>' * 20_000}</figure>",
    "list": f"<ul>{f'<li>{GERMAN[0]}</li>' * 20_000}</ul>",
    "inline": "<b><i>" * 2_000 + GERMAN[0],
    "wide": "<p>x</p>" * 120_000,
    "links": "<a href='/a'>b</a>" * 60_000,
    "cells": f"<table>{'<tr><td>a<td>b' * 30_000}</table>",
    "pictures": "<figure><img src='/a.jpg'><figcaption>Ein Bild</figcaption></figure>" * 20_000,
    "one word": f"<p>{'a' * 3_000_000}</p>",
    "one text": f"<p>{'wort, ' * 500_000}</p>",
    "breaks": "a<br>" * 100_000,
    "classes": "".join(f"<div class='{'x' * 300}{number}'>a</div>" for number in range(5_000)),
    "addresses": f"<p><a href='http://[{'x' * 100_000}'>a</a></p>" * 20,
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_flood_neither_breaks_nor_holds_up_our_reader(flood):
    tree = parsed(page(f"<p>{GERMAN[0]}</p>{flood}"))
    started = time.process_time()
    body(tree, url=URL, declared=Declared())
    assert time.process_time() - started < 10


def test_leaves_and_their_length_have_limits():
    tree = parsed(page("<p>x</p>" * (flat.LEAVES_MAX + 50)))
    assert len(flat.leaves(tree.root).leaves) <= flat.LEAVES_MAX + 1


_TAGS = "<p> </div> <table> <td> </a> <br> <li> <h2> <b> <custom-tag> <blockquote>"
TAG_SOUP = [*_TAGS.split(), "<a href='x'>", "x y.", "ä", "ـ", "😀", "あい。", "<pre>\n\n", "<figure><img src=a>"]


@given(
    st.lists(
        st.sampled_from(
            TAG_SOUP,
        ),
        max_size=60,
    )
)
def test_any_tag_soup_gives_a_body(pieces):
    found = body(parsed("".join(pieces)), url=URL, declared=Declared())
    for block in found.blocks:
        assert block.text == " ".join(block.text.split()) != ""
        assert all(0 <= link.start < link.end <= len(block.text) for link in block.links)
    assert all(0 <= picture.before <= len(found.blocks) for picture in found.pictures)
