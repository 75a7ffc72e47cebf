"""The reading list: entries to read, in an order of the reader's own.

Whether one is ticked is whether it is marked as read (`history`), so that a page which is read
to its end ticks itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from casebook.notebook.entry_marks import EntryMarks
from casebook.notebook.files import now
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


_MARKS = EntryMarks(
    "reading_list", put_listed, "added to the reading list", "removed from the reading list"
)
is_listed, set_listed, toggle_listed = _MARKS.is_set, _MARKS.set, _MARKS.toggle


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
