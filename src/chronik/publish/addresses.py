"""Where published things live: slugs, language folders, permalinks, and addresses that may be linked to. Decides."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from chronik.model import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORT_ID_LENGTH = 12
"""Hex digits of a clip's id in its permalink: 48 bits, so that two clips of one dossier do not meet by chance."""

_SLUG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,79}")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_PLAIN_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")
_NOT_IN_AN_IRI = re.compile(r"[\x00-\x20\x7f-\xa0<>\"{}|\\^`]")


def is_slug(text: str) -> bool:
    """Whether this can be a folder's name on every system and a part of an address."""
    return _SLUG.fullmatch(text) is not None


def is_language_tag(text: str) -> bool:
    """Whether this is built like a BCP 47 tag."""
    return _LANGUAGE_TAG.fullmatch(text) is not None


def short_ids(ids: Iterable[str]) -> dict[str, str]:
    """Id → name of its permalink: the first digits, or all of them where two ids begin alike."""
    plain = {id_: id_ if _PLAIN_ID.fullmatch(id_) else sha256_hex(id_.encode()) for id_ in ids}
    beginnings = Counter(name[:SHORT_ID_LENGTH] for name in plain.values())
    return {
        id_: name[:SHORT_ID_LENGTH] if beginnings[name[:SHORT_ID_LENGTH]] == 1 else name for id_, name in plain.items()
    }


def web_address(url: str) -> str:
    """The address as a link can carry it, or empty when it is none of http or https."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    return _NOT_IN_AN_IRI.sub(lambda found: quote(found[0]), url)


def host(url: str) -> str:
    """Who answers at a web address, as people say it: without `www.`; empty when it is none."""
    return (urlsplit(web_address(url)).hostname or "").removeprefix("www.")


def absolute(public_url: str, path: str) -> str:
    """A path of the published folder under its public address; empty when that is not known."""
    return f"{public_url.rstrip('/')}/{path}" if public_url.strip("/ ") else ""
