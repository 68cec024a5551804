"""What a published `dossier.json` says, read back from bytes that anybody may have changed. Decides."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import content_id
from chronik.publish import shown_words
from chronik.publish.exports import KIND, VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.publish.shown_words import Words

DATA_BYTES_MAX = 2**26
_TEXTS_OF_A_CLIP = ("id", "permalink", "title", "credit", "excerpt")
_OUTSIDE_THE_DIGEST = frozenset({"digest", "published_at"})
GAP = "[…]"
_PERMALINK = ("c/", "/index.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedClip:
    """One clip as the data has it."""

    id: str
    name: str
    """Of its permalink and its anchor."""
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedData:
    """What the file says of the edition."""

    slug: str
    languages: tuple[str, ...]
    published_at: str
    said_digest: str
    """As the file says."""
    digest: str
    """As it follows from the file."""
    clips: tuple[PublishedClip, ...]


def read(data: bytes) -> PublishedData:
    """What these bytes say. Raises RefusedInputError where they are none of our files."""
    try:
        if len(data) > DATA_BYTES_MAX:
            raise TooLargeError("is too large")
        values = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RefusedInputError("is not JSON") from error
    if not isinstance(values, dict) or values.get("kind") != KIND or values.get("version") != VERSION:
        raise RefusedInputError("is no dossier of a kind known here")
    try:
        digest = content_id({key: value for key, value in values.items() if key not in _OUTSIDE_THE_DIGEST})
    except (ValueError, RecursionError) as error:
        raise RefusedInputError("holds what has no canonical form") from error
    try:
        return PublishedData(
            slug=_text(values["slug"]),
            languages=tuple(_text(tag) for tag in _list(values["languages"])),
            published_at=_text(values["published_at"]),
            said_digest=_text(values["digest"]),
            digest=digest,
            clips=tuple(_clip(clip) for clip in _list(values["clips"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RefusedInputError("lacks what a dossier must say, or says it in another form") from error


def _clip(record: Any) -> PublishedClip:
    texts: Mapping[str, str] = {name: _text(record[name]) for name in _TEXTS_OF_A_CLIP}
    start, end = _PERMALINK
    name = texts["permalink"].removeprefix(start).removesuffix(end)
    if texts["permalink"] != f"{start}{name}{end}" or not name or "/" in name:
        raise ValueError("a permalink is not as we write it")
    if "passages" in record and not _made_of(texts["excerpt"], _list(record["passages"])):
        raise ValueError("an excerpt is not made of its passages")
    return PublishedClip(id=texts["id"], name=name, words=shown_words.expected(texts))


def _made_of(excerpt: str, passages: list[Any]) -> bool:
    """Whether an excerpt says what its passages say, with a gap between two that stand apart in the text."""
    found, reached = list[str](), -1
    for passage in passages:
        quote, place = _list(passage["selectors"])
        if not (isinstance(place["start"], int) and reached < place["start"] < place["end"]):
            return False
        reached = place["end"]
        found.append(_text(quote["exact"]))
    said = "".join(excerpt.split())
    return len(found) > 1 and said == "".join(GAP.join(found).split())


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is no text")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a list is no list")
    return value
