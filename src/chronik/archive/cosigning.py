"""Acts: has the ledger's latest checkpoint co-signed by the witnesses of the settings, and says how that stands.

A co-signature says that the witness saw this tree as the largest consistent one of this ledger at that moment. It says
nothing of what the leaves are about: a witness sees no page by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from chronik.archive import known_witnesses
from chronik.archive.recording import ledger
from chronik.archive.stamping import ledger_of
from chronik.errors import ConfigError, DamagedCaptureError, LedgerError, RefusedInputError
from chronik.model import Failure
from chronik.preserve.asking import Asked
from chronik.preserve.witness import cosigning
from chronik.preserve.witness.cosigning import Cosignature, Request
from chronik.preserve.witness.shelf import Kept, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from chronik.archive.archive import Archive
    from chronik.archive.known_witnesses import AskedWitness
    from chronik.collect.posting import Posted
    from chronik.model import Checkpoint

REST = timedelta(minutes=5)
"""Between two co-signatures by one witness."""
SILENT_AFTER = timedelta(hours=24)
AHEAD_MAX = timedelta(minutes=10)
"""A witness whose clock is further ahead is not believed."""
HEADERS = (("Content-Type", "text/plain; charset=utf-8"), ("Accept", "text/plain"))
CONTRADICTION = "contradiction: "
"""Begins a reason that somebody has to look at now."""
SAID_CHARACTERS_MAX = 200


class Post(Protocol):
    """Sends a body to an address; see `collect.posting.Poster.answer`."""

    def __call__(self, url: str, body: bytes, *, headers: Sequence[tuple[str, str]]) -> Posted | Failure:
        """What was answered, good or not."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of asking one witness."""

    witness: str
    size: int
    """Of the checkpoint."""
    made: Cosignature | None = None
    reason: str = ""
    """Why there is no co-signature."""


def ask_due(archive: Archive, *, post: Post, at_once: bool = False) -> tuple[Reply, ...]:
    """Ask the witnesses whose turn it is to co-sign the latest checkpoint.

    `at_once` asks also those that were asked a short while ago. Raises ConfigError and LedgerError.
    """
    witnesses = known_witnesses.asked(archive.config)
    head = ledger_of(archive.config).checkpoint() if witnesses else None
    if head is None:
        return ()
    shelf, now = Shelf(archive.config.ledger), archive.clock()
    held, asked, replies = shelf.kept(), shelf.asked(), list[Reply]()
    for witness in witnesses:
        known, before = _known_size(held, witness), asked.get(_name(witness), Asked())
        if known == head.size or not (at_once or _is_due(before, now)):
            continue
        reply = _asked_for(archive, head, witness, known=known, post=post)
        if reply.made:
            shelf.keep(head.size, reply.made)
        asked[_name(witness)] = Asked(answered_at=now) if reply.made else before.failed(reply.reason, now=now)
        shelf.remember(asked)
        replies.append(reply)
    return tuple(replies)


def _name(witness: AskedWitness) -> str:
    return f"{witness.key.name}+{witness.key.id.hex()}"


def _is_due(before: Asked, now: datetime) -> bool:
    rests = before.answered_at is not None and before.silent_since is None and abs(now - before.answered_at) < REST
    return not rests and not before.waits(now)


def _known_size(held: Sequence[Kept], witness: AskedWitness) -> int:
    """The largest of our checkpoints that a witness has co-signed."""
    key_id = witness.key.id.hex()
    return max((kept.size for kept in held if kept.key_id == key_id), default=0)


def _asked_for(archive: Archive, head: Checkpoint, witness: AskedWitness, *, known: int, post: Post) -> Reply:
    """Ask once, and once more where the witness knows another size than we thought."""
    if witness.key.key == known_witnesses.own_cosigning_key(archive.config):
        return Reply(witness=witness.key.name, size=head.size, reason="this is the archive's own key: it is no witness")
    size = known if known <= head.size else 0
    answer = _posted(archive, head, witness, size=size, post=post)
    told = cosigning.size_in(answer.body) if not isinstance(answer, Failure) and answer.status == 409 else None
    if told is not None and told != size and told <= head.size:
        size = told
        answer = _posted(archive, head, witness, size=size, post=post)
    if isinstance(answer, Failure):
        return Reply(witness=witness.key.name, size=head.size, reason=str(answer))
    return _reply(archive, answer, head, witness=witness, asked_size=size)


def _posted(archive: Archive, head: Checkpoint, witness: AskedWitness, *, size: int, post: Post) -> Posted | Failure:
    proof = ledger(archive).consistency_proof(size, head.size)
    request = Request(old_size=size, proof=proof, checkpoint=head)
    return post(f"{witness.address}{cosigning.PATH}", cosigning.written(request), headers=HEADERS)


def _reply(archive: Archive, answer: Posted, head: Checkpoint, *, witness: AskedWitness, asked_size: int) -> Reply:
    text = answer.body.decode("utf-8", "replace")
    if answer.status == 200:
        return _good_reply(text, head, witness, now=archive.clock())
    told = cosigning.size_in(answer.body) if answer.status == 409 else None
    if answer.status == 422:
        reason = f"{CONTRADICTION}it says that this ledger does not go on from what it saw of it"
    elif told is not None and told == asked_size == head.size:
        reason = f"{CONTRADICTION}it has seen another tree of {told} leaves under this ledger's name and key"
    elif told is not None and told > ledger(archive).size:
        reason = (
            f"{CONTRADICTION}it has seen {told} leaves of this ledger, which ends at {head.size} here: an older backup "
            "was restored, or somebody else signs with its key"
        )
    else:
        said = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())[:SAID_CHARACTERS_MAX]
        reason = f"it answered {answer.status} and says: {said}"
    return Reply(witness=witness.key.name, size=head.size, reason=reason)


def _good_reply(text: str, head: Checkpoint, witness: AskedWitness, *, now: datetime) -> Reply:
    try:
        made = cosigning.cosignatures(text, checkpoint=head, keys=[witness.key])
    except RefusedInputError as error:
        return Reply(witness=witness.key.name, size=head.size, reason=f"its answer does not hold: {error}")
    if made and made[0].at <= now + AHEAD_MAX:
        return Reply(witness=witness.key.name, size=head.size, made=made[0])
    reason = "its co-signature is dated in the future" if made else "it answered without its co-signature"
    return Reply(witness=witness.key.name, size=head.size, reason=reason)


def cosignatures(archive: Archive) -> list[tuple[int, Cosignature]]:
    """(Size, co-signature) by witnesses of the settings that hold today, oldest first. Raises ConfigError."""
    keys = set(known_witnesses.foreign_keys(archive.config))
    found = [(kept.size, made) for kept, made in _looked_at(archive) if isinstance(made, Cosignature)]
    return sorted([(size, made) for size, made in found if made.by in keys], key=lambda one: one[1].at)


def cosigned(archive: Archive, leaf: int) -> list[Cosignature]:
    """The earliest co-signature of each witness over a checkpoint that holds this leaf."""
    first: dict[str, Cosignature] = {}
    for size, made in cosignatures(archive):
        if size > leaf:
            first.setdefault(str(made.by), made)
    return list(first.values())


def lines_over(archive: Archive, checkpoint: Checkpoint) -> tuple[str, ...]:
    """The signature lines of the settings' witnesses over this very checkpoint, one a witness."""
    found = {str(made.by): made.line for size, made in cosignatures(archive) if size == checkpoint.size}
    return tuple(found.values())


def cosignature_faults(archive: Archive) -> Iterator[tuple[str, str]]:
    """(Co-signature, what is wrong with it) for every one kept that does not hold; for `chronik verify`."""
    for kept, found in _looked_at(archive):
        if isinstance(found, str):
            yield f"co-signature {kept.path.name}", found


def _looked_at(archive: Archive) -> Iterator[tuple[Kept, Cosignature | str]]:
    book = ledger_of(archive.config)
    for kept in Shelf(archive.config.ledger).kept():
        try:
            head = book.checkpoint_at(kept.size)
            if head is None:
                yield kept, f"is over a checkpoint of {kept.size} leaves, which is not in the ledger"
            else:
                yield kept, kept.checked(head)
        except (DamagedCaptureError, LedgerError) as error:
            yield kept, str(error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with co-signatures."""

    witnesses: int
    leaves: int
    """Under the latest checkpoint."""
    cosigned_leaves: int
    """Under the latest checkpoint that a witness has co-signed."""
    cosigned_at: datetime | None
    alarm: str
    """What somebody has to do something about; empty where all is well."""
    words: str
    """For people, one line."""
    waiting: tuple[tuple[str, str, datetime | None], ...]
    """(Witness, why it did not co-sign, next try)."""


def standing(archive: Archive) -> Standing:
    """How many leaves are co-signed, and whether somebody must look."""
    config, now, fault = archive.config, archive.clock(), ""
    head = ledger_of(config).checkpoint()
    leaves = head.size if head else 0
    try:
        names = {_name(one) for one in known_witnesses.asked(config)}
        good = cosignatures(archive)
    except ConfigError as error:
        names, good, fault = set(), [], str(error)
    last = max(good, key=lambda one: (one[0], one[1].at), default=None)
    asked = {name: one for name, one in Shelf(config.ledger).asked().items() if name in names}
    silent = {name: one for name, one in asked.items() if one.silent_since}
    is_open = leaves > (last[0] if last else 0)
    return Standing(
        witnesses=len(config.witnesses),
        leaves=leaves,
        cosigned_leaves=last[0] if last else 0,
        cosigned_at=last[1].at if last else None,
        alarm=fault or _alarm(asked, names=names, is_open=is_open, now=now),
        words=_words(config.witnesses, last, leaves),
        waiting=tuple((name, one.reason, one.next_try) for name, one in sorted(silent.items())),
    )


def _alarm(asked: Mapping[str, Asked], *, names: set[str], is_open: bool, now: datetime) -> str:
    """Told at once where a witness saw another ledger, and where none has answered for a day."""
    for name, one in sorted(asked.items()):
        if one.silent_since and one.reason.startswith(CONTRADICTION):
            return f"{name}: {one.reason.removeprefix(CONTRADICTION)}. See docs/how-to/witnesses.md"
    silent = {name for name, one in asked.items() if one.silent_since and now - one.silent_since >= SILENT_AFTER}
    if not is_open or not names or silent != names:
        return ""
    hours = int(SILENT_AFTER.total_seconds() // 3600)
    return f"no witness has co-signed for {hours} h; look at the network and at the setting witnesses"


def _words(witnesses: Sequence[str], last: tuple[int, Cosignature] | None, leaves: int) -> str:
    if not witnesses:
        return "No witness is set: that there is one ledger only, this archive alone says."
    if last is None:
        return f"None of {leaves} leaves is co-signed yet."
    size, made = last
    return f"{min(size, leaves)} of {leaves} leaves are co-signed, last at {made.at.isoformat()} by {made.by.name}."
