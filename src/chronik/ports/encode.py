"""The socket towards sentence vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class Encode(Protocol):
    """Turns texts in any language into vectors: near ones say something similar."""

    @property
    def made_by(self) -> str:
        """Name and version of the model: vectors of different makers are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        ...

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text, shape (texts, dimensions); an empty text gives a row of zeros.

        Any string gives a vector: NUL, lone surrogates and great length are no error; what is longer than the model
        reads is cut. Raises EncoderError when the model or its server cannot be asked.
        """
        ...
