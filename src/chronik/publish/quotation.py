"""How much of a report may be quoted to readers, and how much is (decides).

Counted are characters of the report's text, white space too, that stand in clips which readers see, all dossiers
together; what two clips quote alike counts once. Ellipses between passages are ours and count for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chronik.model import Clip, Passage, Source

WHOLE_PERCENT = 100
COMPARED_MAX = 200
"""With so many stretches of other versions is one compared, the longest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be quoted of one report: the larger of the two."""

    characters: int
    percent: int
    """Of the text, where its length is known."""
    of_unknown: int
    """Characters of a text whose length nobody knows."""

    def allowed(self, text_characters: int | None) -> int:
        """How many characters."""
        if text_characters is None:
            return self.of_unknown
        return max(self.characters, text_characters * self.percent // WHOLE_PERCENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """One report's account."""

    used: int
    allowed: int
    text_characters: int | None
    """None where the text that the clips were taken from is not known."""
    clips: tuple[str, ...]
    """Ids of the clips that quote it, in their order."""
    reasons: tuple[str, ...] = ()
    """Why more is quoted, in the words of editors."""

    @property
    def left(self) -> int:
        """How many characters may still be quoted."""
        return max(self.allowed - self.used, 0)

    @property
    def over(self) -> int:
        """How many characters are quoted too much."""
        return max(self.used - self.allowed, 0)


def limits(usual: Limits, source: Source | None) -> Limits:
    """The limits of a source. Where it has one of its own, the usual two do not hold."""
    if source is None or not (source.quotation_characters or source.quotation_percent):
        return usual
    return Limits(
        characters=source.quotation_characters,
        percent=source.quotation_percent,
        of_unknown=source.quotation_characters or usual.of_unknown,
    )


def pages(clips: Iterable[Clip]) -> list[list[Clip]]:
    """The clips by the report that they quote: its address, else its article; one that names neither stands alone."""
    found: defaultdict[tuple[str, str], list[Clip]] = defaultdict(list)
    for clip in clips:
        found[_report(clip)].append(clip)
    return list(found.values())


def budget(
    clips: Sequence[Clip], *, usual: Limits, sources: Mapping[str, Source], text_characters: Mapping[str, int]
) -> Budget:
    """The account of one report, of the clips that quote it."""
    source = next((sources[clip.source_id] for clip in clips if clip.source_id in sources), None)
    known = [text_characters[clip.article_id] for clip in clips if clip.article_id in text_characters]
    whole = max(known, default=None)
    return Budget(
        used=used(clips),
        allowed=limits(usual, source).allowed(whole),
        text_characters=whole,
        clips=tuple(clip.id for clip in clips),
        reasons=tuple(dict.fromkeys(clip.quotation_reason for clip in clips if clip.quotation_reason)),
    )


def used(clips: Iterable[Clip]) -> int:
    """How many characters of one report these clips quote."""
    anchored: defaultdict[str, list[Passage]] = defaultdict(list)
    loose: list[str] = []
    for clip in clips:
        anchored[clip.text_digest].extend(clip.passages)
        loose += [] if clip.passages else [clip.excerpt]
    texts = [list(_united(passages)) for passages in anchored.values()]
    characters, before = 0, list[str]()
    for stretches in sorted((*texts, *([text] for text in loose)), key=lambda one: sum(map(len, one)), reverse=True):
        # What a version of the page says alike, or an excerpt without a place, is not counted again.
        new = [one for one in stretches if not any(_plain(one) in other for other in before[:COMPARED_MAX])]
        characters += sum(map(len, new))
        before += map(_plain, new)
    return characters


def _report(clip: Clip) -> tuple[str, str]:
    if clip.url:
        return ("url", clip.url)
    return ("article", clip.article_id) if clip.article_id else ("clip", clip.id)


def _united(passages: Iterable[Passage]) -> Iterable[str]:
    """The words of passages of one text, those that overlap together."""
    ordered = sorted(passages, key=lambda one: (one.start, one.end))
    words, end = "", -1
    for passage in ordered:
        if passage.start > end:
            yield from filter(None, [words])
            words, end = passage.exact, passage.end
        elif passage.end > end:
            words += passage.exact[end - passage.start :]
            end = passage.end
    yield from filter(None, [words])


def _plain(text: str) -> str:
    return " ".join(text.split())
