"""Decides where two dumps of an archive differ. Both are sorted, so that neither need be held in memory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIELDS_TOLD_MAX = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that two dumps say differently."""

    subject: str
    """Kind and id."""
    what: str


def differences(before: Iterable[bytes], after: Iterable[bytes]) -> Iterator[Difference]:
    """What only one of two dumps has, and what each says otherwise, in the order of the dumps."""
    old, new = iter(before), iter(after)
    here, there = next(old, None), next(new, None)
    while here is not None or there is not None:
        if here == there:
            here, there = next(old, None), next(new, None)
            continue
        left, right = _told(here), _told(there)
        if right is None or (left is not None and _key(left) < _key(right)):
            assert left is not None, "one of the two is there"
            yield Difference(subject=_subject(left), what="only before")
            here = next(old, None)
        elif left is None or _key(right) < _key(left):
            yield Difference(subject=_subject(right), what="only after")
            there = next(new, None)
        else:
            yield Difference(subject=_subject(left), what=_other(left, right))
            here, there = next(old, None), next(new, None)


def _told(line: bytes | None) -> dict[str, Any] | None:
    return None if line is None else dict(json.loads(line))


def _key(told: dict[str, Any]) -> tuple[bytes, bytes]:
    return str(told["kind"]).encode(), str(told["id"]).encode("utf-8", "surrogatepass")


def _subject(told: dict[str, Any]) -> str:
    return f"{told['kind']} {told['id']}".strip() or "head of the dump"


def _other(left: dict[str, Any], right: dict[str, Any]) -> str:
    old, new = left.get("fields", {}), right.get("fields", {})
    fields = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    told = ", ".join(fields[:FIELDS_TOLD_MAX])
    return f"differs in {told}" + (
        f" and {len(fields) - FIELDS_TOLD_MAX} more" if len(fields) > FIELDS_TOLD_MAX else ""
    )
