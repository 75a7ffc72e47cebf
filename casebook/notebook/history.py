"""What the reader has read and looked for, where they stopped, and how things stood."""

from __future__ import annotations

import json
from typing import Any

from casebook.notebook.files import now
from casebook.notebook.notes import short_title
from casebook.notebook.of_books import among
from casebook.notebook.store import Notebook
from casebook.notebook.values import Reading
from casebook.notebook.writing import Values
from casebook.safe_text import made_safe_line
from casebook.stored_json import StoredJsonError, decoded

SEARCHES_KEPT = 50
_LONGEST_SEARCH = 256
_NEVER_READ: Values = {"place": "", "line": 0, "share": 0.0, "is_read": 0, "visits": 0}
_COLUMNS = "book, entry, title, place, line, share, is_read, opened, visits"


def opened(notebook: Notebook, book: str, entry: str, title: str) -> None:
    """Keeps that an entry was opened.

    Raises:
        NotebookError: it could not be written.
    """
    with notebook.writing() as writing:
        key = {"book": book, "entry": entry}
        before = writing.row("reading", key) or _NEVER_READ
        values = {
            "title": title,
            "opened": now(),
            "sequence": writing.next_sequence(),
            "visits": before["visits"] + 1,
        }
        writing.put("reading", key, {**before, **values})


def stopped(
    notebook: Notebook, book: str, entry: str, *, place: str, line: int, share: float
) -> None:
    """Keeps where in an entry the reader stopped; one that was seen to its end is read.

    Raises:
        NotebookError: it could not be written.
    """
    with notebook.writing() as writing:
        key = {"book": book, "entry": entry}
        before = writing.row("reading", key)
        if before is not None:
            values = {
                "place": place,
                "line": line,
                "share": max(before["share"], share),
                "is_read": before["is_read"] or share >= 1.0,
            }
            writing.put("reading", key, values)


def set_read(notebook: Notebook, book: str, entry: str, title: str, *, is_read: bool) -> None:
    """Marks an entry as read or unread.

    Raises:
        NotebookError: it could not be written.
    """
    word = "read" if is_read else "unread"
    with notebook.writing(f"marked as {word}: {short_title(title)}") as writing:
        key = {"book": book, "entry": entry}
        if writing.row("reading", key) is None:
            fresh = {"title": title, "opened": now(), "sequence": writing.next_sequence()}
            values = {**_NEVER_READ, **fresh}
        else:
            values = {}
        if not is_read:
            values |= {"share": 0.0}
        writing.put("reading", key, values | {"is_read": int(is_read)})


def reading_of(notebook: Notebook, book: str, entry: str) -> Reading | None:
    """Where the reader stopped in an entry; None if it was never opened."""
    rows = notebook.ask(
        f"SELECT {_COLUMNS} FROM reading WHERE book = ? AND entry = ?", [book, entry]
    )
    return _reading(rows[0]) if rows else None


def recent(notebook: Notebook, *books: str, limit: int = 50) -> list[Reading]:
    """The entries that were opened last, the last first; of all books, or of some."""
    where, values = among(books)
    rows = notebook.ask(
        f"SELECT {_COLUMNS} FROM reading WHERE {where} AND visits > 0"
        " ORDER BY sequence DESC LIMIT ?",
        [*values, limit],
    )
    return [_reading(row) for row in rows]


def all_readings(notebook: Notebook) -> list[Reading]:
    """Every entry that was opened or marked, the last first."""
    rows = notebook.ask(f"SELECT {_COLUMNS} FROM reading ORDER BY sequence DESC")
    return [_reading(row) for row in rows]


def read_entries(notebook: Notebook, *books: str) -> frozenset[str]:
    """The slugs of the entries that have been read; of all books, or of some."""
    where, values = among(books)
    rows = notebook.ask(f"SELECT entry FROM reading WHERE {where} AND is_read", values)
    return frozenset(str(row[0]) for row in rows)


def _reading(row: tuple[Any, ...]) -> Reading:
    book, entry, title, place, line, share, is_read, when, visits = row
    return Reading(book, entry, title, place, line, share, bool(is_read), when, visits)


# Searches


def searched(notebook: Notebook, book: str, words: str) -> None:
    """Keeps a query among the recent ones.

    Raises:
        NotebookError: it could not be written.
    """
    words = made_safe_line(words)[:_LONGEST_SEARCH]
    if not words:
        return
    with notebook.writing() as writing:
        values = {"made": now(), "sequence": writing.next_sequence()}
        writing.put("search", {"book": book, "words": words}, values)
        old = writing.ask(
            "SELECT words FROM search WHERE book = ? ORDER BY sequence DESC LIMIT -1 OFFSET ?",
            [book, SEARCHES_KEPT],
        )
        for (forgotten,) in old:
            writing.remove("search", {"book": book, "words": forgotten})


def recent_searches(notebook: Notebook, book: str, limit: int = 10) -> list[str]:
    """The last queries, the last first."""
    rows = notebook.ask(
        "SELECT words FROM search WHERE book = ? ORDER BY sequence DESC LIMIT ?", [book, limit]
    )
    return [str(row[0]) for row in rows]


# How things stood


def keep(notebook: Notebook, book: str, name: str, value: Any) -> None:
    """Keeps how something stood (the tray, the filter) until the next time.

    Args:
        value: anything that JSON can hold; None forgets it.

    Raises:
        NotebookError: it could not be written.
    """
    with notebook.writing() as writing:
        if value is None:
            writing.remove("kept", {"book": book, "name": name})
        else:
            stored = json.dumps(value, ensure_ascii=False)
            writing.put("kept", {"book": book, "name": name}, {"value": stored})


def kept(notebook: Notebook, book: str, name: str) -> Any:
    """What was kept under a name, or None."""
    rows = notebook.ask("SELECT value FROM kept WHERE book = ? AND name = ?", [book, name])
    try:
        return decoded(rows[0][0]) if rows else None
    except StoredJsonError:
        return None
