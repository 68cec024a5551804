"""Files are told apart by what is in them."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.errors import RefusedInputError
from chronik.takein.recognise import HEAD_BYTES, InputKind, kind

PRESS = b"Archiv: X 2020\n\n12.04.2021 - 23:53 [ A ]\n\nTitle\n"
WARC = b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n"
HTML = b"<!DOCTYPE html>\n<html><head><title>x</title></head></html>"
OPML = b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- mine -->\n<opml version="2.0"><body/></opml>'


def test_kinds_have_the_names_that_the_command_line_knows():
    kinds = ["press-page", "opml", "urls", "html", "warc", "jsonl", "wacz", "document"]
    assert [str(known) for known in InputKind] == kinds


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PRESS, "press-page"),
        (b"\xef\xbb\xbf" + PRESS, "press-page"),
        (PRESS.replace(b"\n", b"\r\n"), "press-page"),
        (PRESS.replace(b"\n", b"\r"), "press-page"),
        ("Archiv: Höfe 2020\n\nnoch nichts".encode(), "press-page"),
        ("Archiv: Höfe\n\n12.04.2021 - 23:53 [ A ]\n\nTitel\n".encode("cp1252"), "press-page"),
        (b"12.04.2021 - 23:53 [ A ]\n\nTitle\n", "press-page"),
        (OPML, "opml"),
        (b"\xef\xbb\xbf  " + OPML, "opml"),
        (OPML.replace(b"<opml", b'<!DOCTYPE opml SYSTEM "x"><opml'), "opml"),
        ('<?xml version="1.0" encoding="UTF-16"?><opml/>'.encode("utf-16"), "opml"),
        (b"https://example.org/a\nhttps://example.org/b\n", "urls"),
        (b"# my list\n\nhttps://example.org/a # good\nnonsense here\nexample.org/b\n", "urls"),
        (HTML, "html"),
        (b"<!-- saved from url=(0019)https://example.org -->\n<HTML>", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', "html"),
        (b"\n<div>fragment</div>", "html"),
        (b"<br />\n<b>Warning</b>: no database\n<html><body>", "html"),
        (b"Warning: no database\n\n<HTML lang=de>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"<html>\xe4\x00</html>", "html"),
        (WARC, "warc"),
        (b'{"id": 1, "title": "x", "text": "y"}\n', "jsonl"),
        (b'{"id": 1, "text": "' + b"y" * 2 * HEAD_BYTES, "jsonl"),
        (b'{id: "broken"}\n{"id": 1}\n', "jsonl"),
        (gzip.compress(HTML, mtime=0), "html"),
        (gzip.compress(WARC, mtime=0), "warc"),
        (gzip.compress(WARC * 10_000, mtime=0)[:60], "warc"),
    ],
)
def test_the_content_tells_the_kind_whatever_the_name(content, expected):
    for name in ("x", "page.txt", "misleading.jsonl"):
        assert kind(content[:HEAD_BYTES], name=name) == expected


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"<b>fragment</b>", "page.html", "html"),
        (b"{\n", "rows.jsonl", "jsonl"),
        (b"# nothing yet\n", "list.urls", "urls"),
    ],
)
def test_the_name_breaks_ties(content, name, expected):
    assert kind(content, name=name) == expected
    with pytest.raises(RefusedInputError):
        kind(content, name="unknown")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf\n", "blanks only"),
        (b"\x1f\x8b", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"\x1f\x8bjunk that is no gzip", "damaged"),
        (bytes(range(256)) * 4, "binary data"),
        (b"\x01\x02\xfe\xff" * 100, "binary data"),
        (b"\0" * 100, "binary data"),
        (gzip.compress(b"\0" * 10**6, mtime=0), "binary data"),
        (b"%PDF 1.7", "a PDF that is damaged"),
        (b"PK\x03\x04...", "ZIP"),
        (b"\x89PNG\r\n", "PNG"),
        ("Archiv: X\n\n12.04.2021 - 23:53 [ A ]\n\nTitle\n".encode("utf-16"), "UTF-16"),
        (b"Once upon a time there was a harbour.\n", "plain text"),
        (b"See https://example.org for more.\n", "plain text"),
        (b'[{"id": 1}]', "JSON list"),
        (b'{\n  "id": 1\n}\n', "JSON document"),
        (b"<?xml version='1.0'?><rss version='2.0'/>", "an RSS feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "an Atom feed"),
        (b"<urlset/>", "sitemap"),
        (b"<svg/>", "root <svg>"),
        (gzip.compress(PRESS, mtime=0), "press-page compressed with gzip"),
        (gzip.compress(gzip.compress(WARC, mtime=0), mtime=0), "twice"),
        (b"\x28\xb5\x2f\xfd....", "zstd"),
    ],
)
def test_what_is_of_no_kind_is_refused_in_one_helpful_line(content, words):
    with pytest.raises(RefusedInputError) as refusal:
        kind(content, name="x.bin")
    text = str(refusal.value)
    assert text.startswith("x.bin: ")
    assert words in text
    assert "\n" not in text
    assert len(text) < 300


def test_a_refusal_names_the_kinds_and_the_way_round():
    with pytest.raises(RefusedInputError, match=r"press-page, opml, urls, html, warc, jsonl.*--as"):
        kind(b"Once upon a time.", name="x.txt")


def test_a_bomb_is_not_unpacked():
    bomb = zlib.compress(b"<html>" + b"\0" * 10**8, wbits=31)
    assert kind(bomb[:HEAD_BYTES], name="x") is InputKind.HTML


@given(st.binary(max_size=300) | st.binary(max_size=100).map(gzip.compress))
def test_any_bytes_are_of_a_kind_or_refused(data):
    try:
        found = kind(data, name="x")
    except RefusedInputError as error:
        found = str(error)
    assert "\n" not in found
