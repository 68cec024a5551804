"""Whatever comes in, what goes on to the feed reader is well-formed."""

import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from chronik.collect import mending
from chronik.collect.characters import decoded, plain
from chronik.collect.mending import local_name, mended_tree, source_of, strict_tree

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
def test_any_scraps_become_a_tree_or_nothing(scraps):
    for text in (scraps, f"<rss><channel>{scraps}"):
        root = mended_tree(decoded(text.encode("utf-8", "surrogatepass")))
        if root is not None:
            assert isinstance(source_of(root), str)
            assert local_name(root) == local_name(root).lower()


@given(st.text(max_size=60))
def test_text_and_attributes_come_through_unchanged(text):
    clean = re.sub(r"[\t\r\n&]", "+", decoded(text.encode("utf-8", "replace")))
    root = etree.Element("rss")
    etree.SubElement(root, "a", b=clean).text = clean
    written = etree.tostring(root, encoding="unicode")
    for read in (mended_tree(written), mended_tree(f"Warning: line 3\n{written}"), strict_tree(written.encode())):
        assert (read[0].text or "") == clean
        assert read[0].get("b") == clean


def test_an_ampersand_in_an_attribute_stays_one():
    read = mended_tree("<rss><a href='x?a=1&amp;b=2&c=3&amp;#38;'/></rss>")
    assert read[0].get("href") == "x?a=1&b=2&c=3&#38;"


def test_what_stands_before_a_feed_is_left_out():
    for junk in ("Warning in line 3\n", "<br />\n<b>Warning</b>: in line 3<br />\n", "\n\n ", "\ufeff"):
        assert local_name(mended_tree(f"{junk}<?xml version='1.0'?>\n<rss><channel/></rss>")) == "rss"
    assert local_name(mended_tree("<html><body><rss/></body></html>")) == "html"


def test_only_so_many_tags_are_read(monkeypatch):
    monkeypatch.setattr(mending, "TAGS_MAX", 40)
    text = "<rss><title><![CDATA[<b><b><b><b><b>]]></title>" + "<item>x</item>" * 50 + "</rss>"
    assert strict_tree(text.encode()) is None
    root = mended_tree(text)
    assert root[0].text == "<b><b><b><b><b>"
    assert 15 <= len(root) <= 20


def test_entities_of_a_document_are_never_resolved_by_the_parser():
    assert strict_tree(b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>&a;</rss>") is None


def test_markup_in_the_open_is_written_as_html():
    root = strict_tree(
        b"<c xmlns:h='http://www.w3.org/1999/xhtml' xmlns:z='urn:z'>a &lt; b <h:p class='x'>c<h:br/>d</h:p><z:i/></c>"
    )
    assert source_of(root) == 'a &lt; b <p class="x">c<br/>d</p><i></i>'


def test_markup_becomes_one_line_of_text():
    assert plain("<p>Eins,<br>zwei</p><p>dr<b>ei</b></p>", characters_max=50) == "Eins, zwei drei"
    assert plain("<ScRipt>x</sCript>a<!-- b -->c<style>d", characters_max=50) == "ac"
    assert plain("2 < 3 & 4 > 1", characters_max=50) == "2 < 3 & 4 > 1"
    assert plain("x" * 60, characters_max=50) == "x" * 49 + "…"


def test_an_endless_name_is_written_in_bounded_time():
    root = mended_tree(f"<a><{'A' * 40_000}/></a>")
    assert root is not None
    started = time.process_time()
    source_of(root)
    assert time.process_time() - started < 2
