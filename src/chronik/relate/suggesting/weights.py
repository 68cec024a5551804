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
    typical: float
    """Log-odds for each that the dossier's own clips have, judged by each other: negative, as a dossier whose clips
    are very much alike asks more of an article than a wide one."""
    typical_bias: float
    typical_half: float
    """After so many clips, what is typical of them counts half as much as after very many."""
    threshold: float
    """Score below which nothing is proposed."""
    made_by: str

    def log_odds(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of each row of evidence."""
        return np.asarray(columns @ self.weights + self.bias, dtype=np.float32)

    def shift(self, of_clips: NDArray[np.float32]) -> float:
        """What the log-odds of a dossier's clips, each judged by the others, take off those of every article."""
        if not len(of_clips):
            return 0.0
        known = len(of_clips) / (len(of_clips) + self.typical_half)
        return known * (self.typical * float(of_clips.mean()) + self.typical_bias)


@cache
def shipped() -> Weights:
    """Those that come with the program; `python -m bench suggest --train` makes them."""
    read = json.loads(files("chronik.relate.suggesting").joinpath("weights.json").read_text(encoding="utf-8"))
    weights = np.array([read["weights"][name] for name in EVIDENCE], dtype=np.float32)
    return Weights(**{**read, "weights": weights})
