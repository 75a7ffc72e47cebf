"""Reads the pages and rows of an SQLite file without SQLite.

SQLite reads no row where one byte of the schema is wrong. This looks at each page by itself,
and believes nothing that it finds there.
The format is that of https://www.sqlite.org/fileformat2.html.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from casebook.sqlite_file import HEADER_SIZE

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes up to which a file is read page by page."""

_LONGEST_ROW = 16 * 1024 * 1024
_LEAF = 0x0D
_USUAL_PAGE_SIZE = 4096
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_FRAME_HEADER = 24

Value = str | bytes | int | float | None
"""A text is decoded with `surrogateescape`, so that its bytes can be had back."""


class Malformed(ValueError):  # noqa: N818  (says what the bytes are)
    """Some bytes are not what the format says."""


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
        is_leaf = page[start] == _LEAF
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
        length, at = _varint(page, at)
        rowid, at = _varint(page, at)
        if not 0 < length <= _LONGEST_ROW:
            raise Malformed("a row of no size")
        return rowid, _record(self._payload(page, at, length))

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        usable = self.page_size - self.header[20]
        self._bytes_left -= length if length > usable else 0
        if self._bytes_left < 0:
            raise Malformed("rows that are larger than their file")
        most, least = usable - 35, (usable - 12) * 32 // 255 - 23
        if length <= most:
            found = page[at : at + length]
            if len(found) < length:
                raise Malformed("a row that leaves its page")
            return found
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
        parts, left = [page[at : at + here]], length - here
        following = int.from_bytes(page[at + here : at + here + 4], "big")
        seen: set[int] = set()
        while left > 0:
            if following in seen:
                raise Malformed("a row without an end")
            seen.add(following)
            more = self.page(following)
            parts.append(more[4 : 4 + min(left, usable - 4)])
            left -= usable - 4
            following = int.from_bytes(more[:4], "big")
        return b"".join(parts)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(9):
        byte = data[at + step]
        if step == 8:
            return _signed(value << 8 | byte), at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    raise Malformed("a number without an end")


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


_INTEGER_LENGTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


def _record(payload: bytes) -> tuple[Value, ...]:
    header_length, at = _varint(payload, 0)
    if not at <= header_length <= len(payload):
        raise Malformed("a row without a header")
    kinds = []
    while at < header_length:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    at = header_length
    for kind in kinds:
        length = _INTEGER_LENGTHS.get(kind, 8 if kind == 7 else 0)
        if kind in (10, 11) or kind < 0:
            raise Malformed("a value of no kind")
        if kind >= 12:
            length = (kind - 12) // 2
        data = payload[at : at + length]
        if len(data) < length:
            raise Malformed("a value that leaves its row")
        at += length
        if kind == 0:
            values.append(None)
        elif kind in _INTEGER_LENGTHS:
            values.append(int.from_bytes(data, "big", signed=True))
        elif kind == 7:
            values.append(float(struct.unpack(">d", data)[0]))
        elif kind in (8, 9):
            values.append(kind - 8)
        elif kind % 2:
            values.append(data.decode("utf-8", "surrogateescape"))
        else:
            values.append(data)
    if at != len(payload):
        raise Malformed("a row with something left over")
    return tuple(values)
