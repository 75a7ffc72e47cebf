"""The checksum at the end of a book: whether the file is still the one that was built.

SQLite has none of its own, and a flipped bit in a text, a number or an index is seen by none
of its checks. The line stands behind the last page, where SQLite does not look: whoever
changes the book with another program leaves it wrong, and damage anywhere is noticed before
anything is read. It guards against accidents, not against forgery.
"""

from __future__ import annotations

import zlib
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

from casebook.regular_file import open_regular
from casebook.sqlite_file import Header, SqliteFileError, read_header

MOST_CHECKED_AT_OPENING = 64 * 1024 * 1024
"""Bytes of a book that is checked whole whenever it is opened, in some 30 ms; of a larger
one only the pages that are read are checked, and `casebook doctor` checks the whole."""

_MARK = b"casebook crc32 "
_LENGTH = len(_MARK) + 9
_READ_AT_ONCE = 1 << 16
"""As much as a processor keeps near; a new megabyte for each read costs three times as long."""


class Checked(Enum):
    """What the checksum says of a file."""

    AS_BUILT = auto()
    CHANGED = auto()
    NOT_CHECKED = auto()
    """The file is too large to be read whole at every opening."""


def append_checksum(path: Path) -> None:
    """Writes the checksum behind the pages of a finished book.

    Raises:
        OSError: the file cannot be written.
    """
    header = read_header(path, "book")
    if header is None or header.size_of_pages != header.file_size:
        raise SqliteFileError("is not a book that was just built")
    with open(path, "rb+") as file:
        line = _line(_crc(file, header.size_of_pages))
        file.seek(header.size_of_pages)
        file.write(line)


def check(path: Path, header: Header, *, most: int | None = MOST_CHECKED_AT_OPENING) -> Checked:
    """Holds a file against the checksum at its end.

    Args:
        most: bytes of the largest file that is read; None for any.

    Raises:
        OSError: the file cannot be read.
    """
    if header.file_size != header.size_of_pages + _LENGTH:
        return Checked.CHANGED
    if most is not None and header.file_size > most:
        return Checked.NOT_CHECKED
    with open_regular(path) as file:
        expected = _line(_crc(file, header.size_of_pages))
        return Checked.AS_BUILT if file.read(_LENGTH + 1) == expected else Checked.CHANGED


def _line(crc: int) -> bytes:
    return b"%s%08x\n" % (_MARK, crc)


def _crc(file: BinaryIO, length: int) -> int:
    """The checksum of the first bytes of a file, or of all if it is shorter."""
    crc = 0
    while length > 0 and (data := file.read(min(length, _READ_AT_ONCE))):
        crc = zlib.crc32(data, crc)
        length -= len(data)
    return crc
