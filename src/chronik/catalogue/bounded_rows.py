"""Decides which rows of dossiers are found: all but those of dossiers that the work at hand may not see.

Django's own look-ups (by `_base_manager`, along foreign keys) are not narrowed, nor is `everything`.
"""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from chronik.ports import bounds

Row = TypeVar("Row", bound=models.Model)


class OfSeenDossiers(models.Manager[Row]):
    """Finds rows by the slug in their column `dossier_id`."""

    column = "dossier_id"

    def get_queryset(self) -> models.QuerySet[Row]:
        """All but those that are hidden now."""
        rows = super().get_queryset()
        hidden = bounds.present().hidden
        return rows.exclude(**{f"{self.column}__in": hidden}) if hidden else rows


class SeenDossiers(OfSeenDossiers[Row]):
    """Finds dossiers."""

    column = "slug"
