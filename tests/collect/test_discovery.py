"""Where the feeds of a page are found."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.collect.discovery import ADDRESSES_MAX, GUESSES_MAX, feed_addresses, guesses

URL = "https://talbote.example/politik/"


def found(markup, url=URL):
    return feed_addresses(markup.encode(), url=url)


def test_announced_feeds_come_before_linked_ones_and_comments_last():
    page = """
      <a href="/rss">RSS</a>
      <link rel="alternate" type="application/rss+xml" title="Talbote » Kommentar-Feed" href="/comments/feed/">
      <LINK TYPE='application/atom+xml' REL='Alternate' HREF='atom.xml'>
      <link rel=alternate type=application/feed+json href=https://cdn.example/feed.json>
      <link rel="alternate" hreflang="fr" href="/fr/"><link rel="alternate stylesheet" type="text/css" href="/rss.css">
    """
    assert found(page) == (
        "https://talbote.example/politik/atom.xml",
        "https://cdn.example/feed.json",
        "https://talbote.example/rss",
        "https://talbote.example/comments/feed/",
    )


def test_addresses_are_resolved_against_the_base_of_the_page():
    page = '<base href="/x/"><link rel=alternate type="application/rss+xml" href="f?a=1&amp;b=2">'
    assert found(page) == ("https://talbote.example/x/f?a=1&b=2",)


def test_the_feed_under_an_article_is_the_one_of_its_comments():
    url = "https://talbote.example/2026/05/streit-um-die-alte-bruecke/"
    page = f'<link rel=alternate type="application/rss+xml" href="{url}feed/"><a href="/feed/">Feed</a>'
    assert found(page, url)[0] == "https://talbote.example/feed/"


@pytest.mark.parametrize(
    "link",
    ["/feed", "/rss.xml", "/news/atom.xml", "/index.rdf", "/?feed=rss2", "/x.php?format=feed", "/rss/politik.xml"],
)
def test_a_link_that_looks_like_a_feed_is_second_choice(link):
    assert found(f"<a class=x href='{link}'>abonnieren</a>") == (f"https://talbote.example{link}",)


@pytest.mark.parametrize("link", ["/feedback", "/rssen/", "/atomkraft", "/artikel/feeder-streik", "/embed?format=xml"])
def test_a_link_that_only_sounds_like_a_feed_is_none(link):
    assert found(f"<a href='{link}'>x</a>") == ()


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("feed:https://a.example/x", ("https://a.example/x",)),
        ("feed://a.example/x", ("http://a.example/x",)),
        ("javascript:alert(1)//rss.xml", ()),
        ("data:text/html,/feed", ()),
        ("", ()),
    ],
)
def test_only_web_addresses_are_found(href, expected):
    assert found(f'<a href="{href}">Feed</a>') == expected


def test_what_stands_in_comments_and_scripts_does_not_count():
    page = '<!-- <a href="/rss"> --><script>"<a href=/feed>"</script><template><a href="/atom"></template>'
    assert found(page) == ()


def test_the_page_itself_is_not_its_own_feed():
    assert found('<link rel=alternate type="application/rss+xml" href="">') == ()


def test_only_so_many_are_given():
    page = "".join(f'<a href="/rss/{n}.xml">' for n in range(500))
    assert len(found(page)) == ADDRESSES_MAX


@pytest.mark.parametrize(
    "part",
    ["<", "<a ", '<a "', "<a '", "<a href='/rss", "<link rel=alternate ", "<!--", "<script", "<a b='<' ", "&amp"],
)
def test_a_page_made_to_be_slow_is_not(part):
    started = time.process_time()
    found(part * 300_000)
    found("<a " + part * 300_000)
    assert time.process_time() - started < 4


@given(st.binary(max_size=200))
def test_any_bytes_give_addresses_or_none(body):
    for begin in (b"", b"<a href=", b'<link rel="alternate" type="application/rss+xml" href="'):
        assert all(link.startswith("http") for link in feed_addresses(begin + body + b'">', url=URL))


def test_guesses_begin_with_the_section_and_are_few():
    guessed = guesses(URL)
    assert guessed[0] == "https://talbote.example/politik/feed"
    assert "https://talbote.example/feed" in guessed
    assert "https://talbote.example/news-sitemap.xml" in guessed
    assert len(guessed) == len(set(guessed)) == GUESSES_MAX


def test_guesses_for_a_page_are_at_the_root_of_its_site():
    assert guesses("https://talbote.example/a/b.html")[0] == "https://talbote.example/feed"
    assert guesses("not an address") == ()
