"""Where names stand beside their points so that none covers another (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHARACTER_WIDTH, LINE_HEIGHT = 0.6, 1.25
"""Of a letter's height, about."""
GAP = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A round point with a name; all lengths in one unit."""

    x: float
    y: float
    radius: float
    characters: int
    """Of the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Where a name stands: the way from the point's middle to the middle of the nearest edge of the name."""

    right: float = 0.0
    up: float = 0.0
    anchor: str = "left"
    """Which edge of the name: `left`, `right` or `center`."""


_Box = tuple[float, float, float, float]


def beside(spots: Sequence[Spot], *, font_size: float, width: float) -> list[Beside | None]:
    """A place for each name within `width`, the first first; None where every place is taken."""
    taken = [(spot.x - spot.radius, spot.y - spot.radius, spot.x + spot.radius, spot.y + spot.radius) for spot in spots]
    found: list[Beside | None] = []
    for number, spot in enumerate(spots):
        others = taken[:number] + taken[number + 1 :]
        free = (one for one, box in _places(spot, font_size) if box[0] >= 0 and box[2] <= width and _free(box, others))
        chosen = next(free, None)
        found.append(chosen)
        if chosen:
            taken.append(next(box for one, box in _places(spot, font_size) if one == chosen))
    return found


def _places(spot: Spot, font_size: float) -> Iterator[tuple[Beside, _Box]]:
    """Right, left, above, below, each with the box that the name fills."""
    wide, high = spot.characters * font_size * CHARACTER_WIDTH, font_size * LINE_HEIGHT
    away = spot.radius + GAP
    half = high / 2
    x, y = spot.x, spot.y
    yield Beside(right=away), (x + away, y - half, x + away + wide, y + half)
    yield Beside(right=-away, anchor="right"), (x - away - wide, y - half, x - away, y + half)
    for up in (away + half, -away - half):
        yield Beside(up=up, anchor="center"), (x - wide / 2, y + up - half, x + wide / 2, y + up + half)


def _free(box: _Box, others: Sequence[_Box]) -> bool:
    return all(box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1] for other in others)
