"""A page without text is refused with its reason, and with what to do next."""

import pytest

from chronik.extract.article import article
from chronik.model import ArticleKind, Failure, FailureKind, Page


def refused(html, url="https://orle.example/news/1"):
    found = article(Page(url=url, body=html.encode(), media_type="text/html"))
    assert isinstance(found, Failure)
    return found


def test_a_frameset_names_the_pages_within_it():
    page = '<html><title>News</title><frameset><frame src="menu.htm"><frame src="/0311.htm"></frameset></html>'
    assert refused(page).detail == (
        "The page is a frame around other pages. Read the one that holds the article: "
        "https://orle.example/news/menu.htm, https://orle.example/0311.htm"
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="refresh" content="0; url=/new">',
        '<meta http-equiv="Refresh" content="3;URL=\'/new\'">',
        '<script>window.location.replace("/new")</script>',
        "<script>document.location.href = '/new';</script>",
    ],
)
def test_a_page_that_only_leads_on_names_where_to(head):
    page = f"<html><head><title>Moved</title>{head}</head><body></body></html>"
    assert refused(page).detail == "The page only leads on to another one. Read that: https://orle.example/new"


def test_a_page_that_leads_on_with_a_sentence_is_no_article():
    page = (
        '<html><head><meta http-equiv="refresh" content="0; url=https://new.example/a"><title>Weiterleitung</title></head>'
        '<body><p>Sie werden weitergeleitet. <a href="https://new.example/a">Klicken Sie hier</a></p></body></html>'
    )
    found = refused(page)
    assert found.kind is FailureKind.NOT_AN_ARTICLE
    assert found.detail.endswith("Read that: https://new.example/a")


def test_a_page_that_reloads_itself_is_read():
    text = "".join(
        f"<p>The council met for the {n}. time and came to no end before the night was over.</p>" for n in range(9)
    )
    page = (
        f'<html><head><meta http-equiv="refresh" content="300"><title>Council</title></head><body>{text}</body></html>'
    )
    found = article(Page(url="", body=page.encode(), media_type="text/html"))
    assert found.kind is ArticleKind.ARTICLE


def test_a_page_that_scripts_build_is_to_be_saved_out_of_a_browser():
    found = refused(
        '<html><head><title>App</title></head><body><div id="root"></div><script src="/a.js"></script></body></html>'
    )
    assert "scripts may build it" in found.detail
    assert "save the page" in found.detail


def test_an_empty_file_says_so():
    assert refused("  \n").detail == "There is nothing in it, not one character. Save or fetch it anew."
