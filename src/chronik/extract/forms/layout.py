"""A document out of its pages (decides): its title, and its paragraphs without what repeats on every page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.extract.candidates import TextBlock
from chronik.extract.encoding import clean_line
from chronik.extract.forms import columns, paragraphs
from chronik.extract.forms.paragraphs import LARGER
from chronik.extract.forms.reading import TITLE_CHARACTERS_MAX
from chronik.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chronik.extract.forms.columns import Paper, Run

HEAD_CHARACTERS = 6_000
EDGE_SHARE = 0.12
"""Running heads and page numbers stand in this share of a page's height, above and below."""
EDGE_LINES = 4
REPEATED_SHARE = 0.5
"""A line that stands so on this share of the pages, and on two at least, is furniture."""
BLOCKS_BEFORE_TITLE_MAX = 20
TITLE_LEADING_MAX = 1.35
"""Lines of one title stand so close, in sizes of their type."""
NAME_CHARACTERS_MAX = 8
"""A single word as short as this may be the sender's name, not a title."""

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[^\w]*(?:[^\W\d]{1,8}\.?\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|\||[^\W\d]{1,6})\s*\d{1,4})?[^\w]*", re.IGNORECASE
)

# What stands large above the title of a release.
_NO_TITLE = re.compile(
    r"\W*(?:(?:press|news|media)\s?(?:release|information|statement|note)|statement|communiqu[ée](?: de presse)?"
    r"|(?:presse|medien)-?\s?(?:mitteilung|information|erklärung|meldung)|dossier de presse"
    r"|nota (?:de prensa|à imprensa|stampa)|comunicado(?: de (?:prensa|imprensa))?|comunicato(?: stampa)?"
    r"|(?:komunikat|informacja) pras\w+|persbericht|pressmeddelande|pressemeddelelse|pressemelding"
    r"|lehdistötiedote|tisková zpráva|sajtóközlemény|comunicat de presă|пресс-?релиз|прес-?реліз"
    r"|сообщение для (?:прессы|сми)|basın (?:bülteni|açıklaması)|بيان صحفي|بیانیه مطبوعاتی|新闻稿|新聞稿"
    r"|プレスリリース|報道資料|보도자료)\W*(?:(?:nr|no|n°|№)?\.?\s*[\d/.-]+)?\W*",
    re.IGNORECASE,
)


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
    pages = [columns.lines(paper) for paper in papers]
    furniture = _furniture(pages, papers)
    kept = [
        [line for line in lines if not _is_furniture(line, paper, furniture)]
        for lines, paper in zip(pages, papers, strict=True)
    ]
    known = paragraphs.words(line for lines in kept for line in lines)
    body_size = _body_size(kept)
    title, lines = _title(kept[0] if kept else [], body_size)
    flowing = [lines, *kept[1:]]
    return Laid(title=title, blocks=tuple(paragraphs.blocks(flowing, body_size=body_size, known=known)))


def without_title(found: Laid, title: str) -> tuple[TextBlock, ...]:
    """The blocks behind a title that another source gives: what stood as title before is a block again."""
    plain = comparable(title)
    first = (TextBlock(text=found.title, kind=BlockKind.HEADING, level=1),) if found.title else ()
    blocks = (*first, *found.blocks)
    return tuple(
        block for at, block in enumerate(blocks) if at > BLOCKS_BEFORE_TITLE_MAX or comparable(block.text) not in plain
    )


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


def _body_size(pages: list[list[Run]]) -> float:
    """The size of type in which most of the text is set."""
    counts: Counter[float] = Counter()
    for line in (line for lines in pages for line in lines):
        counts[round(line.size * 2) / 2] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def _begins_title(above: Run, line: Run) -> bool:
    """Whether a line is the one above another of the same title: in its type, its margin and its distance."""
    alike = abs(above.size - line.size) <= 0.05 * line.size and abs(above.left - line.left) <= 0.3 * line.size
    near = 0 < above.base - line.base <= TITLE_LEADING_MAX * line.size
    return alike and near and not _NO_TITLE.fullmatch(above.text)


def _title(lines: list[Run], body_size: float) -> tuple[str, list[Run]]:
    """The largest lines of the first page that follow each other, and the lines without them; else no title."""
    large = [line for line in lines if line.size > LARGER * body_size and sum(map(str.isalpha, line.text)) > 2]
    telling = [line for line in large if not _NO_TITLE.fullmatch(line.text)]
    wordy = [line for line in telling if " " in line.text or len(line.text) > NAME_CHARACTERS_MAX]
    if not wordy:
        return "", lines
    largest = max(line.size for line in wordy)
    start = next(at for at, line in enumerate(lines) if line in wordy and line.size >= 0.95 * largest)
    while start > 0 and _begins_title(lines[start - 1], lines[start]):
        start -= 1
    end = start + 1
    while end < len(lines) and abs(lines[end].size - largest) <= 0.05 * largest:
        end += 1
    title = clean_line(paragraphs.text(lines[start:end], known=frozenset()))
    if len(title) > TITLE_CHARACTERS_MAX:
        return "", lines
    return title, [*lines[:start], *lines[end:]]
