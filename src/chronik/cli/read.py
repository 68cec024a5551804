"""`read`: what files or addresses say as articles, without an archive."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from chronik import __version__
from chronik.cli import output, reading_shape
from chronik.cli.output import AsJson
from chronik.errors import ChronikError
from chronik.model import Article, Failure, FailureKind, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from chronik.ports import Fetch

SIZE_BYTES_MAX = 64 * 2**20
"""Largest file, and largest content of a compressed one: a saved page may carry its pictures."""
TIMEOUT_S = 30.0
"""For reading one page."""
JOBS_MAX = 64
BAR_FROM = 10
"""Files from which on a progress bar helps."""
PARAGRAPHS_SHOWN = 3
PARAGRAPH_CHARACTERS_SHOWN = 300

_GZIP = b"\x1f\x8b"


def read(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|URL...", help="Saved pages, PDF, plain text, subtitles, addresses; - is standard input."
        ),
    ],
    as_json: AsJson = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=JOBS_MAX,
            help="Files read at the same time. Default: one for each processor.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Read articles out of files or web addresses: title, authors, dates, language, text. Needs no archive.

    With --json one JSON object a line, in the order of the arguments; a page that states only a day is given its first
    moment in UTC. Exit code 1 when something could not be read.

    Example: `chronik read --json page.html.gz https://example.org/article`
    """
    from chronik.extract import workers

    hidden = len(files) < BAR_FROM or not sys.stderr.isatty() or sys.stdout.isatty()
    worker_count = min(jobs or os.cpu_count() or 1, len(files))
    failed = 0
    with output.progress(hidden=hidden) as progress:
        readings = workers.readings(_pages(files), workers=worker_count, timeout_s=TIMEOUT_S)
        for done, (name, outcome) in enumerate(readings, start=1):
            failed += isinstance(outcome, Failure)
            _print(name, outcome, as_json=as_json)
            if not hidden:
                _show(progress, done=done, total=len(files), failed=failed)
    if failed:
        raise typer.Exit(1)


def _show(progress: Callable[[Any], None], *, done: int, total: int, failed: int) -> None:
    from chronik.archive import Step

    progress(Step(stage="reading", done=done, total=total, failed=failed))


# What is to be read


def _pages(names: Sequence[str]) -> Iterator[tuple[str, Page | Failure]]:
    """Each argument with its page; addresses are asked one after another."""
    fetch: Fetch | None = None
    for name in names:
        if name.lower().startswith(("http://", "https://")):
            fetch = fetch or _fetcher()
            yield name, _fetched(name, fetch)
        else:
            yield name, _opened(name)


def _opened(name: str) -> Page | Failure:
    """The page in a file."""
    try:
        body = _bytes(name)
    except (OSError, ValueError) as error:
        return Failure(kind=FailureKind.UNREADABLE, detail=_why(error))
    if len(body) > SIZE_BYTES_MAX:
        return _too_large()
    if body.startswith(_GZIP):
        return _unpacked(body, name)
    return _page(name, body)


def _bytes(name: str) -> bytes:
    """What a file holds, one byte more than the limit at most. Raises OSError."""
    if name == "-":
        return _up_to_limit(sys.stdin.buffer)
    path = Path(name)
    if path.is_file() and path.stat().st_size > SIZE_BYTES_MAX:
        return bytes(SIZE_BYTES_MAX + 1)
    # A named pipe without a writer must not hold up the rest: it reads as empty.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "rb") as file:
        return _up_to_limit(file)


def _up_to_limit(file: BinaryIO) -> bytes:
    return file.read(SIZE_BYTES_MAX + 1)


def _unpacked(body: bytes, name: str) -> Page | Failure:
    from chronik import bounded
    from chronik.errors import RefusedInputError, TooLargeError

    try:
        return _page(name.removesuffix(".gz"), bounded.decoded(body, "gzip", size_bytes_max=SIZE_BYTES_MAX))
    except TooLargeError:
        return _too_large()
    except RefusedInputError as error:
        return Failure(kind=FailureKind.UNREADABLE, detail=str(error))


def _page(name: str, body: bytes) -> Page:
    from chronik.extract.forms.endings import media_type_by_name

    return Page(url="", body=body, media_type=media_type_by_name(name), captured_at=datetime.now(UTC))


def _too_large() -> Failure:
    detail = f"The file is larger than {output.size(SIZE_BYTES_MAX)}, the limit for one page."
    return Failure(kind=FailureKind.TOO_LARGE, detail=detail)


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no such file."
    if isinstance(error, IsADirectoryError):
        return "This is a folder; name the files in it."
    if isinstance(error, PermissionError):
        return "The file may not be opened."
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"The file cannot be opened: {reason}."


def _fetcher() -> Fetch:
    """Asks addresses with the settings that the environment gives."""
    from chronik import config, wiring
    from chronik.collect.fetch import Fetcher, user_agent

    settings = config.from_table(Path(), {}, where="environment")
    return Fetcher(
        user_agent=user_agent(version=__version__, contact=settings.contact),
        timeout_s=settings.timeout_s,
        size_bytes_max=min(settings.size_bytes_max, SIZE_BYTES_MAX),
        permitted_endpoints=wiring.permitted_endpoints(settings),
    )


def _fetched(url: str, fetch: Fetch) -> Page | Failure:
    from chronik.ports import Ask
    from chronik.preserve import message

    try:
        exchange = fetch(Ask(url=url))
    except ChronikError as error:
        return Failure(kind=FailureKind.BAD_ADDRESS, detail=str(error))
    if exchange.failure is not None or exchange.last is None:
        return exchange.failure or Failure(kind=FailureKind.UNREACHABLE, detail="There was no answer.")
    content_type = exchange.last.header("content-type")
    return Page(
        url=exchange.last.url,
        body=exchange.body,
        media_type=message.media_type(content_type),
        charset=message.charset(content_type),
        status=exchange.last.status,
        captured_at=exchange.last.started_at,
    )


# What is shown


def _print(name: str, outcome: Article | Failure, *, as_json: bool) -> None:
    if as_json:
        _line({"file": name, **(_failure(outcome) if isinstance(outcome, Failure) else reading_shape.fields(outcome))})
    elif isinstance(outcome, Failure):
        output.complain(f"{name}: {_sentence(outcome)}")
    else:
        output.say(_short(name, outcome))


def _line(value: dict[str, Any]) -> None:
    """One JSON object on one line, in UTF-8 whatever the terminal's encoding; no reader may see a line end within."""
    text = json.dumps(value, ensure_ascii=False)
    for mark in "\x85\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    try:
        line = text.encode()
    except UnicodeEncodeError:  # a file name that is no Unicode
        line = json.dumps(value).encode()
    typer.echo(line)


def _failure(failure: Failure) -> dict[str, str]:
    return {"failure": _sentence(failure)}


def _sentence(failure: Failure) -> str:
    return " ".join((failure.detail or str(failure.kind)).split())


def _short(name: str, article: Article) -> str:
    """Title, where and when, and how the text begins."""
    facts = (article.source, ", ".join(article.authors), article.published, article.language, name)
    shown = article.paragraphs[:PARAGRAPHS_SHOWN]
    lines = [
        article.title or "(without title)",
        " · ".join(fact for fact in facts if fact),
        *(_cut(paragraph) for paragraph in shown),
    ]
    more = len(article.paragraphs) - len(shown)
    return "\n".join([*lines, *([f"… {more} more paragraphs"] if more else []), ""])


def _cut(text: str) -> str:
    if len(text) <= PARAGRAPH_CHARACTERS_SHOWN:
        return text
    return text[:PARAGRAPH_CHARACTERS_SHOWN].rsplit(" ", 1)[0] + " …"
