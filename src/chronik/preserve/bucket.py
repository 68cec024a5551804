"""Backups in an object store that speaks S3: wraps obstore. Acts: reads and writes there.

Laid out as in a folder: `objects/`, `manifests/`, `latest`. The store makes each object whole or not at all.
Where it is and who we are comes from the environment (`AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID`, …), as every program
that speaks S3 reads it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import tempfile
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore import exceptions
from obstore.store import from_url

from chronik.errors import BusyError, RefusedInputError, UsageError, VaultError
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
from chronik.preserve.copying import copy_whole
from chronik.preserve.stopping import passing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from obstore.store import ClientConfig, ObjectStore

BUCKET_SCHEME = re.compile(r"s3://", re.IGNORECASE)
LOCK_AGE_MAX = timedelta(hours=12)
"""So old, a lock was left by a process on a machine that is gone."""
READ_BYTES = 8 * 2**20
ANSWER_TIME_LIMIT = "5min"
CONNECT_TIME_LIMIT = "20s"
RETRIES_MAX = 4
REMOVED_AT_ONCE = 500
REASON_CHARACTERS_MAX = 300


class BackupBucket:
    """Backups of one archive under one prefix of a bucket."""

    def __init__(self, url: str, *, store: ObjectStore | None = None) -> None:
        """Opens no connection yet. Raises UsageError for what is no address of a bucket."""
        self._url = url.rstrip("/")
        self._store = store or _opened(self._url)

    @property
    def place(self) -> str:
        """The address of the bucket, and the prefix."""
        return self._url

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One process writes at a time. Raises BusyError, and VaultError where nothing can be written."""
        own = json.dumps({"host": socket.gethostname(), "pid": os.getpid()}).encode()
        with self._told():
            try:
                obstore.put(self._store, LOCK, own, mode="create")
            except exceptions.AlreadyExistsError:
                if not self._is_left_behind():
                    raise BusyError(
                        f"Another backup is being written to {self._url}. If that is not so, remove {self._url}/{LOCK}."
                    ) from None
                obstore.put(self._store, LOCK, own)
        try:
            yield
        finally:
            with suppress(exceptions.BaseError, OSError):
                obstore.delete(self._store, LOCK)

    def _is_left_behind(self) -> bool:
        """Whether the process that holds the lock is gone: known of this machine; of others it is a matter of time."""
        try:
            found = obstore.get(self._store, LOCK)
            table = json.loads(bytes(found.bytes()))
            host, process = table["host"], int(table["pid"])
        except (ValueError, LookupError, TypeError):
            return True
        if host == socket.gethostname() and not Path(f"/proc/{process}").exists():
            return True
        return datetime.now(UTC) - found.meta["last_modified"] > LOCK_AGE_MAX

    @contextmanager
    def scratch(self) -> Iterator[str]:
        """A folder on this machine for what is only on its way there."""
        with tempfile.TemporaryDirectory(prefix="chronik-backup-") as folder:
            yield folder

    def has(self, digest: str) -> bool:
        """Whether an object with this digest for a name lies there. Raises VaultError."""
        return self._size(digest) is not None

    def _size(self, digest: str) -> int | None:
        with self._told():
            try:
                return int(obstore.head(self._store, _object(digest))["size"])
            except FileNotFoundError:
                return None

    def keep(self, source: Path) -> Item:
        """Copy a file in, unless its bytes are there; what was written is read back. Raises VaultError or OSError."""
        changed = source.stat().st_mtime_ns
        with self.scratch() as folder:
            still = Path(folder) / "still"
            digest = copy_whole(source, still)
            size = still.stat().st_size
            if self._size(digest) != size:
                with self._told():
                    obstore.put(self._store, _object(digest), still)
                passing("object put")
                if self._digest(digest) != digest:
                    raise VaultError(f"{self._url} does not give back what was written there: {_object(digest)}.")
        return Item(digest=digest, size_bytes=size, changed_ns=changed)

    def _digest(self, digest: str) -> str:
        """The digest that the bytes of an object have now. Raises VaultError."""
        found = hashlib.sha256()
        for part in self._parts(digest):
            found.update(part)
        return found.hexdigest()

    def _parts(self, digest: str) -> Iterator[bytes]:
        with self._told():
            for part in obstore.get(self._store, _object(digest)).stream(min_chunk_size=READ_BYTES):
                yield bytes(part)

    def fetch(self, digest: str, target: Path) -> None:
        """Write these bytes to a file, whole or not at all. Raises VaultError where they are damaged, and OSError."""
        with self.scratch() as folder:
            still = Path(folder) / "still"
            with still.open("wb") as out:
                for part in self._parts(digest):
                    out.write(part)
            copy_whole(still, target, digest=digest)

    def add(self, manifest: Manifest) -> str:
        """Make a backup whose files are all there the latest one; its name. Raises VaultError."""
        name, data = packed(manifest)
        with self._told():
            obstore.put(self._store, f"{MANIFESTS}/{name}", data)
            passing("manifest put")
            obstore.put(self._store, LATEST, f"{name}\n".encode())
        passing("backup made")
        return name

    def names(self) -> list[str]:
        """Names of all manifests, oldest first; which counts is said by `latest`. Raises VaultError."""
        return sorted(name for path in self._listed(MANIFESTS) if is_name(name := path.rpartition("/")[2]))

    def _listed(self, prefix: str) -> Iterator[str]:
        with self._told():
            for part in obstore.list(self._store, f"{prefix}/"):
                for found in part:
                    yield str(found["path"])

    def latest(self) -> str | None:
        """Name of the latest whole backup; None where there is none. Raises VaultError."""
        data = self._read(LATEST)
        return None if data is None else data.decode("ascii", "replace").strip()

    def _read(self, name: str) -> bytes | None:
        with self._told():
            try:
                found = obstore.get(self._store, name)
            except FileNotFoundError:
                return None
            if found.meta["size"] > MANIFEST_BYTES_MAX:
                raise RefusedInputError(f"{self._url}/{name} is too large for what it should be.")
            return bytes(found.bytes())

    def manifest(self, name: str) -> Manifest:
        """One backup. Raises RefusedInputError where it is not what was written."""
        place = f"{self._url}/{MANIFESTS}/{name}"
        if not is_name(name):
            raise RefusedInputError(f"{name!r} is no name of a backup in {self._url}.")
        data = self._read(f"{MANIFESTS}/{name}")
        if data is None:
            raise RefusedInputError(f"{place}: there is no such backup.")
        manifest = unpacked(data, name=name, place=place)
        if manifest is None:
            raise RefusedInputError(f"{place} is damaged. Take another backup: {', '.join(self.names())}")
        return manifest

    def prune(self, keep: int) -> int:
        """Take away all but the newest backups, and bytes that no backup needs any more; objects removed, counted."""
        names, latest = self.names(), self.latest()
        kept = {*names[len(names) - keep :], latest}
        self._remove([f"{MANIFESTS}/{name}" for name in names if name not in kept])
        needed = {item.digest for name in self.names() for item in self.manifest(name).files.values()}
        surplus = [path for path in self._listed(OBJECTS) if path.rpartition("/")[2] not in needed]
        self._remove(surplus)
        return len(surplus)

    def _remove(self, paths: list[str]) -> None:
        with self._told():
            for start in range(0, len(paths), REMOVED_AT_ONCE):
                obstore.delete(self._store, paths[start : start + REMOVED_AT_ONCE])

    def damages(self, manifest: Manifest) -> Iterator[tuple[str, str]]:
        """(File, what is wrong with it) for every file of a backup whose bytes are not what they were."""
        for name, item in sorted(manifest.files.items()):
            if not self.has(item.digest):
                yield name, "its bytes are not in the backup"
            elif self._digest(item.digest) != item.digest:
                yield name, "its bytes in the backup are damaged"

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the store complains of, in one line. Raises VaultError."""
        try:
            yield
        except (exceptions.BaseError, FileNotFoundError, PermissionError) as error:
            said = str(error).partition("\n")[0][:REASON_CHARACTERS_MAX]
            raise VaultError(f"{self._url} cannot be reached, or refuses: {said}") from error


def _object(digest: str) -> str:
    return f"{OBJECTS}/{digest[:2]}/{digest}"


def _opened(url: str) -> ObjectStore:
    options: ClientConfig = {"timeout": ANSWER_TIME_LIMIT, "connect_timeout": CONNECT_TIME_LIMIT}
    if os.environ.get("AWS_ALLOW_HTTP", "").casefold() == "true":
        options["allow_http"] = True  # the store would read this itself, were no options given
    try:
        return from_url(
            url,
            client_options=options,
            retry_config={"max_retries": RETRIES_MAX},
        )
    except (exceptions.BaseError, ValueError) as error:
        said = str(error).partition("\n")[0][:REASON_CHARACTERS_MAX]
        raise UsageError(f"{url} is no place for backups: {said} Write for example: s3://bucket/press") from error
