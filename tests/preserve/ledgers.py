"""What the ledger's tests are made of: ledgers in a folder, leaves, and a disk that stops at the n-th step."""

import os
from contextlib import contextmanager
from pathlib import Path

from chronik.preserve.ledger import Ledger, note, tree
from chronik.preserve.ledger.openings import Opening, Redacted


class KilledError(BaseException):
    """The process ends here."""


def ledger_in(folder, **others):
    return Ledger(folder=folder / "archive" / "ledger", state_base=folder / "state", name="press.example", **others)


def drafts(start, count):
    return [
        (number.to_bytes(32, "big"), {"kind": "act", "id": f"act {number}"}) for number in range(start, start + count)
    ]


def append(ledger, count):
    with ledger.writing() as writer:
        return writer.append(drafts(writer.size, count))


def is_sound(ledger):
    """Every leaf follows from its opening, every file from the leaves, every checkpoint is signed and consistent.

    A leaf whose opening was redacted follows from its entry.
    """
    head = ledger.checkpoint()
    openings = list(ledger.openings.between(0, head.size))
    assert all(isinstance(one, Opening | Redacted) for one in openings)
    leaves = [one.leaf if isinstance(one, Opening) else ledger.leaf(index) for index, one in enumerate(openings)]
    hashes = [tree.leaf_hash(one.entry) for one in leaves]
    assert all(ledger.leaf(index) == leaves[index] for index in (0, head.size - 1))
    for size in ledger.checkpoint_sizes():
        found = ledger.checkpoint_at(size)
        assert found.root == tree.root_of(hashes[:size]) == tree.root(ledger.read(head.size), size)
        assert note.fault(found, ledger.key_at(size)) == ""
    for index in {0, head.size // 2, head.size - 1}:
        proof = ledger.inclusion_proof(index)
        assert tree.includes(hashes[index], index, size=head.size, root_hash=head.root, proof=proof)
    return True


@contextmanager
def disk_that_stops(monkeypatch, step, error):
    """The n-th write, sync, renaming or opening for writing raises; those after it too, as a dead process would."""
    done = 0

    def stopping(honest):
        def call(*arguments, **options):
            nonlocal done
            done += 1
            if done >= step:
                raise error() if isinstance(error, type) else error
            return honest(*arguments, **options)

        return call

    with monkeypatch.context() as patched:
        for place, name in [(os, "write"), (os, "fsync"), (Path, "replace"), (Path, "unlink")]:
            patched.setattr(place, name, stopping(getattr(place, name)))
        yield lambda: done >= step
