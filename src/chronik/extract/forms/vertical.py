"""Whether a page is written in columns from above to below, as Japanese and Chinese may be (decides)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNS_MIN = 20
SHARE_MIN = 0.6
"""Of the signs that stand below the one before them."""
ASIDE_EMS = 0.3
STEP_EMS_MIN, STEP_EMS_MAX = 0.5, 2.0


def is_vertical(places: Sequence[tuple[float, float, float]]) -> bool:
    """Whether most signs stand right below the one before; places across and up, with the size of the type."""
    below = sum(
        abs(x - before_x) <= ASIDE_EMS * size and STEP_EMS_MIN * size <= before_y - y <= STEP_EMS_MAX * size
        for (before_x, before_y, _), (x, y, size) in pairwise(places)
    )
    return len(places) >= SIGNS_MIN and below >= SHARE_MIN * len(places)
