"""A digest of each row and a count of each table, by which damage is noticed.

No check of SQLite's sees one wrong bit in a text. So each row keeps a digest of what stands
in it, and the notebook's own row keeps how many rows each table has.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from typing import Any, NamedTuple

from casebook.notebook import migrations
from casebook.notebook.migrations import Migration

FIRST_WITH_DIGESTS = 2
"""The first version whose rows have digests."""

DIGEST = "digest"
TALLY = "tally"
INFO = "notebook"
"""The table with one row about the notebook itself."""

UNCOUNTED = frozenset((INFO, "change"))
"""Tables whose rows are not counted: what the reader did is kept for a while only."""


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        kind: what its values are when they are read.
    """

    name: str
    kind: type
    default: Any = None


class Shape(NamedTuple):
    """What the steps up to a version make.

    Attributes:
        schema: type, name, table and SQL of everything in the schema, in order.
        tables: the columns of each table, in order.
    """

    schema: tuple[tuple[str, str, str, str | None], ...]
    tables: Mapping[str, tuple[Column, ...]]

    def digested(self, table: str) -> tuple[Column, ...]:
        """The columns of a table that its digest is of; none where it has no digest."""
        return _digested(self.tables[table])


@cache
def _digested(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    if DIGEST not in (column.name for column in columns):
        return ()
    # A key that SQLite gives out is known only after the row has been written.
    return tuple(column for column in columns if column.name not in ("id", DIGEST))


def shape(version: int) -> Shape:
    """The tables of a version."""
    return _shape(tuple(step for step in migrations.steps() if step.version <= version))


def latest_shape() -> Shape:
    return _shape(migrations.steps())


@cache
def _shape(steps: tuple[Migration, ...]) -> Shape:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in steps:
            for statement in migrations.statements(step.sql):
                connection.execute(statement)
        schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
        rows = tuple(sorted(schema.fetchall(), key=lambda row: row[:2]))
        tables = {row[1]: _columns(connection, row[1]) for row in rows if row[0] == "table"}
    finally:
        connection.close()
    return Shape(rows, tables)


def _columns(connection: sqlite3.Connection, table: str) -> tuple[Column, ...]:
    found = []
    for _, name, declared, _, default, _ in connection.execute(f'PRAGMA table_info("{table}")'):
        kind = {"INTEGER": int, "BOOLEAN": int, "FLOAT": float}.get(declared, str)
        value = connection.execute(f"SELECT {default or 'NULL'}").fetchone()[0]
        found.append(Column(name, kind, value))
    return tuple(found)


_BYTES = (bytearray, bytes)


def digest_of(table: str, values: Iterable[Any]) -> int:
    """The digest of a row.

    Args:
        values: those of the columns that are digested, in order; text as such or in UTF-8.
    """
    parts = [
        value.encode("utf-8", "surrogateescape")
        if type(value) is str
        else repr(value).encode()
        if type(value) not in _BYTES
        else value
        for value in values
    ]
    made = blake2b(b"\x1f".join(parts), digest_size=8, person=table.encode())
    return int.from_bytes(made.digest(), "big", signed=True)


def stored_value(value: Any, kind: type) -> Any:
    """A value as its column gives it back: what is written and what is digested are the same."""
    if type(value) is kind and kind is not str:
        return value
    if value is None:
        return None
    if kind is str:
        text = str(value)
        return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
    return kind(value)


def complete_row(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A row with all its columns as they are stored, and its digest.

    Args:
        values: by column; a column that is not there has its default.
    """
    row = {
        name: stored_value(values.get(name, default), kind)
        for name, kind, default in latest_shape().digested(table)
    }
    row[DIGEST] = digest_of(table, row.values())
    return row


def tally_words(counts: Mapping[str, int]) -> str:
    """Counts as they are stored: `bookmark=2 note=10`."""
    return " ".join(f"{table}={count}" for table, count in sorted(counts.items()) if count)


def tally_of(words: str) -> dict[str, int]:
    """Stored counts, by table.

    Raises:
        ValueError: they are none.
    """
    pairs = (pair.partition("=") for pair in words.split())
    return {table: int(count) for table, _, count in pairs}


def digest_all(connection: sqlite3.Connection) -> None:
    """Gives every row its digest and counts them all, within the transaction that is open."""
    counts = {table: digest_table(connection, table) for table in latest_shape().tables}
    info = connection.execute("SELECT uid, created FROM notebook").fetchone()
    if info is not None:
        counted = {table: count for table, count in counts.items() if table not in UNCOUNTED}
        put_tally(connection, counted, *info)


def digest_table(connection: sqlite3.Connection, table: str) -> int:
    """Gives every row of a table its digest and says how many there are."""
    columns = latest_shape().digested(table)
    names = ", ".join(f'"{column.name}"' for column in columns)
    safe_text, connection.text_factory = connection.text_factory, bytes
    try:
        rows = connection.execute(f'SELECT rowid, {names} FROM "{table}" NOT INDEXED')
        made = [(digest_of(table, row[1:]), row[0]) for row in rows]
    finally:
        connection.text_factory = safe_text
    connection.executemany(f'UPDATE "{table}" SET digest = ? WHERE rowid = ?', made)
    return len(made)


def put_tally(
    connection: sqlite3.Connection, counts: Mapping[str, int], uid: str, created: str
) -> None:
    """Writes the counts into the notebook's own row.

    Args:
        uid, created: what else stands in it.
    """
    row = complete_row(INFO, {"uid": uid, "created": created, TALLY: tally_words(counts)})
    connection.execute(
        "UPDATE notebook SET tally = ?, digest = ? WHERE id = 1", (row[TALLY], row[DIGEST])
    )
