"""Decides how editors' words on stories are told: who said what of which reports, and whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from chronik.model import Verb, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import _StrPromise

    from chronik.model import Act
    from chronik.ports.looking_up import Said
    from chronik.ports.relating import StoryReport

TITLES_MAX = 3

SAME = _("These tell of one happening")
DIFFERENT = _("These do not tell of one happening")
MERGED = _("Stories merged")
SPLIT = _("Split off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """An act in words."""

    act: Act
    sentence: str
    reports: tuple[StoryReport, ...]
    """Some of the reports that it is about."""
    more: int
    """How many it is about beside these."""
    standing: bool
    undone: Act | None


def words(said: Iterable[Said], known: Mapping[str, StoryReport]) -> list[Word]:
    """What editors said, in the same order."""
    return [word(one, known) for one in said]


def word(said: Said, known: Mapping[str, StoryReport]) -> Word:
    """One of them."""
    about = reports_of(said.act)
    shown = [known[report] for report in about if report in known][:TITLES_MAX]
    return Word(
        act=said.act,
        sentence=str(_sentence(said.act)),
        reports=tuple(shown),
        more=len(about) - len(shown),
        standing=said.standing,
        undone=said.undone,
    )


def reports_of(act: Act) -> list[str]:
    """The reports that an act on stories is about."""
    if act.verb is Verb.JUDGE:
        found = [act.detail.get("first"), act.detail.get("second")]
    elif act.verb is Verb.SPLIT_STORY:
        found = list(act.detail.get("out", ()))
    else:
        found = list(act.detail.get("reports", ()))
    return [str(report) for report in found if report]


def _sentence(act: Act) -> _StrPromise:
    if act.verb is Verb.JUDGE:
        return SAME if act.detail.get("verdict") == Verdict.SAME else DIFFERENT
    return SPLIT if act.verb is Verb.SPLIT_STORY else MERGED
