"""Which part of a dossier an overview shows (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from chronik.relate.overview.items import Items


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

    def kept(self, items: Items) -> Items:
        """Those that it lets through."""
        return items.only(self.lets_through(items)) if self.since or self.until or self.language else items

    def lets_through(self, items: Items) -> list[bool]:
        """Of each whether it does; what has no day only where no days are asked for."""
        return [self._keeps(language, day) for language, day in zip(items.languages, items.days, strict=True)]

    def _keeps(self, language: str, day: date | None) -> bool:
        if self.language and language != self.language:
            return False
        if not (self.since or self.until):
            return True
        if day is None:
            return False
        return not ((self.since and day < self.since) or (self.until and day > self.until))
