"""Asks how much of a report is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Length

from chronik.catalogue import convert
from chronik.catalogue.models import ArticleRow, ClipRow
from chronik.catalogue.telling import pieces

if TYPE_CHECKING:
    from collections.abc import Collection

    from chronik.model import Clip


class QuotingTables:
    """The part of `ports.Catalogue` that tells how much of a report is quoted."""

    def public_clips(self, *, urls: Collection[str], articles: Collection[str]) -> list[Clip]:
        """Clips of these addresses, or of these articles, in dossiers that are published, by id."""
        # What readers see is no secret of the dossier that shows it.
        rows = ClipRow.everything.filter(removed=False, dossier__removed=False).exclude(dossier__published_at=None)
        of_addresses = (~Q(url="") & Q(url__in=part) for part in pieces(urls))  # said so that its index is used
        asked = [*of_addresses, *(Q(article__in=part) for part in pieces(articles))]
        found = {row.id: row for one in asked for row in rows.filter(one)}
        return [convert.clip(found[identity]) for identity in sorted(found)]

    def text_characters(self, articles: Collection[str]) -> dict[str, int]:
        """Article → how many characters its text has; those that are not there are left out."""
        found: dict[str, int] = {}
        for part in pieces(articles):
            rows = ArticleRow.objects.filter(pk__in=part).annotate(characters=Length("text"))
            found.update(rows.values_list("id", "characters"))
        return found
