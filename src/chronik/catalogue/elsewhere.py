"""Points this process at another database file than the archive's own, and copies between the two. Acts.

Wraps sqlite3, as far as Django's own connection cannot say it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection, transaction

from chronik.preserve.syncing import sync

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CARRIED_WHOLE = (
    "auth_user",
    "auth_group",
    "auth_user_groups",
    "django_session",
    "catalogue_signinlinkrow",
    "catalogue_signinrow",
    "catalogue_secondfactorrow",
    "catalogue_passkeyrow",
    "catalogue_invitationrow",
    "catalogue_hostrow",
    "catalogue_leadrow",
    "catalogue_watchrow",
    "catalogue_fixityrow",
    "catalogue_savedviewrow",
    "catalogue_alertrow",
    "catalogue_arrivalrow",
    "catalogue_deliveryrow",
    "catalogue_noticerow",
    "catalogue_channelrow",
    "catalogue_toldrow",
    "catalogue_alarmrow",
    "catalogue_feedaddressrow",
)
"""What is no evidence: accounts, who is signed in, what is due when, saved views and what is told of them."""
_OF_FEEDS = (
    "next_due",
    "etag",
    "last_modified",
    "payload_digest",
    "last_polled",
    "last_success",
    "failures",
    "failure",
    "asks_url",
    "moved_url",
    "moved_since",
    "moved_times",
    "added_at",
)
_OF_ARTICLES = ("done_at", "starred")


def point_to(database: Path, *, in_a_hurry: bool = False) -> None:
    """Use this database from now on. `in_a_hurry`: nothing is synced; `settle` makes such a file safe at the end."""
    connection.close()
    connection.settings_dict["NAME"] = database
    if in_a_hurry:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")


def settle(database: Path) -> None:
    """Close the database that is in use; everything in it is on the disk, in one file."""
    connection.close()
    _alone(database)
    with database.open("rb") as file:
        sync(file.fileno(), database)


def is_free(database: Path) -> bool:
    """Whether no other process has this database open; its log is taken into the file."""
    connection.close()
    try:
        _alone(database)
    except sqlite3.OperationalError:
        return False
    return True


def _alone(database: Path) -> None:
    """Leave the mode in which several may work: that succeeds only where nobody else has the file open."""
    with closing(sqlite3.connect(database, timeout=1)) as alone:
        alone.execute("PRAGMA journal_mode = DELETE").fetchone()


def fault(database: Path) -> str:
    """Why a database cannot be used; empty where it can."""
    if not database.exists():
        return "is gone"
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as asked:
            answer = asked.execute("PRAGMA quick_check").fetchone()[0]
            held = {row[0] for row in asked.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        return str(error)
    if answer != "ok":
        return str(answer).splitlines()[0]
    return "" if "catalogue_actrow" in held else "holds no archive"


def carry_over(former: Path, *, into: Path) -> list[str]:
    """Copy what is no evidence out of the former database into a new one; what could not be copied, in words."""
    lost: list[str] = []
    point_to(into)
    with connection.cursor() as cursor:
        cursor.execute("ATTACH DATABASE %s AS former", [str(former)])
        cursor.execute("PRAGMA foreign_keys = OFF")
    for what, steps in (*(_whole(table) for table in CARRIED_WHOLE), _columns_of_feeds(), _columns_of_articles()):
        try:
            _execute(steps)
        except DatabaseError as error:
            lost.append(f"{what}: {error}")
    connection.close()
    return lost


@transaction.atomic
def _execute(steps: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute(step)


def _whole(table: str) -> tuple[str, list[str]]:
    names = ", ".join(f'"{name}"' for name in _shared(table))
    steps = [f"DELETE FROM {table}", f"INSERT INTO {table} ({names}) SELECT {names} FROM former.{table}"]  # noqa: S608 - our own tables
    return table, steps


def _columns_of_feeds() -> tuple[str, list[str]]:
    table, names = "catalogue_feedrow", ", ".join(_OF_FEEDS)
    inner = f"SELECT {names} FROM former.{table} AS old WHERE old.url = {table}.url"  # noqa: S608 - our own tables
    where = f"WHERE url IN (SELECT url FROM former.{table})"  # noqa: S608 - our own tables
    return table, [f"UPDATE {table} SET ({names}) = ({inner}) {where}"]  # noqa: S608 - our own tables


def _columns_of_articles() -> tuple[str, list[str]]:
    table, names = "catalogue_articlerow", ", ".join(_OF_ARTICLES)
    inner = f"SELECT {names} FROM former.{table} AS old WHERE old.id = {table}.id"  # noqa: S608 - our own tables
    marked = f"SELECT id FROM former.{table} WHERE done_at IS NOT NULL OR starred"  # noqa: S608 - our own tables
    return table, [f"UPDATE {table} SET ({names}) = ({inner}) WHERE id IN ({marked})"]  # noqa: S608 - our own tables


def _shared(table: str) -> Iterator[str]:
    """Columns that both databases have."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA former.table_info({table})")
        former = {row[1] for row in cursor.fetchall()}
        cursor.execute(f"PRAGMA main.table_info({table})")
        return (row[1] for row in cursor.fetchall() if row[1] in former)
