"""Names what is missing of a damaged notebook, as far as anything else tells of it.

Two things do: the notebook's own history of what the reader did, which has each row before
and after, and the last of the daily copies.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from casebook.notebook.copy_files import copies_in, folder_of
from casebook.notebook.row_keys import KEYS, touched_rows
from casebook.notebook.salvage import Salvaged, named, salvage

MOST_NAMED = 200
"""Rows that are named; of further ones only the number is told."""

_Key = tuple[str, ...]


class _Known(NamedTuple):
    """A row that is known from elsewhere.

    Attributes:
        source: where it can be had, in words; empty for the history.
    """

    values: dict[str, Any]
    source: str = ""


def name_missing(salvaged: Salvaged, path: Path) -> None:
    """Adds to the losses of a notebook what is known of each row that is missing.

    Args:
        path: of the notebook; its copies stand beside it.
    """
    losses = salvaged.losses
    if losses.is_counted and not losses.missing and not losses.log:
        return
    history = _from_history(salvaged.connection)
    copied = _from_last_copy(path)
    words: list[str] = []
    for table, columns in KEYS.items():
        count = losses.missing.get(table, 0)
        if losses.is_counted and not count and not losses.log:
            continue
        present = {_key(row, columns) for row in _rows(salvaged.connection, table)}
        known = {key: _Known(row) for key, row in history.get(table, {}).items() if row}
        # What the history says was deleted is not missing, though a copy has it.
        gone = {key for key, row in history.get(table, {}).items() if row is None}
        known |= {key: row for key, row in copied.get(table, {}).items() if key not in gone}
        lost = [row for key, row in known.items() if key not in present]
        is_certain = losses.is_counted and not losses.log and len(lost) <= count
        start = "Missing" if is_certain else "Perhaps missing"
        words += [f"{start}: {named(table, row.values)}{row.source}." for row in lost]
    losses.named = words[:MOST_NAMED]
    if len(words) > MOST_NAMED:
        losses.named.append(f"Perhaps missing: {len(words) - MOST_NAMED} others.")


def _from_history(connection: sqlite3.Connection) -> dict[str, dict[_Key, dict[str, Any] | None]]:
    """The last that the history says of each row: what stood in it, or None if it is gone."""
    last: dict[str, dict[_Key, dict[str, Any] | None]] = {}
    actions = connection.execute("SELECT touched, is_undone FROM change ORDER BY id")
    for stored, is_undone in actions:
        for table, before, after in touched_rows(stored) or ():
            row = before or after
            if row is not None:
                key = _key(row, KEYS[table])
                last.setdefault(table, {})[key] = before if is_undone else after
    return last


def _from_last_copy(path: Path) -> dict[str, dict[_Key, _Known]]:
    """The rows of the last copy that can be read."""
    for copy in sorted(copies_in(folder_of(path)), reverse=True):
        try:
            salvaged = salvage(copy)
        except OSError:
            continue
        source = f"; the copy of {copy.stem} has it"
        with closing(salvaged.connection) as connection:
            found = {
                table: {_key(row, columns): _Known(row, source) for row in _rows(connection, table)}
                for table, columns in KEYS.items()
            }
        if any(found.values()):
            return found
    return {}


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _key(row: dict[str, Any], columns: tuple[str, ...]) -> _Key:
    return tuple(str(row[column]) for column in columns)
