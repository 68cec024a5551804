"""A folder of backups: files by their digest, and a manifest for each backup. Acts: reads and writes that folder.

A backup counts once `latest` names its manifest, which is the last thing written: killed before, the former one stands.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from chronik.errors import BusyError, RefusedInputError, VaultError
from chronik.preserve.copying import PART_SUFFIX, copy_whole, file_digest, make_folder
from chronik.preserve.stopping import passing
from chronik.preserve.syncing import sync, sync_folder
from chronik.preserve.writer import advice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMAT = "chronik-backup-1"
OBJECTS, MANIFESTS, LATEST, LOCK = "objects", "manifests", "latest", "lock"
MANIFEST_BYTES_MAX = 2**30
DIGEST_SIGNS = 16
SERVE_AFTER = (
    "Whoever restores this shall carry out again, before the archive is served, every redaction that was made after "
    "the moment of this backup; the ledger has a leaf for each, the number of leaves at that moment stands in `leaves`."
)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MANIFEST = re.compile(rf"[0-9]{{8}}T[0-9]{{6}}Z-([0-9a-f]{{{DIGEST_SIGNS}}})\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file of a backup."""

    digest: str
    size_bytes: int
    changed_ns: int = 0
    """When it was last changed: who has not changed since the last backup is not read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What one backup holds."""

    made_at: str
    """ISO 8601."""
    software: str
    leaves: int
    """Of the ledger."""
    files: Mapping[str, Item] = field(default_factory=dict)
    """Path seen from the archive folder → the file."""
    omitted: tuple[str, ...] = ()
    """What was left out, in words."""

    @property
    def size_bytes(self) -> int:
        """All files together."""
        return sum(item.size_bytes for item in self.files.values())


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
        data = json.dumps(_table(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
        moment = "".join(sign for sign in manifest.made_at[:19] if sign.isalnum())
        name = f"{moment}Z-{hashlib.sha256(data).hexdigest()[:DIGEST_SIGNS]}.json"
        _write(self.folder / MANIFESTS / name, data)
        passing("manifest written")
        _write(self.folder / LATEST, f"{name}\n".encode())
        passing("backup made")
        return name

    def names(self) -> list[str]:
        """Names of all manifests, oldest first; which counts is said by `latest`."""
        return sorted(path.name for path in (self.folder / MANIFESTS).glob("*.json") if _MANIFEST.fullmatch(path.name))

    def latest(self) -> str | None:
        """Name of the latest whole backup; None where there is none."""
        try:
            return (self.folder / LATEST).read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None

    def manifest(self, name: str) -> Manifest:
        """One backup. Raises RefusedInputError where it is not what was written."""
        match = _MANIFEST.fullmatch(name)
        path = self.folder / MANIFESTS / name
        if not match:
            raise RefusedInputError(f"{name!r} is no name of a backup in {self.folder}.")
        try:
            with path.open("rb") as file:
                data = file.read(MANIFEST_BYTES_MAX)
        except OSError as error:
            raise RefusedInputError(f"{path}: {error.strerror or error}.") from error
        if hashlib.sha256(data).hexdigest()[:DIGEST_SIGNS] != match[1]:
            raise RefusedInputError(f"{path} is damaged. Take another backup: {', '.join(self.names())}")
        return _manifest(data, path)

    def prune(self, keep: int) -> int:
        """Take away all but the newest backups, and the bytes that no backup needs any more; files removed, counted."""
        names, latest = self.names(), self.latest()
        kept = {*names[-keep:], latest}
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


def _table(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": manifest.made_at,
        "software": manifest.software,
        "leaves": manifest.leaves,
        "before_serving": SERVE_AFTER,
        "omitted": list(manifest.omitted),
        "files": {
            name: {"digest": item.digest, "size_bytes": item.size_bytes, "changed_ns": item.changed_ns}
            for name, item in manifest.files.items()
        },
    }


def _manifest(data: bytes, path: Path) -> Manifest:
    try:
        table = json.loads(data)
        if table["format"] != FORMAT:
            raise RefusedInputError(f"{path} is of another kind than {FORMAT}; use the Chronik that made it.")
        files = {_safe(name): _item(values) for name, values in table["files"].items()}
        return Manifest(
            made_at=str(table["made_at"]),
            software=str(table["software"]),
            leaves=int(table["leaves"]),
            files=files,
            omitted=tuple(str(one) for one in table["omitted"]),
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise RefusedInputError(f"{path} is no manifest of a backup: {error}") from error


def _safe(name: str) -> str:
    """A path that stays inside the folder it is written to. Raises ValueError."""
    parts = PurePosixPath(name).parts
    if not parts or name != "/".join(parts) or ".." in parts or parts[0] == "/" or not name.isprintable():
        raise ValueError(f"{name!r} is no path inside an archive")
    return name


def _item(values: Mapping[str, Any]) -> Item:
    digest, size, changed = values["digest"], values["size_bytes"], values["changed_ns"]
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise ValueError(f"{digest!r} is no digest")
    if type(size) is not int or size < 0 or type(changed) is not int:
        raise ValueError("a size is no number")
    return Item(digest=digest, size_bytes=size, changed_ns=changed)
