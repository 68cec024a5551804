"""Acts: talks to SQLite; when its disk fails the archive turns read-only, and a read-only archive is not written to."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from chronik.preserve import syncing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PRIMARY_CODE = 0xFF
"""SQLite's extended error codes say in their low byte what kind of error it is."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the catalogue."""

    _has_synced_folder = False
    """SQLite syncs the folder in which it made its log, and looks away when that fails: so it is done before."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Connect; only to read where the archive is read-only."""
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        self._has_synced_folder = False
        if syncing.fault(_house(conn_params)):
            connection.execute("PRAGMA query_only = ON")
        if self._told_of_faults not in self.execute_wrappers:
            self.execute_wrappers.append(self._told_of_faults)
        return connection

    def _commit(self) -> None:
        database = Path(self.settings_dict["NAME"])
        if not self._has_synced_folder and database.is_file():
            syncing.sync_folder(database.parent)
        self._has_synced_folder = True
        with self._watched():
            super()._commit()  # type: ignore[misc]

    def _told_of_faults(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        with self._watched():
            return execute(*arguments)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """After an I/O error nobody knows what is on the disk."""
        try:
            yield
        except OperationalError as error:
            code = getattr(error.__cause__, "sqlite_errorcode", 0)
            if code & PRIMARY_CODE == sqlite3.SQLITE_IOERR:
                syncing.distrust(Path(self.settings_dict["NAME"]), str(error))
                if self.connection is not None:
                    self.connection.execute("PRAGMA query_only = ON")
            raise


def _house(parameters: dict[str, Any]) -> Path:
    return Path(parameters["database"]).parent
