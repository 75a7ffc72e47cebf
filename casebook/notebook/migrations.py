"""The steps from an empty notebook to today's, each in one transaction.

A step is a file in `steps/`; its number is the `user_version` it leads to. A step that has
been released is never edited: what changes is a further step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Migration(NamedTuple):
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
def steps() -> tuple[Migration, ...]:
    """All steps, in order."""
    found = []
    for path in sorted((Path(__file__).parent / "steps").glob("*.sql")):
        number, _, name = path.stem.partition("_")
        found.append(
            Migration(int(number), name.replace("_", " "), path.read_text(encoding="utf-8"))
        )
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
