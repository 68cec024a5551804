"""What a backup holds: its manifest, as bytes and back. Decides."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol

from chronik.errors import RefusedInputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

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


class Backups(Protocol):
    """Backups of one archive, wherever they lie. A backup counts once `latest` names it."""

    @property
    def place(self) -> str:
        """Where they lie, as the person names it."""

    def turn(self) -> AbstractContextManager[None]:
        """One process writes at a time. Raises BusyError, and VaultError where nothing can be written."""

    def scratch(self) -> AbstractContextManager[str]:
        """A folder for what is only on its way there."""

    def has(self, digest: str) -> bool:
        """Whether bytes with this digest lie there. Raises VaultError."""

    def keep(self, source: Path) -> Item:
        """Copy a file in, unless its bytes are there; what was written is read back. Raises VaultError or OSError."""

    def fetch(self, digest: str, target: Path) -> None:
        """Write these bytes to a file, whole or not at all. Raises VaultError where they are damaged, and OSError."""

    def add(self, manifest: Manifest) -> str:
        """Make a backup whose files are all there the latest one; its name. Raises VaultError or OSError."""

    def names(self) -> list[str]:
        """Names of all manifests, oldest first; which counts is said by `latest`."""

    def latest(self) -> str | None:
        """Name of the latest whole backup; None where there is none."""

    def manifest(self, name: str) -> Manifest:
        """One backup. Raises RefusedInputError where it is not what was written."""

    def prune(self, keep: int) -> int:
        """Take away all but the newest backups, and bytes that no backup needs any more; files removed, counted."""

    def damages(self, manifest: Manifest) -> Iterator[tuple[str, str]]:
        """(File, what is wrong with it) for every file of a backup whose bytes are not what they were."""


def is_name(name: str) -> bool:
    """Whether a manifest may be called so."""
    return _MANIFEST.fullmatch(name) is not None


def packed(manifest: Manifest) -> tuple[str, bytes]:
    """Name and bytes of a manifest; the name holds the beginning of their digest."""
    data = json.dumps(_table(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
    moment = "".join(sign for sign in manifest.made_at[:19] if sign.isalnum())
    return f"{moment}Z-{hashlib.sha256(data).hexdigest()[:DIGEST_SIGNS]}.json", data


def unpacked(data: bytes, *, name: str, place: str) -> Manifest | None:
    """The manifest of this name; None where the bytes are not those that got it. Raises RefusedInputError."""
    match = _MANIFEST.fullmatch(name)
    if not match or hashlib.sha256(data).hexdigest()[:DIGEST_SIGNS] != match[1]:
        return None
    return _manifest(data, place)


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


def _manifest(data: bytes, path: str) -> Manifest:
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
