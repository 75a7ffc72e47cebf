"""Undoing the last actions: every row as it was before, unless it has changed since."""

from __future__ import annotations

from typing import NamedTuple

from casebook.notebook.files import State
from casebook.notebook.row_digests import DIGEST
from casebook.notebook.row_keys import KEYS, Touched, touched_rows
from casebook.notebook.store import Notebook
from casebook.notebook.writing import Values, Writing

_NOT_COMPARED = ("id", "sequence", "version", DIGEST)
_MOVED_BY_READING = ("title", "place", "line", "share", "opened", "visits")
"""Columns of a place of reading that change whenever the page is left; what the reader does to
it, and undoes, is to mark it."""


class Undone(NamedTuple):
    """What has become of the last action.

    Attributes:
        words: what the reader had done: `deleted the note: Nosaku`.
        is_done: False where another window has changed the same thing since, or where it
            is not known what was there before; the action stays as it is and is not tried
            again.
    """

    words: str
    is_done: bool = True


def undo(notebook: Notebook, *, of_any_window: bool = False) -> Undone | None:
    """Takes back the last action that has not been taken back yet; None if there is none.

    Args:
        of_any_window: actions of other windows and earlier days too, not only of this one.

    Raises:
        NotebookError: it could not be written.
    """
    if notebook.state is State.ABSENT:
        return None
    with notebook.writing() as writing:
        mine = "" if of_any_window else " AND writer = ?"
        rows = writing.ask(
            f"SELECT id, words, touched FROM change WHERE NOT is_undone{mine}"
            " ORDER BY id DESC LIMIT 1",
            () if of_any_window else (notebook.window,),
        )
        if not rows:
            return None
        key, words, stored = rows[0]
        touched = touched_rows(stored)
        is_done = touched is not None and _is_as_it_was_left(writing, touched)
        if touched is not None and is_done:
            for table, before, after in reversed(touched):
                _restore(writing, table, before, after)
        writing.put("change", {"id": key}, {"is_undone": 1})
        return Undone(str(words), is_done)


def last_change(notebook: Notebook) -> int:
    """The number of the action that `undo` would take back; 0 where there is none."""
    if notebook.state is State.ABSENT:
        return 0
    rows = notebook.ask(
        "SELECT coalesce(max(id), 0) FROM change WHERE NOT is_undone AND writer = ?",
        [notebook.window],
    )
    return int(rows[0][0]) if rows else 0


def _key(table: str, row: Values) -> Values:
    return {column: row[column] for column in KEYS[table]}


def _is_as_it_was_left(writing: Writing, touched: Touched) -> bool:
    """Whether every row is still what the action made of it."""
    last = {}
    for table, before, after in touched:
        row = before or after
        if row is None:
            return False
        last[table, *_key(table, row).values()] = (table, row, after)
    return all(
        _same(table, writing.row(table, _key(table, row)), after)
        for table, row, after in last.values()
    )


def _restore(writing: Writing, table: str, before: Values | None, after: Values | None) -> None:
    if table == "reading":
        _restore_mark(writing, before, after)
        return
    if before is None:
        if after is not None:
            writing.remove(table, _key(table, after))
        return
    key = _key(table, before)
    values = {column: value for column, value in before.items() if column not in ("id", *key)}
    found = writing.row(table, key)
    if "version" in values and found is not None:
        # A window that has the undone text open must notice that it is gone.
        values["version"] = found["version"] + 1
    writing.put(table, key, values)


def _restore_mark(writing: Writing, before: Values | None, after: Values | None) -> None:
    """Puts back what an action changed of a place of reading, and leaves where it is by now."""
    row = before or after
    if row is None:
        return
    key = _key("reading", row)
    found = writing.row("reading", key)
    if before is None and (found is None or found["visits"] == row["visits"]):
        writing.remove("reading", key)
    elif before is None:
        writing.put("reading", key, {"is_read": 0})
    elif after is None:
        writing.put("reading", key, {name: before[name] for name in before if name not in key})
    else:
        changed = {name: value for name, value in before.items() if after.get(name) != value}
        writing.put("reading", key, {n: v for n, v in changed.items() if n not in _NOT_COMPARED})


def _same(table: str, found: Values | None, expected: Values | None) -> bool:
    if found is None or expected is None:
        return found is expected
    free = _NOT_COMPARED + (_MOVED_BY_READING if table == "reading" else ())
    return all(
        found.get(column) == value for column, value in expected.items() if column not in free
    )
