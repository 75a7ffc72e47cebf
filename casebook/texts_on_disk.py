"""Texts held on the disk while an import or a check is at work: there may be tens of thousands.

SQLite keeps them in a file without a name, which is gone when the program ends, however it ends.
Where no file for temporary data can be written, or the disk is full, every method raises a
`CasebookError`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any

from casebook.errors import CasebookError
from casebook.sqlite_errors import words_of

_OPEN = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -256;
"""


class _NamelessFile:
    """A database without a name, of which memory holds a few pages alone."""

    def __init__(self, table: str) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        try:
            self._connection.executescript(_OPEN + table)
        except sqlite3.Error as error:
            raise _cannot_be_held(error) from None

    def rows(self, statement: str, *values: object) -> list[Any]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise _cannot_be_held(error) from None

    def each(self, statement: str, *values: object) -> Iterator[Any]:
        """The same, row by row; what is changed on the way may be among them or not."""
        try:
            yield from self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise _cannot_be_held(error) from None

    def many(self, statement: str, values: Iterable[tuple[object, ...]]) -> None:
        try:
            with self._connection:
                self._connection.executemany(statement, values)
        except sqlite3.Error as error:
            raise _cannot_be_held(error) from None


class StoredTexts(MutableMapping[str, str]):
    """Texts by name, in the order in which they came."""

    def __init__(self) -> None:
        self._file = _NamelessFile(
            "CREATE TABLE text (number INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE,"
            " body BLOB NOT NULL);"
        )

    def __getitem__(self, name: str) -> str:
        for (body,) in self._file.rows("SELECT body FROM text WHERE name = ?", _encoded(name)):
            return _decoded(body)
        raise KeyError(name)

    def __setitem__(self, name: str, text: str) -> None:
        self._file.rows(
            "INSERT INTO text (name, body) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET body = excluded.body",
            _encoded(name),
            _encoded(text),
        )

    def __delitem__(self, name: str) -> None:
        if not self._file.rows("DELETE FROM text WHERE name = ? RETURNING 1", _encoded(name)):
            raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        return bool(self._file.rows("SELECT 1 FROM text WHERE name = ?", _encoded(name)))

    def __iter__(self) -> Iterator[str]:
        for (name,) in self._file.each("SELECT name FROM text ORDER BY number"):
            yield _decoded(name)

    def __len__(self) -> int:
        return int(self._file.rows("SELECT count(*) FROM text")[0][0])

    def in_order(self) -> Iterator[str]:
        """The names in the order of their letters."""
        for (name,) in self._file.each("SELECT name FROM text ORDER BY name"):
            yield _decoded(name)


class StoredList:
    """Texts by number, from 0."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._file = _NamelessFile("CREATE TABLE text (number INTEGER PRIMARY KEY, body BLOB);")
        self._count = 0
        self._file.many("INSERT INTO text VALUES (?, ?)", self._numbered(texts))

    def _numbered(self, texts: Iterable[str]) -> Iterator[tuple[int, bytes]]:
        for text in texts:
            yield self._count, _encoded(text)
            self._count += 1

    def append(self, text: str) -> None:
        self._file.many("INSERT INTO text VALUES (?, ?)", self._numbered((text,)))

    def __getitem__(self, number: int) -> str:
        for (body,) in self._file.rows("SELECT body FROM text WHERE number = ?", number):
            return _decoded(body)
        raise IndexError(number)

    def __setitem__(self, number: int, text: str) -> None:
        self._file.rows("UPDATE text SET body = ? WHERE number = ?", _encoded(text), number)

    def __iter__(self) -> Iterator[str]:
        for (body,) in self._file.each("SELECT body FROM text ORDER BY number"):
            yield _decoded(body)

    def __len__(self) -> int:
        return self._count


class StoredQueues:
    """Several texts for each name, in the order in which they came."""

    def __init__(self) -> None:
        self._file = _NamelessFile(
            "CREATE TABLE text (number INTEGER PRIMARY KEY, name BLOB, body BLOB);"
            "CREATE INDEX by_name ON text (name);"
        )

    def append(self, name: str, text: str) -> None:
        self._file.rows(
            "INSERT INTO text (name, body) VALUES (?, ?)", _encoded(name), _encoded(text)
        )

    def taken(self, name: str) -> list[str]:
        """The texts of a name, which are no longer kept."""
        found = self._file.rows(
            "SELECT body FROM text WHERE name = ? ORDER BY number", _encoded(name)
        )
        if found:
            self._file.rows("DELETE FROM text WHERE name = ?", _encoded(name))
        return [_decoded(body) for (body,) in found]

    def __iter__(self) -> Iterator[str]:
        """All texts, in the order in which they came."""
        for (body,) in self._file.each("SELECT body FROM text ORDER BY number"):
            yield _decoded(body)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(body: bytes) -> str:
    return body.decode("utf-8", "surrogatepass")


def _cannot_be_held(error: sqlite3.Error) -> CasebookError:
    return CasebookError(
        "The folder for temporary files does not take what has to be kept for a while:"
        f" {words_of(error)} (SQLITE_TMPDIR or TMPDIR names another folder)."
    )
