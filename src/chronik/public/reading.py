"""What a page shows, in words and addresses: editions laid out for the templates. Decides."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten
from typing import TYPE_CHECKING

from django.conf.locale import LANG_INFO

from chronik.model import UNDETERMINED, DossierOrder, paragraphs
from chronik.public import dates
from chronik.publish.addresses import host, short_ids, web_address
from chronik.publish.direction import direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from chronik.model import Clip, Edition, Source
    from chronik.public.dates import Moment

JUMP_LIST_FROM = 20
"""Clips from which on a dossier gets a list of its months."""
DESCRIPTION_CHARACTERS_MAX = 200
MONTH_LENGTH = len("2020-01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words with their language and direction."""

    text: str
    language: str

    @property
    def direction(self) -> str:
        """Value of the dir attribute."""
        return direction(self.language)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Split at blank lines."""
        return paragraphs(self.text.replace("\r\n", "\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipShown:
    """One clip as a page shows it."""

    name: str
    """Of its permalink and its anchor."""
    title: Text
    excerpt: Text
    credit: str
    source: Source | None
    source_name: Text | None
    clipped: Moment
    clipped_on: date
    published: Moment | None
    happened: Moment | None
    original: str
    """Address, only when it may be linked to."""
    original_host: str
    original_text: str
    """Address that cannot be linked to, to be read."""
    first_of_month: str
    """Anchor, when this is the first clip of its month on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthShown:
    """A line of the jump list."""

    name: str
    anchor: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearShown:
    """The clips of one year, or all of them under no heading."""

    year: str
    months: tuple[MonthShown, ...]
    clips: tuple[ClipShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageShown:
    """A language in which the dossier can be read."""

    tag: str
    autonym: str
    name: Text
    """The dossier's name in it."""
    current: bool
    main: bool


def autonym(tag: str) -> str:
    """What a language calls itself, else its tag."""
    info = LANG_INFO.get(tag.lower(), {})
    return str(info.get("name_local", "")).capitalize() or tag


def languages(edition: Edition, current: str) -> tuple[LanguageShown, ...]:
    """Every language of the dossier, the main one first."""
    return tuple(
        LanguageShown(
            tag=tag,
            autonym=autonym(tag),
            name=Text(text=name, language=tag),
            current=tag == current,
            main=tag == edition.languages[0],
        )
        for tag, name in edition.dossier.names.items()
    )


def introduction(edition: Edition, language: str) -> Text | None:
    """The introduction in this language, else in the first that has one."""
    there = {tag: text for tag, text in edition.dossier.introductions.items() if text.strip()}
    if not there:
        return None
    tag = language if language in there else next((tag for tag in edition.languages if tag in there), next(iter(there)))
    return Text(text=there[tag], language=tag)


def span(edition: Edition, language: str, zone: ZoneInfo) -> tuple[Moment, ...]:
    """First and last day of clipping; one where they are the same, none without clips."""
    days = sorted({dates.local_day(clip.clipped_at, zone) for clip in edition.clips})
    return tuple(dates.day(value, language) for value in ([days[0], days[-1]] if len(days) > 1 else days))


def description(edition: Edition, language: str) -> str:
    """The beginning of the introduction on one line, for search engines; empty without one."""
    text = introduction(edition, language)
    return shorten(text.text, DESCRIPTION_CHARACTERS_MAX, placeholder=" …") if text else ""


def clips(edition: Edition, language: str, zone: ZoneInfo) -> tuple[ClipShown, ...]:
    """All clips in the readers' order."""
    names = short_ids(clip.id for clip in edition.clips)
    seen: set[str] = set()
    shown = []
    for clip in edition.clips:
        month = dates.local_day(clip.clipped_at, zone).isoformat()[:MONTH_LENGTH]
        anchor = "" if month in seen else f"m-{month}"
        seen.add(month)
        shown.append(
            _clip(
                clip,
                name=names[clip.id],
                anchor=anchor,
                sources=edition.sources,
                language=language,
                zone=zone,
            )
        )
    return tuple(shown)


def _clip(  # noqa: PLR0913 - keyword-only facts of one clip on one page
    clip: Clip, *, name: str, anchor: str, sources: Mapping[str, Source], language: str, zone: ZoneInfo
) -> ClipShown:
    source = sources.get(clip.source_id)
    original = web_address(clip.url)
    return ClipShown(
        name=name,
        title=Text(text=clip.title.strip(), language=clip.language or UNDETERMINED),
        excerpt=Text(text=clip.excerpt, language=clip.language or UNDETERMINED),
        credit=clip.credit.strip(),
        source=source,
        source_name=_source_name(source, language) if source else None,
        clipped=dates.moment(clip.clipped_at, language, zone),
        clipped_on=dates.local_day(clip.clipped_at, zone),
        published=dates.stated(clip.published, language, zone),
        happened=dates.day(clip.happened, language) if clip.happened else None,
        original=original,
        original_host=host(original),
        original_text="" if original else clip.url.strip(),
        first_of_month=anchor,
    )


def _source_name(source: Source, language: str) -> Text | None:
    for tag in (language, dates.interface(language), UNDETERMINED, *source.names):
        if source.names.get(tag, "").strip():
            return Text(text=source.names[tag], language=tag)
    return None


def years(edition: Edition, shown: Sequence[ClipShown], language: str) -> tuple[YearShown, ...]:
    """The clips under the years in which they were clipped; under no heading where they stand by hand."""
    if edition.dossier.order is DossierOrder.BY_HAND:
        return (YearShown(year="", months=(), clips=tuple(shown)),) if shown else ()
    return tuple(
        YearShown(year=f"{year:04}", months=_months(list(of_year), language), clips=tuple(of_year))
        for year, of_year in (
            (year, list(group)) for year, group in groupby(shown, key=lambda one: one.clipped_on.year)
        )
    )


def _months(shown: Sequence[ClipShown], language: str) -> tuple[MonthShown, ...]:
    return tuple(
        MonthShown(
            name=dates.month(of_month[0].clipped_on, language), anchor=of_month[0].first_of_month, count=len(of_month)
        )
        for of_month in (list(group) for _, group in groupby(shown, key=lambda one: one.clipped_on.month))
    )
