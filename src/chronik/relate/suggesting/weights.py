"""How much each kind of evidence weighs: read from weights.json, which the training writes (decides)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.suggesting.evidence import EVIDENCE

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """A logistic model that one can read."""

    weights: NDArray[np.float32]
    """One for each column of the evidence, in log-odds for evidence of 1."""
    bias: float
    threshold: float
    """Score below which nothing is proposed."""
    made_by: str

    def log_odds(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of each row of evidence."""
        return np.asarray(columns @ self.weights + self.bias, dtype=np.float32)


@cache
def shipped() -> Weights:
    """Those that come with the program; `python -m bench suggest --train` makes them."""
    read = json.loads(files("chronik.relate.suggesting").joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(
        weights=np.array([read["weights"][name] for name in EVIDENCE], dtype=np.float32),
        bias=read["bias"],
        threshold=read["threshold"],
        made_by=read["made_by"],
    )
