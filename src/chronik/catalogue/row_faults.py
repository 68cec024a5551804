"""Acts: reads every row that is evidence as it is stored, and says which cannot be read or is stored otherwise.

A value that is read as if nothing were wrong can still be stored in a form that Chronik never writes: so each is
written again in thought, and compared byte for byte. On SQLite only; PostgreSQL keeps checksums of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection

from chronik.catalogue import convert
from chronik.catalogue.ledger_models import LeafRow
from chronik.catalogue.models import ActRow, CaptureRow, ClipRow, DossierRow
from chronik.model import LeafKind, content_id
from chronik.ports.fixity import RowFault
from chronik.preserve.ledger.payload import capture_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db import models

ROWS_AT_ONCE = 500
DATABASE_FAULTS_MAX = 100
_UNREADABLE = (DatabaseError, ValueError, TypeError, KeyError, AttributeError, OverflowError)

_Row = Any  # a row of any of the tables below


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table that holds evidence."""

    model: type[models.Model]
    key: str
    """The column that names a row."""
    noun: str
    read: Callable[[_Row], object]
    """Reads a row; raises, or says in a text, what is wrong with it."""

    @property
    def name(self) -> str:
        """As SQL knows it."""
        return self.model._meta.db_table  # noqa: SLF001 - Django's public way to a model's columns

    @property
    def fields(self) -> Sequence[_Row]:
        """Its columns."""
        return self.model._meta.concrete_fields  # noqa: SLF001 - as above

    def rows(self, first: int, last: int) -> list[_Row]:
        """Rows by their numbers."""
        query = f'SELECT * FROM "{self.name}" WHERE rowid BETWEEN %s AND %s ORDER BY rowid'  # noqa: S608 - our own name
        return list(self.model._default_manager.raw(query, [first, last]))  # noqa: SLF001 - as above


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """One row as bytes."""

    number: int
    name: str
    values: tuple[bytes | None, ...]


def _capture(row: CaptureRow) -> None:
    content_id(capture_fields(convert.capture(row)))


def _leaf(row: LeafRow) -> None:
    LeafKind(row.kind)


def _act(row: ActRow) -> str:
    return "" if convert.act(row).id == row.id else "its id does not follow from what it says"


_TABLES = (
    _Table(model=CaptureRow, key="id", noun="capture", read=_capture),
    _Table(model=ActRow, key="id", noun="act", read=_act),
    _Table(model=LeafRow, key="subject", noun="mark of", read=_leaf),
    _Table(model=DossierRow, key="slug", noun="dossier", read=convert.dossier),
    _Table(model=ClipRow, key="id", noun="clip", read=convert.clip),
)


def row_faults() -> Iterator[RowFault]:
    """What is wrong with the database and with rows of captures, acts, leaves, dossiers and clips."""
    if connection.vendor != "sqlite":
        return
    yield from _database_faults()
    for table in _TABLES:
        try:
            for rows in _batches(table):
                yield from _faults_of(table, rows)
        except DatabaseError as error:
            yield RowFault(subject=f"table {table.name}", what=f"cannot be read: {error}", readable=False)


def _database_faults() -> Iterator[RowFault]:
    """SQLite's own opinion of its file and of references between rows."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA integrity_check({DATABASE_FAULTS_MAX})")
            told = [str(words) for (words,) in cursor.fetchall()]
            yield from (RowFault(subject="database", what=words, readable=True) for words in told if words != "ok")
            cursor.execute("PRAGMA foreign_key_check")
            for name, number, parent, _ in cursor.fetchmany(DATABASE_FAULTS_MAX):
                what = f"its row refers to one of {parent} that is not there"
                yield RowFault(subject=_subject(name, number), what=what, readable=True)
    except DatabaseError as error:
        yield RowFault(subject="database", what=f"cannot be read: {error}", readable=False)


def _subject(name: str, number: int) -> str:
    """What a row of any table is called."""
    for table in _TABLES:
        if table.name == name:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT CAST("{table.key}" AS BLOB) FROM "{name}" WHERE rowid = %s', [number])  # noqa: S608 - our own names
                return f"{table.noun} {_text(cursor.fetchone()[0])}"
    return f"table {name}, row {number}"


def _text(value: bytes | None) -> str:
    return bytes(value or b"").decode("utf-8", "replace")


def _batches(table: _Table) -> Iterator[list[_Stored]]:
    """Every row as it is stored, some hundred at a time."""
    columns = ", ".join(f'CAST("{column}" AS BLOB)' for column in [table.key, *(one.column for one in table.fields)])
    query = f'SELECT rowid, {columns} FROM "{table.name}" WHERE rowid > %s ORDER BY rowid LIMIT {ROWS_AT_ONCE}'  # noqa: S608 - our own names
    after = -(2**63)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [after])
            rows = [_Stored(number=row[0], name=_text(row[1]), values=row[2:]) for row in cursor.fetchall()]
        if not rows:
            return
        yield rows
        after = rows[-1].number


def _faults_of(table: _Table, stored: Sequence[_Stored]) -> Iterator[RowFault]:
    try:
        found = table.rows(stored[0].number, stored[-1].number)
    except _UNREADABLE:
        found = []
    for place, one in enumerate(stored):
        try:
            row = found[place] if len(found) == len(stored) else table.rows(one.number, one.number)[0]
            words = table.read(row)
            other = [] if isinstance(words, str) and words else _stored_otherwise(table, row, one.values)
        except _UNREADABLE as error:
            yield RowFault(subject=f"{table.noun} {one.name}", what=f"its row cannot be read: {error}", readable=False)
        else:
            if other:
                words = f"its row is stored otherwise than Chronik writes: {', '.join(other)}"
            if isinstance(words, str) and words:
                yield RowFault(subject=f"{table.noun} {one.name}", what=words, readable=True)


def _stored_otherwise(table: _Table, row: _Row, values: Sequence[bytes | None]) -> list[str]:
    """Columns whose bytes are not those that writing the row again would give."""
    other = []
    for field, value in zip(table.fields, values, strict=True):
        wanted = field.get_db_prep_save(getattr(row, field.attname), connection)
        if wanted is None and value is not None:
            raise ValueError(f"{field.column} is nothing that can stand there")
        if _as_stored(wanted) != (None if value is None else bytes(value)):
            other.append(str(field.column))
    return other


def _as_stored(value: object) -> bytes | None:
    if value is None:
        return None
    if isinstance(value, bytes | memoryview | bytearray):
        return bytes(value)
    return str(int(value) if isinstance(value, bool) else value).encode("utf-8", "surrogatepass")
