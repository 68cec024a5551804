"""Which statements say nearly the same words: cut, with a word changed, or quoted at other length (decides).

Numbers must agree: the toll of another day is another statement.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORDS_MIN = 6
WORDS_UNNAMED_MIN = 10
"""Where nobody is named as the speaker, so many words must be there."""
WORDS_READ_MAX = 60
"""Of each statement."""
PAIRS_FROM = 0.75
"""Share of the shorter statement's pairs of neighbouring words that the longer one has, too."""
LENGTH_FROM = 0.4
"""The shorter has at least this share of the longer one's words."""
RUN = 4
SAME_RUN_MAX = 30
"""Statements that share a run of words: with more of them the run is an idiom."""
REPEAT_CONFIDENCE = 0.96
"""Share of what is found that is one statement, rounded down: see docs/BENCHMARKS.md."""
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=4_096)
def plain(words: str) -> str:
    """Words without case and punctuation, one space apart."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", words).casefold()).strip()


def repeats(said: Sequence[tuple[str, str]]) -> dict[int, int]:
    """Index of a statement → of the earlier one that it nearly repeats; given as words and speaker, oldest first."""
    tokens = [plain(words).split()[:WORDS_READ_MAX] for words, _ in said]
    by_run: dict[int, list[int]] = defaultdict(list)
    found: dict[int, int] = {}
    for index, (own, (_, speaker)) in enumerate(zip(tokens, said, strict=True)):
        if len(own) < (WORDS_MIN if speaker else WORDS_UNNAMED_MIN):
            continue
        runs = [hash((speaker, *run)) for run in _runs(own)]
        others = dict.fromkeys(other for run in runs for other in by_run[run][:SAME_RUN_MAX])
        earlier = next((other for other in others if _nearly(tokens[other], own)), None)
        if earlier is not None:
            found[index] = found.get(earlier, earlier)
        for run in runs:
            if len(by_run[run]) < SAME_RUN_MAX:
                by_run[run].append(index)
    return found


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def _nearly(first: Sequence[str], second: Sequence[str]) -> bool:
    short, long = sorted((first, second), key=len)
    if len(short) < LENGTH_FROM * len(long):
        return False
    numbers = {word for word in short if any(letter.isdigit() for letter in word)}
    if not numbers <= set(long):
        return False
    pairs, others = (set(pairwise(words)) for words in (short, long))
    return len(pairs & others) >= PAIRS_FROM * len(pairs)
