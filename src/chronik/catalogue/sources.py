"""Acts on the tables of sources: what editors say of them, with everything that points to them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast, Substr

from chronik.catalogue import convert
from chronik.catalogue.dossiers import keep_act
from chronik.catalogue.models import (
    ArticleRow,
    ClipRow,
    CreditAsideRow,
    FeedRow,
    SideRow,
    SourceMoveRow,
    SourceRow,
)
from chronik.catalogue.telling import pieces
from chronik.errors import ConflictError, NotFoundError
from chronik.model.source_records import source_state
from chronik.ports.sources import Credited
from chronik.takein.credits import MADE_BY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from django.db.models import Model

    from chronik.model import Act, Source

MERGED_DEEP_MAX = 50
"""How often what a source was merged into may have been merged itself."""
ROWS_A_QUERY = 500
DAY_LENGTH = len("2026-05-01")

_Kind = SourceMoveRow.Kind
_KEY: Mapping[str, str] = {_Kind.ARTICLE: "id", _Kind.CLIP: "id", _Kind.FEED: "url"}


class SourceTables:
    """The part of `ports.Catalogue` that sources need."""

    def sources(self) -> list[Source]:
        """All sources but those that were merged into others, by id."""
        return [convert.source(row) for row in SourceRow.objects.filter(merged_into="").order_by("id")]

    def source(self, identity: str) -> Source | None:
        """One source, by its id or by that of a source that was merged into it."""
        row = SourceRow.objects.filter(pk=source_now(identity)).first()
        return convert.source(row) if row else None

    @transaction.atomic
    def add_sources(self, sources: Iterable[Source]) -> int:
        """Add those whose id is new; give back how many were."""
        return sum(
            SourceRow.objects.get_or_create(id=noun.id, defaults=convert.source_fields(noun))[1] for noun in sources
        )

    @transaction.atomic
    def add_source(self, source: Source, act: Act, *, credits_: Collection[str] = ()) -> None:
        """Add one; what has these credits and no source is its. Raises ConflictError where the id is taken."""
        fields = convert.source_fields(source)
        if not SourceRow.objects.get_or_create(id=source.id, defaults=fields)[1]:
            raise ConflictError(f"There is a source {source.id!r} already.")
        _give_credited(credits_, to=source.id, act=act)
        keep_act(act)

    @transaction.atomic
    def change_source(
        self,
        source: Source,
        act: Act,
        *,
        based_on: str = "",
        merged: Collection[str] = (),
        credits_: Collection[str] = (),
    ) -> None:
        """Replace what is known of a source, and have it stand for those that are merged into it."""
        row = SourceRow.objects.select_for_update().filter(pk=source.id, merged_into="").first()
        if row is None:
            raise NotFoundError(f"There is no source {source.id!r}. See: chronik source list")
        if based_on and source_state(convert.source(row)) != based_on:
            raise ConflictError(f"Somebody changed the source {source.id!r} meanwhile; look at it again.")
        SourceRow.objects.filter(pk=source.id).update(**convert.source_fields(source))
        _merge(merged, into=source.id, act=act)
        _give_credited(credits_, to=source.id, act=act)
        keep_act(act)

    @transaction.atomic
    def take_back_source(self, source: Source | None, act: Act, *, done: Act, unmerged: Collection[str] = ()) -> None:
        """Put back what was known before `done`, and give back what it moved; without a source, `done` added it."""
        if not SourceRow.objects.filter(pk=done.subject, merged_into="").exists():
            raise ConflictError(f"The source {done.subject!r} was merged into another one since; take that back first.")
        SourceRow.objects.filter(pk__in=unmerged, merged_into=done.subject).update(merged_into="")
        _give_back(done)
        if source is not None:
            SourceRow.objects.filter(pk=source.id).update(**convert.source_fields(source))
        else:
            SourceRow.objects.filter(pk=done.subject).delete()
        keep_act(act)

    @transaction.atomic
    def settle_merged_sources(self) -> int:
        """Have what was credited to merged sources since point to what they are now; how much it was."""
        merged = list(SourceRow.objects.exclude(merged_into="").values_list("id", flat=True))
        settled = 0
        for part in pieces(merged):
            for kind, rows in _pointing(part).items():
                for before in set(rows.values_list("source_id", flat=True)):
                    settled += rows.filter(source=before).update(source=source_now(before or ""), **_unindexed(kind))
        return settled

    def credits_unknown(self) -> list[Credited]:
        """Credits in articles and clips that name nobody known, and sources that were made of a credit alone."""
        of_article = _counted(ArticleRow.objects.filter(source=None).exclude(source_name=""), "source_name")
        of_clip = _counted(ClipRow.objects.filter(source=None, removed=False).exclude(credit=""), "credit")
        told = [
            Credited(credit=credit, articles=of_article.get(credit, 0), clips=of_clip.get(credit, 0))
            for credit in sorted({*of_article, *of_clip})
        ]
        made = SourceRow.objects.filter(made_by=MADE_BY, merged_into="").order_by("id")
        articles = _counted(ArticleRow.objects.filter(source__in=made.values("id")), "source_id")
        clips = _counted(ClipRow.objects.filter(source__in=made.values("id"), removed=False), "source_id")
        for row in made:
            counts = {"articles": articles.get(row.id, 0), "clips": clips.get(row.id, 0)}
            told.append(Credited(credit=next(iter(row.names.values()), row.id), source_id=row.id, **counts))
        return told

    def report_days(self, sources: Collection[str], *, since: datetime) -> dict[str, dict[date, int]]:
        """Of each of these sources how many reports there are of each day (UTC) since then."""
        found: dict[str, dict[date, int]] = {source: {} for source in sources}
        for done in (True, False):  # each asked for along its own index, which knows source and day
            rows = ArticleRow.objects.filter(superseded=False, done_at__isnull=done, sort_at__gte=since).order_by()
            days = rows.annotate(day=Substr(Cast("sort_at", TextField()), 1, DAY_LENGTH))
            for source, day, number in days.values_list("source", "day").annotate(number=Count("id")):
                if source in found:
                    told = date.fromisoformat(day)
                    found[source][told] = found[source].get(told, 0) + number
        return found

    @transaction.atomic
    def put_credit_aside(self, credit: str, *, key: str, act: Act) -> None:
        """Remember that a credit is no source. Raises ConflictError where that is remembered already."""
        if not CreditAsideRow.objects.get_or_create(key=key, defaults={"credit": credit, "act": act.id})[1]:
            raise ConflictError("This credit was put aside already.")
        keep_act(act)

    @transaction.atomic
    def take_credit_up(self, key: str, act: Act) -> None:
        """Forget that a credit is no source. Raises ConflictError where nobody said so."""
        if not CreditAsideRow.objects.filter(key=key).delete()[0]:
            raise ConflictError("This was taken back already.")
        keep_act(act)

    def credits_aside(self) -> dict[str, str]:
        """Credits that are no source, by their key."""
        return dict(CreditAsideRow.objects.order_by("credit").values_list("key", "credit"))


def source_now(identity: str) -> str:
    """The id under which a source is found now; empty where there is none."""
    for _ in range(MERGED_DEEP_MAX if identity.isprintable() else 0):
        row = SourceRow.objects.filter(pk=identity).values_list("merged_into", flat=True).first()
        if row is None:
            return ""
        if not row:
            return identity
        identity = row
    return ""


def _merge(merged: Collection[str], *, into: str, act: Act) -> None:
    if not merged:
        return
    standing = SourceRow.objects.filter(pk__in=merged, merged_into="").exclude(pk=into)
    if standing.count() != len(set(merged)):
        raise ConflictError("One of these sources is not there any more; look at them again.")
    standing.update(merged_into=into)
    for kind, rows in _pointing(merged).items():
        _move(rows, kind, to=into, act=act)
    for side in _every(SideRow):
        _move_side(side, {*merged}, to=into, act=act)


def _pointing(sources: Collection[str]) -> dict[str, QuerySet[Any]]:
    """What points to these sources, by kind."""
    return {
        _Kind.ARTICLE: ArticleRow.objects.filter(source__in=sources),
        _Kind.CLIP: ClipRow.everything.filter(source__in=sources),
        _Kind.FEED: FeedRow.objects.filter(source__in=sources),
    }


def _give_credited(credits_: Collection[str], *, to: str, act: Act) -> None:
    for part in pieces(credits_):
        _move(ArticleRow.objects.filter(source=None, source_name__in=part), _Kind.ARTICLE, to=to, act=act)
        _move(ClipRow.everything.filter(source=None, credit__in=part), _Kind.CLIP, to=to, act=act)


def _move(rows: QuerySet[Any], kind: str, *, to: str, act: Act) -> None:
    moved = [
        SourceMoveRow(act=act.id, kind=kind, subject=subject, before=before or "")
        for subject, before in rows.order_by().values_list(_KEY[kind], "source_id")
    ]
    SourceMoveRow.objects.bulk_create(moved, batch_size=ROWS_A_QUERY)
    rows.update(source=to, **_unindexed(kind))


def _unindexed(kind: str) -> dict[str, bool]:
    """The index knows whose a report is."""
    return {} if kind == _Kind.FEED else {"indexed": False}


def _move_side(side: Any, merged: Collection[str], *, to: str, act: Act) -> None:
    before = list(side.sources)
    after = list(dict.fromkeys(to if one in merged else one for one in before))
    if after == before:
        return
    told = json.dumps({"before": before, "after": after})
    SourceMoveRow.objects.create(act=act.id, kind=_Kind.SIDE, subject=f"{side.dossier_id} {side.key}", before=told)
    _every(SideRow).filter(pk=side.pk).update(sources=after)


def _give_back(done: Act) -> None:
    """Give everything that an act moved back to whom it had, but for what was moved on since."""
    tables: dict[str, type[Model]] = {_Kind.ARTICLE: ArticleRow, _Kind.CLIP: ClipRow, _Kind.FEED: FeedRow}
    moved = SourceMoveRow.objects.filter(act=done.id)
    for kind, table in tables.items():
        of_kind = moved.filter(kind=kind)
        for before in of_kind.order_by().values_list("before", flat=True).distinct():
            for part in pieces(of_kind.filter(before=before).values_list("subject", flat=True)):
                rows = _every(table).filter(**{f"{_KEY[kind]}__in": part, "source": done.subject})
                rows.update(source=before or None, **_unindexed(kind))
    for row in moved.filter(kind=_Kind.SIDE):
        dossier, _, key = row.subject.partition(" ")
        _give_side_back(dossier, key, **json.loads(row.before), now=done.subject)
    moved.delete()


def _give_side_back(dossier: str, key: str, *, before: list[str], after: list[str], now: str) -> None:
    """What editors added to the side or took out of it since stays so."""
    side = _every(SideRow).filter(dossier=dossier, key=key).first()
    if side is not None:
        kept = [one for one in before if (one if one in after else now) in side.sources]
        added = [one for one in side.sources if one not in after]
        _every(SideRow).filter(pk=side.pk).update(sources=[*kept, *added])


def _every(table: type[Model]) -> QuerySet[Any]:
    """All rows, also those of dossiers that the work at hand may not see."""
    return QuerySet(table)


def _counted(rows: QuerySet[Any], field: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(field).annotate(number=Count("*")))
