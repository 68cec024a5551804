"""Whether a clipped passage still stands in a later reading of its page, and what stands in its place (decides).

White space, typography and the page's furniture count for nothing, as in `passages` and `versions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.errors import QuoteNotFoundError
from chronik.extract import passages, versions
from chronik.model import PassageState
from chronik.model.captures import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chronik.model import Article, Clip

SENTENCES_MAX = 4_000
"""Of a longer text, the first so many are compared with a passage that is gone."""
SENTENCES_IN_A_ROW_MAX = 8
"""Of a longer paragraph, so many sentences are looked for in a row."""
_OMISSION = re.compile(r"\s*(?:[\[(]\s*(?:…|\.{3})\s*[\])]|…|\.{3})\s*")
"""What stands for words left out; it also parts the passages of one clip."""
_SENTENCE_END = re.compile(r"[.!?…؟։।][\"'”’»)\]]{0,3}(?=\s)|[。！？]|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a reading says of a passage."""

    state: PassageState
    wording: str = ""
    """What stands in its place, verbatim; empty where it stands or nothing like it does."""


def standing(clip: Clip, reading: Article) -> Standing:
    """What became of a clip's passage in a reading of its page. A clip without excerpt stands while its page does."""
    found = compared(reading.text, clip.excerpt)
    if found.state is PassageState.STANDS:
        return found
    if clip.passage and passages.relocated(reading.text, clip.passage):
        return Standing(state=PassageState.STANDS)
    if found.state is PassageState.REMOVED and reading.paywalled:
        return Standing(state=PassageState.PAYWALLED)
    return found


def compared(text: str, excerpt: str) -> Standing:
    """What a text says of an excerpt: stands, changed with the wording in its place, or not there."""
    missing = [quote for quote in stretches(excerpt) if not _stands(text, quote)]
    if not missing:
        return Standing(state=PassageState.STANDS)
    found = [_alike(text, quote) for quote in missing]
    wording = "\n\n".join(stretch for stretch in found if stretch)
    return Standing(state=PassageState.CHANGED if wording else PassageState.REMOVED, wording=wording)


def stretches(excerpt: str) -> Iterator[str]:
    """The stretches that must stand word for word: paragraphs, without what stands for words left out."""
    for paragraph in paragraphs(excerpt):
        yield from (part for part in _OMISSION.split(paragraph) if any(map(str.isalnum, part)))


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
