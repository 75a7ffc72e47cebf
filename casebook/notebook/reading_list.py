"""The reading list: entries to read, in an order of the reader's own.

Whether one is ticked is whether it is marked as read (`history`), so that a page which is read
to its end ticks itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from casebook.notebook.files import State, now
from casebook.notebook.notes import short_title
from casebook.notebook.of_books import among
from casebook.notebook.store import Notebook
from casebook.notebook.values import ListedEntry
from casebook.notebook.writing import Writing


def put_listed(writing: Writing, book: str, entry: str, title: str, created: str = "") -> bool:
    """Puts an entry at the end of the list within a transaction; False if it is on it."""
    key = {"book": book, "entry": entry}
    if writing.row("reading_list", key):
        return False
    # Of whatever book: the volumes of a book have one list.
    last = writing.ask("SELECT coalesce(max(position), 0) FROM reading_list")
    values = {
        "title": title,
        "position": last[0][0] + 1,
        "created": created or now(),
        "sequence": writing.next_sequence(),
    }
    writing.put("reading_list", key, values)
    return True


def set_listed(
    notebook: Notebook, book: str, entry: str, title: str, *, wanted: bool = True
) -> None:
    """Puts an entry on the reading list, at its end, or takes it off.

    Raises:
        NotebookError: it could not be written.
    """
    if not wanted and notebook.state is State.ABSENT:
        return
    did = "added to the reading list" if wanted else "removed from the reading list"
    with notebook.writing(f"{did}: {short_title(title)}") as writing:
        if wanted:
            put_listed(writing, book, entry, title)
        else:
            writing.remove("reading_list", {"book": book, "entry": entry})


def toggle_listed(notebook: Notebook, book: str, entry: str, title: str) -> bool:
    """Puts an entry on the reading list or takes it off; says whether it is on it then.

    Raises:
        NotebookError: it could not be written.
    """
    wanted = not is_listed(notebook, book, entry)
    set_listed(notebook, book, entry, title, wanted=wanted)
    return wanted


def put_in_order(notebook: Notebook, books: Sequence[str], entries: Sequence[str]) -> None:
    """Puts the entries of the reading list into an order.

    Args:
        books: whose entries are on one list: the volumes of a book.
        entries: their slugs; those that are not named follow in the order they have.

    Raises:
        NotebookError: it could not be written.
    """
    wanted = {entry: at for at, entry in enumerate(entries)}
    with notebook.writing("changed the order of the reading list") as writing:
        where, values = among(books)
        rows = writing.ask(
            f"SELECT book, entry, position FROM reading_list WHERE {where}"
            " ORDER BY position, sequence",
            values,
        )
        rows.sort(key=lambda row: wanted.get(row[1], len(wanted)))
        for position, (book, entry, before) in enumerate(rows, 1):
            if position != before:
                key = {"book": book, "entry": entry}
                writing.put("reading_list", key, {"position": position})


def is_listed(notebook: Notebook, book: str, entry: str) -> bool:
    return bool(
        notebook.ask("SELECT 1 FROM reading_list WHERE book = ? AND entry = ?", [book, entry])
    )


def reading_list(notebook: Notebook, *books: str) -> list[ListedEntry]:
    """The reading list in its order; of all books, one after the other, or of some together."""
    where, values = among(books, "l.book")
    order = "l.position, l.sequence" if books else "l.book, l.position, l.sequence"
    rows = notebook.ask(
        "SELECT l.book, l.entry, l.title, l.position, l.created, l.sequence,"
        " coalesce(r.is_read, 0), coalesce(r.share, 0.0)"
        " FROM reading_list AS l LEFT JOIN reading AS r ON r.book = l.book AND r.entry = l.entry"
        f" WHERE {where} ORDER BY {order}",
        values,
    )
    return [ListedEntry(*row)._replace(is_read=bool(row[6])) for row in rows]
