"""Acts: puts off making an encoder until the first text: what it loads takes longer than opening an archive."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from chronik.ports import Encode


class EncodeWhenAsked:
    """A `ports.Encode` that makes the real one when something is asked of it."""

    def __init__(self, make: Callable[[], Encode]) -> None:
        self._make = make

    @property
    def made_by(self) -> str:
        """Name and version of the model."""
        return self._real.made_by

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        return self._real.dimensions

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text."""
        return self._real.vectors(texts)

    @cached_property
    def _real(self) -> Encode:
        return self._make()
