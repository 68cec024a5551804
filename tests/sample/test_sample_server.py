"""The server that plays the sample newsroom: loopback only, conditional, and true to its outlets."""

import socket
from datetime import UTC, datetime

import pytest
from tests.sample.asking import ask

from chronik.collect import discovery, feeds
from chronik.errors import ConfigError
from chronik.extract.article import article
from chronik.model import Article, Page
from chronik.sample.newsroom import FEED_KINDS, MARK, FeedFormat, choices, outlets
from chronik.sample.server import ADDRESS, SampleServer

every_outlet = pytest.mark.parametrize("outlet", outlets(), ids=lambda outlet: outlet.id)
MISSING_SHARE_MAX = 0.05
NOW = datetime(2026, 5, 1, tzinfo=UTC)
REWORDED = next((outlet, piece) for outlet in outlets() for piece in outlet.pieces if piece.later)


@pytest.fixture(scope="module")
def port():
    with SampleServer() as server:
        yield server.port


@pytest.fixture
def fresh_port():
    with SampleServer() as server:
        yield server.port


def spaced(text):
    return " ".join(text.split())


def read_at(port, outlet, path):
    """What Chronik's own reader makes of a page."""
    reply = ask(port, outlet.host, path)
    assert reply.status == 200
    media_type, _, charset = reply.headers["content-type"].partition("; charset=")
    found = article(Page(url=outlet.url(port, path), body=reply.body, media_type=media_type, charset=charset))
    assert isinstance(found, Article)
    return found


@every_outlet
def test_a_reader_gets_the_paragraphs_of_every_piece(fresh_port, outlet):
    wanted, found = [], []
    for piece in outlet.pieces:
        read = read_at(fresh_port, outlet, piece.path)
        wanted += [spaced(paragraph) for paragraph in piece.first.paragraphs]
        found += [spaced(paragraph) for paragraph in read.paragraphs]
        assert MARK not in read.text
    missing = [paragraph for paragraph in wanted if paragraph not in found]
    assert len(missing) <= MISSING_SHARE_MAX * len(wanted)
    assert len(found) <= len(wanted) + len(outlet.pieces)


@every_outlet
def test_a_reader_gets_title_instant_language_source_and_address(fresh_port, outlet):
    for piece in outlet.pieces:
        read = read_at(fresh_port, outlet, piece.path)
        assert spaced(read.title) == spaced(piece.first.title)
        assert datetime.fromisoformat(read.published) == piece.published
        assert read.language == outlet.language
        assert read.source == outlet.name
        assert read.canonical_url == outlet.url(fresh_port, piece.path)
        assert read.authors in (piece.authors, (outlet.name,))


def test_each_chosen_passage_is_in_what_a_reader_gets(fresh_port):
    pages = {outlet.url(fresh_port, piece.path): (outlet, piece) for outlet in outlets() for piece in outlet.pieces}
    for choice in choices(fresh_port):
        outlet, piece = pages[choice.url]
        assert choice.quote in read_at(fresh_port, outlet, piece.path).text


@every_outlet
def test_every_page_is_marked_as_sample_and_says_its_language(port, outlet):
    for path in ("/", "/no-such-page", "/intern/", *(piece.path for piece in outlet.pieces)):
        page = ask(port, outlet.host, path).body.decode(outlet.charset)
        assert page.count(MARK) >= 2
        assert f'<html lang="{outlet.language}" dir="{outlet.direction}"' in page


@every_outlet
def test_the_front_page_names_the_feed_and_every_piece(port, outlet):
    page = ask(port, outlet.host).body.decode(outlet.charset)
    assert 'rel="alternate' in page
    assert f'href="{outlet.feed_path}"' in page
    for piece in outlet.pieces:
        assert f'<a href="{piece.path}">' in page


def feed_at(port, outlet):
    """What Chronik's own parser makes of an outlet's feed."""
    reply = ask(port, outlet.host, outlet.feed_path)
    assert reply.status == 200
    assert MARK in reply.body.decode(outlet.charset)
    media_type, _, charset = reply.headers["content-type"].partition("; charset=")
    url = outlet.url(port, outlet.feed_path)
    found = feeds.parsed(reply.body, url=url, media_type=media_type, charset=charset)
    assert isinstance(found, feeds.ParsedFeed)
    return found


def leads_at(port, outlet):
    return feeds.leads(feed_at(port, outlet), found_in=outlet.url(port, outlet.feed_path), found_at=NOW)


@every_outlet
def test_a_feed_is_found_and_names_every_piece(fresh_port, outlet):
    front = ask(fresh_port, outlet.host).body
    assert discovery.feed_addresses(front, url=outlet.url(fresh_port)) == (outlet.url(fresh_port, outlet.feed_path),)
    parsed = feed_at(fresh_port, outlet)
    assert parsed.kind is FEED_KINDS[outlet.feed_format]
    assert parsed.language == outlet.language
    assert MARK in parsed.title
    leads = leads_at(fresh_port, outlet)
    assert [lead.url for lead in leads] == [outlet.url(fresh_port, piece.path) for piece in outlet.pieces]
    assert [spaced(lead.title) for lead in leads] == [spaced(piece.first.title) for piece in outlet.pieces]
    if outlet.feed_format is not FeedFormat.RSS_0_91:
        assert [lead.published for lead in leads] == [piece.published for piece in outlet.pieces]


@every_outlet
def test_a_feed_says_that_it_is_of_its_version(port, outlet):
    body = ask(port, outlet.host, outlet.feed_path).body
    signs = {
        FeedFormat.RSS_0_91: b'<rss version="0.91">',
        FeedFormat.RSS_1_0: b'xmlns="http://purl.org/rss/1.0/"',
        FeedFormat.RSS_2_0: b'<rss version="2.0"',
        FeedFormat.ATOM: b'<feed xmlns="http://www.w3.org/2005/Atom"',
        FeedFormat.JSON_FEED: b"https://jsonfeed.org/version/1.1",
        FeedFormat.NEWS_SITEMAP: b"http://www.google.com/schemas/sitemap-news/0.9",
    }
    assert signs[outlet.feed_format] in body


def test_one_outlet_declares_no_charset_and_one_an_old_one(port):
    types = {outlet.id: ask(port, outlet.host).headers["content-type"] for outlet in outlets()}
    assert [kind for kind in types.values() if "charset" not in kind] == ["text/html"]
    assert types["sample-abend"] == "text/html; charset=windows-1252"


@every_outlet
def test_robots_txt_forbids_one_path_that_exists(port, outlet):
    assert b"Disallow: /intern/\n" in ask(port, outlet.host, "/robots.txt").body
    assert ask(port, outlet.host, "/intern/").status == 200


@every_outlet
def test_what_was_not_changed_is_not_sent_again(port, outlet):
    for path in ("/", outlet.feed_path, outlet.pieces[0].path):
        whole = ask(port, outlet.host, path)
        for headers in (
            {"If-None-Match": whole.headers["etag"]},
            {"If-None-Match": f'"other", W/{whole.headers["etag"]}'},
            {"If-Modified-Since": whole.headers["last-modified"]},
        ):
            again = ask(port, outlet.host, path, headers=headers)
            assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"other"'},
        {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
        {"If-None-Match": '"other"', "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ],
)
def test_a_condition_that_does_not_hold_brings_the_page(port, headers):
    assert ask(port, outlets()[0].host, headers=headers).status == 200


def test_the_reworded_piece_changes_after_it_was_asked_for_once(fresh_port):
    outlet, piece = REWORDED
    ask(fresh_port, outlet.host, piece.path, method="HEAD")
    first = ask(fresh_port, outlet.host, piece.path)
    second = ask(fresh_port, outlet.host, piece.path, headers={"If-None-Match": first.headers["etag"]})
    third = ask(fresh_port, outlet.host, piece.path)
    assert piece.first.title in first.body.decode()
    assert piece.later.title in second.body.decode()
    assert third.body == second.body


def test_the_feed_calls_the_reworded_piece_updated_so_that_it_is_fetched_again(fresh_port):
    outlet, piece = REWORDED
    before = ask(fresh_port, outlet.host, outlet.feed_path)
    leads_before = leads_at(fresh_port, outlet)
    ask(fresh_port, outlet.host, piece.path)
    after = ask(fresh_port, outlet.host, outlet.feed_path, headers={"If-None-Match": before.headers["etag"]})
    assert after.status == 200
    pairs = zip(leads_before, leads_at(fresh_port, outlet), strict=True)
    later = [(old.url, new.updated) for old, new in pairs if new.updated > old.updated]
    assert later == [(outlet.url(fresh_port, piece.path), piece.edited)]


def test_the_reworded_page_does_not_say_that_it_was_changed(fresh_port):
    outlet, piece = REWORDED
    first = ask(fresh_port, outlet.host, piece.path).body.decode()
    second = ask(fresh_port, outlet.host, piece.path).body.decode()
    assert "modified" not in second.lower()
    assert piece.published.isoformat() in first
    assert piece.published.isoformat() in second


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "example.org", "talbote.localhost.example.org", "", "::"])
def test_an_unknown_host_gets_a_page_that_says_where_the_outlets_are(port, host):
    reply = ask(port, host)
    assert reply.status == 404
    assert outlets()[0].url(port).encode() in reply.body


@pytest.mark.parametrize("path", ["/no-such-page", "/../etc/passwd", "/%00", "/%ff", "/<script>", "/?x"])
def test_an_unknown_path_gets_a_page_of_the_outlet(port, path):
    reply = ask(port, "talbote.localhost", path)
    assert reply.status == 404
    assert "Diese Seite gibt es nicht." in reply.body.decode()
    assert b"<script>" not in reply.body


def test_a_path_may_be_written_unencoded_or_with_small_hex_digits(port):
    outlet = next(outlet for outlet in outlets() if outlet.language == "ar")
    path = outlet.pieces[0].path
    assert ask(port, outlet.host, path.lower()).status == 200


def test_the_host_s_name_may_be_written_in_any_case(port):
    assert ask(port, "TalBote.LocalHost").status == 200


def test_nothing_can_be_sent_to_it(port):
    for method in ("POST", "PUT", "DELETE"):
        assert ask(port, "talbote.localhost", "/", method=method).status == 501


def test_it_listens_on_the_loopback_only(port):
    with socket.socket() as other:
        other.settimeout(5)
        with pytest.raises(ConnectionRefusedError):
            other.connect(("127.0.0.2", port))


def test_a_taken_port_is_told_in_words():
    with socket.socket() as taken:
        taken.bind((ADDRESS, 0))
        taken.listen()
        with pytest.raises(ConfigError, match="sample_port"):
            SampleServer(taken.getsockname()[1]).start()


def test_it_frees_its_port_and_may_be_started_and_stopped_twice():
    server = SampleServer()
    server.start()
    server.start()
    port = server.port
    server.stop()
    server.stop()
    with SampleServer(port) as again:
        assert ask(again.port, "echo.localhost").status == 200
