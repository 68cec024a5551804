"""When a page was published, out of everything that tells it (decides)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING

from chronik.extract import dates, page_dates, structured
from chronik.extract.forms.stated import stated_day
from chronik.extract.readers import day as day_reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.extract.candidates import Candidate, Declared
    from chronik.extract.tree import Tree

WEAK = frozenset(
    (
        *(
            "date",
            "dc.date",
            "dc.date.created",
            "dcterms.date",
            "dcterms.created",
            "datecreated",
            "displaydate",
            "time",
        ),
        *("article:created", "dcterms.issued", "dc.date.issued", "last-modified"),
    )
)
"""Where content systems write the day on which a page was made or last touched as readily as that of publication."""
CLOCK_TIMES_MAX = 200
HOURS_WEST, HOURS_EAST = 12, 14

_CLOCK_TIME = re.compile(r"(?<![\d:.])(\d{1,2})[:.h](\d{2})(?![\d.]\d)(?:\s?([ap])\.?\s?m\b)?", re.IGNORECASE)
_UTC = "+00:00"
_NEW_YEAR = "-01-01"


def published(
    declared: Declared, tree: Tree, *, html: str, url: str = "", captured_at: datetime | None = None
) -> tuple[str, str]:
    """The instant or day of publication, and its origin: declared, else shown, else found by a second reader."""
    strong = tuple(candidate for candidate in declared.published if _is_strong(candidate))
    told, origin = dates.first_moment(strong, captured_at=captured_at, clocks=declared.modified)
    if told:
        return _by_the_address(told, tree, url), origin
    weak, origin = dates.first_moment(declared.published, captured_at=captured_at, clocks=declared.modified)
    language = next((claim.value for claim in declared.languages), "")
    if not weak:
        return shown(tree, html, url=url, language=language, captured_at=captured_at)
    own = page_dates.page_dates(tree, url=url, language=language, latest=_latest(captured_at))
    if own.sure and own.published[:10] != weak[:10]:
        return own.published, own.origin
    return weak, origin


def modified(declared: Declared, *, captured_at: datetime | None = None) -> str:
    """The instant or day of the last change that the page declares, or empty."""
    return dates.first_moment(declared.modified, captured_at=captured_at, clocks=declared.published)[0]


def shown(
    tree: Tree, html: str, *, url: str = "", language: str = "", captured_at: datetime | None = None
) -> tuple[str, str]:
    """The instant or day that the page's text shows, and its origin; another reader is asked where it is not sure."""
    latest = _latest(captured_at)
    own = page_dates.page_dates(tree, url=url, language=language, latest=latest)
    if own.sure:
        return own.published, own.origin
    in_script = page_dates.script_day(html, latest=latest)
    if in_script:
        return in_script, "script"
    second = day_reader.day(html, url=url, latest=latest)
    if second.endswith(_NEW_YEAR) and not _names_day(tree, second):  # it takes any year in the text for that day
        second = ""
    return (second, day_reader.VERSION) if second else (own.published, own.origin)


def _names_day(tree: Tree, day: str) -> bool:
    """Whether the page's text names a day, or one next to it."""
    return tree.body is not None and bool(stated_day(tree.body.text(deep=True, separator=" "), day))


def _is_strong(candidate: Candidate) -> bool:
    return candidate.origin not in WEAK and not candidate.origin.startswith(structured.ALIKE)


def _latest(captured_at: datetime | None) -> str:
    return (captured_at + dates.AHEAD_MAX).date().isoformat() if captured_at else ""


def _by_the_address(told: str, tree: Tree, url: str) -> str:
    """An instant told in UTC by the publisher's clock, where the address names the day before or after.

    The page's text must show the time of day that this clock had.
    """
    day = page_dates.address_day(url) if told.endswith(_UTC) else ""
    if not day or day == told[:10]:
        return told
    instant = datetime.fromisoformat(told)
    if abs(date.fromisoformat(day) - instant.date()) > timedelta(days=1) or tree.body is None:
        return told
    times = set(_clock_times(tree.body.text(deep=True, separator=" ")))
    offsets = sorted(range(-HOURS_WEST, HOURS_EAST + 1), key=abs)
    for local in (instant.astimezone(timezone(timedelta(hours=hours))) for hours in offsets):
        if local.date().isoformat() == day and (local.hour, local.minute) in times:
            return local.isoformat(timespec="seconds")
    return told


def _clock_times(text: str) -> Iterator[tuple[int, int]]:
    for found in islice(_CLOCK_TIME.finditer(text), CLOCK_TIMES_MAX):
        hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
        if half:
            hour = hour % 12 + 12 * (half == "p")
        if hour < 24 and minute < 60:
            yield hour, minute
