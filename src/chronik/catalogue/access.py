"""Acts on who may read, edit and publish each dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from chronik.catalogue.dossiers import keep_act, no_dossier
from chronik.catalogue.models import DossierRow
from chronik.model import Access, access_of, access_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.model import Act


class AccessTables:
    """The part of `ports.Catalogue` that keeps who may do what to a dossier."""

    def access(self, dossier: str) -> Access:
        """Of one dossier. Raises NotFoundError."""
        row = DossierRow.objects.filter(slug=dossier, removed=False).only("access").first()
        if row is None:
            raise no_dossier(dossier)
        return access_of(row.access)

    @transaction.atomic
    def set_access(self, dossier: str, access: Access, *, act: Act) -> None:
        """Raises NotFoundError."""
        rows = DossierRow.objects.filter(slug=dossier, removed=False)
        if not rows.update(access=access_record(access)):
            raise no_dossier(dossier)
        keep_act(act)

    def accesses(self) -> Mapping[str, Access]:
        """Slug → access, of those dossiers only that are not left to the roles; also of removed ones."""
        rows = DossierRow.everything.exclude(access={}).values_list("slug", "access")
        return {slug: access_of(held) for slug, held in rows}
