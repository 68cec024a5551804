"""How editors arrange a dossier: sections, and a timeline of events."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

YEAR_LENGTH, MONTH_LENGTH, DAY_LENGTH = len("2020"), len("2020-09"), len("2020-09-27")


class Precision(StrEnum):
    """How exactly a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a dossier under a heading of its own."""

    id: str
    """Never used twice."""
    names: Mapping[str, str]
    """Language → heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """Something that happened, in an editor's words, with the clips that document it."""

    id: str
    """Never used twice."""
    begins: str
    """A day, a month or a year in ISO 8601: `2020-09-27`, `2020-09`, `2020`."""
    ends: str = ""
    """Of a period, included in it; empty for a single date."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Language → the editor's words."""
    clips: tuple[str, ...] = ()
    """Ids, in the order in which they are named."""


def precision(date: str) -> Precision:
    """How exactly a date of the timeline is known, by its form."""
    return {YEAR_LENGTH: Precision.YEAR, MONTH_LENGTH: Precision.MONTH}.get(len(date), Precision.DAY)
