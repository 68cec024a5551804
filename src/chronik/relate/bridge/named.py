"""What the bridge finds in a text: a name, what it may be called elsewhere, and how telling it is (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a name is the name of."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name as it stands in a text."""

    key: str
    """Identity of the entity where one is known, else the likeliest skeleton."""
    surface: str
    """Verbatim from the text."""
    kind: Kind = Kind.UNKNOWN
    keys: tuple[str, ...] = ()
    """All that it may be: `key` first, then other entities of this name, then skeletons. Two names that share none
    are not one entity as far as spelling tells; two that share one may be: `Bridge.alike` says how surely."""
    weight: float = 1.0
    """How surely it is a name, and one that tells something: 0 to 1. How rare it is, the caller counts."""
    start: int = 0
    """Where the surface begins in the text, in characters."""
