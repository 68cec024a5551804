"""Decides: which earlier report a new one is folded under as a copy, translations of agencies' texts included.

Kept for the reports of the window. A copy is folded under the agency's own text where that is known, also where it came
later than what was made of it, else under the earliest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.relate.copies import EPOCH, SHARE_SHOWN, Copies, confirmed
from chronik.relate.origins import HELD_MIN, Told, agreement, copied, is_translation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chronik.relate.copies import Copy
    from chronik.relate.traits import Traits

CONFIRMED_MAX = 2
"""Texts that are compared word by word where sketches leave doubt."""
WAY_MAX = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Under which report a new one is folded, and which ones under it."""

    copy_of: str = ""
    original_of: tuple[str, ...] = ()


class Folds:
    """The reports of the window by whom they credit and what they copy."""

    def __init__(self, *, text_of: Callable[[str], str] | None = None) -> None:
        """`text_of` gives the text of an earlier report by its id, where texts are at hand."""
        self.copies = Copies()
        self._text_of = text_of
        self._told: dict[str, Told] = {}
        self._copy_of: dict[str, str] = {}

    def remember(self, told: Told, fold: Fold) -> None:
        """Take in a report that was placed."""
        if told.credits or told.agency:
            self._told[told.id] = told
        if fold.copy_of and fold.copy_of != told.id:
            self._copy_of[told.id] = fold.copy_of
        for report in fold.original_of:
            self._copy_of[report] = told.id

    def keep(self, reports: Iterable[str]) -> None:
        """Go on with these reports only."""
        kept = set(reports)
        self._told = {report: told for report, told in self._told.items() if report in kept}
        self._copy_of = {report: of for report, of in self._copy_of.items() if report in kept}

    def found(self, traits: Traits, *, text: str, known: Callable[[str], bool]) -> tuple[Copy, ...]:
        """Earlier reports that are known and have a good part in common with a new one; doubts looked into."""
        if traits.sketch is None:
            return ()
        found = [copy for copy in self.copies.found(traits.sketch, source=traits.source) if known(copy.of)]
        if any(copy.certain for copy in found) or not text or self._text_of is None:
            return tuple(found)
        doubtful = [copy for copy in found if copy.share >= SHARE_SHOWN and copy.held >= HELD_MIN][:CONFIRMED_MAX]
        looked_into = {copy.of: confirmed(copy, text=text, earlier=self._text_of(copy.of)) for copy in doubtful}
        return tuple(looked_into.get(copy.of, copy) for copy in found)

    def translated(self, told: Told, traits: Traits, *, near: Sequence[Traits]) -> list[str]:
        """Reports near to a new one that are certainly its agency's text in another language, the earliest first."""
        if not told.credits and not told.agency:
            return []
        found = []
        for other in near:
            earlier = self._told.get(other.id)
            if earlier is not None and is_translation(agreement(traits, other), first=told, second=earlier):
                found.append(earlier)
        return [each.id for each in sorted(found, key=lambda each: (each.when or EPOCH, each.id))]

    def fold(self, told: Told, *, copies: Sequence[Copy], translated: Sequence[str]) -> Fold:
        """How a new report is folded with those of its story: its `copies` as found, and what it translates."""
        alike = [*(copy.of for copy in copies if copy.certain), *translated]
        made_of_it = dict.fromkeys(self.root(report) for report in alike if self._credits(report, told.agency))
        own = tuple(report for report in made_of_it if self._agency(report) != told.agency)
        if own:
            return Fold(original_of=own)
        made_of = copied(copies)
        if made_of is not None:
            return Fold(copy_of=made_of.of)
        return Fold(copy_of=self.root(translated[0]) if translated else "")

    def root(self, report: str) -> str:
        """What a report is folded under in the end: itself where it is an origin."""
        for _ in range(WAY_MAX):
            above = self._copy_of.get(report, "")
            if not above:
                break
            report = above
        return report

    def _credits(self, report: str, agency: str) -> bool:
        return bool(agency) and report in self._told and agency in self._told[report].credits

    def _agency(self, report: str) -> str:
        return self._told[report].agency if report in self._told else ""
