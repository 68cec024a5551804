"""Which part of a dossier an overview shows (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from chronik.relate.overview.counting import Item


class Clock(StrEnum):
    """Which day of a report or clip counts."""

    PUBLISHED = "published"
    HAPPENED = "happened"
    """Known of clips only, where an editor said it."""
    CAPTURED = "captured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """From one day to another, both included, in one language, by one clock."""

    clock: Clock = Clock.PUBLISHED
    since: date | None = None
    until: date | None = None
    language: str = ""

    def kept(self, items: Iterable[Item]) -> list[Item]:
        """Those that it lets through; what has no day only where no days are asked for."""
        return [one for one in items if self._keeps(one)] if self._narrows else list(items)

    @property
    def _narrows(self) -> bool:
        return bool(self.since or self.until or self.language)

    def _keeps(self, one: Item) -> bool:
        if self.language and one.language != self.language:
            return False
        if not (self.since or self.until):
            return True
        if one.day is None:
            return False
        return not ((self.since and one.day < self.since) or (self.until and one.day > self.until))
