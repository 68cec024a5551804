"""The same words said again in other reports become one entry; certain translations stand with them (decides).

What stands under an entry says how surely it is the same statement.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from chronik.relate.speaking.repeats import REPEAT_CONFIDENCE, plain, repeats
from chronik.relate.speaking.told import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from chronik.relate.speaking.told import Utterance

WORDS_MIN = 6
"""Shorter statements are one only where the speaker is one too."""
TRANSLATION_COSINE = 0.88
"""Of vectors as the encoder gives them. See docs/BENCHMARKS.md for how surely this tells a translation."""
TRANSLATION_CONFIDENCE = 0.98
"""Share of what is shown as a translation that is one, rounded down."""
TRANSLATION_HOURS = 36
COMPARED_MAX = 1_000
"""Of one speaker's statements so many are looked at for translations."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement with the party that it is by: group of speakers and side."""

    utterance: Utterance
    party: str
    speaker: str


def folded(entries: list[Entry]) -> list[Entry]:
    """Each statement once, as the earliest report has it, or the one that names the speaker; oldest first."""
    by_words: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        words = plain(entry.utterance.words)
        apart = "" if len(words.split()) >= WORDS_MIN else entry.speaker or entry.utterance.article
        by_words[words, apart].append(entry)
    kept = sorted((_together(group) for group in by_words.values()), key=lambda entry: _order(entry.utterance))
    under = repeats([(entry.utterance.words, entry.speaker) for entry in kept])
    beneath: dict[int, list[Place]] = defaultdict(list)
    for later, earlier in under.items():
        repeated = kept[later].utterance
        beneath[earlier] += [replace(one, confidence=REPEAT_CONFIDENCE) for one in (_place(repeated), *repeated.again)]
    return [_with_places(entry, beneath[index]) for index, entry in enumerate(kept) if index not in under]


def _with_places(entry: Entry, more: list[Place]) -> Entry:
    if not more:
        return entry
    return replace(entry, utterance=replace(entry.utterance, again=(*entry.utterance.again, *more)))


def _together(group: list[Entry]) -> Entry:
    ordered = sorted(group, key=lambda entry: (not entry.speaker, *_order(entry.utterance)))
    first = ordered[0]
    again = sorted((entry.utterance for entry in ordered[1:]), key=_order)
    return replace(first, utterance=replace(first.utterance, again=tuple(map(_place, again))))


def _place(one: Utterance) -> Place:
    return Place(
        article=one.article,
        start=one.start,
        end=one.end,
        credit=one.credit,
        language=one.language,
        published=one.published,
    )


def _order(one: Utterance) -> tuple[bool, float, str, int]:
    """Oldest first; what has no day comes last."""
    published = one.published.timestamp() if one.published else 0.0
    return (one.published is None, published, one.article, one.start)


def with_translations(entries: list[Entry], vectors: Mapping[tuple[str, int], NDArray[np.float32]]) -> list[Entry]:
    """Statements of one speaker that are certainly one in several languages stand under the earliest of them."""
    pairs = _translations(entries, vectors)
    under: dict[int, int] = {}
    for later, earlier in sorted(pairs.items()):
        under[later] = under.get(earlier, earlier)
    beneath: dict[int, list[Utterance]] = defaultdict(list)
    for later, earlier in under.items():
        beneath[earlier].append(replace(entries[later].utterance, confidence=TRANSLATION_CONFIDENCE))
    return [
        replace(entry, utterance=replace(entry.utterance, translations=tuple(beneath[index])))
        for index, entry in enumerate(entries)
        if index not in under
    ]


def _translations(entries: list[Entry], vectors: Mapping[tuple[str, int], NDArray[np.float32]]) -> dict[int, int]:
    """Index of a later statement → of the earlier one that it translates, where each is the other's nearest."""
    by_speaker: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(entries):
        known = (entry.utterance.article, entry.utterance.start) in vectors
        if entry.speaker and known and len(by_speaker[entry.speaker]) < COMPARED_MAX:
            by_speaker[entry.speaker].append(index)
    found: dict[int, int] = {}
    for indexes in by_speaker.values():
        rows = np.stack([vectors[entries[i].utterance.article, entries[i].utterance.start] for i in indexes])
        cosines = rows @ rows.T
        nearest = [_nearest(place, indexes, cosines, entries) for place in range(len(indexes))]
        for place, others in enumerate(nearest):
            mutual = [other for other in others if other < place and place in nearest[other]]
            if mutual:
                found[indexes[place]] = indexes[min(mutual)]
    return found


def _nearest(place: int, indexes: list[int], cosines: NDArray[np.float32], entries: list[Entry]) -> set[int]:
    """Of each other language the nearest statement, where it is near enough."""
    best: dict[str, int] = {}
    one = entries[indexes[place]].utterance
    for other in np.flatnonzero(cosines[place] >= TRANSLATION_COSINE).tolist():
        two = entries[indexes[other]].utterance
        if two.language == one.language or not _close_in_time(one, two):
            continue
        if two.language not in best or cosines[place, other] > cosines[place, best[two.language]]:
            best[two.language] = other
    return set(best.values())


def _close_in_time(one: Utterance, two: Utterance) -> bool:
    if one.published is None or two.published is None:
        return False
    return abs(one.published - two.published) <= timedelta(hours=TRANSLATION_HOURS)
