"""Decides how what relating read in a report is kept as bytes: traits with a mark of what made them, vectors at half.

Half-precision numbers tell cosines to three places, which is as far as they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chronik.errors import RefusedInputError
from chronik.relate import traits as traits_of_reports
from chronik.relate.features import Weighed, name_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chronik.relate.traits import Traits

MARK_BYTES = 8
_HALF, _WHOLE = np.dtype("<f2"), np.dtype("<f8")


def kept_vector(vector: NDArray[np.float32] | None) -> bytes:
    """A vector as bytes; nothing where there is none."""
    return b"" if vector is None or not np.any(vector) else vector.astype(_HALF).tobytes()


def vector(kept: bytes) -> NDArray[np.float32] | None:
    """The vector that was kept, of length 1 again; None where there was none, or it is damaged."""
    if not kept or len(kept) % _HALF.itemsize:
        return None
    found = np.frombuffer(kept, dtype=_HALF).astype(np.float32)
    length = float(np.linalg.norm(found))
    return found / np.float32(length) if np.isfinite(length) and length > 0 else None


def kept_weights(weighed: Weighed) -> bytes:
    """How rare a report's names and words were when it came, and how crowded its surroundings, as bytes."""
    return np.array([weighed.density, weighed.words_sum, *weighed.names], _WHOLE).tobytes()


def put_back(traits: Traits, weights: bytes) -> Weighed | None:
    """A report as it was weighed when it came; None where that was not kept, or of other traits.

    How rare each of its words and numbers was is left out: of an earlier report only their sum is asked.
    """
    if len(weights) != _WHOLE.itemsize * (2 + len(traits.names)):
        return None
    density, words_sum, *names = np.frombuffer(weights, _WHOLE).tolist()
    name_of = name_numbers(traits)
    return Weighed(
        traits=traits,
        name_of=name_of,
        keys=frozenset(name_of),
        names=tuple(names),
        words=dict.fromkeys(traits.words, 0.0),
        words_sum=words_sum,
        numbers=dict.fromkeys(traits.numbers, 0.0),
        density=density,
    )


def kept_traits(traits: Traits, *, mark: bytes) -> bytes:
    """Traits as bytes behind a mark of what they were made with."""
    return mark[:MARK_BYTES].ljust(MARK_BYTES, b"\0") + traits_of_reports.packed(traits)


def traits(kept: bytes, *, kept_vector: bytes, mark: bytes | None = None) -> Traits | None:
    """The traits that were kept; None where there are none, they or they are damaged or of another mark."""
    if mark is not None and kept[:MARK_BYTES] != mark[:MARK_BYTES].ljust(MARK_BYTES, b"\0"):
        return None
    try:
        return traits_of_reports.unpacked(kept[MARK_BYTES:], vector=vector(kept_vector))
    except RefusedInputError:
        return None
