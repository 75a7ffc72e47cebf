"""The pack that a book was made of, as the app knows it, and what the app does with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.errors import CasebookError


class EditablePlace(Protocol):
    """A line of a file."""

    @property
    def path(self) -> Path: ...

    @property
    def line(self) -> int: ...


class EditableProblem(Protocol):
    """What is wrong with a pack, and where."""

    @property
    def place(self) -> EditablePlace: ...

    @property
    def words(self) -> str: ...


class EditablePack(Protocol):
    """A pack whose author browses and edits it."""

    def book(self) -> Path:
        """The book of the pack as it is now, built if need be.

        Raises:
            CasebookError: it cannot be built; `problems` says why.
        """

    def has_changed(self) -> bool:
        """Whether the files are others than those that the last book was made of."""

    def problems(self, error: CasebookError) -> Sequence[EditableProblem]:
        """What has kept a book from being built; nothing if it was no fault of the pack."""

    def place_of(self, slug: str, words: str) -> EditablePlace:
        """The file of an entry, and the line on which some words of its page begin.

        Raises:
            CasebookError: the pack has no file of it.
        """


class AuthorsHost(Protocol):
    """What the app does for an author beside what it does for every reader."""

    @property
    def authored(self) -> EditablePack | None:
        """The pack that the book was made of, where that is known."""

    def replace_book(self, book: Book) -> None:
        """Shows another edition of the book in all screens."""

    def show_problems(self, problems: Sequence[EditableProblem]) -> None:
        """Shows what is wrong with the pack."""
