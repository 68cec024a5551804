"""Decides: which earlier texts a new one copies, wholly or in part.

An inverted index over the smallest hashes of each text's sketch: texts that share two or more are compared sketch by
sketch. The newest texts lie in a dictionary, older ones on shelves of sorted arrays, so that a look-up costs a search
in some thirty arrays for a million texts.

What a source prints again and again (newsletter boxes, disclaimers, the form of its weather report) says nothing:
passages that stood in two of its earlier texts are left out when its next text is compared.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from chronik.relate.fingerprint import HASH_MAX, compared, reach, unpacked, values, verified, without
from chronik.relate.fingerprint import sketch as sketch_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from chronik.relate.fingerprint import Hashes, Likeness, Sketch

SHARE_SHOWN = 0.3
SHARE_CERTAIN = 0.6
"""Of the shorter text's shingles: one word in twenty changed leaves 0.81 of them."""
SHARE_CERTAIN_LOWEST = 0.5
"""And more than half, allowing for what a sample may be off in one case of twenty."""
CHANCE = 1.64
SEEN_CERTAIN_MIN = 12
WORDS_CERTAIN_MIN = 30
"""In fewer words two notices may say the same by chance, or by their form: nearly all of both must be the same."""
RESEMBLANCE_CERTAIN_SHORT = 0.8
WORDS_MIN = 8
VERIFIED_CERTAIN = 0.6
"""Of the shorter text's words, where the texts are at hand: an update that keeps two fifths has at most 0.5."""
NUMBERS_CERTAIN = 0.5
NUMBERS_COMPARED_MIN = 2
"""One form filled in twice has the same words and other numbers."""

INDEXED_MIN = 24
SHINGLES_AN_INDEXED = 12
SHARED_MIN = 2
CANDIDATES_MAX = 48
POSTINGS_MAX = 64
"""Texts a hash and shelf that are looked at, those added first."""
FURNITURE_TEXTS = 2
FURNITURE_CANDIDATES_MAX = 12
CONTENT_MIN = 0.15
"""Where less than this is left without furniture, the text is taken whole: it is itself what is repeated."""
EPOCH, SECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(seconds=1)
OPEN_TEXTS_MAX = 1_024
SHELVES_TO_MERGE = 8
SHELF_TEXTS_MAX = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An earlier text that has something in common with the one that was asked about."""

    of: str
    when: datetime
    """What was said of the earlier text when it was added, to the second, in UTC."""
    share: float
    """Share of the shorter text that the longer one has."""
    resemblance: float
    """Share of both texts' shingles that both have."""
    held: float
    """Share of the text that was asked about that the earlier one has: low where it adds much of its own."""
    certain: bool
    """Beyond doubt that one was made from the other, or both from a third."""


class Copies:
    """Texts that were seen, and what a new one has in common with them."""

    def __init__(self) -> None:
        self._open = _Open()
        self._shelves: list[_Shelf] = []
        self._ids: set[str] = set()
        self._horizon = _seconds(datetime.min.replace(tzinfo=UTC))

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, text: str, sketch: Sketch, *, when: datetime, source: str = "") -> None:
        """Remember a text by its id; one that is there already stays as it is."""
        if text in self._ids:
            return
        self._ids.add(text)
        self._open.add(text, sketch, when=_seconds(when), source=_source_number(source))
        if len(self._open.ids) >= OPEN_TEXTS_MAX:
            self._shelves.append(self._open.shelf())
            self._open = _Open()
            self._merge()

    def found(self, sketch: Sketch, *, source: str = "") -> tuple[Copy, ...]:
        """Earlier texts that share a good part with this one, certain ones first, then by share, then the earliest."""
        if sketch.words < WORDS_MIN:
            return ()
        candidates = self._candidates(sketch)
        own = _source_number(source)
        furniture, known = _furniture(sketch, [each for each in candidates if own and each.source == own])
        content = without(sketch, furniture, up_to=known)
        if len(furniture):
            candidates = self._candidates(content)
        shown = []
        for each in candidates[:CANDIDATES_MAX]:
            earlier = unpacked(each.packed)
            copy = _judged(each, content, without(earlier, furniture))
            if copy.share >= SHARE_SHOWN:
                shown.append((not copy.certain, -round(copy.share, 1), each.when, copy.of, copy))
        return tuple(each[-1] for each in sorted(shown, key=lambda each: each[:-1]))

    def forget_before(self, when: datetime) -> None:
        """Leave out texts from before this moment, and free what only they took."""
        self._horizon = max(self._horizon, _seconds(when))
        for shelf in self._shelves:
            if shelf.whens.max() < self._horizon:
                self._ids.difference_update(shelf.ids)
        self._shelves = [shelf for shelf in self._shelves if shelf.whens.max() >= self._horizon]

    def _candidates(self, sketch: Sketch) -> list[_Candidate]:
        """Texts that may have something in common with this one, those with the most shared hashes first."""
        kept: list[_Open | _Shelf] = [self._open, *self._shelves]
        hashes = values(sketch.hashes)
        found = [
            _Candidate(
                shared=shared,
                when=int(texts.whens[place]),
                source=int(texts.sources[place]),
                id=texts.ids[place],
                packed=texts.packed[place],
            )
            for texts in kept
            for place, shared in texts.sharing(hashes)
        ]
        live = (each for each in found if each.when >= self._horizon)
        return sorted(live, key=lambda each: (-each.shared, each.when))

    def _merge(self) -> None:
        """Make one shelf of the last ones, where there are enough of one size."""
        while len(self._shelves) >= SHELVES_TO_MERGE:
            last = self._shelves[-SHELVES_TO_MERGE:]
            size = len(last[-1].ids)
            if size >= SHELF_TEXTS_MAX or any(len(shelf.ids) != size for shelf in last):
                return
            self._shelves[-SHELVES_TO_MERGE:] = [_merged(last)]


def _judged(candidate: _Candidate, asked: Sketch, earlier: Sketch) -> Copy:
    """What a text that was asked about has in common with an earlier one."""
    likeness = compared(asked, earlier)
    return Copy(
        of=candidate.id,
        when=EPOCH + candidate.when * SECOND,
        share=likeness.first if asked.shingles <= earlier.shingles else likeness.second,
        resemblance=likeness.resemblance,
        held=likeness.first,
        certain=_certain(likeness, asked, earlier),
    )


def confirmed(copy: Copy, *, text: str, earlier: str) -> Copy:
    """The same, decided on the texts themselves where sketches left doubt: much edited copies become certain."""
    here, there = sketch_of(text), sketch_of(earlier)
    if copy.certain or min(here.words, there.words) < WORDS_CERTAIN_MIN or _is_other_form(compared(here, there)):
        return copy
    return replace(copy, certain=verified(text, earlier) >= VERIFIED_CERTAIN)


def _is_other_form(likeness: Likeness) -> bool:
    """Whether the same words hold other numbers."""
    return likeness.numbers_seen >= NUMBERS_COMPARED_MIN and likeness.numbers < NUMBERS_CERTAIN


def _certain(likeness: Likeness, asked: Sketch, earlier: Sketch) -> bool:
    if _is_other_form(likeness):
        return False
    if min(asked.words, earlier.words) < WORDS_CERTAIN_MIN:
        return likeness.resemblance >= RESEMBLANCE_CERTAIN_SHORT
    shorter, share = (asked, likeness.first) if asked.shingles <= earlier.shingles else (earlier, likeness.second)
    is_sample = likeness.seen < shorter.shingles
    error = CHANCE * math.sqrt(share * (1 - share) / max(likeness.seen, 1)) if is_sample else 0.0
    return likeness.seen >= SEEN_CERTAIN_MIN and share >= SHARE_CERTAIN and share - error >= SHARE_CERTAIN_LOWEST


def _furniture(sketch: Sketch, earlier: Sequence[_Candidate]) -> tuple[Hashes, int]:
    """Hashes of the text that its source has printed before, and the hash up to which that is known.

    None where they are nearly all of the text.
    """
    mine = values(sketch.hashes)
    latest = [unpacked(each.packed) for each in sorted(earlier, key=lambda each: -each.when)[:FURNITURE_CANDIDATES_MAX]]
    if len(latest) < FURNITURE_TEXTS:
        return mine[:0], HASH_MAX
    known = sorted(map(reach, latest))[-FURNITURE_TEXTS]
    mine = mine[: np.searchsorted(mine, known, side="right")]
    times = np.sum([np.isin(mine, values(each.hashes), assume_unique=True) for each in latest], axis=0)
    repeated = mine[times >= FURNITURE_TEXTS]
    return (repeated, known) if len(repeated) <= (1 - CONTENT_MIN) * len(mine) else (mine[:0], HASH_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    id: str
    when: int
    source: int
    packed: bytes
    shared: int


class _Open:
    """The texts that came last."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.whens: list[int] = []
        self.sources: list[int] = []
        self.packed: list[bytes] = []
        self._places: dict[int, list[int]] = {}

    def add(self, text: str, sketch: Sketch, *, when: int, source: int) -> None:
        for each in _indexed(sketch).tolist():
            self._places.setdefault(each, []).append(len(self.ids))
        self.ids.append(text)
        self.whens.append(when)
        self.sources.append(source)
        self.packed.append(sketch.packed())

    def sharing(self, hashes: Hashes) -> Iterator[tuple[int, int]]:
        """Places of texts that share enough hashes, and how many."""
        counts = Counter(place for each in hashes.tolist() for place in self._places.get(each, ())[:POSTINGS_MAX])
        return ((place, shared) for place, shared in counts.items() if shared >= SHARED_MIN)

    def shelf(self) -> _Shelf:
        """The same, in little room."""
        pairs = sorted((each, place) for each, places in self._places.items() for place in places)
        return _Shelf(
            ids=tuple(self.ids),
            whens=np.array(self.whens, dtype=np.int64),
            sources=np.array(self.sources, dtype=np.uint32),
            packed=tuple(self.packed),
            hashes=np.array([each for each, _ in pairs], dtype=np.uint32),
            places=np.array([place for _, place in pairs], dtype=np.int32),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """Texts that came earlier, in the order of their coming."""

    ids: tuple[str, ...]
    whens: NDArray[np.int64]
    sources: NDArray[np.uint32]
    packed: tuple[bytes, ...]
    hashes: Hashes
    """Ascending."""
    places: NDArray[np.int32]
    """Which text each of the hashes is of."""

    def sharing(self, hashes: Hashes) -> Iterator[tuple[int, int]]:
        """Places of texts that share enough hashes, and how many."""
        begin = np.searchsorted(self.hashes, hashes, side="left")
        many = np.minimum(np.searchsorted(self.hashes, hashes, side="right") - begin, POSTINGS_MAX)
        begin, many = begin[many > 0], many[many > 0]
        steps = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        places, counts = np.unique(self.places[np.repeat(begin, many) + steps], return_counts=True)
        enough = counts >= SHARED_MIN
        return zip(places[enough].tolist(), counts[enough].tolist(), strict=True)


def _merged(shelves: Sequence[_Shelf]) -> _Shelf:
    starts = np.cumsum([0, *(len(shelf.ids) for shelf in shelves[:-1])])
    hashes = np.concatenate([shelf.hashes for shelf in shelves])
    places = np.concatenate(
        [shelf.places + np.int32(start) for shelf, start in zip(shelves, starts.tolist(), strict=True)]
    )
    order = np.argsort(hashes, kind="stable")
    return _Shelf(
        ids=tuple(text for shelf in shelves for text in shelf.ids),
        whens=np.concatenate([shelf.whens for shelf in shelves]),
        sources=np.concatenate([shelf.sources for shelf in shelves]),
        packed=tuple(packed for shelf in shelves for packed in shelf.packed),
        hashes=hashes[order],
        places=places[order],
    )


def _seconds(when: datetime) -> int:
    return (when - EPOCH) // SECOND


def _source_number(source: str) -> int:
    """The same for one source, whatever its name's length; 0 for none."""
    return crc32(source.encode(errors="replace"))


def _indexed(sketch: Sketch) -> Hashes:
    return values(sketch.hashes)[: max(INDEXED_MIN, sketch.shingles // SHINGLES_AN_INDEXED)]
