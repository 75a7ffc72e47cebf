"""The steps from an empty notebook to today's, each in one transaction.

A step is a file in `steps/`; its number is the `user_version` it leads to. A step that has
been released is never edited: what changes is a further step.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from casebook.notebook import temporary_files


class Step(NamedTuple):
    """One change of the tables.

    Attributes:
        version: the `user_version` that it leads to.
        name: what it does, in a few words.
        sql: its statements.
    """

    version: int
    name: str
    sql: str


@cache
def steps() -> tuple[Step, ...]:
    """All steps, in order."""
    found = []
    for path in sorted((Path(__file__).parent / "steps").glob("*.sql")):
        number, _, name = path.stem.partition("_")
        found.append(Step(int(number), name.replace("_", " "), path.read_text(encoding="utf-8")))
    return tuple(found)


def latest_version() -> int:
    return steps()[-1].version


def statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would end the transaction."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        raise ValueError("the last statement of a step has no end")


def back_up(source: sqlite3.Connection, target: Path) -> Path:
    """Copies a notebook, by SQLite's own way, to a file that was not there before.

    Returns:
        the file: `target`, or beside it with a number where `target` is taken.

    Raises:
        OSError, sqlite3.Error: the copy could not be made; nothing of it is left.
    """
    with temporary_files.beside(target) as made:
        temporary_files.copy_of(source, made)
        for place in free_names(target):
            if place_new(made, place):
                return place
    raise OSError("no name is free for the copy")


def free_names(target: Path) -> Iterator[Path]:
    """A path, and others beside it with a number."""
    yield target
    for number in range(2, 1000):
        yield target.with_name(f"{target.stem}-{number}{target.suffix}")


def place_new(made: Path, target: Path) -> bool:
    """Puts a finished file in its place, unless something is there already."""
    try:
        os.link(made, target)
    except FileExistsError:
        return False
    except OSError:
        # A file system without links: the short moment between the two lines is the price.
        if target.exists():
            return False
        os.replace(made, target)
        return True
    made.unlink(missing_ok=True)
    return True
