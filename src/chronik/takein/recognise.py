"""Which kind of file somebody gave us, by its content; the name only breaks ties. Decides."""

from __future__ import annotations

import re
import zlib
from enum import StrEnum

from chronik.errors import RefusedInputError
from chronik.takein import document
from chronik.takein.entry_head import head_fields
from chronik.takein.press_page import HEADING

HEAD_BYTES = 64 * 2**10
"""How much of a file is enough to tell its kind; of a compressed one, after decompression."""
SAMPLE_LINES = 200


class InputKind(StrEnum):
    """What can be taken in."""

    PRESS_PAGE = "press-page"
    OPML = "opml"
    URLS = "urls"
    HTML = "html"
    """Also compressed with gzip."""
    WARC = "warc"
    """Also ARC, and compressed with gzip."""
    JSONL = "jsonl"
    WACZ = "wacz"
    DOCUMENT = "document"
    """PDF, a word processor's file, an e-mail, subtitles, Markdown, a page saved as MHTML or by Safari."""


MAY_BE_COMPRESSED = frozenset({InputKind.HTML, InputKind.WARC})

SIGNATURES = (
    (b"%PDF", "a PDF that is damaged"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; decompress it first"),
    (b"BZh", "compressed with bzip2; decompress it first"),
    (b"\xfd7zXZ\x00", "compressed with xz; decompress it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or video file"),
    (b"RIFF", "a sound, video or picture file"),
    (b"\x1aE\xdf\xa3", "a video file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "compressed twice with gzip; decompress it once"),
)
UTF_16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

PROLOGUE = re.compile(r"\s*(?:<\?.{0,1000}?\?>|<!--.{0,10000}?-->)", re.DOTALL)
ROOT = re.compile(r"\s*<!doctype\s+(?P<doctype>[a-z]+)|\s*<(?P<tag>[a-z][a-z0-9:]*)", re.IGNORECASE)
HTML_TAGS = frozenset(
    {"html", "head", "body", "title", "meta", "link", "script", "style", "div", "p", "article", "main", "section"}
)
PAGE = re.compile(r"^[ \t]*<(?:html|body)[\s>]", re.IGNORECASE | re.MULTILINE)
"""A page that begins with something else, such as a complaint of the program that made it."""
FEED_TAGS = {"rss": "an RSS feed", "feed": "an Atom feed", "rdf:rdf": "an RSS 1.0 feed"}
SITEMAP_TAGS = frozenset({"urlset", "sitemapindex"})
ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://\S+|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)(?:\s+#.*)?", re.IGNORECASE)
WARC_VERSION = re.compile(rb"WARC/[0-9]|filedesc:[^\n]*\n")
"""WARC, or ARC, the format before it."""
WACZ_START = re.compile(
    rb"PK\x03\x04.{26}(?:archive/|indexes/|pages/|datapackage\.json|datapackage-digest\.json)", re.DOTALL
)
"""The first file in the ZIP is one that only WACZ has."""
SUFFIXES = {
    ".opml": InputKind.OPML,
    ".urls": InputKind.URLS,
    ".html": InputKind.HTML,
    ".htm": InputKind.HTML,
    ".xhtml": InputKind.HTML,
    ".jsonl": InputKind.JSONL,
    ".ndjson": InputKind.JSONL,
}
KNOWN = ", ".join(InputKind)
WEB_ARCHIVE_INDEX = re.compile(r" CDX [A-Za-z ]+\r?\n|!meta |[^\s{]+\)\S* [0-9]{14}[ \t]")
"""CDX by its heading, CDXJ and its blocks by an address turned round and a moment."""


def kind(head: bytes, *, name: str) -> InputKind:
    """The kind of the file that begins with these bytes; raises RefusedInputError where it is none that we know."""
    compressed = head.startswith(b"\x1f\x8b")
    content = _decompressed_head(head[:HEAD_BYTES], name=name) if compressed else head[:HEAD_BYTES]
    if not content.strip():
        raise RefusedInputError(f"{name}: empty, nothing to take in.")
    found = _kind_of_content(content, name=name)
    if isinstance(found, InputKind):
        if not compressed or found in MAY_BE_COMPRESSED:
            return found
        found = f"{found} compressed with gzip; decompress it first"
    raise RefusedInputError(
        f"{name}: cannot tell what this is (it looks like {found}). "
        f"Known kinds: {KNOWN}; name one with --as to have it taken as that."
    )


def _decompressed_head(head: bytes, *, name: str) -> bytes:
    """The beginning of what a gzip stream holds; the stream may be cut off."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD_BYTES)
    except zlib.error:
        raise RefusedInputError(f"{name}: begins like gzip but cannot be decompressed; the file is damaged.") from None


def _kind_of_content(content: bytes, *, name: str) -> InputKind | str:
    """The kind, or what the content looks like instead."""
    if WARC_VERSION.match(content):
        return InputKind.WARC
    if document.media_type(content, name=name):
        return InputKind.DOCUMENT
    if WACZ_START.match(content) or (content.startswith(b"PK") and name.lower().endswith(".wacz")):
        return InputKind.WACZ
    for signature, looks_like in SIGNATURES:
        if content.startswith(signature):
            return looks_like
    if content[4:8] == b"ftyp":
        return "a video file"
    wide = next((codec for mark, codec in UTF_16 if content.startswith(mark)), "")
    text = content.decode(wide or "utf-8", errors="replace").removeprefix("\ufeff")
    found = _kind_of_markup(text, name=name)
    if found:
        return found
    if wide:
        return "text in UTF-16; save it as UTF-8"
    if "\0" in text:
        return "binary data"
    return _kind_of_text(text, name=name)


def _kind_of_markup(text: str, *, name: str) -> InputKind | str:
    """The kind of a text that begins with a tag; empty where it does not."""
    position = 0
    while prologue := PROLOGUE.match(text, position):
        position = prologue.end()
    root = ROOT.match(text, position)
    if root is None:
        return ""
    tag = (root["doctype"] or root["tag"]).lower()
    if tag == "opml":
        return InputKind.OPML
    if tag in HTML_TAGS:
        return InputKind.HTML
    if tag in FEED_TAGS:
        return f"{FEED_TAGS[tag]}; follow its address with `chronik follow`"
    if tag in SITEMAP_TAGS:
        return "a sitemap; follow the site with `chronik follow`"
    if _named(name) is InputKind.HTML or (PAGE.search(text) and not text.lstrip().startswith("<?xml")):
        return InputKind.HTML
    return f"XML with the root <{tag}>"


def _kind_of_text(text: str, *, name: str) -> InputKind | str:
    """The kind of a text without markup, or what it looks like."""
    if WEB_ARCHIVE_INDEX.match(text):
        return "an index of a web archive (CDX): it holds no pages; take in the WARC files that it names"
    lines = [line.strip() for line in text.splitlines()]
    written = [line for line in lines if line]
    if not written:
        return "blanks only"
    if HEADING.fullmatch(written[0]) or any(head_fields(line) for line in written):
        return InputKind.PRESS_PAGE
    if written[0].startswith("{"):
        return _kind_of_braces(written[0], name=name)
    entries = [line for line in written if not line.startswith("#")][:SAMPLE_LINES]
    addresses = sum(1 for line in entries if ADDRESS.fullmatch(line))
    if addresses * 2 >= len(entries) > 0:
        return InputKind.URLS
    if not entries and _named(name) is InputKind.URLS:
        return InputKind.URLS
    return InputKind.HTML if PAGE.search(text) else _looks_like(text)


def _kind_of_braces(line: str, *, name: str) -> InputKind | str:
    """JSON lines, or a single JSON document that is spread over lines."""
    if len(line) > 1 or _named(name) is InputKind.JSONL:
        return InputKind.JSONL
    return "one JSON document over several lines; JSONL has one object a line"


def _named(name: str) -> InputKind | None:
    """The kind that the file's name claims."""
    base = name.lower().removesuffix(".gz")
    return next((claimed for suffix, claimed in SUFFIXES.items() if base.endswith(suffix)), None)


def _looks_like(text: str) -> str:
    """A text of no kind, in words."""
    odd = sum(1 for letter in text if letter == "\ufffd" or (letter < " " and letter not in "\t\n\r\f"))
    if odd * 20 > len(text):
        return "binary data"
    if text.lstrip().startswith("["):
        return "a JSON list; JSONL has one object a line"
    return "plain text without dated entries or addresses"
