"""Decides how a story is shown: its reports on a line of time for each language, copies under their originals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chronik.desk import reasons
from chronik.model import Verb, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from chronik.model import Act
    from chronik.ports.looking_up import Said
    from chronik.ports.relating import StoryReport, WholeStory

LANE_HEIGHT = 22
"""Of a lane of the drawing, in pixels."""
EDGE_PERCENT = 2.0
"""So much of the drawing's width stays free on either side, so that no mark is cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A report on the line of time."""

    report: StoryReport
    why: str
    """The reasons of its link, in words."""
    anchor: StoryReport | None
    """The report that it was judged to go with."""
    first: bool = False
    """The story begins with it: there is nothing to confirm."""
    said: Act | None = None
    """An editor's act that says that it belongs here."""
    copies: tuple[Entry, ...] = ()
    """Reports that copy it, oldest first."""
    copies_more: int = 0
    """Copies that are left out."""

    @property
    def copies_count(self) -> int:
        """Of all copies."""
        return len(self.copies) + self.copies_more


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The reports in one language, oldest first."""

    language: str
    entries: tuple[Entry, ...]
    reports: int
    """How many there are, copies included."""
    more: int = 0
    """Entries that are left out."""


def cut(lines: Iterable[Timeline], *, entries_max: int) -> tuple[Timeline, ...]:
    """The lines of time, of each so many entries at most: a large story is shown at once, and whole on demand."""
    return tuple(
        replace(
            line,
            entries=tuple(
                replace(entry, copies=entry.copies[:entries_max], copies_more=len(entry.copies[entries_max:]))
                for entry in line.entries[:entries_max]
            ),
            more=len(line.entries[entries_max:]) + sum(len(e.copies[entries_max:]) for e in line.entries[:entries_max]),
        )
        for line in lines
    )


def timelines(whole: WholeStory, said: Iterable[Said] = ()) -> tuple[Timeline, ...]:
    """A line of time for each language, the one that was first to report first."""
    known = {report.report: report for report in whole.reports}
    acts = _confirmed(known, said)
    first = _founder(whole)
    copies: dict[str, list[Entry]] = {}
    originals: list[StoryReport] = []
    for report in whole.reports:
        original = _original(report, known)
        if original == report.report:
            originals.append(report)
        else:
            copies.setdefault(original, []).append(_entry(report, known, acts, first=first))
    lines: dict[str, list[Entry]] = {}
    for report in originals:
        entry = _entry(report, known, acts, first=first, copies=tuple(copies.get(report.report, ())))
        lines.setdefault(report.language, []).append(entry)
    return tuple(
        Timeline(language=language, entries=tuple(entries), reports=sum(1 + len(one.copies) for one in entries))
        for language, entries in lines.items()
    )


def _founder(whole: WholeStory) -> str:
    return next((report.report for report in whole.reports if report.article == whole.head.article), "")


def _original(report: StoryReport, known: Mapping[str, StoryReport]) -> str:
    """What it copies, through copies of copies; itself where that is not in the story, or goes in a circle."""
    passed = {report.report}
    while report.copy_of in known:
        if report.copy_of in passed:
            return min(passed)
        passed.add(report.copy_of)
        report = known[report.copy_of]
    return report.report


def _entry(
    report: StoryReport,
    known: Mapping[str, StoryReport],
    acts: Mapping[str, Act],
    *,
    first: str,
    copies: tuple[Entry, ...] = (),
) -> Entry:
    anchor = known.get(report.anchor) if report.anchor else None
    is_first = report.report == first
    return Entry(
        report=report,
        why=reasons.told(report.reasons) if anchor else "",
        anchor=anchor,
        first=is_first,
        said=None if is_first else acts.get(report.report) or (None if anchor else acts.get("")),
        copies=copies,
    )


def _confirmed(known: Mapping[str, StoryReport], said: Iterable[Said]) -> dict[str, Act]:
    """Report → the latest act that says that it belongs to this story; under the empty id what joined whole stories."""
    found: dict[str, Act] = {}
    for one in said:
        act = one.act
        if not one.standing:
            continue
        if act.verb is Verb.JUDGE:
            ends = [str(act.detail.get(end, "")) for end in ("first", "second")]
            if act.detail.get("verdict") == Verdict.SAME and all(end in known for end in ends):
                found = {**dict.fromkeys(ends, act), **found}
        else:
            found.setdefault("", act)
    return found


# The drawing above the lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A report in the drawing."""

    report: StoryReport
    x: str
    """Per cent of the width, from the left."""
    y: int
    copied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The reports in one language, as marks."""

    language: str
    y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Every report as a mark on the lane of its language, by its time."""

    lanes: tuple[Lane, ...]
    height: int
    first_at: datetime
    last_at: datetime


def drawing(lines: Sequence[Timeline], whole: WholeStory) -> Drawing | None:
    """The drawing; None where there is nothing to compare."""
    times = [report.when for report in whole.reports]
    first, last = min(times), max(times)
    if len(times) < 2 or first == last:
        return None
    span = (last - first).total_seconds()

    def x(when: datetime) -> str:
        return f"{EDGE_PERCENT + (100 - 2 * EDGE_PERCENT) * (when - first).total_seconds() / span:.2f}%"

    lanes = []
    for number, line in enumerate(lines):
        y = number * LANE_HEIGHT + LANE_HEIGHT // 2
        shown = [(one, copied) for entry in line.entries for one, copied in _with_copies(entry)]
        marks = [Mark(report=one.report, x=x(one.report.when), y=y, copied=copied) for one, copied in shown]
        lanes.append(Lane(language=line.language, y=y, marks=tuple(marks)))
    return Drawing(lanes=tuple(lanes), height=len(lanes) * LANE_HEIGHT, first_at=first, last_at=last)


def _with_copies(entry: Entry) -> list[tuple[Entry, bool]]:
    return [(entry, False), *((copied, True) for copied in entry.copies)]
