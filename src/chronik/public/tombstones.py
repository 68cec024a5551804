"""The pages that stand where redacted clips stood: when, and the class of the reason. Acts: reads the catalogue.

Each says so in three languages, for nobody knows any more in which the clip was. Nothing on it is about a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext

from chronik.archive import redacting
from chronik.archive.redacting_reasons import REASONS
from chronik.public import dates
from chronik.public.rendering import tombstone_page
from chronik.publish.addresses import short_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.archive import Archive
    from chronik.model import Edition, Tombstone
    from chronik.public.dates import Moment
    from chronik.public.rendering import Site

LANGUAGES = ("en", "de", "fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A tombstone in one language."""

    language: str
    at: Moment
    reason: str
    second_person: bool


def said(stone: Tombstone, site: Site) -> tuple[Said, ...]:
    """What is said in the place of what was redacted, in each of our languages."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            at = dates.day(dates.local_day(stone.at, site.zone), language)
            reason = gettext(REASONS[stone.reason])
        found.append(Said(language=language, at=at, reason=reason, second_person=stone.second_person))
    return tuple(found)


def tombstone_pages(archive: Archive, edition: Edition, *, site: Site) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the page in the place of each redacted clip of a dossier."""
    slug = edition.dossier.slug
    stones = redacting.tombstones(archive, dossier=slug)
    names = short_ids([*stones, *(clip.id for clip in edition.clips)])
    for identity, stone in stones.items():
        path = f"{slug}/c/{names[identity]}/index.html"
        yield path, tombstone_page(said(stone, site), site, path=path)
