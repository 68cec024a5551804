"""The private key and the high-water mark, outside the archive folder. Acts: reads and writes that folder.

The mark is the size and root of the largest checkpoint that was ever signed here. A backup that is restored brings back
an older ledger and not an older mark, so the archive notices.
"""

from __future__ import annotations

import fcntl
import secrets
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from chronik.errors import BusyError, ChronikError, LedgerError, RefusesToSignError
from chronik.preserve.ledger import files, note
from chronik.preserve.ledger.note import SignerKey
from chronik.preserve.ledger.tree import EMPTY_ROOT
from chronik.preserve.signing import new_seed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY_NAME = "ledger.key"
MARK_NAME = "high-water"
LOCK_NAME = "lock"
ID_BYTES = 8
LOCK_LOOK_S = 0.05
"""Who waits for the lock looks this often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Size and root of the largest checkpoint signed."""

    size: int = 0
    root: bytes = EMPTY_ROOT


def new_origin(name: str) -> str:
    """A name for a new ledger that no other has: a place that the operator named, and a random number."""
    return f"{name or 'chronik'}/{secrets.token_hex(ID_BYTES)}"


class State:
    """What one ledger keeps outside the archive: a folder named after the end of the ledger's origin."""

    def __init__(self, base: Path, origin: str, *, key: Path | None = None) -> None:
        self._origin = origin
        self._folder = base / origin.rpartition("/")[2]
        self.key_path = key or self._folder / KEY_NAME
        self.mark_path = self._folder / MARK_NAME

    def begin(self) -> SignerKey:
        """Make a key and a mark of an empty ledger; a key that lies there for this ledger is taken."""
        if files.read(self.mark_path) is None:
            self.raise_mark(Mark())
        if files.read(self.key_path) is None:
            self.keep_key(SignerKey(name=self._origin, seed=new_seed()))
        return self.key()

    def keep_key(self, key: SignerKey, *, suffix: str = "") -> Path:
        """Write a private key that only this user may read."""
        path = self.key_path.with_name(self.key_path.name + suffix)
        data = f"{key.secret}\n".encode()
        files.write(path, data, mode=files.PRIVATE_MODE, folder_mode=files.PRIVATE_FOLDER_MODE)
        return path

    def key(self) -> SignerKey:
        """The private key. Raises RefusesToSignError where it is not there or belongs to another ledger."""
        data = files.read(self.key_path)
        if data is None:
            raise RefusesToSignError(
                f"The ledger's private key is not at {self.key_path}: nothing can be signed. Put it back there, or set "
                "ledger_key or state_directory; if it is lost for good: chronik ledger renew --reason TEXT"
            )
        try:
            found = note.signer_key(data.decode("utf-8", "replace").strip())
        except ChronikError as error:
            raise RefusesToSignError(f"{self.key_path}: {error} Put the right key there.") from error
        if found.name != self._origin:
            raise RefusesToSignError(
                f"{self.key_path} is the key of {found.name}, and this ledger is {self._origin}. Set ledger_key."
            )
        return found

    def mark(self) -> Mark | None:
        """The high-water mark; None where there is none. Raises RefusesToSignError where it cannot be read."""
        data = files.read(self.mark_path)
        if data is None:
            return None
        try:
            origin, size, root = note.head(data.decode("utf-8", "replace"))
        except ChronikError as error:
            raise RefusesToSignError(f"{self.mark_path}: the high-water mark cannot be read. {error}") from error
        if origin != self._origin:
            raise RefusesToSignError(f"{self.mark_path} is the mark of {origin}, and this ledger is {self._origin}.")
        return Mark(size=size, root=root)

    def raise_mark(self, mark: Mark) -> None:
        """Remember what is about to be signed."""
        text = note.checkpoint_text(origin=self._origin, size=mark.size, root=mark.root)
        files.write(self.mark_path, text.encode(), mode=files.PRIVATE_MODE, folder_mode=files.PRIVATE_FOLDER_MODE)

    @contextmanager
    def turn(self, *, wait_s: float = 0) -> Iterator[None]:
        """One process writes at a time, in whichever copy of the archive. Raises BusyError."""
        try:
            files.make_folder(self._folder, mode=files.PRIVATE_FOLDER_MODE)
            lock = (self._folder / LOCK_NAME).open("ab")
        except OSError as error:
            raise LedgerError(
                f"{self._folder} cannot be written ({error.strerror or error}), and the ledger's key and mark lie "
                "there. Set state_directory to a folder outside the archive that this user may write."
            ) from error
        with lock:
            _wait_for(lock, until=time.monotonic() + wait_s)
            yield


def _wait_for(lock: BinaryIO, *, until: float) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise BusyError("Another process is writing the ledger of this archive.") from error
            time.sleep(LOCK_LOOK_S)
        else:
            return
