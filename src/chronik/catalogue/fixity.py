"""Acts on the table of fixity marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from chronik.catalogue import convert
from chronik.catalogue.fixity_models import FixityRow
from chronik.catalogue.models import ClipRow
from chronik.catalogue.row_faults import row_faults
from chronik.ports.fixity import FixityMark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chronik.model import Clip
    from chronik.ports.fixity import RowFault


class FixityTables:
    """The part of `ports.Catalogue` that fixity needs."""

    def row_faults(self) -> list[RowFault]:
        """Rows of captures, acts, leaves, dossiers and clips that cannot be read, or are not as they are written."""
        return list(row_faults())

    def removed_clips(self, dossier: str) -> list[Clip]:
        """The clips of a dossier that were taken out of it and can be brought back, by id."""
        return [convert.clip(row) for row in ClipRow.objects.filter(dossier_id=dossier, removed=True).order_by("id")]

    def fixity_marks(self) -> list[FixityMark]:
        """All marks, those read longest ago first."""
        return [
            FixityMark(
                file=row.file,
                read_at=row.read_at,
                digest=row.digest,
                index_digest=row.index_digest,
                damage=row.damage,
            )
            for row in FixityRow.objects.order_by("read_at", "file")
        ]

    @transaction.atomic
    def keep_fixity_marks(self, marks: Iterable[FixityMark]) -> None:
        """Put these in the place of what was known of their files."""
        for mark in marks:
            values = {
                "read_at": mark.read_at,
                "digest": mark.digest,
                "index_digest": mark.index_digest,
                "damage": mark.damage,
            }
            FixityRow.objects.update_or_create(file=mark.file, defaults=values)

    @transaction.atomic
    def forget_fixity_marks(self, files: Iterable[str]) -> None:
        """These files are gone, and somebody meant it."""
        for file in files:
            FixityRow.objects.filter(file=file).delete()
