"""Reports or clips of a dossier, as far as counting has to know them, by column (decides).

There are tens of thousands of them on one page: a list of texts costs far less than as many objects.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

TRAITS = ("country", "side", "kind", "language")
"""What tells one from another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Columns of one length; a column that nobody counts may be empty."""

    ids: Sequence[str]
    """Of the report; of a clip whose page was not placed, of the clip."""
    origins: Sequence[str]
    """What it copies, or itself: the same for all that go back to one text."""
    stories: Sequence[str]
    days: Sequence[date | None]
    languages: Sequence[str]
    kinds: Sequence[str]
    """Kind of source, or empty."""
    countries: Sequence[str]
    """Country of the source, or empty."""
    sides: Sequence[str]
    """Key of the side that the source speaks for, or empty."""
    words: Sequence[int] = ()
    """Of a clip."""
    quoted: Sequence[int] = ()
    """Words of a clip that stand in quotation marks."""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ids)

    def trait(self, name: str) -> Sequence[str]:
        """The column of one of `TRAITS`."""
        columns = {"country": self.countries, "side": self.sides, "kind": self.kinds, "language": self.languages}
        return columns[name]

    def only(self, kept: Sequence[bool]) -> Items:
        """Those that are kept."""
        return Items(
            ids=list(compress(self.ids, kept)),
            origins=list(compress(self.origins, kept)),
            stories=list(compress(self.stories, kept)),
            days=list(compress(self.days, kept)),
            languages=list(compress(self.languages, kept)),
            kinds=list(compress(self.kinds, kept)),
            countries=list(compress(self.countries, kept)),
            sides=list(compress(self.sides, kept)),
            words=list(compress(self.words, kept)),
            quoted=list(compress(self.quoted, kept)),
        )

    def joined(self, more: Items) -> Items:
        """These and more, without words."""
        return Items(
            ids=[*self.ids, *more.ids],
            origins=[*self.origins, *more.origins],
            stories=[*self.stories, *more.stories],
            days=[*self.days, *more.days],
            languages=[*self.languages, *more.languages],
            kinds=[*self.kinds, *more.kinds],
            countries=[*self.countries, *more.countries],
            sides=[*self.sides, *more.sides],
        )
