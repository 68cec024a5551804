"""The feeds keep to RFC 4287, whatever a clip holds."""

from datetime import datetime, timedelta

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.publish.material import BEGUN, NOW, TALBOTE, make_clip, make_dossier

from chronik.publish.atom import ENTRIES_MAX, atom
from chronik.publish.edition import edition

NAMES = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def fed(*clips, language="en", folder="mill-stream/", public_url="", site_name="Archive", **fields):
    dossier = make_dossier(**fields)
    whole = edition(dossier, clips, [TALBOTE], published_at=NOW)
    return etree.fromstring(atom(whole, language=language, folder=folder, public_url=public_url, site_name=site_name))


def texts(feed, path):
    return feed.xpath(path, namespaces=NAMES)


def test_a_feed_reader_understands_the_feed():
    whole = edition(make_dossier(), [make_clip(1), make_clip(2)], [TALBOTE], published_at=NOW)
    read = feedparser.parse(
        atom(whole, language="en", folder="mill-stream/", public_url="https://press.example", site_name="A")
    )
    assert not read.bozo
    assert (read.version, read.feed.title) == ("atom10", "The mill stream 2026")
    assert [entry.title for entry in read.entries] == ["Meldung 1", "Meldung 2"]
    assert "Niemand wusste" in read.entries[0].content[0].value
    assert read.entries[0].author == "Talbote"


def test_feed_and_entries_have_what_the_standard_asks_for():
    feed = fed(make_clip(1), make_clip(2, title="", credit=""))
    for element in [feed, *texts(feed, "a:entry")]:
        for name in ("id", "title", "updated"):
            assert len(texts(element, f"a:{name}")) == 1
        assert datetime.fromisoformat(texts(element, "a:updated/text()")[0]).tzinfo
    assert texts(feed, "a:author/a:name/text()") == ["Archive"]
    assert len(set(texts(feed, "//a:id/text()"))) == 3


def test_ids_stay_when_the_site_moves_and_when_it_is_published_again():
    def ids(public_url):
        return texts(fed(make_clip(), public_url=public_url), "//a:id/text()")

    assert ids("") == ids("https://one.example") == ids("https://two.example/x/")


def test_each_language_has_a_feed_of_its_own_with_the_same_entries():
    english, german = fed(make_clip()), fed(make_clip(), language="de", folder="mill-stream/de/")
    assert texts(english, "a:id/text()") != texts(german, "a:id/text()")
    assert texts(english, "a:entry/a:id/text()") == texts(german, "a:entry/a:id/text()")
    assert (german.get(LANG), texts(german, "a:title/text()")) == ("de", ["Der Mühlbach 2026"])


def test_links_are_absolute_where_the_public_address_is_known():
    feed = fed(make_clip(), language="de", folder="mill-stream/de/", public_url="https://press.example/a/")
    short = make_clip().id[:12]
    assert texts(feed, "a:link[@rel='self']/@href") == ["https://press.example/a/mill-stream/de/feed.atom"]
    assert texts(feed, "a:link[@rel='alternate']/@href") == ["https://press.example/a/mill-stream/de/"]
    assert texts(feed, "a:entry/a:link[@rel='alternate']/@href") == [f"https://press.example/a/mill-stream/c/{short}/"]


@pytest.mark.parametrize(("folder", "up"), [("mill-stream/", ""), ("mill-stream/de/", "../")])
def test_links_are_relative_to_the_feed_where_it_is_not(folder, up):
    feed = fed(make_clip(), language="de", folder=folder)
    assert texts(feed, "a:entry/a:link[@rel='alternate']/@href") == [f"{up}c/{make_clip().id[:12]}/index.html"]


def test_an_excerpt_travels_with_language_and_direction():
    quote = texts(fed(make_clip(language="ar")), "//h:blockquote")[0]
    assert (quote.get("lang"), quote.get("dir"), quote.get("cite")) == ("ar", "rtl", make_clip().url)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example", "data:text/html,x", "//a.example", ""])
def test_an_address_that_is_not_of_the_web_is_not_linked_to(url):
    assert texts(fed(make_clip(url=url)), "//a:link[@rel='via']") == []


def test_an_entry_without_title_borrows_the_beginning_of_its_excerpt():
    title = texts(fed(make_clip(title="", excerpt="Wort " * 40)), "a:entry/a:title/text()")[0]
    assert title.startswith("Wort Wort")
    assert title.endswith("…")


def test_private_words_are_not_fed():
    assert b"SECRET" not in etree.tostring(fed(make_clip()))


def test_a_feed_carries_the_newest_clips_however_the_dossier_is_ordered():
    clips = [make_clip(n, clipped_at=BEGUN + timedelta(minutes=n)) for n in range(ENTRIES_MAX + 5)]
    titles = texts(fed(*clips, order="by-hand"), "a:entry/a:title/text()")
    assert len(titles) == ENTRIES_MAX
    assert titles[0] == f"Meldung {ENTRIES_MAX + 4}"


@given(st.text(), st.text(), st.text())
def test_any_characters_give_well_formed_xml(title, excerpt, credit):
    feed = fed(make_clip(title=title, excerpt=excerpt, credit=credit))
    assert len(texts(feed, "a:entry")) == 1
