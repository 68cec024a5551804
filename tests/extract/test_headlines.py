"""Which heading readers see as the headline, and which is made for search engines."""

import pytest

from chronik.extract import structured
from chronik.extract.titles import title
from chronik.extract.tree import parsed

URL = "https://www.talbote.example/schleuse.html"
SEARCH, SEEN = "Schleuse Orwetal: Sanierung und Termine", "Das Tor bleibt zu"


def chosen(head, body):
    found = structured.declared(parsed(f"<html><head>{head}</head><body>{body}</body></html>"), url=URL)
    return title(found.titles, sources=("Talbote",), url=URL)[0]


HEAD = f'<title>{SEARCH} | Talbote</title><meta property="og:title" content="{SEEN}">'
HEAD += f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{SEARCH}"}}</script>'


@pytest.mark.parametrize(
    "trail",
    [
        f"<nav><ol><li>Region</li><li><h1>{SEARCH}</h1></li></ol></nav>",
        f'<div class="page-breadcrumb"><h1>{SEARCH}</h1></div>',
        f'<h1 class="seotitle">{SEARCH}</h1>',
        f'<h1 class="visually-hidden">{SEARCH}</h1>',
    ],
)
def test_a_heading_in_a_trail_of_links_gives_way_to_the_headline_that_readers_see(trail):
    assert chosen(HEAD, f"{trail}<article><h2>{SEEN}</h2></article>") == SEEN


def test_a_heading_before_the_article_gives_way_to_a_declared_one_within_it():
    assert chosen(HEAD, f"<h1>{SEARCH}</h1><article><h2>{SEEN}</h2></article>") == SEEN


def test_a_heading_in_a_trail_holds_where_no_other_is_seen():
    assert chosen(f"<title>{SEARCH}</title>", f"<nav><h1>{SEARCH}</h1></nav><h2>Mehr zum Thema</h2>") == SEARCH


def test_a_headline_in_the_article_is_not_beaten_by_a_teaser_below_it():
    body = f'<article><h1>{SEARCH}</h1></article><div class="teaser"><h2>{SEEN}</h2></div>'
    assert chosen(HEAD, body) == SEARCH


def test_headings_of_teasers_and_dialogs_are_none_of_the_article():
    body = '<a href="/x"><h1>Andere Sache</h1></a><div class="modal"><h1>Anmelden</h1></div><h1>Das Tor bleibt zu</h1>'
    assert chosen("", body) == SEEN


def test_a_page_without_first_level_heading_is_titled_by_what_is_marked_as_headline():
    assert chosen("", f'<h2 class="entry-title">{SEEN}</h2><p>Text</p>') == SEEN
    assert chosen("", f'<div itemprop="headline">{SEEN}</div>') == SEEN


def test_two_different_kickers_before_one_headline_come_off():
    head = f'<meta property="og:title" content="Streit um Wasser: {SEEN}">'
    assert chosen(head, f"<h1><span>Region Orwetal</span> - <span>{SEEN}</span></h1>") == SEEN


def test_pieces_of_a_heading_do_not_run_together():
    assert chosen("", f"<h1><span>Region</span><span>{SEEN}</span></h1>") == f"Region {SEEN}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"\u202b{SEEN}\u202c", SEEN),
        (f"{SEEN}\u200f", SEEN),
        ("Das <em>Tor</em> bleibt zu", SEEN),
        (f"{SEEN} | Talbote Online", SEEN),
        (f"{SEEN}｜Talbote", SEEN),
        ("Wert < 5 und > 3", "Wert < 5 und > 3"),
    ],
)
def test_titles_hold_no_markup_no_marks_of_direction_and_no_site(written, expected):
    escaped = written.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    assert chosen(f'<meta property="og:title" content="{escaped}">', "") == expected
