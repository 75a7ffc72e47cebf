"""Reads the header and the schema of an SQLite file without SQLite.

SQLite parses every statement of a file's schema before the first query, and while it does so
no deadline and no interrupt is heard. Whoever knows what the schema has to be reads it here
first, within bounds, and lets SQLite have the file only if it is the known one.
"""

import stat
from collections.abc import Callable, Iterable
from io import FileIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from casebook.regular_file import open_regular, read_regular
from casebook.sqlite_records import (
    INTERIOR,
    LEAF,
    Malformed,
    big_endian,
    payload,
    values_of,
    varint,
)

MOST_SCHEMA_PAGES = 64
"""Pages that a schema may fill, overflow pages among them; a book's fills six."""

MOST_SCHEMA_BYTES = 256 * 1024
"""Bytes that the rows of a schema may have together; a book's have 16 KiB."""

HEADER_SIZE = 100

PageSource = Callable[[int], bytes]
"""Gives the bytes of the page of a number, from 1; fewer, or none, where there is no such page."""

_MAGIC = b"SQLite format 3\x00"
_UTF_8 = 1


class SqliteFileError(Exception):
    """A file is not what it should be. The words continue a sentence that begins with its name."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Header(NamedTuple):
    """The header of an SQLite file (its first 100 bytes), and the size of the file.

    Attributes:
        page_count: pages as the header counts them; 0 where a very old SQLite wrote it.
        reserved: bytes at the end of each page that SQLite leaves alone.
        is_wal: the file is in write-ahead mode.
    """

    application_id: int
    user_version: int
    page_size: int
    page_count: int
    reserved: int
    is_wal: bool
    is_utf_8: bool
    file_size: int

    @property
    def size_of_pages(self) -> int:
        """Bytes of the file that are pages."""
        return self.page_count * self.page_size

    @property
    def is_cut_short(self) -> bool:
        return self.file_size < self.size_of_pages


class SchemaRow(NamedTuple):
    """A row of `sqlite_master`; `sql` is None for an index that SQLite made for a constraint."""

    type: str
    name: str
    table: str
    root: int
    sql: str | None


def read_header(path: Path, what: str) -> Header | None:
    """Reads the header of a file; None for an empty one.

    Args:
        what: what the file should be, "casebook" or "notebook", for the messages.

    Raises:
        FileNotFoundError: there is no file.
        SqliteFileError: it is no regular file, cannot be read, or is no SQLite file.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SqliteFileError(f"is a folder, not a {what}")
        if not stat.S_ISREG(status.st_mode):
            raise SqliteFileError("is not a regular file")
        data = read_regular(path, HEADER_SIZE)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise SqliteFileError(f"cannot be read: {reason}") from None
    return header_of(data, status.st_size, what) if data else None


def header_of(data: bytes, file_size: int, what: str) -> Header:
    """The header of a file that begins with some bytes.

    Raises:
        SqliteFileError: it is none of an SQLite file.
    """
    if len(data) < HEADER_SIZE or not data.startswith(_MAGIC):
        raise SqliteFileError(f"is not a {what}: it is not an SQLite file, or is cut short")
    size = big_endian(data[16:18])
    header = Header(
        application_id=big_endian(data[68:72]),
        user_version=big_endian(data[60:64]),
        page_size=65536 if size == 1 else size,
        page_count=big_endian(data[28:32]),
        reserved=data[20],
        is_wal=data[18:20] != b"\x01\x01",
        is_utf_8=big_endian(data[56:60]) == _UTF_8,
        file_size=file_size,
    )
    if header.page_size < 512 or header.page_size & (header.page_size - 1):
        raise SqliteFileError("is damaged: its header gives an impossible page size")
    return header


def pages_of(file: BinaryIO | FileIO, page_size: int) -> PageSource:
    """A source of the pages of an open file; it raises OSError where that cannot be read."""

    def page(number: int) -> bytes:
        file.seek((number - 1) * page_size)
        return file.read(page_size)

    return page


def is_schema(rows: Iterable[SchemaRow], statements: Iterable[str]) -> bool:
    """Whether a schema has exactly some statements, each table and index with pages of its own."""
    found = list(rows)
    roots = [row.root for row in found if row.root]
    made = (row for row in found if row.sql is None)
    return (
        sorted(row.sql for row in found if row.sql is not None) == sorted(statements)
        and len(set(roots)) == len(roots)
        and all(row.name in row.sql for row in found if row.sql is not None)
        and all(row.type == "index" and row.name.startswith("sqlite_autoindex_") for row in made)
    )


def schema_of(path: Path, header: Header) -> list[SchemaRow]:
    """The rows of the `sqlite_master` of a file with a header, read without SQLite.

    Raises:
        SqliteFileError: they cannot be read, or are more than any known schema has.
        OSError: the file cannot be read.
    """
    with open_regular(path) as file:
        return read_schema(pages_of(file, header.page_size), header)


def read_schema(page: PageSource, header: Header) -> list[SchemaRow]:
    """The rows of a file's `sqlite_master`, read without SQLite.

    Raises:
        SqliteFileError: they cannot be read, or are more than any known schema has.
        OSError: the page source could not read.
    """
    if not header.is_utf_8:
        raise SqliteFileError("is not as Casebook writes it: its texts are not UTF-8")
    try:
        return list(_Schema(page, header).rows())
    except (IndexError, ValueError):
        raise SqliteFileError("is damaged: its list of tables cannot be read") from None


class _Schema:
    def __init__(self, page: PageSource, header: Header) -> None:
        self.source = page
        self.size = header.page_size
        self.usable = header.page_size - header.reserved
        self.visited: set[int] = set()
        self.bytes_left = MOST_SCHEMA_BYTES
        if self.usable < 480:
            raise Malformed("no schema of a book or notebook")

    def page(self, number: int) -> bytes:
        """A page that was not read before; a tree has no loops."""
        if number in self.visited or len(self.visited) >= MOST_SCHEMA_PAGES:
            raise Malformed("no schema of a book or notebook")
        self.visited.add(number)
        data = self.source(number)
        if number < 1 or len(data) != self.size:
            raise Malformed("no schema of a book or notebook")
        return data

    def rows(self) -> Iterable[SchemaRow]:
        waiting = [1]
        while waiting:
            number = waiting.pop()
            data = self.page(number)
            start = HEADER_SIZE if number == 1 else 0
            kind, cells = data[start], big_endian(data[start + 3 : start + 5])
            if kind not in (LEAF, INTERIOR):
                raise Malformed("no schema of a book or notebook")
            first = start + (8 if kind == LEAF else 12)
            if first + 2 * cells > self.usable:
                raise Malformed("no schema of a book or notebook")
            offsets = [big_endian(data[at : at + 2]) for at in range(first, first + 2 * cells, 2)]
            if kind == LEAF:
                for offset in offsets:
                    yield _schema_row(self.record(data, offset))
            else:
                children = [big_endian(data[offset : offset + 4]) for offset in offsets]
                children.append(big_endian(data[start + 8 : start + 12]))
                waiting.extend(reversed(children))

    def record(self, data: bytes, offset: int) -> bytes:
        """What a cell holds, with what of it stands on overflow pages."""
        length, at = varint(data, offset)
        _, at = varint(data, at)
        self.bytes_left -= length
        if self.bytes_left < 0:
            raise Malformed("no schema of a book or notebook")
        return payload(data, at, length, usable=self.usable, page_of=self.page)


def _schema_row(record: bytes) -> SchemaRow:
    values = values_of(record)
    if len(values) < len(SchemaRow._fields):
        raise Malformed("a row of another table")
    kind, name, table, root, sql = values[:5]
    # Not a match: it takes longer than all the rest of reading a schema.
    if not (
        isinstance(kind, str)
        and isinstance(name, str)
        and isinstance(table, str)
        and isinstance(root, int)
        and (sql is None or isinstance(sql, str))
    ):
        raise Malformed("a row of another table")
    for text in (kind, name, table, sql):
        if text and not text.isascii():
            text.encode("utf-8")  # refuses what was no UTF-8 in the file
    return SchemaRow(kind, name, table, root, sql)
