"""Whatever comes in, what goes on to the feed reader is well-formed."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from chronik.collect.characters import decoded, plain
from chronik.collect.mending import mended

SCRAPS = st.sampled_from(
    [
        *(
            "<rss>",
            "<channel>",
            "<item>",
            "</item>",
            "</channel>",
            "</rss>",
            "<a:b>",
            "</a:b>",
            "<a b='&amp;'/>",
            "<a b=c>",
        ),
        *("<a xmlns='urn:x'>", "<p:a xmlns:p='urn:p' p:b='1'>", "<a xml:lang='de' xml:base='x' xml:foo='y'/>", "</a>"),
        *(
            "&",
            "&amp;",
            "&lt;",
            "&eacute;",
            "&#0;",
            "&#xD800;",
            "&#38;",
            "&#60;b&#62;",
            "&foo;",
            "]]>",
            "<![CDATA[",
            "<b>",
        ),
        *("<!--", "-->", "<?php", "?>", "<!DOCTYPE a [<!ENTITY foo 'bar'>]>", "<!", "\x00", "\x0b", "\ufffe", "\ud800"),
        *("text", " ", "ä", "😀", "<dc:date>", "<xmlns:a/>", "<a xmlns:xml='urn:y'/>", "<:a>", "<a:>", "<1>", '"', "'"),
    ]
)


@given(st.lists(SCRAPS, max_size=25).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_scraps_become_well_formed_or_nothing(scraps):
    for text in (scraps, f"<rss><channel>{scraps}"):
        document = mended(decoded(text.encode("utf-8", "surrogatepass")))
        if document.root:
            etree.fromstring(document.body)
        else:
            assert document.body == b""


@given(st.text(max_size=60))
def test_text_and_attributes_come_through_unchanged(text):
    clean = re.sub(r"[\t\r\n&]", "+", decoded(text.encode("utf-8", "replace")))
    root = etree.Element("rss")
    etree.SubElement(root, "a", b=clean).text = clean
    read = etree.fromstring(mended(etree.tostring(root, encoding="unicode")).body)
    assert (read[0].text or "") == clean
    assert read[0].get("b") == clean


def test_an_ampersand_in_an_attribute_stays_one():
    read = etree.fromstring(mended("<rss><a href='x?a=1&amp;b=2&c=3&amp;#38;'/></rss>").body)
    assert read[0].get("href") == "x?a=1&b=2&c=3&#38;"


def test_elements_beyond_the_limits_are_left_out():
    deep = mended("<rss>" + "<a>" * 500 + "x")
    assert deep.body.count(b"<a>") < 100
    many = mended("<rss>" + "<item>x</item>" * 50 + "</rss>", each=frozenset({"item"}), each_max=10)
    assert many.body.count(b"<item>") == 10


def test_markup_becomes_one_line_of_text():
    assert plain("<p>Eins,<br>zwei</p><p>dr<b>ei</b></p>", characters_max=50) == "Eins, zwei drei"
    assert plain("<ScRipt>x</sCript>a<!-- b -->c<style>d", characters_max=50) == "ac"
    assert plain("2 < 3 & 4 > 1", characters_max=50) == "2 < 3 & 4 > 1"
    assert plain("x" * 60, characters_max=50) == "x" * 49 + "…"
