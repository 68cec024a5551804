"""What speaks for each article belonging to a dossier, as numbers (decides)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.suggesting.candidates import table_of_names, table_of_words
from chronik.relate.suggesting.pieces import SLOTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from chronik.relate.suggesting.candidates import Candidates, Table
    from chronik.relate.suggesting.pieces import Piece
    from chronik.relate.suggesting.profile import Profile

NEAREST = 3
"""An article is compared with so many of the clips that are nearest to it."""
HALF_LEARNED_CLIPS = 4
"""After so many clips, what is like them counts half as much as after very many."""
NAMES_WANTED = 6
"""An article that names so many of the dossier's names has them all."""
NEARLY_AS_NEAR = 0.1
"""A refused article speaks against what is so much less near to it than to a clip or to the dossier's words, too."""
ACTIVE_DAYS = 14
"""A dossier is at work on days that are so near to those of its clips."""
EVIDENCE = (
    "dossier_names",
    "dossier_words",
    "dossier_vector",
    "clip_names",
    "clip_words",
    "clip_nearest",
    "clip_middle",
    "refused",
    "in_story",
    "refused_story",
    "active",
    "learned",
)
"""Columns of the evidence."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """What speaks for each candidate."""

    columns: NDArray[np.float32]
    """Shape (candidates, EVIDENCE)."""
    nearest_clip: NDArray[np.int64]
    """Index of the clip that each is nearest to, -1 without."""
    nearest_text: NDArray[np.int64]
    clip_cosine: NDArray[np.float32]
    refused_cosine: NDArray[np.float32]


def evidence(profile: Profile, found: Candidates) -> Evidence:
    """What speaks for each candidate belonging to the dossier."""
    learned = len(profile.clips) / (len(profile.clips) + HALF_LEARNED_CLIPS)
    texts, clips, refused = (_cosines(pieces, found) for pieces in (profile.texts, profile.clips, profile.refused))
    nearest = np.maximum(_best(clips), _best(texts))
    columns = {
        "dossier_names": _dossier_names(profile, found),
        "dossier_words": _dossier_words(profile, found),
        "dossier_vector": _best(texts),
        "clip_names": learned * _clip_names(profile, found),
        "clip_words": learned * _clip_words(profile, found),
        "clip_nearest": learned * _mean_of_nearest(clips),
        "clip_middle": learned * _middle(profile.clips, found),
        "refused": np.maximum(0, _best(refused) - nearest + NEARLY_AS_NEAR) * (_best(refused) > 0),
        "in_story": _in_stories(profile.clips, found),
        "refused_story": _in_stories(profile.refused, found),
        "active": _active(profile, found),
        "learned": np.full(len(found.pieces), learned),
    }
    return Evidence(
        columns=np.stack([columns[name] for name in EVIDENCE], axis=1).astype(np.float32),
        nearest_clip=_which(clips),
        nearest_text=_which(texts),
        clip_cosine=_best(clips),
        refused_cosine=_best(refused),
    )


def _cosines(pieces: Sequence[Piece], found: Candidates) -> NDArray[np.float32]:
    """Shape (candidates, pieces)."""
    rows = found.background.centred(pieces, dimensions=found.vectors.shape[1])
    return np.asarray(found.vectors @ rows.T, dtype=np.float32)


def _best(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(cosines.max(axis=1, initial=0), dtype=np.float32)


def _which(cosines: NDArray[np.float32]) -> NDArray[np.int64]:
    if not cosines.shape[1]:
        return np.full(cosines.shape[0], -1)
    return np.asarray(np.where(cosines.max(axis=1) > 0, cosines.argmax(axis=1), -1), dtype=np.int64)


def _mean_of_nearest(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    count = min(NEAREST, cosines.shape[1])
    if not count:
        return np.zeros(cosines.shape[0], dtype=np.float32)
    return np.asarray(np.partition(cosines, -count, axis=1)[:, -count:].mean(axis=1), dtype=np.float32)


def _middle(pieces: Sequence[Piece], found: Candidates) -> NDArray[np.float32]:
    rows = found.background.centred(pieces, dimensions=found.vectors.shape[1])
    middle = rows.sum(axis=0)
    length = np.linalg.norm(middle)
    return np.asarray(found.vectors @ (middle / length if length > 0 else middle), dtype=np.float32)


def _shares(table: Table, rows: int) -> NDArray[np.float32]:
    """How large a share of the rows each name or word stands in."""
    counts = np.bincount(table.firsts(), weights=table.weights, minlength=SLOTS)
    return np.asarray(counts / max(1, rows), dtype=np.float32)


def _dossier_names(profile: Profile, found: Candidates) -> NDArray[np.float32]:
    """How many of the names in the dossier's names and introductions it names, rare ones counting most."""
    table = table_of_names(profile.texts)
    wanted = np.zeros(SLOTS, dtype=np.float32)
    np.maximum.at(wanted, table.firsts(), table.weights)
    return _covered(wanted, table, found)


def _clip_names(profile: Profile, found: Candidates) -> NDArray[np.float32]:
    """How many of the names that its clips name it names."""
    table = table_of_names(profile.clips)
    return _covered(np.sqrt(_shares(table, len(profile.clips))), table, found)


def _covered(wanted: NDArray[np.float32], table: Table, found: Candidates) -> NDArray[np.float32]:
    """How much of what is wanted each has; `table` tells under which other slots a wanted name may be found."""
    weighed = wanted * found.background.rarity_of_names()
    heaviest = np.sort(weighed[weighed > 0])[::-1][:NAMES_WANTED].sum()
    if heaviest <= 0:
        return np.zeros(len(found.pieces), dtype=np.float32)
    spread = weighed.copy()
    np.maximum.at(spread, table.slots, np.repeat(weighed[table.firsts()], table.lengths()))
    return np.asarray(np.minimum(1, found.names.sums(spread) / heaviest), dtype=np.float32)


def _dossier_words(profile: Profile, found: Candidates) -> NDArray[np.float32]:
    """How many of the words of one of its names or introductions it has, at best."""
    rarity = found.background.rarity_of_words()
    best = np.zeros(len(found.pieces), dtype=np.float32)
    for text in profile.texts:
        wanted = np.zeros(SLOTS, dtype=np.float32)
        wanted[text.slots] = rarity[text.slots] ** 2
        best = np.maximum(best, found.words.sums(wanted) / max(1e-6, float(wanted.sum())))
    return best


def _clip_words(profile: Profile, found: Candidates) -> NDArray[np.float32]:
    """Cosine between its words and those of all clips, each weighed by how rare it is."""
    rarity = found.background.rarity_of_words() ** 2
    shares = _shares(table_of_words(profile.clips), len(profile.clips))
    length = float(np.linalg.norm(shares * rarity))
    lengths = np.sqrt(found.words.sums(rarity**2))
    return np.asarray(found.words.sums(shares * rarity**2) / np.maximum(1e-6, length * lengths), dtype=np.float32)


def _in_stories(pieces: Sequence[Piece], found: Candidates) -> NDArray[np.float32]:
    stories = {one.story for one in pieces if one.story}
    return np.array([one.story in stories for one in found.pieces], dtype=np.float32)


def _active(profile: Profile, found: Candidates) -> NDArray[np.float32]:
    """How much the dossier was at work around the day of publication, 0 to 1."""
    days = np.array(sorted(one.published.timestamp() / 86_400 for one in profile.clips if one.published))
    if not len(days):
        return np.zeros(len(found.pieces), dtype=np.float32)
    first, last = np.searchsorted(days, found.days - ACTIVE_DAYS), np.searchsorted(days, found.days + ACTIVE_DAYS)
    near = np.where(np.isnan(found.days), 0, last - first)
    return np.asarray(np.log1p(near) / np.log1p(len(days)), dtype=np.float32)
