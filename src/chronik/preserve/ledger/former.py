"""Ledgers that could not go on, beside the one that follows them. Acts: moves and reads folders."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from chronik.errors import ChronikError, LedgerError, RefusedInputError
from chronik.model import canonical
from chronik.preserve.ledger import files, note
from chronik.preserve.ledger.store import CHECKPOINT, KEYS
from chronik.preserve.syncing import sync_folder
from chronik.preserve.writer import advice

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

FOLDER = "former-ledgers"
LAST = "last.json"
"""Which ledger was left last, and why: what the successor's first leaf says."""
ASIDE_SUFFIX = ".former"
TRIES_MAX = 10_000


def _folder(ledger: Path) -> Path:
    return ledger.with_name(FOLDER)


def leave(ledger: Path, *, reason: str, at: datetime) -> None:
    """Write down which ledger ends, how far it went, and why. Raises LedgerError."""
    about: dict[str, Any] = {"reason": reason, "left_at": at.isoformat(), "origin": "", "leaves": 0, "checkpoint": ""}
    data = files.read(ledger / CHECKPOINT)
    about["keys"] = (files.read(ledger / KEYS) or b"").decode("utf-8", "replace").splitlines()
    try:
        head = note.checkpoint(data or b"")
    except RefusedInputError:
        pass  # that may be why it ends
    else:
        about |= {"origin": head.origin, "leaves": head.size, "checkpoint": head.note.decode()}
    files.write(_folder(ledger) / LAST, canonical(about))


def folders(ledger: Path) -> list[Path]:
    """The ledgers that were left, the first of them first."""
    return sorted(path for path in _folder(ledger).glob("[0-9]*") if path.is_dir())


def origins(ledger: Path) -> list[str]:
    """The names of the ledgers that were left; what cannot be read is left out."""
    found = []
    for folder in folders(ledger):
        line = (files.read(folder / KEYS) or b"").decode("utf-8", "replace").partition("\n")[0]
        with suppress(ChronikError):
            found.append(note.verifier_key(line.partition(" ")[2]).name)
    return found


def put_away(ledger: Path) -> None:
    """Move the ledger beside its successor; its checkpoints and proofs stay valid there. Raises LedgerError."""
    if not ledger.exists():
        return
    try:
        for number in range(1, TRIES_MAX):
            place = _folder(ledger) / f"{number:03d}"
            if not place.exists():
                ledger.rename(place)
                sync_folder(_folder(ledger))
                sync_folder(ledger.parent)
                return
    except OSError as error:
        raise LedgerError(advice(error, ledger)) from error


def put_aside(key: Path) -> None:
    """Make room for a new private key; the old one is kept. Raises LedgerError."""
    data = files.read(key)
    if data is not None:
        files.write(key.with_name(key.name + ASIDE_SUFFIX), data, mode=files.PRIVATE_MODE)
        key.unlink()


def last(ledger: Path) -> dict[str, Any] | None:
    """What was written down of the ledger before this one; None where there was none."""
    data = files.read(_folder(ledger) / LAST)
    if data is None:
        return None
    try:
        found = json.loads(data)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"reason": "what was written down cannot be read"}
