"""How far the reader has come in a book, and where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casebook.book import entries, filters
from casebook.book.connection import Book
from casebook.book.volumes import volume_slugs_of
from casebook.notebook import history, reading_list
from casebook.notebook.of_books import among
from casebook.notebook.store import Notebook
from casebook.notebook.values import ListedEntry, Reading
from casebook.vocabulary import CASES

_LAST_OPENED = 20
"""Entries among which the one to go on with is looked for."""


class ReadingProgress(NamedTuple):
    """How far the reader has come.

    Attributes:
        entry: the slug of what to read on: the page that was opened last and not read to its
            end, else the first unread entry of the reading list; empty for neither.
        title: its title in the book.
        share: how much of it has been seen, from 0 to 1.
        notes: how many notes and highlights are on it.
        is_begun: it was opened before.
        read: how many cases have been read.
        cases: how many there are.
        to_read: how many entries of the reading list are unread.
        due: how many points of the quiz are due.
    """

    entry: str
    title: str
    share: float
    notes: int
    is_begun: bool
    read: int
    cases: int
    to_read: int
    due: int

    @property
    def lead(self) -> str:
        """What comes before the title; empty where there is nothing to go on with."""
        if not self.entry:
            return ""
        return "Continue: " if self.is_begun else "Next to read: "

    @property
    def details(self) -> str:
        """What is told of the entry behind its title: ` 81%, 2 notes`."""
        told = f" {self.share:.0%}" if self.is_begun else ""
        if self.notes:
            told += f", {self.notes} {'note' if self.notes == 1 else 'notes'}"
        return told

    @property
    def counts(self) -> tuple[str, ...]:
        """What is told of the whole book, the most important first."""
        told = [f"{self.read} of {self.cases} cases read"]
        if self.due:
            told.append(f"quiz: {self.due} due")
        if self.to_read:
            told.append(f"{self.to_read} to read")
        return tuple(told)


def progress(notebook: Notebook, book: Book) -> ReadingProgress | None:
    """How far the reader has come; None where nothing has been read, listed or answered.

    Raises:
        CasebookError: the notebook or the book cannot be read.
    """
    books = volume_slugs_of(book)
    opened = history.recent(notebook, *books, limit=_LAST_OPENED)
    listed = [line for line in reading_list.reading_list(notebook, *books) if not line.is_read]
    due = _due(notebook, books)
    read = history.read_entries(notebook, *books)
    if not (opened or listed or due or read):
        return None
    slugs = {*read, *(line.entry for line in opened), *(line.entry for line in listed)}
    known = entries.refs(book, slugs)
    begun = [line for line in opened if not line.is_read and line.entry in known]
    waiting = [line for line in listed if line.entry in known]
    candidates: list[Reading | ListedEntry] = [*begun, *waiting]
    current = candidates[0] if candidates else None
    return ReadingProgress(
        current.entry if current else "",
        known[current.entry].title if current else "",
        current.share if current else 0.0,
        _notes_on(notebook, current.book, current.entry) if current else 0,
        bool(begun),
        sum(known[entry].kind in CASES for entry in read if entry in known),
        sum(count for kind, count in filters.counts_by_kind(book).items() if kind in CASES),
        len(waiting),
        due,
    )


def _notes_on(notebook: Notebook, book: str, entry: str) -> int:
    rows = notebook.ask("SELECT count(*) FROM note WHERE book = ? AND entry = ?", [book, entry])
    return int(rows[0][0]) if rows else 0


def _due(notebook: Notebook, books: Sequence[str]) -> int:
    """How many points of the quiz are due."""
    where, values = among(books)
    rows = notebook.ask(f"SELECT box, answered FROM quiz_card WHERE {where}", values)
    if not rows:
        return 0
    from datetime import datetime

    from casebook.quiz.spacing import standing

    today = datetime.now().astimezone().date()
    return sum(standing(box, answered).is_due(today) for box, answered in rows)
