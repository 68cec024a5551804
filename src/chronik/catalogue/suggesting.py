"""Acts on the tables of suggestions, sides and spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from chronik.catalogue import relating_fields as convert
from chronik.catalogue.dossiers import keep_act, no_dossier
from chronik.catalogue.looking_up import LookingUpTables
from chronik.catalogue.models import (
    ArticleRow,
    DossierRow,
    RelationRow,
    SideRow,
    SpellingsRow,
    SuggestingRow,
    SuggestionRow,
)
from chronik.catalogue.telling import pieces
from chronik.errors import NotFoundError
from chronik.ports.relating import Suggesting, SuggestionState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from chronik.model import Act, Suggestion
    from chronik.ports.relating import Proposed, Side, Spellings

ROWS_A_STATEMENT = 50


class SuggestingTables(LookingUpTables):
    """The part of `ports.RelatingCatalogue` that suggesting, sides and spellings need."""

    def suggesting(self, dossier: str) -> Suggesting:
        """How far suggesting has come for this dossier."""
        row = SuggestingRow.objects.filter(pk=dossier).first()
        return Suggesting(number=row.number, knew=row.knew) if row else Suggesting()

    @transaction.atomic
    def record_suggestions(
        self, dossier: str, suggestions: Iterable[Suggestion], *, seen: Suggesting, anew: bool, at: datetime
    ) -> None:
        """Keep suggestions; `anew` drops the open ones of before. What an editor decided stays."""
        of_dossier = SuggestionRow.objects.filter(dossier_id=dossier)
        if anew:
            of_dossier.filter(state=SuggestionState.OPEN).delete()
        fresh = {noun.article: noun for noun in suggestions}
        known = {
            report
            for part in pieces(fresh)
            for report in of_dossier.filter(relation__in=part).values_list("relation_id", flat=True)
        }
        rows = [
            SuggestionRow(
                dossier_id=dossier,
                relation_id=report,
                score=noun.score,
                reasons=convert.reason_fields(noun.reasons),
                suggested_at=at,
            )
            for report, noun in fresh.items()
            if report not in known
        ]
        SuggestionRow.objects.bulk_create(rows, batch_size=ROWS_A_STATEMENT)
        SuggestingRow.objects.update_or_create(pk=dossier, defaults={"number": seen.number, "knew": seen.knew})

    def proposed(
        self, dossier: str, *, state: SuggestionState = SuggestionState.OPEN, limit: int = 200
    ) -> list[Proposed]:
        """Suggestions in this state, best first; of the open ones those that are not clipped in the dossier."""
        rows = _in_state(dossier, state).select_related("relation")
        rows = rows.defer(*(f"relation__{name}" for name in RelationRow.LARGE))
        return [convert.proposed(row) for row in rows[:limit]]

    def proposed_scores(self, dossier: str, *, state: SuggestionState, limit: int) -> dict[str, float]:
        """Report → score of what `proposed` gives, without the rest."""
        return dict(_in_state(dossier, state).values_list("relation_id", "score")[:limit])

    @transaction.atomic
    def decide(self, dossier: str, reports: Sequence[str], *, state: SuggestionState, act: Act) -> None:
        """Keep what an editor did with these suggestions, made or not. Raises NotFoundError for unknown ones."""
        _need_dossier(dossier)
        fresh = dict.fromkeys(reports)
        known = {
            key
            for part in pieces(fresh)
            for key in RelationRow.objects.filter(pk__in=part).values_list("pk", flat=True)
        }
        for report in fresh:
            if report not in known:
                raise NotFoundError(f"No report {report[:12]} was placed yet. See: chronik status")
        decided = None if state is SuggestionState.OPEN else act.at
        SuggestionRow.objects.bulk_create(
            [
                SuggestionRow(dossier_id=dossier, relation_id=report, state=str(state), decided_at=decided)
                for report in fresh
            ],
            batch_size=ROWS_A_STATEMENT,
            update_conflicts=True,
            unique_fields=["dossier", "relation"],
            update_fields=["state", "decided_at"],
        )
        keep_act(act)

    def suggestion_states(self, dossier: str, reports: Iterable[str]) -> dict[str, SuggestionState]:
        """The states of these reports' suggestions, as far as there are any."""
        found: dict[str, SuggestionState] = {}
        for part in pieces(reports):
            rows = SuggestionRow.objects.filter(dossier_id=dossier, relation__in=part)
            found |= {report: SuggestionState(state) for report, state in rows.values_list("relation_id", "state")}
        return found

    def sides(self, dossier: str) -> list[Side]:
        """The sides of a dossier, in the order in which they were defined."""
        return [convert.side(row) for row in SideRow.objects.filter(dossier_id=dossier).order_by("id")]

    @transaction.atomic
    def put_side(self, side: Side, act: Act) -> None:
        """Define a side, or define it anew. Raises NotFoundError without dossier."""
        _need_dossier(side.dossier)
        lists = {name: list(getattr(side, name)) for name in ("sources", "speakers", "words")}
        fields = {"names": dict(side.names), **lists}
        SideRow.objects.update_or_create(dossier_id=side.dossier, key=side.key, defaults=fields)
        keep_act(act)

    @transaction.atomic
    def remove_side(self, dossier: str, key: str, *, act: Act) -> None:
        """Raises NotFoundError."""
        if not SideRow.objects.filter(dossier_id=dossier, key=key).delete()[0]:
            raise NotFoundError(f"The dossier {dossier!r} has no side {key!r}.")
        keep_act(act)

    def spellings(self) -> list[Spellings]:
        """What editors said of spellings, in the order of saying."""
        return [convert.spellings(row) for row in SpellingsRow.objects.filter(withdrawn=False).order_by("number")]

    @transaction.atomic
    def add_spellings(self, spellings: Sequence[str], *, same: bool, act: Act) -> Spellings:
        """Keep what an editor says of spellings."""
        row = SpellingsRow.objects.create(spellings=list(spellings), same=same, by=act.by, at=act.at)
        keep_act(act)
        return convert.spellings(row)

    @transaction.atomic
    def remove_spellings(self, number: int, act: Act) -> None:
        """Take it back. Raises NotFoundError."""
        _turn(number, withdrawn=True)
        keep_act(act)

    @transaction.atomic
    def restore_spellings(self, number: int, act: Act) -> None:
        """Say it again as it was. Raises NotFoundError."""
        _turn(number, withdrawn=False)
        keep_act(act)


def _in_state(dossier: str, state: SuggestionState) -> QuerySet[SuggestionRow]:
    rows = SuggestionRow.objects.filter(dossier_id=dossier, state=state)
    if state is SuggestionState.OPEN:
        clipped = ArticleRow.objects.filter(clips__dossier=dossier, clips__removed=False)
        rows = rows.exclude(relation__article__in=clipped)
    return rows.order_by("-score", "id")


def _turn(number: int, *, withdrawn: bool) -> None:
    if not SpellingsRow.objects.filter(pk=number, withdrawn=not withdrawn).update(withdrawn=withdrawn):
        raise NotFoundError(f"There are no spellings with the number {number}. See: chronik names list")


def _need_dossier(slug: str) -> None:
    if not DossierRow.objects.filter(slug=slug, removed=False).exists():
        raise no_dossier(slug)
