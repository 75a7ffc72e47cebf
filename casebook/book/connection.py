"""Opens a book: a file is looked at before SQLite is, and its schema before its rows."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from casebook.book.budget import MOST_ROWS, QueryBudget
from casebook.book.checksum import Checked, check
from casebook.book.edition import MOST_SEALS, Edition
from casebook.book.hiding import NOTHING
from casebook.book.values import BookInfo, VolumeLine
from casebook.errors import BookError, InterruptedQueryError
from casebook.safe_text import made_safe_line
from casebook.schema import APPLICATION_ID, SCHEMA_VERSION, is_known
from casebook.sqlite_errors import primary_code, words_of
from casebook.sqlite_file import Header, SqliteFileError, read_header, schema_of

if TYPE_CHECKING:
    from casebook.seminar.planned import Seminar

LONGEST_QUERY_SECONDS = 5.0
"""After this a query is given up: no honest book needs so long for a page."""

CHANGED = (
    "the file is not as it was built: it has been changed or damaged, and what it says may be wrong"
)

_STEPS_BETWEEN_LOOKS = 20_000
"""Virtual machine steps between two looks at the clock, about a millisecond."""

_LIMITS = (
    # The longest value of an honest book is the list of a gram in a million names.
    (sqlite3.SQLITE_LIMIT_LENGTH, 5_000_000),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)
_PRAGMAS = (
    "trusted_schema = OFF",
    "query_only = ON",
    "cell_size_check = ON",
    "cache_size = -2000",
    "mmap_size = 0",
    "hard_heap_limit = 268435456",
)

Row = tuple[Any, ...]


def check_header(path: Path, *, any_version: bool = False) -> Header:
    """Looks at the first bytes of a file, without SQLite.

    Args:
        any_version: be content with a book of any version.

    Raises:
        BookError: there is no file, or it is not a book that this program can read.
    """
    name = made_safe_line(str(path))
    try:
        header = read_header(path, "casebook")
    except FileNotFoundError:
        raise BookError(f"There is no book at {name}.") from None
    except SqliteFileError as error:
        hint = " `casebook build` makes a book of a pack." if os.path.isdir(path) else ""
        raise BookError(f"{name} {error.words}.{hint}") from None
    if header is None:
        raise BookError(f"{name} is empty.")
    if header.application_id != APPLICATION_ID:
        raise BookError(f"{name} is an SQLite file, but not a casebook.")
    version = header.user_version
    if any_version:
        return header
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
    if header.is_wal:
        raise BookError(f"{name} is in write-ahead mode; a book is one file. Build it again.")
    if header.is_cut_short:
        raise BookError(f"{name} is cut short: part of the file is missing.")
    return header


class Book:
    """An open book. Threads may share it; close it or use it as a context manager.

    Attributes:
        path: the file.
        info: what the book says of itself.
        checked: whether the file is as it was built.
        faults: what is damaged and was left out or may be wrong, in words.
        checked_pages: the keys of entries whose pages have been checked one by one.
        volumes: by their keys, once they have been asked for; see `casebook.book.volumes`.
        has_accounts: anything in it has several; see `casebook.book.accounts` and `contested`.
        edition: for whom it was built, and what is sealed in it.
        hidden: what of it is not shown; see `casebook.book.hidden`.
    """

    __slots__ = (
        "_lock",
        "checked",
        "checked_pages",
        "connection",
        "edition",
        "faults",
        "has_accounts",
        "hidden",
        "info",
        "path",
        "reading",
        "volumes",
    )

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        info: BookInfo,
        reading: QueryBudget,
        checked: Checked = Checked.NOT_CHECKED,
    ) -> None:
        self.path = path
        self.connection = connection
        self.info = info
        self.reading = reading
        self.checked = checked
        self.checked_pages: set[int] = set()
        self.faults: list[str] = []
        self.volumes: dict[int, VolumeLine] | None = None
        self.has_accounts = True
        self.edition = Edition()
        self.hidden = NOTHING
        self._lock = threading.RLock()

    def ask(
        self,
        sql: str,
        parameters: Iterable[Any] = (),
        *,
        seconds: float | None = None,
    ) -> list[Row]:
        """All rows of a query; their texts are safe to show.

        Args:
            seconds: after which the query is given up; else `LONGEST_QUERY_SECONDS`.

        Raises:
            InterruptedQueryError: the query took longer than it may, or was interrupted.
            BookError: the file is damaged, or holds more than a book can.
        """
        with self._lock:
            self.reading.begin(LONGEST_QUERY_SECONDS if seconds is None else seconds)
            try:
                return _rows(self.connection, sql, tuple(parameters))
            except BookError as error:
                raise type(error)(self._unreadable(error.message)) from None
            except sqlite3.Error as error:
                is_late = primary_code(error) == sqlite3.SQLITE_INTERRUPT
                kind = InterruptedQueryError if is_late else BookError
                raise kind(self._unreadable(words_of(error))) from None
            except (OverflowError, MemoryError) as error:
                raise BookError(self._unreadable(words_of(error))) from None
            finally:
                self.reading.end()

    def _unreadable(self, words: str) -> str:
        return f"{made_safe_line(str(self.path))} could not be read: {words}."

    @property
    def seminar(self) -> Seminar | None:
        """The public part of the plan of the seminar that it is an edition for."""
        if not self.edition.is_for_students:
            return None
        from casebook.seminar.planned import plan_of_json

        row = self.one("SELECT plan FROM seminar")
        return plan_of_json(str(row[0])) if row else None

    def one(self, sql: str, parameters: Iterable[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        rows = self.ask(sql, parameters)
        return rows[0] if rows else None

    def arrange(self, statements: Iterable[str]) -> None:
        """Makes or drops views of this connection alone; the file stays as it is.

        Raises:
            BookError: the book cannot be read.
        """
        with self._lock:
            try:
                self.connection.execute("PRAGMA temp_store = MEMORY")
                self.connection.execute("PRAGMA query_only = OFF")
                for statement in statements:
                    self.connection.execute(statement)
            except (sqlite3.Error, MemoryError) as error:
                raise BookError(self._unreadable(words_of(error))) from None
            finally:
                self.connection.execute("PRAGMA query_only = ON")

    def interrupt(self) -> None:
        """Gives up the query that another thread is waiting for, if there is one."""
        self.connection.interrupt()

    def check_file(self) -> None:
        """Holds the whole file against its checksum, where that was left for later.

        Raises:
            BookError: it cannot be read any more.
        """
        if self.checked is Checked.NOT_CHECKED:
            try:
                self.checked = check(self.path, check_header(self.path))
            except OSError as error:
                raise BookError(self._unreadable(str(error.strerror))) from None
            if self.checked is Checked.CHANGED:
                self.fault(CHANGED)

    def holds_the_same_as(self, other: Book) -> bool:
        """Whether both are connections to one and the same content, with the same seals."""
        return (self.info, self.edition) == (other.info, other.edition)

    def fault(self, words: str) -> None:
        """Notes what is damaged, once."""
        if words not in self.faults:
            self.faults.append(words)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _rows(connection: sqlite3.Connection, sql: str, parameters: tuple[Any, ...]) -> list[Row]:
    cursor = connection.execute(sql, parameters)
    rows = cursor.fetchmany(MOST_ROWS + 1)
    if len(rows) > MOST_ROWS:
        cursor.close()
        raise BookError("it holds more rows than can be read at once")
    return rows


def open_book(path: Path, *, is_checked_later: bool = False) -> Book:
    """Opens a book read-only; nothing is ever written to it or beside it.

    A file that has been changed since it was built is opened, and that is noted among the
    book's faults.

    Args:
        is_checked_later: leave it to `Book.check_file` to find that out, which takes longer
            than the rest; until then each page is held against its own digest.

    Raises:
        BookError: there is no book at the path that this program can read; the message
            is one sentence for the reader.
    """
    header = check_header(path)
    name = made_safe_line(str(path))
    try:
        checked = Checked.NOT_CHECKED if is_checked_later else check(path, header)
        schema = schema_of(path, header)
    except SqliteFileError as error:
        raise BookError(f"{name} {error.words}.") from None
    except OSError as error:
        raise BookError(f"{name} cannot be read: {error.strerror}.") from None
    if not is_known(schema):
        raise BookError(f"{name} calls itself a casebook, but its tables are not those of one.")
    # `immutable` keeps SQLite from making or looking for any file beside the book.
    uri = f"file:{quote(os.fsencode(os.path.abspath(path)))}?mode=ro&immutable=1"
    reading = QueryBudget(header.file_size, LONGEST_QUERY_SECONDS)
    try:
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=64
        )
    except sqlite3.Error as error:
        raise BookError(f"{name} cannot be opened: {words_of(error)}.") from None
    try:
        for limit, value in _LIMITS:
            connection.setlimit(limit, value)
        connection.set_progress_handler(reading.is_overdue, _STEPS_BETWEEN_LOOKS)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.text_factory = reading.text
        row = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM account), EXISTS (SELECT 1 FROM edition), slug, title,"
            " edition, description, language, licence, content_hash FROM book"
        ).fetchone()
    except (sqlite3.Error, MemoryError) as error:
        connection.close()
        raise BookError(f"{name} is damaged: {words_of(error)}.") from None
    except BookError as error:
        connection.close()
        raise BookError(f"{name} is damaged: {error.message}.") from None
    if row is None:
        connection.close()
        raise BookError(f"{name} is damaged: it does not say which book it is.")
    book = Book(path, connection, BookInfo(*map(_of_book, row[2:])), reading, checked)
    book.has_accounts = bool(row[0])
    if row[1]:
        book.edition = _edition_of(book)
    if checked is Checked.CHANGED:
        book.fault(CHANGED)
    return book


def _edition_of(book: Book) -> Edition:
    """What an edition for students says of itself."""
    try:
        rows = book.ask("SELECT part FROM seal ORDER BY position LIMIT ?", [MOST_SEALS])
    except BookError:
        book.close()
        raise
    return Edition(True, tuple(_of_book(part) for (part,) in rows))


_LONGEST_OF_BOOK = 5_000
"""Characters of what a book says of itself; a pack's description has no more."""


def _of_book(value: Any) -> str:
    return str(value)[:_LONGEST_OF_BOOK] if value is not None else ""
