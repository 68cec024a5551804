"""`search`: find articles and clips again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson
from chronik.model import Clip

if TYPE_CHECKING:
    from chronik.archive.searching import Found, SearchResult

ID_SHOWN_LENGTH = 12


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="What to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to show.")] = 20,
    offset: Annotated[int, typer.Option(min=0, max=100_000, help="How many to pass over.")] = 0,
    newest: Annotated[bool, typer.Option(help="Newest first instead of best first.")] = False,
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Search articles and clips: words, "phrases", -without, begin*, lang:de source:tass from:2020-09-27 is:altered.

    Example: `chronik search waffenruhe lang:de`
    """
    from chronik.archive.searching import search as search_archive

    with opened(archive) as house:
        result = search_archive(house, " ".join(words), limit=limit, offset=offset, newest_first=newest)
    if as_json:
        output.emit(_as_json(result))
        return
    if result.every is not None:
        output.complain(f"Every word stands in {result.every}; the others have some of them, the best first.")
    if result.notice:
        output.complain(result.notice)
    output.say(f"{result.total} found")
    for found in result.found:
        noun = found.noun
        output.say(
            f"\n{noun.title or '(without title)'}  [{noun.language}]  {found.hit.kind} {noun.id[:ID_SHOWN_LENGTH]}"
        )
        output.say(f"    {' '.join(found.hit.snippet.split())}")


def _as_json(result: SearchResult) -> dict[str, Any]:
    return {
        "total": result.total,
        "notice": result.notice or None,
        "every_word": result.every,
        "hits": [_hit(found) for found in result.found],
    }


def _hit(found: Found) -> dict[str, Any]:
    noun = found.noun
    return {
        "id": noun.id,
        "kind": found.hit.kind,
        "score": found.hit.score,
        "title": noun.title,
        "language": noun.language,
        "source_id": noun.source_id or None,
        "source": noun.credit if isinstance(noun, Clip) else noun.source,
        "published": noun.published or None,
        "url": noun.url,
        "dossier": noun.dossier if isinstance(noun, Clip) else None,
        "snippet": found.hit.snippet,
        "marks": [list(mark) for mark in found.hit.marks],
    }
