"""By which columns rows of a notebook are known, and the rows of an action in its history."""

from __future__ import annotations

from typing import Any

from casebook.notebook.row_digests import latest_shape
from casebook.stored_json import StoredJsonError, decoded

KEYS = {
    "note": ("uid",),
    "saved_view": ("uid",),
    "basket": ("uid",),
    "bookmark": ("book", "entry"),
    "tag": ("book", "entry", "name"),
    "prediction": ("book", "entry", "framework", "criterion"),
    "quiz_card": ("book", "entry", "framework", "criterion"),
    "reading_list": ("book", "entry"),
    "reading": ("book", "entry"),
    "draft": ("name",),
    "search": ("book", "words"),
    "kept": ("book", "name"),
    "seminar": ("book", "seminar"),
}
"""The columns whose values no two rows of a table share."""

Values = dict[str, Any]
Touched = list[tuple[str, Values | None, Values | None]]


def touched_rows(stored: str) -> Touched | None:
    """The rows that an action touched; None where that is not what stands there."""
    try:
        rows: Any = decoded(stored)
    except StoredJsonError:
        return None
    found: Touched = []
    for row in rows if isinstance(rows, list) else ():
        match row:
            case [str(table), before, after] if _is_row(table, before) and _is_row(table, after):
                found.append((table, before, after))
            case _:
                return None
    return found or None


def _is_row(table: str, row: object) -> bool:
    """Whether something is a row of a table that can be put back, or none."""
    if row is None:
        return True
    if table not in KEYS or not isinstance(row, dict):
        return False
    known = {column.name for column in latest_shape().tables[table]}
    return set(KEYS[table]) <= row.keys() <= known and all(
        isinstance(value, str | int | float | None) for value in row.values()
    )
