"""Decides: why two reports were judged as they were, out of what each feature added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.model import Reason, ReasonKind
from chronik.relate.features import PAIR, hours_apart
from chronik.relate.side_by_side import both

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chronik.relate.features import Weighed

WORDS_MAX = 4
_COLUMNS: Mapping[ReasonKind, tuple[str, ...]] = {
    ReasonKind.VECTORS: (
        "cosine", "cosine-raw", "cosine-one-language", "cosine-two-languages", "one-language",
        "nearer-than-first", "nearer-than-second",
    ),
    ReasonKind.NAMES: ("names", "rarest-name", "names-share", "names-count"),
    ReasonKind.OTHER_NAMES: ("names-conflict", "other-name-first", "other-name-second"),
    ReasonKind.WORDS: ("words", "rarest-word", "words-both", "words-short"),
    ReasonKind.NUMBERS: ("numbers",),
    ReasonKind.OTHER_NUMBERS: ("other-numbers",),
    ReasonKind.DATES: ("dates",),
    ReasonKind.OTHER_DATES: ("other-dates", "other-years"),
    ReasonKind.HOURS_APART: ("hours", "undated"),
}  # fmt: skip
"""Which features each reason speaks of."""


def reasons(new: Weighed, old: Weighed, *, added: Sequence[float], cosine: float | None) -> tuple[Reason, ...]:
    """Reasons, the weightiest first; `added` is what each feature of `PAIR` added to the log-odds."""
    by_name = dict(zip(PAIR, added, strict=True))
    found = []
    for kind, columns in _COLUMNS.items():
        weight = float(sum(by_name[column] for column in columns))
        reason = _REASONS[kind](new, old, cosine)
        if reason is not None:
            words, value = reason
            found.append(Reason(kind=kind, words=words, value=value, weight=round(weight, 3)))
    return tuple(sorted(found, key=lambda reason: -abs(reason.weight)))


_Told = tuple[tuple[str, ...], float | None] | None


def _vectors(_new: Weighed, _old: Weighed, cosine: float | None) -> _Told:
    return None if cosine is None else ((), round(cosine, 3))


def _names(new: Weighed, old: Weighed, _cosine: float | None) -> _Told:
    pairs: dict[int, str] = {}
    for key in sorted(new.keys & old.keys):
        at = new.name_of[key]
        mine, theirs = new.traits.names[at].surface, old.traits.names[old.name_of[key]].surface
        if shown := both(mine, theirs, key=key):
            pairs.setdefault(at, shown)
    rarest = sorted(pairs, key=lambda at: -new.names[at])
    return (tuple(pairs[at] for at in rarest[:WORDS_MAX]), None) if pairs else None


def _other_names(new: Weighed, old: Weighed, _cosine: float | None) -> _Told:
    shared = new.keys & old.keys
    mine, theirs = (
        _rarest(new, {new.name_of[key] for key in shared}),
        _rarest(old, {old.name_of[key] for key in shared}),
    )
    return ((f"{mine} / {theirs}",), None) if mine and theirs else None


def _rarest(weighed: Weighed, shared: set[int]) -> str:
    rest = [at for at in range(len(weighed.names)) if at not in shared]
    return weighed.traits.names[max(rest, key=lambda at: weighed.names[at])].surface if rest else ""


def _words(new: Weighed, old: Weighed, _cosine: float | None) -> _Told:
    shared = sorted(new.words.keys() & old.words.keys(), key=lambda word: (-new.words[word], word))
    return (tuple(new.traits.words[word] for word in shared[:WORDS_MAX]), None) if shared else None


def _numbers(new: Weighed, old: Weighed, _cosine: float | None) -> _Told:
    shared = sorted(new.numbers.keys() & old.numbers.keys(), key=lambda number: (-new.numbers[number], number))
    return (tuple(new.traits.numbers[number] for number in shared[:WORDS_MAX]), None) if shared else None


def _other_numbers(new: Weighed, old: Weighed, _cosine: float | None) -> _Told:
    if not new.numbers or not old.numbers or new.numbers.keys() & old.numbers.keys():
        return None
    first, second = (next(iter(each.traits.numbers.values())) for each in (new, old))
    return (f"{first} / {second}",), None


def _dates(new: Weighed, old: Weighed, _cosine: float | None) -> _Told:
    shared = sorted(set(new.traits.dates) & set(old.traits.dates), key=lambda date: (-len(date), date))
    return (tuple(shared[:WORDS_MAX]), None) if shared else None


def _other_dates(new: Weighed, old: Weighed, _cosine: float | None) -> _Told:
    if not new.traits.dates or not old.traits.dates or set(new.traits.dates) & set(old.traits.dates):
        return None
    return (f"{new.traits.dates[0]} / {old.traits.dates[0]}",), None


def _hours(new: Weighed, old: Weighed, _cosine: float | None) -> _Told:
    hours = hours_apart(new.traits, old.traits)
    return None if hours is None else ((), round(hours, 1))


_REASONS: Mapping[ReasonKind, Callable[[Weighed, Weighed, float | None], _Told]] = {
    ReasonKind.VECTORS: _vectors,
    ReasonKind.NAMES: _names,
    ReasonKind.OTHER_NAMES: _other_names,
    ReasonKind.WORDS: _words,
    ReasonKind.NUMBERS: _numbers,
    ReasonKind.OTHER_NUMBERS: _other_numbers,
    ReasonKind.DATES: _dates,
    ReasonKind.OTHER_DATES: _other_dates,
    ReasonKind.HOURS_APART: _hours,
}
