"""Texts held on the disk while an import is planned: there may be tens of thousands."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, MutableMapping
from typing import Any

from casebook.errors import CasebookError
from casebook.sqlite_errors import words_of

_CACHE_KIB = 1_024
_OPEN = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -{_CACHE_KIB};
CREATE TABLE text (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body BLOB NOT NULL);
"""


class StoredTexts(MutableMapping[str, str]):
    """Texts by name, in the order in which they came, in a file that SQLite keeps for itself.

    SQLite removes the file when the program ends, however it ends. Where no file for temporary
    data can be written, or the disk is full, every method raises a `CasebookError`.
    """

    def __init__(self) -> None:
        # Without a name it is a temporary database, of which memory holds a few pages alone.
        self._connection = sqlite3.connect("", isolation_level=None)
        try:
            self._connection.executescript(_OPEN)
        except sqlite3.Error as error:
            raise _cannot_be_held(error) from None

    def __getitem__(self, name: str) -> str:
        for (body,) in self._rows("SELECT body FROM text WHERE name = ?", name):
            return _decoded(body)
        raise KeyError(name)

    def __setitem__(self, name: str, text: str) -> None:
        self._rows(
            "INSERT INTO text (name, body) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET body = excluded.body",
            name,
            text.encode("utf-8", "surrogatepass"),
        )

    def __delitem__(self, name: str) -> None:
        if not self._rows("DELETE FROM text WHERE name = ? RETURNING 1", name):
            raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return bool(self._rows("SELECT 1 FROM text WHERE name = ?", name))

    def __iter__(self) -> Iterator[str]:
        return iter([name for (name,) in self._rows("SELECT name FROM text ORDER BY number")])

    def __len__(self) -> int:
        return int(self._rows("SELECT count(*) FROM text")[0][0])

    def _rows(self, statement: str, *values: object) -> list[Any]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise _cannot_be_held(error) from None


def _decoded(body: bytes) -> str:
    return body.decode("utf-8", "surrogatepass")


def _cannot_be_held(error: sqlite3.Error) -> CasebookError:
    return CasebookError(
        "The folder for temporary files does not take what an import has to keep:"
        f" {words_of(error)} (SQLITE_TMPDIR or TMPDIR names another folder)."
    )
