"""Decides how a dossier's suggestions are shown: by story, copies under their originals, the best first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chronik.desk import reasons
from chronik.desk.choices import name_in
from chronik.desk.languages import language_name, source_kind
from chronik.relate.gaps import GapKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chronik.ports.relating import Proposed, Side, StoryHead, StoryReport
    from chronik.relate.gaps import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A suggested report, with the suggested copies of it."""

    proposed: Proposed
    report: StoryReport
    why: str
    copies: tuple[Line, ...] = ()

    @property
    def reports(self) -> str:
        """Ids of all reports that are decided with it."""
        return " ".join([self.proposed.report, *(copy.proposed.report for copy in self.copies)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The suggested reports of one story, best first."""

    story: StoryHead | None
    lines: tuple[Line, ...]


def by_story(proposed: Iterable[Proposed]) -> list[list[Proposed]]:
    """Suggestions that report one story together, in the order of the best of each."""
    groups: dict[str, list[Proposed]] = {}
    for one in proposed:
        groups.setdefault(one.story or one.report, []).append(one)
    return list(groups.values())


def group(proposed: Sequence[Proposed], *, reports: Mapping[str, StoryReport], heads: Mapping[str, StoryHead]) -> Group:
    """One story's suggestions, with what lists show of them."""
    shown = [one for one in proposed if one.report in reports]
    copies: dict[str, list[Line]] = {}
    originals: list[Proposed] = []
    first_of: dict[str, str] = {}
    for one in shown:
        origin = reports[one.report].copy_of or one.report
        if origin in first_of:
            copies.setdefault(first_of[origin], []).append(_line(one, reports))
        else:
            first_of[origin] = one.report
            originals.append(one)
    lines = tuple(_line(one, reports, copies=tuple(copies.get(one.report, ()))) for one in originals)
    return Group(story=heads.get(proposed[0].story), lines=lines)


def _line(one: Proposed, reports: Mapping[str, StoryReport], *, copies: tuple[Line, ...] = ()) -> Line:
    return Line(proposed=one, report=reports[one.report], why=reasons.told(one.suggestion.reasons), copies=copies)


# What is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Something that the dossier lacks, in words, and reports of it that the archive holds."""

    what: str
    counted: str
    examples: tuple[StoryReport, ...]


def lack(gap: Gap, *, sides: Sequence[Side], reports: Mapping[str, StoryReport]) -> Lack:
    """A gap in words."""
    counted = _("the archive holds %(there)d that seem to belong, the dossier %(held)d") % {
        "there": gap.there,
        "held": gap.held,
    }
    examples = tuple(reports[report] for report in gap.examples if report in reports)
    return Lack(what=what(gap, sides), counted=counted, examples=examples)


def what(gap: Gap, sides: Sequence[Side]) -> str:
    """What a gap is called."""
    if gap.kind is GapKind.PARTY:
        side = next((one for one in sides if one.key == gap.value), None)
        return _("What %(name)s says") % {"name": name_in(side.names) if side else gap.value}
    if gap.kind is GapKind.LANGUAGE:
        return _("Reports in this language: %(name)s") % {"name": language_name(gap.value)}
    if gap.kind is GapKind.SOURCE_KIND:
        return _("Sources of this kind: %(name)s") % {"name": source_kind(gap.value)}
    if gap.kind is GapKind.COUNTRY:
        return _("Sources of this country: %(name)s") % {"name": gap.value}
    return _("The week of %(day)s") % {"day": _monday(gap.value)}


def _monday(week: str) -> str:
    year, _dash, number = week.partition("-W")
    try:
        return date_format(date.fromisocalendar(int(year), int(number), 1), "DATE_FORMAT")
    except ValueError:
        return week
