"""Reads how often a feed wishes to be asked, when not, and where it has moved.

Decides. RSS 2.0 `ttl`, `skipHours` and `skipDays`; the syndication module's `updatePeriod` and `updateFrequency`;
`itunes:new-feed-url`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.collect.entries import address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

WAIT_S_MAX = 24 * 3600.0
"""Whatever a feed wishes, it is asked once a day."""
_PERIODS_S = {
    "hourly": 3600.0,
    "daily": 24 * 3600.0,
    "weekly": 7 * 24 * 3600.0,
    "monthly": 30 * 24 * 3600.0,
    "yearly": 365 * 24 * 3600.0,
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ITEMS = frozenset({"item", "entry"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """The wishes of a feed."""

    wait_s: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    new_url: str = ""


def hints(root: etree._Element | None, *, url: str) -> Hints:
    """The wishes that stand in the head of a feed; those that make no sense are left out."""
    said: dict[str, str] = {}
    hours: set[int] = set()
    days: set[int] = set()
    for element in _head(root) if root is not None else ():
        name, text = _local(element), (element.text or "").strip().lower()
        if name == "skiphours":
            # 24 stands for midnight in RSS 0.91 and for nothing in RSS 2.0.
            hours |= {int(number) % 24 for number in _texts(element) if _is_number(number) and int(number) <= 24}
        elif name == "skipdays":
            days |= {_DAYS.index(day) for day in _texts(element) if day in _DAYS}
        else:
            said.setdefault(name, text if name != "new-feed-url" else (element.text or "").strip())
    waits = [wait for wait in (_ttl_s(said), _period_s(said)) if wait]
    return Hints(
        wait_s=min(max(waits), WAIT_S_MAX) if waits else None,
        skip_hours=frozenset(hours) if len(hours) < 24 else frozenset(),
        skip_days=frozenset(days) if len(days) < 7 else frozenset(),
        new_url=address(said.get("new-feed-url", ""), base=url),
    )


def _head(root: etree._Element) -> Iterator[etree._Element]:
    """Children of the feed or channel that are no items."""
    for child in root:
        if _local(child) == "channel":
            yield from (inner for inner in child if _local(inner) not in _ITEMS)
        elif _local(child) not in _ITEMS:
            yield child


def _ttl_s(said: dict[str, str]) -> float:
    minutes = said.get("ttl", "")
    return float(minutes) * 60 if _is_number(minutes) else 0.0


def _period_s(said: dict[str, str]) -> float:
    """An update period alone is one update in it; a frequency alone is a part of a day."""
    period, frequency = said.get("updateperiod", ""), said.get("updatefrequency", "")
    if period not in _PERIODS_S and not (frequency and not period):
        return 0.0
    times = float(frequency) if _is_number(frequency) and int(frequency) > 0 else 1.0
    return _PERIODS_S.get(period, _PERIODS_S["daily"]) / times


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _texts(element: etree._Element) -> list[str]:
    return [(child.text or "").strip().lower() for child in element]


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
