"""Decides how a clip panel tells how much of a report is quoted, and what its script needs to go on counting."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from chronik.publish.quotation import Limits, budget

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chronik.model import Clip, Passage, Source
    from chronik.publish.quotation import Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoting:
    """A clip that quotes the report of the page, and where its passages stand in the text that the page shows."""

    clip: Clip
    places: tuple[Passage, ...]
    public: bool
    """Whether its dossier is published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the panel shows."""

    budget: Budget
    words: str
    left_words: str
    """Pattern for the script, with `{used}`, `{allowed}`, `{left}` and `{over}`."""
    over_words: str
    script: str
    """JSON: what counts already, in spans of the text."""

    @property
    def full(self) -> int:
        """The end of the meter's scale: past it, more is quoted than may be."""
        return self.budget.allowed + 1


def account(  # noqa: PLR0913 - one argument a fact, each by name
    quoting: Sequence[Quoting],
    *,
    dossier: str,
    chosen: Clip | None,
    usual: Limits,
    source: Source | None,
    text_characters: Mapping[str, int],
) -> Account:
    """What is quoted of a report in published dossiers and in this one, with what is chosen now."""
    counted = [one for one in quoting if one.public or one.clip.dossier == dossier]
    sources = {source.id: source} if source else {}
    count = partial(budget, usual=usual, sources=sources, text_characters=text_characters)
    found = count([*(one.clip for one in counted), *([chosen] if chosen else [])])
    left = _("{used} of {allowed} characters that may be quoted of this report; {left} are left.")
    over = _("{used} characters of this report are quoted, {over} more than the {allowed} that may be.")
    told = {"used": found.used, "allowed": found.allowed, "left": found.left, "over": found.over}
    public = [one for one in quoting if one.public]
    spans = _spans(public)
    beside = count([one.clip for one in public]).used - _characters(spans)
    script = {
        "allowed": found.allowed,
        "beside": max(beside, 0),
        "public": spans,
        "dossiers": {slug: _spans(one for one in quoting if one.clip.dossier == slug) for slug in _slugs(quoting)},
    }
    words = (over if found.over else left).format(**told)
    return Account(budget=found, words=words, left_words=left, over_words=over, script=json.dumps(script))


def _slugs(quoting: Iterable[Quoting]) -> list[str]:
    return list(dict.fromkeys(one.clip.dossier for one in quoting if not one.public))


def _spans(quoting: Iterable[Quoting]) -> list[tuple[int, int]]:
    """Start and end of what is quoted, in the order of the text; what overlaps is one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((place.start, place.end) for one in quoting for place in one.places):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _characters(spans: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in spans)
