"""`versions`: how a page changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson
from chronik.errors import NotFoundError
from chronik.extract import versions as compared
from chronik.extract.versions import Field, Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from chronik.archive import Archive
    from chronik.extract.versions import Change, Piece
    from chronik.model import Article

ID_SHOWN_LENGTH = 12
_MARKS = {Part.KEPT: "{}", Part.REMOVED: "[-{}-]", Part.ADDED: "{{+{}+}}"}
"""As `git diff --word-diff` has them."""


def versions(
    page: Annotated[
        str, typer.Argument(metavar="ADDRESS|ID", help="A page by its address, or by the beginning of an article's id.")
    ],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Show every version kept of a page, oldest first, and what changed in each: [-taken out-] and {+put in+}.

    Counters, labels and links to other articles are no change.

    Example: `chronik versions https://example.org/article`
    """
    with opened(archive) as house:
        article = house.catalogue.article(page)
        if article is None:
            raise NotFoundError(
                f"No article has the address or id {page!r}. Look for it: chronik search; or take it in: chronik add."
            )
        readings = house.catalogue.versions(article.id)
        told = [_version(house, readings, reading) for reading in reversed(readings)]
    if as_json:
        output.emit([{**version, "changes": _as_json(version["changes"])} for version in told])
        return
    for version in told:
        _print(version)


def _version(house: Archive, readings: Sequence[Article], reading: Article) -> dict[str, Any]:
    older = compared.before(readings, reading)
    seen_at = _seen_at(house, reading)
    return {
        "id": reading.id,
        "seen": seen_at.isoformat() if seen_at else None,
        "capture_id": reading.capture_id or None,
        "kind": str(reading.kind),
        "title": reading.title,
        "text_digest": reading.text_digest,
        "made_by": reading.made_by,
        "compared_with": older.id if older else None,
        "changes": compared.changes(older, reading) if older else (),
    }


def _seen_at(house: Archive, reading: Article) -> datetime | None:
    """When the page said this."""
    capture = house.catalogue.capture(reading.capture_id) if reading.capture_id else None
    return capture.captured_at if capture else reading.read_at


def _as_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    return [
        {
            "field": str(change.field),
            "paragraph_before": change.before or None,
            "paragraph_after": change.after or None,
            "pieces": [{"part": str(piece.part), "text": piece.text} for piece in change.pieces],
        }
        for change in changes
    ]


def _print(version: dict[str, Any]) -> None:
    output.say(
        f"{version['id'][:ID_SHOWN_LENGTH]}  {version['seen'] or '–'}  {version['kind']}  {version['text_digest']}"
    )
    output.say(f"    {output.one_line(version['title']) or '(without title)'}")
    for change in version["changes"]:
        output.say(f"    {_place(change)}: {_marked(change.pieces)}")
    output.say()


def _place(change: Change) -> str:
    if change.field is not Field.TEXT:
        return str(change.field)
    if not change.before:
        return f"new paragraph {change.after}"
    return f"paragraph {change.after}" if change.after else f"former paragraph {change.before}"


def _marked(pieces: Sequence[Piece]) -> str:
    return output.one_line("".join(_MARKS[piece.part].format(piece.text) for piece in pieces))
