"""Decides how reasons are told in English: `same day; shares Stepanakert/Степанакерт, 300 000; vectors 0.91`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.cli.output import one_line
from chronik.model import REASONS_IN_ORDER, REASONS_OTHER, REASONS_SHARED, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from chronik.model import Reason

ID_SHOWN_LENGTH = 12
WORD_CHARACTERS_MAX = 80
SAME_DAY_HOURS = 24.0
HOURS_A_DAY = 24.0


def told(reasons: Iterable[Reason], *, titles: Mapping[str, str] | None = None) -> str:
    """Reasons in words: time, what is shared, what else speaks for it, what speaks against it.

    `titles` names reports by their ids.
    """
    listed = sorted(reasons, key=lambda reason: REASONS_IN_ORDER.index(reason.kind))
    shared = [_shown(word) for reason in listed if reason.kind in REASONS_SHARED for word in reason.words]
    parts: list[str] = []
    for reason in listed:
        if reason.kind not in REASONS_SHARED:
            parts.append(_TOLD[reason.kind](reason, titles or {}))
        elif shared:
            parts.append("shares " + ", ".join(dict.fromkeys(shared)))
            shared = []
    return "; ".join(part for part in parts if part)


def _shown(word: str) -> str:
    return one_line(word)[:WORD_CHARACTERS_MAX]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(_shown(word) for word in words)


def _copy(reason: Reason, titles: Mapping[str, str]) -> str:
    whose = [titles.get(word) or word[:ID_SHOWN_LENGTH] for word in reason.words]
    share = f" ({reason.value:.0%} of the words)" if reason.value is not None and reason.value < 1 else ""
    return f"copy of {_listed(whose)}{share}" if whose else f"copy{share}"


def _vectors(reason: Reason, _titles: Mapping[str, str]) -> str:
    return f"vectors {reason.value:.2f}" if reason.value is not None else ""


def _hours(reason: Reason, _titles: Mapping[str, str]) -> str:
    if reason.value is None:
        return "time unknown"
    if reason.value < SAME_DAY_HOURS:
        return "same day"
    days = round(reason.value / HOURS_A_DAY)
    return "a day apart" if days == 1 else f"{days} days apart"


def _words(reason: Reason, _titles: Mapping[str, str]) -> str:
    return f"words {_listed(reason.words)}" if reason.words else ""


def _other(reason: Reason, _titles: Mapping[str, str]) -> str:
    return f"but: {_listed(reason.words)}" if reason.words else ""


def _dossier(reason: Reason, _titles: Mapping[str, str]) -> str:
    return f"names the dossier's {_listed(reason.words)}" if reason.words else "near to the dossier's names"


def _like_clips(reason: Reason, _titles: Mapping[str, str]) -> str:
    like = f" “{_listed(reason.words)}”" if reason.words else " what was clipped"
    return f"like{like}{_number(reason)}"


def _like_refused(reason: Reason, _titles: Mapping[str, str]) -> str:
    return f"like what was refused{_number(reason)}"


def _number(reason: Reason) -> str:
    return f" ({reason.value:.2f})" if reason.value is not None else ""


def _editor(reason: Reason, _titles: Mapping[str, str]) -> str:
    return f"{_listed(reason.words) or 'an editor'} said so"


_TOLD: Mapping[ReasonKind, Callable[[Reason, Mapping[str, str]], str]] = {
    ReasonKind.COPY: _copy,
    ReasonKind.VECTORS: _vectors,
    ReasonKind.WORDS: _words,
    ReasonKind.HOURS_APART: _hours,
    **dict.fromkeys(REASONS_OTHER, _other),
    ReasonKind.SAME_SOURCE: lambda _reason, _titles: "same source",
    ReasonKind.DOSSIER_NAMES: _dossier,
    ReasonKind.LIKE_CLIPS: _like_clips,
    ReasonKind.LIKE_REFUSED: _like_refused,
    ReasonKind.IN_STORY: lambda _reason, _titles: "the dossier holds a report of this story",
    ReasonKind.EDITOR: _editor,
}
