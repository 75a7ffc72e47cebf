"""Remembers which notebooks were found to be whole, so that one is not read twice unchanged.

Reading ten thousand notes to hold each against its digest takes some 60 ms. A file of which
neither size nor time nor place has changed since then is the same file; but a disk can lose
bits without a word, so what is remembered holds for the day.
"""

from __future__ import annotations

import contextlib
import os
import time
from hashlib import blake2b
from pathlib import Path

from casebook import __version__, atomic, paths
from casebook.regular_file import read_regular

_KEPT = 16
"""Notebooks that are remembered, each in a line of `paths.checked_notebooks`."""

_SETTLED_NS = 2_000_000_000
"""Nanoseconds after which a further change shows in the time of a file, whatever the system."""


def stamp_of(path: Path) -> str:
    """What a file and its log have in common with themselves only as long as nobody writes.

    Raises:
        OSError: there is no such file.
    """
    parts: list[object] = [os.path.abspath(path), __version__, time.strftime("%Y-%m-%d")]
    parts += _changes_of(os.stat(path))
    with contextlib.suppress(FileNotFoundError):
        log = os.stat(f"{path}-wal")
        # An empty log comes and goes with the windows that read.
        parts += _changes_of(log) if log.st_size else ()
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _changes_of(status: os.stat_result) -> tuple[int, ...]:
    return (
        status.st_dev,
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )


def was_whole(path: Path) -> bool:
    """Whether a notebook was found to be whole today and has not been changed since."""
    try:
        return stamp_of(path) in _remembered()
    except OSError:
        return False


def remember(path: Path, stamp: str) -> None:
    """Remembers a notebook that was found to be whole; does nothing where that cannot be.

    Args:
        stamp: the file's from before it was read.
    """
    with contextlib.suppress(OSError, OverflowError):
        # Just after a change another one might show in neither the size nor the time.
        if time.time_ns() - os.stat(path).st_mtime_ns > _SETTLED_NS and stamp_of(path) == stamp:
            _put(stamp)


def remember_written(path: Path) -> None:
    """Remembers a notebook that this window alone has changed, and has just closed."""
    with contextlib.suppress(OSError, OverflowError):
        if os.path.exists(f"{path}-wal"):
            return  # another window has it open
        # A time that no clock will give again, so that any further change shows in it.
        mtime = time.time_ns() // 1_000_000 * 1_000_000 - _any_of_a_million()
        os.utime(path, ns=(mtime, mtime))
        if os.stat(path).st_mtime_ns == mtime:
            _put(stamp_of(path))


def _any_of_a_million() -> int:
    return int.from_bytes(os.urandom(4), "big") % 1_000_000


def _remembered() -> list[str]:
    try:
        data = read_regular(paths.checked_notebooks(), _KEPT * 64)
        return data.decode("ascii", "replace").split()
    except OSError:
        return []


def _put(stamp: str) -> None:
    kept = [stamp, *(other for other in _remembered() if other != stamp)][:_KEPT]
    place = paths.checked_notebooks()
    atomic.make_folder(place.parent, private=True)
    data = "".join(f"{line}\n" for line in kept).encode("ascii", "replace")
    atomic.write_file(place, data, private=True, replace=True, flush=False)
