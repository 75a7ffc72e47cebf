"""Files that are made beside a notebook and moved to their place when they are whole."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_ENDINGS = ("", "-wal", "-shm", "-journal")
_NAME = re.compile(r"\.new-(?P<machine>[0-9a-f]{8})-(?P<process>\d{1,10})-\w{8}\.sqlite")


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """An empty file of the reader's alone (0600) in the folder of a path; gone afterwards.

    What a program left there that was killed meanwhile is swept away first.

    Raises:
        OSError: it cannot be made.
    """
    sweep(path.parent)
    descriptor, name = tempfile.mkstemp(
        prefix=f".new-{_machine()}-{os.getpid()}-", suffix=".sqlite", dir=path.parent
    )
    os.close(descriptor)
    made = Path(name)
    try:
        yield made
    finally:
        _remove(made)


def sweep(folder: Path) -> None:
    """Removes what programs of this machine left in a folder that are no longer running."""
    with suppress(OSError):
        for path in list(folder.glob(".new-*.sqlite")):
            found = _NAME.fullmatch(path.name)
            if (
                found is not None
                and found["machine"] == _machine()
                and not _is_running(int(found["process"]))
            ):
                _remove(path)


def _remove(path: Path) -> None:
    for ending in _ENDINGS:
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _machine() -> str:
    return f"{zlib.crc32(platform.node().encode()):08x}"


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def copy_of(source: sqlite3.Connection, made: Path) -> None:
    """Copies a notebook by SQLite's own way into a file, and sees it onto the disk.

    Raises:
        OSError, sqlite3.Error: it could not be done.
    """
    copy = sqlite3.connect(made, isolation_level=None)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    with open(made, "rb+") as file:
        os.fsync(file.fileno())
