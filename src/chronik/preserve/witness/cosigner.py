"""Co-signs checkpoints of other ledgers, never two that contradict each other. Acts: reads and writes files.

The key and the newest head of each ledger lie in the state directory, where no restored backup reaches. A head is
written and synced before it is signed: killed in between, the next request finds it there and is answered from it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.errors import ChronikError, LedgerError, RefusedInputError, RefusesToSignError
from chronik.preserve.ledger import files, note
from chronik.preserve.ledger.note import SignerKey, VerifierKey
from chronik.preserve.ledger.state import Mark, State, new_origin
from chronik.preserve.signing import new_seed
from chronik.preserve.witness import cosigning
from chronik.preserve.witness.cosigning import Refusal
from chronik.preserve.witness.places import FORKS, PUBLIC_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from chronik.model import Checkpoint

KEY_NAME = "cosigner.key"
HEADS = "heads"
LOCK_WAIT_S = 10.0
FORKS_MAX = 100
"""Contradictions that are kept; one is enough to prove that a ledger lies."""
TIME = "time "


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest checkpoint of a ledger that was co-signed, and when."""

    mark: Mark
    at_s: int = 0
    note: bytes = b""
    """The whole note; empty before the first."""


class Cosigner:
    """Co-signs under one key, for one archive; what is public of it lies in a folder of the archive."""

    def __init__(self, folder: Path, state_base: Path) -> None:
        self._own = folder
        self._base = state_base

    def verifier(self) -> VerifierKey | None:
        """The public key; None where this archive has never been asked for it. Raises LedgerError."""
        data = files.read(self._own / PUBLIC_KEY)
        try:
            text = data.decode("utf-8", "replace").strip() if data else ""
            return note.verifier_key(text, algorithm=note.COSIGNATURE) if data else None
        except RefusedInputError as error:
            raise LedgerError(f"{self._own / PUBLIC_KEY}: {error} Restore the file from a backup.") from error

    def begin(self, *, name: str) -> VerifierKey:
        """The public key, made with its private half where there is none. Raises LedgerError."""
        known = self.verifier()
        if known is not None:
            return known
        key = SignerKey(name=new_origin(name), seed=new_seed(), algorithm=note.COSIGNATURE)
        data = f"{key.secret}\n".encode()
        path = self._folder(key.name) / KEY_NAME
        files.write(path, data, mode=files.PRIVATE_MODE, folder_mode=files.PRIVATE_FOLDER_MODE)
        files.write_once(self._own / PUBLIC_KEY, f"{key.verifier}\n".encode())
        return key.verifier

    def key(self) -> SignerKey:
        """The private key. Raises RefusesToSignError where it is not there, or another one's."""
        public = self.verifier()
        if public is None:
            raise RefusesToSignError("This archive has no key to co-sign with. Make one with: chronik witness key")
        path = self._folder(public.name) / KEY_NAME
        data = files.read(path)
        if data is None:
            raise RefusesToSignError(f"The co-signing key is not at {path}. Put it back there, or set state_directory.")
        try:
            found = note.signer_key(data.decode("utf-8", "replace").strip(), algorithm=note.COSIGNATURE)
        except ChronikError as error:
            raise RefusesToSignError(f"{path}: {error} Put the right key there.") from error
        if found.verifier != public:
            raise RefusesToSignError(f"{path} is not the private half of {public}. Put the right key there.")
        return found

    def _folder(self, name: str) -> Path:
        return self._base / f"witness-{name.rpartition('/')[2]}"

    def follow(self, origin: str) -> None:
        """Begin to keep heads of a ledger; those that are kept stay. Raises LedgerError and RefusesToSignError."""
        path = self._head_path(origin)
        if files.read(path) is None:
            self._keep(origin, Head(mark=Mark()))

    def head(self, origin: str) -> Head:
        """The newest head of a followed ledger. Raises RefusesToSignError where nobody can know what was signed."""
        path = self._head_path(origin)
        data = files.read(path)
        if data is None:
            raise RefusesToSignError(
                f"{path} is missing: nobody can know what was co-signed for {origin}. Put it back there; if it is lost "
                "for good, make a new key: move the folder above away and run chronik witness key"
            )
        try:
            return _head(data, origin)
        except RefusedInputError as error:
            raise RefusesToSignError(f"{path}: {error}") from error

    def _head_path(self, origin: str) -> Path:
        name = self.key().name
        return self._folder(name) / HEADS / hashlib.sha256(origin.encode("utf-8", "surrogatepass")).hexdigest()

    def _keep(self, origin: str, head: Head) -> None:
        empty = note.checkpoint_text(origin=origin, size=0, root=Mark().root).encode()
        data = f"{TIME}{head.at_s}\n".encode() + (head.note or empty)
        mode, folder_mode = files.PRIVATE_MODE, files.PRIVATE_FOLDER_MODE
        files.write(self._head_path(origin), data, mode=mode, folder_mode=folder_mode)

    def answer(self, body: bytes, *, keys: Mapping[str, Sequence[VerifierKey]], now: datetime) -> str | Refusal:
        """The co-signature of a checkpoint, or why there is none; `keys` are those trusted for each origin.

        Raises BusyError, LedgerError and RefusesToSignError: then nothing was signed.
        """
        try:
            request = cosigning.read(body)
        except RefusedInputError as error:
            return Refusal(status=400, words=str(error))
        head = request.checkpoint
        refusal = cosigning.distrusted(head, keys.get(head.origin, ()))
        if refusal is not None:
            return refusal
        key = self.key()
        with State(self._base, self._folder(key.name).name).turn(wait_s=LOCK_WAIT_S):
            held = self.head(head.origin)
            refusal = cosigning.refused(request, held=held.mark)
            if refusal is not None:
                self._remember_fork(refusal, held, head)
                return refusal
            at_s = max(int(now.timestamp()), held.at_s)
            mark = Mark(size=head.size, root=head.root)
            self._keep(head.origin, Head(mark=mark, at_s=at_s, note=head.note))
            return cosigning.cosigned(head, key=key, at_s=at_s)

    def _remember_fork(self, refusal: Refusal, held: Head, other: Checkpoint) -> None:
        folder = self._own / FORKS
        if not refusal.is_fork or not held.note or sum(1 for _ in folder.glob("*")) >= FORKS_MAX:
            return
        both = held.note + b"\n" + other.note
        name = f"{other.size}-{hashlib.sha256(other.origin.encode() + other.root).hexdigest()[:16]}.notes"
        if not (folder / name).exists():
            files.write(folder / name, both)

    def forks(self) -> list[Path]:
        """Files that prove of a ledger that it contradicted itself, each with both notes."""
        return sorted((self._own / FORKS).glob("*.notes"))


def _head(data: bytes, origin: str) -> Head:
    """A head as it was kept. Raises RefusedInputError."""
    first, _, rest = data.decode("utf-8", "replace").partition("\n")
    at = first.removeprefix(TIME)
    text, separator, _ = rest.partition("\n\n")
    named, size, root = note.head(text + "\n" if separator else text)
    if not first.startswith(TIME) or not at.isdigit() or named != origin:
        raise RefusedInputError("the head cannot be read. Put back what was there.")
    return Head(mark=Mark(size=size, root=root), at_s=int(at[:19]), note=rest.encode() if separator else b"")
