"""Lines and paragraphs out of pieces of text that lie on pages (decides): columns, running heads, hyphenation.

Places are in points, from the lower left corner of a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from chronik.extract.candidates import TextBlock
from chronik.extract.encoding import clean_line
from chronik.extract.forms.bidi import is_right_to_left
from chronik.extract.forms.reading import TITLE_CHARACTERS_MAX, joined
from chronik.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HYPHEN = "\u00ad"
"""How a hyphen at a line's end is marked that parts a word."""
HEAD_CHARACTERS = 6_000
EDGE_SHARE = 0.12
"""Running heads and page numbers stand in this share of a page's height, above and below."""
EDGE_LINES = 4
REPEATED_SHARE = 0.5
"""A line that stands so on this share of the pages, and on two at least, is furniture."""
GUTTER_EMS = 0.8
"""The narrowest space between two columns, in sizes of the type."""
COLUMN_ROWS_MIN = 3
COLUMN_CHARACTERS_MIN = 14
"""Mean length of a column's lines; shorter ones are cells of a table."""
DEPTH_MAX = 6
RUNS_MAX = 20_000
"""Of one page that is looked through for columns."""
INDENTED_MIN = 3
INDENTED_TWICE_MAX = 0.35
"""Of the lines that begin paragraphs, those that follow one another; more are a hanging indent."""
LARGER = 1.15
"""A heading's type is larger by this."""

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[^\w]*(?:[^\W\d]{1,8}\.?\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|\||[^\W\d]{1,6})\s*\d{1,4})?[^\w]*", re.IGNORECASE
)
_ITEM = re.compile(r"(?:[•‣▪●○◦■□–—*·\uf0b7\uf0a7-]|\(?\d{1,2}[.)])\s+")
_END = re.compile(r"[.!?…:;。！？：؟۔][\"'”’»)\]]*$")
_LIGATURES = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdff\ufe70-\ufefe]+")
_HYPHENS = "-\u2010\u00ad\u0002\ufffe"
_AND = "und oder bzw sowie and or et ou y o e i u och og en of"
_AFTER_GAP = frozenset(_AND.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of text on one line."""

    text: str
    left: float
    right: float
    base: float
    """Where its line stands."""
    size: float
    """Of its type."""

    @property
    def top(self) -> float:
        """The upper edge of its capitals."""
        return self.base + 0.7 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its letters."""
        return self.base - 0.2 * self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One page."""

    runs: tuple[Run, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A document in reading order."""

    title: str
    blocks: tuple[TextBlock, ...]
    """Without the title."""


def comparable(text: str) -> str:
    """Letters and digits only, in lower case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def document(papers: Sequence[Paper]) -> Laid:
    """The pages' paragraphs in reading order, without what repeats on each of them."""
    pages = [_lines(paper) for paper in papers]
    furniture = _furniture(pages, papers)
    kept = [
        [line for line in lines if not _is_furniture(line, paper, furniture)]
        for lines, paper in zip(pages, papers, strict=True)
    ]
    known = _words(line for lines in kept for line in lines)
    body_size = _body_size(kept)
    title, lines = _title(kept[0] if kept else [], body_size)
    flowing = [lines, *kept[1:]]
    return Laid(title=title, blocks=tuple(_blocks(flowing, body_size=body_size, known=known)))


def without_title(found: Laid, title: str) -> tuple[TextBlock, ...]:
    """The blocks behind a title that another source gives: what stood as title before is a block again."""
    plain = comparable(title)
    first = (TextBlock(text=found.title, kind=BlockKind.HEADING, level=1),) if found.title else ()
    blocks = (*first, *found.blocks)
    return tuple(block for at, block in enumerate(blocks) if at > 20 or comparable(block.text) not in plain)


# From runs to lines in reading order


def _lines(paper: Paper) -> list[Run]:
    runs = [_tidy(run) for run in paper.runs[:RUNS_MAX]]
    return list(_ordered([run for run in runs if run.text], depth=0))


def _tidy(run: Run) -> Run:
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), run.text)
    hyphen = HYPHEN if text.rstrip()[-1:] in {HYPHEN, "\u0002", "\ufffe"} else ""
    return replace(run, text=clean_line(text) + hyphen)


def _ordered(runs: list[Run], *, depth: int) -> Iterator[Run]:
    """Lines in reading order: what columns hold is read column by column, all else from above to below."""
    rows = _rows(runs)
    at = 0
    while at < len(rows):
        found = _columns(rows, at) if depth < DEPTH_MAX else None
        if found is None:
            yield from _line(rows[at])
            at += 1
            continue
        end, sides = found
        for side in sides:
            yield from _ordered(side, depth=depth + 1)
        at = end


def _rows(runs: list[Run]) -> list[list[Run]]:
    """The runs in rows that lie clear of one another, from above to below."""
    rows: list[list[Run]] = []
    bottom = 0.0
    for run in sorted(runs, key=lambda run: -run.top):
        if rows and run.top > bottom + 0.1 * run.size:
            rows[-1].append(run)
            bottom = min(bottom, run.bottom)
        else:
            rows.append([run])
            bottom = run.bottom
    return rows


def _columns(rows: list[list[Run]], start: int) -> tuple[int, list[list[Run]]] | None:
    """The rows from `start` that two columns share, and what each column holds, the one to be read first first."""
    size = median(run.size for run in rows[start])
    for gap in _gaps(rows[start], GUTTER_EMS * size):
        left, right = gap
        end, both = start, 0
        for row in rows[start:]:
            free = _free(row, left, right)
            if free is None or free[1] - free[0] < GUTTER_EMS * size:
                break
            left, right = free
            both += _on_both_sides(row, (left + right) / 2)
            end += 1
        middle = (left + right) / 2
        sides = _sides([run for row in rows[start:end] for run in row], middle)
        if _are_columns(sides):
            return end, sides
    return None


def _gaps(row: list[Run], width_min: float) -> list[tuple[float, float]]:
    """The empty stretches within a row, the widest first."""
    gaps: list[tuple[float, float]] = []
    reached = None
    for run in sorted(row, key=lambda run: run.left):
        if reached is not None and run.left - reached >= width_min:
            gaps.append((reached, run.left))
        reached = run.right if reached is None else max(reached, run.right)
    return sorted(gaps, key=lambda gap: gap[0] - gap[1])[:4]


def _free(row: list[Run], left: float, right: float) -> tuple[float, float] | None:
    """What a row leaves free of the stretch; none where it covers the middle of it."""
    for run in row:
        if run.right > left and run.left < right:
            if run.left <= left:
                left = run.right
            else:
                right = run.left
        if left >= right:
            return None
    return left, right


def _on_both_sides(row: list[Run], middle: float) -> bool:
    return any(run.right <= middle for run in row) and any(run.left >= middle for run in row)


def _sides(runs: list[Run], middle: float) -> list[list[Run]]:
    sides = [[run for run in runs if run.right <= middle], [run for run in runs if run.right > middle]]
    return sides[::-1] if _is_right_to_left(runs) else sides


def _are_columns(sides: list[list[Run]]) -> bool:
    """Whether two sides of a gap are columns of text, not cells of a table or a label beside its text."""
    for side in sides:
        rows = len({round(run.base) for run in side})
        if rows < COLUMN_ROWS_MIN or sum(len(run.text) for run in side) < COLUMN_CHARACTERS_MIN * rows:
            return False
    return True


def _is_right_to_left(runs: Iterable[Run]) -> bool:
    return is_right_to_left(run.text for run in runs)


def _line(row: list[Run]) -> Iterator[Run]:
    """The lines of a row: runs on one baseline are joined from the side where reading starts."""
    right_to_left = _is_right_to_left(row)
    waiting = sorted(row, key=lambda run: -run.base)
    while waiting:
        base, size = waiting[0].base, waiting[0].size
        same = [run for run in waiting if base - run.base <= 0.4 * size]
        waiting = waiting[len(same) :]
        same.sort(key=lambda run: -run.right if right_to_left else run.left)
        yield Run(
            text=joined(run.text for run in same),
            left=min(run.left for run in same),
            right=max(run.right for run in same),
            base=base,
            size=max(same, key=lambda run: len(run.text)).size,
        )


# What repeats on every page


def _furniture(pages: list[list[Run]], papers: Sequence[Paper]) -> frozenset[tuple[str, bool]]:
    """The lines, numbers left out, that stand at the upper or the lower edge of many pages."""
    counts: Counter[tuple[str, bool]] = Counter()
    for lines, paper in zip(pages, papers, strict=True):
        counts.update({_mark(line, paper) for line in _edge_lines(lines, paper)})
    enough = max(2, REPEATED_SHARE * sum(1 for lines in pages if lines))
    often = {mark for mark, count in counts.items() if count >= enough}
    return frozenset(often | {mark for mark, count in counts.items() if count >= 3 and mark[0]})


def _edge_lines(lines: list[Run], paper: Paper) -> list[Run]:
    found = [line for line in lines if _at_edge(line, paper)]
    upper = sorted((line for line in found if line.base > paper.height / 2), key=lambda line: -line.base)
    lower = sorted((line for line in found if line.base <= paper.height / 2), key=lambda line: line.base)
    return [*upper[:EDGE_LINES], *lower[:EDGE_LINES]]


def _at_edge(line: Run, paper: Paper) -> bool:
    margin = EDGE_SHARE * paper.height
    return line.base < margin or line.base > paper.height - margin


def _mark(line: Run, paper: Paper) -> tuple[str, bool]:
    return comparable(_NUMBER.sub("", line.text)), line.base > paper.height / 2


def _is_furniture(line: Run, paper: Paper, furniture: frozenset[tuple[str, bool]]) -> bool:
    if not _at_edge(line, paper):
        return False
    return _mark(line, paper) in furniture or bool(_PAGE_NUMBER.fullmatch(line.text) and len(line.text) <= 20)


# From lines to paragraphs


def _body_size(pages: list[list[Run]]) -> float:
    """The size of type in which most of the text is set."""
    counts: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        counts[round(line.size * 2) / 2] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def _title(lines: list[Run], body_size: float) -> tuple[str, list[Run]]:
    """The largest lines of the first page that follow each other, and the lines without them; else no title."""
    large = [line for line in lines if line.size > LARGER * body_size and sum(map(str.isalpha, line.text)) > 2]
    wordy = [line for line in large if " " in line.text or len(line.text) > 8]
    if not wordy:
        return "", lines
    largest = max(line.size for line in wordy)
    start = next(at for at, line in enumerate(lines) if line in wordy and line.size >= 0.95 * largest)
    end = start + 1
    while end < len(lines) and abs(lines[end].size - largest) <= 0.05 * largest:
        end += 1
    title = clean_line(_text(lines[start:end], known=frozenset()))
    if len(title) > TITLE_CHARACTERS_MAX:
        return "", lines
    return title, [*lines[:start], *lines[end:]]


def _blocks(pages: list[list[Run]], *, body_size: float, known: frozenset[str]) -> Iterator[TextBlock]:
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
    return median(sorted(steps)[: max(1, len(steps) * 3 // 4)]) if steps else 1.2


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
    if _is_right_to_left(group):
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
    text = clean_line(_text(lines, known=known))
    item = _ITEM.match(text)
    if lines[0].size > LARGER * body_size and len(text) <= TITLE_CHARACTERS_MAX:
        yield TextBlock(text=text, kind=BlockKind.HEADING, level=2)
    elif item and not text[: item.end()].strip("() .").isdecimal():
        yield TextBlock(text=text[item.end() :], kind=BlockKind.ITEM, level=1)
    elif text:
        yield TextBlock(text=text)


def _words(lines: Iterable[Run]) -> frozenset[str]:
    """The words that stand within lines: they tell which hyphens belong."""
    return frozenset(word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text))


def _text(lines: Sequence[Run], *, known: frozenset[str]) -> str:
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
