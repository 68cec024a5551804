"""`ledger grades`: what is proved of captures, articles and clips, in three grades."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chronik.cli import output, shapes
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson
from chronik.errors import NotFoundError

if TYPE_CHECKING:
    from chronik.archive import Archive
    from chronik.model import GradedProof


def grades(
    identities: Annotated[list[str], typer.Argument(metavar="ID...", help="Captures, articles or clips.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say what is proved of captures, articles or clips: unchanged since, seen by others, said by the site.

    What each of the three does not say: docs/how-to/what-is-proved.md

    Example: `chronik ledger grades 4f1c8a… --json`
    """
    from chronik.archive import recording

    with opened(archive) as house:
        recording.attempt(house)
        found = [(identity, _proofs(house, identity)) for identity in identities]
    if as_json:
        output.emit([{"id": identity, "proofs": [shapes.proof(one) for one in proofs]} for identity, proofs in found])
        return
    for identity, proofs in found:
        output.say(identity)
        for row in told(proofs):
            output.say(f"    {row['title']} {row['since']}".rstrip())
            output.say(f"        {row['words']}")


def told(proofs: tuple[GradedProof, ...]) -> list[dict[str, Any]]:
    """Grades in words for a terminal."""
    from chronik.archive import grounds

    return [
        {
            "title": f"{one.mark} {one.title}",
            "since": one.since.isoformat(timespec="seconds") if one.since else "",
            "words": " ".join(
                part for part in (one.why, one.detail, f"({', '.join(one.by)})" if one.by else "") if part
            ),
        }
        for one in grounds.told(proofs, say=str)
    ]


def _proofs(house: Archive, identity: str) -> tuple[GradedProof, ...]:
    from chronik.archive import grading

    catalogue = house.catalogue
    if clip := catalogue.clip(identity):
        return grading.proofs_of_clip(house, clip)
    capture = catalogue.capture(identity)
    if capture is None and (article := catalogue.article(identity)):
        if not article.capture_id:
            return grading.without_capture()
        capture = catalogue.capture(article.capture_id)
    if capture is None:
        raise NotFoundError(f"There is no capture, article or clip {identity!r}. See: chronik search")
    return grading.proofs_of_capture(house, capture)
