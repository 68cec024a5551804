"""What is read out of feeds of every format, well-formed or not."""

import gzip
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronik.collect.entries import ENTRIES_MAX, TITLE_CHARACTERS_MAX, Content
from chronik.collect.feeds import FEED_BYTES_MAX, Entry, ParsedFeed, leads, parsed
from chronik.model import Failure, FailureKind, FeedKind

URL = "https://talbote.example/feeds/all.xml"
NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "feeds"

RSS_20 = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
 <channel>
  <title>Der Talbote</title><link>https://talbote.example/</link><language>de-de</language><ttl>60</ttl>
  <item>
   <title>Streit um die &lt;b&gt;Br&#252;cke&lt;/b&gt; &amp;amp; das Tal</title>
   <link>/artikel/1</link><guid isPermaLink="false">tb-1</guid>
   <pubDate>Sun, 27 Sep 2020 09:30:00 +0200</pubDate>
   <dc:creator>Jana B\xc3\xb6hm</dc:creator>
   <description>Kurz.</description>
   <content:encoded><![CDATA[<p>Erster Absatz.</p><script>alert(1)</script><p>Zweiter.</p>]]></content:encoded>
  </item>
 </channel>
</rss>"""

ATOM_10 = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <title>Example Feed</title>
  <link href="http://example.org/"/>
  <updated>2003-12-13T18:30:02Z</updated>
  <author><name>John Doe</name></author>
  <id>urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6</id>
  <entry xml:base="http://example.org/deep/">
    <title type="html">Atom-Powered &lt;i&gt;Robots&lt;/i&gt; Run Amok</title>
    <link rel="enclosure" href="http://example.org/audio.mp3"/>
    <link href="03?a=1&amp;b=2"/>
    <id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id>
    <published>2003-12-13T08:29:29-04:00</published>
    <updated>2003-12-13T18:30:02Z</updated>
    <summary>Some text.</summary>
  </entry>
</feed>"""

RSS_10 = b"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
  <channel rdf:about="http://www.xml.com/xml/news.rss"><title>XML.com</title><link>http://xml.com/pub</link>
    <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
  <item rdf:about="http://xml.com/pub/2000/08/09/xslt.html"><title>Processing Inclusions</title>
    <link>http://xml.com/pub/2000/08/09/xslt.html</link><dc:date>2000-08-09T12:00:00Z</dc:date></item>
</rdf:RDF>"""

RSS_091 = b"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Old</title>
 <link>http://old.example/</link><item><title>One</title><link>http://old.example/1</link></item></channel></rss>"""

ATOM_03 = b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>A</title>
 <entry><title>E</title><link rel="alternate" type="text/html" href="http://a.example/e"/>
 <issued>2003-12-13T08:29:29Z</issued><modified>2003-12-14T08:29:29Z</modified></entry></feed>"""

JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "My Example Feed",
 "home_page_url": "https://example.org/", "language": "en-US",
 "items": [
  {"id": "2", "content_text": "This is a second item.", "url": "https://example.org/second-item",
   "date_published": "2010-02-07T14:04:00-05:00", "authors": [{"name": "Brent"}]},
  {"id": 1, "content_html": "<p>Hello, world!</p>", "url": "/initial-post"},
  {"id": "http://example.org/only-id"},
  {"id": "3", "title": "no address"}, "junk"]}"""


def read(body, url=URL, **others):
    feed = parsed(body, url=url, **others)
    assert isinstance(feed, ParsedFeed), feed
    return feed


def rss(items, head=""):
    return f"<rss version='2.0'><channel><title>t</title>{head}{items}</channel></rss>".encode()


def item(inside, link="http://a.example/1"):
    return f"<item><link>{link}</link>{inside}</item>"


def test_rss_2_gives_its_entries_in_plain_text():
    feed = read(RSS_20)
    assert (feed.kind, feed.title, feed.site_url) == (FeedKind.RSS, "Der Talbote", "https://talbote.example/")
    assert (feed.language, feed.wait_s) == ("de-DE", 3600)
    (entry,) = feed.entries
    assert entry == Entry(
        url="https://talbote.example/artikel/1",
        id="tb-1",
        title="Streit um die Brücke & das Tal",
        summary=Content(text="Kurz.", base=URL),
        content=Content(text="<p>Erster Absatz.</p><script>alert(1)</script><p>Zweiter.</p>", base=URL),
        authors=("Jana Böhm",),
        published=datetime(2020, 9, 27, 7, 30, tzinfo=UTC),
        published_told="2020-09-27T09:30:00+02:00",
    )


def test_atom_1_gives_its_alternate_link_resolved_against_xml_base():
    feed = read(ATOM_10)
    (entry,) = feed.entries
    assert feed.kind is FeedKind.ATOM
    assert entry.url == "http://example.org/deep/03?a=1&b=2"
    assert entry.title == "Atom-Powered Robots Run Amok"
    assert entry.published == datetime(2003, 12, 13, 12, 29, 29, tzinfo=UTC)
    assert entry.updated == datetime(2003, 12, 13, 18, 30, 2, tzinfo=UTC)
    assert entry.language == "en"


def test_rss_1_takes_the_dublin_core_date_as_day_of_publication():
    feed = read(RSS_10)
    assert feed.kind is FeedKind.RSS
    assert feed.wait_s == 1800
    assert [entry.published for entry in feed.entries] == [datetime(2000, 8, 9, 12, tzinfo=UTC)]


def test_rss_091_needs_no_document_type():
    assert [entry.url for entry in read(RSS_091).entries] == ["http://old.example/1"]


def test_atom_03_is_read():
    (entry,) = read(ATOM_03).entries
    assert (entry.published, entry.updated) == (
        datetime(2003, 12, 13, 8, 29, 29, tzinfo=UTC),
        datetime(2003, 12, 14, 8, 29, 29, tzinfo=UTC),
    )


def test_json_feed_is_read_whatever_its_media_type():
    feed = read(b"\xef\xbb\xbf \n" + JSON_FEED, media_type="text/html")
    assert (feed.kind, feed.title, feed.language, feed.dropped) == (FeedKind.JSON, "My Example Feed", "en-US", 2)
    assert [entry.url for entry in feed.entries] == [
        "https://example.org/second-item",
        "https://talbote.example/initial-post",
        "http://example.org/only-id",
    ]
    assert feed.entries[0].published == datetime(2010, 2, 7, 19, 4, tzinfo=UTC)
    assert feed.entries[0].authors == ("Brent",)
    assert feed.entries[1].content == Content(text="<p>Hello, world!</p>", is_markup=True, base=URL)


@pytest.mark.parametrize("body", [RSS_20, ATOM_10, RSS_10, RSS_091, ATOM_03, JSON_FEED])
def test_a_gzipped_file_is_read_like_the_file(body):
    assert parsed(gzip.compress(body), url=URL) == parsed(body, url=URL)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\x00\xff\xfe binary", "neither"),
        (b"just words", "neither"),
        (b"<html><body>Hi</body></html>", "web page"),
        (
            b'<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/f.xml"></head>',
            "/f.xml",
        ),
        (b"<opml version='2.0'><body/></opml>", "chronik import"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "<svg>"),
        (b'{"items": 3}', "JSON"),
        (b'{"broken', "broken"),
        (b"[" * 100_000, "broken"),
        (b"<entry xmlns='http://www.w3.org/2005/Atom'/>", "one Atom entry"),
    ],
)
def test_what_is_no_feed_is_said_to_be_something_else(body, said):
    failure = parsed(body, url=URL)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.NOT_A_FEED
    assert said in failure.detail
    assert "\n" not in failure.detail


def test_a_feed_that_is_too_large_is_refused():
    for body in (b"<rss>" + b" " * FEED_BYTES_MAX, gzip.compress(b"\0" * (FEED_BYTES_MAX + 1))):
        failure = parsed(body, url=URL)
        assert isinstance(failure, Failure)
        assert failure.kind is FailureKind.TOO_LARGE


def test_a_broken_gzip_file_is_a_failure():
    failure = parsed(gzip.compress(RSS_20)[:-20] + b"junk", url=URL)
    assert isinstance(failure, Failure)
    assert failure.kind in {FailureKind.BAD_ENCODING, FailureKind.NOT_A_FEED}


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (rss(item("<title>AT&T und R&D</title>")), "AT&T und R&D"),
        (rss(item("<title>caf&eacute; &nbsp; &hellip;</title>")), "café …"),
        (rss(item("<title>a &#150; b &#0; c &#x1F600;</title>")), "a – b \ufffd c 😀"),
        (rss(item("<title><![CDATA[<b>Fett</b> & mager]]></title>")), "Fett & mager"),
        (rss(item("<title>1 &lt; 2 und 3 &gt; 2</title>")), "1 < 2 und 3 > 2"),
        (rss(item("<title>\n  viel \t Luft  </title>")), "viel Luft"),
        (b"<rss><channel><item><link>http://a.example/1</link><title>Ende fehlt", "Ende fehlt"),
        (b"Warning: mysql() in line 3\n" + rss(item("<title>nach M\xfcll</title>".encode().decode())), "nach Müll"),
        (rss(item("<media:title>nein</media:title><title>ja</title>")), "ja"),
        (rss(item("<title>Kontroll\x0bzeichen\x00</title>")), "Kontrollzeichen"),
    ],
)
def test_of_broken_xml_what_can_be_had_is_taken(body, title):
    assert [entry.title for entry in read(body).entries] == [title]


@pytest.mark.parametrize(
    ("declared", "encoding", "charset"),
    [
        ("iso-8859-1", "iso-8859-1", ""),
        ("utf-8", "cp1252", ""),
        ("", "cp1252", "windows-1252"),
        ("iso-8859-1", "utf-8", "iso-8859-1"),
        ("utf-16", "utf-16", ""),
        ("", "utf-16-le", ""),
        ("no-such-code", "utf-8", "nonsense"),
        ("zlib", "utf-8", "base64"),
        ("utf-7", "utf-8", ""),
    ],
)
def test_letters_come_out_right_whatever_is_declared(declared, encoding, charset):
    declaration = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    body = (
        declaration
        + rss(item("<title>Grüße – “Tal”</title>" if "8859" not in encoding else "<title>Grüße</title>")).decode()
    ).encode(encoding)
    assert [entry.title.split()[0] for entry in read(body, charset=charset).entries] == ["Grüße"]


def test_cyrillic_in_its_own_encoding_is_read():
    body = b"<?xml version='1.0' encoding='windows-1251'?>" + rss(item("<title>Перемирие</title>")).decode().encode(
        "cp1251"
    )
    assert read(body).entries[0].title == "Перемирие"


def test_the_charset_of_a_media_type_counts():
    body = rss(item("<title>Перемирие</title>")).decode().encode("koi8-r")
    assert read(body, media_type="text/xml; charset=KOI8-R").entries[0].title == "Перемирие"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@b.example",
        "ftp://a.example/",
        "http://",
        "",
        "http://a b/",
        "x" * 5000,
    ],
)
def test_an_entry_without_a_usable_address_is_dropped_and_counted(link):
    feed = read(rss(item("<title>a</title>", link=link) + item("<title>b</title>")))
    assert [entry.title for entry in feed.entries if entry.url == "http://a.example/1"] == ["b"]
    assert feed.dropped + len(feed.entries) == 2
    assert all(re.match("https?://", entry.url) for entry in feed.entries)


def test_a_link_broken_over_lines_and_with_a_password_is_cleaned():
    feed = read(rss(item("<title>a</title>", link="\n https://u:p@a.example/x\n  y \n")))
    assert [entry.url for entry in feed.entries] == ["https://a.example/x%20%20y"]


def test_a_guid_is_an_address_only_where_it_says_so():
    permanent = "<item><guid>http://a.example/p</guid></item>"
    other = "<item><guid isPermaLink='false'>http://a.example/q</guid></item>"
    feed = read(rss(permanent + other))
    assert [entry.url for entry in feed.entries] == ["http://a.example/p"]
    assert feed.dropped == 1


@pytest.mark.parametrize("date", ["", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", "0000-00-00", "1" * 400])
def test_a_date_that_makes_no_sense_is_none(date):
    assert read(rss(item(f"<pubDate>{date}</pubDate>"))).entries[0].published is None


@pytest.mark.parametrize(
    "date",
    [
        "Sun, 27 Sep 2020 07:30:00 GMT",
        "27 Sep 2020 07:30 UT",
        "2020-09-27T09:30:00+02:00",
        "Sun, 27 Sep 2020 03:30:00 EDT",
    ],
)
def test_dates_of_many_forms_are_the_same_instant(date):
    assert read(rss(item(f"<pubDate>{date}</pubDate>"))).entries[0].published == datetime(
        2020, 9, 27, 7, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("head", "wait_s"),
    [
        ("", None),
        ("<ttl>30</ttl>", 1800),
        ("<ttl>99999999</ttl>", 86400),
        ("<ttl>-5</ttl><ttl>x</ttl>", None),
        ("<ttl>0</ttl>", None),
        ("<ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 86400),
        ("<sy:updateFrequency>24</sy:updateFrequency>", 3600),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3600),
    ],
)
def test_the_largest_valid_wish_counts(head, wait_s):
    assert read(rss("", head=head)).wait_s == wait_s


def test_hours_and_days_to_be_left_out_are_read_where_they_make_sense():
    head = "<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>77</hour><hour>x</hour></skipHours>"
    feed = read(rss("", head=f"{head}<skipDays><day>Sunday</day><day>Someday</day></skipDays>"))
    assert (feed.skip_hours, feed.skip_days) == (frozenset({0, 7}), frozenset({6}))


def test_a_feed_that_would_never_be_asked_is_not_believed():
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    assert read(rss("", head=f"<skipHours>{hours}</skipHours>")).skip_hours == frozenset()


def test_addresses_are_resolved_from_bases_within_bases():
    entry = "<entry xml:base='c/'><link href='d'/><content type='html' xml:base='../e/'>x</content></entry>"
    feed = read(f"<feed xml:base='http://b.example/a/'><title>t</title>{entry}</feed>".encode())
    assert feed.entries[0].url == "http://b.example/a/c/d"
    assert feed.entries[0].content.base == "http://b.example/a/e/"
    assert (
        read(b"<feed xml:base='javascript:x'><entry><link href='d'/></entry></feed>")
        .entries[0]
        .url.endswith("/feeds/d")
    )


def test_of_several_links_the_page_is_taken():
    links = (
        "<link rel='self' href='/self'/><link rel='enclosure' href='/a.mp3'/>"
        "<link type='application/pdf' href='/a.pdf'/>"
        "<link rel='http://www.iana.org/assignments/relation/alternate' type='text/html; charset=utf-8' href='/page'/>"
    )
    assert read(f"<feed><entry>{links}</entry></feed>".encode()).entries[0].url == "https://talbote.example/page"


def test_what_feedburner_counted_leads_to_the_page_itself():
    counted = "<feedburner:origLink>https://a.example/page</feedburner:origLink>"
    assert read(rss(item(counted, link="http://feeds.example/~r/1"))).entries[0].url == "https://a.example/page"


def test_cdf_names_its_pages_in_attributes():
    feed = read(
        b"<CHANNEL BASE='http://b.example/' HREF='/'><TITLE>t</TITLE>"
        b"<ITEM HREF='/1' LASTMOD='2004-04-06T23:05:43-05:00'><TITLE>One</TITLE></ITEM></CHANNEL>"
    )
    assert [(entry.url, entry.title) for entry in feed.entries] == [("http://b.example/1", "One")]
    assert feed.entries[0].published_told == "2004-04-06T23:05:43-05:00"


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("<author>jana@a.example (Jana B\u00f6hm)</author>", ("Jana B\u00f6hm",)),
        ("<author>Jana B\u00f6hm &lt;jana@a.example&gt;</author>", ("Jana B\u00f6hm",)),
        ("<author>jana@a.example</author>", ("jana@a.example",)),
        (
            "<author><name>Jana</name><email>x@a.example</email></author><author><name>Ole</name></author>",
            ("Jana", "Ole"),
        ),
        ("<dc:creator>Jana</dc:creator><itunes:author>Jana</itunes:author>", ("Jana",)),
        ("<source><author><name>Elsewhere</name></author></source>", ("Elsewhere",)),
        ("", ("The paper",)),
    ],
)
def test_authors_are_names(person, names):
    body = (
        f"<feed><author><name>The paper</name></author><entry><link href='http://a.example/1'/>{person}</entry></feed>"
    )
    assert read(body.encode()).entries[0].authors == names


@pytest.mark.parametrize(
    ("content", "text", "is_markup"),
    [
        ("<content type='html'>&lt;p&gt;Ja&lt;/p&gt;</content>", "<p>Ja</p>", None),
        ("<content type='text'>1 &lt; 2</content>", "1 < 2", False),
        (
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Ja<br/></p></div></content>",
            "<p>Ja<br/></p>",
            True,
        ),
        ("<content mode='base64' type='text/html'>PHA+SmE8L3A+</content>", "<p>Ja</p>", None),
        ("<content:encoded><![CDATA[<p>Ja</p>]]></content:encoded>", "<p>Ja</p>", None),
    ],
)
def test_content_is_kept_as_it_stands(content, text, is_markup):
    entry = read(f"<feed><entry><link href='http://a.example/1'/>{content}</entry></feed>".encode()).entries[0]
    assert (entry.content.text, entry.content.is_markup) == (text, is_markup)


def test_a_picture_is_no_content():
    entry = b"<entry><link href='http://a.example/1'/><content type='image/png'>iVBORw0KGgo=</content></entry>"
    assert read(b"<feed>" + entry + b"</feed>").entries[0].content is None


def test_an_entry_within_an_entry_is_none_of_the_feed():
    feed = read(rss(item("<title>a</title><conflict><item><title>b</title></item></conflict>")))
    assert [entry.title for entry in feed.entries] == ["a"]
    assert feed.dropped == 0


def test_a_feed_that_another_document_wraps_is_found():
    feed = read(b"<x:envelope xmlns:x='urn:x'><x:body><rss><channel><item><link>http://a.example/1</link></item>")
    assert len(feed.entries) == 1


def test_a_few_characters_that_a_document_declares_are_put_in():
    document = b"<!DOCTYPE rss [<!ENTITY id 'tag:a,'><!ENTITY id2 '&id;&id;'>]>"
    feed = read(document + rss(item("<title>&id;1 &id2;</title>")))
    assert feed.entries[0].title == "tag:a,1 &id2;"


def test_only_so_many_entries_and_characters_are_read():
    many = "".join(item(f"<title>{'x' * 900}</title>", link=f"http://a.example/{n}") for n in range(ENTRIES_MAX + 50))
    feed = read(rss(many))
    assert len(feed.entries) == ENTRIES_MAX
    assert len(feed.entries[0].title) == TITLE_CHARACTERS_MAX


def test_leads_name_each_address_once_and_believe_no_far_future():
    feed = ParsedFeed(
        kind=FeedKind.RSS,
        language="de",
        entries=(
            Entry(url="http://a.example/1", title="first", published=NOW, updated=NOW + timedelta(days=9)),
            Entry(url="http://a.example/1", title="again"),
            Entry(url="http://a.example/2", published=NOW + timedelta(days=3), language="fr"),
        ),
    )
    first, second = leads(feed, found_in=URL, found_at=NOW)
    assert (first.title, first.published, first.updated, first.language) == ("first", NOW, None, "de")
    assert (second.url, second.published, second.language) == ("http://a.example/2", None, "fr")
    assert {first.found_in, second.found_in} == {URL}
    assert first.found_at == NOW


BOMB = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9)
)


@pytest.mark.parametrize(
    "body",
    [
        f"{BOMB}]><rss><channel><title>&j;</title><item><link>http://a.example/1</link></item></channel></rss>",
        "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss><channel><title>&x;</title></channel></rss>",
        "<!DOCTYPE r SYSTEM 'http://127.0.0.1:9/x.dtd'><rss><channel><title>t</title></channel></rss>",
        "<!DOCTYPE r [<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;]><rss><channel><title>t</title></channel></rss>",
        "<rss xmlns:i='http://www.w3.org/2001/XInclude'><channel><title><i:include href='/etc/hostname' parse='text'/>",
    ],
)
def test_entities_are_neither_resolved_nor_looked_up(body):
    started = time.process_time()
    host = Path("/etc/hostname").read_text(encoding="utf-8").strip() if Path("/etc/hostname").exists() else "?!"
    for encoding in ("utf-8", "utf-16"):
        feed = parsed(body.encode(encoding), url=URL)
        assert "aaaa" not in str(feed)
        assert host not in str(feed)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><item " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b"/></channel></rss>",
        b"<rss " + b" ".join(b'xmlns:a%d="u%d"' % (n, n) for n in range(50_000)) + b"><channel/></rss>",
        b"<rss><channel><item><author>" + b"a." * 300_000 + b"</author></item></channel></rss>",
        b"<rss><channel>" + b"<item><title>" * 100_000,
        b"<rss><channel>" + b"<a>" * 300_000,
        b"<rss><channel><title>" + b"<![CDATA[" * 100_000,
        b"<rss><channel><title>" + b"<a " * 300_000,
        b"<rss><channel><title>" + b"&" * 500_000,
        b"<rss><channel><item>" + b"<category>x</category>" * 80_000,
        b"<?xml version='1.0'?><!DOCTYPE r [" + b"<!ENTITY a 'b'>" * 100_000 + b"]><rss/>",
        b"<urlset>" + b"<url><loc>http://a.example/</loc></url>" * 50_000,
        b"<rss><channel>" + b"<item/>" * 1_000_000,
        b"<rss>" + b"".join(b'<a xmlns:p%d="u">' % n for n in range(100_000)),
        b"<rss>" + b"<a xml:lang='de' xml:base='b/'>" * 200 + b"<item><link>x</link></item>" * 10_000,
        b"<rss><channel><item><title>" + b"\0" * 2_000_000,
        b"<feed><entry><content type='xhtml'>" + b"<b/>" * 400_000,
        b"<rss><channel><item>" + b"<pubDate>1 1 1 1 1 (</pubDate>" * 50_000,
        b"<rss><channel><item><author>" + b"a@" * 1_000_000,
        ("<rss><channel>" + "<item><link>http://a.example/1</link></item>" * 20_000).encode("utf-32"),
        b'{"items":[' + b'{"id":1},' * 500_000 + b"1]}",
    ],
)
def test_a_feed_made_to_be_slow_is_not(body):
    started = time.process_time()
    parsed(body, url=URL)
    assert time.process_time() - started < 8


def test_every_collected_test_feed_is_read_or_refused_in_words():
    if not SHARED.is_dir():
        pytest.skip("the collected test feeds are not beside this checkout (../shared/data/feeds)")
    entries = feeds_read = 0
    for path in sorted(path for path in SHARED.rglob("*") if path.is_file()):
        feed = parsed(path.read_bytes(), url=URL)
        if isinstance(feed, Failure):
            assert feed.kind is FailureKind.NOT_A_FEED, path
            assert feed.detail
        else:
            feeds_read += 1
            entries += len(feed.entries)
            assert all(re.match("https?://", entry.url) for entry in feed.entries)
    assert feeds_read > 3_900
    assert entries > 1_100


@given(st.binary(max_size=300))
def test_any_bytes_give_a_feed_or_a_failure(body):
    for begin in (
        b"",
        b"<rss><channel><item>",
        b'{"title":"x","items":[',
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    ):
        assert isinstance(parsed(begin + body, url=URL), ParsedFeed | Failure)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_feed_cut_off_or_damaged_anywhere_is_no_crash(data):
    body = bytearray(data.draw(st.sampled_from([RSS_20, ATOM_10, RSS_10, ATOM_03, JSON_FEED])))
    for _ in range(data.draw(st.integers(0, 5))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(body[: data.draw(st.integers(0, len(body)))])
    assert isinstance(parsed(cut, url=URL), ParsedFeed | Failure)
