"""Reads files that a person names: regular ones alone, and without waiting for ever.

A pipe waits for somebody who writes, a device has no end, and of some regular files of the
system (`/proc/kmsg`) the next byte comes when it comes. Every file that the program did not
make itself is opened here.
"""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from pathlib import Path

_AT_ONCE = 1 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class IrregularFileError(OSError):
    """A folder, a pipe, a device, a socket or a link stands where a file is to be read."""


def open_regular(path: str | Path, *, follow_link: bool = True) -> FileIO:
    """A regular file, open for reading, without a buffer of its own.

    Where the next byte would have to be waited for, its `read` answers None.

    Args:
        follow_link: a file that a link leads to will do.

    Raises:
        IrregularFileError: it is no regular file.
        OSError: it cannot be opened.
        ValueError: it is no path.
    """
    # A device may do something when it is opened, so it is looked at before.
    status = os.stat(path, follow_symlinks=follow_link)
    _refuse_others(status, path)
    flags = _FLAGS if follow_link else _FLAGS | getattr(os, "O_NOFOLLOW", 0)
    file = FileIO(os.open(path, flags))
    try:
        _refuse_others(os.fstat(file.fileno()), path)
    except BaseException:
        file.close()
        raise
    return file


def _refuse_others(status: os.stat_result, path: str | Path) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise IrregularFileError(errno.EINVAL, "not a regular file", str(path))


def read_regular(path: str | Path, most: int, *, follow_link: bool = True) -> bytes:
    """The first bytes of a regular file.

    Args:
        most: as many bytes as are read at the most.
        follow_link: as of `open_regular`.

    Raises:
        OSError: it cannot be read, is no regular file, or does not come to an end.
        ValueError: it is no path.
    """
    with open_regular(path, follow_link=follow_link) as file:
        return read_open(file, most)


def read_open(file: FileIO, most: int) -> bytes:
    """The next bytes of a file that `open_regular` has opened.

    Raises:
        OSError: it cannot be read, or does not come to an end.
    """
    size = os.fstat(file.fileno()).st_size
    parts = []
    while most > 0:
        # One byte more than there should be, so that the end shows at once.
        data = _next_bytes(file, min(most, max(size + 1, 4096), _AT_ONCE))
        if not data:
            break
        parts.append(data)
        most -= len(data)
    return b"".join(parts)


def copy_regular(path: str | Path, target: str | Path) -> None:
    """Copies what is in a regular file to another, which is made or replaced.

    Raises:
        OSError: it cannot be read or written, is no regular file, or does not come to an end.
    """
    with open_regular(path) as file, open(target, "wb") as copy:
        while data := _next_bytes(file, _AT_ONCE):
            copy.write(data)


def _next_bytes(file: FileIO, most: int) -> bytes:
    data: bytes | None = file.read(most)
    if data is None:
        raise OSError(errno.EAGAIN, "it does not come to an end")
    return data
