"""What an edit of a source changes, and what is left of it when it is taken back after other edits. Decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chronik.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Mapping


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Old and new values of what differs; empty where nothing does."""
    fields = [field for field in new if old.get(field) != new[field]]
    if not fields:
        return {}
    return {"old": {field: old.get(field) for field in fields}, "new": {field: new[field] for field in fields}}


def restored(now: Mapping[str, Any], *, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The source as it would be without that edit: of names, aliases and hosts, what came to them since stays.

    Raises ConflictError where a field was changed again since.
    """
    told = dict(now)
    for field, before in old.items():
        after, present = new.get(field), now.get(field)
        if present == after:
            told[field] = before
        elif isinstance(present, dict) and isinstance(before, dict) and isinstance(after, dict):
            told[field] = _names_without(present, before=before, after=after, field=field)
        elif isinstance(present, list) and isinstance(before, list) and isinstance(after, list):
            told[field] = _list_without(present, before=before, after=after)
        else:
            raise _changed_since(field)
    return told


def _names_without(
    present: Mapping[str, Any], *, before: Mapping[str, Any], after: Mapping[str, Any], field: str
) -> dict[str, Any]:
    told = dict(present)
    for key in {*before, *after}:
        if before.get(key) == after.get(key):
            continue
        if present.get(key) != after.get(key):
            raise _changed_since(field)
        if key in before:
            told[key] = before[key]
        else:
            del told[key]
    return told


def _list_without(present: list[Any], *, before: list[Any], after: list[Any]) -> list[Any]:
    kept = [one for one in present if one in before or one not in after]
    return [*kept, *(one for one in before if one not in after and one not in kept)]


def _changed_since(field: str) -> ConflictError:
    return ConflictError(f"This was changed again since ({field}); take the later change back first.")
