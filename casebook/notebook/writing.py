"""One transaction of a notebook: rows with their digests, and what undoing them takes."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from casebook.notebook import row_digests
from casebook.notebook.files import now
from casebook.stored_json import LONGEST_JSON

CHANGES_KEPT = 200
"""Actions that can be undone."""

MOST_UNDONE = 5_000
"""Rows of one action up to which it can be undone; only a large import has more."""

_ORDERED = (
    "note",
    "bookmark",
    "tag",
    "saved_view",
    "prediction",
    "quiz_card",
    "reading_list",
    "reading",
    "search",
    "basket",
    "seminar",
)
"""The tables with an order of writing."""

Row = tuple[Any, ...]
Values = dict[str, Any]


class Writing:
    """An open transaction; it writes down what every row was before, for undoing."""

    def __init__(self, connection: sqlite3.Connection, window: str) -> None:
        self.connection = connection
        self.window = window
        self.touched: list[tuple[str, Values | None, Values | None]] = []
        self._added: Counter[str] = Counter()

    def ask(self, sql: str, parameters: Iterable[Any] = ()) -> list[Row]:
        """Reads within the transaction."""
        return self.connection.execute(sql, tuple(parameters)).fetchall()

    def next_sequence(self) -> int:
        """The next place in the order of writing, which all tables share."""
        latest = " UNION ALL ".join(f"SELECT max(sequence) AS last FROM {t}" for t in _ORDERED)
        return int(self.ask(f"SELECT coalesce(max(last), 0) + 1 FROM ({latest})")[0][0])

    def has_rows(self) -> bool:
        """Whether the reader has kept anything."""
        (words,) = self.connection.execute("SELECT tally FROM notebook").fetchone()
        return bool(words)

    def row(self, table: str, key: Mapping[str, Any]) -> Values | None:
        """A row by its key, or None."""
        cursor = self.connection.execute(
            f'SELECT * FROM "{table}" WHERE {_conditions(key)}', tuple(key.values())
        )
        found = cursor.fetchone()
        return (
            dict(zip((column[0] for column in cursor.description), found, strict=True))
            if found
            else None
        )

    def put(
        self,
        table: str,
        key: Mapping[str, Any],
        values: Mapping[str, Any],
        *,
        is_undone: bool = True,
    ) -> Values:
        """Writes a row with its digest: changes the one of a key, or adds it.

        Args:
            is_undone: whether undoing the action takes this back.

        Returns:
            the row as it stands then.
        """
        before = self.row(table, key)
        row = row_digests.complete_row(table, {**(before or {}), **key, **values})
        if before is None:
            columns = ", ".join(f'"{column}"' for column in row)
            marks = ", ".join("?" for _ in row)
            sql = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'
            self.connection.execute(sql, tuple(row.values()))
            self._added[table] += 1
        else:
            columns = ", ".join(f'"{column}" = ?' for column in row)
            sql = f'UPDATE "{table}" SET {columns} WHERE {_conditions(key)}'
            self.connection.execute(sql, (*row.values(), *key.values()))
        if is_undone:
            self.touched.append((table, before, row))
        return row

    def remove(self, table: str, key: Mapping[str, Any]) -> bool:
        """Takes a row away; False if there was none."""
        before = self.row(table, key)
        if before is None:
            return False
        self.connection.execute(
            f'DELETE FROM "{table}" WHERE {_conditions(key)}', tuple(key.values())
        )
        self._added[table] -= 1
        self.touched.append((table, before, None))
        return True

    def finish(self, words: str) -> None:
        """Writes down the action, if it is one to be undone, and how much there is then."""
        self._log(words)
        self._count()

    def _log(self, words: str) -> None:
        if not words or not 0 < len(self.touched) <= MOST_UNDONE:
            return
        touched = json.dumps(self.touched, ensure_ascii=False)
        if len(touched) > LONGEST_JSON:
            return
        action = {"writer": self.window, "made": now(), "words": words, "touched": touched}
        row = row_digests.complete_row("change", {**action, "is_undone": 0})
        columns, marks = ", ".join(row), ", ".join("?" for _ in row)
        self.connection.execute(
            f"INSERT INTO change ({columns}) VALUES ({marks})", tuple(row.values())
        )
        self.connection.execute(
            "DELETE FROM change WHERE id <= (SELECT max(id) FROM change) - ?", (CHANGES_KEPT,)
        )

    def _count(self) -> None:
        added = {
            table: count
            for table, count in self._added.items()
            if count and table not in row_digests.UNCOUNTED
        }
        if not added:
            return
        info = self.connection.execute("SELECT uid, created, tally FROM notebook").fetchone()
        counts = row_digests.tally_of(info[2])
        for table, count in added.items():
            counts[table] = counts.get(table, 0) + count
        row_digests.put_tally(self.connection, counts, info[0], info[1])


def _conditions(key: Mapping[str, Any]) -> str:
    return " AND ".join(f'"{column}" = ?' for column in key)
