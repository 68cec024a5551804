"""`feed`: what is asked, how it is doing, what is behind an address, and the list of it all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson
from chronik.errors import UsageError

if TYPE_CHECKING:
    from chronik.archive.feed_trials import Trial
    from chronik.archive.silences import Silent
    from chronik.model import FeedHealth

group = typer.Typer(help="Feeds: what is asked, and how it is doing.", no_args_is_help=True)
TITLE_LENGTH = 60


@group.command(name="list")
def list_(
    silent: Annotated[bool, typer.Option("--silent", help="Only those whose source has fallen silent.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """List feeds with their health: last success, what is wrong, the next try, and whether their source is silent.

    Example: `chronik feed list --json`
    """
    with opened(archive) as house:
        from chronik.archive import silences

        told = silences.by_feed(house)
        found = [one for one in house.catalogue.feeds() if not silent or one.feed.url in told]
    if as_json:
        output.emit([_shape(one, told.get(one.feed.url)) for one in found])
    else:
        output.table(
            ("Feed", "Title", "Last success", "What is wrong", "Next try"),
            [_row(one, told.get(one.feed.url)) for one in found],
        )


@group.command()
def export(
    as_: Annotated[str, typer.Option("--as", help="The form: opml.")] = "opml",
    language: Annotated[str, typer.Option(help="Only feeds in this language, such as fr.")] = "",
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Where to; default: standard output.")] = None,
    archive: ArchiveFolder = None,
) -> None:
    """Write the list of feeds that are asked, for other readers (OPML 2.0).

    Example: `chronik feed export --as opml -o feeds.opml`
    """
    if as_ != "opml":
        raise UsageError(f"--as {as_!r}: the list of feeds is written as opml.")
    with opened(archive) as house:
        from chronik.archive import feed_lists

        data = feed_lists.exported(house, language=language)
    if out is None:
        typer.echo(data.decode(), nl=False)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}.") from None


@group.command(name="try")
def try_(
    url: Annotated[str, typer.Argument(help="Address of a feed, or of a site that has one.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Look at a feed before you follow it: its entries, and what can be read of its newest page. Nothing is kept.

    Example: `chronik feed try example.org`
    """
    from chronik.archive import feed_trials

    with opened(archive) as house:
        trial = feed_trials.tried(house, url)
    if as_json:
        output.emit(_trial(trial))
    else:
        _tell(trial)
    if trial.failure:
        raise typer.Exit(1)


def _shape(one: FeedHealth, silent: Silent | None) -> dict[str, Any]:
    return {
        "url": one.feed.url,
        "title": one.feed.title or None,
        "kind": str(one.feed.kind),
        "language": one.feed.language or None,
        "stopped": one.stopped,
        "last_success": one.last_success.isoformat() if one.last_success else None,
        "failure": one.failure or None,
        "failures": one.failures,
        "next_try": None if one.stopped else one.next_due.isoformat(),
        "silent": silent.silence.words if silent else None,
        "source": silent.source.id if silent else None,
    }


def _row(one: FeedHealth, silent: Silent | None) -> tuple[Any, ...]:
    wrong = one.failure or (silent.silence.words if silent else "")
    title = one.feed.title[:TITLE_LENGTH]
    success = one.last_success.isoformat(timespec="minutes") if one.last_success else "never"
    return one.feed.url, title, success, wrong, "stopped" if one.stopped else one.next_due.isoformat(timespec="minutes")


def _trial(trial: Trial) -> dict[str, Any]:
    newest = trial.newest
    article = newest.article if newest else None
    return {
        "asked": trial.asked_url,
        "failure": str(trial.failure) if trial.failure else None,
        "feed": trial.feed.url if trial.feed else None,
        "kind": str(trial.feed.kind) if trial.feed else None,
        "title": trial.feed.title if trial.feed else None,
        "language": trial.language,
        "followed": trial.is_followed,
        "entries": [
            {"url": one.url, "title": one.title, "published": one.published_told or one.updated_told or None}
            for one in trial.entries
        ],
        "entry_count": trial.entry_count,
        "newest": {
            "url": newest.url,
            "failure": str(newest.failure) if newest.failure else None,
            "title": article.title if article else None,
            "published": article.published if article else None,
            "characters": len(article.text) if article else 0,
        }
        if newest
        else None,
        "doubts": [str(one) for one in trial.doubts],
        "others": [one.url for one in trial.others],
    }


def _tell(trial: Trial) -> None:
    if trial.feed is None:
        output.say(f"{trial.asked_url}: {trial.failure}")
        return
    output.say(f"{trial.feed.url} ({trial.feed.kind}, {trial.language}): {trial.feed.title or 'no title'}")
    for entry in trial.entries:
        output.say(f"  {entry.published_told or entry.updated_told or 'no date'}  {output.one_line(entry.title)}")
    if trial.newest and trial.newest.article:
        output.say(f"newest page: {len(trial.newest.article.text)} characters of text")
    elif trial.newest:
        output.say(f"newest page: {trial.newest.failure}")
    if trial.doubts:
        output.say(f"to know before: {', '.join(trial.doubts)}")
    for other in trial.others:
        output.say(f"also there: {other.url}")
    state = "followed already" if trial.is_followed else f"to follow it: chronik follow {trial.feed.url}"
    output.say(state)
