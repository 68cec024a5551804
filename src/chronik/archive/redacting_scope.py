"""What a takedown concerns, with everything that holds a copy of it. Acts: reads catalogue and vault."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chronik.archive import redacting_words
from chronik.archive.collecting import PRESS_PAGE_MEDIA_TYPE
from chronik.archive.taking_wacz import WACZ_MEDIA_TYPE
from chronik.archive.witnessing import hearings
from chronik.errors import ChronikError, DamagedCaptureError
from chronik.model import Reach
from chronik.preserve import foreign
from chronik.preserve.recovery import QUARANTINE
from chronik.preserve.wacz import verifying
from chronik.preserve.wacz.zipped import Zip
from chronik.preserve.witness import deposition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from chronik.archive.archive import Archive
    from chronik.model import Article, Capture, Clip

CAPTURES_OF_A_FEED_MAX = 100_000
WHOLE_FILES_MAX = 100_000
BODY_BYTES_MAX = 256 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Everything that would vanish."""

    reach: Reach
    captures: tuple[Capture, ...]
    carriers: tuple[Capture, ...]
    """Captures of other things that hold a copy."""
    articles: tuple[Article, ...]
    clips: tuple[Clip, ...]
    entries: tuple[str, ...]
    files: tuple[str, ...]
    """In the vault's quarantine."""
    words: tuple[str, ...] = field(repr=False)
    """By what a copy is known."""


def union(archive: Archive, ids: Iterable[str]) -> Reach:
    """What several captures, articles and clips stand for together; those that are gone are left out."""
    found = [one for one in map(archive.catalogue.reach, ids) if one is not None]
    return Reach(
        captures=_all(one.captures for one in found),
        articles=_all(one.articles for one in found),
        clips=_all(one.clips for one in found),
        dossiers=_all(one.dossiers for one in found),
        addresses=_all(one.addresses for one in found),
        feeds=_all(one.feeds for one in found),
    )


def _all(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({one for part in parts for one in part}))


def scope(archive: Archive, reach: Reach) -> Scope:
    """Everything that holds what is reached."""
    catalogue = archive.catalogue
    captures = [one for one in map(catalogue.capture, reach.captures) if one is not None]
    articles = [one for one in map(catalogue.article, reach.articles) if one is not None]
    clips = [clip for slug in reach.dossiers for clip in _clips(archive, slug) if clip.id in reach.clips]
    words = redacting_words.telling(articles, clips, addresses=reach.addresses)
    known = {one.id for one in captures}
    carriers = {one.id: one for one in _carriers(archive, reach, articles, words) if one.id not in known}
    entries = [
        entry.id
        for dossier in catalogue.dossiers()
        for entry in catalogue.unread_entries(dossier.slug)
        if redacting_words.stand_in(entry.text.encode("utf-8", "surrogatepass"), words)
    ]
    return Scope(
        reach=reach,
        captures=tuple(captures),
        carriers=tuple(carriers[one] for one in sorted(carriers)),
        articles=tuple(articles),
        clips=tuple(clips),
        entries=tuple(entries),
        files=tuple(_set_aside(archive, words)),
        words=words,
    )


def _clips(archive: Archive, slug: str) -> list[Clip]:
    return [*archive.catalogue.clips(slug), *archive.catalogue.removed_clips(slug)]


def _carriers(archive: Archive, reach: Reach, articles: Iterable[Article], words: tuple[str, ...]) -> Iterator[Capture]:
    catalogue = archive.catalogue
    named = {article.capture_id for article in articles}
    named |= {heard.evidence for capture in reach.captures for heard in hearings(archive, capture)}
    yield from (one for one in map(catalogue.capture, sorted(named - {""})) if one is not None)
    for feed in reach.feeds:
        captured = catalogue.captures_at(feed, limit=CAPTURES_OF_A_FEED_MAX)
        yield from (one for one in captured if _holds(archive, one, reach, words))
    for kind in (PRESS_PAGE_MEDIA_TYPE, WACZ_MEDIA_TYPE, deposition.MEDIA_TYPE):
        captured = catalogue.captures_of_kind(kind, limit=WHOLE_FILES_MAX)
        yield from (one for one in captured if _holds(archive, one, reach, words))


def _holds(archive: Archive, capture: Capture, reach: Reach, words: tuple[str, ...]) -> bool:
    """Whether a capture of something else holds a copy. What cannot be read, nobody can read there."""
    with suppress(ChronikError, DamagedCaptureError):
        body = archive.vault_of(capture.url).page(capture, size_bytes_max=BODY_BYTES_MAX).body
        if capture.media_type == WACZ_MEDIA_TYPE:
            return any(url in reach.addresses for url in _packed(body, capture.origin))
        return redacting_words.stand_in(body, words)
    return False


def _packed(body: bytes, origin: str) -> Iterator[str]:
    """Addresses of what a WACZ holds."""
    package = Zip(io.BytesIO(body))
    for name in verifying.warcs(package):
        with package.spooled(name) as file:
            items = foreign.inside(file, name=origin)
            yield from [item.url for item in items if not isinstance(item, foreign.Damage)]


def _set_aside(archive: Archive, words: tuple[str, ...]) -> Iterator[str]:
    """Files of the quarantine that hold a copy, by their names seen from the vault."""
    vault = archive.config.vault
    for folder in (vault / QUARANTINE, vault / "sample" / QUARANTINE):
        yield from (path.relative_to(vault).as_posix() for path in _files(folder) if _is_copy(path, words))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file() and not path.is_symlink())


def _is_copy(path: Path, words: tuple[str, ...]) -> bool:
    with path.open("rb") as file:
        return any(redacting_words.stand_in(piece, words) for piece in redacting_words.unpacked(file))
