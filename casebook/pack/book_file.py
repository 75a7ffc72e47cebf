"""A book file while it is being written."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from sqlalchemy import Table, insert, update
from sqlalchemy.engine import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel

from casebook.pack.problems import Problems, Spot
from casebook.pack.source_grades import write_source_grades
from casebook.schema import APPLICATION_ID, SCHEMA_VERSION, statements
from casebook.search.index import build_index

ROWS_AT_ONCE = 2_000


class SpotList:
    """Where the rows of a table stand in the pack, in the order in which they were added."""

    def __init__(self, files: dict[tuple[str, str], int]) -> None:
        self.files = files
        self._numbers = array("I")

    def add(self, spot: Spot) -> None:
        """Takes the spot of the next row."""
        self._numbers.extend(
            (self.files.setdefault((spot.root, spot.file), len(self.files)), spot.line, spot.column)
        )

    def __getitem__(self, index: int) -> Spot:
        file, line, column = self._numbers[3 * index : 3 * index + 3]
        root, name = list(self.files)[file]
        return Spot(name, line, column, root)


class BookFile:
    """Takes the rows of a book in any order and writes them in one transaction.

    Use as a context manager; `finish` makes the file a book. A row that SQLite refuses goes
    to the problems, and nothing is written after it.

    Args:
        path: of the new file.
        problems: of the pack that the rows are made of.
    """

    def __init__(self, path: Path, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        self.waiting: dict[type[SQLModel], list[SQLModel]] = defaultdict(list)
        files: dict[tuple[str, str], int] = {}
        self.spots: dict[type[SQLModel], SpotList] = defaultdict(lambda: SpotList(files))

    def __enter__(self) -> BookFile:
        self.raw = sqlite3.connect(self.path, isolation_level=None)
        self.raw.execute("PRAGMA journal_mode = OFF")
        self.raw.execute("PRAGMA synchronous = OFF")
        # Entries point to one another, whatever their order; `finish` checks all at once.
        self.raw.execute("PRAGMA foreign_keys = OFF")
        for statement in statements():
            self.raw.execute(statement)
        self.engine = create_engine("sqlite://", creator=lambda: self.raw, poolclass=StaticPool)
        self.session = Session(self.engine)
        self.session.connection().exec_driver_sql("BEGIN")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.session.close()
        self.engine.dispose()
        self.raw.close()

    def add(self, row: SQLModel, spot: Spot) -> None:
        """Takes a validated row; it is written with others of its table.

        Args:
            spot: what in the pack it is made of.
        """
        table = type(row)
        rows = self.waiting[table]
        rows.append(row)
        self.spots[table].add(spot)
        if len(rows) >= ROWS_AT_ONCE:
            self._flush(table)

    def change(self, table: type[SQLModel], key: int, columns: Mapping[str, object]) -> None:
        """Changes columns of a row that has been added."""
        self._flush(table)
        if self.problems:
            return
        row = _table_of(table)
        (own_key,) = row.primary_key.columns
        self.session.execute(update(row).where(own_key == key).values(**columns))

    def _flush(self, table: type[SQLModel]) -> None:
        rows = self.waiting.pop(table, [])
        if not rows or self.problems:
            return
        try:
            # In bulk: a unit of work for every row makes writing half as slow again.
            self.session.execute(insert(_table_of(table)), [row.model_dump() for row in rows])
        except IntegrityError as error:
            name = table.__tablename__
            written = self.raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            self.problems.add(self.spots[table][written], refusal(str(name), str(error.orig)))

    def finish(
        self,
        digest_of_entry: Callable[[sqlite3.Connection, int], str],
        digest_of_content: Callable[[sqlite3.Connection], str],
    ) -> None:
        """Writes what waits, the hashes and the index, and marks the file as a book.

        It stays an unfinished file where there are problems.
        """
        for table in list(self.waiting):
            self._flush(table)
        self.session.commit()
        self._check_references()
        if self.problems:
            return
        raw = self.raw
        raw.execute("BEGIN")
        write_source_grades(raw)
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

    def _check_references(self) -> None:
        """Rows that point nowhere go to the problems."""
        if self.problems:
            return
        tables = {str(table.__tablename__): table for table in self.spots}
        dangling = self.raw.execute("PRAGMA foreign_key_check").fetchall()
        for name, row, parent, _ in dangling:
            # Rows of a table that points elsewhere are added in the order of their keys.
            before = f"SELECT count(*) FROM {name} WHERE rowid < ?"
            index = self.raw.execute(before, (row,)).fetchone()[0]
            spot = self.spots[tables[name]][index]
            self.problems.add(spot, refusal(name, f"there is no such row of '{parent}'"))


def _table_of(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


def refusal(table: str, why: str) -> str:
    """The sentence about a row that a book does not take."""
    return f"this cannot become a row of the table '{table}': {why}"
