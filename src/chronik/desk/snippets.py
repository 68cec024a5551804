"""Decides which parts of a snippet are marked as found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chronik.ports import Hit


def pieces(hit: Hit) -> list[tuple[str, bool]]:
    """The snippet in runs of text, each with whether it was found."""
    runs: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(hit.marks):
        if not at <= start < end <= len(hit.snippet):
            continue
        runs += [(hit.snippet[at:start], False), (hit.snippet[start:end], True)]
        at = end
    runs.append((hit.snippet[at:], False))
    return [run for run in runs if run[0]]
