"""The text form of a topic page: a heading, then dated and credited entries. Decides.

    Archiv: Nuclear Phase-Out / Atomausstieg 2011-2023

    16.04.2023 - 00:03 [ Kreisblatt ]

    Title

    Paragraphs

Nothing of the page is lost: the heading and the entries, as received and one after the other, are the page.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from chronik.errors import RefusedInputError, TooLargeError
from chronik.model import Clip, UnreadEntry, content_id
from chronik.takein.entry_head import begins_brokenly, complaint, head_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

PAGE_BYTES_MAX = 64 * 2**20
YEAR_MIN, YEAR_MAX = 1500, 2999
SHOWN_LENGTH = 60

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
HEADING = re.compile(r"(?:archiv|archive|archives|архив|أرشيف)\s*:\s*(?P<names>.*)", re.IGNORECASE)
YEARS = re.compile(r"(?:^|\s)(?P<years>(?:1[0-9]|2[01])\d\d(?:\s?[-–—/]\s?(?:\d{4}|\d{2})?)?)$", re.ASCII)
MARKS = "\ufeff\u200b\u200e\u200f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a press page, understood."""

    line: int
    """Line of its head, counted from 1."""
    clipped: datetime
    """Local time without a zone, to the minute: the page does not say where it was written."""
    credit: str
    """What stands between the brackets, one blank on each side taken off."""
    title: str
    excerpt: str
    """Paragraphs as they stand, line ends as line feeds, one blank line where the page has several."""
    as_received: str
    """Verbatim, line ends included, up to the next entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Text that stands where an entry should, and why it could not be understood."""

    line: int
    reason: str
    text: str
    """Verbatim, line ends included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PressPage:
    """A topic page: its heading and what stands under it, in order."""

    heading_as_received: str
    """Verbatim: everything before the first entry."""
    names: tuple[str, ...]
    years: str
    """As the heading gives them, or empty."""
    entries: tuple[Entry | Unread, ...]


def parsed(data: bytes, *, name: str) -> PressPage:
    """The page that the bytes spell; raises RefusedInputError where they are not a press page at all."""
    text = _decoded(data, name=name)
    lines = LINE.findall(text)
    starts = _starts(lines, top=_first_written(lines))
    if not starts:
        raise RefusedInputError(f"{name}: no entry found. An entry begins with a line DD.MM.YYYY - HH:MM [ credit ].")
    names, years = _heading(lines, starts[0], name=name)
    ends = [*starts[1:], len(lines)]
    return PressPage(
        heading_as_received="".join(lines[: starts[0]]),
        names=names,
        years=years,
        entries=tuple(_entry(lines[start:end], line=start + 1) for start, end in zip(starts, ends, strict=True)),
    )


def parsed_entry(text: str) -> Entry | Unread:
    """The one entry that a mended text spells, or what is still wrong with it."""
    lines = LINE.findall(text)
    top = _first_written(lines)
    heads = [index for index, line in enumerate(lines) if head_fields(line)]
    if len(heads) > 1:
        reason = f"a second entry begins in line {heads[1] + 1}; mend one entry at a time"
        return Unread(line=1, reason=reason, text=text)
    entry = _entry(lines[top:], line=top + 1) if lines[top:] else Unread(line=1, reason="there is no text", text=text)
    if isinstance(entry, Unread):
        return Unread(line=entry.line, reason=entry.reason, text=text)
    return entry


def clips(
    page: PressPage,
    *,
    dossier: str,
    zone: ZoneInfo,
    language_of: Callable[[str], str],
    source_id_of: Callable[[str], str],
) -> tuple[tuple[Clip, ...], tuple[UnreadEntry, ...]]:
    """The page's entries as clips of a dossier, and what waits for mending; positions count both from 1.

    Local times become instants: of an hour that the clocks repeat, the first; a time that they skip moves on by the
    length of the gap. Ids are digests of what an entry says, so that a page taken in again, or a longer later version
    of it, brings back the same clips.
    """
    known_source_id_of = cache(source_id_of)
    seen: Counter[str] = Counter()
    clips_of_page: list[Clip] = []
    unread: list[UnreadEntry] = []
    for position, entry in enumerate(page.entries, start=1):
        identity = _identity(entry, dossier=dossier)
        seen[identity] += 1
        place = _Place(id=content_id({"nth": seen[identity], "of": identity}), dossier=dossier, position=position)
        if isinstance(entry, Unread):
            unread.append(_unread_entry(entry, place))
        else:
            clip = _clip(entry, place, zone=zone)
            language = language_of(f"{entry.title}\n\n{entry.excerpt}".strip())
            clips_of_page.append(replace(clip, language=language, source_id=known_source_id_of(entry.credit)))
    return tuple(clips_of_page), tuple(unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where in a dossier something goes, and under which id."""

    id: str
    dossier: str
    position: int


def _clip(entry: Entry, place: _Place, *, zone: ZoneInfo) -> Clip:
    return Clip(
        id=place.id,
        dossier=place.dossier,
        position=place.position,
        title=entry.title,
        credit=entry.credit,
        excerpt=entry.excerpt,
        clipped_at=entry.clipped.replace(tzinfo=zone).astimezone(UTC),
        as_received=entry.as_received,
    )


def _unread_entry(entry: Unread, place: _Place) -> UnreadEntry:
    return UnreadEntry(
        id=place.id,
        dossier=place.dossier,
        position=place.position,
        line=entry.line,
        reason=entry.reason,
        text=entry.text,
    )


def _identity(entry: Entry | Unread, *, dossier: str) -> str:
    """Digest of what an entry says: independent of its place, its line ends and blanks at its end."""
    if isinstance(entry, Unread):
        text = "\n".join(line.rstrip() for line in LINE.findall(entry.text)).strip()
        return content_id({"dossier": dossier, "unread": text})
    return content_id(
        {
            "clipped": entry.clipped.isoformat(timespec="minutes"),
            "credit": entry.credit,
            "dossier": dossier,
            "excerpt": entry.excerpt,
            "title": entry.title,
        }
    )


def _decoded(data: bytes, *, name: str) -> str:
    """The bytes as text, refused with line and byte where they are no UTF-8."""
    if len(data) > PAGE_BYTES_MAX:
        raise TooLargeError(f"{name}: larger than {PAGE_BYTES_MAX >> 20} MiB. Split the page and import the parts.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RefusedInputError(
            f"{name}, line {line}, byte {error.start + 1}: not UTF-8 (0x{data[error.start]:02X}). "
            "Save the file as UTF-8 and import it again."
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise RefusedInputError(f"{name}, line {line}: holds a NUL byte. Save the page as plain UTF-8 text.")
    return text


def _is_blank(line: str) -> bool:
    return not line.strip().strip(MARKS)


def _first_written(lines: Sequence[str]) -> int:
    """Index of the first line that is not blank."""
    return next((index for index, line in enumerate(lines) if not _is_blank(line)), len(lines))


def _starts(lines: Sequence[str], *, top: int) -> list[int]:
    """Indexes of the lines with which entries begin, well formed or not; `top` is where the heading stands."""
    starts: list[int] = []
    title_due = False
    for index in range(top, len(lines)):
        if _is_blank(lines[index]):
            continue
        title_due = _is_head(lines, index, top=top, title_due=title_due)
        if title_due:
            starts.append(index)
    return starts


def _is_head(lines: Sequence[str], index: int, *, top: int, title_due: bool) -> bool:
    """Whether an entry begins with a line, well formed or not."""
    if head_fields(lines[index]):
        return True
    stands_apart = index == top + 1 or (index > top and _is_blank(lines[index - 1]))
    alone = index + 1 == len(lines) or _is_blank(lines[index + 1])
    return stands_apart and begins_brokenly(lines[index], alone=alone, title_due=title_due)


def _heading(lines: Sequence[str], end: int, *, name: str) -> tuple[tuple[str, ...], str]:
    """Names and years of the heading, which stands before line index `end`."""
    top = _first_written(lines[:end])
    line = lines[top].strip().strip(MARKS).strip() if top < end else ""
    match = HEADING.fullmatch(line)
    if not match:
        found = f'found "{line[:SHOWN_LENGTH]}"' if line else "found none"
        raise RefusedInputError(
            f"{name}, line {top + 1}: the page needs a heading such as `Archiv: NAME / NAME YEAR` above its first "
            f"entry, {found}. Add the line and import the file again."
        )
    names, years = _names_and_years(match["names"])
    if not names:
        raise RefusedInputError(
            f"{name}, line {top + 1}: the heading names no topic. Write `Archiv: NAME / NAME YEAR`."
        )
    return names, years


def _names_and_years(text: str) -> tuple[tuple[str, ...], str]:
    """`Name / Name 2020` taken apart; a number that is all there is stays a name."""
    names = [part for part in (part.strip() for part in re.split(r"(?:^|\s)/(?:\s|$)", text)) if part]
    match = YEARS.search(names[-1]) if names else None
    if match is None or (len(names) == 1 and match.start() == 0):
        return tuple(names), ""
    names[-1] = names[-1][: match.start()].rstrip(" ,")
    return tuple(part for part in names if part), match["years"].strip()


def _entry(lines: Sequence[str], *, line: int) -> Entry | Unread:
    """An entry whose head is the first of the lines."""
    text = "".join(lines)
    fields = head_fields(lines[0])
    if fields is None:
        return Unread(line=line, reason=complaint(lines[0]), text=text)
    clipped = _local_time(fields.day, fields.time_of_day)
    if isinstance(clipped, str):
        return Unread(line=line, reason=clipped, text=text)
    title, excerpt = _title_and_excerpt(lines[1:])
    if not title:
        return Unread(line=line, reason="the title is missing: nothing follows the head", text=text)
    return Entry(line=line, clipped=clipped, credit=fields.credit, title=title, excerpt=excerpt, as_received=text)


def _local_time(day: str, time_of_day: str) -> datetime | str:
    """The local time, or why there is no such time."""
    day_number, month, year = (int(part) for part in day.split("."))
    hour, minute = (int(part) for part in time_of_day.split(":"))
    if not YEAR_MIN <= year <= YEAR_MAX:
        return f"{day}: the year is not between {YEAR_MIN} and {YEAR_MAX}"
    try:
        local_day = date(year, month, day_number)
    except ValueError:
        return f"{day} is not a day of the calendar"
    try:
        return datetime.combine(local_day, time(hour, minute))
    except ValueError:
        return f"{time_of_day} is not a time of day"


def _title_and_excerpt(lines: Sequence[str]) -> tuple[str, str]:
    """The first written line, and the paragraphs after it."""
    top = _first_written(lines)
    if top == len(lines):
        return "", ""
    body = "\n".join("" if _is_blank(line) else line.rstrip() for line in lines[top + 1 :])
    return lines[top].strip(), re.sub(r"\n{3,}", "\n\n", body).strip("\n")
