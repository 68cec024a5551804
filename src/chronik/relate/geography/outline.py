"""The outline of the land, as rings of points (decides)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import accumulate

TENTHS = 10
_WATER = "~"
_DATA = files("chronik.relate.geography") / "data"

Ring = tuple[tuple[float, float], ...]
"""Longitude and latitude in degrees of each point; the last is joined to the first."""


def land() -> tuple[Ring, ...]:
    """Every ring of land, the longest first; there are no borders."""
    return _rings(water=False)


def water() -> tuple[Ring, ...]:
    """Every ring of water within the land: inland seas, no lakes."""
    return _rings(water=True)


@cache
def _rings(*, water: bool) -> tuple[Ring, ...]:
    lines = (_DATA / "land.txt").read_text(encoding="ascii").splitlines()
    return tuple(_ring(line.removeprefix(_WATER)) for line in lines if line.startswith(_WATER) is water)


def _ring(line: str) -> Ring:
    steps = [step.partition(",")[::2] for step in line.split()]
    across = accumulate(int(x) for x, _ in steps)
    upward = accumulate(int(y) for _, y in steps)
    return tuple((x / TENTHS, y / TENTHS) for x, y in zip(across, upward, strict=True))
