"""Unknown credits: of spellings that are taken away from the sources that ship, how many lead back to theirs.

Half of the sources, told by a digest of their ids, was looked at while the rules were written; the other half was not.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from chronik.archive.credits_proposals import Proposer
from chronik.model import sha256_hex
from chronik.relate.bridge import Bridge
from chronik.takein import credits as known
from chronik.takein import press_page
from chronik.takein.spelling import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.archive.credits_proposals import Proposal
    from chronik.model import Source

PRESS_PAGE = Path(__file__).resolve().parents[2] / "shared" / "data" / "press-archive" / "2020-nagorno-karabakh.txt"


def without(source: Source, spelling: str) -> Source:
    """The source, had it never been called so."""
    taken = {key(spelling), key(known.cleaned(spelling))}
    names = {tag: name for tag, name in source.names.items() if key(name) not in taken}
    return replace(source, names=names, aliases=tuple(name for name in source.aliases if key(name) not in taken))


def asked(spelling: str, source: Source, bridge: Bridge) -> list[Proposal] | None:
    """What is proposed for a spelling that was taken away; None where it is known all the same, or was all there is."""
    sources = [without(one, spelling) if one.id == source.id else one for one in known.known_sources()]
    left = next(one for one in sources if one.id == source.id)
    if not (left.names or left.aliases) or known.source_of(spelling, sources):
        return None
    return Proposer(sources, bridge).proposals(spelling)


def row(name: str, pairs: Iterable[tuple[str, Source]], bridge: Bridge) -> str:
    """One line of the table."""
    counts: Counter[str] = Counter()
    for spelling, source in pairs:
        found = asked(spelling, source, bridge)
        if found is not None:
            counts["asked"] += 1
            counts["first"] += bool(found) and found[0].source.id == source.id
            counts["three"] += any(one.source.id == source.id for one in found)
            counts["none"] += not found
    share = counts["first"] / max(counts["asked"], 1)
    return (
        f"{name}: {counts['asked']} spellings, {counts['first']} first ({share:.2f}), "
        f"{counts['three']} among three, {counts['none']} without a proposal"
    )


def spellings(half: int) -> Iterator[tuple[str, Source]]:
    """All spellings of half of the sources."""
    for source in known.known_sources():
        if int(sha256_hex(source.id.encode()), 16) % 2 == half:
            for name in dict.fromkeys((*source.names.values(), *source.aliases)):
                yield name, source


def of_press_page() -> Iterator[tuple[str, Source]]:
    """The credits of the press page that name somebody known."""
    page = press_page.parsed(PRESS_PAGE.read_bytes(), name=PRESS_PAGE.name)
    credits_ = {entry.credit for entry in page.entries if isinstance(entry, press_page.Entry)}
    for credit in sorted(credits_ - {""}):
        if source := known.source_of(credit, known.known_sources()):
            yield credit, source


def measure() -> Iterator[str]:
    """Lines of the table."""
    bridge = Bridge()
    if PRESS_PAGE.is_file():
        yield row("credits of the press page", of_press_page(), bridge)
    else:
        yield "credits of the press page: the shared data is not beside this checkout"
    yield row("sources looked at", spellings(0), bridge)
    yield row("sources not looked at", spellings(1), bridge)
    proposer = Proposer(known.known_sources(), bridge)
    names = [name for name, _source in spellings(1)]
    begun = time.process_time()
    for name in names:
        proposer.proposals(name)
    yield f"{len(names) / (time.process_time() - begun):.0f} credits a CPU second"
