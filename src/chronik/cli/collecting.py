"""`follow`, `collect`, `add`: get what the press has put out."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened, person
from chronik.cli.output import AsJson
from chronik.errors import UsageError

if TYPE_CHECKING:
    from chronik.archive.following import Followed


def follow(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Addresses of feeds, or of sites that have one.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Follow feeds: RSS, Atom, JSON Feed or a news sitemap. A site's address is enough.

    Example: `chronik follow https://example.org/`
    """
    from chronik.archive.following import follow as follow_one

    with opened(archive) as house:
        outcomes = [follow_one(house, url, by=person()) for url in urls]
    if as_json:
        output.emit([_followed(outcome) for outcome in outcomes])
    else:
        for outcome in outcomes:
            output.say(_followed_line(outcome))
    if any(outcome.failure for outcome in outcomes):
        raise typer.Exit(1)


def _followed(outcome: Followed) -> dict[str, Any]:
    return {
        "asked": outcome.asked_url,
        "feed": outcome.feed.url if outcome.feed else None,
        "kind": str(outcome.feed.kind) if outcome.feed else None,
        "title": outcome.feed.title if outcome.feed else None,
        "new": outcome.new,
        "failure": str(outcome.failure) if outcome.failure else None,
    }


def _followed_line(outcome: Followed) -> str:
    if outcome.feed is None:
        return f"{outcome.asked_url}: not followed: {outcome.failure}"
    state = "followed" if outcome.new else "was followed already"
    return f"{outcome.feed.url} ({outcome.feed.kind}, {outcome.feed.title or 'no title'}): {state}"


def collect(as_json: AsJson = False, archive: ArchiveFolder = None) -> None:
    """Ask every feed that is due, fetch the pages it names, keep and read them.

    A feed or page that fails is kept with its reason and asked again later; see `chronik status`. The exit code is 1
    when some failed.

    Example: `chronik collect`
    """
    from chronik.archive import collecting
    from chronik.cli.serving import sample_played

    with opened(archive) as house, sample_played(house.config), output.progress(hidden=as_json) as show:
        collected = collecting.collect(house, progress=show)
    if as_json:
        output.emit(asdict(collected))
    else:
        output.say(
            f"{collected.feeds} feeds asked ({collected.feeds_failed} failed), {collected.leads} new leads, "
            f"{collected.pages} pages kept ({collected.pages_failed} failed), {collected.articles} articles read "
            f"({collected.without_article} pages without article)."
        )
    if collected.feeds_failed or collected.pages_failed:
        raise typer.Exit(1)


def add(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Addresses of pages.")],
    ignore_robots: Annotated[
        str | None,
        typer.Option(metavar="REASON", help="Fetch although robots.txt asks not to; the reason is recorded."),
    ] = None,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Fetch single pages by hand, now.

    Example: `chronik add https://example.org/2026/report.html`
    """
    from chronik.archive import adding

    if ignore_robots is not None and not ignore_robots.strip():
        raise UsageError("--ignore-robots: say why; the reason is recorded.")
    with opened(archive) as house:
        outcomes = adding.add(house, urls, by=person(), ignore_robots=ignore_robots or "")
        rows = []
        for outcome in outcomes:
            article = None if outcome.failure else house.catalogue.article(outcome.page)
            reason = str(outcome.failure) if outcome.failure else None
            identity = article.id if article else None
            rows.append({"asked": outcome.asked, "url": outcome.url, "article": identity, "failure": reason})
    if as_json:
        output.emit(rows)
    else:
        for row in rows:
            output.say(f"{row['asked']}: {row['failure'] or row['article'] or 'kept; no article in it'}")
    if any(row["failure"] for row in rows):
        raise typer.Exit(1)
