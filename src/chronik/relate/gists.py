"""Decides: what is kept of a story beyond the window: its rarest names, numbers and words, and a mean vector.

A gist takes some two kilobytes, however long the story is.
"""

from __future__ import annotations

import json
import math
import zlib
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from chronik.relate import keeping
from chronik.relate.background import NUMBER, SUPPOSED_REPORTS, WORD, Background

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from chronik.relate.traits import NameTrait, Traits

NAMES_KEPT = 12
KEYS_A_NAME = 4
NUMBERS_KEPT = 6
WORDS_KEPT = 8
REPORTS_READ = 16
"""Of a story: its first, and its latest."""
SURFACE_CHARACTERS = 80
RARITY_MAX = 9.0
"""One in eight thousand; what is rarer still tells no more."""
UNPACKED_BYTES_MAX = 64_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GistName:
    """A name that is rare, and what it may be called."""

    surface: str
    keys: tuple[str, ...]
    rarity: float
    """When the gist was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What is kept of a story."""

    story: str
    first_at: datetime | None
    last_at: datetime | None
    reports: int
    languages: frozenset[str] = frozenset()
    names: tuple[GistName, ...] = ()
    numbers: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    """Value → as written, and how rare it was."""
    words: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    """Beginning of each folded word → as written, and how rare it was."""
    middle: NDArray[np.float32] | None = None
    """Of length 1."""

    def keyed(self) -> Iterator[tuple[tuple[int, ...], float]]:
        """What the story can be found by: the keys of each name, number and word, with its rarity."""
        for name in self.names:
            yield tuple(map(key_of, name.keys)), name.rarity
        for key, (_, rare) in (*self.numbers.items(), *self.words.items()):
            yield (key_of(key),), rare

    def found_by(self) -> tuple[int, ...]:
        """All that the story can be found by, in order."""
        return tuple(sorted({key for keys, _ in self.keyed() for key in keys}))


@lru_cache(maxsize=100_000)
def key_of(key: str) -> int:
    """A key as a number of 63 bits, the same on every machine."""
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def rarity(held: int, *, of: int) -> float:
    """Logarithm of how many there are to one that holds it, drawn in at the end."""
    return max(0.0, min(RARITY_MAX, math.log((of + SUPPOSED_REPORTS) / (held + 1))))


def gist_of(
    story: str, reports: Sequence[Traits], *, middle: NDArray[np.float32] | None, background: Background
) -> Gist:
    """The gist of a story, names and words of its first report and its latest; `middle` is a sum of vectors."""
    read = [reports[0], *reports[1:][-(REPORTS_READ - 1) :]] if reports else []
    times = sorted(traits.published for traits in reports if traits.published is not None)
    length = 0.0 if middle is None else float(np.linalg.norm(middle))
    return Gist(
        story=story,
        first_at=times[0] if times else None,
        last_at=times[-1] if times else None,
        reports=len(reports),
        languages=frozenset(traits.language for traits in read),
        names=_names(read, background),
        numbers=_rarest([traits.numbers for traits in read], background, prefix=NUMBER, limit=NUMBERS_KEPT),
        words=_rarest([traits.words for traits in read], background, prefix=WORD, limit=WORDS_KEPT),
        middle=None if middle is None or not length else (middle / length).astype(np.float32),
    )


def _names(reports: Sequence[Traits], background: Background) -> tuple[GistName, ...]:
    """The names that are rarest and stand in most of the reports."""
    first: dict[str, NameTrait] = {}
    counts: Counter[str] = Counter()
    for traits in reports:
        for name in traits.names:
            known = next((key for key in name.keys if key in first), name.keys[0])
            counts[known] += 1
            for key in (known, *name.keys[:KEYS_A_NAME]):
                first.setdefault(key, first.get(known, name))
    weighed = []
    for key, count in counts.items():
        name = first[key]
        rare = min(RARITY_MAX, *map(background.rarity, name.keys))
        weight = rare * min(1.0, name.prominence) * math.sqrt(count / len(reports))
        weighed.append((-weight, name.surface, name, rare))
    weighed.sort(key=lambda each: each[:2])
    return tuple(
        GistName(surface=name.surface[:SURFACE_CHARACTERS], keys=name.keys[:KEYS_A_NAME], rarity=round(rare, 3))
        for weight, _, name, rare in weighed[:NAMES_KEPT]
        if weight < 0
    )


def _rarest(
    reports: Sequence[Mapping[str, str]], background: Background, *, prefix: str, limit: int
) -> dict[str, tuple[str, float]]:
    counts = Counter(key for each in reports for key in each)
    written = {key: word for each in reversed(reports) for key, word in each.items()}
    rare = {key: min(RARITY_MAX, background.rarity(prefix + key)) for key in counts}
    best = sorted(counts, key=lambda key: (-rare[key] * math.sqrt(counts[key]), key))[:limit]
    return {prefix + key: (written[key][:SURFACE_CHARACTERS], round(rare[key], 3)) for key in best if rare[key]}


def packed(gist: Gist) -> bytes:
    """What a gist holds, as bytes to be kept, without the vector, the story and its times."""
    content = {
        "reports": gist.reports,
        "languages": sorted(gist.languages),
        "names": [[name.surface, name.rarity, *name.keys] for name in gist.names],
        "numbers": {key: list(value) for key, value in gist.numbers.items()},
        "words": {key: list(value) for key, value in gist.words.items()},
    }
    return zlib.compress(json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode(), 6)


def unpacked(
    content: bytes, *, vector: bytes, story: str, times: tuple[datetime | None, datetime | None]
) -> Gist | None:
    """A gist out of what `packed` made; None where it is damaged."""
    try:
        held = json.loads(zlib.decompressobj().decompress(content, UNPACKED_BYTES_MAX))
        return Gist(
            story=story,
            first_at=times[0],
            last_at=times[1],
            reports=int(held["reports"]),
            languages=frozenset(held["languages"]),
            names=tuple(GistName(surface=row[0], rarity=float(row[1]), keys=tuple(row[2:])) for row in held["names"]),
            numbers={key: (value[0], float(value[1])) for key, value in held["numbers"].items()},
            words={key: (value[0], float(value[1])) for key, value in held["words"].items()},
            middle=keeping.vector(vector),
        )
    except (zlib.error, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None
