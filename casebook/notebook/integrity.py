"""Whether a notebook is whole: its header and schema before SQLite reads it, its rows after."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from casebook.notebook import migrations, row_digests
from casebook.notebook.raw_file import RawFile
from casebook.notebook.row_digests import FIRST_WITH_DIGESTS, Shape
from casebook.sqlite_file import (
    SchemaRow,
    SqliteFileError,
    header_of,
    is_schema,
    read_schema,
)
from casebook.sqlite_records import Malformed

_PLAIN = ("CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX ")


class DamagedError(Exception):
    """The file is not as Casebook wrote it; the words say in which respect."""


def check_schema(path: Path, version: int) -> None:
    """Looks at a notebook's header, log and schema without SQLite.

    A schema can make SQLite work without end, or change rows that nobody named, and one wrong
    byte in it makes every row unreadable. So it is held against the known one before.

    Args:
        version: of the tables, as the header has it.

    Raises:
        DamagedError: they are not those of a notebook.
        OSError: the file cannot be read.
    """
    with RawFile(path) as file:
        if file.log.is_damaged:
            # SQLite would drop the rest of it without a word.
            raise DamagedError("its log, with the last changes, is not as it was written")
        _check_header(file.header)
        try:
            header = header_of(file.header, file.size, "notebook")
            rows = read_schema(file.page, header)
        except (SqliteFileError, Malformed):
            raise DamagedError("its schema cannot be read") from None
    if version > migrations.latest_version():
        _check_newer(rows)
        return
    known = (sql for _, _, _, sql in row_digests.shape(version).schema if sql is not None)
    if not is_schema(rows, known):
        raise DamagedError("its schema is not that of a notebook")


def _check_header(header: bytes) -> None:
    if (
        header[18:20] not in (b"\x01\x01", b"\x02\x02")
        or header[20:24] != b"\x00\x40\x20\x20"
        or not 1 <= int.from_bytes(header[44:48], "big") <= 4
        or any(header[52:56])
        or int.from_bytes(header[56:60], "big") != 1
        or any(header[64:68])
    ):
        raise DamagedError("its header is not that of a notebook")


def _check_newer(rows: list[SchemaRow]) -> None:
    """A schema of another version is not known; but it holds tables and indexes alone."""
    for row in rows:
        words = " ".join((row.sql or "").upper().split())
        is_plain = not words or words.startswith(_PLAIN)
        if row.type not in ("table", "index") or not is_plain or " AS (" in words:
            raise DamagedError("its schema is not that of a notebook")


def check_rows(connection: sqlite3.Connection, version: int) -> None:
    """Holds every row against its digest, every table against its count.

    Raises:
        DamagedError: something is not as it was written.
        sqlite3.Error: SQLite cannot read it.
    """
    is_newer = version > migrations.latest_version()
    has_digests = version >= FIRST_WITH_DIGESTS and not is_newer
    safe_text = connection.text_factory
    connection.execute("BEGIN")
    try:
        if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise DamagedError("its pages are not in order")
        # So that a text can be told from a blob of the same bytes.
        connection.text_factory = bytearray
        known = row_digests.latest_shape() if is_newer else row_digests.shape(version)
        counts = {
            table: _check_table(connection, known, table, has_digests=has_digests)
            for table in known.tables
        }
        if not has_digests:
            return
        stored = connection.execute("SELECT tally FROM notebook").fetchone()
        counted = {t: n for t, n in counts.items() if t not in row_digests.UNCOUNTED}
        words = row_digests.tally_words(counted)
        if stored is None or bytes(stored[0]) != words.encode():
            raise DamagedError("rows are missing")
    finally:
        connection.text_factory = safe_text
        connection.execute("ROLLBACK")


def _check_table(
    connection: sqlite3.Connection, known: Shape, table: str, *, has_digests: bool
) -> int:
    """Checks the rows of a table and counts them."""
    columns = tuple(
        column for column in known.tables[table] if column.name not in ("id", row_digests.DIGEST)
    )
    names = ", ".join(f'"{column.name}"' for column in columns)
    expected = tuple(bytearray if column.kind is str else column.kind for column in columns)
    digest = row_digests.DIGEST if has_digests else "NULL"
    digest_of = row_digests.digest_of
    count = 0
    for stored, *values in connection.execute(
        f'SELECT {digest}, {names} FROM "{table}" NOT INDEXED'
    ):
        if tuple(map(type, values)) != expected or (
            digest_of(table, values) != stored if has_digests else not _is_text(values)
        ):
            raise DamagedError("a row is not as it was written")
        count += 1
    return count


def _is_text(values: list[object]) -> bool:
    """Whether all texts of a row are UTF-8."""
    try:
        for value in values:
            if isinstance(value, bytearray):
                value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
