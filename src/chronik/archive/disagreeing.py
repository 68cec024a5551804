"""Where a witness says otherwise: leads for the editors, and what they made of them. Acts: reads and appends acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Verb, hearing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.archive.archive import Archive
    from chronik.model import Hearing

ACTS_MAX = 20_000
"""The newest so many acts are looked through."""
NOTE_CHARACTERS_MAX = 2_000
ID_LENGTH_MIN = 6


class Verdict(StrEnum):
    """What an editor says of a disagreement."""

    DISMISSED = "dismissed"
    """It does not speak against our capture: another edition, another language, a page that changes by the hour."""
    UPHELD = "upheld"
    """One of the two is not what the site showed: the capture stays in doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A witness that says otherwise, and what an editor made of it."""

    act: Act
    """By which it was heard; its id names the disagreement."""
    heard: Hearing
    verdict: Verdict | None = None
    by: str = ""
    note: str = ""


def disagreements(archive: Archive, *, settled: bool = False, limit: int = ACTS_MAX) -> list[Disagreement]:
    """What witnesses say otherwise, the latest first; also what was settled, if that is asked for."""
    acts = archive.catalogue.acts_of({Verb.HEAR_WITNESS, Verb.SETTLE_WITNESS}, limit=ACTS_MAX)
    found = [one for one in _disagreements(acts) if settled or one.verdict is None]
    return found[:limit]


def _disagreements(acts: Iterable[Act]) -> Iterator[Disagreement]:
    settling: dict[str, Act] = {}
    seen: set[tuple[str, str, str]] = set()
    for act in acts:
        if act.verb is Verb.SETTLE_WITNESS:
            settling.setdefault(str(act.detail.get("hearing", "")), act)
            continue
        try:
            heard = hearing(act.subject, act.detail)
        except (KeyError, TypeError, ValueError):
            continue
        about = (heard.capture, heard.evidence, heard.passage)
        if heard.agrees is False and (act.id in settling or about not in seen):
            yield _with_verdict(act, heard, settling.get(act.id))
        seen.add(about)


def _with_verdict(act: Act, heard: Hearing, settled: Act | None) -> Disagreement:
    verdict = str(settled.detail.get("verdict", "")) if settled else ""
    return Disagreement(
        act=act,
        heard=heard,
        verdict=Verdict(verdict) if verdict in set(Verdict) else None,
        by=settled.by if settled else "",
        note=str(settled.detail.get("note", "")) if settled else "",
    )


def settle(archive: Archive, name: str, *, verdict: Verdict, by: str, note: str = "") -> Disagreement:
    """Say what a disagreement means; `name` is its id or the beginning of it. A later word takes the place of this one.

    Raises NotFoundError, ConflictError or RefusedInputError.
    """
    if len(note) > NOTE_CHARACTERS_MAX:
        raise RefusedInputError(f"The note has {len(note)} characters; the limit is {NOTE_CHARACTERS_MAX}.")
    found = [one for one in disagreements(archive, settled=True) if _is_called(one, name)]
    if not found:
        raise NotFoundError(f"There is no disagreement {name[:64]!r}. See: chronik witness leads --all")
    if len(found) > 1:
        raise ConflictError(f"{len(found)} disagreements begin with {name!r}: name more of the id.")
    detail = {"hearing": found[0].act.id, "verdict": str(verdict), "note": note}
    act = Act(at=archive.clock(), by=by, verb=Verb.SETTLE_WITNESS, subject=found[0].heard.capture, detail=detail)
    archive.catalogue.record_act(act)
    return _with_verdict(found[0].act, found[0].heard, act)


def _is_called(one: Disagreement, name: str) -> bool:
    return one.act.id == name or (len(name) >= ID_LENGTH_MIN and one.act.id.startswith(name))
