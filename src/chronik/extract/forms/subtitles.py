"""Subtitles (WebVTT, SubRip) as running text (decides): times and repetitions go, speakers stay.

Rolling captions show each line twice or grow it word by word; a line that the cue before showed is not said again.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chronik.extract.candidates import TextBlock
from chronik.extract.encoding import clean, clean_line
from chronik.extract.forms.reading import FormReading, joined
from chronik.model import ArticleKind, Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator

CUE_LINES_MAX = 100
CUES_MAX = 200_000
"""A day of speech has some thirty thousand."""
PARAGRAPH_CHARACTERS = 500
"""From here on a paragraph ends with its sentence."""
PARAGRAPH_CHARACTERS_MAX = 2_000
"""Captions without punctuation are parted here."""
PAUSE_S = 4.0
"""So long a silence behind a sentence parts paragraphs."""
LINE_CHARACTERS_MAX = 2_000
SPEAKER_CHARACTERS_MAX = 60

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*(?:-{{1,3}}>|,)\s*{_TIME}(?:\s|$)")
_ARROW = re.compile(r"\s*\d\S{0,20}\s{0,5}-{1,3}>")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,100})?\s+([^<>]{1,200})>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,200}>|\{\\?[^{}]{0,100}\}")
_HEADER_FIELD = re.compile(r"(title|x-title|language)\s*[:=]\s*(.{1,300})", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…。！？।۔][\"'”’»)\]♪]*$")
_DASH = re.compile(r"[-–—]\s*(?=\S)")


@dataclass(slots=True)
class _Speech:
    """What is being put together: paragraphs so far, the open one, and what the cue before showed."""

    paragraphs: list[str] = field(default_factory=list)
    open: str = ""
    speaker: str = ""
    shown: list[str] = field(default_factory=list)
    ended_at_s: float = 0.0

    def close(self) -> None:
        if self.open:
            self.paragraphs.append(self.open)
        self.open = ""

    def say(self, line: str) -> None:
        ended = bool(_SENTENCE_END.search(self.open))
        full = len(self.open) >= PARAGRAPH_CHARACTERS
        if (ended and full) or len(self.open) >= PARAGRAPH_CHARACTERS_MAX:
            self.close()
        self.open = joined([self.open, line])


def is_subtitles(head: str) -> bool:
    """Whether a text begins as a subtitle file does."""
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith("WEBVTT") and not start[6:7].strip():
        return True
    lines = [line.strip() for line in start[:2_000].splitlines()[:4]]
    numbered = len(lines) > 1 and lines[0].isdecimal() and _TIMING.match(lines[1]) is not None
    return numbered and "->" in lines[1]


def subtitles(text: str) -> FormReading | Failure:
    """What is said, in paragraphs."""
    lines = clean(text).lstrip("\ufeff").split("\n")
    speech = _Speech()
    fields: dict[str, str] = {}
    for number, (start_s, end_s, cue) in enumerate(_cues(lines, fields)):
        if number == CUES_MAX:
            detail = f"The file has more than {CUES_MAX:,} subtitles, the limit."
            return Failure(kind=FailureKind.TOO_LARGE, detail=detail)
        _hear(speech, cue, start_s=start_s)
        speech.ended_at_s = end_s
    speech.close()
    return FormReading(
        kind=ArticleKind.SUBTITLES,
        origin="subtitles",
        title=fields.get("title", ""),
        language=fields.get("language", ""),
        blocks=tuple(TextBlock(text=paragraph) for paragraph in speech.paragraphs),
    )


def _cues(lines: list[str], fields: dict[str, str]) -> Iterator[tuple[float, float, list[str]]]:
    """Each cue's start and end in seconds and its lines; what stands outside cues may fill the fields."""
    cue: list[str] | None = None
    start_s = end_s = 0.0
    for at, line in enumerate(lines):
        timing = _TIMING.match(line)
        if timing or _ARROW.match(line):
            if cue:
                yield start_s, end_s, _without_number(cue)
            start_s, end_s = _span(timing) if timing else (end_s, end_s)
            cue = []
        elif cue is None:
            _note(line, fields, is_first=at == 0)
        elif line.strip():
            if len(cue) < CUE_LINES_MAX:
                cue.append(line[:LINE_CHARACTERS_MAX])
        elif cue:
            yield start_s, end_s, cue
            cue = None
    if cue:
        yield start_s, end_s, cue


def _without_number(cue: list[str]) -> list[str]:
    """A cue that no blank line parts from the next holds the next one's number."""
    return cue[:-1] if cue[-1].strip().isdecimal() else cue


def _note(line: str, fields: dict[str, str], *, is_first: bool) -> None:
    """Take a title or a language out of a header or a note."""
    text = clean_line(line)[:LINE_CHARACTERS_MAX]
    if is_first and text.startswith("WEBVTT"):
        title = text.removeprefix("WEBVTT").strip(" -–—\t")
        if title and ":" not in title:
            fields["title"] = title
        return
    stated = _HEADER_FIELD.match(text.removeprefix("NOTE").strip())
    if stated:
        fields.setdefault(stated[1].lower().removeprefix("x-"), stated[2])


def _span(timing: re.Match[str]) -> tuple[float, float]:
    """Start and end in seconds."""
    numbers = [int(part or 0) for part in timing.groups()]
    start, end = numbers[:4], numbers[4:]
    return _seconds(start), _seconds(end)


def _seconds(parts: list[int]) -> float:
    hours, minutes, seconds, thousandths = parts
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _hear(speech: _Speech, cue: list[str], *, start_s: float) -> None:
    """Add what a cue says anew."""
    if start_s - speech.ended_at_s > PAUSE_S and _SENTENCE_END.search(speech.open):
        speech.close()
    shown: list[str] = []
    for raw in cue:
        voice = _VOICE.search(raw)
        if voice:
            _speaks(speech, clean_line(html.unescape(voice[1])))
        line = clean_line(html.unescape(_TAG.sub("", raw)))
        if line:
            _add(speech, line)
            shown.append(line)
    speech.shown = shown or speech.shown


def _add(speech: _Speech, line: str) -> None:
    """Add a line, unless the cue before showed it; of one that grew, add what is new."""
    if line in speech.shown:
        return
    grown = next((old for old in speech.shown[-1:] if line.startswith(f"{old} ")), "")
    if grown and speech.open.endswith(grown):
        speech.say(line[len(grown) + 1 :])
        return
    dash = _DASH.match(line)
    if dash and _SENTENCE_END.search(speech.open or "."):
        speech.close()
    speech.say(line)


def _speaks(speech: _Speech, name: str) -> None:
    """Somebody else speaks: a paragraph of its own, with the name before it."""
    if not name or name == speech.speaker:
        return
    speech.close()
    speech.speaker = name
    speech.open = f"{name[:SPEAKER_CHARACTERS_MAX]}:"
