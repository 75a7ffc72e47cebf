"""Copies of a notebook as a whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from casebook import atomic


def copy_to(source: sqlite3.Connection, made: Path) -> None:
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


def back_up(source: sqlite3.Connection, target: Path) -> Path:
    """Copies a notebook, by SQLite's own way, to a file that was not there before.

    Returns:
        the file: `target`, or beside it with a number where `target` is taken.

    Raises:
        OSError, sqlite3.Error: the copy could not be made; nothing of it is left.
    """
    with atomic.partial_file(target, private=True) as made:
        copy_to(source, made)
        for place in free_names(target):
            if is_placed(made, place):
                return place
    raise OSError("no name is free for the copy")


def is_placed(made: Path, target: Path) -> bool:
    """Gives a file that is whole its name; False where the name is taken.

    Raises:
        OSError: it could not be done.
    """
    try:
        atomic.move_to_free_place(made, target)
    except FileExistsError:
        return False
    return True


def free_names(target: Path) -> Iterator[Path]:
    """A path, and others beside it with a number."""
    yield target
    for number in range(2, 1000):
        yield target.with_name(f"{target.stem}-{number}{target.suffix}")
