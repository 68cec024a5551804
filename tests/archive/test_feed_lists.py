"""The list of feeds goes out as OPML 2.0 and comes back the same."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.archive.test_losing_nothing import archive_in

from chronik.archive import feed_lists
from chronik.desk import feeds as acting
from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import Feed
from chronik.publish.feed_list import opml as written
from chronik.takein import opml

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
BOTE = Feed(url="https://bote.example/feed?a=1&b=2", title="Bote & <Söhne> „Tal“", site_url="https://bote.example/")
SUL = Feed(url="https://sul.example/rss", title="Sul", language="pt-BR")


@pytest.fixture
def archive(tmp_path):
    with archive_in(tmp_path) as made:
        for feed in (BOTE, SUL):
            made.catalogue.add_feed(feed, due_at=NOON)
        yield made


def test_a_list_comes_back_as_it_went_out():
    data = written([BOTE, SUL], title="Archiv", at=NOON)
    assert [replace(feed, kind=BOTE.kind) for feed in opml.feeds(data)] == [BOTE, SUL]
    assert opml.refused(data) == ()


def test_it_is_opml_as_the_standard_has_it():
    root = etree.fromstring(written([BOTE], title="A & B", at=NOON))
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [child.tag for child in root] == ["head", "body"]
    assert root.findtext("head/title") == "A & B"
    assert root.findtext("head/dateCreated") == "Fri, 01 May 2026 12:00:00 GMT"
    (outline,) = root.iterfind("body/outline")
    assert outline.get("type") == "rss"
    assert outline.get("text") == BOTE.title
    assert outline.get("xmlUrl") == BOTE.url


@given(st.text(max_size=80))
def test_any_title_can_be_written(title):
    told = written([replace(BOTE, title=title)], title=title, at=NOON)
    (feed,) = opml.feeds(told)
    assert feed.url == BOTE.url
    assert feed.title


def test_stopped_feeds_and_other_languages_stay_here(archive):
    acting.unfollow(archive.catalogue, BOTE.url, by="eva", now=NOON)
    assert [feed.url for feed in opml.feeds(feed_lists.exported(archive))] == [SUL.url]
    assert [feed.url for feed in opml.feeds(feed_lists.exported(archive, language="pt"))] == [SUL.url]
    assert opml.feeds(feed_lists.exported(archive, language="fr")) == ()


def test_what_a_list_would_add_is_told_before(archive):
    more = Feed(url="https://neu.example/feed", title="Neu")
    found = feed_lists.preview(archive, written([BOTE, more, replace(more, url="ftp://x.example/")], title="", at=NOON))
    assert ([feed.url for feed in found.new], [feed.url for feed in found.known]) == ([more.url], [BOTE.url])
    assert [text for text, _reason in found.refused] == ["ftp://x.example/"]
    imported = feed_lists.take_in(archive, found.new, by="eva")
    assert imported.added["feeds"] == 1
    assert more.url in [health.feed.url for health in archive.catalogue.feeds()]
    (act,) = archive.catalogue.acts(limit=1)
    assert (act.detail["feeds"], act.detail["file"]) == (1, "feeds.opml")


@pytest.mark.parametrize("data", [b"", b"<html/>", b"\x00", b"<opml/>", b'<!DOCTYPE x [<!ENTITY a "a">]><opml>&a;'])
def test_what_is_no_list_is_refused(archive, data):
    with pytest.raises(RefusedInputError):
        feed_lists.preview(archive, data)


def test_lists_have_a_limit(archive):
    with pytest.raises(TooLargeError):
        feed_lists.preview(archive, b" " * (feed_lists.UPLOAD_BYTES_MAX + 1))
    many = [Feed(url=f"https://x.example/{number}") for number in range(feed_lists.FEEDS_MAX + 1)]
    with pytest.raises(TooLargeError):
        feed_lists.preview(archive, written(many, title="", at=NOON))
    with pytest.raises(RefusedInputError):
        feed_lists.take_in(archive, [], by="eva")
