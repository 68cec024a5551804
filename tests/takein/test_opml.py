"""Lists of feeds from other readers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import Feed, FeedKind
from chronik.takein import opml
from chronik.takein.opml import feeds, refused

# After the example of a subscription list at http://opml.org/spec2.opml, outlines nested.
LIST = """<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="2.0">
  <head><title>mySubscriptions.opml</title></head>
  <body>
    <outline text="News">
      <outline text="CNET News.com" description="Tech news" htmlUrl="http://news.com.com/" language="en"
        title="CNET News.com" type="rss" version="RSS2" xmlUrl="http://news.com.com/2547-1_3-0-5.xml"/>
      <outline text="Übersee">
        <outline type="atom" text="Hafen &amp; Meer" htmlUrl="javascript:x"
          xmlUrl=" https://example.org/feed?a=1&amp;b=2 "/>
      </outline>
    </outline>
    <outline xmlurl="feed://example.net/rss"/>
    <outline text="again" xmlUrl="http://news.com.com/2547-1_3-0-5.xml"/>
    <outline text="bad" xmlUrl="javascript:alert(1)"/>
    <outline text="worse" xmlUrl="file:///etc/passwd"/>
  </body>
</opml>""".encode("latin-1")


def test_feeds_are_found_at_every_depth_each_once():
    first, second, third = feeds(LIST)
    assert first == Feed(
        url="http://news.com.com/2547-1_3-0-5.xml",
        kind=FeedKind.RSS,
        title="CNET News.com",
        site_url="http://news.com.com/",
        language="en",
    )
    assert (second.url, second.title) == ("https://example.org/feed?a=1&b=2", "Hafen & Meer")
    assert (second.kind, second.site_url) == (FeedKind.ATOM, "")
    assert third.url == "http://example.net/rss"


def test_addresses_that_cannot_be_fetched_are_reported_with_their_line():
    assert [(item.line, item.text) for item in refused(LIST)] == [
        (15, "javascript:alert(1)"),
        (16, "file:///etc/passwd"),
    ]


def test_a_list_in_utf_16_is_read():
    text = '<?xml version="1.0" encoding="UTF-16"?><opml><body><outline text="ä" xmlUrl="http://a.org/"/></body></opml>'
    assert feeds(text.encode("utf-16"))[0].title == "ä"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Not an OPML file"),
        (b"junk \x00\xff", "Not an OPML file"),
        (b"<html><body/></html>", "its root is <html>"),
        (b"<rss/>", "its root is <rss>"),
        (b'<opml><outline text="R&D"/></opml>', "line 1"),
        (b"<opml>\n<body>\n</opml>", "line 3"),
        (b"<opml>" + b"<outline>" * 100_000, "depth"),
    ],
)
def test_what_is_no_opml_is_refused(data, words):
    with pytest.raises(RefusedInputError) as refusal:
        feeds(data)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("outline", "url", "title"),
    [
        ('<outline text="R&D" xmlUrl="http://a.org/?x&y=1&amp;z"/>', "http://a.org/?x&y=1&z", "R&D"),
        ('<outline text="Caf&eacute;&nbsp;Nord" xmlUrl="http://a.org/"/>', "http://a.org/", "Caf\u00e9 Nord"),
        ('<outline text="a"><outline text="b"><outline text="c" xmlUrl="http://a.org/c">', "http://a.org/c", "c"),
        ('<outline type="rss" text="a" url="http://a.org/f"/>', "http://a.org/f", "a"),
    ],
)
def test_mistakes_in_the_xml_of_a_list_are_mended(outline, url, title):
    data = f'<?xml version="1.0" encoding="ISO-8859-1"?>\n<opml version="1.1"><body>{outline}</body></opml>'
    for begin in (b"", b"\n "):
        (feed,) = feeds(begin + data.encode("latin-1"))
        assert (feed.url, feed.title) == (url, title)


def test_a_link_that_is_no_feed_is_not_followed():
    assert feeds(b'<opml><outline type="link" text="a" url="http://a.org/"/></opml>') == ()


def test_a_list_that_was_cut_off_gives_what_is_left_of_it():
    cut = LIST[: LIST.index(b"<outline xmlurl")]
    assert len(feeds(cut)) == 2


def test_a_list_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(opml, "OPML_BYTES_MAX", 10)
    with pytest.raises(TooLargeError):
        feeds(LIST)


def laughs(body):
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    return f'<!DOCTYPE opml [<!ENTITY a "{"ha" * 500}">{entities}]><opml><body>{body}</body></opml>'.encode()


@pytest.mark.parametrize(
    "data",
    [
        laughs("<outline xmlUrl='http://a.org/&j;'/>"),
        laughs("<outline xmlUrl='http://a.org/'>&j;</outline>"),
        b'<!DOCTYPE opml [<!ENTITY a "'
        + b"x" * 50_000
        + b'">]><opml>'
        + b'<outline xmlUrl="http://a/&a;"/>' * 20_000
        + b"</opml>",
    ],
    ids=["in an attribute", "in text", "quadratic"],
)
def test_entity_bombs_are_refused_at_once(data):
    with pytest.raises(RefusedInputError):
        feeds(data)


@pytest.mark.parametrize(
    "template",
    [
        '<!DOCTYPE opml [<!ENTITY x SYSTEM "{url}">]><opml><body><outline text="&x;" xmlUrl="http://a/"/></body></opml>',
        '<!DOCTYPE opml [<!ENTITY x SYSTEM "{url}">]><opml><body><outline xmlUrl="http://a/">&x;</outline></body></opml>',
        '<!DOCTYPE opml [<!ENTITY % x SYSTEM "{url}"> %x;]><opml><body><outline xmlUrl="http://a/"/></body></opml>',
        '<!DOCTYPE opml SYSTEM "{url}"><opml><body><outline xmlUrl="http://a/">&x;</outline></body></opml>',
        '<opml xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{url}" parse="text"/></opml>',
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_no_other_file_is_read(tmp_path, template, codec):
    secret = tmp_path / "secret"
    secret.write_text("<!ENTITY x 'SENTINEL'>", encoding="utf-8")
    try:
        found = feeds(template.format(url=secret.as_uri()).encode(codec))
    except RefusedInputError as error:
        found = str(error)
    assert "SENTINEL" not in repr(found)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_refused(data):
    with pytest.raises(RefusedInputError):
        feeds(data)
