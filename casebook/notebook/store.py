"""The open notebook: asking it, and writing to it so that nothing confirmed is ever lost."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from casebook.errors import NotebookError
from casebook.notebook import migrations, opening
from casebook.notebook.opening import State, now
from casebook.safe_text import made_safe_line

CHANGES_KEPT = 200
"""Actions that can be undone."""

MOST_UNDONE = 5_000
"""Rows of one action up to which it can be undone; only a large import has more."""

_ORDERED = ("note", "bookmark", "tag", "saved_view", "prediction", "reading", "search")
"""The tables with an order of writing."""

_ROUNDS = 10
"""Tries to make a new notebook before giving up."""

Row = tuple[Any, ...]
Values = dict[str, Any]


class ChangedElsewhereError(NotebookError):
    """What was to be changed has been changed by another window since it was read."""


class Notebook:
    """A reader's notebook. Threads may share it; close it or use it as a context manager.

    A notebook that is not there is an empty one; the first thing kept makes the file.
    Reading and writing have a connection each, so that a screen is drawn while a write
    waits for another program.

    Attributes:
        path: the file.
        state: what can be done with it.
        trouble: why it can only be read, in a sentence; else empty.
        copy: where the notebook was copied to before it was brought up to date.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.state = State.ABSENT
        self.trouble = ""
        self.copy: Path | None = None
        self.window = uuid.uuid4().hex
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None
        self._reading = threading.RLock()
        self._writing = threading.RLock()

    def open(self) -> Notebook:
        """Opens the file, if there is one.

        Raises:
            NotebookError: there is something that is no notebook, or that is damaged. The
                notebook is then an empty one that takes nothing.
        """
        try:
            return self._open()
        except NotebookError as error:
            self.state, self.trouble = State.READ_ONLY, error.message
            raise

    def _open(self) -> Notebook:
        version = opening.look_at(self.path)
        if version == 0:
            return self
        latest = migrations.latest_version()
        if version > latest:
            self._open_to_read(
                f"The notebook is of version {version}, made by a newer Casebook; this one writes"
                f" version {latest}. It can be read, and is left as it is."
            )
            return self
        try:
            self._open_to_write(version)
        except (OSError, sqlite3.Error) as error:
            if _is_damage(error):
                raise NotebookError(self._words_for(error)) from None
            if _is_waiting(error):
                raise NotebookError(f"{self._words_for(error)} Try again in a moment.") from None
            self._open_to_read(f"{self._words_for(error)} It can only be read.")
        return self

    def _open_to_write(self, version: int) -> None:
        if version < migrations.latest_version():
            self.copy = opening.migrate(self.path, version)
        self._drop_connections()
        writer = opening.connect(self.path)
        try:
            if writer.execute("PRAGMA user_version").fetchone()[0] > migrations.latest_version():
                raise NotebookError("The notebook has been brought up to date by a newer Casebook.")
            # A file or folder that may not be written shows itself here, and not at the
            # first note.
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("ROLLBACK")
            reader = opening.connect(self.path)
            reader.execute("PRAGMA query_only = ON")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            writer.close()
            raise
        if not os.access(self.path, os.W_OK):
            writer.close()
            reader.close()
            raise PermissionError(13, "Permission denied", str(self.path))
        self._writer, self._reader, self.state = writer, reader, State.OPEN

    def _open_to_read(self, trouble: str) -> None:
        try:
            reader = opening.read_copy(self.path)
        except (OSError, sqlite3.Error) as error:
            raise NotebookError(self._words_for(error)) from None
        self._drop_connections()
        self._reader, self.state, self.trouble = reader, State.READ_ONLY, trouble

    def _make(self) -> None:
        """Makes the file for the first thing to keep."""
        for _ in range(_ROUNDS):
            try:
                opening.make(self.path)
                break
            except sqlite3.OperationalError as error:
                if not _is_waiting(error):
                    raise
        version = opening.look_at(self.path)
        self._open_to_write(version)

    @property
    def name(self) -> str:
        return made_safe_line(str(self.path))

    def check(self) -> str:
        """Reads every page of the file: `ok`, or what is wrong with it."""
        try:
            rows = self.ask("PRAGMA quick_check(1)")
        except NotebookError as error:
            return error.message
        return str(rows[0][0]) if rows else "ok"

    # Asking

    def ask(self, sql: str, parameters: Iterable[Any] = ()) -> list[Row]:
        """All rows of a query; none while there is no notebook.

        Raises:
            NotebookError: the file cannot be read.
        """
        with self._reading:
            if self._reader is None:
                return []
            try:
                return self._reader.execute(sql, tuple(parameters)).fetchall()
            except (sqlite3.Error, OverflowError, MemoryError) as error:
                raise NotebookError(self._words_for(error)) from None

    # Writing

    @contextlib.contextmanager
    def writing(self, words: str = "") -> Iterator[Writing]:
        """A transaction: when the block is left without an error, all in it is on the disk.

        Args:
            words: what the reader did, for undoing; empty for what is not undone (where
                the reader stopped, say).

        Raises:
            NotebookError: it could not be written, and nothing of it was.
        """
        with self._writing:
            if self.state is State.READ_ONLY:
                raise NotebookError(f"Nothing was kept. {self.trouble}")
            try:
                if self.state is State.ABSENT:
                    self._make()
                assert self._writer is not None
                self._writer.execute("BEGIN IMMEDIATE")
            except (OSError, sqlite3.Error) as error:
                raise NotebookError(f"Nothing was kept. {self._words_for(error)}") from None
            try:
                writing = Writing(self._writer, self.window)
                yield writing
                writing.log(words)
                self._writer.execute("COMMIT")
            except (OSError, sqlite3.Error, OverflowError) as error:
                raise NotebookError(f"Nothing was kept. {self._words_for(error)}") from None
            finally:
                self._roll_back()

    def _roll_back(self) -> None:
        """Ends what is still open; SQLite itself has done so on some failures."""
        if self._writer is not None and self._writer.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._writer.execute("ROLLBACK")

    def _words_for(self, error: Exception) -> str:
        """A failure of the file in a sentence."""
        name = getattr(error, "sqlite_errorname", "")
        if isinstance(error, NotebookError):
            return error.message
        if name == "SQLITE_FULL":
            return f"The disk with the notebook {self.name} is full."
        if _is_waiting(error):
            return f"The notebook {self.name} is in use by another program that does not let go."
        if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
            return f"The notebook {self.name} may not be written."
        if name.startswith("SQLITE_CANTOPEN"):
            return f"The notebook {self.name} cannot be opened or made there."
        if name.startswith("SQLITE_IOERR"):
            return f"The disk with the notebook {self.name} does not take it (full, or failing)."
        if _is_damage(error):
            return (
                f"The notebook {self.name} is damaged ({error}). It is left as it is; put a copy"
                " of yours in its place, or start another with --notebook."
            )
        if isinstance(error, OSError):
            return f"The notebook {self.name} cannot be written: {error.strerror or error}."
        return f"The notebook {self.name} cannot be used: {error}."

    # Closing

    def close(self) -> None:
        with self._writing, self._reading:
            self._drop_connections()

    def _drop_connections(self) -> None:
        for connection in (self._reader, self._writer):
            if connection is not None:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
        self._reader = self._writer = None

    def __enter__(self) -> Notebook:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def open_notebook(path: Path) -> Notebook:
    """Opens a notebook; one that is not there yet is empty.

    Raises:
        NotebookError: there is something that is no notebook, or that is damaged.
    """
    return Notebook(path).open()


def _is_waiting(error: Exception) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _is_damage(error: Exception) -> bool:
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


class Writing:
    """An open transaction; it writes down what every row was before, for undoing."""

    def __init__(self, connection: sqlite3.Connection, window: str) -> None:
        self.connection = connection
        self.window = window
        self.touched: list[tuple[str, Values | None, Values | None]] = []

    def ask(self, sql: str, parameters: Iterable[Any] = ()) -> list[Row]:
        """Reads within the transaction."""
        return self.connection.execute(sql, tuple(parameters)).fetchall()

    def next_sequence(self) -> int:
        """The next place in the order of writing, which all tables share."""
        latest = " UNION ALL ".join(f"SELECT max(sequence) AS last FROM {t}" for t in _ORDERED)
        return int(self.ask(f"SELECT coalesce(max(last), 0) + 1 FROM ({latest})")[0][0])

    def row(self, table: str, key: Mapping[str, Any]) -> Values | None:
        """A row by its key, or None."""
        cursor = self.connection.execute(
            f'SELECT * FROM "{table}" WHERE {_conditions(key)}', tuple(key.values())
        )
        found = cursor.fetchone()
        return (
            dict(zip((one[0] for one in cursor.description), found, strict=True)) if found else None
        )

    def put(self, table: str, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Writes a row: changes the one of a key, or adds it."""
        before = self.row(table, key)
        if before is None:
            self._insert(table, {**key, **values})
        else:
            self._update(table, key, values)
        self.touched.append((table, before, self.row(table, key)))

    def remove(self, table: str, key: Mapping[str, Any]) -> bool:
        """Takes a row away; False if there was none."""
        before = self.row(table, key)
        if before is None:
            return False
        self.connection.execute(
            f'DELETE FROM "{table}" WHERE {_conditions(key)}', tuple(key.values())
        )
        self.touched.append((table, before, None))
        return True

    def _insert(self, table: str, values: Mapping[str, Any]) -> None:
        columns = ", ".join(f'"{column}"' for column in values)
        marks = ", ".join("?" for _ in values)
        self.connection.execute(
            f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', tuple(values.values())
        )

    def _update(self, table: str, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        columns = ", ".join(f'"{column}" = ?' for column in values)
        self.connection.execute(
            f'UPDATE "{table}" SET {columns} WHERE {_conditions(key)}',
            (*values.values(), *key.values()),
        )

    def log(self, words: str) -> None:
        """Writes down the action, if it is one to be undone."""
        if not words or not 0 < len(self.touched) <= MOST_UNDONE:
            return
        self.connection.execute(
            "INSERT INTO change (writer, made, words, touched, is_undone) VALUES (?, ?, ?, ?, 0)",
            (self.window, now(), words, json.dumps(self.touched, ensure_ascii=False)),
        )
        self.connection.execute(
            "DELETE FROM change WHERE id <= (SELECT max(id) FROM change) - ?", (CHANGES_KEPT,)
        )


def _conditions(key: Mapping[str, Any]) -> str:
    return " AND ".join(f'"{column}" = ?' for column in key)
