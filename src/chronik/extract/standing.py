"""Whether a clipped passage still stands in a later reading of its page, and what stands in its place (decides).

White space, typography and the page's furniture count for nothing, as in `passages` and `versions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chronik.errors import QuoteNotFoundError
from chronik.extract import passages, versions
from chronik.model import PassageState
from chronik.model.captures import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chronik.model import Article, Clip, Passage

SENTENCES_MAX = 4_000
"""Of a longer text, the first so many are compared with a passage that is gone."""
SENTENCES_IN_A_ROW_MAX = 8
"""Of a longer paragraph, so many sentences are looked for in a row."""
_WORST_FIRST = (PassageState.CHANGED, PassageState.REMOVED, PassageState.PAYWALLED)
_OMISSION = re.compile(r"\s*(?:[\[(]\s*(?:…|\.{3})\s*[\])]|…|\.{3})\s*")
"""What stands for words left out. Of a clip that is anchored its passages tell what was left out, not these signs."""
_SENTENCE_END = re.compile(r"[.!?…؟։।][\"'”’»)\]]{0,3}(?=\s)|[。！？]|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a reading says of a passage."""

    state: PassageState
    wording: str = ""
    """What stands in its place, verbatim; empty where it stands or nothing like it does."""
    moved: bool = False
    """It stands, before a passage that it followed."""


def standing(clip: Clip, reading: Article) -> Standing:
    """What became of a clip's passages in a reading of its page. A clip without excerpt stands while its page does."""
    if not clip.further:
        return _standing(clip.excerpt, clip.passage, reading)
    found = each_standing(clip, reading)
    wording = "\n\n".join(one.wording for one in found if one.wording)
    states = {one.state for one in found}
    worst = next((state for state in _WORST_FIRST if state in states), PassageState.STANDS)
    return Standing(state=PassageState.CHANGED if wording else worst, wording=wording)


def each_standing(clip: Clip, reading: Article) -> tuple[Standing, ...]:
    """What became of each passage of a clip, in the order of the text that it was clipped from."""
    found, reached = list[Standing](), 0
    for passage in clip.passages:
        one = _standing(passage.exact, passage, reading)
        place = passages.relocated(reading.text, passage) if one.state is PassageState.STANDS else None
        found.append(replace(one, moved=place is not None and place.start < reached))
        reached = max(reached, place.end) if place else reached
    return tuple(found)


def wanted(clip: Clip) -> str:
    """What must stand on a page for a clip's sake: each of its passages as a paragraph, without the ellipses between.

    The excerpt itself where there is but one, or none that is anchored.
    """
    return "\n\n".join(passage.exact for passage in clip.passages) if clip.further else clip.excerpt


def _standing(quoted: str, passage: Passage | None, reading: Article) -> Standing:
    # The dots of a text that is quoted word for word are its own.
    parts = list(_spoken(paragraphs(quoted)) if passage else stretches(quoted))
    found = _compared(reading.text, parts)
    if found.state is PassageState.STANDS:
        return found
    if passage and passages.relocated(reading.text, passage):
        return Standing(state=PassageState.STANDS)
    if found.state is PassageState.REMOVED and reading.paywalled:
        return Standing(state=PassageState.PAYWALLED)
    return found


def compared(text: str, excerpt: str) -> Standing:
    """What a text says of an excerpt: stands, changed with the wording in its place, or not there."""
    return _compared(text, list(stretches(excerpt)))


def _compared(text: str, quotes: Sequence[str]) -> Standing:
    missing = [quote for quote in quotes if not _stands(text, quote)]
    if not missing:
        return Standing(state=PassageState.STANDS)
    found = [_alike(text, quote) for quote in missing]
    wording = "\n\n".join(stretch for stretch in found if stretch)
    return Standing(state=PassageState.CHANGED if wording else PassageState.REMOVED, wording=wording)


def stretches(excerpt: str) -> Iterator[str]:
    """The stretches that must stand word for word: paragraphs, without what stands for words left out."""
    for paragraph in paragraphs(excerpt):
        yield from _spoken(_OMISSION.split(paragraph))


def _spoken(parts: Iterable[str]) -> Iterator[str]:
    return (part for part in parts if any(map(str.isalnum, part)))


def _stands(text: str, quote: str) -> bool:
    try:
        passages.located(text, quote)
    except QuoteNotFoundError:
        return False
    return True


def _alike(text: str, quote: str) -> str:
    """The sentences in a row that have most words in common with the passage, or nothing."""
    sentences = _sentences(text)
    length = min(max(len(_sentences(quote)), 1), SENTENCES_IN_A_ROW_MAX)
    wanted = versions.counted(quote)
    counted = [versions.counted(text[start:end]) for start, end in sentences]
    best, stretch = 0.0, ""
    for count in {max(length - 1, 1), length, length + 1}:
        for first in range(len(sentences) - count + 1):
            if wanted.keys().isdisjoint(counted[first]):
                continue
            here = sum(counted[first + 1 : first + count], counted[first])
            alike = versions.alike(wanted, here)
            if alike > best:
                best, stretch = alike, text[sentences[first][0] : sentences[first + count - 1][1]]
    return stretch.strip() if best >= versions.ALIKE_MIN else ""


def _sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, roughly: a mark and a space, or a line, ends one."""
    seen = text[: versions.CHARACTERS_COMPARED_MAX]
    found, start = [], 0
    for end in (*(match.end() for match in _SENTENCE_END.finditer(seen)), len(seen)):
        if any(map(str.isalnum, seen[start:end])):
            found.append((start, end))
        start = end
        if len(found) >= SENTENCES_MAX:
            break
    return found
