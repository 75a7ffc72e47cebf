"""A book file while it is being written."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from sqlalchemy import insert
from sqlalchemy.engine import Connection, create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from casebook.schema import APPLICATION_ID, SCHEMA_VERSION, statements
from casebook.search.index import build_index

ROWS_AT_ONCE = 2_000


class BookFile:
    """Takes the rows of a book in any order and writes them in one transaction.

    Use as a context manager; `finish` makes the file a book.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.waiting: dict[type[SQLModel], list[SQLModel]] = defaultdict(list)

    def __enter__(self) -> BookFile:
        self.raw = sqlite3.connect(self.path, isolation_level=None)
        self.raw.execute("PRAGMA journal_mode = OFF")
        self.raw.execute("PRAGMA synchronous = OFF")
        # Entries point to one another, whatever their order; `finish` checks all at once.
        self.raw.execute("PRAGMA foreign_keys = OFF")
        for statement in statements():
            self.raw.execute(statement)
        self.engine = create_engine("sqlite://", creator=lambda: self.raw, poolclass=StaticPool)
        self.connection: Connection = self.engine.connect()
        self.connection.exec_driver_sql("BEGIN")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.connection.close()
        self.engine.dispose()
        self.raw.close()

    def add(self, row: SQLModel) -> None:
        """Takes a row; it is written with others of its table."""
        rows = self.waiting[type(row)]
        rows.append(row)
        if len(rows) >= ROWS_AT_ONCE:
            self._flush(type(row))

    def _flush(self, table: type[SQLModel]) -> None:
        rows = self.waiting.pop(table, [])
        if rows:
            self.connection.execute(insert(table), [row.model_dump() for row in rows])

    def finish(
        self,
        digest_of_entry: Callable[[sqlite3.Connection, int], str],
        digest_of_content: Callable[[sqlite3.Connection], str],
    ) -> None:
        """Writes what waits, the hashes and the index, and marks the file as a book."""
        for table in list(self.waiting):
            self._flush(table)
        self.connection.exec_driver_sql("COMMIT")
        raw = self.raw
        dangling = raw.execute("PRAGMA foreign_key_check").fetchone()
        if dangling:
            raise sqlite3.IntegrityError(f"row {dangling[1]} of {dangling[0]} points nowhere")
        raw.execute("BEGIN")
        entries = [row[0] for row in raw.execute("SELECT id FROM entry ORDER BY id")]
        raw.executemany(
            "UPDATE entry SET content_hash = ? WHERE id = ?",
            ((digest_of_entry(raw, entry), entry) for entry in entries),
        )
        raw.execute("UPDATE book SET content_hash = ?", (digest_of_content(raw),))
        raw.execute("COMMIT")
        build_index(raw)
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        raw.execute("VACUUM")
