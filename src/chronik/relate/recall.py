"""Decides: which stories of months and years ago a story goes on from, and why.

Of a story beyond the window only its gist is known: its rarest names, numbers and words, and the middle of its vectors.
Stories that share what is rare are found by an index of these; a small additive model (`recall.json`, learned by
`python -m bench followups --learn`) says how likely one goes on from the other.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from chronik.model import Reason, ReasonKind, StoryLink
from chronik.relate.curves import Curves, curves_of, logistic
from chronik.relate.gists import key_of, rarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from chronik.relate.gists import Gist, GistName

GAP = timedelta(days=30)
"""Stories nearer in time are compared report by report (`placing`)."""
GROWN_TO = frozenset({1, 2, 4, 8, 16})
"""Reports at which a story's gist is made, and earlier stories are looked for."""
STORIES_A_KEY_MAX = 256
"""What stands in more stories is too common to tell anything."""
LOOKED_AT_MAX = 200
COMPARED_MAX = 24
LINKED_MAX = 3
WORDS_MAX = 4
FILE = "recall.json"
NAME = "recall"
RECALL = (
    "cosine",
    "no-vector",
    "names",
    "rarest-name",
    "names-share",
    "names-count",
    "other-name",
    "other-name-earlier",
    "numbers",
    "words",
    "one-language",
    "reports",
    "reports-earlier",
    "stories-kept",
)
"""The columns of a row of features, in order."""
_COLUMNS: Mapping[ReasonKind, tuple[str, ...]] = {
    ReasonKind.VECTORS: ("cosine", "no-vector"),
    ReasonKind.NAMES: ("names", "rarest-name", "names-share", "names-count"),
    ReasonKind.OTHER_NAMES: ("other-name", "other-name-earlier"),
    ReasonKind.NUMBERS: ("numbers",),
    ReasonKind.WORDS: ("words",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalling:
    """The model, and from which probability on a story is said to go on from an earlier one."""

    version: str
    curves: Curves
    linked: float


@cache
def shipped() -> Recalling:
    """The model that comes with Chronik."""
    content = json.loads(files("chronik.relate").joinpath(FILE).read_text(encoding="utf-8"))
    return Recalling(
        version=content["version"], curves=curves_of(content["model"], RECALL), linked=float(content["linked"])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Commonness:
    """In which kept stories each key of a gist stands."""

    stories: int
    """How many stories are kept."""
    holding: Mapping[int, Sequence[int]]
    """Key → numbers of stories that have it, the latest first, `STORIES_A_KEY_MAX` at most."""

    def rarity(self, key: int, *, supposed: float) -> float:
        """How rare a key is by the stories kept, and no rarer than was supposed; 0 where it is too common."""
        held = len(self.holding.get(key, ()))
        return 0.0 if held >= STORIES_A_KEY_MAX else min(supposed, rarity(held, of=self.stories))


def candidates(gist: Gist, common: Commonness) -> list[int]:
    """Numbers of the kept stories that share most of what is rare, `LOOKED_AT_MAX` at most."""
    found: defaultdict[int, float] = defaultdict(float)
    for keys, supposed in gist.keyed():
        best: dict[int, float] = {}
        for key in keys:
            rare = common.rarity(key, supposed=supposed)
            for number in common.holding.get(key, ()) if rare else ():
                best[number] = max(rare, best.get(number, 0.0))
        for number, rare in best.items():
            found[number] += rare
    return sorted(found, key=lambda number: (-found[number], -number))[:LOOKED_AT_MAX]


def is_apart(gist: Gist, other: Gist) -> bool:
    """Whether the two lie so far apart in time that the window did not compare them."""
    if gist.first_at is None or gist.last_at is None or other.first_at is None or other.last_at is None:
        return False
    return other.last_at <= gist.first_at - GAP or other.first_at >= gist.last_at + GAP


def links(
    gist: Gist, others: Iterable[Gist], *, common: Commonness, made_by: str, model: Recalling | None = None
) -> tuple[StoryLink, ...]:
    """What a story goes on from, or what goes on from it, among stories far from it in time; the likeliest first."""
    model = model or shipped()
    rest = [other for other in others if other.story != gist.story and is_apart(gist, other)][:COMPARED_MAX]
    if not rest:
        return ()
    compared = [Compared.of(gist, other, common=common) for other in rest]
    table = np.array([each.row for each in compared], np.float32)
    added = model.curves.added(table)
    chances = logistic(model.curves.bias + added.sum(axis=1))
    best = [int(at) for at in np.argsort(-chances, kind="stable") if chances[at] >= model.linked][:LINKED_MAX]
    return tuple(
        _link(gist, rest[at], score=float(chances[at]), reasons=_reasons(compared[at], added[at]), made_by=made_by)
        for at in best
    )


def _link(gist: Gist, other: Gist, *, score: float, reasons: tuple[Reason, ...], made_by: str) -> StoryLink:
    assert gist.first_at is not None, "what has no time is apart from nothing"
    assert other.first_at is not None, "what has no time is apart from nothing"
    earlier, later = (other, gist) if other.first_at < gist.first_at else (gist, other)
    return StoryLink(earlier=earlier.story, later=later.story, score=round(score, 4), reasons=reasons, made_by=made_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What two gists have in common."""

    row: tuple[float, ...]
    """As `RECALL` names it."""
    cosine: float | None
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    words: tuple[str, ...]
    others: tuple[str, ...]
    """The rarest name that only the one has, and that only the other has."""

    @staticmethod
    def of(gist: Gist, other: Gist, *, common: Commonness) -> Compared:
        """The two compared; how rare something is, is judged by the first."""
        shared, missed = _names(gist, other, common)
        mine = {key for name in gist.names for key in name.keys}
        missing = [name for name in other.names if mine.isdisjoint(name.keys)]
        numbers = _shared(gist.numbers, other.numbers, common)
        words = _shared(gist.words, other.words, common)
        cosine = _cosine(gist.middle, other.middle)
        total, lost = sum(weight for _, weight in shared), sum(weight for _, weight in missed)
        row = (
            cosine or 0.0,
            cosine is None,
            total,
            max((weight for _, weight in shared), default=0.0),
            total / (total + lost + 1),
            len(shared),
            max((weight for _, weight in missed), default=0.0),
            max((name.rarity for name in missing), default=0.0),
            sum(weight for _, weight in numbers),
            sum(weight for _, weight in words),
            not gist.languages.isdisjoint(other.languages),
            min(gist.reports, max(GROWN_TO)),
            min(other.reports, max(GROWN_TO)),
            math.log1p(common.stories),
        )
        rarest = [max(missed, key=lambda each: each[1])[0]] if missed else []
        rarest += [max(missing, key=lambda name: name.rarity).surface] if missing else []
        return Compared(
            row=tuple(map(float, row)),
            cosine=cosine,
            names=_told(shared),
            numbers=_told(numbers),
            words=_told(words),
            others=tuple(rarest),
        )


def _names(gist: Gist, other: Gist, common: Commonness) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Names that both have, as both write them, and names that only the first has, each with its rarity."""
    shared, missed = [], []
    theirs = {key: each for each in reversed(other.names) for key in each.keys}
    for name in gist.names:
        both = [key for key in name.keys if key in theirs]
        weight = max((common.rarity(key_of(key), supposed=name.rarity) for key in both or name.keys), default=0.0)
        if both:
            shared.append((_surfaces(name, theirs[both[0]]), weight))
        else:
            missed.append((name.surface, weight))
    return shared, missed


def _surfaces(name: GistName, other: GistName) -> str:
    same = name.surface.casefold() == other.surface.casefold()
    return name.surface if same else f"{name.surface}/{other.surface}"


def _shared(
    mine: Mapping[str, tuple[str, float]], theirs: Mapping[str, tuple[str, float]], common: Commonness
) -> list[tuple[str, float]]:
    return [
        (written, common.rarity(key_of(key), supposed=supposed))
        for key, (written, supposed) in mine.items()
        if key in theirs
    ]


def _cosine(mine: NDArray[np.float32] | None, theirs: NDArray[np.float32] | None) -> float | None:
    if mine is None or theirs is None or mine.shape != theirs.shape:
        return None
    return float(mine @ theirs)


def _told(weighed: list[tuple[str, float]]) -> tuple[str, ...]:
    return tuple(words for words, _ in sorted(weighed, key=lambda each: -each[1])[:WORDS_MAX])


def _reasons(compared: Compared, added: NDArray[np.float64]) -> tuple[Reason, ...]:
    by_name = dict(zip(RECALL, added.tolist(), strict=True))
    cosine = None if compared.cosine is None else round(compared.cosine, 3)
    words: dict[ReasonKind, tuple[tuple[str, ...], float | None]] = {
        ReasonKind.VECTORS: ((), cosine),
        ReasonKind.NAMES: (compared.names, None),
        ReasonKind.OTHER_NAMES: ((" / ".join(compared.others),) if len(compared.others) > 1 else (), None),
        ReasonKind.NUMBERS: (compared.numbers, None),
        ReasonKind.WORDS: (compared.words, None),
    }
    found = [
        Reason(
            kind=kind,
            words=told,
            value=value,
            weight=round(sum(by_name[column] for column in _COLUMNS[kind]), 3),
        )
        for kind, (told, value) in words.items()
        if told or value is not None
    ]
    return tuple(sorted(found, key=lambda reason: -abs(reason.weight)))
