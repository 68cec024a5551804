"""Acts: keeps the reports of a stretch of time at hand, so that a new one is placed among them.

What is at hand stays in the process from one round to the next. Whatever others placed or said meanwhile is taken in
before the next report is placed.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from chronik.archive.spellings import ArchiveSpellings, known_spellings
from chronik.model import sha256_hex
from chronik.relate import keeping
from chronik.relate.placing import Placer, told_of
from chronik.relate.report_vectors import MIXED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from chronik.archive.archive import Archive
    from chronik.ports import Catalogue
    from chronik.ports.relating import Marks, Relation
    from chronik.relate.bridge import Bridge

REACH = timedelta(days=30)
"""On each side of a report."""
STRETCH_MAX = timedelta(days=90)
"""So much is at hand at most: the placer lets go by itself of what is older."""
KNOWN_MAX = 200_000
"""Beyond so many, reports that the placer has let go of are not remembered as known."""
TRAITS_VERSION = "1"
"""Raised when reading the same text gives other traits."""
NEIGHBOURS, BRIDGE = "neighbours", "bridge"


@dataclass(slots=True, kw_only=True)
class Neighbours:
    """A placer, and which reports it knows."""

    placer: Placer
    encoder: str
    marks: Marks
    begin: datetime
    end: datetime
    known: dict[str, datetime] = field(default_factory=dict)
    """Report → its time."""

    def take(self, relations: Iterable[Relation]) -> None:
        """Let the placer know reports that were placed before."""
        with _uncollected():
            self._take(relations)

    def _take(self, relations: Iterable[Relation]) -> None:
        for relation in relations:
            if relation.report in self.known:
                continue
            self.known[relation.report] = relation.when
            vector = relation.traced.vector if relation.traced.encoder == self.encoder else b""
            traits = keeping.traits(relation.traced.traits, kept_vector=vector)
            if traits is not None:
                traced, placement = relation.traced, relation.placement
                told = told_of(traits, credited=traced.credits, agency=traced.agency)
                self.placer.remember(
                    traits, story=placement.story, weights=relation.weighed, told=told, copy_of=placement.copy_of
                )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing of fifty thousand reports is garbage: looking for some again and again takes half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def neighbours(archive: Archive, *, first: datetime, last: datetime) -> Neighbours:
    """Everything placed that reports of this stretch of time may go with."""
    begin, end = first - REACH, last + REACH
    marks = archive.catalogue.marks()
    held: Neighbours | None = archive.kept.get(NEIGHBOURS)
    if held is None or not _goes_on(held, archive, begin=begin, end=end, marks=marks):
        held = _begun(archive, begin=begin, end=end, marks=marks)
    catalogue = archive.catalogue
    if marks.placed > held.marks.placed:
        held.take(catalogue.relations(held.begin, held.end, after=held.marks.placed))
    for earlier, later in ((begin, held.begin), (held.end, end)):
        if earlier < later:
            held.take(catalogue.relations(earlier, later))
    held.end, held.marks = max(end, held.end), marks
    held.begin = max(min(begin, held.begin), held.end - STRETCH_MAX)
    if len(held.known) > KNOWN_MAX:
        held.known = {report: when for report, when in held.known.items() if when >= held.begin}
    return held


def forget(archive: Archive) -> None:
    """Let go of what is at hand: nobody knows whether the catalogue has it."""
    archive.kept.pop(NEIGHBOURS, None)


def bridge(archive: Archive) -> Bridge:
    """The bridge with what editors said of spellings, and what was learned."""
    held: ArchiveSpellings = archive.kept.setdefault(BRIDGE, ArchiveSpellings(archive.catalogue))
    return held.bridge()


def traits_mark(catalogue: Catalogue) -> bytes:
    """What traits are made with now: the way of reading, and what is known of spellings."""
    said = [f"{one.same}:{'|'.join(one.spellings)}" for one in known_spellings(catalogue)]
    return bytes.fromhex(sha256_hex("\n".join([TRAITS_VERSION, *said]).encode("utf-8", "replace")))


def _goes_on(held: Neighbours, archive: Archive, *, begin: datetime, end: datetime, marks: Marks) -> bool:
    back = begin < held.begin and max(end, held.end) - begin > STRETCH_MAX
    apart = begin > held.end or end < held.begin
    same = held.marks.said == marks.said and held.encoder == encoder_name(archive)
    return same and not apart and not back and held.marks.placed <= marks.placed


def _begun(archive: Archive, *, begin: datetime, end: datetime, marks: Marks) -> Neighbours:
    encoder = encoder_name(archive)
    catalogue = archive.catalogue

    def text_of(report: str) -> str:
        relation = catalogue.relation(report)
        article = catalogue.article(relation.article) if relation else None
        return article.text if article else ""

    made_by = archive.encode.made_by if archive.encode else ""
    placer = Placer(made_by=made_by, words=catalogue.words(), text_of=text_of)
    held = Neighbours(placer=placer, encoder=encoder, marks=marks, begin=begin, end=end)
    held.take(catalogue.relations(begin, end))
    archive.kept[NEIGHBOURS] = held
    return held


def encoder_name(archive: Archive) -> str:
    """What makes the vectors of reports; empty where nothing does. Raises EncoderError."""
    return f"{archive.encode.made_by}, {MIXED}" if archive.encode else ""
