"""The outline of the land, as rings of points (decides)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import accumulate

TENTHS = 10
_DATA = files("chronik.relate.geography") / "data"

Ring = tuple[tuple[float, float], ...]
"""Longitude and latitude in degrees of each point; the last is joined to the first."""


@cache
def land() -> tuple[Ring, ...]:
    """Every ring, the longest first; there are no lakes and no borders."""
    return tuple(_ring(line) for line in (_DATA / "land.txt").read_text(encoding="ascii").splitlines())


def _ring(line: str) -> Ring:
    steps = [step.partition(",")[::2] for step in line.split()]
    across = accumulate(int(x) for x, _ in steps)
    upward = accumulate(int(y) for _, y in steps)
    return tuple((x / TENTHS, y / TENTHS) for x, y in zip(across, upward, strict=True))
