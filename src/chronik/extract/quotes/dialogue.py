"""Speech without quotation marks of its own: dashes that open it, words of the paper within marks (decides).

French, Spanish, Polish, Russian and Ukrainian papers open speech with a dash; Russian and Ukrainian ones put who spoke
between dashes within the marks, French ones as an inversion.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chronik.extract.quotes.marks import Quotation
from chronik.extract.quotes.wording import Wording, words

if TYPE_CHECKING:
    from collections.abc import Iterator

DASHED = frozenset({"ru", "uk", "pl", "fr", "es", "pt", "hy", "it"})
_WITHIN = frozenset({"ru", "uk", "pl", "hy"})
PARTS_MAX = 20
_CUE_WORDS_MAX = 4
_DASH = re.compile(r"\s+[—–-]\s*|(?<=[,.!?…])[—–]\s*")
_OPENING = re.compile(r"[—–-]\s*(?=\w|[¿¡…«„\"])")
_PAUSE = re.compile(r"[,.!?…]\s*$")
_INVERSION = re.compile(
    r",\s(?:(?:a|ont|avait|avaient|aurait)-t-(?:il|elle|on|ils|elles)\s\w+|\w+(?:-t)?-(?:il|elle|on|ils|elles)\b)(?P<rest>,\s|\.?\s*$)",
)
_PAUSES = re.compile(r"[,!?]\s+(?:[—–-]\s+)?")
_LOOK_CHARACTERS = 60
_QUESTION = re.compile(r"(?<=[?!,…])\s+")


def spoken(text: str, wording: Wording) -> list[Quotation]:
    """What a paragraph that a dash opens says, if a verb of saying shows that somebody speaks."""
    opening = _OPENING.match(text) if wording.language in DASHED else None
    if opening is None:
        return []
    bounds = list(_dashes(text, opening.end()))
    if not bounds and wording.language in {"fr", "es", "pt", "it"}:
        bounds = _inline(text, opening.end(), wording)
    if not bounds or not _says(text[bounds[0][1] : bounds[0][1] + _LOOK_CHARACTERS], wording):
        return []
    parts = _alternating(text, opening.end(), bounds, wording)
    return [Quotation(start, end, start if index else 0, end) for index, (start, end) in enumerate(parts)]


def parted(text: str, one: Quotation, *, wording: Wording) -> list[Quotation]:
    """A quotation without the words in its midst by which the paper says who speaks."""
    if wording.language == "fr":
        return _without_inversion(text, one)
    if wording.language not in _WITHIN:
        return [one]
    inner = text[: one.end]
    bounds = [(first, last) for first, last in _dashes(inner, one.start) if _PAUSE.search(inner, one.start, first)]
    if not bounds or not _says(inner[bounds[0][1] : bounds[0][1] + _LOOK_CHARACTERS], wording):
        return [one]
    parts = _alternating(inner, one.start, bounds, wording)
    return [
        Quotation(
            start,
            end,
            one.outer_start if index == 0 else start,
            one.outer_end if end == one.end else end,
        )
        for index, (start, end) in enumerate(parts)
    ]


def _dashes(text: str, start: int) -> Iterator[tuple[int, int]]:
    for index, match in enumerate(_DASH.finditer(text, start)):
        if index >= PARTS_MAX:
            return
        yield match.span()


def _inline(text: str, start: int, wording: Wording) -> list[tuple[int, int]]:
    """The first pause behind which a verb of saying stands, as in `— Vous partez ? demanda la dame`."""
    for index, match in enumerate(_QUESTION.finditer(text, start)):
        if index >= PARTS_MAX:
            break
        if _says(text[match.end() : match.end() + _LOOK_CHARACTERS], wording):
            return [match.span()]
    return []


def _alternating(text: str, start: int, bounds: list[tuple[int, int]], wording: Wording) -> list[tuple[int, int]]:
    """Speech, what the paper says of it, speech: what a verb of saying begins is the paper's."""
    parts: list[tuple[int, int]] = []
    begin, speaking = start, True
    for first, last in bounds:
        says = _says(text[last : last + _LOOK_CHARACTERS], wording)
        if speaking and says:
            parts.append(_without_comma(text, begin, first))
            speaking = False
        elif not speaking:
            begin, speaking = last, True
    if speaking:
        parts.append(_without_comma(text, begin, len(text)))
    return [(first, last) for first, last in parts if last > first]


def _without_comma(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and (text[end - 1] in ",–—-" or text[end - 1].isspace()):
        end -= 1
    return start, end


def _says(text: str, wording: Wording) -> bool:
    """Whether a verb of saying stands at the beginning."""
    said = words(text[:_LOOK_CHARACTERS])[:_CUE_WORDS_MAX]
    if not said:
        return False
    phrases = wording.phrases.get((said[0], said[1]), ()) if len(said) > 1 else ()
    return wording.singles.get(said[0]) == "said" or any(
        kind in {"said", "source"} and said[: len(form)] == form for form, kind in phrases
    )


def _without_inversion(text: str, one: Quotation) -> list[Quotation]:
    match = _INVERSION.search(text, one.start, one.end)
    if match is None:
        return [one]
    first = Quotation(one.start, match.start(), one.outer_start, match.start())
    begin = match.end()
    if begin >= one.end:
        return [first]
    return [first, Quotation(begin, one.end, begin, one.outer_end)]


def cut_before_a_verb(text: str, one: Quotation, *, wording: Wording) -> Quotation | None:
    """A quotation without closing mark, up to the verb of who said it; None where none follows."""
    for index, match in enumerate(_PAUSES.finditer(text, one.start)):
        if index >= PARTS_MAX:
            break
        if _says(text[match.end() : match.end() + _LOOK_CHARACTERS], wording):
            return Quotation(one.start, match.start() + (text[match.start()] in "!?"), one.outer_start, match.end())
    return None
