"""The page beside an edition that says what is proved of its clips. Acts: reads catalogue, ledger and stamps.

It is no part of the edition: that says for ever what was published, while proofs grow as stamps and witnesses come. So
it is written anew each time, follows from the archive's state alone, and bears no time of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext

from chronik.archive import grading
from chronik.archive.grounds import LIMITS, TITLES, Told, told
from chronik.archive.recording import ledger
from chronik.errors import ChronikError
from chronik.model import Grade
from chronik.public import dates, reading
from chronik.public.rendering import proofs_page
from chronik.publish.addresses import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chronik.archive import Archive
    from chronik.model import Capture, Edition, GradedProof
    from chronik.public.dates import Moment
    from chronik.public.reading import ClipShown
    from chronik.public.rendering import Site

FOLDER = "proofs"


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeShown:
    """One grade of one clip."""

    told: Told
    since: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipProved:
    """One clip with its grades and the facts to check them by."""

    clip: ClipShown
    identity: str
    grades: tuple[GradeShown, ...]
    capture: Capture | None
    captured: Moment | None
    original: str
    """Address of the capture, only when it may be linked to."""
    leaf: int | None


def proof_pages(archive: Archive, edition: Edition, *, site: Site) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the page in each language of a dossier."""
    proofs = grading.proofs_of_clips(archive, edition.clips)
    captures = grading.captures_of(archive, edition.clips)
    keys = _public_keys(archive)
    slug = edition.dossier.slug
    for language in edition.languages:
        with translation.override(dates.interface(language)):
            shown = _shown(edition, language, site, proofs=proofs, captures=captures)
            meanings = [(gettext(TITLES[grade]), gettext(LIMITS[grade])) for grade in Grade]
        folders = (f"{slug}/{language}/", f"{slug}/") if language == edition.languages[0] else (f"{slug}/{language}/",)
        for folder in folders:
            path = f"{folder}{FOLDER}/index.html"
            yield path, proofs_page(edition, language, site=site, path=path, shown=shown, meanings=meanings, keys=keys)


def _public_keys(archive: Archive) -> tuple[str, ...]:
    """The ledger's keys in their order: the first stands in every proof, a later one in those that came after it."""
    try:
        return tuple(str(term.key) for term in ledger(archive).terms())
    except ChronikError:
        return ()


def _shown(
    edition: Edition,
    language: str,
    site: Site,
    *,
    proofs: Mapping[str, tuple[GradedProof, ...]],
    captures: Mapping[str, Capture],
) -> list[ClipProved]:
    found = []
    for clip, laid_out in zip(edition.clips, reading.clips(edition, language, site.zone), strict=True):
        grades = told(proofs[clip.id], say=gettext)
        capture = captures.get(clip.capture_id)
        found.append(
            ClipProved(
                clip=laid_out,
                identity=clip.id,
                grades=tuple(GradeShown(told=one, since=_moment(one, language, site)) for one in grades),
                capture=capture,
                captured=dates.moment(capture.captured_at, language, site.zone) if capture else None,
                original=web_address(capture.url) if capture else "",
                leaf=next((one.leaf for one in grades if one.leaf is not None), None),
            )
        )
    return found


def _moment(one: Told, language: str, site: Site) -> Moment | None:
    return dates.moment(one.since, language, site.zone) if one.since else None
