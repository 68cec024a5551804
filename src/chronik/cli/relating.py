"""`relate`: which reports tell the same story, in a file without an archive, or in the archive."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output, reasons, report_stream, story_shapes
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson
from chronik.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.model import Placement, Report
    from chronik.ports import Encode
    from chronik.relate.bridge import Bridge
    from chronik.relate.origins import Told
    from chronik.relate.traits import Traits

TITLE_CHARACTERS_SHOWN = 110


def relate(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]", help="Reports, one JSON object a line; - is standard input.", show_default=False
        ),
    ] = None,
    batch: Annotated[bool, typer.Option("--batch", help="Look at all reports before they are grouped.")] = False,
    encoder: Annotated[
        str, typer.Option(metavar="e5|none|URL", help="What makes sentence vectors, for a FILE. Default: as set.")
    ] = "",
    encoder_model: Annotated[str, typer.Option(metavar="NAME", help="The model, where the encoder is a URL.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Place every article of the archive anew.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="With judgements on the nearest reports.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Group reports by the happening they tell of, across languages, and say why.

    Of a FILE each line is one report: {"id", "title", "text", "language", "published", "source"}; id and title are
    needed. With --json one line comes out for each that goes in, as soon as it is placed: {"id", "story", "score",
    "certain", "copy_of", "reasons"}. No archive is needed, and nothing is kept. Exit code 1 when a line was bad.

    Without FILE the archive's articles are placed that are due, or with --again all of them: the vectors that are kept
    are used, and what editors said stays.

    Example: `chronik relate reports.jsonl --json`
    """
    if file is None:
        if batch or encoder or verbose:
            raise UsageError("--batch, --encoder and --verbose are for a FILE; the archive's encoder is a setting.")
        _relate_archive(archive, again=again, as_json=as_json)
        return
    if again:
        raise UsageError("--again is for the archive, without FILE.")
    stream = _Stream(name=file, encode=_encoder(encoder, encoder_model))
    shown = _Shown(as_json=as_json, verbose=verbose)
    placed = stream.placed_together() if batch else stream.placed()
    for given_id, report, placement in placed:
        shown.take(given_id, report, placement)
    shown.end()
    if stream.bad:
        raise typer.Exit(1)


def _relate_archive(folder: Path | None, *, again: bool, as_json: bool) -> None:
    from chronik.archive import relating

    with opened(folder) as house, output.progress(hidden=as_json) as show:
        act = relating.relate_again if again else relating.relate_due
        done = act(house, progress=show)
    if as_json:
        output.emit({"articles": done.articles, "suggestions": done.suggestions, "waiting": done.waiting or None})
    else:
        output.say(f"{done.articles} articles placed, {done.suggestions} suggestions made.")
    if done.waiting:
        output.complain(done.waiting)
        raise typer.Exit(1)


def _encoder(named: str, model: str) -> Encode | None:
    from chronik import config, wiring

    for variable, value in (("CHRONIK_ENCODER", named), ("CHRONIK_ENCODER_MODEL", model)):
        if value:
            os.environ[variable] = value
    settings = config.from_table(Path(), {}, where="environment")
    return None if settings.encoder == config.ENCODER_NONE else wiring.encoder(settings)


@dataclass(slots=True, kw_only=True)
class _Stream:
    """The reports of a file, and where they were placed."""

    name: str
    encode: Encode | None
    bridge: Bridge | None = None
    bad: int = 0
    _ids: set[str] = field(default_factory=set)

    def placed(self) -> Iterator[tuple[Any, Report, Placement]]:
        """Each report with its place, in the order of the lines, as soon as it came."""
        from chronik.relate.placing import Placer

        placer = Placer(made_by=self._made_by())
        for lines in report_stream.batches(self.name):
            reports = self._reports(lines)
            for (given_id, report), traits in zip(reports, self._traits(reports), strict=True):
                yield given_id, report, placer.place(traits, told=_told(report, traits), text=report.text)

    def placed_together(self) -> Iterator[tuple[Any, Report, Placement]]:
        """Each report with its place, in the order of the lines, once all were looked at."""
        from chronik.relate.batch import Credited, grouped

        everything = [pair for lines in report_stream.batches(self.name) for pair in self._reports(lines)]
        size = report_stream.LINES_A_BATCH_MAX
        parts = (everything[start : start + size] for start in range(0, len(everything), size))
        traits = [one for part in parts for one in self._traits(part)]
        credited = [
            Credited(told=_told(report, one), text=report.text)
            for (_, report), one in zip(everything, traits, strict=True)
        ]
        placements = grouped(traits, credited=credited, made_by=self._made_by())
        yield from (
            (given_id, report, placement) for (given_id, report), placement in zip(everything, placements, strict=True)
        )

    def _made_by(self) -> str:
        return self.encode.made_by if self.encode else ""

    def _reports(self, lines: Sequence[tuple[int, bytes]]) -> list[tuple[Any, Report]]:
        from chronik.takein.jsonl import BadRowError

        found = []
        for number, line in lines:
            try:
                found += [self._report(line)] if line.strip() else []
            except BadRowError as error:
                self.bad += 1
                output.complain(f"{self.name}, line {number}: {error}")
        return found

    def _report(self, line: bytes) -> tuple[Any, Report]:
        from chronik.extract.language import language
        from chronik.extract.mentioned_dates import dates
        from chronik.relate.traits import beginning
        from chronik.takein.jsonl import BadRowError
        from chronik.takein.report_lines import report

        given_id, one = report(line, language_of=language)
        published = one.published.isoformat() if one.published else ""
        named = dates(beginning(one), language=one.language, published=published)
        one = replace(one, dates=tuple(dict.fromkeys(mention.date for mention in named)))
        if one.id in self._ids:
            raise BadRowError(f"the id {one.id[:TITLE_CHARACTERS_SHOWN]!r} stood in an earlier line")
        self._ids.add(one.id)
        return given_id, one

    def _traits(self, reports: Sequence[tuple[Any, Report]]) -> list[Traits]:
        """What stands in each report."""
        from chronik.relate.bridge import Bridge
        from chronik.relate.report_vectors import report_vectors
        from chronik.relate.traits import traits_of

        self.bridge = self.bridge or Bridge()
        read = [report for _, report in reports]
        vectors = report_vectors(read, encode=self.encode) if self.encode and read else [None] * len(read)
        return [
            traits_of(report, bridge=self.bridge, vector=vector)
            for (_, report), vector in zip(reports, vectors, strict=True)
        ]


def _told(report: Report, traits: Traits) -> Told:
    """Which agencies a report credits, and whose own text it is."""
    from chronik.relate import agencies
    from chronik.relate.placing import told_of

    credited = agencies.credited(report.text, source=report.source)
    return told_of(traits, credited=credited, agency=agencies.agency(report.source))


@dataclass(slots=True, kw_only=True)
class _Shown:
    """What is printed: a JSON line at once, or the stories at the end."""

    as_json: bool
    verbose: bool
    _titles: dict[str, str] = field(default_factory=dict)
    _stories: dict[str, list[str]] = field(default_factory=dict)

    def take(self, given_id: Any, report: Report, placement: Placement) -> None:
        """Print a report's place, or keep it for the end."""
        title = output.one_line(report.title or report.text)[:TITLE_CHARACTERS_SHOWN]
        self._titles[report.id] = f"“{title}”"
        if self.as_json:
            shape = story_shapes.placement(given_id, placement, verbose=self.verbose, titles=self._titles)
            typer.echo(story_shapes.line(shape))
            return
        why = reasons.told(placement.reasons, titles=self._titles)
        sure = "" if placement.certain or not placement.anchor else "?"
        day = report.published.date().isoformat() if report.published else "          "
        because = f"\n        {placement.score:.2f}{sure} {why}" if why else ""
        self._stories.setdefault(placement.story, []).append(f"  {day} [{report.language}] {title}{because}")

    def end(self) -> None:
        """Print the stories with several reports, then how many stand alone."""
        if self.as_json:
            return
        told = [rows for rows in self._stories.values() if len(rows) > 1]
        for rows in told:
            output.say(f"{len(rows)} reports\n" + "\n".join(rows) + "\n")
        alone = len(self._stories) - len(told)
        output.say(f"Stories of several reports: {len(told)}. Reports alone: {alone}.")
