"""How a dossier's clips would fare if they were articles to judge: what is typical of it (decides)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.suggesting.candidates import candidates
from chronik.relate.suggesting.evidence import EVIDENCE, evidence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from chronik.relate.suggesting.background import Background
    from chronik.relate.suggesting.profile import Profile

PARTS = 4
"""Each part of the clips is judged by the others."""
CLIPS_MAX = 60


def of_clips(profile: Profile, background: Background) -> NDArray[np.float32]:
    """Evidence for the latest clips, each judged by others; no rows where there are fewer than two clips."""
    clips = profile.clips[-CLIPS_MAX:]
    parts = min(PARTS, len(clips))
    if parts < 2:
        return np.zeros((0, len(EVIDENCE)), dtype=np.float32)
    rows = []
    for part in range(parts):
        others = tuple(clip for index, clip in enumerate(clips) if index % parts != part)
        judged = candidates(clips[part::parts], background=background)
        rows.append(evidence(replace(profile, clips=others), judged).columns)
    return np.concatenate(rows)
