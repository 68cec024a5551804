"""An e-mail, as ministries and agencies send their releases (RFC 5322), as an article (decides)."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import parseaddr
from itertools import islice
from typing import TYPE_CHECKING

from chronik.extract import dates
from chronik.extract.encoding import clean_line, decoded
from chronik.extract.forms import mime
from chronik.extract.forms.fragment import blocks as html_blocks
from chronik.extract.forms.plain import plain
from chronik.extract.forms.reading import FormReading
from chronik.model import Failure, FailureKind

if TYPE_CHECKING:
    from chronik.extract.candidates import TextBlock
    from chronik.extract.forms.mime import Part

PARTS_LOOKED_AT = 200
PLAIN_SHARE_MIN = 0.5
"""A plain part much shorter than the HTML beside it only points to it."""

_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?|[ \t]+\S|From ")
_TELLING = re.compile(
    rb"(?:from|date|subject|message-id|mime-version|received|return-path|to|content-type):", re.IGNORECASE
)
_TELLING_MIN = 3
_FORWARD = re.compile(r"^(?:(?:fwd?|wg|tr|re|aw|rv|i|пересл|ynt)\s*:\s*)+", re.IGNORECASE)


def is_message(head: bytes) -> bool:
    """Whether bytes begin with the head of a message."""
    start = head[:16_384].lstrip(b"\r\n")
    if not _FIELD.match(start):
        return False
    lines = re.split(rb"\r?\n|\r", start)
    telling: set[bytes] = set()
    for line in lines[:200]:
        if not line.strip():
            break
        if not _FIELD.match(line):
            return False
        found = _TELLING.match(line)
        if found:
            telling.add(found[0].lower())
    return len(telling) >= _TELLING_MIN


def mail(whole: Part) -> FormReading | Failure:
    """What a message says; what is attached to it is left aside."""
    found = list(islice(mime.parts(whole), PARTS_LOOKED_AT))
    bodies = [part for part in found if not part.field("content-disposition").lower().startswith("attachment")]
    as_text = _text(next((part for part in bodies if part.media_type == "text/plain"), None))
    as_html = _html(next((part for part in bodies if part.media_type == "text/html"), None))
    blocks = as_text if _size(as_text) >= PLAIN_SHARE_MIN * _size(as_html) else as_html
    if not blocks:
        return Failure(kind=FailureKind.NO_TEXT, detail="The message holds no text. Save what is attached to it.")
    sender, _ = parseaddr(whole.field("from"))
    title = _FORWARD.sub("", clean_line(whole.field("subject")))
    return FormReading(
        origin="e-mail",
        title=title,
        published=dates.moment(whole.field("date")),
        source=clean_line(sender),
        language=whole.field("content-language").split(",")[0].strip(),
        blocks=tuple(block for block in blocks if block.text != title),
    )


def _size(blocks: tuple[TextBlock, ...]) -> int:
    return sum(len(block.text) for block in blocks)


def _characters(part: Part) -> str:
    text = decoded(part.content(), part.charset)
    return "" if isinstance(text, Failure) else text


def _text(part: Part | None) -> tuple[TextBlock, ...]:
    if part is None:
        return ()
    reading = plain(_characters(part))
    first = (replace(reading.blocks[0], text=reading.title),) if reading.title and reading.blocks else ()
    return (*first, *reading.blocks)


def _html(part: Part | None) -> tuple[TextBlock, ...]:
    return html_blocks(_characters(part)) if part else ()
