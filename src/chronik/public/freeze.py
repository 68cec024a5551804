"""Editions as static files that any web server can carry, or a USB stick. Acts."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from chronik.errors import ChronikError, RefusedInputError
from chronik.public import files, listing
from chronik.public.rendering import Site, clip_pages, dossier_page, index_page
from chronik.publish.addresses import is_slug
from chronik.publish.atom import atom
from chronik.publish.edition import digest
from chronik.publish.exports import DATA, as_json
from chronik.publish.manifest import BEGINNING, MANIFEST, PROOF, ROOT_FILES, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from zoneinfo import ZoneInfo

    from chronik.model import Edition
    from chronik.publish.exports import DossierJSON

    Beside = Callable[[Edition, Site, bytes], Iterable[tuple[str, bytes]]]
    """Path and bytes of what lies beside an edition, whose manifest is given."""

STATIC = Path(__file__).resolve().parent / "static" / "public"
INDEX = "index.html"
FEED = "feed.atom"
DEPTH_MAX = 3
"""Folders below a dossier's own in which we write: `c/ID`, or a language."""
_SIGNATURES = (
    b'name="generator" content="Chronik"',
    b"/* Chronik:",
    b'"kind": "chronik-dossier"',
    BEGINNING,
    b'{"checkpoint":"',  # a proof
)
_SIGNATURE_WITHIN_BYTES = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What a publication or withdrawal did to the folder; paths are relative to it, with slashes."""

    folder: Path
    digest: str = ""
    """Of the edition; empty for a withdrawal."""
    published_at: datetime | None = None
    """When this state was published first; None for a withdrawal."""
    files: tuple[str, ...] = ()
    """All that make up the edition, with its manifest, the list of dossiers and what dossiers share."""
    changed: tuple[str, ...] = ()
    """Those of them that were written, because their bytes differ from before."""
    removed: tuple[str, ...] = ()
    """Files of earlier editions that are gone."""
    unsealed: str = ""
    """Why no proof of the edition lies beside it; empty where one does, and for a withdrawal."""


def freeze(  # noqa: PLR0913 - keyword-only settings of a site
    edition: Edition,
    folder: Path,
    *,
    public_url: str,
    zone: ZoneInfo,
    site_name: str,
    beside: Beside | None = None,
) -> Frozen:
    """Write the edition into the folder; one that is there unchanged keeps its date, so that nothing is written.

    `beside` gives what lies there too and is no part of the edition: what is proved grows while that stays. It is asked
    before anything is written. Each file is replaced as a whole. Raises RefusedInputError where the folder holds
    somebody else's pages, ChronikError where it cannot be written.
    """
    site = Site(
        name=site_name, public_url=public_url, zone=zone, language=settings.LANGUAGE_CODE, has_proofs=beside is not None
    )
    with _explained(folder), files.alone(folder):
        edition = dated(edition, folder)
        data = as_json(edition)
        slug = edition.dossier.slug
        _refuse_foreign(folder, slug)
        shared = {name: (STATIC / name).read_bytes() for name in ROOT_FILES}
        pages = dict(_pages(edition, data, site))
        manifest = written(slug, edition=data["digest"], files={**pages, **shared})
        proofs = dict(beside(edition, site, manifest)) if beside else {}
        pages[f"{slug}/{MANIFEST}"] = manifest
        for path, content in proofs.items():
            files.put(folder / path, content)
        changed = [path for path, content in pages.items() if files.put(folder / path, content)]
        removed = _remove_stale(folder, slug, keep={*pages, *proofs})
        index = index_page(listing.listed(folder, site), site)
        changed += [path for path, content in (*shared.items(), (INDEX, index)) if files.put(folder / path, content)]
    return Frozen(
        folder=folder,
        digest=data["digest"],
        published_at=edition.published_at,
        files=(*pages, *shared, INDEX),
        changed=tuple(changed),
        removed=tuple(removed),
    )


def renew_beside(  # noqa: PLR0913 - keyword-only settings of a site
    edition: Edition, folder: Path, *, public_url: str, zone: ZoneInfo, site_name: str, beside: Beside
) -> tuple[str, ...]:
    """Write anew what lies beside an edition that is in the folder, and nothing of the edition; paths that changed.

    Raises ChronikError where the folder cannot be written.
    """
    site = Site(name=site_name, public_url=public_url, zone=zone, language=settings.LANGUAGE_CODE, has_proofs=True)
    with _explained(folder), files.alone(folder):
        if listing.data(folder / edition.dossier.slug).get("digest") != digest(edition):
            return ()
        try:
            manifest = (folder / edition.dossier.slug / MANIFEST).read_bytes()
        except FileNotFoundError:
            manifest = b""  # an earlier version published it: nothing of it is sealed
        pages = dict(beside(edition, site, manifest))
        return tuple(path for path, content in pages.items() if files.put(folder / path, content))


def unfreeze(slug: str, folder: Path, *, public_url: str, zone: ZoneInfo, site_name: str) -> Frozen:
    """Take a dossier's files out of the folder, and out of the list; with the last one the list goes too.

    A dossier that is not there is no error.
    """
    if not is_slug(slug):
        raise RefusedInputError(f"{slug!r} is no dossier's short name.")
    site = Site(name=site_name, public_url=public_url, zone=zone, language=settings.LANGUAGE_CODE)
    if not folder.is_dir():
        return Frozen(folder=folder)
    with _explained(folder), files.alone(folder):
        _refuse_foreign(folder, slug)
        # What the list is derived from goes first: a crash after it leaves no dossier listed that is half gone.
        data = f"{slug}/{DATA}"
        removed = [data] if files.remove(folder / data, up_to=folder) else []
        removed += _remove_stale(folder, slug, keep=set())
        dossiers = listing.listed(folder, site)
        changed = [INDEX] if dossiers and files.put(folder / INDEX, index_page(dossiers, site)) else []
        if not dossiers:
            removed += [name for name in (INDEX, *ROOT_FILES) if files.remove(folder / name, up_to=folder)]
    return Frozen(folder=folder, changed=tuple(changed), removed=tuple(removed))


def dated(edition: Edition, folder: Path) -> Edition:
    """The edition with the date on which this very state was first published in the folder, if it was."""
    before = listing.data(folder / edition.dossier.slug)
    if before.get("digest") == digest(edition):
        with contextlib.suppress(KeyError, TypeError, ValueError):
            return replace(edition, published_at=datetime.fromisoformat(before["published_at"]).astimezone(UTC))
    return edition


def _pages(edition: Edition, data: DossierJSON, site: Site) -> Iterator[tuple[str, bytes]]:
    """Path and bytes, those that are linked to before those that link."""
    slug = edition.dossier.slug
    yield from clip_pages(edition, site)
    for language in edition.languages:
        folders = (f"{slug}/{language}/", f"{slug}/") if language == edition.languages[0] else (f"{slug}/{language}/",)
        for place in folders:
            yield f"{place}{INDEX}", dossier_page(edition, language, site, path=f"{place}{INDEX}")
            yield (
                f"{place}{FEED}",
                atom(edition, language=language, folder=place, public_url=site.public_url, site_name=site.name),
            )
    yield f"{slug}/{DATA}", json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"


def _remove_stale(folder: Path, slug: str, *, keep: set[str]) -> list[str]:
    """Remove what earlier editions left, and unfinished files; what is not ours by its name stays."""
    top = folder / slug
    stale = []
    for parent, names, here in os.walk(top, followlinks=False):
        depth = len(Path(parent).relative_to(top).parts)
        if depth >= DEPTH_MAX - 1:
            names.clear()
        for name in here:
            path = Path(parent, name).relative_to(folder).as_posix()
            ours = {INDEX, FEED, DATA} if depth else {INDEX, FEED, DATA, MANIFEST, PROOF}
            if path not in keep and (name in ours or name.startswith(files.UNFINISHED)):
                stale.append(path)
    stale += [path.name for path in folder.glob(f"{files.UNFINISHED}*")]
    return [path for path in sorted(stale) if files.remove(folder / path, up_to=folder)]


def _refuse_foreign(folder: Path, slug: str) -> None:
    of_dossier = (f"{slug}/{name}" for name in (INDEX, DATA, MANIFEST, PROOF))
    for path in (folder / name for name in (INDEX, *ROOT_FILES, *of_dossier)):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), path.open("rb") as file:
            head = file.read(_SIGNATURE_WITHIN_BYTES)
            if not any(signature in head for signature in _SIGNATURES):
                raise RefusedInputError(
                    f"{path} was not written by Chronik and is left alone. Publish into a folder of its own."
                )


@contextlib.contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        raise ChronikError(
            f"{where}: cannot be written ({error.strerror or error}). "
            "Pages written so far stand; make room or give the right to write, then publish again."
        ) from error
