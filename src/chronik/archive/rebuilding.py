"""Acts: makes what an archive knows anew, out of the vault and the ledger alone.

Leaves are gone through in their order, which is that in which things happened: captures are read, acts are done again.
Stories are derived at the end, from everything together. See docs/decisions/0019-rebuild.md.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Self

from chronik.archive import (
    doing_again,
    feed_readings,
    naming,
    polling,
    reading,
    recording,
    relating,
    sources,
    suggesting,
)
from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.doing import Doing
from chronik.archive.kept_whole import is_to_be_read
from chronik.archive.places import Places
from chronik.archive.watching import REFUSED_STATES, look_again
from chronik.collect import feeds
from chronik.errors import LedgerError, VaultError
from chronik.extract.workers import Pool
from chronik.model import Article, Failure, LeafKind, Opening, RecordKind, Verb
from chronik.model.redaction import redaction_of
from chronik.ports import Poll
from chronik.ports.ledger import LeafMark
from chronik.preserve.ledger import audit, payload
from chronik.preserve.ledger.openings import Redacted
from chronik.takein import credits as known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from chronik.model import Act, Capture
    from chronik.model.redaction import Redaction
    from chronik.ports.rebuilding import Rebuilding
    from chronik.preserve.ledger import Ledger
    from chronik.preserve.ledger.openings import Torn

CAPTURES_A_BATCH_MAX = 500
MARKS_A_BATCH_MAX = 500
FAULTS_TOLD_MAX = 10_000
PLACES_NAME = "places.sqlite3"
_TAKEN_IN_AT_ONCE = frozenset(
    {
        Verb.IMPORT,
        Verb.CLIP,
        Verb.NOTE_SIGHTING,
        Verb.REMOVE_SAMPLE,
        Verb.RESTORE_CLIP,
        Verb.UNDO,
        *sources.SOURCE_VERBS,
    }
)
"""Before these everything that came is read."""


@dataclass(slots=True, kw_only=True)
class Rebuilt:
    """What was made anew, and what could not be."""

    leaves: int = 0
    captures: int = 0
    acts: int = 0
    articles: int = 0
    redacted: int = 0
    """Leaves that were redacted, and stay so."""
    without_leaf: int = 0
    """Captures of the vault that the ledger had not recorded yet."""
    lost: list[tuple[str, str]] = field(default_factory=list)
    """What the evidence no longer holds."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """What is there and is another now."""
    published: Mapping[str, Act] = field(default_factory=dict)
    """Dossier → the act that published what readers see."""
    waiting: str = ""
    """Why stories could not be derived to the end."""


def ledger_fault(archive: Archive) -> str:
    """The first thing that is wrong with the ledger; empty where nothing is. Raises LedgerError where none is there."""
    ledger = recording.ledger(archive)
    if not ledger.folder.exists():
        raise LedgerError(f"There is no ledger in {ledger.folder}: nothing says what happened. Restore a backup.")
    with audit.undisturbed(ledger):
        key, mark = audit.trusted(ledger)
        faults = audit.audited(ledger, key=key, mark=mark).faults
    return f"{faults[0][0]}: {faults[0][1]}" if faults else ""


def fill(archive: Archive, tables: Rebuilding, *, scratch: Path, progress: Progress = unseen) -> Rebuilt:
    """Fill an empty catalogue with everything that vault and ledger hold. What does not fit is in `lost`."""
    archive.catalogue.add_sources(known.known_sources())
    with Places(scratch / PLACES_NAME) as places:
        for vault in (archive.vault, archive.sample_vault):
            places.add(vault.digests())
        with _Filling(archive, tables, places, progress) as filling:
            ledger = recording.ledger(archive)
            filling.gone = redacted_leaves(ledger)
            for opening in ledger.openings.between(0, ledger.size):
                filling.take(opening)
            filling.end()
        _derive(filling, progress)
    filling.done.notes += filling.doing.notes
    filling.done.published = filling.doing.published
    return filling.done


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What the act of redacting says of a leaf whose opening was destroyed."""

    kind: LeafKind
    subject: str
    now: Act | None = None
    """An act as it stands since."""


def redacted_leaves(ledger: Ledger) -> dict[int, Gone]:
    """Leaf → what is left of it, as far as acts of redacting tell."""
    found: dict[int, Gone] = {}
    for opening in ledger.openings.between(0, ledger.size):
        if isinstance(opening, Opening) and _redacts(opening):
            with suppress(ValueError, KeyError, TypeError):
                found |= _gone(redaction_of(payload.act_in(opening.payload)))
    return found


def _redacts(opening: Opening) -> bool:
    fields = opening.payload.get("act") if opening.kind == LeafKind.ACT else None
    return isinstance(fields, dict) and fields.get("verb") == Verb.REDACT


def _gone(told: Redaction) -> dict[int, Gone]:
    subjects = [
        *(Gone(kind=LeafKind.CAPTURE, subject=one) for one in (*told.captures, *told.carriers)),
        *(Gone(kind=LeafKind.ACT, subject=one.now.id, now=one.now) for one in told.acts),
    ]
    return {leaf: one for leaf, one in zip(told.leaves, subjects, strict=False) if leaf >= 0}


class _Filling:
    """An archive while it is being filled, leaf by leaf."""

    def __init__(self, archive: Archive, tables: Rebuilding, places: Places, progress: Progress) -> None:
        self._moment = archive.clock()
        self.archive = replace(archive, clock=lambda: self._moment)
        self.done = Rebuilt()
        self.doing = Doing(archive=self.archive, tables=tables, credited=reading.Credited(self.archive))
        self.doing.know_feeds()
        self._places = places
        self._progress = progress
        self._stack = ExitStack()
        self.gone: dict[int, Gone] = {}
        self._queue: list[Capture] = []
        self._marks: list[LeafMark] = []

    def __enter__(self) -> Self:
        """The readers start with the first page, and live until the end."""
        pool = Pool(
            size=reading.worker_count(),
            timeout_s=reading.READING_TIMEOUT_S,
            rules_folder=reading.rules_folder(self.archive),
        )
        self._pool = self._stack.enter_context(pool)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the readers."""
        self._stack.close()

    def take(self, opening: Opening | Redacted | Torn) -> None:
        """What one leaf says happens again."""
        self.done.leaves += 1
        if isinstance(opening, Redacted):
            self._redacted_again(opening.index)
        elif not isinstance(opening, Opening):
            self._lose(f"leaf {opening.index}", opening.reason)
        else:
            self._take(opening)
        self._progress(Step(stage="leaves", done=self.done.leaves, total=0, failed=len(self.done.lost)))

    def _take(self, opening: Opening) -> None:
        try:
            if opening.kind == LeafKind.CAPTURE:
                self._moment = datetime.fromisoformat(str(opening.payload["recorded_at"]))
                self._capture_again(opening)
            elif opening.kind == LeafKind.ACT:
                self._act_again(payload.act_in(opening.payload))
                self._mark(opening)
        except (KeyError, TypeError, ValueError, AttributeError):
            self._lose(f"leaf {opening.index}", f"its {opening.kind} cannot be understood by this version of Chronik")

    def end(self) -> None:
        """Take in what the vault holds and the ledger had not recorded yet; read what is left to read."""
        wanted = set(self._places.untold())
        for vault in (self.archive.vault, self.archive.sample_vault) if wanted else ():
            for capture in vault.captures():
                if capture.id in wanted:
                    wanted.discard(capture.id)
                    self._keep(capture)
                    self.done.without_leaf += 1
        self._read()
        self._keep_marks()

    # Captures

    def _capture_again(self, opening: Opening) -> None:
        told = opening.payload["capture"]
        place = self._places.of(opening.subject, digest=opening.payload["records"]["sha256"])
        if place is None:
            self._miss(opening.subject, str(told["url"]))
            return
        self._keep(payload.capture_in(opening.payload, location=place))
        self._mark(opening)

    def _miss(self, identity: str, url: str) -> None:
        if self.doing.is_of_removed_sample(url):
            return
        if self._places.holds(identity):
            self._lose(f"capture {identity}", f"{url}: its bytes in the vault are not those of its leaf")
        else:
            self._lose(f"capture {identity}", f"{url} is not in the vault")

    def _keep(self, capture: Capture) -> None:
        feed = next((self.doing.feeds[url] for url in (capture.asked_url, capture.url) if url in self.doing.feeds), "")
        if feed:
            self._read()
        answers = capture.origin or capture.record is RecordKind.RESOURCE or capture.status not in REFUSED_STATES
        to_read = not feed and bool(answers) and is_to_be_read(capture, self.archive.config)
        self.done.captures += self.archive.catalogue.record_capture(capture, to_read=to_read)
        if feed:
            self._feed_again(capture, feed)
        elif to_read:
            self._queue.append(capture)
        else:
            look_again(self.archive, capture, outcome=None)
        if len(self._queue) >= CAPTURES_A_BATCH_MAX:
            self._read()

    def _read(self) -> None:
        """Read what came, in the order in which it would have been read."""
        batch = sorted(self._queue, key=lambda capture: (capture.captured_at, capture.id))
        self._queue = []
        by_id = {capture.id: capture for capture in batch}
        for identity, outcome in reading.readings(self.archive, batch, pool=self._pool) if batch else ():
            article = self.doing.credited.article(outcome) if isinstance(outcome, Article) else outcome
            self.done.articles += self.archive.catalogue.record_reading(identity, article)
            look_again(self.archive, by_id[identity], outcome=outcome)

    def _feed_again(self, capture: Capture, url: str) -> None:
        """What a feed said of its pages, and which pages it named."""
        self.doing.feeds |= dict.fromkeys({capture.url, capture.asked_url} - {""}, url)
        try:
            parsed = polling.parsed_feed(self.archive, capture)
        except VaultError as error:
            self._lose(f"capture {capture.id}", str(error))
            return
        if isinstance(parsed, Failure):
            return
        health = next(one for one in self.archive.catalogue.feeds() if one.feed.url == url)
        by = {url, health.address, capture.asked_url or capture.url, capture.url}
        feed_readings.record(
            self.archive, parsed, capture=capture, by=by, credited=self.doing.credited, pool=self._pool
        )
        leads = feeds.leads(parsed, found_in=url, found_at=capture.captured_at)
        feed = polling.described(health.feed, parsed)
        self.archive.catalogue.record_poll(Poll(health=replace(health, feed=feed), leads=leads))

    # Acts

    def _act_again(self, act: Act) -> None:
        self._moment = act.at
        if act.verb in _TAKEN_IN_AT_ONCE:
            self._read()
        self.archive.catalogue.record_act(act)
        self.done.acts += 1
        try:
            doing_again.do(self.doing, act)
        except VaultError as error:
            self._lose(f"act {act.id}", str(error))
        except doing_again.EXPECTED as error:
            why = str(error) if str(error).endswith(".") else f"it does not hold what it did ({error})"
            self._lose(f"act {act.id}", f"{act.verb} of {act.at:%Y-%m-%d %H:%M} cannot be done again: {why}")

    def _redacted_again(self, index: int) -> None:
        """What was destroyed stays so; an act that quoted it is done as it stands since."""
        self.done.redacted += 1
        gone = self.gone.get(index)
        if gone is None:
            return
        if gone.now is not None:
            self._act_again(gone.now)
        self.doing.tables.mark_redacted(gone.kind, gone.subject, index=index)

    # Marks and losses

    def _mark(self, opening: Opening) -> None:
        kind = LeafKind(opening.kind)
        self._marks.append(LeafMark(kind=kind, subject=opening.subject, salt=opening.salt, index=opening.index))
        if len(self._marks) >= MARKS_A_BATCH_MAX:
            self._keep_marks()

    def _keep_marks(self) -> None:
        self.archive.catalogue.mark_leaves(self._marks)
        self._marks = []

    def _lose(self, subject: str, what: str) -> None:
        if len(self.done.lost) < FAULTS_TOLD_MAX:
            self.done.lost.append((subject, what))


def _derive(filling: _Filling, progress: Progress) -> None:
    """Stories, suggestions, learned names and the index, from all that is known now."""
    archive, doing = filling.archive, filling.doing
    for report, article in _reports(filling):
        doing.tables.know_report(report, article)
    filling.done.waiting = relating.relate_due(archive, progress=progress).waiting
    doing.tables.remember_stories()
    doing_again.decide(doing)
    suggesting.suggest_due(archive, progress=progress)
    naming.learn(archive)
    reading.index_due(archive, progress=progress)


def _reports(filling: _Filling) -> Iterator[tuple[str, str]]:
    """Reports that acts name, each with the article that is its now."""
    catalogue = filling.archive.catalogue
    for report, page in sorted(filling.doing.pages.items()):
        if report in catalogue.articles([report]):
            yield report, report
        elif page.get("capture") and (again := catalogue.reading_in(str(page["capture"]))) is not None:
            yield report, again.id
        else:
            filling.done.notes.append((f"report {report}", "an act names it, and nothing is read that it could be"))
