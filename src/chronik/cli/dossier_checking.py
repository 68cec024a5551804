"""`dossier check`: what an editor should look at before a dossier is published."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from chronik.cli import output
from chronik.cli.opening import ArchiveFolder, opened
from chronik.cli.output import AsJson
from chronik.publish.checklist import CheckKind

if TYPE_CHECKING:
    from collections.abc import Mapping

ID_SHOWN_LENGTH = 12
SUBJECTS_SHOWN_MAX = 8
WORDS: Mapping[CheckKind, str] = {
    CheckKind.NO_CLIPS: "there are no clips",
    CheckKind.UNREAD: "entries wait to be mended",
    CheckKind.HIDDEN: "taken down: readers do not see them",
    CheckKind.REMOVED: "the passage stands at its address no more",
    CheckKind.CHANGED: "the words were changed at their address",
    CheckKind.NO_CAPTURE: "rests on no capture",
    CheckKind.NOT_VERBATIM: "the excerpt is not in the article word for word",
    CheckKind.OVER_QUOTED: "more is quoted than the limit allows, without a reason",
    CheckKind.NO_CREDIT: "no source is credited",
    CheckKind.TWICE: "the same words were clipped before",
    CheckKind.UNDOCUMENTED: "no published clip documents this event of the timeline",
    CheckKind.UNTRANSLATED: "this section or event lacks words in a language of the dossier",
    CheckKind.AHEAD: "happened later than today",
    CheckKind.SILENT_SIDE: "no clip is by this side",
    CheckKind.NO_NAME: "no name in this language",
    CheckKind.NO_INTRODUCTION: "no introduction in this language",
}


def check(
    dossier: Annotated[str, typer.Argument(metavar="DOSSIER", help="The dossier's slug.")],
    as_json: AsJson = False,
    archive: ArchiveFolder = None,
) -> None:
    """Say what to look at before a dossier is published; none of it forbids publishing.

    Example: `chronik dossier check mill-stream`
    """
    from chronik.archive.checklist import checklist

    with opened(archive) as house:
        found = checklist(house, dossier)
    if as_json:
        output.emit([asdict(one) for one in found])
        return
    rows = []
    for one in found:
        named = [subject[:ID_SHOWN_LENGTH] for subject in one.subjects[:SUBJECTS_SHOWN_MAX]]
        more = len(one.subjects) - len(named)
        rows.append(
            (WORDS[one.kind], len(one.subjects) or "", " ".join([*named, *([f"and {more} more"] if more else [])]))
        )
    if rows:
        output.table(("What", "How many", "Which"), rows)
    else:
        output.say("Nothing to look at.")
