"""The day of publication out of what a page shows, where it declares none (decides).

Every place where the page's text names a day is weighed: by what its markup calls it, by the words before it, by where
it stands, and by whether the address says the same. The weights are learned, few and readable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import exp
from typing import TYPE_CHECKING

from chronik.calendar_words import folded
from chronik.extract import dates, datewords
from chronik.extract.date_places import TEXT_CHARACTERS_MAX, UPDATES, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.extract.tree import Node, Tree

VERSION = "page dates 1"
ADDRESS_CHARACTERS_MAX = 2_000
TEXTS_MAX = 20_000
PLACES_MAX = 1_000
CHARACTERS_MAX = 2_000_000
"""Read in all: elements within one another hold the same text."""
HOLDERS_MAX = 3
"""Elements over which one date is spread."""
CLUE_CHARACTERS = 60
"""Before a day, in which its cue stands."""
YEAR_MIN = 1994
"""The first newspapers went online."""
SHARE_SURE = 0.5

_YEAR = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d\d")
_NO_TEXT = frozenset({"script", "style", "noscript", "template", "textarea", "option"})
# Log-odds by conditional logistic regression over the places of 800 pages with a known day (L2 penalty 2); figures in
# docs/BENCHMARKS.md are of five folds by site, so no page was judged by weights that it had a part in.
_WEIGHTS = {
    "after heading": 1.6,
    "first": 1.3,
    "address day": 1.3,
    "short": 1.1,
    "published class": 1.0,
    "meta class": 0.9,
    "before heading": 0.7,
    "date class": 0.7,
    "address month": 0.6,
    "published text": 0.5,
    "time": 0.4,
    "updated text": 0.4,
    "later": 0.4,
    "after heading 2": 0.3,
    "inside": 0.1,
    "updated class": -0.3,
    "long": -0.4,
    "aside": -0.7,
    "words before": -1.0,
    "after heading 3": -1.0,
    "listed": -1.1,
    "address other": -1.5,
}
_SCRIPT_DAY = re.compile(
    r"[\"'](?:date_?published|publish(?:ed)?_?(?:date|at|on|time)|publication_?(?:date|time)|pub_?date"
    r"|first_?publish\w{0,12}|created_?(?:at|date|on)?)\\?[\"']\s{0,3}[:=]\s{0,3}"
    r"\\?[\"'](\d{4}-\d{2}-\d{2}[^\"'\\]{0,25})",
    re.IGNORECASE,
)
_ADDRESS_DAYS = (
    (re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)"), (1, 3, 4)),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"), (1, 2, 3)),
    (re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])([-_.]?)(0[1-9]|1[0-2])\2((?:19|20)\d\d)(?!\d)"), (4, 3, 1)),
)
_SCHEME = re.compile(r"https?://")
_ADDRESS_MONTH = re.compile(r"/((?:19|20)\d\d)[-/_]?(0[1-9]|1[0-2])(?=/)")
_MONTH_FIRST_REGIONS = frozenset({"US", "PH"})
_DAY_FIRST_ENDS = (".uk", ".au", ".nz", ".ie", ".za", ".in", ".ca", ".sg", ".hk", ".my", ".ng", ".ke", ".pk", ".eu")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDates:
    """What a page shows of its time; empty where it shows nothing."""

    published: str = ""
    modified: str = ""
    origin: str = ""
    sure: bool = False
    """Whether the place found is more likely the right one than all others together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """One place where the page names a day."""

    told: str
    signs: frozenset[str]
    """What speaks for or against it: names of `_WEIGHTS`."""
    updated: bool


def page_dates(tree: Tree, *, url: str = "", language: str = "", latest: str = "") -> PageDates:
    """The days of publication and of the last change that the page shows; `latest` is the last possible day."""
    address = _Address(url)
    last = latest or "9999"
    sights = tuple(_sights(tree, address, language=language, month_first=_month_first(language, url)))
    possible = [sight for sight in sights if f"{YEAR_MIN}" <= sight.told and sight.told[:10] <= last]
    modified, _ = _best([sight for sight in possible if sight.updated])
    published, share = _best(possible)
    if published:
        return PageDates(published=published, modified=modified, origin=VERSION, sure=share > SHARE_SURE)
    if address.day and address.day <= last:
        return PageDates(published=address.day, modified=modified, origin="address", sure=True)
    return PageDates(modified=modified)


def address_day(url: str) -> str:
    """The day that an address names, or empty."""
    return _Address(url).day


def script_day(html: str, *, latest: str = "") -> str:
    """The one day of publication that stands in scripts' data under a telling name; empty where none or several do."""
    told = [dates.moment(found[1]) for found in islice(_SCRIPT_DAY.finditer(html), PLACES_MAX)]
    possible = [moment for moment in told if f"{YEAR_MIN}" <= moment and (not latest or moment[:10] <= latest)]
    return max(possible, key=len) if len({moment[:10] for moment in possible}) == 1 else ""


def _best(sights: Sequence[_Sight]) -> tuple[str, float]:
    """The day that most speaks for, as exactly as it is told, and its share of the odds."""
    odds: dict[str, float] = {}
    exact: dict[str, str] = {}
    for sight in sights:
        day = sight.told[:10]
        odds[day] = max(odds.get(day, 0.0), exp(sum(_WEIGHTS[sign] for sign in sight.signs)))
        if len(sight.told) > len(exact.get(day, "")):
            exact[day] = sight.told
    best = max(odds, key=lambda day: odds[day], default="")
    return (exact[best], odds[best] / (1 + sum(odds.values()))) if best else ("", 0.0)


class _Address:
    """The day that the page's address names, or its month."""

    def __init__(self, url: str) -> None:
        own = _SCHEME.split(url[:ADDRESS_CHARACTERS_MAX])[-1]  # web archives put their own address before it
        path = "/" + own.partition("/")[2]
        self.day = next(filter(None, (_address_day(path, *pattern) for pattern in _ADDRESS_DAYS)), "")
        month = _ADDRESS_MONTH.search(path)
        self.month = f"{month[1]}-{month[2]}" if month else self.day[:7]

    def signs(self, day: str) -> Iterator[str]:
        """Whether the address speaks for a day or against it."""
        if self.day:
            yield "address day" if day == self.day else "address other"
        elif self.month:
            yield "address month" if day[:7] == self.month else "address other"


def _address_day(path: str, pattern: re.Pattern[str], groups: tuple[int, int, int]) -> str:
    for found in pattern.finditer(path):
        year, month, day = (int(found[group]) for group in groups)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    return ""


def _sights(tree: Tree, address: _Address, *, language: str, month_first: bool) -> Iterator[_Sight]:
    place = Place(tree)
    tried: set[int] = set()
    budget = CHARACTERS_MAX
    for node in islice(_dated(tree), PLACES_MAX):
        if node.tag == "h1":
            place.heading_passed = True
            continue
        for holder in _holders(node):
            if holder.mem_id in tried or budget < 0:
                break
            tried.add(holder.mem_id)
            text = " ".join(holder.text(deep=True, separator=" ").split())
            budget -= len(text)
            told = tuple(_told(holder, text, language=language, month_first=month_first))
            for day, before in told:
                found = place.signs(holder, before=before, characters=len(text))
                signs = frozenset((*found, *address.signs(day[:10])))
                yield _Sight(told=day, signs=signs, updated=not signs.isdisjoint(UPDATES))
            if told:
                break


def _dated(tree: Tree) -> Iterator[Node]:
    """The first-level headings, marked times, and texts in which a year stands, in the order of the page."""
    body = tree.body
    looked, unseen = 0, False
    for node in body.traverse(include_text=True) if body is not None else ():
        tag = node.tag
        if tag == "-text":
            looked += 1
            if not unseen and _YEAR.search(node.text_content or ""):
                yield node
            continue
        unseen = tag in _NO_TEXT
        if tag in {"h1", "time"}:
            yield node
        if looked > TEXTS_MAX:
            return


def _holders(node: Node) -> Iterator[Node]:
    """The element that names a day, and those around it where its parts stand in elements of their own."""
    around = node.parent if node.tag == "-text" else node
    for _ in range(HOLDERS_MAX):
        if around is None or around.tag in {"body", "article", "main"}:
            return
        yield around
        around = around.parent


def _told(node: Node, text: str, *, language: str, month_first: bool) -> Iterator[tuple[str, str]]:
    """The days that an element names, each with the words before it."""
    machine = dates.moment(node.attributes.get("datetime") or "")
    if machine:
        yield machine, text[:CLUE_CHARACTERS]
        return
    head = text[:TEXT_CHARACTERS_MAX]
    plain = folded(head)
    last = 0
    for day in datewords.days(head, language=language, month_first=month_first):
        yield day.date.isoformat(), plain[max(last, day.start - CLUE_CHARACTERS) : day.start]
        last = day.end


def _month_first(language: str, url: str) -> bool:
    """Whether 03/05/2024 is the fifth of March here."""
    main, _, region = language.replace("_", "-").partition("-")
    if main.lower() != "en":
        return False
    if region:
        return region[-2:].upper() in _MONTH_FIRST_REGIONS
    host = url.partition("://")[2].partition("/")[0].partition(":")[0].lower()
    return not host.endswith(_DAY_FIRST_ENDS)
