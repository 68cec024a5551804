"""What `doctor` looks at: disk, database, vault, index, encoder, rules, settings."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chronik.cli.output import size
from chronik.errors import ConfigError, EncoderError

if TYPE_CHECKING:
    from collections.abc import Callable

    from chronik.archive import Archive

FREE_BYTES_MIN = 2**30
ENCODER_ANSWER_S = 5.0
"""A server of vectors that takes longer for one word is not there for those who wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part, and how it is."""

    part: str
    well: bool
    words: str


def examined(archive: Archive) -> list[Part]:
    """Every part, looked at one by one."""
    looks: list[Callable[[Archive], Part]] = [_python, _disk, _folders, _database, _index, encoder, _rules, _contact]
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


def encoder(archive: Archive) -> Part:
    """Which encoder is set and whether it answers: the built-in one is loaded, a server is asked once."""
    from chronik import config, wiring

    settings = archive.config
    if settings.encoder == config.ENCODER_NONE:
        return Part(part="encoder", well=True, words="none is set: reports are compared without sentence vectors")
    asked = wiring.encoder(replace(settings, timeout_s=min(settings.timeout_s, ENCODER_ANSWER_S)))
    try:
        return Part(part="encoder", well=True, words=f"{asked.made_by}: answers, {asked.dimensions} numbers a vector")
    except EncoderError as error:
        return Part(part="encoder", well=False, words=str(error))


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
