"""Decides what a person may do to which dossier: what the role says, narrowed or widened by the dossier itself.

Chief editors and operators may do to every dossier what their role lets them: somebody must be able to open it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.desk.rights import Right, Role, at_least, may
from chronik.ports.bounds import NONE, Bounds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.model import Access


def bounds_of(accesses: Mapping[str, Access], *, name: str, role: Role) -> Bounds:
    """Which dossiers somebody does not see, and which they cannot change; `accesses` by slug."""
    if is_unbounded(role):
        return NONE
    return Bounds(
        hidden=frozenset(slug for slug, access in accesses.items() if not may_read(access, name)),
        closed=frozenset(slug for slug, access in accesses.items() if not may_edit(access, name)),
    )


def is_unbounded(role: Role) -> bool:
    """Whether nothing is kept from this role."""
    return at_least(role, Role.CHIEF_EDITOR)


def may_read(access: Access, name: str) -> bool:
    """Whether the dossier lets this person read it."""
    return access.readers is None or name in {*access.readers, *(access.editors or ()), *access.publishers}


def may_edit(access: Access, name: str) -> bool:
    """Whether the dossier lets this person edit it, where the role does."""
    if access.editors is None:
        return may_read(access, name)
    return name in {*access.editors, *access.publishers}


def may_publish(access: Access, *, name: str, role: Role) -> bool:
    """Whether this person may publish it and take it back: by the role, or as an editor who is named for it."""
    return may(role, Right.PUBLISH) or (at_least(role, Role.EDITOR) and name in access.publishers)
