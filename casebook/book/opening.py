"""Opens a book: a file is looked at before SQLite is, and its schema before its rows."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from casebook.book.values import BookInfo
from casebook.errors import BookError, InterruptedQueryError
from casebook.safe_text import made_safe, made_safe_line
from casebook.schema import APPLICATION_ID, SCHEMA_VERSION, is_known

LONGEST_QUERY_SECONDS = 5.0
"""After this a query is given up: no honest book needs so long for a page."""

_MAGIC = b"SQLite format 3\x00"
_STEPS_BETWEEN_LOOKS = 20_000
"""Virtual machine steps between two looks at the clock, about a millisecond."""

_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)

Row = tuple[Any, ...]


def check_header(path: Path, *, any_version: bool = False) -> None:
    """Looks at the first bytes of a file, without SQLite.

    Args:
        any_version: be content with a book of any version.

    Raises:
        BookError: there is no file, or it is not a book that this program can read.
    """
    name = made_safe_line(str(path))
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise BookError(
                f"{name} is a folder, not a book. `casebook build` makes a book of a pack."
            )
        if not stat.S_ISREG(status.st_mode):
            raise BookError(f"{name} is not a regular file.")
        with open(path, "rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise BookError(f"There is no book at {name}.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise BookError(f"{name} cannot be read: {reason}.") from None
    if not header:
        raise BookError(f"{name} is empty.")
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise BookError(f"{name} is not a casebook: it is no SQLite file.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise BookError(f"{name} is an SQLite file, but not a casebook.")
    version = int.from_bytes(header[60:64], "big")
    if any_version:
        return
    if version > SCHEMA_VERSION:
        raise BookError(
            f"{name} is a casebook of version {version}; this program reads version"
            f" {SCHEMA_VERSION}. A newer Casebook will open it."
        )
    if version < SCHEMA_VERSION:
        raise BookError(
            f"{name} is a casebook of version {version}; this program reads version"
            f" {SCHEMA_VERSION}. Build it again from its pack."
        )
    if header[18:20] != b"\x01\x01":
        raise BookError(f"{name} is in write-ahead mode; a book is one file. Build it again.")
    if status.st_size < int.from_bytes(header[28:32], "big") * _page_size(header):
        raise BookError(f"{name} is cut short: part of the file is missing.")


def _page_size(header: bytes) -> int:
    size = int.from_bytes(header[16:18], "big")
    return 65536 if size == 1 else size


@dataclass(slots=True)
class Book:
    """An open book. Threads may share it; close it or use it as a context manager.

    Attributes:
        path: the file.
        info: what the book says of itself.
        faults: rows that could not be read and were left out, in words.
    """

    path: Path
    connection: sqlite3.Connection
    info: BookInfo
    faults: list[str] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _deadline: float = 0.0

    def ask(
        self,
        sql: str,
        parameters: Iterable[Any] = (),
        *,
        seconds: float = LONGEST_QUERY_SECONDS,
    ) -> list[Row]:
        """All rows of a query; their texts are safe to show.

        Args:
            seconds: after which the query is given up.

        Raises:
            InterruptedQueryError: the query took longer than it may, or was interrupted.
            BookError: the file is damaged.
        """
        with self._lock:
            self._deadline = time.monotonic() + seconds
            try:
                return self.connection.execute(sql, tuple(parameters)).fetchall()
            except sqlite3.OperationalError as error:
                kind = InterruptedQueryError if str(error) == "interrupted" else BookError
                raise kind(
                    f"{made_safe_line(str(self.path))} could not be read: {error}."
                ) from None
            except (sqlite3.Error, OverflowError, MemoryError) as error:
                raise BookError(
                    f"{made_safe_line(str(self.path))} could not be read: {error}."
                ) from None

    def one(self, sql: str, parameters: Iterable[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        rows = self.ask(sql, parameters)
        return rows[0] if rows else None

    def interrupt(self) -> None:
        """Gives up the query that another thread is waiting for, if there is one."""
        self.connection.interrupt()

    def fault(self, words: str) -> None:
        """Notes a row that could not be read."""
        if words not in self.faults:
            self.faults.append(words)

    def is_overdue(self) -> int:
        """SQLite's progress handler: 1 ends the query."""
        return int(time.monotonic() > self._deadline)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _safe_text(data: bytes) -> str:
    return made_safe(data.decode("utf-8", "replace"))


def open_book(path: Path) -> Book:
    """Opens a book read-only; nothing is ever written to it or beside it.

    Raises:
        BookError: there is no book at the path that this program can read; the message
            is one sentence for the reader.
    """
    check_header(path)
    name = made_safe_line(str(path))
    # `immutable` keeps SQLite from making or looking for any file beside the book.
    uri = f"file:{quote(os.fsencode(os.path.abspath(path)))}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=64
        )
    except sqlite3.Error as error:
        raise BookError(f"{name} cannot be opened: {error}.") from None
    try:
        for limit, value in _LIMITS:
            connection.setlimit(limit, value)
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
        schema = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        if not is_known(str(row[0]) for row in schema):
            raise BookError(f"{name} calls itself a casebook, but its tables are not those of one.")
        connection.text_factory = _safe_text
        row = connection.execute(
            "SELECT slug, title, edition, description, language, licence, content_hash FROM book"
        ).fetchone()
    except (sqlite3.Error, UnicodeDecodeError, MemoryError) as error:
        connection.close()
        raise BookError(f"{name} is damaged: {error}.") from None
    except BookError:
        connection.close()
        raise
    if row is None:
        connection.close()
        raise BookError(f"{name} is damaged: it does not say which book it is.")
    book = Book(path, connection, BookInfo(*(str(value) for value in row)))
    connection.set_progress_handler(book.is_overdue, _STEPS_BETWEEN_LOOKS)
    return book
