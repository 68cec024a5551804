"""Finds the rules of the newspaper whose page is to be read (acts: reads the folders of rule files)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from chronik.errors import ConfigError
from chronik.extract.publishers.rules import Rules, rules
from chronik.model.identity import sha256_hex

SHIPPED = Path(__file__).parent
SUFFIX = ".toml"
FILES_MAX = 5_000
FILE_BYTES_MAX = 256 * 2**10
DIGEST_CHARACTERS = 8
LABELS_MAX = 10
"""Parts of a host's name that are looked at; no newspaper has as many."""


class Shelf:
    """Rule files in folders, each read when the first page of its newspaper comes.

    Where two folders hold a file of one name, the later folder's holds.
    """

    def __init__(self, *folders: Path) -> None:
        self._paths = {path.name.removesuffix(SUFFIX): path for folder in folders for path in _files(folder)}
        self._read: dict[str, Rules] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The newspapers whose rules lie here, by their domain."""
        return tuple(sorted(self._paths))

    def rules_for(self, url: str) -> Rules | None:
        """The rules of an address's host, else of the domains above it; none for most addresses."""
        labels = _host(url).split(".")[-LABELS_MAX:]
        for at in range(len(labels) - 1):
            name = ".".join(labels[at:])
            if name in self._paths:
                return self.rules_of(name)
        return None

    def rules_of(self, name: str) -> Rules:
        """The rules in the file of that name, or in the one that it points to."""
        if name not in self._read:
            found = _rules(self._paths[name], name)
            self._read[name] = self._pointed_to(found) if found.same_as else found
        return self._read[name]

    def check(self) -> None:
        """Read every file, so that a mistake in one is told now: raises `ConfigError`."""
        for name in self.names:
            self.rules_of(name)

    def _pointed_to(self, pointer: Rules) -> Rules:
        where = self._paths[pointer.name]
        if pointer.same_as not in self._paths:
            raise ConfigError(f"{where}: same_as names {pointer.same_as!r}, and there is no {pointer.same_as}{SUFFIX}.")
        found = _rules(self._paths[pointer.same_as], pointer.same_as)
        if found.same_as:
            raise ConfigError(f"{where}: same_as names {found.name!r}, which points on; name {found.same_as!r}.")
        return found


@cache
def shelf(*more: Path) -> Shelf:
    """The newspapers that come with Chronik, and those of further folders, which go first."""
    return Shelf(SHIPPED, *more)


def _files(folder: Path) -> list[Path]:
    try:
        found = sorted(path for path in folder.glob(f"*{SUFFIX}") if path.is_file())
    except OSError as error:
        raise ConfigError(f"The rules in {folder} cannot be listed: {error.strerror}. Check its permissions.") from None
    if len(found) > FILES_MAX:
        raise ConfigError(f"{folder} holds {len(found)} rule files; the limit is {FILES_MAX}.")
    return found


def _rules(path: Path, name: str) -> Rules:
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES_MAX + 1)
        text = data.decode()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}. Check its permissions.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not in UTF-8. Save it in UTF-8.") from None
    if len(data) > FILE_BYTES_MAX:
        raise ConfigError(f"{path} is larger than {FILE_BYTES_MAX:,} bytes: it cannot be a rule file.")
    found = rules(text, name=name, path=str(path))
    return found if path.parent == SHIPPED else replace(found, digest=sha256_hex(data)[:DIGEST_CHARACTERS])


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
