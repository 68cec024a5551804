"""Whether two readings of one address are one version, and what changed where they are not (decides).

Furniture of the page and typography make no version. Everything else does: a silent edit is never swallowed. A new date
alone makes none either, for a page that declares none is dated by a guess; it is told where something else changed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import dropwhile, groupby
from typing import TYPE_CHECKING

from chronik.extract import furniture
from chronik.extract.differences import Run, differences
from chronik.extract.wording import Word, plain, words
from chronik.model import ArticleKind, BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chronik.model import Article

CHARACTERS_COMPARED_MAX = 200_000
"""Of the paragraphs that are compared word by word; further ones are shown whole, taken out and put in."""
PAIRS_MAX = 2_500
"""Paragraphs taken out times paragraphs put in at one place, beyond which none are matched with each other."""
PAIRS_IN_ALL_MAX = 50_000
"""The same of all places of one comparison together."""
ALIKE_MIN = 0.4
"""Share of common words (Dice) from which on one paragraph became the other."""
KEPT_WORDS_MIN = 2
"""Fewer words that stayed between two changes are shown as changed: single ones are chance, and hard to read."""
_LISTED = frozenset({BlockKind.ITEM, BlockKind.ROW})
_OF_BOXES = _LISTED | {BlockKind.HEADING}
"""Boxes are made of these; a page may put them elsewhere."""


class Field(StrEnum):
    """What of an article changed."""

    TITLE = "title"
    AUTHORS = "authors"
    PUBLISHED = "published"
    TEXT = "text"
    CAPTION = "caption"


class Part(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words with one fate."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field, or one paragraph of the text, as it was and as it is."""

    field: Field
    pieces: tuple[Piece, ...]
    """Those kept and removed are the older wording, those kept and added the newer one."""
    before: int = 0
    """Number of the paragraph in the older text, or of the caption, from 1; 0 where there was none, or for others."""
    after: int = 0
    """Number of the paragraph or caption in the newer reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    number: int
    text: str
    meant: str


def same_version(one: Article, other: Article) -> bool:
    """Whether nothing but furniture, typography, the stated date or pictures without a word differ."""
    if plain(one.title) != plain(other.title) or _names(one) != _names(other) or not _same_captions(one, other):
        return False
    return one.text == other.text or _same_paragraphs(one, _paragraphs(one), other, _paragraphs(other))


def changes(one: Article, other: Article) -> tuple[Change, ...]:
    """What the older reading became in the newer one, in the order of the text; what stayed is left out."""
    found: list[Change] = []
    if plain(one.title) != plain(other.title):
        found.append(Change(field=Field.TITLE, pieces=pieces(one.title, other.title)))
    if _names(one) != _names(other):
        found.append(Change(field=Field.AUTHORS, pieces=_replaced(", ".join(one.authors), ", ".join(other.authors))))
    if one.published != other.published:
        found.append(Change(field=Field.PUBLISHED, pieces=_replaced(one.published, other.published)))
    mine, theirs = _paragraphs(one), _paragraphs(other)
    if not _same_paragraphs(one, mine, other, theirs):
        found += _paragraph_changes(mine, theirs, Field.TEXT)
    if not _same_captions(one, other):
        found += _paragraph_changes(_captions(one), _captions(other), Field.CAPTION)
    return tuple(found)


def before(readings: Sequence[Article], reading: Article) -> Article | None:
    """The next older of a page's readings, latest first, that it can be compared with: a feed's with a feed's."""
    older = list(dropwhile(lambda one: one.id != reading.id, readings))[1:]
    of_feed = reading.kind is ArticleKind.FEED_ENTRY
    return next((one for one in older if (one.kind is ArticleKind.FEED_ENTRY) == of_feed), None)


def _names(article: Article) -> frozenset[str]:
    return frozenset(plain(name).casefold() for name in article.authors)


def _paragraphs(article: Article) -> list[_Paragraph]:
    """The article's own paragraphs; where a page is furniture throughout, all of them."""
    own = furniture.without(article) or tuple(enumerate(article.paragraphs))
    return [_Paragraph(number=number + 1, text=text, meant=plain(text)) for number, text in own]


def _captions(article: Article) -> list[_Paragraph]:
    """What stands under the pictures. The same words under several pictures, or under one in several sizes, are one."""
    said = {plain(picture.caption): picture.caption for picture in reversed(article.pictures)}
    own = [(meant, text) for meant, text in reversed(said.items()) if meant and not furniture.is_line_of_the_page(text)]
    return [_Paragraph(number=number, text=text, meant=meant) for number, (meant, text) in enumerate(own, start=1)]


def _same_captions(one: Article, other: Article) -> bool:
    """In any order: pictures are shown at other places, and are told by their addresses only, which change."""
    if one.pictures == other.pictures:
        return True
    return {caption.meant for caption in _captions(one)} == {caption.meant for caption in _captions(other)}


def _same_paragraphs(one: Article, mine: list[_Paragraph], other: Article, theirs: list[_Paragraph]) -> bool:
    """Whether the own paragraphs of two readings say the same."""
    if _joined(mine) == _joined(theirs):
        return True
    return _flow_and_boxes(one, mine) == _flow_and_boxes(other, theirs)


def _joined(paragraphs: list[_Paragraph]) -> str:
    """The whole text, wherever its paragraphs end."""
    return " ".join(paragraph.meant for paragraph in paragraphs)


def _flow_and_boxes(article: Article, paragraphs: list[_Paragraph]) -> tuple[list[str], list[str]]:
    """The running text, and what stands in boxes; both in order, for an order can be what is said."""
    boxed = _boxed(article)
    flow = [paragraph.meant for paragraph in paragraphs if paragraph.number not in boxed]
    return flow, [paragraph.meant for paragraph in paragraphs if paragraph.number in boxed]


def _boxed(article: Article) -> frozenset[int]:
    """Numbers, from 1, of the paragraphs in lists and tables, with the headings that stand right by them."""
    found: set[int] = set()
    for of_boxes, run in groupby(enumerate(article.blocks, start=1), key=lambda block: block[1].kind in _OF_BOXES):
        numbered = list(run)
        if of_boxes and any(block.kind in _LISTED for _, block in numbered):
            found.update(number for number, _ in numbered)
    return frozenset(found)


def _paragraph_changes(one: list[_Paragraph], other: list[_Paragraph], field: Field) -> Iterator[Change]:
    left, pairs_left = CHARACTERS_COMPARED_MAX, PAIRS_IN_ALL_MAX
    for run in differences([p.meant for p in one], [p.meant for p in other]):
        if run.same:
            continue
        removed, added = one[run.start : run.end], other[run.other_start : run.other_end]
        pairs = len(removed) * len(added)
        matches = _best_matches(removed, added) if pairs <= min(PAIRS_MAX, pairs_left) else []
        pairs_left -= pairs if pairs <= PAIRS_MAX else 0
        for before, after in _matched(removed, added, matches):
            left -= len(before.text) + len(after.text) if before and after else 0
            old, new = before.text if before else "", after.text if after else ""
            yield Change(
                field=field,
                pieces=pieces(old, new) if before and after and left >= 0 else _replaced(old, new),
                before=before.number if before else 0,
                after=after.number if after else 0,
            )


def _matched(
    one: Sequence[_Paragraph], other: Sequence[_Paragraph], matches: Iterable[tuple[int, int]]
) -> Iterator[tuple[_Paragraph | None, _Paragraph | None]]:
    """Paragraphs with what they became, in order."""
    row, column = 0, 0
    for mine, theirs in matches:
        yield from ((paragraph, None) for paragraph in one[row:mine])
        yield from ((None, paragraph) for paragraph in other[column:theirs])
        yield one[mine], other[theirs]
        row, column = mine + 1, theirs + 1
    yield from ((paragraph, None) for paragraph in one[row:])
    yield from ((None, paragraph) for paragraph in other[column:])


def _best_matches(one: Sequence[_Paragraph], other: Sequence[_Paragraph]) -> list[tuple[int, int]]:
    """The matches that keep the order and have most in common."""
    if sum(len(paragraph.text) for paragraph in (*one, *other)) > CHARACTERS_COMPARED_MAX:
        return []
    mine, theirs = [counted(p.text) for p in one], [counted(p.text) for p in other]
    best = [[(0.0, 0) for _ in range(len(other) + 1)] for _ in range(len(one) + 1)]
    for row in range(len(one) - 1, -1, -1):
        for column in range(len(other) - 1, -1, -1):
            share = alike(mine[row], theirs[column])
            matched = share + best[row + 1][column + 1][0] if share >= ALIKE_MIN else -1.0
            best[row][column] = max((matched, 2), (best[row + 1][column][0], 1), (best[row][column + 1][0], 0))
    found, row, column = [], 0, 0
    while row < len(one) and column < len(other):
        step = best[row][column][1]
        found += [(row, column)] if step == 2 else []
        row, column = row + (step != 0), column + (step != 1)
    return found


def counted(text: str) -> Counter[str]:
    """How often each word of a text stands in it, in small letters."""
    return Counter(word.meant.casefold() for word in words(text) if not word.is_space)


def alike(one: Counter[str], other: Counter[str]) -> float:
    """Share of common words (Dice), 0 to 1."""
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both wordings, those that stayed in the newer one's typography."""
    one, other = list(words(old)), list(words(new))
    runs = differences([word.meant for word in one], [word.meant for word in other])
    return tuple(_merged(_readable(runs, other), one=one, other=other))


def _readable(runs: Sequence[Run], other: Sequence[Word]) -> Iterator[Run]:
    """The runs, in which what hardly stayed between two changes counts as changed."""
    for number, run in enumerate(runs):
        if run.same and 0 < number < len(runs) - 1:
            kept = sum(not word.is_space for word in other[run.other_start : run.other_end])
            is_chance = not kept or (kept < KEPT_WORDS_MIN and _large(runs[number - 1], runs[number + 1]))
            yield Run(not is_chance, run.start, run.end, run.other_start, run.other_end)
        else:
            yield run


def _large(*runs: Run) -> bool:
    """Whether more changed on either side than one word for another."""
    return any(run.end - run.start > 1 or run.other_end - run.other_start > 1 for run in runs)


def _merged(runs: Iterator[Run], *, one: Sequence[Word], other: Sequence[Word]) -> Iterator[Piece]:
    removed = added = ""
    for run in runs:
        old = "".join(word.text for word in one[run.start : run.end])
        new = "".join(word.text for word in other[run.other_start : run.other_end])
        if not run.same:
            removed, added = removed + old, added + new
            continue
        yield from _replaced(removed, added)
        removed = added = ""
        yield Piece(part=Part.KEPT, text=new)
    yield from _replaced(removed, added)


def _replaced(old: str, new: str) -> tuple[Piece, ...]:
    both = (Piece(part=Part.REMOVED, text=old), Piece(part=Part.ADDED, text=new))
    return tuple(piece for piece in both if piece.text)
