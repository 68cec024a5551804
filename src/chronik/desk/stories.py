"""Decides how a story is shown: its reports on a line of time for each language, copies under their originals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.desk import reasons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chronik.ports.relating import StoryReport, WholeStory


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A report on the line of time."""

    report: StoryReport
    why: str
    """The reasons of its link, in words."""
    anchor: StoryReport | None
    """The report that it was judged to go with."""
    copies: tuple[Entry, ...] = ()
    """Reports that copy it, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The reports in one language, oldest first."""

    language: str
    entries: tuple[Entry, ...]


def timelines(whole: WholeStory) -> tuple[Timeline, ...]:
    """A line of time for each language, the one that was first to report first."""
    known = {report.report: report for report in whole.reports}
    copies: dict[str, list[Entry]] = {}
    originals: list[StoryReport] = []
    for report in whole.reports:
        original = _original(report, known)
        if original == report.report:
            originals.append(report)
        else:
            copies.setdefault(original, []).append(_entry(report, known))
    lines: dict[str, list[Entry]] = {}
    for report in originals:
        entry = _entry(report, known, copies=tuple(copies.get(report.report, ())))
        lines.setdefault(report.language, []).append(entry)
    return tuple(Timeline(language=language, entries=tuple(entries)) for language, entries in lines.items())


def _original(report: StoryReport, known: Mapping[str, StoryReport]) -> str:
    """What it copies, through copies of copies; itself where that is not in the story, or goes in a circle."""
    passed = {report.report}
    while report.copy_of in known:
        if report.copy_of in passed:
            return min(passed)
        passed.add(report.copy_of)
        report = known[report.copy_of]
    return report.report


def _entry(report: StoryReport, known: Mapping[str, StoryReport], *, copies: tuple[Entry, ...] = ()) -> Entry:
    anchor = known.get(report.anchor) if report.anchor else None
    return Entry(report=report, why=reasons.told(report.reasons), anchor=anchor, copies=copies)
