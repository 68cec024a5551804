"""What commands print: JSON for programs, tables and progress bars for people. Wraps rich."""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from chronik.cli import working

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from chronik.archive import Step

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PIPE_WIDTH = 4_000
"""Columns where no terminal is: nothing is folded, so that lines can be searched and copied."""
STAGE_NAMES = {
    "feeds": "Asking feeds",
    "pages": "Fetching pages",
    "import": "Taking in",
    "reading": "Reading",
    "index": "Indexing",
    "relating": "Relating",
    "suggesting": "Suggesting",
    "backtest": "Replaying weeks",
    "verify": "Verifying",
    "fixity": "Reading again",
    "backup": "Backing up",
    "restore": "Restoring",
    "leaves": "Going through leaves",
    "publish": "Publishing",
}


def clean(text: str) -> str:
    """Text from outside without anything that a terminal would obey."""
    return CONTROL_CHARACTERS.sub("�", text)


def one_line(text: str) -> str:
    """Text from outside that must not look like several lines of ours."""
    return " ".join(clean(text).split())


def complain(message: str) -> None:
    """Say on standard error what went wrong."""
    sys.stderr.write(clean(message).rstrip() + "\n")


def say(message: str = "") -> None:
    """A line for people."""
    typer.echo(clean(message))


def emit(value: Any) -> None:
    """A JSON document for programs."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """A table for people, as wide as the terminal."""
    shown = Table(title=title or None, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(clean(str(cell))) for cell in row))
    Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, soft_wrap=not sys.stdout.isatty()).print(shown)


@contextmanager
def progress(*, hidden: bool = False) -> Iterator[Callable[[Step], None]]:
    """A bar a stage, with counts, on standard error."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]}"),
        TimeElapsedColumn(),
    )
    tasks: dict[str, TaskID] = {}
    with (
        Progress(*columns, console=Console(stderr=True), disable=hidden) as bars,
        working.reported(complain=complain) as report,
    ):

        def show(step: Step) -> None:
            if step.stage not in tasks:
                tasks[step.stage] = bars.add_task(STAGE_NAMES.get(step.stage, step.stage), total=None, failed="")
            failed = f"{step.failed} failed" if step.failed else ""
            bars.update(tasks[step.stage], completed=step.done, total=step.total or None, failed=failed)
            report(step)

        yield show


def size(size_bytes: int) -> str:
    """Bytes in words: `12.3 MiB`."""
    amount = float(size_bytes)
    for unit in ("bytes", "KiB", "MiB", "GiB"):
        if amount < 1024 or unit == "GiB":
            break
        amount /= 1024
    return f"{size_bytes} bytes" if unit == "bytes" else f"{amount:.1f} {unit}"
