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
    TITLE_CHARACTERS_MAX,
    Content,
    Entry,
    ParsedFeed,
    address,
    language_tag,
)
from chronik.collect.feed_dates import Moment, moment
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
    items = [item if isinstance(item, dict) else {} for item in document["items"][:ENTRIES_MAX]]
    entries = [_entry(item, url=url) for item in items]
    return ParsedFeed(
        kind=FeedKind.JSON,
        title=_plain(document.get("title"), TITLE_CHARACTERS_MAX),
        site_url=address(document.get("home_page_url"), base=url),
        language=language_tag(document.get("language")),
        entries=tuple(entry for entry in entries if entry.url),
        unaddressed=tuple(entry for entry in entries if not entry.url),
    )


def _is_feed(document: Any) -> bool:
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return False
    says_so = VERSION_BEGINNING in str(document.get("version", ""))[:200]
    return says_so or any(isinstance(document.get(key), str) for key in ("title", "home_page_url", "feed_url"))


def _entry(item: dict[str, Any], *, url: str) -> Entry:
    given_id = item.get("id")
    identity = str(given_id)[:ID_CHARACTERS_MAX] if isinstance(given_id, str | int | float) else ""
    as_address = identity if identity.startswith(("http://", "https://")) else ""
    candidates = (item.get("url"), as_address, item.get("external_url"))
    published, updated = _moment(item.get("date_published")), _moment(item.get("date_modified"))
    return Entry(
        url=next((found for candidate in candidates if (found := address(candidate, base=url))), ""),
        id=plain(identity, characters_max=ID_CHARACTERS_MAX),
        title=_plain(item.get("title"), TITLE_CHARACTERS_MAX),
        summary=_content(item, "summary", url),
        content=_content(item, "content_html", url) or _content(item, "content_text", url),
        authors=_authors(item),
        published=published.instant if published else None,
        published_told=published.told if published else "",
        updated=updated.instant if updated else None,
        updated_told=updated.told if updated else "",
        language=language_tag(item.get("language")),
    )


def _content(item: dict[str, Any], key: str, url: str) -> Content | None:
    said = item.get(key)
    if not isinstance(said, str) or not said.strip():
        return None
    return Content(text=said[:CONTENT_CHARACTERS_MAX], is_markup=key == "content_html", base=url)


def _moment(said: object) -> Moment | None:
    return moment(said) if isinstance(said, str) else None


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    given = item.get("authors")
    people = given if isinstance(given, list) and given else [item.get("author")]
    names = [_plain(person.get("name"), NAME_CHARACTERS_MAX) for person in people if isinstance(person, dict)]
    return tuple(dict.fromkeys(name for name in names if name))[:AUTHORS_MAX]


def _plain(value: object, characters_max: int) -> str:
    return plain(value, characters_max=characters_max) if isinstance(value, str) else ""
