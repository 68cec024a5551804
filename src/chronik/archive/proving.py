"""Acts: gathers what proves a capture, an act or a clip: leaves, openings, paths, records, stamps, co-signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.archive import cosigning, stamping
from chronik.archive.recording import LEAVES_A_BATCH_MAX, attempt, ledger
from chronik.errors import ConflictError, NotFoundError
from chronik.model import LeafKind, Opening, canonical
from chronik.preserve.ledger import note
from chronik.preserve.ledger.bundle import Bundle, BundleLeaf
from chronik.preserve.ledger.proof import Proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chronik.archive.archive import Archive
    from chronik.model import Checkpoint, Clip, Stamp
    from chronik.preserve.ledger import Ledger

ACTS_OF_A_CLIP_MAX = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """A leaf with its proof."""

    opening: Opening
    proof: Proof


def prove(archive: Archive, identity: str) -> tuple[Proved, ...]:
    """What the ledger holds of a capture, article, act or clip, oldest leaf first, each with its proof.

    The checkpoint in it carries the co-signatures of the settings' witnesses, too.

    What is due is recorded first, if it can be. Raises NotFoundError, ConflictError, LedgerError.
    """
    attempt(archive)
    book = ledger(archive)
    opened = [_opening(book, index) for index in _leaves(archive, identity)]
    head, _ = _checkpoint(archive, book, after=max(one.index for one in opened))
    lines = "".join(cosigning.lines_over(archive, head))
    shown = note.checkpoint(head.note + lines.encode())
    return tuple(
        Proved(
            opening=one,
            proof=Proof(
                index=one.index,
                path=book.inclusion_proof(one.index, size=head.size),
                checkpoint=shown,
                extra=canonical({"payload": dict(one.payload), "salt": one.salt.hex()}),
            ),
        )
        for one in opened
    )


def bundle(archive: Archive, identities: Iterable[str]) -> Bundle:
    """One file's worth of proof of several captures, articles, acts or clips. Raises as `prove`, and VaultError."""
    attempt(archive)
    return _bundle(archive, identities)


def bundle_as_recorded(archive: Archive, identity: str) -> Bundle:
    """As `bundle`, of what is recorded already, at the first checkpoint over it: the same until stamps come."""
    return _bundle(archive, [identity], first=True)


def _bundle(archive: Archive, identities: Iterable[str], *, first: bool = False) -> Bundle:
    book = ledger(archive)
    indices = sorted({index for identity in identities for index in _leaves(archive, identity)})
    head, stamps = _checkpoint(archive, book, after=indices[-1], first=first)
    terms = tuple(term for term in book.terms() if term.size <= head.size)
    wanted = sorted({*indices, *(term.size - 1 for term in terms if term.size)})
    opened = [_opening(book, index) for index in wanted]
    leaves = tuple(BundleLeaf(opening=one, path=book.inclusion_proof(one.index, size=head.size)) for one in opened)
    captures = [one.subject for one in opened if one.kind == LeafKind.CAPTURE]
    return Bundle(
        terms=terms,
        checkpoint=head,
        leaves=leaves,
        records={identity: _records(archive, identity) for identity in captures},
        stamps=[(stamp.authority, stamp.token) for stamp in stamps],
        cosignatures=cosigning.lines_over(archive, head),
    )


def _records(archive: Archive, identity: str) -> bytes:
    capture = archive.catalogue.capture(identity)
    if capture is None:
        raise NotFoundError(f"The capture {identity} is in the ledger and not in the catalogue. Run: chronik verify")
    return archive.vault_of(capture.url).records(capture)


def _opening(book: Ledger, index: int) -> Opening:
    found = book.openings.at(index)
    if not isinstance(found, Opening):
        raise ConflictError(f"Leaf {index} cannot be opened: it was redacted or is damaged. Run: chronik verify")
    return found


def _checkpoint(archive: Archive, book: Ledger, *, after: int, first: bool = False) -> tuple[Checkpoint, list[Stamp]]:
    """The earliest stamped checkpoint over these leaves with its stamps; else the earliest co-signed, or the latest.

    With `first`, in place of the latest the first that was signed over them.
    """
    stamps = stamping.good_stamps(archive, stamping.authorities(archive.config))
    for size in sorted({stamp.size for stamp in stamps if stamp.size > after}):
        head = book.checkpoint_at(size)
        if head:
            return head, [stamp for stamp in stamps if stamp.size == size]
    for size in sorted({size for size, _ in cosigning.cosignatures(archive) if size > after}):
        head = book.checkpoint_at(size)
        if head:
            return head, []
    if first:
        # Each batch of leaves ends with a checkpoint.
        for size in range(after + 1, min(after + 1 + LEAVES_A_BATCH_MAX, book.size) + 1):
            if head := book.checkpoint_at(size):
                return head, []
    head = book.checkpoint()
    assert head, "there is a leaf, so there is a checkpoint"
    return head, []


def _leaves(archive: Archive, identity: str) -> list[int]:
    """The leaves of what is meant. Raises NotFoundError or ConflictError."""
    subjects = list(dict.fromkeys(_subjects(archive, identity)))
    if not subjects:
        raise NotFoundError(f"There is no capture, article, act or clip {identity!r}. See: chronik search")
    marks = [(subject, archive.catalogue.leaf_mark(*subject)) for subject in subjects]
    due = [subject for subject, mark in marks if mark is None or mark.index is None]
    if due:
        kind, subject = due[0]
        raise ConflictError(f"The {kind} {subject} has no leaf yet. See: chronik ledger status")
    return sorted(mark.index for _, mark in marks if mark and mark.index is not None)


def _subjects(archive: Archive, identity: str) -> Iterator[tuple[LeafKind, str]]:
    catalogue = archive.catalogue
    if clip := catalogue.clip(identity):
        yield from _of_clip(archive, clip)
    elif capture := catalogue.capture(identity):
        yield LeafKind.CAPTURE, capture.id
    elif act := catalogue.act(identity):
        yield LeafKind.ACT, act.id
    elif (article := catalogue.article(identity)) and article.capture_id:
        yield LeafKind.CAPTURE, article.capture_id


def _of_clip(archive: Archive, clip: Clip) -> Iterator[tuple[LeafKind, str]]:
    if clip.capture_id:
        yield LeafKind.CAPTURE, clip.capture_id
    for act in archive.catalogue.acts(subject=clip.id, limit=ACTS_OF_A_CLIP_MAX):
        yield LeafKind.ACT, act.id
