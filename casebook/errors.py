"""The failures a person is told about, each with the exit code it ends in."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the ``casebook`` command, as ``docs/commands.md`` lists them."""

    OK = 0
    FAILED = 1
    """What was asked could not be done: a pack with errors, an entry that is not there."""
    USAGE = 2
    """The command line itself was wrong (Click's own code)."""
    BOOK = 3
    """The book could not be opened or read."""
    NOTEBOOK = 4
    """The notebook could not be opened, read or written."""
    TERMINAL = 5
    """The app needs a terminal and has none."""
    CRASH = 70
    """A fault in Casebook itself (EX_SOFTWARE of sysexits.h)."""


class CasebookError(Exception):
    """A failure with one sentence for the person in front of the screen.

    Args:
        message: what is wrong and, where possible, what would be right.
    """

    exit_code: Exit = Exit.FAILED

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BookError(CasebookError):
    """The file is not a book that can be opened."""

    exit_code = Exit.BOOK


class InterruptedQueryError(BookError):
    """A query took longer than it may, or nobody waits for it any more."""


class NotFoundError(CasebookError):
    """Nothing in the book bears that name."""


class NotebookError(CasebookError):
    """The notebook could not be opened, read or written; nothing of it has changed."""

    exit_code = Exit.NOTEBOOK
