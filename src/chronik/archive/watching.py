"""Acts: looks at clipped pages again, keeps what they say now, and tells what became of each passage.

What the clip was made of is never touched: every look is a capture of its own, beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chronik.archive.archive import Archive, Progress, Step, unseen
from chronik.archive.reading import read_captures
from chronik.archive.visiting import PAGE_ACCEPT, visits
from chronik.collect import addresses, schedule
from chronik.collect.watching import next_look
from chronik.errors import RefusedInputError
from chronik.extract.standing import Standing, standing
from chronik.model import Act, Article, Capture, Exchange, Failure, FailureKind, PassageState, Sighting, Verb, Watch
from chronik.ports import Ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from chronik.model import Clip

NEW_A_STEP_MAX = 500
LOOKS_A_BATCH_MAX = 200
LOOKS_A_ROUND_MAX = 2_000
DETAIL_CHARACTERS_MAX = 500
_GONE = frozenset({404, 410})
_REFUSED = frozenset({401, 402, 403, 451})
REFUSED_STATES = _GONE | _REFUSED
"""An answer with one of these is kept as evidence, and holds no page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one round of looking brought, counted."""

    pages: int = 0
    altered: int = 0
    """Passages that were seen not to stand any more."""
    failed: int = 0
    """Pages that gave no usable answer and are tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a page answered."""

    capture: Capture | None = None
    reading: Article | None = None
    state: PassageState | None = None
    """What holds for every passage of it, where there is no reading."""
    status: int | None = None
    detail: str = ""


def watch_due(archive: Archive, *, progress: Progress = unseen) -> Looked:
    """Look at every clipped page whose time has come. Killed at any point, the next call goes on."""
    _begin(archive)
    looked = Looked()
    while looked.pages + looked.failed < LOOKS_A_ROUND_MAX:
        due = archive.catalogue.due_watches(archive.clock(), limit=LOOKS_A_BATCH_MAX)
        if not due:
            break
        looked = _look(archive, due, before=looked, progress=progress)
    return looked


def look(archive: Archive, urls: Sequence[str], *, progress: Progress = unseen) -> Looked:
    """Look at these clipped pages now, due or not; those of which nothing was clipped are left out."""
    _begin(archive)
    return _look(archive, archive.catalogue.watches(urls), before=Looked(), progress=progress)


def note(archive: Archive, sighting: Sighting, *, by: str) -> Act:
    """An editor has seen what became of a passage: it is no news any more. Raises NotFoundError."""
    detail = {"sighting": sighting.number, "state": str(sighting.state)}
    act = Act(at=archive.clock(), by=by, verb=Verb.NOTE_SIGHTING, subject=sighting.clip, detail=detail)
    archive.catalogue.note_sighting(sighting.number, act)
    return act


def look_again(archive: Archive, capture: Capture, *, outcome: Article | Failure | None) -> None:
    """Keep as sightings what a capture that was kept says of the passages clipped at its address before.

    `outcome` is what was read in it; None for an answer that holds no page.
    """
    asked = capture.asked_url or capture.url
    clips = [one for one in archive.catalogue.clips_at(asked) if _is_later(capture, one)]
    status = capture.status
    state = PassageState.GONE if status in _GONE else PassageState.REFUSED if status in _REFUSED else None
    seen = _Seen(capture=capture, status=status, state=state if outcome is None else None)
    if not clips or (outcome is None and state is None):
        return
    seen = _with_reading(seen, {capture.id: outcome} if outcome is not None else {})
    since = max(clip.clipped_at for clip in clips)
    watch = Watch(url=asked, since=since, due=next_look(since, after=max(capture.captured_at, since)))
    archive.catalogue.record_look(watch, [_sighting(clip, seen, at=capture.captured_at) for clip in clips])


def _is_later(capture: Capture, clip: Clip) -> bool:
    """Whether a capture is a look at a page that had been clipped."""
    return bool(clip.capture_id) and clip.capture_id != capture.id and capture.captured_at > clip.clipped_at


def _begin(archive: Archive) -> None:
    """Watch the pages of new clips. A look that is overdue is not waited for."""
    while new := archive.catalogue.unwatched(limit=NEW_A_STEP_MAX):
        archive.catalogue.watch(Watch(url=url, since=at, due=next_look(at, after=at)) for url, at in new)


def _look(archive: Archive, watches: Sequence[Watch], *, before: Looked, progress: Progress) -> Looked:
    """Ask for all of them, then read what came: the readers start once."""
    asked = _asked(archive, watches)
    total, failed, answers = before.pages + before.failed + len(asked), before.failed, list[tuple[Watch, _Seen]]()
    for visit in visits(archive, [Ask(url=url, accept=PAGE_ACCEPT) for url in asked], obey_robots=True):
        left = [watch for watch in asked[visit.ask.url] if not _tried_later(archive, watch, visit.exchange)]
        failed += len(asked[visit.ask.url]) - len(left)
        seen = _seen(archive, visit.exchange) if left else _Seen()
        answers += [(watch, seen) for watch in left]
        progress(Step(stage="watching", done=before.pages + failed + len(answers), total=total, failed=failed))
    readings = _readings(archive, [seen.capture for _, seen in answers if seen.capture and seen.state is None])
    altered = sum(_record(archive, watch, _with_reading(seen, readings)) for watch, seen in answers)
    return Looked(pages=before.pages + len(answers), altered=before.altered + altered, failed=failed)


def _asked(archive: Archive, watches: Sequence[Watch]) -> dict[str, list[Watch]]:
    """Address in normal form → what is watched there; what is no address is seen at once to be unreachable."""
    asked: dict[str, list[Watch]] = {}
    for watch in watches:
        try:
            asked.setdefault(addresses.normal(watch.url), []).append(watch)
        except RefusedInputError as error:
            seen = _Seen(state=PassageState.UNREACHABLE, detail=str(error)[:DETAIL_CHARACTERS_MAX])
            _record(archive, watch, seen)
    return asked


def _tried_later(archive: Archive, watch: Watch, exchange: Exchange) -> bool:
    """Whether asking again soon may go well: not where the server has said clearly that it has no such page for us."""
    failure, last = exchange.failure, exchange.last
    if failure is None or (last and last.status in _GONE | _REFUSED):
        return False
    again = schedule.next_try(watch.tries + 1, failure, archive.clock())
    if again is not None:
        archive.catalogue.record_look(replace(watch, due=again, tries=watch.tries + 1), [])
    return again is not None


def _seen(archive: Archive, exchange: Exchange) -> _Seen:
    """Keep what came. Where it is a page, reading it says the rest."""
    failure, last = exchange.failure, exchange.last
    status = last.status if last else None
    if failure is None or (status in _GONE | _REFUSED):
        capture = archive.vault_of(exchange.asked_url).keep(exchange)
        archive.catalogue.record_capture(capture, to_read=failure is None)
        if failure is None:
            return _Seen(capture=capture, status=status)
        state = PassageState.GONE if status in _GONE else PassageState.REFUSED
        return _Seen(capture=capture, state=state, status=status, detail=failure.detail)
    state = PassageState.REFUSED if failure.kind is FailureKind.ROBOTS else PassageState.UNREACHABLE
    return _Seen(state=state, status=status, detail=failure.detail[:DETAIL_CHARACTERS_MAX])


def _readings(archive: Archive, captures: Sequence[Capture]) -> dict[str, Article | Failure]:
    found: dict[str, Article | Failure] = {}
    if captures:
        read_captures(archive, captures, told=found.__setitem__)
    return found


def _with_reading(seen: _Seen, readings: Mapping[str, Article | Failure]) -> _Seen:
    outcome = readings.get(seen.capture.id) if seen.capture else None
    if isinstance(outcome, Article):
        return replace(seen, reading=outcome)
    if isinstance(outcome, Failure):
        return replace(seen, state=PassageState.UNREAD, detail=str(outcome)[:DETAIL_CHARACTERS_MAX])
    return seen


def _record(archive: Archive, watch: Watch, seen: _Seen) -> int:
    """Keep what was seen of each passage; how many do not stand any more."""
    sightings = list(_sightings(archive, watch, seen))
    now = archive.clock()
    is_new = any(_is_new(archive, sighting) for sighting in sightings)
    due = next_look(watch.since, after=max(now, watch.since), is_new=is_new)
    archive.catalogue.record_look(replace(watch, due=due, tries=0), sightings)
    return sum(sighting.state is not PassageState.STANDS for sighting in sightings)


def _is_new(archive: Archive, sighting: Sighting) -> bool:
    """Whether the passage was seen in another state before; the first look is new where it does not stand."""
    last = next(iter(archive.catalogue.sightings(sighting.clip)), None)
    return sighting.state is not (last.state if last else PassageState.STANDS)


def _sightings(archive: Archive, watch: Watch, seen: _Seen) -> Iterator[Sighting]:
    now = archive.clock()
    for clip in archive.catalogue.clips_at(watch.url):
        yield _sighting(clip, seen, at=now)


def _sighting(clip: Clip, seen: _Seen, *, at: datetime) -> Sighting:
    found = _standing(clip, seen)
    return Sighting(
        clip=clip.id,
        state=found.state,
        wording=found.wording,
        first_at=at,
        last_at=at,
        status=seen.status,
        capture=seen.capture.id if seen.capture else "",
        article=seen.reading.id if seen.reading else "",
        detail=seen.detail,
    )


def _standing(clip: Clip, seen: _Seen) -> Standing:
    if seen.reading is not None:
        return standing(clip, seen.reading)
    assert seen.state is not None, "what was not read has a state of its own"
    return Standing(state=seen.state)
