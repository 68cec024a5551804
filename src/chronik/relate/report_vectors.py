"""Decides: the vector of a report, with its title heard beside the text.

What a text says first differs from house to house, and from language to language; the title is what it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.traits import beginning, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chronik.model import Report
    from chronik.ports import Encode

TITLE_SHARE = 0.4
MIXED = f"title {TITLE_SHARE}"
"""What vectors of reports are more than the encoder's own: kept with its name, since the two are not to be compared."""
LENGTH_MIN = 1e-9


def report_vectors(reports: Sequence[Report], *, encode: Encode) -> NDArray[np.float32]:
    """One row of length 1 for each report, of its title and of title and text; zeros where nothing can be read.

    Raises EncoderError when the encoder cannot be asked.
    """
    titled = [place for place, report in enumerate(reports) if title_of(report) and report.text.strip()]
    titles = [title_of(reports[place]) for place in titled]
    found = encode.vectors([*map(beginning, reports), *titles])
    whole, of_titles = found[: len(reports)].copy(), found[len(reports) :]
    mixed = (1 - TITLE_SHARE) * whole[titled] + TITLE_SHARE * of_titles
    whole[titled] = mixed / np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), LENGTH_MIN)
    return whole
