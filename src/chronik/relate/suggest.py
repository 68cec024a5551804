"""Which articles belong to a dossier, best first, with reasons (decides).

What speaks for an article is put together in a logistic model with a handful of weights
(`relate/suggesting/weights.json`): names and words of the dossier's names and introductions, its clips, its refusals,
stories, days. From the first minute the dossier's names and introductions do, in whatever language the article is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from chronik.model import Suggestion
from chronik.relate.suggesting.background import Background
from chronik.relate.suggesting.candidates import Candidates, candidates
from chronik.relate.suggesting.cohesion import of_clips
from chronik.relate.suggesting.evidence import evidence
from chronik.relate.suggesting.pieces import Piece, piece
from chronik.relate.suggesting.profile import Profile, profile
from chronik.relate.suggesting.reasons import reasons
from chronik.relate.suggesting.weights import Weights, shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "SUGGESTIONS_MAX",
    "Background",
    "Candidates",
    "Piece",
    "Profile",
    "candidates",
    "piece",
    "profile",
    "scores",
    "suggested",
]

SUGGESTIONS_MAX = 200
"""Nobody looks at more at once."""


def suggested(
    profile: Profile, found: Candidates, *, weights: Weights | None = None, limit: int = SUGGESTIONS_MAX
) -> tuple[Suggestion, ...]:
    """The articles that seem to belong to the dossier, best first; what was clipped or refused is left out."""
    used = weights or shipped()
    if not found.pieces:
        return ()
    of = evidence(profile, found)
    certain = _certain(profile, found, of.columns, used)
    order = np.lexsort((np.arange(len(certain)), -certain))
    proposed = [row for row in order.tolist() if certain[row] >= used.threshold]
    open_rows = [row for row in proposed if not profile.settled(found.pieces[row])][:limit]
    return tuple(
        Suggestion(
            dossier=profile.dossier,
            article=found.pieces[row].id,
            score=float(certain[row]),
            reasons=reasons(row, profile=profile, found=found, of=of, weights=used),
        )
        for row in open_rows
    )


def scores(profile: Profile, found: Candidates, *, weights: Weights | None = None) -> NDArray[np.float32]:
    """How probably each candidate belongs to the dossier, 0 to 1, in their order."""
    if not found.pieces:
        return np.zeros(0, dtype=np.float32)
    return _certain(profile, found, evidence(profile, found).columns, weights or shipped())


def _certain(profile: Profile, found: Candidates, columns: NDArray[np.float32], used: Weights) -> NDArray[np.float32]:
    shift = used.shift(used.log_odds(of_clips(profile, found.background)))
    log_odds = used.log_odds(columns) + shift
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -40, 40))), dtype=np.float32)
