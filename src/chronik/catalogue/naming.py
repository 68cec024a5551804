"""Acts on the tables of learned names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from chronik.catalogue.naming_models import LearnedNameRow, NamesLearnedRow
from chronik.model import sha256_hex
from chronik.ports.naming import LearnedName, NamesLearned, Witness
from chronik.ports.relating import Marks

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

ROWS_A_STATEMENT = 50
THE_ONE = 1
"""Key of the row that says when names were learned."""


class NamingTables:
    """The part of `ports.Catalogue` that keeps learned names."""

    def learned_names(self) -> list[LearnedName]:
        """All that is kept, the surest first."""
        return [_learned(row) for row in LearnedNameRow.objects.order_by("-score", "-stories", "number")]

    def used_names(self) -> list[tuple[str, str]]:
        """Spellings of what is used without asking."""
        return list(LearnedNameRow.objects.filter(used=True).order_by("number").values_list("first", "second"))

    def names_learned(self) -> NamesLearned | None:
        """When it was learned; None before the first time."""
        row = NamesLearnedRow.objects.filter(pk=THE_ONE).first()
        return NamesLearned(at=row.at, marks=Marks(placed=row.placed, said=(row.said, row.withdrawn))) if row else None

    @transaction.atomic
    def record_learned_names(
        self, learned: Sequence[LearnedName], *, keep: Collection[int], seen: NamesLearned
    ) -> None:
        """Keep these in the place of what was there, but for the numbers in `keep`; the same two keep their number."""
        fresh = {key(one.spellings): one for one in reversed(learned)}
        kept = dict(LearnedNameRow.objects.values_list("key", "number"))
        gone = [number for known, number in kept.items() if known not in fresh and number not in keep]
        for place in range(0, len(gone), ROWS_A_STATEMENT):
            LearnedNameRow.objects.filter(pk__in=gone[place : place + ROWS_A_STATEMENT]).delete()
        for known, one in reversed(fresh.items()):
            LearnedNameRow.objects.update_or_create(key=known, defaults=_columns(one))
        said, withdrawn = seen.marks.said
        values = {"at": seen.at, "placed": seen.marks.placed, "said": said, "withdrawn": withdrawn}
        NamesLearnedRow.objects.update_or_create(pk=THE_ONE, defaults=values)


def forget_names_of(articles: Collection[str]) -> None:
    """Forget what these articles taught; what others teach as well is learned anew in the next round."""
    gone = [
        number
        for number, witnesses in LearnedNameRow.objects.values_list("number", "witnesses").iterator()
        if any(first in articles or second in articles for _, first, second in witnesses)
    ]
    for place in range(0, len(gone), ROWS_A_STATEMENT):
        LearnedNameRow.objects.filter(pk__in=gone[place : place + ROWS_A_STATEMENT]).delete()
    if gone:
        NamesLearnedRow.objects.all().delete()


def key(spellings: tuple[str, str]) -> str:
    """What two spellings are kept under, whichever comes first."""
    return sha256_hex("\n".join(sorted(spellings)).encode("utf-8", "replace"))


def _columns(one: LearnedName) -> dict[str, Any]:
    return {
        "first": one.spellings[0],
        "second": one.spellings[1],
        "languages": list(one.languages),
        "stories": one.stories,
        "reports": one.reports,
        "against": one.against,
        "rivals": one.rivals,
        "score": one.score,
        "witnesses": [[witness.story, witness.first, witness.second] for witness in one.witnesses],
        "used": one.used,
    }


def _learned(row: LearnedNameRow) -> LearnedName:
    return LearnedName(
        number=row.number,
        spellings=(row.first, row.second),
        languages=(row.languages[0], row.languages[1]),
        stories=row.stories,
        reports=row.reports,
        against=row.against,
        rivals=row.rivals,
        score=row.score,
        witnesses=tuple(Witness(story=story, first=first, second=second) for story, first, second in row.witnesses),
        used=row.used,
    )
