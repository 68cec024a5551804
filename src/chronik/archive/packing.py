"""Acts: gathers what a capture, clip, story or dossier rests on, and writes it as one WACZ."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik import __version__
from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.hiding import shown, veil
from chronik.archive.sent_pages import is_private
from chronik.errors import ConfigError, ConflictError, NotFoundError, UsageError
from chronik.preserve import signing
from chronik.preserve.ledger import files
from chronik.preserve.syncing import sync, sync_folder
from chronik.preserve.wacz import writing
from chronik.preserve.wacz.package import Package, PackedPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from chronik.model import Article, Capture

KEY_NAME = "wacz.key"
FILE_MODE = 0o640


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What a WACZ was made of."""

    title: str
    captures: int
    size_bytes: int
    key: str
    """Public key that signed it (SPKI, base64)."""
    without_capture: tuple[str, ...] = ()
    """Clips and articles that rest on no capture, so that nothing of them is in the file."""
    private: tuple[str, ...] = ()
    """Captures in it that people gave: not to be shown to readers as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What is to be packed: captures, each with the article that was read out of it."""

    title: str
    description: str = ""
    parts: tuple[tuple[str, str, Article | None], ...]
    """Name of the part, id of its capture or empty, its article."""


def pack(archive: Archive, identity: str, *, to: Path, replacing: bool = False, progress: Progress = unseen) -> Packed:
    """Write a WACZ of a dossier, story, clip, article or capture; it is there whole or not at all.

    Raises NotFoundError, ConflictError, UsageError, DamagedCaptureError or TooLargeError.
    """
    if to.exists() and (not replacing or not to.is_file()):
        raise ConflictError(f"{to} is there already; name another file, or say --force.")
    wanted = _wanted(archive, identity)
    over = veil(archive)
    found = [
        (capture, article)
        for capture, article in _captures(archive, wanted)
        if capture.id not in over.captures and not (article and over.covers(article))
    ]
    if not found:
        raise UsageError(f"{identity!r} rests on no capture: there is nothing to put into a WACZ.")
    key = _key(archive)
    made = Package(
        title=wanted.title,
        description=wanted.description,
        created=archive.clock(),
        software=f"chronik {__version__}",
        records=_records(archive, [capture for capture, _ in found], progress),
        pages=tuple(_page(capture, article) for capture, article in found),
    )
    size_bytes = _written(made, to=to, key=key, replacing=replacing)
    return Packed(
        title=wanted.title,
        captures=len(found),
        size_bytes=size_bytes,
        key=signing.p384_signed(b"", pem=key)["publicKey"],
        without_capture=tuple(name for name, capture_id, _ in wanted.parts if not capture_id),
        private=tuple(capture.id for capture, _ in found if is_private(capture)),
    )


def _wanted(archive: Archive, identity: str) -> _Wanted:
    """What a name means: a dossier's slug, or the id of a story, clip, article or capture. Raises NotFoundError."""
    catalogue = archive.catalogue
    if dossier := catalogue.dossier(identity):
        clips = shown(archive, catalogue.clips(dossier.slug))
        names, introductions = list(dossier.names.values()), list(dossier.introductions.values())
        parts = tuple((f"clip {one.id}", *_of_clip(archive, one.capture_id, one.article_id)) for one in clips)
        return _Wanted(title=" / ".join(names), description="\n\n".join(introductions), parts=parts)
    if (clip := catalogue.clip(identity)) and not veil(archive).covers(clip):
        part = (f"clip {clip.id}", *_of_clip(archive, clip.capture_id, clip.article_id))
        return _Wanted(title=clip.title, description=clip.excerpt, parts=(part,))
    if capture := catalogue.capture(identity):
        article = catalogue.article(capture.url)
        article = article if article and article.capture_id == capture.id else None
        part = (f"capture {capture.id}", capture.id, article)
        return _Wanted(title=article.title if article else capture.url, parts=(part,))
    if article := catalogue.article(identity):
        return _Wanted(title=article.title, parts=((f"article {article.id}", article.capture_id, article),))
    if story := catalogue.story(identity):
        articles = [(report.article, catalogue.article(report.article)) for report in story.reports]
        parts = tuple((f"article {name}", one.capture_id if one else "", one) for name, one in articles)
        return _Wanted(title=story.head.title, parts=parts)
    raise NotFoundError(f"There is no dossier, story, clip, article or capture {identity!r}. See: chronik search")


def _of_clip(archive: Archive, capture_id: str, article_id: str) -> tuple[str, Article | None]:
    article = archive.catalogue.article(article_id) if article_id else None
    return capture_id or (article.capture_id if article else ""), article


def _captures(archive: Archive, wanted: _Wanted) -> Iterator[tuple[Capture, Article | None]]:
    """Each capture once, in the order in which it is named first."""
    seen: set[str] = set()
    for name, capture_id, article in wanted.parts:
        if not capture_id or capture_id in seen:
            continue
        seen.add(capture_id)
        capture = archive.catalogue.capture(capture_id)
        if capture is None:
            raise NotFoundError(f"The capture {capture_id} of {name} is not in the catalogue. Run: chronik verify")
        yield capture, article


def _records(archive: Archive, captures: list[Capture], progress: Progress) -> Iterable[bytes]:
    for done, capture in enumerate(captures, start=1):
        yield archive.vault_of(capture.url).records(capture)
        progress(Step(stage="export", done=done, total=len(captures)))


def _page(capture: Capture, article: Article | None) -> PackedPage:
    return PackedPage(
        capture_id=capture.id,
        url=capture.url,
        captured_at=capture.captured_at,
        title=article.title if article else "",
        text=article.text if article else "",
    )


def _written(made: Package, *, to: Path, key: bytes, replacing: bool) -> int:
    fresh = to.with_name(f".{to.name}.{secrets.token_hex(4)}.new")
    try:
        with open(fresh, "x+b", opener=lambda path, flags: os.open(path, flags, FILE_MODE)) as file:
            writing.write(file, made, key=key)
            file.flush()
            sync(file.fileno(), fresh)
            size_bytes = os.fstat(file.fileno()).st_size
        if replacing:
            fresh.replace(to)
        else:
            os.link(fresh, to)
        sync_folder(to.parent)
    except FileExistsError as error:
        raise ConflictError(f"{to} is there already; name another file, or say --force.") from error
    finally:
        fresh.unlink(missing_ok=True)
    return size_bytes


def _key(archive: Archive) -> bytes:
    """The key that signs WACZ files, made when it is first asked for; it lies beside the ledger's."""
    path = archive.config.state / KEY_NAME
    pem = files.read(path)
    if pem is None:
        pem = signing.new_p384()
        files.write(path, pem, mode=files.PRIVATE_MODE, folder_mode=files.PRIVATE_FOLDER_MODE)
    try:
        signing.p384_signed(b"", pem=pem)
    except ValueError as error:
        raise ConfigError(f"{path} is no P-384 key in PEM; put the right one there, or take it away.") from error
    return pem
