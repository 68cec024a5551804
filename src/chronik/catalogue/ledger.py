"""Acts on the table of leaves: which captures and acts the ledger holds, and which are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef

from chronik.catalogue import convert
from chronik.catalogue.ledger_models import LeafRow
from chronik.catalogue.models import ActRow, CaptureRow
from chronik.model import LeafKind
from chronik.ports.ledger import LeafMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.model import Act, Capture

QUERY_IDS_MAX = 500
MARKING = 'UPDATE catalogue_leafrow SET "index" = %s, salt = %s WHERE kind = %s AND subject = %s'
WITHOUT_MARK_MAX = 1_000
"""As many are named at once."""


class LedgerTables:
    """The part of `ports.Catalogue` that the ledger needs."""

    def due_leaves(self, *, after: int, limit: int) -> list[LeafMark]:
        """Marks without a leaf, in the order in which they came, those with a greater number than `after`."""
        rows = LeafRow.objects.filter(index=None, number__gt=after).order_by("number")[:limit]
        return [_mark(row) for row in rows]

    def captures_and_acts(self, marks: Iterable[LeafMark]) -> dict[str, Capture | Act]:
        """The captures and acts that these marks are of, by id; those that are gone are left out."""
        wanted = list(marks)
        captures = [mark.subject for mark in wanted if mark.kind is LeafKind.CAPTURE]
        acts = [mark.subject for mark in wanted if mark.kind is LeafKind.ACT]
        found: dict[str, Capture | Act] = {}
        for start in range(0, len(captures), QUERY_IDS_MAX):
            part = captures[start : start + QUERY_IDS_MAX]
            found.update({row.id: convert.capture(row) for row in CaptureRow.objects.filter(id__in=part)})
        for start in range(0, len(acts), QUERY_IDS_MAX):
            rows = ActRow.objects.filter(id__in=acts[start : start + QUERY_IDS_MAX])
            found.update({row.id: convert.act(row) for row in rows})
        return found

    def leaves_due(self) -> int:
        """How many captures and acts wait for their leaf."""
        return LeafRow.objects.filter(index=None).count()

    def leaves_marked(self) -> int:
        """One more than the index of the last leaf that was marked; 0 where none was."""
        last: int | None = LeafRow.objects.aggregate(last=Max("index"))["last"]
        return 0 if last is None else last + 1

    @transaction.atomic
    def mark_leaves(self, marks: Iterable[LeafMark]) -> None:
        """Keep index and salt of these; what has no mark, because its row is gone, is left out."""
        values = [(mark.index, mark.salt, str(mark.kind), mark.subject) for mark in marks]
        with connection.cursor() as cursor:
            cursor.executemany(MARKING, values)

    @transaction.atomic
    def forget_leaves(self, marks: Iterable[LeafMark]) -> None:
        """Drop marks whose capture was removed before it had a leaf."""
        for mark in marks:
            LeafRow.objects.filter(kind=mark.kind, subject=mark.subject, index=None).delete()

    def forget_leaf_indices(self) -> None:
        """Every capture and act is due again: a new ledger begins."""
        LeafRow.objects.update(index=None)

    def leaf_mark(self, kind: LeafKind, subject: str) -> LeafMark | None:
        """The mark of one capture or act."""
        row = LeafRow.objects.filter(kind=kind, subject=subject).first()
        return _mark(row) if row else None

    def leaf_marks_of(self, kind: LeafKind, subjects: Iterable[str]) -> dict[str, LeafMark]:
        """The marks of several captures or acts, by id, found in few questions; what has none is left out."""
        wanted = list(subjects)
        parts = (wanted[start : start + QUERY_IDS_MAX] for start in range(0, len(wanted), QUERY_IDS_MAX))
        rows = (row for part in parts for row in LeafRow.objects.filter(kind=kind, subject__in=part))
        return {row.subject: _mark(row) for row in rows}

    def leaf_marks(self) -> Iterator[LeafMark]:
        """Every mark, in the order in which they came."""
        return (_mark(row) for row in LeafRow.objects.order_by("number").iterator())

    def without_mark(self) -> list[tuple[LeafKind, str]]:
        """Captures and acts that have no mark: something else than Chronik put them there."""
        found: list[tuple[LeafKind, str]] = []
        for kind, rows in ((LeafKind.CAPTURE, CaptureRow.objects.all()), (LeafKind.ACT, ActRow.objects.all())):
            marked = LeafRow.objects.filter(kind=kind, subject=OuterRef("id"))
            bare = rows.filter(~Exists(marked)).order_by("id").values_list("id", flat=True)
            found += [(kind, identity) for identity in bare[:WITHOUT_MARK_MAX]]
        return found

    def acts_in_order(self) -> Iterator[Act]:
        """Every act, in the order in which they came."""
        return (convert.act(row) for row in ActRow.objects.order_by("number").iterator())


def mark_due(kind: LeafKind, subject: str) -> None:
    """A capture or act is new: its leaf is due. Called in the transaction that keeps it."""
    LeafRow.objects.get_or_create(kind=kind, subject=subject)


def _mark(row: LeafRow) -> LeafMark:
    return LeafMark(
        number=row.number, kind=LeafKind(row.kind), subject=row.subject, salt=bytes(row.salt), index=row.index
    )
