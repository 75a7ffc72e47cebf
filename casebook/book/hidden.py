"""Hides the book's ratings of some entries, and their outcomes, from everything that reads it.

What is hidden is not in the tables that a query sees: views of the same names stand before
them on the connection. So no list, page, search or export has to think of it, and none can
forget it. The file is not touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebook import anchors
from casebook.book.connection import Book
from casebook.book.entries import refs
from casebook.book.hiding import Hiding


def hide(book: Book, hiding: Hiding) -> None:
    """Hides ratings and outcomes in all that is read of a book from now on, and nothing else.

    Args:
        hiding: takes the place of what was hidden before; `NOTHING` shows everything.

    Raises:
        BookError: the book cannot be read.
    """
    if hiding == book.hidden:
        return
    _uncover(book)
    if hiding.entries:
        _cover(book, hiding)
    book.hidden = hiding


_COVERED = ("assessment", "account", "entry", "teaching", "teaching_note")


def _uncover(book: Book) -> None:
    if book.hidden.entries:
        book.arrange(f"DROP VIEW IF EXISTS temp.{table}" for table in _COVERED)


def _cover(book: Book, hiding: Hiding) -> None:
    entries: dict[str, int] = dict(book.ask("SELECT slug, id FROM main.entry"))
    keys = [key for slug, key in entries.items() if slug in hiding.entries]
    rated = book.ask(
        "SELECT a.statement_id, e.slug, f.slug, c.key FROM main.assessment AS a"
        " JOIN main.entry AS e ON e.id = a.entry_id"
        " JOIN main.criterion AS c ON c.statement_id = a.criterion_id"
        " JOIN main.framework AS f ON f.statement_id = c.framework_id"
        f" WHERE a.entry_id IN ({_numbers(keys)})"
    )
    ratings = _numbers(row[0] for row in rated if hiding.hides(*row[1:]))
    outcomes = _numbers(entries.get(slug) for slug in hiding.entries if hiding.hides_outcome(slug))
    fared = f"SELECT statement_id FROM main.setting WHERE entry_id IN ({outcomes})"
    contested = ", ".join(filter(None, (ratings, _numbers(row[0] for row in book.ask(fared)))))
    columns = [row[1] for row in book.ask("PRAGMA main.table_info(entry)")]
    without = {"outcome": "NULL", "outcome_note": "''"}
    shown = ", ".join(
        f"CASE WHEN id IN ({outcomes}) THEN {without[name]} ELSE {name} END AS {name}"
        if name in without
        else name
        for name in columns
    )
    taught = f"entry_id NOT IN ({_numbers(keys)})"
    book.arrange(
        f"CREATE TEMP VIEW {view}"
        for view in (
            f"assessment AS SELECT * FROM main.assessment WHERE statement_id NOT IN ({ratings})",
            f"account AS SELECT * FROM main.account WHERE of_id NOT IN ({contested})",
            f"entry AS SELECT {shown} FROM main.entry",
            f"teaching AS SELECT * FROM main.teaching WHERE {taught}",
            f"teaching_note AS SELECT * FROM main.teaching_note WHERE {taught}",
        )
    )


def _numbers(keys: Iterable[object]) -> str:
    """Keys as they stand in a statement; a damaged book's that are no numbers are left out."""
    return ", ".join(str(key) for key in keys if isinstance(key, int))


def hides_place(hiding: Hiding, entry: str, place: str) -> bool:
    """Whether what stands at an anchor on the page of an entry is a hidden rating."""
    if entry not in hiding.entries or not place.startswith(_ANY_CRITERION):
        return False
    framework, _, criterion = place.removeprefix(_ANY_CRITERION).partition(" ")
    return hiding.hides(entry, framework, criterion)


_ANY_CRITERION = anchors.criterion("", "").rstrip()


def hidden_of(book: Book, slugs: Sequence[str]) -> str:
    """A sentence that says of which of some entries the ratings are hidden; empty for none."""
    among = book.hidden.among(slugs)
    if not among:
        return ""
    return (
        f"The book's ratings are hidden while you rate {named(book, among)} yourself. P goes to"
        " the comparison; there = reveals them."
    )


def named(book: Book, slugs: Sequence[str]) -> str:
    """The titles of some entries, for a sentence."""
    found = refs(book, slugs)
    return ", ".join(found[slug].title for slug in slugs if slug in found)
