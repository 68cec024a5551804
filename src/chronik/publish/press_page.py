"""A dossier as the text of a press page. Decides.

An entry that nobody changed is given back byte for byte; a page that was only taken in comes back as it was received.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chronik.model import Clip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from chronik.model import Dossier, UnreadEntry

LINE_END = re.compile(r"\r\n|\r|\n")


def written(dossier: Dossier, clips: Sequence[Clip], unread: Sequence[UnreadEntry], *, zone: ZoneInfo) -> bytes:
    """The press page of a dossier, entries in the order by hand."""
    heading = dossier.heading_as_received
    line_end = _line_end(heading)
    page = _Page(line_end)
    page.add(heading or _heading(dossier, line_end))
    items: list[Clip | UnreadEntry] = [*clips, *unread]
    for item in sorted(items, key=lambda item: item.position):
        if not isinstance(item, Clip):
            # Where it stood, the text before it ends as it did; anywhere else only a blank line sets it apart.
            page.add(item.text, apart=page.lines + 1 != item.line)
        elif item.as_received:
            page.add(item.as_received)
        else:
            page.add(_entry(item, zone=zone, line_end=line_end), apart=True)
    return page.text.encode()


class _Page:
    """A page that grows piece by piece; each piece begins on a line of its own."""

    def __init__(self, line_end: str) -> None:
        self._pieces: list[str] = []
        self._tail = ""
        self._line_end = line_end
        self.lines = 0

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def add(self, piece: str, *, apart: bool = False) -> None:
        """Append a piece, after a blank line if it has to stand apart."""
        if self._pieces and not self._tail.endswith(("\n", "\r")):
            self._append(self._line_end * 2)
        elif apart and self._pieces and not re.search(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\Z", self._tail):
            self._append(self._line_end)
        self._append(piece)

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._tail = (self._tail + piece)[-100:]
        self.lines += len(LINE_END.findall(piece))


def _line_end(text: str) -> str:
    """The line end that a text uses."""
    match = LINE_END.search(text)
    return match[0] if match else "\n"


def _heading(dossier: Dossier, line_end: str) -> str:
    """A heading from the dossier's names and years."""
    names = " / ".join(dict.fromkeys(_one_line(name) for name in dossier.names.values())) or dossier.slug
    return f"Archiv: {names} {dossier.years}".rstrip() + line_end * 2


def _entry(clip: Clip, *, zone: ZoneInfo, line_end: str) -> str:
    """An entry as a press page has it, for a clip that is new or was changed."""
    local = clip.clipped_at.astimezone(zone)
    credit = _one_line(clip.credit)
    head = (
        f"{local.day:02}.{local.month:02}.{local.year:04} - {local.hour:02}:{local.minute:02} "
        f"[ {credit + ' ' if credit else ''}]"
    )
    blocks = (head, _one_line(clip.title), clip.excerpt.strip("\r\n"))
    text = "\n\n".join(block for block in blocks if block) + "\n\n"
    return LINE_END.sub(line_end, text)


def _one_line(text: str) -> str:
    """The text with its line breaks turned into blanks."""
    return LINE_END.sub(" ", text).strip("\n\r")
