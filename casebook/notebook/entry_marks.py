"""Marks that a reader sets on an entry and takes away again: bookmarks, the reading list."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from casebook.notebook.files import State
from casebook.notebook.notes import short_title
from casebook.notebook.store import Notebook
from casebook.notebook.writing import Writing


class EntryMarks(NamedTuple):
    """A table of the notebook with a row for each entry that is marked.

    Attributes:
        put: marks an entry of a book, by its title, within a transaction; False if it is marked.
        when_set: what was done, as undoing says it.
        when_removed: the same of taking it away.
    """

    table: str
    put: Callable[[Writing, str, str, str], bool]
    when_set: str
    when_removed: str

    def is_set(self, notebook: Notebook, book: str, entry: str) -> bool:
        """Whether an entry is marked."""
        statement = f"SELECT 1 FROM {self.table} WHERE book = ? AND entry = ?"
        return bool(notebook.ask(statement, [book, entry]))

    def set(
        self, notebook: Notebook, book: str, entry: str, title: str, *, wanted: bool = True
    ) -> None:
        """Marks an entry, or takes its mark away.

        Raises:
            NotebookError: it could not be written.
        """
        if not wanted and notebook.state is State.ABSENT:
            return
        did = self.when_set if wanted else self.when_removed
        with notebook.writing(f"{did}: {short_title(title)}") as writing:
            if wanted:
                self.put(writing, book, entry, title)
            else:
                writing.remove(self.table, {"book": book, "entry": entry})

    def toggle(self, notebook: Notebook, book: str, entry: str, title: str) -> bool:
        """Marks an entry or takes its mark away; says whether it is marked then.

        Raises:
            NotebookError: it could not be written.
        """
        wanted = not self.is_set(notebook, book, entry)
        self.set(notebook, book, entry, title, wanted=wanted)
        return wanted
