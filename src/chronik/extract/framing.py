"""What readers take for an article's beginning although it only introduces it: its own title and byline (decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chronik.extract import bylines
from chronik.extract.titles import comparable

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

HEADS_MAX = 4
"""Paragraphs among which a title still stands above the text."""
KICKER_CHARACTERS_MAX = 80
"""Kickers, sections and days above a title are shorter; a longer paragraph there is a lead."""
TITLE_CHARACTERS_MIN = 15
"""A shorter one may end a sentence by chance."""
BYLINE_CHARACTERS_MAX = 120


def unframed(paragraphs: Sequence[str], *, titles: Collection[str], authors: Collection[str] = ()) -> tuple[str, ...]:
    """The paragraphs without the article's own title and byline before them; never none where there were some."""
    known = {comparable(title) for title in titles} - {""}
    heads = paragraphs[: min(HEADS_MAX, len(paragraphs) - 1)]
    ends = [number for number, head in enumerate(heads, start=1) if _is_title(comparable(head), known)]
    above = paragraphs[: max(ends, default=0)]
    leads = [head for head in above if len(head) > KICKER_CHARACTERS_MAX and not _is_title(comparable(head), known)]
    rest = (*leads, *paragraphs[len(above) :])
    named = {comparable(author) for author in authors}
    return rest[1:] if len(rest) > 1 and _is_byline(rest[0], named) else rest


def _is_title(text: str, titles: Collection[str]) -> bool:
    """Whether a paragraph is a title, with or without a kicker before it."""
    return text in titles or any(
        text.endswith(title) and len(text) - len(title) <= KICKER_CHARACTERS_MAX
        for title in titles
        if len(title) >= TITLE_CHARACTERS_MIN
    )


def _is_byline(text: str, authors: Collection[str]) -> bool:
    """Whether a line names authors of the article and nobody else."""
    if len(text) > BYLINE_CHARACTERS_MAX:
        return False
    names = {comparable(name) for name in bylines.names((text,))}
    return bool(names) and names <= set(authors)
