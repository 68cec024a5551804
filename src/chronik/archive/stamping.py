"""Acts: has the ledger's latest checkpoint stamped by time-stamp authorities, and says how that stands.

A stamp over a checkpoint says of every leaf before it that it stood there then, so only the latest is stamped. Two
authorities with different roots are wanted. One that fails is passed over, and asked again after a while.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from chronik.errors import ConfigError, DamagedCaptureError, LedgerError, RefusedInputError
from chronik.model import Failure, Stamp
from chronik.preserve import stamps
from chronik.preserve.asking import Asked
from chronik.preserve.ledger import Ledger
from chronik.preserve.stamp_folder import Kept, StampFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from chronik.archive.archive import Archive
    from chronik.config import Config
    from chronik.model import Checkpoint
    from chronik.preserve.stamps import Authority

    Post = Callable[[str, Sequence[tuple[str, str]], bytes], bytes | Failure]
    """Sends a body to an address; see `collect.posting`."""

STAMPS_WANTED = 2
"""Over one checkpoint, under different roots."""
SILENT_AFTER = timedelta(hours=24)
REMEMBERED = "stamps found good"
HEADERS = (("Content-Type", stamps.ASK_MEDIA_TYPE), ("Accept", stamps.ANSWER_MEDIA_TYPE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of asking one authority."""

    authority: str
    size: int
    """Of the checkpoint."""
    stamp: Stamp | None = None
    reason: str = ""
    """Why there is no stamp."""


def ledger_of(config: Config) -> Ledger:
    """The archive's ledger, to be read."""
    return Ledger(folder=config.ledger, state_base=config.archive)


def authorities(config: Config) -> tuple[Authority, ...]:
    """The authorities of the settings. Raises ConfigError where a root certificate cannot be read."""
    return tuple(_authority(config, text) for text in config.timestamp_authorities)


def _authority(config: Config, text: str) -> Authority:
    name, url, file, *policy = text.split()
    path = config.archive / file
    try:
        with path.open("rb") as opened:
            found = stamps.certificates(opened.read(stamps.ROOT_FILE_BYTES_MAX))
    except OSError as error:
        raise ConfigError(f"timestamp_authorities: {path}: {error.strerror or error}.") from error
    except RefusedInputError as error:
        raise ConfigError(f"timestamp_authorities: {path}: {error}.") from error
    return stamps.Authority(name=name, url=url, certificates=found, policy="".join(policy))


def stamp_due(archive: Archive, *, post: Post, at_once: bool = False) -> tuple[Reply, ...]:
    """Ask the authorities whose turn it is for a stamp over the latest checkpoint, until it has enough.

    `at_once` asks also those that were asked a short while ago. Raises ConfigError and LedgerError.
    """
    config = archive.config
    head = ledger_of(config).checkpoint() if config.timestamp_authorities else None
    if head is None:
        return ()
    shelf = StampFolder(config.ledger)
    known, now = authorities(config), archive.clock()
    held = _good_at(archive, head.size, kept=shelf.kept(), known=known)
    roots = {one.root for one in known for stamp in held if stamp.authority == one.name}
    asked, replies = shelf.asked(), list[Reply]()
    rest_s = 0 if at_once else config.timestamp_every_s
    if len({one.root for one in known if _rests(asked.get(one.name), now, rest_s=rest_s)}) >= STAMPS_WANTED:
        return ()
    for authority in known:
        before = asked.get(authority.name, Asked())
        if len(roots) >= STAMPS_WANTED or authority.root in roots:
            continue
        if _rests(before, now, rest_s=rest_s) or (not at_once and before.waits(now)):
            continue
        reply = _asked_for(head, authority, post=post, now=now)
        if reply.stamp:
            shelf.keep(reply.stamp)
            roots.add(authority.root)
        asked[authority.name] = _after(before, reply, now)
        shelf.remember(asked)
        replies.append(reply)
    return tuple(replies)


def _rests(before: Asked | None, now: datetime, *, rest_s: int) -> bool:
    """Whether an authority stamped a short while ago, and has not failed since."""
    if before is None or before.answered_at is None or before.silent_since is not None:
        return False
    return abs(now - before.answered_at) < timedelta(seconds=rest_s)


def _asked_for(head: Checkpoint, authority: Authority, *, post: Post, now: datetime) -> Reply:
    question = stamps.question(head.note, size=head.size)
    answer = post(authority.url, HEADERS, question.body)
    if isinstance(answer, Failure):
        return Reply(authority=authority.name, size=head.size, reason=str(answer))
    try:
        stamp = stamps.fresh_stamp(answer, asked=question, authority=authority, now=now)
    except RefusedInputError as error:
        return Reply(authority=authority.name, size=head.size, reason=str(error))
    return Reply(authority=authority.name, size=head.size, stamp=stamp)


def _after(before: Asked, reply: Reply, now: datetime) -> Asked:
    return Asked(answered_at=now) if reply.stamp else before.failed(reply.reason, now=now)


def good_stamps(archive: Archive, known: Sequence[Authority]) -> list[Stamp]:
    """Every stamp that holds today, over a checkpoint that is there, by an authority in the settings; oldest first."""
    found = [found for _, found in _looked_at(archive, known) if isinstance(found, Stamp)]
    return sorted(found, key=lambda stamp: (stamp.at, stamp.size))


def earliest_stamps(archive: Archive, index: int, *, kept: Sequence[Kept], known: Sequence[Authority]) -> list[Stamp]:
    """The stamps that hold over the smallest checkpoint with a leaf of this index; none where none does.

    `kept` is what the folder holds, smallest checkpoints first. What was found good is remembered by its file, so that
    a page full of proofs is shown at once.
    """
    found: list[Stamp] = []
    for one in kept[bisect_right(kept, index, key=lambda one: one.size) :]:
        if found and one.size > found[0].size:
            break
        stamp = _remembered(archive, one, known)
        found += [stamp] if stamp else []
    return sorted(found, key=lambda stamp: (stamp.at, stamp.authority))


def _good_at(archive: Archive, size: int, *, kept: Sequence[Kept], known: Sequence[Authority]) -> list[Stamp]:
    """The stamps that hold over the checkpoint of this size."""
    found = (_remembered(archive, one, known) for one in kept if one.size == size)
    return [stamp for stamp in found if stamp]


def _last_good(archive: Archive, kept: Sequence[Kept], known: Sequence[Authority]) -> Stamp | None:
    """The latest stamp that holds over the largest checkpoint that has one."""
    for size in sorted({one.size for one in kept}, reverse=True):
        if found := _good_at(archive, size, kept=kept, known=known):
            return max(found, key=lambda stamp: stamp.at)
    return None


def alarm(archive: Archive) -> str:
    """What somebody has to do about trusted time; empty where all is well. Raises LedgerError."""
    return standing(archive).alarm


def _remembered(archive: Archive, kept: Kept, known: Sequence[Authority]) -> Stamp | None:
    """The stamp, where it holds; checked once for each state of its file and each authority of the settings."""
    authority = next((one for one in known if one.name == kept.authority), None)
    good: dict[object, Stamp] = archive.kept.setdefault(REMEMBERED, {})
    try:
        state = kept.path.stat()
    except OSError:
        return None
    key = (kept.path.name, state.st_mtime_ns, state.st_ctime_ns, state.st_size, authority)
    if key not in good:
        stamp = _checked(kept, ledger=ledger_of(archive.config), authority=authority, now=archive.clock())
        if isinstance(stamp, str):
            return None
        good[key] = stamp
    return good[key]


def stamp_faults(archive: Archive) -> Iterator[tuple[str, str]]:
    """(Stamp, what is wrong with it) for every stamp kept that does not hold; for `chronik verify`."""
    for kept, found in _looked_at(archive, authorities(archive.config)):
        if isinstance(found, str):
            yield f"stamp {kept.path.name}", found


def _looked_at(archive: Archive, known: Sequence[Authority]) -> Iterator[tuple[Kept, Stamp | str]]:
    ledger, by_name = ledger_of(archive.config), {one.name: one for one in known}
    for kept in StampFolder(archive.config.ledger).kept():
        yield kept, _checked(kept, ledger=ledger, authority=by_name.get(kept.authority), now=archive.clock())


def _checked(kept: Kept, *, ledger: Ledger, authority: Authority | None, now: datetime) -> Stamp | str:
    """The stamp, or what is wrong with it."""
    try:
        head = ledger.checkpoint_at(kept.size)
    except LedgerError:
        return f"is over a checkpoint of {kept.size} leaves, which cannot be read"
    if head is None:
        return f"is over a checkpoint of {kept.size} leaves, which is not in the ledger"
    try:
        token = kept.token()
        if authority is None:
            return f"cannot be checked: {kept.authority} is not in the setting timestamp_authorities"
        return stamps.stored_stamp(token, note=head.note, size=kept.size, authority=authority, now=now)
    except (DamagedCaptureError, RefusedInputError) as error:
        return str(error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with trusted time."""

    authorities: int
    roots: int
    """Different roots among them."""
    leaves: int
    """Under the latest checkpoint."""
    stamped_leaves: int
    """Under the latest checkpoint that has a good stamp."""
    stamped_at: datetime | None
    alarm: str
    """What somebody has to do something about; empty where all is well."""
    words: str
    """For people, one line."""
    waiting: tuple[tuple[str, str, datetime | None], ...]
    """(Authority, why it gave no stamp, next try)."""


def standing(archive: Archive) -> Standing:
    """How many leaves are stamped, and whether somebody must look."""
    config, now = archive.config, archive.clock()
    head = ledger_of(config).checkpoint()
    leaves = head.size if head else 0
    fault = ""
    try:
        known = authorities(config)
    except ConfigError as error:
        known, fault = (), str(error)
    shelf = StampFolder(config.ledger)
    last, asked = _last_good(archive, shelf.kept(), known), shelf.asked()
    names = {one.name for one in known}
    silent = {name: one for name, one in asked.items() if name in names and one.silent_since}
    return Standing(
        authorities=len(config.timestamp_authorities),
        roots=len({one.root for one in known}),
        leaves=leaves,
        stamped_leaves=last.size if last else 0,
        stamped_at=last.at if last else None,
        alarm=fault or _alarm(asked, names=names, is_open=leaves > (last.size if last else 0), now=now),
        words=_words(config, last, leaves),
        waiting=tuple((name, one.reason, one.next_try) for name, one in sorted(silent.items())),
    )


def _alarm(asked: Mapping[str, Asked], *, names: set[str], is_open: bool, now: datetime) -> str:
    """Told when, while leaves wait for a stamp, fewer authorities than wanted have answered for a day."""
    silent = {name for name in names if name in asked and _is_silent(asked[name], now)}
    answering = names - silent
    if not is_open or not silent or len(answering) >= STAMPS_WANTED:
        return ""
    hours = int(SILENT_AFTER.total_seconds() // 3600)
    who = f"only {min(answering)}, and no other time-stamp authority," if answering else "no time-stamp authority"
    return f"{who} has answered for {hours} h; look at the network and at timestamp_authorities"


def _is_silent(one: Asked, now: datetime) -> bool:
    return one.silent_since is not None and now - one.silent_since >= SILENT_AFTER


def _words(config: Config, last: Stamp | None, leaves: int) -> str:
    if not config.timestamp_authorities:
        return "No time-stamp authority is set: when something was recorded, this archive alone says."
    if last is None:
        return f"None of {leaves} leaves is stamped yet."
    stamped = min(last.size, leaves)
    return f"{stamped} of {leaves} leaves are stamped, last at {last.at.isoformat()} by {last.authority}."
