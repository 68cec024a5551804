"""Acts: lists credits that name nobody known, each with those whom it may name and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.archive import credits_unknown
from chronik.archive.credits_proposals import Proposer
from chronik.archive.spellings import bridge_of, known_spellings

if TYPE_CHECKING:
    from chronik.archive.archive import Archive
    from chronik.archive.credits_proposals import Proposal
    from chronik.ports.sources import Credited

KEPT = "proposals for credits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A credit that names nobody known."""

    credited: Credited
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of unknown credits."""

    unknown: tuple[Unknown, ...]
    total: int


def listing(archive: Archive, *, offset: int = 0, limit: int) -> Listing:
    """Unknown credits, the most frequent first; what editors said of spellings counts for whom they may name."""
    found = credits_unknown.unknown(archive)
    shown = found[offset : offset + limit]
    if not shown:
        return Listing(unknown=(), total=len(found))
    proposer = _proposer(archive)
    told = (Unknown(credited=one, proposals=tuple(proposer.proposals(one.credit))) for one in shown)
    return Listing(unknown=tuple(told), total=len(found))


def _proposer(archive: Archive) -> Proposer:
    """The one that was made before, as long as sources and spellings are the same."""
    known = archive.catalogue.sources(), known_spellings(archive.catalogue)
    kept: tuple[object, Proposer] | None = archive.kept.get(KEPT)
    if kept is None or kept[0] != known:
        kept = archive.kept[KEPT] = (known, Proposer(known[0], bridge_of(known[1])))
    return kept[1]
