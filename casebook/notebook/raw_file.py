"""Reads the pages and rows of an SQLite file without SQLite.

SQLite reads no row where one byte of the schema is wrong. This looks at each page by itself,
and believes nothing that it finds there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from casebook.sqlite_file import HEADER_SIZE
from casebook.sqlite_records import LEAF, Malformed, Value, payload, signed, values_of, varint

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes up to which a file is read page by page."""

_LONGEST_ROW = 16 * 1024 * 1024
_USUAL_PAGE_SIZE = 4096
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_FRAME_HEADER = 24


class RawRow(NamedTuple):
    """A row as it stands in the file.

    Attributes:
        is_counted: it is where the header of its page says that rows are.
    """

    page: int
    rowid: int
    values: tuple[Value, ...]
    is_counted: bool = True


class RawFile:
    """The pages of an SQLite file, with those of its write-ahead log over them.

    Close it, or use it as a context manager.

    Args:
        path: a regular file.

    Raises:
        OSError: it cannot be read, or is too large.
    """

    def __init__(self, path: Path) -> None:
        self._open = ExitStack()
        try:
            self._file = self._opened(path)
            self.size = os.fstat(self._file).st_size
            if self.size > LARGEST_FILE:
                raise OSError(27, "File too large", str(path))
            self.header = os.pread(self._file, HEADER_SIZE, 0).ljust(HEADER_SIZE, b"\0")
            self.page_size = self._likely_page_size()
            self._log: dict[int, int] = {}
            with suppress(FileNotFoundError):
                self._log_file = self._opened(path.with_name(path.name + "-wal"))
                self._read_log(os.fstat(self._log_file).st_size)
            # Rows that share their pages could fill the memory from a small file.
            self._bytes_left = self.size + _LONGEST_ROW
            self.count = max([-(-self.size // self.page_size), *self._log])
            if 1 in self._log:
                self.header = self.page(1)[:HEADER_SIZE]
        except BaseException:
            self._open.close()
            raise

    def _opened(self, path: Path) -> int:
        return self._open.enter_context(path.open("rb")).fileno()

    def __enter__(self) -> RawFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _likely_page_size(self) -> int:
        stored = int.from_bytes(self.header[16:18], "big")
        size = 65536 if stored == 1 else stored
        is_power = size >= 512 and size & (size - 1) == 0
        return size if is_power and self.size % size == 0 else _USUAL_PAGE_SIZE

    def _read_log(self, size: int) -> None:
        """Notes where the pages of all transactions stand that were ended."""
        head = os.pread(self._log_file, 32, 0)
        length = _FRAME_HEADER + self.page_size
        if (
            len(head) < 32
            or int.from_bytes(head[:4], "big") not in _WAL_MAGIC
            or int.from_bytes(head[8:12], "big") != self.page_size
        ):
            return
        pending: dict[int, int] = {}
        for at in range(32, size - length + 1, length):
            frame = os.pread(self._log_file, _FRAME_HEADER, at)
            if frame[8:16] != head[16:24]:
                break
            pending[int.from_bytes(frame[:4], "big")] = at + _FRAME_HEADER
            if any(frame[4:8]):
                self._log.update(pending)
                pending = {}

    def page(self, number: int) -> bytes:
        """One page, counted from 1.

        Raises:
            Malformed: there is no such page.
        """
        if number in self._log:
            return os.pread(self._log_file, self.page_size, self._log[number])
        if not 1 <= number <= self.count:
            raise Malformed("no such page")
        start = (number - 1) * self.page_size
        return os.pread(self._file, self.page_size, start).ljust(self.page_size, b"\0")

    def rows(self) -> Iterator[RawRow]:
        """Every row that can be read on any page, whatever its table."""
        for number in range(1, self.count + 1):
            with suppress(Malformed):
                yield from self._rows_on(number)

    def _rows_on(self, number: int) -> Iterator[RawRow]:
        page, start = self.page(number), HEADER_SIZE if number == 1 else 0
        counted = int.from_bytes(page[start + 3 : start + 5], "big")
        content = int.from_bytes(page[start + 5 : start + 7], "big") or 65536
        is_leaf = page[start] == LEAF
        # A page whose header is wrong may have its rows all the same.
        slots = max(0, (min(content, self.page_size) - start - 8) // 2)
        for slot in range(min(slots, self.page_size // 4)):
            at = int.from_bytes(page[start + 8 + 2 * slot : start + 10 + 2 * slot], "big")
            try:
                rowid, values = self._row_at(page, at)
            except (Malformed, IndexError):
                continue
            yield RawRow(number, rowid, values, is_leaf and slot < counted)

    def _row_at(self, page: bytes, at: int) -> tuple[int, tuple[Value, ...]]:
        if not 8 <= at < self.page_size:
            raise Malformed("a row outside its page")
        length, at = varint(page, at)
        rowid, at = varint(page, at)
        if not 0 < length <= _LONGEST_ROW:
            raise Malformed("a row of no size")
        return signed(rowid), values_of(self._payload(page, at, length))

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        usable = self.page_size - self.header[20]
        self._bytes_left -= length if length > usable else 0
        if self._bytes_left < 0:
            raise Malformed("rows that are larger than their file")
        return payload(page, at, length, usable=usable, page_of=self.page)
