"""Paragraphs, headings and items out of lines (decides), and words put together that a line's end parts."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from chronik.extract.candidates import TextBlock
from chronik.extract.encoding import clean_line
from chronik.extract.forms.bidi import is_right_to_left
from chronik.extract.forms.columns import HYPHEN
from chronik.extract.forms.reading import TITLE_CHARACTERS_MAX, joined
from chronik.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chronik.extract.forms.columns import Run

INDENTED_MIN = 3
INDENTED_TWICE_MAX = 0.35
"""Of the lines that begin paragraphs, those that follow one another; more are a hanging indent."""
CLOSE = 1.15
"""Lines of one paragraph stand at distances that differ by no more."""
CLOSE_SHARE_MIN = 0.2
"""Of all distances: where paragraphs are short, most lie between them."""
LARGER = 1.15
"""A heading's type is larger by this."""

_ITEM = re.compile(r"(?:[•‣▪●○◦■□–—*·\uf0b7\uf0a7-]|\(?\d{1,2}[.)])\s+")
_END = re.compile(r"[.!?…:;。！？：؟۔।॥።။៕։][\"'”’»)\]]*$")
_HYPHENS = "-\u2010\u00ad\u0002\ufffe"
_AND = "und oder bzw sowie and or et ou y o e i u och og en of"
_AFTER_GAP = frozenset(_AND.split())


def blocks(pages: list[list[Run]], *, body_size: float, known: frozenset[str]) -> Iterator[TextBlock]:
    """The paragraphs; one that a column or a page breaks is put together."""
    pending: list[Run] = []
    for group in (group for lines in pages for group in _groups(lines)):
        if pending and _goes_on(pending, group):
            pending = [*pending, *group]
            continue
        yield from _block(pending, body_size=body_size, known=known)
        pending = group
    yield from _block(pending, body_size=body_size, known=known)


def _groups(lines: list[Run]) -> Iterator[list[Run]]:
    """Lines that belong together, as far as one column shows."""
    leading, indents = _leading(lines), _indents(lines)
    group: list[Run] = []
    for line in lines:
        if group and (round(line.left) in indents or _parts(group, line, leading)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _leading(lines: list[Run]) -> float:
    """The usual distance between two lines, in sizes of the type."""
    steps = [
        (above.base - below.base) / above.size
        for above, below in pairwise(lines)
        if above.size > 0 and 0.5 < (above.base - below.base) / above.size < 3 and abs(above.size - below.size) < 0.6
    ]
    if not steps:
        return 1.2
    close = [step for step in steps if step <= CLOSE * min(steps)]
    if len(close) >= CLOSE_SHARE_MIN * len(steps) and len(close) > 1:
        return median(close)
    return median(sorted(steps)[: max(1, len(steps) * 3 // 4)])


def _indents(lines: list[Run]) -> frozenset[int]:
    """Where lines begin that begin a paragraph, in whole points, where the document marks them so."""
    begins = Counter(round(line.left) for line in lines)
    doubled = Counter(
        round(below.left)
        for above, below in pairwise(lines)
        if abs(above.left - below.left) < 1 and above.base > below.base
    )
    found = []
    for begin, count in begins.items():
        size = median(line.size for line in lines if round(line.left) == begin)
        margin = max((begins[at] for at in begins if 0.9 * size <= begin - at <= 4 * size), default=0)
        if count >= INDENTED_MIN and margin > count and doubled[begin] < INDENTED_TWICE_MAX * count:
            found.append(begin)
    return frozenset(found)


def _parts(group: list[Run], line: Run, leading: float) -> bool:
    """Whether a paragraph ends before this line."""
    last = group[-1]
    step = (last.base - line.base) / max(last.size, 1.0)
    if step < 0 or step > 1.25 * leading + 0.1 or abs(last.size - line.size) > 0.08 * last.size + 0.2:
        return True
    if _ITEM.match(line.text):
        return True
    indented = line.left - min(each.left for each in group) > 0.9 * line.size
    ended = bool(_END.search(last.text))
    width = max(each.right for each in group) - min(each.left for each in group)
    short = max(each.right for each in group) - last.right > 0.15 * max(width, 1.0) and len(group) > 1
    if is_right_to_left(each.text for each in group):
        indented = max(each.right for each in group) - line.right > 0.9 * line.size and len(group) > 1
        short = last.left - min(each.left for each in group) > 0.15 * max(width, 1.0) and len(group) > 1
    is_item = bool(_ITEM.match(group[0].text))
    return (indented and not is_item and ended) or (short and ended)


def _goes_on(pending: list[Run], group: list[Run]) -> bool:
    """Whether a paragraph that reached the end of its column goes on at the head of the next."""
    last, first = pending[-1], group[0]
    if first.base < last.base or abs(last.size - first.size) > 0.3 or _ITEM.match(first.text):
        return False
    if last.text[-1:] in _HYPHENS:
        return True
    return not _END.search(last.text) and (first.text[:1].islower() or _reaches_the_edge(pending))


def _reaches_the_edge(lines: list[Run]) -> bool:
    widest = max(line.right for line in lines)
    return len(lines) > 1 and lines[-1].right > widest - 2 * lines[-1].size


def _block(lines: list[Run], *, body_size: float, known: frozenset[str]) -> Iterator[TextBlock]:
    if not lines:
        return
    told = clean_line(text(lines, known=known))
    item = _ITEM.match(told)
    if lines[0].size > LARGER * body_size and len(told) <= TITLE_CHARACTERS_MAX:
        yield TextBlock(text=told, kind=BlockKind.HEADING, level=2)
    elif item and not told[: item.end()].strip("() .").isdecimal():
        yield TextBlock(text=told[item.end() :], kind=BlockKind.ITEM, level=1)
    elif told:
        yield TextBlock(text=told)


def words(lines: Iterable[Run]) -> frozenset[str]:
    """The words that stand within lines: they tell which hyphens belong."""
    return frozenset(word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text))


def text(lines: Sequence[Run], *, known: frozenset[str]) -> str:
    """The lines as one, words that a line's end parts put together."""
    pieces: list[str] = []
    for line in lines:
        if pieces and pieces[-1][-1:] in _HYPHENS and len(pieces[-1]) > 1:
            pieces[-1] = _dehyphened(pieces[-1], line.text, known)
        else:
            pieces.append(line.text)
    return joined(piece.rstrip(HYPHEN) for piece in pieces)


def _dehyphened(first: str, second: str, known: frozenset[str]) -> str:
    """A line that ends in a hyphen, and the next, as one."""
    bare = first[:-1]
    before = re.search(r"[^\W\d_]+$", bare)
    after = re.match(r"[^\W\d_]+", second)
    if not before or not after:
        return f"{bare}-{second}"
    if after[0].casefold() in _AFTER_GAP:
        return f"{bare}- {second}"
    together, apart = f"{before[0]}{after[0]}".casefold(), f"{before[0]}-{after[0]}".casefold()
    if together not in known and (apart in known or (after[0][0].isupper() and not before[0].isupper())):
        return f"{bare}-{second}"
    return bare + second
