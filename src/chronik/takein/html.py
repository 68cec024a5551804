"""A page that somebody saved as a file, plain or compressed with gzip. Decides."""

from __future__ import annotations

import re

from chronik.bounded import decoded
from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import sha256_hex
from chronik.takein.markup import html_tags
from chronik.takein.url_list import objection

PAGE_BYTES_MAX = 64 * 2**20
HEAD_BYTES = 512 * 2**10
"""How far into a page its own address is looked for."""
GZIP = b"\x1f\x8b"
MARKED_WIDE = (b"\xff\xfe", b"\xfe\xff")
TAG = re.compile(rb"<\x00?[a-zA-Z!]|<\x00?!|\x00<\x00[a-zA-Z!]")
SAVED_FROM = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|(?:Page saved with|Archive processed by) SingleFile\s+url:\s*)"
    rb"(?P<url>[^\s<>]+)",
    re.IGNORECASE,
)


def saved(data: bytes, *, name: str) -> tuple[bytes, str]:
    """The page's bytes, decompressed, and its own address.

    The address is where a browser noted that it was saved from, else what the page calls its own (canonical link,
    then `og:url`), else `urn:chronik:file:` and the digest of the bytes.
    """
    page = _decompressed(data, name=name) if data.startswith(GZIP) else data
    if len(page) > PAGE_BYTES_MAX:
        raise _too_large(name)
    if not page.strip():
        raise RefusedInputError(f"{name}: empty, nothing to take in.")
    head = page[:HEAD_BYTES]
    if not TAG.search(head) or (b"\0" in head[:1024] and not page.startswith(MARKED_WIDE)):
        raise RefusedInputError(f"{name}: not a web page; there is no HTML in it.")
    return page, _own_address(head) or f"urn:chronik:file:{sha256_hex(page)}"


def _decompressed(data: bytes, *, name: str) -> bytes:
    """What a gzip file holds, within the limit of a page."""
    try:
        return decoded(data, "gzip", size_bytes_max=PAGE_BYTES_MAX)
    except TooLargeError:
        raise _too_large(name) from None
    except RefusedInputError as error:
        raise RefusedInputError(f"{name}: {error} Fetch or save the page again.") from None


def _too_large(name: str) -> TooLargeError:
    return TooLargeError(f"{name}: the page is larger than {PAGE_BYTES_MAX >> 20} MiB.")


def _own_address(head: bytes) -> str:
    """The address that the page names as its own, or empty."""
    noted = SAVED_FROM.search(head)
    if noted and _usable(noted["url"].decode("utf-8", errors="replace")):
        return noted["url"].decode("utf-8", errors="replace")
    canonical = declared = ""
    for tag in html_tags(head):
        if tag.name == "link" and "canonical" in tag.attributes.get("rel", "").lower().split():
            canonical = canonical or _usable(tag.attributes.get("href", ""))
        elif tag.name == "meta" and tag.attributes.get("property", "").lower() == "og:url":
            declared = declared or _usable(tag.attributes.get("content", ""))
    return canonical or declared


def _usable(address: str) -> str:
    """The address if it could be fetched, else empty."""
    address = address.strip()
    return address if address and not objection(address) else ""
