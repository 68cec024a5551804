"""Reads how often a feed wishes to be asked, and when not.

Decides. RSS 2.0 `ttl`, `skipHours` and `skipDays`; the syndication module's `updatePeriod` and `updateFrequency`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chronik.collect.mending import Element

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """The wishes of a feed."""

    wait_s: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


_NAMES = frozenset({"ttl", "skiphours", "skipdays", "sy:updateperiod", "sy:updatefrequency"})
_NONE = Hints()


def hints(head: Mapping[str, Sequence[Element]]) -> Hints:
    """The wishes that stand in the head of a feed; those that make no sense are left out."""
    if _NAMES.isdisjoint(head):
        return _NONE
    waits = [wait for wait in (_ttl_s(head), _period_s(head)) if wait]
    # 24 stands for midnight in RSS 0.91 and for nothing in RSS 2.0.
    hours = {int(said) % 24 for said in _texts(head, "skiphours") if _is_number(said) and int(said) <= 24}
    days = {_DAYS.index(said) for said in _texts(head, "skipdays") if said in _DAYS}
    return Hints(
        wait_s=min(max(waits), WAIT_S_MAX) if waits else None,
        skip_hours=frozenset(hours) if len(hours) < 24 else frozenset(),
        skip_days=frozenset(days) if len(days) < 7 else frozenset(),
    )


def _ttl_s(head: Mapping[str, Sequence[Element]]) -> float:
    minutes = _text(head, "ttl")
    return float(minutes) * 60 if _is_number(minutes) else 0.0


def _period_s(head: Mapping[str, Sequence[Element]]) -> float:
    """An update period alone is one update in it; a frequency alone is a part of a day."""
    period, frequency = _text(head, "sy:updateperiod"), _text(head, "sy:updatefrequency")
    if period not in _PERIODS_S and not (frequency and not period):
        return 0.0
    times = float(frequency) if _is_number(frequency) and int(frequency) > 0 else 1.0
    return _PERIODS_S.get(period, _PERIODS_S["daily"]) / times


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _text(head: Mapping[str, Sequence[Element]], name: str) -> str:
    """The first of these elements, in lower case."""
    return next(((element.text or "").strip().lower() for element in head.get(name, ())), "")


def _texts(head: Mapping[str, Sequence[Element]], name: str) -> Iterator[str]:
    for element in head.get(name, ()):
        yield from ((child.text or "").strip().lower() for child in element)
