"""The line with which an entry of a press page begins: `DD.MM.YYYY - HH:MM [ credit ]`. Decides.

A head that is well formed is one wherever it stands. A line that only resembles a head is taken for a broken one where
it stands like a head (after a blank line) and could hardly be anything else; every other line is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD_LENGTH_MAX = 1_000
BROKEN_HEAD_LENGTH_MAX = 200
FORM = "an entry begins with DD.MM.YYYY - HH:MM [ credit ]"

MARKS = r"[\s\u200b\u200e\u200f\ufeff]*"
HEAD = re.compile(
    rf"{MARKS}(?P<day>[0-9]{{1,2}}\.[0-9]{{1,2}}\.[0-9]{{4}})\s*[-–—]\s*(?P<time>[0-9]{{1,2}}:[0-9]{{2}})"
    rf"\s*\[(?P<credit>.*)\]{MARKS}"
)

DATE = r"[0-9]{1,4}\s?[./-]\s?[0-9]{1,2}\s?[./-]\s?[0-9]{1,4}"
GAP = r"[\s,|–—-]*"
TIME = r"[0-9]{1,2}\s?[:.]\s?[0-9]{1,2}(?:\s?(?:Uhr|h))?"
SURELY_BROKEN = re.compile(
    rf"{DATE}{GAP}{TIME}{GAP}(?:"
    r"\[.*"  # bracket not closed, or text after it
    r"|.{0,80}\]"  # bracket not opened
    r"|[({].{0,80}[)}])"  # other brackets
)
LIKELY_BROKEN = re.compile(
    rf"{DATE}{GAP}{TIME}(?:{GAP}.{{0,60}}[^.!?:…])?"  # no brackets at all
    rf"|{DATE}{GAP}\[.*"  # no time
    r"|(?=.*[0-9?–—-]).{1,40}\s\[ (?:.* )?\]"  # something else than a date before the credit
    r"|\[ (?:[^\w\[\]]*+\w[^\[\]]*+(?<= ))?\]"  # nothing before the credit
)
DATE_AS_EXPECTED = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9])")
TIME_AS_EXPECTED = re.compile(r"\s*[-–—]\s*[0-9]{1,2}:[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a head says, not yet checked against the calendar."""

    day: str
    time_of_day: str
    credit: str


def head_fields(line: str) -> Head | None:
    """The fields of a line of the form of a head, or None."""
    if len(line) > HEAD_LENGTH_MAX or "[" not in line:
        return None
    match = HEAD.fullmatch(line)
    if match is None:
        return None
    return Head(day=match["day"], time_of_day=match["time"], credit=_unpadded(match["credit"]))


def begins_brokenly(line: str, *, alone: bool, title_due: bool) -> bool:
    """Whether a line after a blank one is a broken head.

    `alone` says that a blank line follows; `title_due` that a head went before and the line may be its title.
    """
    text = line.strip()
    if len(text) > BROKEN_HEAD_LENGTH_MAX:
        return False
    if SURELY_BROKEN.fullmatch(text):
        return True
    return alone and not title_due and LIKELY_BROKEN.fullmatch(text) is not None


def complaint(line: str) -> str:
    """What is wrong with a broken head, in words."""
    text = line.strip()
    date = DATE_AS_EXPECTED.match(text)
    if date is None:
        return f"the date is missing or not written DD.MM.YYYY; {FORM}"
    if TIME_AS_EXPECTED.match(text, date.end()) is None:
        return f"after the date, the time is missing or not written - HH:MM; {FORM}"
    if "[" not in text and "]" not in text:
        return f"the credit in square brackets is missing; {FORM}"
    if "[" not in text:
        return f"the bracket before the credit is missing; {FORM}"
    if "]" not in text:
        return f"the bracket after the credit is missing; {FORM}"
    return f"more than date, time and credit stands in the line; {FORM}"


def _unpadded(credit: str) -> str:
    """The credit without the one blank that pads it on each side."""
    return credit.removeprefix(" ").removesuffix(" ")
