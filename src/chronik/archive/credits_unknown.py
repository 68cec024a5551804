"""Acts: what editors say of credits that name nobody known: whose they are, or that they are no source at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chronik.archive import source_checks, sources
from chronik.errors import ConflictError, RefusedInputError
from chronik.model import Act, Verb, sha256_hex
from chronik.takein.credits import MADE_BY
from chronik.takein.spelling import key

if TYPE_CHECKING:
    from chronik.archive.archive import Archive
    from chronik.ports.sources import Credited

CREDIT_CHARACTERS_MAX = 1_000


def unknown(archive: Archive) -> list[Credited]:
    """Credits that name nobody known and were not put aside, the most frequent first; spellings of one come as one."""
    aside = archive.catalogue.credits_aside()
    together: dict[str, Credited] = {}
    for one in archive.catalogue.credits_unknown():
        told = together.get(aside_key(one.credit))
        together[aside_key(one.credit)] = _added(told, one) if told else one
    waiting = [one for digest, one in together.items() if digest not in aside and one.articles + one.clips]
    return sorted(waiting, key=lambda one: (-(one.articles + one.clips), one.credit))


def _added(told: Credited, other: Credited) -> Credited:
    return replace(
        told,
        source_id=told.source_id or other.source_id,
        articles=told.articles + other.articles,
        clips=told.clips + other.clips,
    )


def aside_key(credit: str) -> str:
    """What two credits have in common that are spelled a little differently."""
    return sha256_hex((key(credit) or credit).encode("utf-8", "replace"))


def name_credit(archive: Archive, credit: str, *, source: str, by: str) -> Act:
    """Say that a credit names a source: it becomes one of its aliases, and what is credited so is its.

    Raises NotFoundError, RefusedInputError, ConflictError.
    """
    told = source_checks.line(_checked(credit), what="Credit")
    old = sources.the_source(archive, source)
    known = {key(name) for name in sources.names_of(old)}
    if key(told) in known:
        raise ConflictError(f"The source {old.id!r} is called {told[:80]!r} already.")
    new = replace(old, aliases=(*old.aliases, told))
    if old.made_by == MADE_BY:
        new = replace(new, made_by=sources.MADE_BY_EDITOR)
    act = sources.changed(archive, old=old, new=new, verb=Verb.NAME_CREDIT, by=by)
    assert act is not None, "an alias was added"
    return act


def put_aside(archive: Archive, credit: str, *, by: str) -> Act:
    """Say that a credit is no source: it is not shown among the unknown any more. Raises ConflictError."""
    told = _checked(credit)
    act = Act(
        at=archive.clock(),
        by=by,
        verb=Verb.PUT_CREDIT_ASIDE,
        subject=aside_key(told),
        detail={"credit": told},
    )
    archive.catalogue.put_credit_aside(told, key=act.subject, act=act)
    return act


def put_aside_again(archive: Archive, act: Act) -> None:
    """Do again what `put_aside` did."""
    archive.catalogue.put_credit_aside(act.detail["credit"], key=act.subject, act=act)


def take_up(archive: Archive, done: Act, *, act: Act) -> None:
    """Take back that a credit is no source. Raises ConflictError."""
    archive.catalogue.take_credit_up(done.subject, act)


def aside(archive: Archive) -> list[str]:
    """Credits that editors put aside."""
    return sorted(archive.catalogue.credits_aside().values())


def _checked(credit: str) -> str:
    told = credit.strip()
    if not told or len(told) > CREDIT_CHARACTERS_MAX:
        raise RefusedInputError(f"A credit has 1 to {CREDIT_CHARACTERS_MAX} characters.")
    return told
