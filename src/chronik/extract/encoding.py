"""Which characters a page's bytes stand for (decides): the page's own word is checked against its bytes."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from chronik.extract.octets import may_hold_controls
from chronik.model import Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator

PRESCAN_BYTES = 4096
SAMPLE_BYTES = 16 * 1024
DAMAGE_SHARE_NONE = 0.01
"""Up to this share of undecodable characters among the foreign ones, a declared encoding is believed."""
DAMAGE_SHARE_MAX = 0.3
"""Above this share the page counts as unreadable."""
CONTROL_SHARE_MAX = 0.02
"""Text holds next to no control characters; files of programs do."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that browsers take for a larger encoding (WHATWG Encoding Standard, section 4.2).
_LABELS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-latin-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "unicode": "utf-16-le",
    "utf-16": "utf-16-le",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
}
# Python also knows codecs that are no character encodings of pages (UTF-7, idna, unicode_escape).
_FAMILIES = re.compile(r"(utf-?(8|16|32)|cp|windows|iso|koi8|euc|gb|big5|mac|hkscs|johab)")
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_MARKUP = re.compile(rb"<(script|style)\b.*?</\1|<[^>]*>", re.IGNORECASE | re.DOTALL)
_HIGH = re.compile(rb"[\x80-\xff]")

# What files of other kinds begin with.
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"bplist00", "application/x-webarchive"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\0\0\x01\0", "image/x-icon"),
    (b"\0\0\0\x0cJXL ", "image/jxl"),
    (b"\0\0\0\x0cjP  ", "image/jp2"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x04\x22\x4d\x18", "application/x-lz4"),
    (b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (b"\x7fELF", "application/x-elf"),
    (b"MZ\x90\0", "application/vnd.microsoft.portable-executable"),
    (b"\xfe\xed\xfa", "application/x-mach-binary"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\xca\xfe\xba\xbe", "application/java-vm"),
    (b"\0asm", "application/wasm"),
    (b"OggS", "application/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"fLaC", "audio/flac"),
    (b"MThd", "audio/midi"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"FLV\x01", "video/x-flv"),
    (b"\0\0\x01\xba", "video/mpeg"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"\0\x01\0\0\0", "font/ttf"),
    (b"OTTO", "font/otf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"WARC/1.", "application/warc"),
)
_RIFF = {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
# The brand of a file of the MP4 family (ISO 14496-12) tells its kind.
_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
}
_PDF_HEAD_BYTES = 1_024
"""Something may stand before a PDF's first line (ISO 32000-1, annex H.3)."""
_CONTROLS = re.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufeff\\ufffe\\uffff]")
_BINARY = bytes([*range(0x01, 0x09), 0x0B, *range(0x0E, 0x20)])
_SOFT_HYPHEN = "\u00ad"


def media_type_of(body: bytes) -> str:
    """The kind of a file that is no text, by its first bytes; empty where they are of no known kind."""
    head = body[:64]
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if body[257:262] == b"ustar":
        return "application/x-tar"
    if b"%PDF-" in body[:_PDF_HEAD_BYTES] and b"<" not in body[: body.find(b"%PDF-")]:
        return "application/pdf"
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), "")


def clean(text: str) -> str:
    """The text without control characters and what else no text can hold; line ends become line feeds."""
    if text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) < SAMPLE_BYTES or may_hold_controls(text.encode("utf-8", "surrogatepass")):
        return _CONTROLS.sub("", text)
    return text


def readable(body: bytes, charset: str = "") -> tuple[str, bytes] | Failure:
    """The clean characters of a page, and the same in UTF-8; `charset` is what the HTTP header declared."""
    if b"\x1b" not in body and b"\0" not in body and not body.startswith(codecs.BOM_UTF8):
        octets = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in body else body
        if (text := _of_utf8(octets)) and not may_hold_controls(octets):
            return text, octets
    found = decoded(body, charset)
    if isinstance(found, Failure):
        return found
    text = clean(found)
    return text, text.encode()


def clean_line(text: str) -> str:
    """The text on one line, white space runs as one space, without the marks of possible hyphenation."""
    return " ".join(clean(text).replace(_SOFT_HYPHEN, "").split())


def decoded(body: bytes, charset: str = "") -> str | Failure:
    """The characters of a page; `charset` is what the HTTP header declared."""
    plain = b"\x1b" not in body and b"\0" not in body
    if plain and body.isascii():
        return body.decode("ascii")
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _checked(body[len(mark) :].decode(name, errors="replace"))
    if plain and (text := _of_utf8(body)):
        return _checked(text)
    best, damage_least = "", 2.0
    for name in _candidates(body, charset):
        text = body.decode(name, errors="replace")
        damage = _damage(text)
        if damage < damage_least:
            best, damage_least = text, damage
        if damage <= DAMAGE_SHARE_NONE:
            break
    if damage_least > DAMAGE_SHARE_MAX:
        return Failure(kind=FailureKind.BAD_ENCODING, detail="The bytes are no text in any encoding that we know.")
    return _checked(best)


def _of_utf8(body: bytes) -> str:
    """The characters of faultless UTF-8, which is what nearly every page is; empty for all others."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if "\ufffd" in text else text


def _checked(text: str) -> str | Failure:
    """The text, unless it is a file of some program."""
    sample = text[: 4 * SAMPLE_BYTES]
    encoded = sample.encode("utf-8", "surrogatepass")
    controls = len(encoded) - len(encoded.translate(None, _BINARY))
    if controls > max(16, CONTROL_SHARE_MAX * len(sample)):
        return Failure(kind=FailureKind.BAD_ENCODING, detail="The bytes are no text: they hold binary data.")
    return text


def _candidates(body: bytes, charset: str) -> Iterator[str]:
    """Encodings to try, the most trustworthy first."""
    wide = _wide(body)
    if wide:
        yield wide
    declared = [name for name in (_codec(charset), _codec(_declared(body))) if name]
    if _is_utf8(body) and not any(name.startswith("iso2022") for name in declared):
        yield "utf-8"  # multi-byte UTF-8 by accident is next to impossible, whatever is declared
    yield from declared
    if not declared:
        yield "utf-8"
    detected = _detected(body)
    if detected:
        yield detected
    yield "utf-8"
    yield "cp1252"


def _codec(label: str) -> str:
    """Python's name of a declared encoding, or empty where it is none."""
    plain = label.strip().strip("\"'").lower()
    name = _LABELS.get(plain, plain)
    if not _FAMILIES.match(name.replace("_", "-")):
        return ""
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""


def _declared(body: bytes) -> str:
    found = _DECLARED.search(body[:PRESCAN_BYTES])
    label = found[1].decode("ascii", errors="replace") if found else ""
    # A declaration that could be read as ASCII does not stand in a UTF-16 page (HTML, section 13.2.3.2).
    return "utf-8" if label.lower().startswith("utf-16") else label


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(body) - 4  # cut short within a character
    return True


def _wide(body: bytes) -> str:
    """UTF-16 without a mark shows by its zeros, every second byte."""
    head = body[:PRESCAN_BYTES]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) / 5 > 5 * even:
        return "utf-16-le"
    if even > len(head) / 5 > 5 * odd:
        return "utf-16-be"
    return ""


def _detected(body: bytes) -> str:
    """What the foreign characters outside the markup look like."""
    text = _MARKUP.sub(b" ", body[: 64 * SAMPLE_BYTES])
    lines = b"\n".join(line for line in text.splitlines() if _HIGH.search(line))
    best = from_bytes(lines[:SAMPLE_BYTES] or body[:SAMPLE_BYTES]).best()
    return _codec(best.encoding) if best else ""


def _damage(text: str) -> float:
    """Share of the characters beyond ASCII that could not be decoded."""
    lost = text.count("�")
    return lost / (len(text) - len(text.encode("ascii", errors="ignore"))) if lost else 0.0
