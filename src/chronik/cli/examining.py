"""What `doctor` looks at: disk, database, vault, index, rules, settings."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chronik.cli.output import size
from chronik.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from chronik.archive import Archive

FREE_BYTES_MIN = 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part, and how it is."""

    part: str
    well: bool
    words: str


def examined(archive: Archive) -> list[Part]:
    """Every part, looked at one by one."""
    looks: list[Callable[[Archive], Part]] = [_python, _disk, _folders, _database, _index, _rules, _contact]
    return [look(archive) for look in looks]


def _python(archive: Archive) -> Part:  # noqa: ARG001 - one shape for all looks
    version = ".".join(map(str, sys.version_info[:3]))
    return Part(part="Python", well=sys.version_info >= (3, 11), words=version)


def _disk(archive: Archive) -> Part:
    free = shutil.disk_usage(archive.config.archive).free
    words = f"{size(free)} free" + ("" if free >= FREE_BYTES_MIN else "; make room, or collecting stops soon")
    return Part(part="disk", well=free >= FREE_BYTES_MIN, words=words)


def _folders(archive: Archive) -> Part:
    config = archive.config
    missing = [folder.name for folder in (config.vault, config.index, config.site) if not folder.is_dir()]
    words = f"missing: {', '.join(missing)}; make them, or restore a backup" if missing else str(config.archive)
    return Part(part="folders", well=not missing, words=words)


def _database(archive: Archive) -> Part:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        answer = str(cursor.fetchone()[0])
        cursor.execute("PRAGMA journal_mode")
        journal = str(cursor.fetchone()[0])
    well = answer == "ok" and journal == "wal"
    words = f"{size(archive.config.database.stat().st_size)}, quick check: {answer}, journal: {journal}"
    return Part(part="database", well=well, words=words if well else f"{words}; restore a backup")


def _index(archive: Archive) -> Part:
    held = archive.index.count()
    due = len(archive.catalogue.unindexed(limit=1))
    return Part(part="index", well=True, words=f"{held} documents" + ("; more are due" if due else ""))


def _rules(archive: Archive) -> Part:
    from chronik.archive.reading import rules_folder
    from chronik.extract.publishers.shelf import shelf

    folder = rules_folder(archive)
    found = shelf(folder) if folder else shelf()
    try:
        found.check()
    except ConfigError as error:
        return Part(part="newspapers", well=False, words=f"{error} No page is read until this is mended.")
    return Part(part="newspapers", well=True, words=f"rules for {len(found.names)} domains")


def _contact(archive: Archive) -> Part:
    contact = archive.config.contact
    words = contact or "not set; sites cannot reach you: set `contact` in chronik.toml"
    return Part(part="contact", well=True, words=words)
