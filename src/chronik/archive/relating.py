"""Acts: reads, encodes and places every article that relating has not been at, oldest first.

A batch is placed and recorded in one transaction. Killed at any point, the next call goes on.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chronik.archive import neighbours as at_hand
from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.recalling import recalled
from chronik.archive.suggesting import suggest_due
from chronik.errors import BusyError, EncoderError
from chronik.model import Report
from chronik.ports.relating import Related, Traced
from chronik.relate import agencies, keeping
from chronik.relate.placing import told_of
from chronik.relate.report_vectors import report_vectors
from chronik.relate.traits import traits_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from chronik.archive.neighbours import Neighbours
    from chronik.model import Article
    from chronik.ports.relating import DueReport
    from chronik.relate.traits import Traits

ARTICLES_A_BATCH_MAX = 64
NAMES_MAX = 200
DATES_MAX = 100
LOCK_NAME = "relate.lock"
STEP = "relating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What a round of relating brought."""

    articles: int = 0
    suggestions: int = 0
    waiting: str = ""
    """Why the rest has to wait; empty where nothing has to."""


def relate_due(archive: Archive, *, progress: Progress = unseen) -> Placed:
    """Place every article that is due, then suggest. Where another process is at it, it stays due."""
    try:
        with turn(archive):
            articles, waiting = _placed(archive, progress)
            archive.catalogue.record_waiting(STEP, waiting, at=archive.clock())
            return Placed(articles=articles, suggestions=suggest_due(archive, progress=progress), waiting=waiting)
    except BusyError as error:
        return Placed(waiting=str(error))


def relate_again(archive: Archive, *, progress: Progress = unseen) -> Placed:
    """Place every article anew, from the vectors that are kept; what editors said stays. Raises BusyError."""
    with turn(archive):
        archive.catalogue.forget_places()
        at_hand.forget(archive)
    return relate_due(archive, progress=progress)


@contextmanager
def turn(archive: Archive) -> Iterator[None]:
    """One process relates at a time. Raises BusyError."""
    with (archive.config.archive / LOCK_NAME).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError("Another process is relating articles of this archive, and goes on.") from error
        yield


def _placed(archive: Archive, progress: Progress) -> tuple[int, str]:
    """How many articles were placed, and why the rest has to wait."""
    done = 0
    while due := archive.catalogue.unrelated(limit=ARTICLES_A_BATCH_MAX):
        batch = [one for one in due if one.when - due[0].when <= at_hand.REACH]
        try:
            related = _related(archive, batch)
        except EncoderError as error:
            return done, str(error)
        try:
            archive.catalogue.record_related(related, at=archive.clock())
        except BaseException:
            at_hand.forget(archive)
            raise
        done += len(batch)
        progress(Step(stage=STEP, done=done, total=0))
    return done, ""


def _related(archive: Archive, batch: Sequence[DueReport]) -> list[Related]:
    mark = at_hand.traits_mark(archive.catalogue)
    kept = archive.catalogue.traced(due.report for due in batch if not due.placed)
    traced = _traced(archive, batch, kept=kept, mark=mark)
    held = at_hand.neighbours(archive, first=batch[0].when, last=batch[-1].when)
    try:
        return [_one(archive, held, due, *pair) for due, pair in zip(batch, traced, strict=True)]
    except BaseException:
        at_hand.forget(archive)
        raise


def _one(archive: Archive, held: Neighbours, due: DueReport, traits: Traits, traced: Traced) -> Related:
    if due.placed:
        return Related(due=due, traced=traced, placement=None)
    held.known[due.report] = due.when
    told = told_of(traits, credited=traced.credits, agency=traced.agency)
    placed = held.placer.place(traits, told=told, text=due.article.text)
    placement, gist = recalled(archive.catalogue, placed, placer=held.placer, encoder=held.encoder)
    weights = held.placer.weights_of(due.report)
    return Related(due=due, traced=traced, placement=placement, gist=gist, weighed=weights)


def _traced(
    archive: Archive, batch: Sequence[DueReport], *, kept: Mapping[str, Traced], mark: bytes
) -> list[tuple[Traits, Traced]]:
    """What stands in each article: as it was kept, or read now."""
    encoder = at_hand.encoder_name(archive)
    reports = [report_of(due.article, report=due.report, when=due.when) for due in batch]
    vectors = {key: one.vector for key, one in kept.items() if one.vector and one.encoder == encoder}
    lacking = [report for report in reports if report.id not in vectors]
    if archive.encode and lacking:
        rows = report_vectors(lacking, encode=archive.encode)
        vectors |= {report.id: keeping.kept_vector(row) for report, row in zip(lacking, rows, strict=True)}
    credited = {due.report: _credits(due.article) for due in batch}
    found = []
    for report in reports:
        vector = vectors.get(report.id, b"")
        traits = _kept_traits(kept.get(report.id), vector=vector, mark=mark) or _read(archive, report, vector)
        traced = Traced(
            traits=keeping.kept_traits(traits, mark=mark),
            vector=vector,
            encoder=encoder if vector else "",
            **credited[report.id],
        )
        found.append((traits, traced))
    return found


def _credits(article: Article) -> dict[str, Any]:
    """Which agencies the text credits, and whose own text it is."""
    own = agencies.agency(article.source) or agencies.agency(article.url)
    return {"credits": agencies.credited(article.text, source=article.source), "agency": own}


def _kept_traits(kept: Traced | None, *, vector: bytes, mark: bytes) -> Traits | None:
    return keeping.traits(kept.traits, kept_vector=vector, mark=mark) if kept and kept.traits else None


def _read(archive: Archive, report: Report, vector: bytes) -> Traits:
    return traits_of(report, bridge=at_hand.bridge(archive), vector=keeping.vector(vector))


def report_of(article: Article, *, report: str, when: datetime) -> Report:
    """An article as relating sees it."""
    names = dict.fromkeys(article.text[mention.start : mention.end] for mention in article.mentions)
    return Report(
        id=report,
        title=article.title,
        text=article.text,
        language=article.language,
        published=when,
        source=article.source_id or article.source,
        names=tuple(names)[:NAMES_MAX],
        dates=tuple(dict.fromkeys(mention.date for mention in article.dates))[:DATES_MAX],
    )
