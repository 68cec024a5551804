"""Acts: makes one source of two, for good or until that is taken back; the former id leads to the one that stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.archive import judging, source_checks, sources
from chronik.archive.source_duplicates import duplicates, merged_source
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Verb
from chronik.model.source_records import source_state
from chronik.takein.credits import MADE_BY

if TYPE_CHECKING:
    from chronik.archive.archive import Archive
    from chronik.archive.source_duplicates import Duplicate


def proposals(archive: Archive) -> list[Duplicate]:
    """Pairs of sources that look like one, the surest first, each with its reason."""
    return duplicates(archive.catalogue.sources())


def merge(archive: Archive, survivor: str, *, other: str, by: str, based_on: str = "") -> Act:
    """Make the other source part of the one that stands.

    `based_on` is the state of both that the person saw (`seen`). Raises NotFoundError, RefusedInputError,
    ConflictError.
    """
    stands, goes = (sources.the_source(archive, one) for one in (survivor, other))
    if stands.id == goes.id:
        raise RefusedInputError("These are one source already.")
    if based_on and based_on != seen(archive, stands.id, other=goes.id):
        raise ConflictError("Somebody changed one of the two sources meanwhile; look at them again.")
    new = merged_source(stands, goes)
    source_checks.agreed(new)
    if new.made_by == MADE_BY:
        new = replace(new, made_by=sources.MADE_BY_EDITOR)
    act = sources.changed(archive, old=stands, new=new, verb=Verb.MERGE_SOURCES, by=by, merged=[goes])
    assert act is not None, "something was merged"
    return act


def seen(archive: Archive, survivor: str, *, other: str) -> str:
    """The state of two sources, by which a form says what it showed."""
    return "-".join(source_state(sources.the_source(archive, one)) for one in (survivor, other))


def undo(archive: Archive, act_id: str, *, by: str) -> Act:
    """Take a merging back: everything points to what it pointed to. Raises NotFoundError, ConflictError."""
    done = archive.catalogue.act(act_id)
    if done is None or done.verb is not Verb.MERGE_SOURCES:
        raise NotFoundError(f"There is no merging of sources {act_id[:64]!r}.")
    detail = {"undoes": done.id, "verb": str(done.verb)}
    act = Act(at=archive.clock(), by=by, verb=Verb.UNDO, subject=done.subject, detail=detail)
    judging.take_back(archive, done, act=act)
    return act
