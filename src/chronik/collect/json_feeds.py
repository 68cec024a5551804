"""Reads JSON Feed 1 and 1.1.

Decides.
"""

from __future__ import annotations

import json
from typing import Any

from chronik.collect.characters import plain
from chronik.collect.entries import (
    AUTHORS_MAX,
    CONTENT_CHARACTERS_MAX,
    ENTRIES_MAX,
    ID_CHARACTERS_MAX,
    NAME_CHARACTERS_MAX,
    SUMMARY_CHARACTERS_MAX,
    TITLE_CHARACTERS_MAX,
    Entry,
    ParsedFeed,
    address,
    instant,
    language_tag,
)
from chronik.model import Failure, FailureKind, FeedKind

VERSION_BEGINNING = "jsonfeed.org/version/"


def looks_like_json(text: str) -> bool:
    """Whether a document is JSON rather than XML."""
    return text[:1_000].lstrip().startswith(("{", "["))


def parsed_json(text: str, *, url: str) -> ParsedFeed | Failure:
    """A JSON Feed, or why it is none."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return Failure(kind=FailureKind.NOT_A_FEED, detail="This looks like JSON, but it is broken or cut off.")
    if not _is_feed(document):
        return Failure(kind=FailureKind.NOT_A_FEED, detail="This is JSON, but not a JSON Feed.")
    items = [item for item in document["items"][:ENTRIES_MAX] if isinstance(item, dict)]
    entries = [entry for item in items if (entry := _entry(item, url=url))]
    return ParsedFeed(
        kind=FeedKind.JSON,
        title=_plain(document.get("title"), TITLE_CHARACTERS_MAX),
        site_url=address(document.get("home_page_url"), base=url),
        language=language_tag(document.get("language")),
        entries=tuple(entries),
        dropped=len(document["items"][:ENTRIES_MAX]) - len(entries),
    )


def _is_feed(document: Any) -> bool:
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return False
    says_so = VERSION_BEGINNING in str(document.get("version", ""))[:200]
    return says_so or any(isinstance(document.get(key), str) for key in ("title", "home_page_url", "feed_url"))


def _entry(item: dict[str, Any], *, url: str) -> Entry | None:
    given_id = item.get("id")
    identity = str(given_id)[:ID_CHARACTERS_MAX] if isinstance(given_id, str | int | float) else ""
    as_address = identity if identity.startswith(("http://", "https://")) else ""
    candidates = (item.get("url"), as_address, item.get("external_url"))
    link = next((found for candidate in candidates if (found := address(candidate, base=url))), "")
    if not link:
        return None
    text = item.get("content_text")
    content = text if isinstance(text, str) and text else item.get("content_html")
    return Entry(
        url=link,
        id=plain(identity, characters_max=ID_CHARACTERS_MAX),
        title=_plain(item.get("title"), TITLE_CHARACTERS_MAX),
        summary=_plain(item.get("summary"), SUMMARY_CHARACTERS_MAX),
        content=_plain(content, CONTENT_CHARACTERS_MAX),
        authors=_authors(item),
        published=instant(item.get("date_published")),
        updated=instant(item.get("date_modified")),
        language=language_tag(item.get("language")),
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    given = item.get("authors")
    people = given if isinstance(given, list) and given else [item.get("author")]
    names = [_plain(person.get("name"), NAME_CHARACTERS_MAX) for person in people if isinstance(person, dict)]
    return tuple(dict.fromkeys(name for name in names if name))[:AUTHORS_MAX]


def _plain(value: object, characters_max: int) -> str:
    return plain(value, characters_max=characters_max) if isinstance(value, str) else ""
