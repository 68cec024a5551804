"""Acts: reads the files of published dossiers from a folder, or one by one from a web server. Within limits."""

from __future__ import annotations

import os
import re
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin, urlsplit

from chronik.collect import addresses, answers
from chronik.errors import ChronikError, NotFoundError, RefusedInputError
from chronik.model import FailureKind
from chronik.ports import Ask
from chronik.publish.addresses import is_slug
from chronik.publish.exports import DATA
from chronik.publish.manifest import BEGINNING, MANIFEST, PROOF, ROOT_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chronik.ports import Fetch

FILE_BYTES_MAX = 2**28
FILES_MAX = 1_000_000
ASKED_MAX = 20_000
ASKED_BYTES_MAX = 2**31
ASKING_S_MAX = 3_600.0
NEIGHBOURS_MAX = 200
INDEX = "index.html"
STEPS_UP_MAX = 2
"""So far above a page lies its dossier: `c/ID/`, or a language."""
_LISTED = re.compile(rb'href="([A-Za-z0-9_-]{1,80})/index\.html"')


class PublishedFiles(Protocol):
    """Where published dossiers lie. Paths are relative to the folder that holds the list of dossiers."""

    where: str
    """For people."""

    def dossiers(self) -> Sequence[str]:
        """Slugs of those that are meant."""
        ...

    def neighbours(self) -> Sequence[str]:
        """Slugs of all that share a style sheet with them."""
        ...

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises ChronikError, whose text says why there are none: NotFoundError for missing."""
        ...

    def listed(self, slug: str) -> Sequence[str] | None:
        """Every file in a dossier's folder; None where that cannot be known."""
        ...

    def others(self) -> Sequence[str]:
        """What lies beside the dossiers and is of none."""
        ...


class FolderFiles:
    """A folder on this machine: that of all dossiers, or of one of them. Links are not followed."""

    def __init__(self, folder: Path) -> None:
        """Raises NotFoundError where no published dossier is in it."""
        folder = folder.resolve()
        self.where = str(folder)
        if _is_dossier(folder) and is_slug(folder.name):
            self._root, self._dossiers = folder.parent, [folder.name]
        else:
            self._root, self._dossiers = folder, _dossiers_in(folder)
        if not self._dossiers:
            raise NotFoundError(f"{folder}: there is no published dossier in it.")

    def dossiers(self) -> Sequence[str]:
        """Slugs of those that are meant."""
        return self._dossiers

    def neighbours(self) -> Sequence[str]:
        """Slugs of all that share a style sheet with them."""
        return _dossiers_in(self._root)

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises NotFoundError or RefusedInputError."""
        try:
            handle = os.open(self._root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotFoundError("is missing") from error
        except OSError as error:
            raise RefusedInputError(f"cannot be read ({error.strerror or error})") from error
        with os.fdopen(handle, "rb") as file:
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode):
                raise RefusedInputError("is no plain file")
            if about.st_size > FILE_BYTES_MAX:
                raise RefusedInputError(f"is larger than {FILE_BYTES_MAX} bytes and was not read")
            try:
                return file.read(FILE_BYTES_MAX)
            except OSError as error:
                raise RefusedInputError(f"cannot be read ({error.strerror or error})") from error

    def listed(self, slug: str) -> Sequence[str]:
        """Every file in a dossier's folder."""
        return sorted(self._walked(slug))

    def _walked(self, slug: str) -> Iterator[str]:
        count = 0
        for parent, folders, names in os.walk(self._root / slug, followlinks=False, onerror=_refuse):
            links = [name for name in folders if Path(parent, name).is_symlink()]
            for name in (*names, *links):
                count += 1
                if count > FILES_MAX:
                    raise RefusedInputError(f"{slug}: there are more than {FILES_MAX} files in it.")
                yield Path(parent, name).relative_to(self._root).as_posix()

    def others(self) -> Sequence[str]:
        """What lies in the folder and is of no dossier, where all of it is meant."""
        if self._root != Path(self.where):
            return ()
        ours = {*self._dossiers, *ROOT_FILES}
        return sorted(path.name for path in self._root.iterdir() if path.name not in ours)


def _refuse(error: OSError) -> None:
    raise RefusedInputError(f"{error.filename}: cannot be read ({error.strerror or error})")


def _is_dossier(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (MANIFEST, DATA, PROOF))


def _dossiers_in(folder: Path) -> list[str]:
    """Folders with pages in them: what a reader can open is to be accounted for."""
    try:
        found = [path for path in folder.iterdir() if is_slug(path.name) and path.is_dir()]
    except OSError as error:
        raise NotFoundError(f"{folder}: cannot be read ({error.strerror or error}).") from error
    return sorted(path.name for path in found if _is_dossier(path) or (path / INDEX).is_file())


class AddressFiles:
    """One published dossier on a web server, asked file by file. Nothing is followed to another host."""

    def __init__(self, url: str, *, fetch: Fetch) -> None:
        """Raises NotFoundError where no published dossier is at the address, or above it."""
        self.where = url
        self._fetch = fetch
        self._until = time.monotonic() + ASKING_S_MAX
        self._asked = 0
        self._bytes = 0
        self._root, self._slug = self._found(addresses.normal(url))

    def _found(self, url: str) -> tuple[str, str]:
        """The folder of all dossiers, and the slug of the one that is meant."""
        why = ""
        for place in _places(url):
            slug = urlsplit(place).path.rstrip("/").rpartition("/")[2]
            if not is_slug(slug):
                continue
            fault = self._fault_of_manifest(urljoin(place, MANIFEST))
            if not fault:
                return urljoin(place, ".."), slug
            why = why or f" {urljoin(place, MANIFEST)} {fault}."
        raise NotFoundError(f"{self.where}: there is no published dossier with a manifest.{why}")

    def _fault_of_manifest(self, url: str) -> str:
        """Why there is no manifest at an address; a server may answer whatever it is asked."""
        try:
            return "" if self._body(url).startswith(BEGINNING) else "is no manifest"
        except ChronikError as error:
            return str(error)

    def _body(self, url: str) -> bytes:
        if self._asked >= ASKED_MAX or self._bytes >= ASKED_BYTES_MAX or time.monotonic() > self._until:
            raise RefusedInputError("was not asked for: it is more, or takes longer, than one command fetches")
        self._asked += 1
        exchange = self._fetch(Ask(url=url, size_bytes_max=FILE_BYTES_MAX, on_host=True))
        if exchange.failure is not None:
            missing = exchange.failure.kind is FailureKind.GONE or (exchange.last and exchange.last.status == 404)
            if missing:
                raise NotFoundError("is missing")
            raise RefusedInputError(f"cannot be fetched ({exchange.failure})")
        if exchange.last is None or answers.is_redirect(exchange.last):
            elsewhere = answers.redirect_target(exchange.last) if exchange.last else "nowhere"
            raise RefusedInputError(f"is not there: the server sends to {addresses.shown(elsewhere)}")
        self._bytes += len(exchange.body)
        return exchange.body

    def dossiers(self) -> Sequence[str]:
        """The slug of the one that is meant."""
        return [self._slug]

    def neighbours(self) -> Sequence[str]:
        """Slugs of those that the list of dossiers names; none where there is no list."""
        try:
            page = self.read(INDEX)
        except ChronikError:
            return ()
        return sorted({name.decode() for name in _LISTED.findall(page)} - {self._slug})[:NEIGHBOURS_MAX]

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises NotFoundError or RefusedInputError."""
        return self._body(urljoin(self._root, path))

    def listed(self, slug: str) -> None:
        """Nobody can list what a web server holds."""

    def others(self) -> Sequence[str]:
        """Nobody can list what a web server holds."""
        return ()


def _places(url: str) -> Iterator[str]:
    """Folders that can be the dossier's when this is an address of it, of one of its pages, or of a clip."""
    plain = url.partition("?")[0].partition("#")[0]
    if "." not in plain.rpartition("/")[2]:
        plain = plain.rstrip("/") + "/"
    place = urljoin(plain, ".")
    for _ in range(STEPS_UP_MAX + 1):
        yield place
        place = urljoin(place, "..")
