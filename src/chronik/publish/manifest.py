"""The list of an edition's files with their digests: the published `manifest.json`. Decides: bytes in and out.

It is canonical JSON (RFC 8785), so that one edition has one manifest, whose digest the ledger can seal.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chronik.errors import RefusedInputError
from chronik.model import canonical, sha256_hex
from chronik.publish.addresses import is_slug

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST = "manifest.json"
PROOF = "proof.json"
"""A bundle of the ledger that proves the act by which a manifest was sealed. It lies beside the edition."""
STYLE = "style.css"
SCRIPT = "verify.js"
ROOT_FILES = (STYLE, SCRIPT)
"""Files that the dossiers of one folder share."""
GONE = b'<meta name="chronik-status" content="410">'
"""Says of a page that something was here and is redacted. No manifest lists it."""
BEGINNING = b'{"edition":"'
"""How each manifest begins, by the order of its names."""
KIND = "chronik-manifest"
VERSION = 1
MANIFEST_BYTES_MAX = 2**26
FILES_MAX = 500_000
_HEX = re.compile(r"[0-9a-f]{64}")
_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_PATH_LENGTH_MAX = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Which files make up an edition, and what they hold."""

    slug: str
    edition: str
    """Digest, as in `dossier.json`."""
    files: Mapping[str, str]
    """Path relative to the published folder → SHA-256 of the file, lower-case hex."""


def written(slug: str, *, edition: str, files: Mapping[str, bytes]) -> bytes:
    """The manifest of these files, by their paths."""
    digests = {path: sha256_hex(content) for path, content in files.items()}
    return canonical({"kind": KIND, "version": VERSION, "slug": slug, "edition": edition, "files": digests})


def read(data: bytes) -> Manifest:
    """The manifest that these bytes are. Raises RefusedInputError."""
    values = _values(data)
    known = values["kind"] == KIND and type(values["version"]) is int and values["version"] == VERSION
    _need(known, "is no manifest of a kind known here")
    slug, edition, files = values["slug"], values["edition"], values["files"]
    _need(isinstance(slug, str) and is_slug(slug), "names no dossier")
    _need(_is_digest(edition), "names no edition")
    _need(isinstance(files, dict) and len(files) <= FILES_MAX, "lists no files, or too many")
    for path, digest in files.items():
        _need(_is_path_of(slug, path), f"lists {path[:100]!r}, which can be no file of the edition")
        _need(_is_digest(digest), f"says no digest of {path}")
    return Manifest(slug=slug, edition=edition, files=files)


def _values(data: bytes) -> dict[str, Any]:
    _need(len(data) <= MANIFEST_BYTES_MAX, "is too large")
    try:
        values = json.loads(data)
        same = canonical(values) == data
    except (ValueError, RecursionError) as error:
        raise RefusedInputError("is not JSON") from error
    _need(same and isinstance(values, dict), "is not canonical JSON")
    _need(values.keys() == {"kind", "version", "slug", "edition", "files"}, "is no manifest of a kind known here")
    found: dict[str, Any] = values
    return found


def _is_path_of(slug: str, path: str) -> bool:
    if path in ROOT_FILES:
        return True
    return len(path) <= _PATH_LENGTH_MAX and path.startswith(f"{slug}/") and _PATH.fullmatch(path) is not None


def _is_digest(text: object) -> bool:
    return isinstance(text, str) and _HEX.fullmatch(text) is not None


def _need(holds: object, words: str) -> None:
    if not holds:
        raise RefusedInputError(words)
