"""Who may see, change and publish a dossier, where it is not left to the roles. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """User names; None leaves it to the roles. Who may publish may edit, and who may edit may read."""

    readers: tuple[str, ...] | None = None
    editors: tuple[str, ...] | None = None
    publishers: tuple[str, ...] = ()
    """Who may publish besides those whose role lets them."""


OPEN = Access()
"""As every dossier begins: the roles decide."""


def access_record(access: Access) -> dict[str, Any]:
    """As JSON; empty where the roles decide."""
    if access == OPEN:
        return {}
    listed = {"readers": access.readers, "editors": access.editors, "publishers": access.publishers}
    return {who: None if names is None else sorted(set(names)) for who, names in listed.items()}


def access_of(record: Mapping[str, Any]) -> Access:
    """What a record says; what else it holds is left out. Raises ValueError."""
    return Access(
        readers=_names(record.get("readers")),
        editors=_names(record.get("editors")),
        publishers=_names(record.get("publishers")) or (),
    )


def _names(held: object) -> tuple[str, ...] | None:
    if held is None:
        return None
    if not isinstance(held, list) or not all(isinstance(name, str) for name in held):
        raise ValueError("people are a list of user names")
    return tuple(sorted(set(held)))
