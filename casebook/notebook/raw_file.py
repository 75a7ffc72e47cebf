"""Reads the pages and rows of an SQLite file without SQLite.

SQLite reads no row where one byte of the schema is wrong. This looks at each page by itself,
and believes nothing that it finds there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from casebook.regular_file import open_regular
from casebook.sqlite_file import HEADER_SIZE
from casebook.sqlite_log import open_log, read_log
from casebook.sqlite_records import LEAF, Malformed, Value, payload, signed, values_of, varint

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes up to which a file is read page by page."""

_LONGEST_ROW = 16 * 1024 * 1024
_MOST_GUESSES = 300_000
"""Places that may turn out to hold no row, where no header says that one is there."""

_USUAL_PAGE_SIZE = 4096


class RawRow(NamedTuple):
    """A row as it stands in the file.

    Attributes:
        is_counted: it is where the header of its page says that rows are.
        frame: the frame of the log that its page stands in; 0 for the file itself. Of two
            versions of a row the one in the later frame is the later one.
    """

    page: int
    rowid: int
    values: tuple[Value, ...]
    is_counted: bool = True
    frame: int = 0


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
            self._file = self._open.enter_context(open_regular(path)).fileno()
            self.size = os.fstat(self._file).st_size
            if self.size > LARGEST_FILE:
                raise OSError(27, "File too large", str(path))
            self.header = os.pread(self._file, HEADER_SIZE, 0).ljust(HEADER_SIZE, b"\0")
            self.page_size = self._likely_page_size()
            # Opened once: whoever closes the notebook last takes the log away.
            log = open_log(path)
            if log is not None:
                self._log_file = self._open.enter_context(log).fileno()
            self.log = read_log(path, self.page_size, log)
            self._newest: dict[int, int] = {}
            """By page the frame of the log that it stands in."""
            for number, frame in enumerate(self.log.frames, 1):
                if frame.is_sound:
                    self._newest[frame.page] = number
            # Rows that share their pages could fill the memory from a small file.
            self._bytes_left = self.size + _LONGEST_ROW
            self._guesses_left = _MOST_GUESSES
            self._overflow: set[int] = set()
            self.count = max([-(-self.size // self.page_size), *self._newest])
            if 1 in self._newest:
                self.header = self.page(1)[:HEADER_SIZE]
        except BaseException:
            self._open.close()
            raise

    def __enter__(self) -> RawFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _likely_page_size(self) -> int:
        stored = int.from_bytes(self.header[16:18], "big")
        size = 65536 if stored == 1 else stored
        is_power = size >= 512 and size & (size - 1) == 0
        return size if is_power and self.size % size == 0 else _USUAL_PAGE_SIZE

    def page(self, number: int) -> bytes:
        """One page, counted from 1.

        Raises:
            Malformed: there is no such page.
        """
        if number in self._newest:
            return self._page_in_log(self._newest[number])
        if not 1 <= number <= self.count:
            raise Malformed("no such page")
        start = (number - 1) * self.page_size
        return os.pread(self._file, self.page_size, start).ljust(self.page_size, b"\0")

    def _page_in_log(self, number: int) -> bytes:
        at = self.log.frames[number - 1].at
        return os.pread(self._log_file, self.page_size, at).ljust(self.page_size, b"\0")

    def rows(self) -> Iterator[RawRow]:
        """Every row that can be read on any page, whatever its table.

        A page in a damaged frame of the log is read beside the one that it was to replace,
        for its number may be wrong; so a row may come in several versions.
        """
        others = []
        for number in range(1, self.count + 1):
            page = self.page(number)
            if page[_start_of(number)] == LEAF:
                yield from self._rows_on(number, page, self._newest.get(number, 0))
            else:
                others.append(number)
        for frame, damaged in enumerate(self.log.frames, 1):
            if damaged.page and not damaged.is_sound:
                yield from self._rows_on(damaged.page, self._page_in_log(frame), frame)
        # A page whose header is wrong may have rows all the same; but most of these belong to
        # long rows.
        for number in others:
            if number not in self._overflow:
                yield from self._rows_on(number, self.page(number), self._newest.get(number, 0))

    def _rows_on(self, number: int, page: bytes, frame: int) -> Iterator[RawRow]:
        start = _start_of(number)
        counted = int.from_bytes(page[start + 3 : start + 5], "big")
        content = int.from_bytes(page[start + 5 : start + 7], "big") or 65536
        is_leaf = page[start] == LEAF
        slots = max(0, (min(content, self.page_size) - start - 8) // 2)
        for slot in range(min(slots, self.page_size // 4)):
            is_counted = is_leaf and slot < counted
            if not is_counted and not self._guesses_left:
                break
            at = int.from_bytes(page[start + 8 + 2 * slot : start + 10 + 2 * slot], "big")
            if not 8 <= at < self.page_size:
                continue  # no row stands there: the free room of a page is no guess
            try:
                rowid, values = self._row_at(page, at)
            except (Malformed, IndexError):
                self._guesses_left -= not is_counted
                continue
            yield RawRow(number, rowid, values, is_counted, frame)

    def _row_at(self, page: bytes, at: int) -> tuple[int, tuple[Value, ...]]:
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
        reached = []

        def page_of(number: int) -> bytes:
            reached.append(number)
            return self.page(number)

        found = payload(page, at, length, usable=usable, page_of=page_of)
        self._overflow.update(reached)
        return found


def _start_of(number: int) -> int:
    """Where the header of a page's tree begins: on the first page the file's stands before it."""
    return HEADER_SIZE if number == 1 else 0
