"""Acts: asks the catalogue for what the desk's forms offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

from chronik.catalogue.models import ActRow
from chronik.model import Verb
from chronik.ports import bounds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.model import Dossier
    from chronik.ports import Catalogue

ACTS_LOOKED_AT = 50


def name_in(names: Mapping[str, str], language: str = "") -> str:
    """The name in the language of the interface, else the main one."""
    wanted = language or get_language() or ""
    return names.get(wanted) or next((name for name in names.values() if name), "")


def dossier_name(dossier: Dossier) -> str:
    """What a dossier is called in the interface."""
    name = name_in(dossier.names) or dossier.slug
    return f"{name} {dossier.years}".strip()


def dossiers_for(catalogue: Catalogue, user_name: str, *, to_read: bool = False) -> list[tuple[str, str]]:
    """Slug and name of every dossier that this person may change, or read; those they clipped for last first."""
    recent = ActRow.objects.filter(by=user_name, verb=Verb.CLIP).order_by("-number")[:ACTS_LOOKED_AT]
    order = {slug: place for place, slug in reversed(list(enumerate(act.detail.get("dossier", "") for act in recent)))}
    closed = frozenset() if to_read else bounds.present().closed
    named = [(dossier.slug, dossier_name(dossier)) for dossier in catalogue.dossiers() if dossier.slug not in closed]
    return sorted(named, key=lambda item: (order.get(item[0], ACTS_LOOKED_AT), item[1].casefold(), item[0]))
