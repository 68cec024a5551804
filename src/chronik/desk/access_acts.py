"""Acts: says who may read, edit and publish a dossier, and leaves an act that tells what held before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.errors import RefusedInputError
from chronik.model import Access, Act, Verb, access_record

if TYPE_CHECKING:
    from datetime import datetime

    from chronik.ports import Catalogue

NAMES_MAX = 1_000
NAME_CHARACTERS_MAX = 150


def set_access(catalogue: Catalogue, slug: str, *, access: Access, by: str, now: datetime) -> bool:
    """Whether anything changed; nothing changed leaves no act. Raises NotFoundError, RefusedInputError."""
    for names in (access.readers or (), access.editors or (), access.publishers):
        if len(names) > NAMES_MAX or any(not 0 < len(name) <= NAME_CHARACTERS_MAX for name in names):
            raise RefusedInputError(f"At most {NAMES_MAX} people can be named, each by a user name.")
    old = catalogue.access(slug)
    if access_record(access) == access_record(old):
        return False
    detail = {"old": access_record(old), "new": access_record(access)}
    catalogue.set_access(slug, access, act=Act(at=now, by=by, verb=Verb.SET_ACCESS, subject=slug, detail=detail))
    return True


def keep_to(catalogue: Catalogue, slug: str, *, by: str, now: datetime) -> None:
    """Let nobody but the person who opened a dossier see it at first, and those from whom nothing is kept."""
    set_access(catalogue, slug, access=Access(readers=(by,), editors=(by,)), by=by, now=now)
