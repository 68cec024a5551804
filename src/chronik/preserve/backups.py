"""A folder of backups: files by their digest, and a manifest for each backup. Acts: reads and writes that folder.

A backup counts once `latest` names its manifest, which is the last thing written: killed before, the former one stands.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chronik.errors import BusyError, RefusedInputError, VaultError
from chronik.preserve.backup_manifests import (
    LATEST,
    LOCK,
    MANIFEST_BYTES_MAX,
    MANIFESTS,
    OBJECTS,
    Item,
    Manifest,
    is_name,
    packed,
    unpacked,
)
from chronik.preserve.copying import PART_SUFFIX, copy_whole, file_digest, make_folder
from chronik.preserve.stopping import passing
from chronik.preserve.syncing import sync, sync_folder
from chronik.preserve.writer import advice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class BackupFolder:
    """Backups of one archive."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One process writes at a time. Raises BusyError, and VaultError where nothing can be written."""
        try:
            make_folder(self.folder)
            lock = (self.folder / LOCK).open("ab")
        except OSError as error:
            raise VaultError(advice(error, self.folder)) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BusyError(f"Another backup is being written to {self.folder}.") from error
            yield

    @property
    def place(self) -> str:
        """The folder."""
        return str(self.folder)

    @contextmanager
    def scratch(self) -> Iterator[str]:
        """A folder on the same disk for what is only on its way there."""
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="incoming-") as folder:
            yield folder

    def has(self, digest: str) -> bool:
        """Whether a file with this digest for a name lies there."""
        return self.object_path(digest).is_file()

    def fetch(self, digest: str, target: Path) -> None:
        """Write these bytes to a file, whole or not at all. Raises VaultError where they are damaged, and OSError."""
        copy_whole(self.object_path(digest), target, digest=digest)

    def object_path(self, digest: str) -> Path:
        """Where the bytes with this digest lie."""
        return self.folder / OBJECTS / digest[:2] / digest

    def keep(self, source: Path) -> Item:
        """Copy a file in, unless its bytes are there; what was written is read back. Raises VaultError or OSError."""
        before = source.stat()
        part = self.folder / OBJECTS / f"incoming-{os.getpid()}"
        digest = copy_whole(source, part)
        target = self.object_path(digest)
        if self._holds(target, digest):
            part.unlink()
        else:
            make_folder(target.parent)
            part.replace(target)
            sync_folder(target.parent)
        return Item(digest=digest, size_bytes=target.stat().st_size, changed_ns=before.st_mtime_ns)

    @staticmethod
    def _holds(target: Path, digest: str) -> bool:
        """Whether the bytes are there and sound: what has rotted in the backup is written anew."""
        return target.exists() and file_digest(target) == digest

    def add(self, manifest: Manifest) -> str:
        """Make a backup whose files are all there the latest one; its name. Raises OSError."""
        name, data = packed(manifest)
        _write(self.folder / MANIFESTS / name, data)
        passing("manifest written")
        _write(self.folder / LATEST, f"{name}\n".encode())
        passing("backup made")
        return name

    def names(self) -> list[str]:
        """Names of all manifests, oldest first; which counts is said by `latest`."""
        return sorted(path.name for path in (self.folder / MANIFESTS).glob("*.json") if is_name(path.name))

    def latest(self) -> str | None:
        """Name of the latest whole backup; None where there is none."""
        try:
            return (self.folder / LATEST).read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None

    def manifest(self, name: str) -> Manifest:
        """One backup. Raises RefusedInputError where it is not what was written."""
        path = self.folder / MANIFESTS / name
        if not is_name(name):
            raise RefusedInputError(f"{name!r} is no name of a backup in {self.folder}.")
        try:
            with path.open("rb") as file:
                data = file.read(MANIFEST_BYTES_MAX)
        except OSError as error:
            raise RefusedInputError(f"{path}: {error.strerror or error}.") from error
        manifest = unpacked(data, name=name, place=str(path))
        if manifest is None:
            raise RefusedInputError(f"{path} is damaged. Take another backup: {', '.join(self.names())}")
        return manifest

    def prune(self, keep: int) -> int:
        """Take away all but the newest backups, and the bytes that no backup needs any more; files removed, counted."""
        names, latest = self.names(), self.latest()
        kept = {*names[len(names) - keep :], latest}
        for name in names:
            if name not in kept:
                (self.folder / MANIFESTS / name).unlink()
        needed = {item.digest for name in self.names() for item in self.manifest(name).files.values()}
        surplus = [path for path in (self.folder / OBJECTS).glob("*/*") if path.name not in needed]
        for path in [*surplus, *(self.folder / OBJECTS).glob("incoming-*")]:
            path.unlink()
        return len(surplus)

    def damages(self, manifest: Manifest) -> Iterator[tuple[str, str]]:
        """(File, what is wrong with it) for every file of a backup whose bytes are not what they were."""
        for name, item in sorted(manifest.files.items()):
            try:
                if file_digest(self.object_path(item.digest)) != item.digest:
                    yield name, "its bytes in the backup are damaged"
            except OSError as error:
                yield name, f"its bytes in the backup cannot be read: {error.strerror or error}"


def _write(path: Path, data: bytes) -> None:
    make_folder(path.parent)
    part = path.with_name(path.name + PART_SUFFIX)
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        sync(out.fileno(), part)
    part.replace(path)
    sync_folder(path.parent)
