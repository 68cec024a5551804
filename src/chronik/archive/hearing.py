"""Acts: asks witnesses what they keep of clipped pages, keeps their answers as evidence, and compares.

Asking tells the other side which page is of interest here. So it is done when somebody says so, never by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from chronik.archive import known_witnesses, packages_of_others, witnessing
from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.reading import READING_TIMEOUT_S, rules_folder
from chronik.archive.same_page import same_page
from chronik.archive.visiting import visits
from chronik.collect import addresses, mementos
from chronik.errors import ChronikError, DamagedCaptureError, RefusedInputError
from chronik.extract import workers
from chronik.extract.standing import compared, wanted
from chronik.model import Act, Article, Failure, FailureKind, Hearing, PassageState, Verb, Witness, sha256_hex
from chronik.ports import Ask
from chronik.preserve import evidence
from chronik.preserve.message import Message
from chronik.preserve.witness import deposition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from chronik.model import Capture, Clip, Exchange, Page
    from chronik.preserve.witness.deposition import Deposition

CAPTURES_PATH = "/captures?url="
WORDING_CHARACTERS_MAX = 2_000
DETAIL_CHARACTERS_MAX = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking one witness about one clip."""

    clip: str
    name: str
    """Of the web archive or the other Chronik."""
    heard: Hearing | None = None
    reason: str = ""
    """Why nothing was heard."""


def look(archive: Archive, clips: Sequence[Clip], *, by: str, progress: Progress = unseen) -> Iterator[Asked]:
    """Ask every witness of the settings about each clip, one after the other; what was heard is kept as acts."""
    for done, clip in enumerate(clips, start=1):
        capture = archive.catalogue.capture(clip.capture_id) if clip.capture_id else None
        if capture is None or archive.is_sample(capture.url):
            yield Asked(clip=clip.id, name="", reason="the clip rests on no capture of a public page")
        else:
            yield from _Looking(archive, clip, capture, by=by).asked()
        progress(Step(stage="witnesses", done=done, total=len(clips)))


class _Looking:
    """One clip while its witnesses are asked."""

    def __init__(self, archive: Archive, clip: Clip, capture: Capture, *, by: str) -> None:
        self._archive, self._clip, self._capture, self._by = archive, clip, capture, by
        self._wanted = wanted(clip)
        self._passage = witnessing.passage_digest(self._wanted)

    def asked(self) -> Iterator[Asked]:
        """What each witness said, in turn."""
        for text in self._archive.config.memento_archives:
            name, prefix = text.split()
            yield self._guarded(name, self._memento(name, self._visited(mementos.gate(prefix, self._capture.url))))
        for witness in known_witnesses.asked(self._archive.config):
            exchange = self._visited(f"{witness.address}{CAPTURES_PATH}{quote(self._capture.url, safe='')}")
            yield self._guarded(witness.key.name, self._deposition(exchange))
        yield from self._packages()

    def _visited(self, url: str) -> Exchange | Failure:
        """What an address answers to the operator's question; no robot is at work here."""
        ask = Ask(
            url=url,
            accept=mementos.ACCEPT,
            accept_datetime=mementos.asked_for(self._capture.captured_at),
            size_bytes_max=mementos.LIST_BYTES_MAX,
        )
        [visit] = visits(self._archive, [ask], obey_robots=False)
        return visit.exchange.failure or visit.exchange

    def _guarded(self, name: str, heard: Hearing | str) -> Asked:
        """What is told of it; what was heard and is new is recorded."""
        if isinstance(heard, str):
            return Asked(clip=self._clip.id, name=name, reason=heard[:DETAIL_CHARACTERS_MAX])
        if heard in witnessing.hearings(self._archive, self._capture.id):
            return Asked(clip=self._clip.id, name=name, heard=heard)
        act = Act(
            at=self._archive.clock(),
            by=self._by,
            verb=Verb.HEAR_WITNESS,
            subject=self._capture.id,
            detail=heard.act_detail,
        )
        self._archive.catalogue.record_act(act)
        return Asked(clip=self._clip.id, name=name, heard=heard)

    # Mementos

    def _memento(self, name: str, answer: Exchange | Failure) -> Hearing | str:
        if not isinstance(answer, Failure) and self._is_list(answer):
            text = answer.body.decode("utf-8", "replace")
            base = answer.last.url if answer.last else ""
            found = mementos.nearest(text, to=self._capture.captured_at, base=base)
            answer = self._visited(found) if found else answer
        if isinstance(answer, Failure):
            return f"no memento: {answer}"
        last = answer.last
        head = evidence.memento_in(Message(status=last.status, headers=last.headers, body_start=0)) if last else None
        if last is None or head is None:
            return "what it answered is no memento"
        if known_witnesses.is_own_host(self._archive.config, last.url):
            return "the memento is served by this archive itself"
        if known_witnesses.memento_archive_of(self._archive.config, last.url) != name:
            return f"it sends to {addresses.shown(last.url)}, which is another archive"
        if not same_page(head.original, self._capture.url):
            return "the memento is of another page"
        if known := self._known_memento(last.url, head.seen_at):
            return known
        kept = self._archive.vault.keep(answer)
        self._archive.catalogue.record_capture(kept, to_read=False)
        return self._compared(kept, name=name, witness=Witness.MEMENTO, seen_at=head.seen_at)

    def _known_memento(self, url: str, seen_at: datetime) -> Hearing | None:
        """What was heard before: the state that a memento shows is fixed for ever (RFC 7089 §1.1)."""
        for one in witnessing.hearings(self._archive, self._capture.id):
            same = (one.address, one.seen_at, one.passage) == (url, seen_at, self._passage)
            if one.witness is Witness.MEMENTO and same and one.clip == self._clip.id:
                return one
        return None

    @staticmethod
    def _is_list(answer: Exchange) -> bool:
        return bool(answer.last) and answer.last.header("content-type").startswith(mementos.LIST_MEDIA_TYPE)  # type: ignore[union-attr]  # asked in the same line

    def _compared(self, kept: Capture, *, name: str, witness: Witness, seen_at: datetime) -> Hearing:
        """What a capture kept as evidence says of the clip's passage."""
        heard = Hearing(
            capture=self._capture.id,
            witness=witness,
            name=name,
            evidence=kept.id,
            seen_at=seen_at,
            address=kept.url if witness is Witness.MEMENTO else "",
            passage=self._passage,
            clip=self._clip.id,
        )
        read = self._read(kept)
        if isinstance(read, Failure):
            return replace(heard, detail=f"no text was read in it: {read}"[:DETAIL_CHARACTERS_MAX])
        wanted_words = self._wanted or self._own_text()
        if not wanted_words.strip():
            return replace(heard, detail="there is nothing here to compare with")
        found = compared(read.text, wanted_words)
        if found.state is PassageState.STANDS and not witnessing.shown_in(self._archive, kept, excerpt=wanted_words):
            return replace(heard, detail="a reader found the passage, but its bytes do not show it plainly")
        if found.state is PassageState.STANDS:
            words = "the passage stands there word for word" if self._passage else "its text is the same"
            return replace(heard, agrees=True, detail=words)
        wording = found.wording[:WORDING_CHARACTERS_MAX]
        if abs(seen_at - self._capture.captured_at) > witnessing.NEAR:
            words = "the passage does not stand there, and it is of another time"
            return replace(heard, wording=wording, detail=words)
        return replace(heard, agrees=False, wording=wording, detail="the passage does not stand there")

    def _own_text(self) -> str:
        reading = self._archive.catalogue.reading_in(self._capture.id)
        return reading.text if reading else ""

    def _read(self, kept: Capture) -> Article | Failure:
        """What a reader makes of it, under the page's own address; nothing of it enters the inbox."""
        page = self._page(kept)
        if isinstance(page, str):
            return Failure(kind=FailureKind.UNREADABLE, detail=page)
        read = workers.readings(
            [(kept.id, replace(page, url=self._capture.url))],
            workers=1,
            timeout_s=READING_TIMEOUT_S,
            rules_folder=rules_folder(self._archive),
        )
        return dict(read)[kept.id]

    def _page(self, kept: Capture) -> Page | str:
        try:
            return self._archive.vault_of(kept.url).page(kept)
        except (ChronikError, DamagedCaptureError) as error:
            return str(error)

    # Other archives

    def _deposition(self, answer: Exchange | Failure) -> Hearing | str:
        if isinstance(answer, Failure):
            return f"no deposition: {answer}"
        try:
            told = self._checked(answer.body)
        except RefusedInputError as error:
            return f"its deposition does not hold: {error}"
        kept = self._known_deposition(told) or self._kept_deposition(answer, told)
        text = self._own_text() or self._wanted
        own = witnessing.payload_told(self._archive, self._capture)
        best: tuple[bool | None, str, datetime] | None = None
        for seen in sorted(told.captures, key=lambda one: abs(one.captured_at - self._capture.captured_at)):
            agrees, detail = witnessing.compared_with(self._archive, seen, capture=own, text=text, passage=self._wanted)
            if best is None or (best[0] is None and agrees is not None):
                best = (agrees, detail, seen.captured_at)
        if best is None:
            return "it tells of no capture"
        return Hearing(
            capture=self._capture.id,
            witness=Witness.ARCHIVE,
            name=told.by.name,
            evidence=kept.id,
            seen_at=best[2],
            agrees=best[0],
            passage=self._passage,
            clip=self._clip.id,
            detail=best[1],
        )

    def _checked(self, body: bytes) -> Deposition:
        keys = known_witnesses.foreign_keys(self._archive.config)
        told = deposition.checked(body, keys=keys, now=self._archive.clock())
        known_witnesses.refuse_own_ledger(self._archive.config, told.origin)
        if told.address != self._capture.url:
            raise RefusedInputError("it is about another address")
        return told

    def _known_deposition(self, told: Deposition) -> Capture | None:
        """The one that was kept before and says the same: it need not be kept again."""
        for one in witnessing.hearings(self._archive, self._capture.id):
            kept = self._archive.catalogue.capture(one.evidence) if one.witness is Witness.ARCHIVE else None
            if kept is None or one.name != told.by.name:
                continue
            try:
                before = witnessing.read_deposition(self._archive, kept)
            except (ChronikError, DamagedCaptureError):
                continue
            return kept if before.captures == told.captures else None
        return None

    def _kept_deposition(self, answer: Exchange, told: Deposition) -> Capture:
        kept = self._archive.vault.keep_resource(
            answer.body,
            url=f"urn:sha256:{sha256_hex(answer.body)}",
            media_type=deposition.MEDIA_TYPE,
            taken_at=self._archive.clock(),
            origin=f"deposition of {told.by.name}",
        )
        self._archive.catalogue.record_capture(kept, to_read=False)
        return kept

    # Packages

    def _packages(self) -> Iterator[Asked]:
        """Captures of the page in packages of others, which were taken in before."""
        known = known_witnesses.trusted(self._archive)
        for other in witnessing.packaged(self._archive, self._capture):
            for signer in packages_of_others.holding(self._archive, other, known=known):
                heard = self._compared(other, name=signer.name, witness=Witness.PACKAGE, seen_at=other.captured_at)
                yield self._guarded(signer.name, heard)
