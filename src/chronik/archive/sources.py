"""Acts: what editors say of sources, each with an act that holds what was before and after, and can be taken back.

A source that was made of a credit alone, and that nobody has looked at, gives way where an editor says whose name that
is. One that somebody keeps does not: the two are merged (`merging`), or the name is left to it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chronik.archive import source_checks
from chronik.archive.source_differences import difference, restored
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Source, Verb
from chronik.model.source_records import source_record, source_state, source_values, whole_source_record
from chronik.takein.credits import MADE_BY, source_id
from chronik.takein.spelling import key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import Unpack

    from chronik.archive.archive import Archive
    from chronik.archive.source_checks import SourceChanges

MADE_BY_EDITOR = "editor"
"""Of a source that an editor added, or took over from a mere credit."""
ID_TRIES_MAX = 100
ACTS_LOOKED_AT_MAX = 1_000
SOURCE_VERBS = (Verb.ADD_SOURCE, Verb.EDIT_SOURCE, Verb.MERGE_SOURCES, Verb.NAME_CREDIT)


def the_source(archive: Archive, identity: str) -> Source:
    """A source that must be there, by its id or by that of one that was merged into it. Raises NotFoundError."""
    source = archive.catalogue.source(identity)
    if source is None:
        raise NotFoundError(f"There is no source {identity[:80]!r}. See: chronik source list")
    return source


def edit(
    archive: Archive, identity: str, *, by: str, based_on: str = "", **changes: Unpack[SourceChanges]
) -> Act | None:
    """Change what is known of a source; nothing changed leaves no act.

    `based_on` is the state that the person saw (`source_state`): where the source is another by now, ConflictError is
    raised and nothing is lost. Raises NotFoundError, RefusedInputError.
    """
    old = the_source(archive, identity)
    if based_on and source_state(old) != based_on:
        raise ConflictError(f"Somebody changed the source {old.id!r} meanwhile; look at it again.")
    new = replace(old, **source_checks.checked(changes))
    source_checks.agreed(new)
    if old.made_by == MADE_BY:
        new = replace(new, made_by=MADE_BY_EDITOR)
    return changed(archive, old=old, new=new, verb=Verb.EDIT_SOURCE, by=by)


def add(archive: Archive, *, by: str, identity: str = "", credit: str = "", **changes: Unpack[SourceChanges]) -> Act:
    """Add a source; reports and clips with this credit and without source are its. Raises RefusedInputError."""
    fields = source_checks.checked(changes)
    source = Source(id="new", **{"names": {}, **fields}, made_by=MADE_BY_EDITOR)
    source_checks.agreed(source)
    source = replace(source, id=_free_id(archive, source, identity))
    if rival := rivals(archive, source, names=names_of(source)):
        raise ConflictError(_taken(rival[0]))
    credits_ = _credits_like({key(name) for name in names_of(source)} | {key(credit)}, archive)
    detail = {"old": None, "new": source_record(source), "credits": credits_}
    act = Act(at=archive.clock(), by=by, verb=Verb.ADD_SOURCE, subject=source.id, detail=detail)
    archive.catalogue.add_source(source, act, credits_=credits_)
    return act


def changed(  # noqa: PLR0913 - one argument a fact, each by name
    archive: Archive, *, old: Source, new: Source, verb: Verb, by: str, merged: Iterable[Source] = ()
) -> Act | None:
    """Replace a source, with those that are merged into it and those that give way to its new names."""
    fresh = fresh_names(old, new)
    told = {source.id for source in merged}
    giving_way = [source for source in rivals(archive, new, names=fresh) if source.id not in told]
    if kept := [source for source in giving_way if source.made_by != MADE_BY]:
        raise ConflictError(_taken(kept[0]))
    merged = sorted([*merged, *giving_way], key=lambda source: source.id)
    credits_ = _credits_like({key(name) for name in fresh}, archive)
    detail: dict[str, Any] = difference(whole_source_record(old), whole_source_record(new))
    if not (detail or merged or credits_):
        return None
    detail = {"old": {}, "new": {}, **detail, "credits": credits_}
    detail["merged"] = {source.id: source_record(source) for source in merged}
    act = Act(at=archive.clock(), by=by, verb=verb, subject=new.id, detail=detail)
    archive.catalogue.change_source(
        new, act, based_on=source_state(old), merged=[source.id for source in merged], credits_=credits_
    )
    return act


def names_of(source: Source) -> list[str]:
    """Everything that the source is called."""
    return list(dict.fromkeys((*source.names.values(), *source.aliases)))


def fresh_names(old: Source, new: Source) -> list[str]:
    """What a source is called and was not before."""
    known = {key(name) for name in names_of(old)}
    return [name for name in names_of(new) if key(name) not in known]


def rivals(archive: Archive, source: Source, *, names: Collection[str]) -> list[Source]:
    """Other sources that are called so already."""
    wanted = {key(name) for name in names} - {""}
    others = archive.catalogue.sources() if wanted else []
    return [one for one in others if one.id != source.id and not wanted.isdisjoint(map(key, names_of(one)))]


def with_former(archive: Archive, ids: Iterable[str]) -> list[Source]:
    """All sources, and under those of these ids that were merged away the source that stands for them."""
    known = archive.catalogue.sources()
    former = sorted({*ids} - {source.id for source in known} - {""})
    standing = ((identity, archive.catalogue.source(identity)) for identity in former)
    return [*known, *(replace(source, id=identity) for identity, source in standing if source)]


def history(archive: Archive, identity: str, *, limit: int = 100) -> list[Act]:
    """What was done to a source, newest first."""
    acts = archive.catalogue.acts(subject=identity, limit=ACTS_LOOKED_AT_MAX)
    about = {act.id for act in acts if act.verb in SOURCE_VERBS}
    return [act for act in acts if act.id in about or act.detail.get("undoes") in about][:limit]


def taken_back(acts: Iterable[Act]) -> set[str]:
    """The acts among these that were taken back."""
    return {str(act.detail["undoes"]) for act in acts if act.verb is Verb.UNDO and "undoes" in act.detail}


def take_back(archive: Archive, done: Act, *, act: Act) -> None:
    """Put back what was before an act on a source. Raises ConflictError where that cannot be."""
    known = archive.catalogue.acts(subject=done.subject, limit=ACTS_LOOKED_AT_MAX)
    if done.id in taken_back(one for one in known if one.id != act.id):
        raise ConflictError("This was taken back already.")
    now = archive.catalogue.source(done.subject)
    if now is None or now.id != done.subject:
        raise ConflictError(f"The source {done.subject!r} was merged into another one since; take that back first.")
    if done.verb is Verb.ADD_SOURCE:
        if whole_source_record(now) != whole_source_record(Source(**source_values(done.detail["new"]))):
            raise ConflictError("The source was changed since it was added; take that back first.")
        archive.catalogue.take_back_source(None, act, done=done)
        return
    before = restored(whole_source_record(now), old=done.detail["old"], new=done.detail["new"])
    source = Source(**source_values(before))
    archive.catalogue.take_back_source(source, act, done=done, unmerged=list(done.detail.get("merged", ())))


def do_again(archive: Archive, act: Act) -> None:
    """Do again what an act on a source did, in an archive that is being made anew.

    What was read a moment later then may be read a moment earlier now: whatever the act's names are those of goes with
    it, as well as what it names.
    """
    detail = act.detail
    credits_ = set(detail.get("credits", ()))
    new = Source(**{"id": act.subject, "names": {}, **source_values(detail["new"])})
    if act.verb is Verb.ADD_SOURCE:
        archive.catalogue.add_source(new, act, credits_=sorted(credits_))
        return
    merged = {identity: Source(**source_values(record)) for identity, record in detail.get("merged", {}).items()}
    # The source, too, may have been made of a credit whose page is gone.
    archive.catalogue.add_sources([*merged.values(), Source(id=act.subject, names={})])
    old = the_source(archive, act.subject)
    new = replace(old, **source_values(detail["new"]))
    fresh = fresh_names(old, new)
    giving_way = {source.id for source in rivals(archive, new, names=fresh) if source.made_by == MADE_BY}
    credits_ |= set(_credits_like(set(map(key, fresh)), archive))
    archive.catalogue.change_source(new, act, merged=sorted({*merged, *giving_way}), credits_=sorted(credits_))


def _credits_like(keys: Collection[str], archive: Archive) -> list[str]:
    """Credits without source that have one of these keys, as they stand."""
    wanted = {*keys} - {""}
    unknown = archive.catalogue.credits_unknown() if wanted else ()
    return sorted({one.credit for one in unknown if not one.source_id and key(one.credit) in wanted})


def _free_id(archive: Archive, source: Source, wanted: str) -> str:
    if wanted:
        if source_id(wanted) != wanted:
            raise RefusedInputError(f"{wanted[:80]!r} is no id; use a-z, 0-9 and hyphens, such as {source_id(wanted)}.")
        return wanted
    made = source_id(next(iter(source.names.values())))
    ids = (made, *(f"{made[:70]}-{number}" for number in range(2, ID_TRIES_MAX)))
    free = next((one for one in ids if archive.catalogue.source(one) is None), "")
    if not free:
        raise ConflictError(f"There are too many sources called {made!r}; choose an id yourself.")
    return free


def _taken(rival: Source) -> str:
    name = next(iter(rival.names.values()), rival.id)
    return f"The source {rival.id!r} is called {name!r} already. Merge the two, or leave it the name."


def changes_told(act: Act) -> list[tuple[str, Any, Any]]:
    """What an act changed: field, before, after."""
    old: Mapping[str, Any] = act.detail.get("old") or {}
    new: Mapping[str, Any] = act.detail.get("new") or {}
    return [(field, old.get(field), new.get(field)) for field in dict.fromkeys((*old, *new)) if field != "id"]
