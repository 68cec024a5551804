"""Wraps pypdfium2: PDF documents with a text layer, such as press releases (decides).

PDFium, the reader inside Chromium, gives each character with its place; `columns`, `paragraphs` and `layout` make a
text of them.
Nothing is ever drawn: pictures, fonts and scripts in the file stay untouched.
"""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from chronik.extract import dates
from chronik.extract.encoding import clean_line
from chronik.extract.forms import bidi, layout, vertical
from chronik.extract.forms.bidi import Sign
from chronik.extract.forms.columns import HYPHEN, Paper, Run
from chronik.extract.forms.reading import TITLE_CHARACTERS_MAX, FormReading
from chronik.extract.forms.stated import stated_day
from chronik.model import Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from chronik.model import Page

Box = tuple[float, float, float, float]
ORIGIN = f"pypdfium2 {version('pypdfium2')}"

PAGES_MAX = 500
"""No press release has as many."""
CHARACTERS_MAX = 2_000_000
GAP_EMS = 1.2
"""A gap this wide, in sizes of the type, is no space between words: a column or a cell begins."""
LETTERS_A_PAGE_MIN = 20
"""Pages with less than this are scanned pictures, a stamp or a page number their only text."""

_ENCRYPTED = Failure(kind=FailureKind.UNREADABLE, detail="The PDF is locked with a password; save a copy without it.")
_BROKEN = Failure(kind=FailureKind.UNREADABLE, detail="The PDF is damaged and cannot be opened. Fetch or save it anew.")
_SCANNED = Failure(
    kind=FailureKind.NO_TEXT, detail="The PDF holds scanned pictures; no text layer. Run text recognition on it first."
)
_DATE = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)|untitled|unbenannt|sans titre|document\d*$|dokument\d*$|.{0,20}template)"
    r"|\.(?:docx?|pdf|indd|qxp|odt|rtf|pages|pptx?|xlsx?|html?)$|^https?:|^[\w.-]*\d[\w.-]*$",
    re.IGNORECASE,
)
VERTICAL = 270
"""A page written in columns from above to below is read as one that lies on its side."""
_PASSWORD_WANTED = 4
_SECURITY_UNKNOWN = 5


def document(page: Page) -> FormReading | Failure:
    """What the document says, or why it cannot be read."""
    try:
        pdf = pypdfium2.PdfDocument(page.body)
    except pypdfium2.PdfiumError as error:
        return _ENCRYPTED if error.err_code in {_PASSWORD_WANTED, _SECURITY_UNKNOWN} else _BROKEN
    try:
        return _read(pdf)
    except pypdfium2.PdfiumError:
        return _BROKEN
    finally:
        pdf.close()


def _read(pdf: pypdfium2.PdfDocument) -> FormReading | Failure:
    count = len(pdf)
    if count > PAGES_MAX:
        detail = f"The PDF has {count:,} pages; the limit is {PAGES_MAX:,}."
        return Failure(kind=FailureKind.TOO_LARGE, detail=detail)
    papers, characters = [], 0
    for number in range(count):
        papers.append(_paper(pdf, number))
        characters += sum(len(run.text) for run in papers[-1].runs)
        if characters > CHARACTERS_MAX:
            detail = f"The PDF has more than {CHARACTERS_MAX:,} characters, the limit."
            return Failure(kind=FailureKind.TOO_LARGE, detail=detail)
    letters = sum(map(str.isalpha, (sign for paper in papers for run in paper.runs for sign in run.text)))
    if letters < LETTERS_A_PAGE_MIN * min(count, 3):
        return _SCANNED
    return _reading(layout.document(papers), pdf.get_metadata_dict(skip_empty=True))


def _reading(found: layout.Laid, facts: Mapping[str, str]) -> FormReading:
    """The fields: what the file's properties say counts where the text bears it out."""
    head = "\n".join((found.title, *(block.text for block in found.blocks)))[: layout.HEAD_CHARACTERS]
    named = clean_line(facts.get("Title", ""))
    title = named if _is_title(named, head) else found.title
    blocks = found.blocks if title == found.title else layout.without_title(found, title)
    return FormReading(
        origin=ORIGIN,
        title=title,
        authors=_authors(facts.get("Author", ""), head),
        published=stated_day(head, _made(facts.get("CreationDate", ""))),
        blocks=blocks,
    )


def _is_title(named: str, head: str) -> bool:
    """Whether the title among the file's properties is that of the text: it stands at its beginning."""
    if not named or len(named) > TITLE_CHARACTERS_MAX or _NO_TITLE.search(named):
        return False
    return layout.comparable(named) in layout.comparable(head) and len(named.split()) > 1


def _authors(named: str, head: str) -> tuple[str, ...]:
    """Who wrote it by the file's properties, where the text's beginning names them too: mostly it was a typist."""
    names = (clean_line(name) for name in re.split(r"[;,]|\s(?:and|und|et|y)\s", named[:500]))
    return tuple(name for name in names if " " in name and name in head)


def _made(stated: str) -> str:
    """The day on which the file was made (ISO 32000-1 §7.9.4), or empty."""
    found = _DATE.match(stated)
    return dates.moment("-".join(found.groups()[:3])) if found else ""


def _paper(pdf: pypdfium2.PdfDocument, number: int) -> Paper:
    """A page's runs of characters; one that cannot be opened counts as empty."""
    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        return Paper(runs=(), width=0.0, height=0.0)
    try:
        width, height = page.get_size()
        signs = list(_page_signs(page))
        is_upright = vertical.is_vertical([(place[2], place[3], size) for sign, place, size in signs if sign.strip()])
        rotation = VERTICAL if is_upright else page.get_rotation()
        runs = tuple(_runs(signs, rotation=rotation, page_box=page.get_mediabox()))
    except pypdfium2.PdfiumError:
        return Paper(runs=(), width=0.0, height=0.0)
    finally:
        page.close()
    return Paper(runs=runs, width=height, height=width) if is_upright else Paper(runs=runs, width=width, height=height)


def _page_signs(page: pypdfium2.PdfPage) -> Iterator[tuple[str, Box, float]]:
    text_page = page.get_textpage()
    try:
        yield from _signs(text_page)
    finally:
        text_page.close()


def _runs(signs: Iterable[tuple[str, Box, float]], *, rotation: int, page_box: Box) -> Iterator[Run]:
    """The page's text in pieces that stand on one line without a wide gap, in the order of the file."""
    line = _Line()
    for sign, place, size in signs:
        box, base = _turned(place, rotation=rotation, box=page_box)
        if sign in "\r\n" or (sign.strip() and line.ends_before(box, base=base, size=size)):
            yield from line.runs()
            line = _Line()
        line.add(sign, box, base=base, size=size)
    yield from line.runs()


@dataclass(slots=True)
class _Line:
    """The signs of a run that is being put together."""

    signs: list[Sign] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0

    def ends_before(self, box: tuple[float, float], *, base: float, size: float) -> bool:
        """Whether a sign stands too far off to belong to the run."""
        apart = max(box[0] - self.right, self.left - box[1]) > GAP_EMS * max(self.size, 1.0)
        return bool(self.signs) and (apart or abs(base - self.base) > max(self.size, size) / 2)

    def add(self, sign: str, box: tuple[float, float], *, base: float, size: float) -> None:
        """Put a sign behind the others; a run begins with none that is blank."""
        if not sign.strip():
            self.signs += [Sign(sign, *box)] if self.signs and sign not in "\r\n" else []
            return
        if not self.signs:
            self.left, self.right, self.base = *box, base
        self.left, self.right = min(self.left, box[0]), max(self.right, box[1])
        self.size = max(self.size, size)
        self.signs.append(Sign(sign, *box))

    def runs(self) -> Iterator[Run]:
        """The run, if it holds any text."""
        text = bidi.read(self.signs, size=self.size) if self.signs else ""
        if text.strip():
            yield Run(text=text, left=self.left, right=self.right, base=self.base, size=self.size)


def _turned(place: Box, *, rotation: int, box: Box) -> tuple[tuple[float, float], float]:
    """Left and right edge and baseline of a character as it lies when the page is shown."""
    x0, x1, x, y = place
    if rotation == 0:
        return (x0 - box[0], x1 - box[0]), y - box[1]
    if rotation == 180:
        return (box[2] - x1, box[2] - x0), box[3] - y
    along = y - box[1] if rotation == 90 else box[3] - y
    return (along, along), box[2] - x if rotation == 90 else x - box[0]


def _signs(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[str, Box, float]]:
    """Each character with its place (left, right, origin across and up) and the size of its type, in points."""
    handle = text_page.raw
    x0, x1, y0, y1 = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    edges = tuple(map(ctypes.byref, (x0, x1, y0, y1)))
    origin = tuple(map(ctypes.byref, (x, y)))
    matrix = pdfium.FS_MATRIX()
    for at in range(min(text_page.count_chars(), CHARACTERS_MAX + 1)):
        code = pdfium.FPDFText_GetUnicode(handle, at)
        pdfium.FPDFText_GetCharBox(handle, at, *edges)
        pdfium.FPDFText_GetCharOrigin(handle, at, *origin)
        size = pdfium.FPDFText_GetFontSize(handle, at)
        if pdfium.FPDFText_GetMatrix(handle, at, ctypes.byref(matrix)):
            size *= math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        hyphen = pdfium.FPDFText_IsHyphen(handle, at) == 1
        sign = HYPHEN if hyphen else chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if sign:
            yield sign, (x0.value, x1.value, x.value, y.value), abs(size)
