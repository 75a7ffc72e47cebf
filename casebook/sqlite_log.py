"""The write-ahead log beside an SQLite file, read without SQLite.

Each frame of a log has a checksum that goes on from the frame before. When nobody has the
file open, SQLite reads the log up to the first frame that does not fit and drops the rest
without a word: that is right for a write that was never finished, and loses what was
confirmed where the log was damaged since. This reads on, and tells the two apart. The format
is that of https://www.sqlite.org/fileformat2.html#the_write_ahead_log and of
https://www.sqlite.org/walformat.html.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from casebook.regular_file import open_regular, read_open, read_regular
from casebook.sqlite_records import big_endian

HEADER_SIZE = 32
FRAME_HEADER_SIZE = 24

LARGEST_LOG = 128 * 1024 * 1024
"""Bytes up to which a log is looked at; SQLite begins it anew after some four megabytes."""

_SIDE_BY_SIDE = 1024
"""Frames whose checksums are made together."""

_LITTLE, _BIG = b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"
_VERSION = (3_007_000).to_bytes(4, "big")
_MASK = 0xFFFFFFFF

_Checksum = tuple[int, int]
"""A checksum is two numbers of 32 bits; each step takes eight bytes in."""


class LogFrame(NamedTuple):
    """A page as a transaction left it.

    Attributes:
        page: its number, from 1; 0 where nothing of the frame is left.
        at: where the page begins in the file of the log.
        ends_transaction: it is the last of its transaction.
        is_sound: it is as it was written.
    """

    page: int
    at: int
    ends_transaction: bool
    is_sound: bool


class Log(NamedTuple):
    """The transactions in a log that were confirmed.

    Attributes:
        frames: in order, damaged ones among them.
        confirmed: how many frames there were; more than are left where the log was cut short.
        readable: how many of them SQLite reads.
        is_damaged: SQLite would drop something that was confirmed.
    """

    frames: tuple[LogFrame, ...] = ()
    confirmed: int = 0
    readable: int = 0
    is_damaged: bool = False


class _Confirmed(NamedTuple):
    """What the shared-memory file beside a log says of it.

    Attributes:
        salts: of the log that it belongs to.
        frames: how many belong to transactions that were ended.
        copied: how many of them stand in the database, too.
    """

    salts: bytes
    frames: int
    copied: int


def open_log(path: Path) -> FileIO | None:
    """The log of an SQLite file, open for reading; None where it has none.

    Raises:
        OSError: it cannot be read.
    """
    try:
        return open_regular(f"{path}-wal")
    except FileNotFoundError:
        return None


def read_log(path: Path, page_size: int, file: FileIO | None) -> Log:
    """Reads the log of an SQLite file; an empty one if it has none.

    Args:
        path: the SQLite file.
        page_size: in bytes, as its header says.
        file: the log, as `open_log` answers it.

    Raises:
        OSError: the log cannot be read, or is too large.
    """
    confirmed = _confirmed(Path(f"{path}-shm"))
    data = read_open(file, LARGEST_LOG + 1) if file is not None else b""
    if len(data) > LARGEST_LOG:
        raise OSError(27, "File too large", str(path))
    if len(data) <= HEADER_SIZE:
        lost = confirmed.frames if confirmed and confirmed.copied < confirmed.frames else 0
        return Log((), lost, 0, lost > 0)
    return _LogReading(data, page_size).log(confirmed)


class _LogReading:
    """One look at the bytes of a log."""

    def __init__(self, data: bytes, page_size: int) -> None:
        self.data = data
        self.order = "big" if data[:4] == _BIG else "little"
        self.start = _checksum(self._words(data[:24]), (0, 0))
        self.has_header = (
            data[:4] in (_LITTLE, _BIG)
            and data[4:8] == _VERSION
            and big_endian(data[8:12]) == page_size
            and self.start == _stored_checksum(data[24:32])
        )
        self.page_size = page_size
        first = data[HEADER_SIZE + 8 : HEADER_SIZE + 16]
        self.salts = data[16:24] if self.has_header else first

    def log(self, confirmed: _Confirmed | None) -> Log:
        frames = self.frames()
        readable = 0
        for number, frame in enumerate(frames if self.has_header else (), 1):
            if not frame.is_sound:
                break
            readable = number if frame.ends_transaction else readable
        ends = (n for n, frame in enumerate(frames, 1) if frame.is_sound and frame.ends_transaction)
        count = max(ends, default=0)
        if confirmed and confirmed.salts == self.salts:
            count = max(count, confirmed.frames)
        elif frames and not frames[-1].is_sound:
            # A write that was never finished, or a confirmed one: nobody says which.
            count = len(frames)
        is_damaged = readable < count or not self.has_header
        return Log(tuple(frames[:count]), count, readable, is_damaged)

    def frames(self) -> list[LogFrame]:
        """The frames of this log, up to the last; behind it there may be those of older ones."""
        length = FRAME_HEADER_SIZE + self.page_size
        starts = range(HEADER_SIZE, len(self.data) - FRAME_HEADER_SIZE + 1, length)
        # One more than those that say so, for the last may have damaged salts.
        last = max((n for n, at in enumerate(starts) if self._has_salts(at)), default=-1)
        starts = starts[: last + 2]
        sums = self._sums_of_frames(len(starts), length)
        steps = _steps(length // 8 - 2)
        found: list[LogFrame] = []
        # The checksum of the frame before, as it is and as it should be: one may be damaged.
        before, belongs = [self.start], self.has_header
        for number, at in enumerate(starts):
            stored = _stored_checksum(self.data[at + 16 : at + 24])
            is_there = number < len(sums)
            own = [_after(steps, start, sums[number]) for start in before] if is_there else []
            is_whole = stored in own
            has_salts = self._has_salts(at)
            # One whose salts alone are damaged goes on from the frame before all the same.
            belongs = has_salts or (belongs and is_whole)
            before = [stored] if is_whole else [stored, *own[-1:]]
            page = big_endian(self.data[at : at + 4]) if belongs else 0
            is_last = belongs and any(self.data[at + 4 : at + 8])
            found.append(LogFrame(page, at + FRAME_HEADER_SIZE, is_last, is_whole and has_salts))
        while found and not found[-1].page:
            found.pop()
        return found

    def _has_salts(self, at: int) -> bool:
        return self.data[at + 8 : at + 16] == self.salts

    def _sums_of_frames(self, count: int, length: int) -> list[_Checksum]:
        """The checksum of each whole frame by itself, as if none stood before it."""
        count = min(count, (len(self.data) - HEADER_SIZE) // length)
        found: list[_Checksum] = []
        for first in range(0, count, _SIDE_BY_SIDE):
            start = HEADER_SIZE + first * length
            end = HEADER_SIZE + min(count, first + _SIDE_BY_SIDE) * length
            found += self._sums(self.data[start:end], length)
        return found

    def _sums(self, data: bytes, length: int) -> Iterable[_Checksum]:
        """The checksums of some frames, summed side by side, each in 64 bits of one number.

        That takes a tenth of the time that a loop over their words does.
        """
        count, per_frame = len(data) // length, length // 8
        if self.order == "big":
            words = array("I", data)
            words.byteswap()
            data = words.tobytes()
        lanes = memoryview(data).cast("Q")
        mask = int.from_bytes(b"\xff\xff\xff\xff\0\0\0\0" * count, "little")
        first = second = 0
        # Of the header the checksum covers the page's number and the end of a transaction.
        for word in (0, *range(FRAME_HEADER_SIZE // 8, per_frame)):
            both = int.from_bytes(lanes[word::per_frame].tobytes(), "little")
            first = first + (both & mask) + second & mask
            second = second + (both >> 32 & mask) + first & mask
        sums = (number.to_bytes(8 * count, "little") for number in (first, second))
        return zip(*(_low_halves(found) for found in sums), strict=True)

    def _words(self, data: bytes) -> Iterable[int]:
        words = array("I", data)
        if self.order != sys.byteorder:
            words.byteswap()
        return words


def _stored_checksum(data: bytes) -> _Checksum:
    return big_endian(data[:4]), big_endian(data[4:])


def _low_halves(data: bytes) -> list[int]:
    return [int.from_bytes(data[at : at + 4], "little") for at in range(0, len(data), 8)]


def _checksum(words: Iterable[int], start: _Checksum) -> _Checksum:
    first, second = start
    numbers = iter(words)
    for even, odd in zip(numbers, numbers, strict=True):
        first = first + even + second & _MASK
        second = second + odd + first & _MASK
    return first, second


_Steps = tuple[int, int, int, int]


def _steps(count: int) -> _Steps:
    """What some steps over zeros make of a checksum, as a matrix."""
    made, factor = (1, 0, 0, 1), (1, 1, 1, 2)
    while count:
        if count & 1:
            made = _product(made, factor)
        factor = _product(factor, factor)
        count >>= 1
    return made


def _product(left: _Steps, right: _Steps) -> _Steps:
    a, b, c, d = left
    e, f, g, h = right
    return (
        a * e + b * g & _MASK,
        a * f + b * h & _MASK,
        c * e + d * g & _MASK,
        c * f + d * h & _MASK,
    )


def _after(steps: _Steps, before: _Checksum, own: _Checksum) -> _Checksum:
    """The checksum of a frame that follows others."""
    a, b, c, d = steps
    return (
        a * before[0] + b * before[1] + own[0] & _MASK,
        c * before[0] + d * before[1] + own[1] & _MASK,
    )


def _confirmed(path: Path) -> _Confirmed | None:
    """What a shared-memory file says; None where there is none, or a damaged one.

    The program that has the notebook open keeps it, and leaves it behind when it is killed.
    """
    try:
        data = read_regular(path, 100)
    except OSError:
        return None
    copied = int.from_bytes(data[96:100], sys.byteorder)
    found = None
    for head in (data[:48], data[48:96]):
        if len(head) < 48 or not head[12]:
            continue
        words = array("I", head)
        count = words[4]
        if _checksum(words[:10], (0, 0)) == (words[10], words[11]) and (
            found is None or count > found.frames
        ):
            found = _Confirmed(head[32:40], count, copied)
    return found
