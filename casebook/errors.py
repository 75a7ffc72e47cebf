"""The failures a person is told about, each with the exit code it ends in."""

from __future__ import annotations

from enum import IntEnum

from casebook.safe_text import made_safe


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
        message: what is wrong and, where possible, what would be right. Whatever it quotes
            (a name that was typed, a text of a book, another library's words) is made safe
            to show, here and so for every message.
    """

    exit_code: Exit = Exit.FAILED

    def __init__(self, message: str) -> None:
        self.message = made_safe(message)
        super().__init__(self.message)


class BookError(CasebookError):
    """The file is not a book that can be opened."""

    exit_code = Exit.BOOK


class InterruptedQueryError(BookError):
    """A query took longer than it may, or nobody waits for it any more."""


class AlreadyThereError(CasebookError):
    """Something stands where a file or folder is to be written; it is not replaced unasked."""


class OutputError(CasebookError):
    """Standard output takes no more, as on a full disk, or is closed."""


class NotFoundError(CasebookError):
    """Nothing in the book bears that name."""


class NotebookError(CasebookError):
    """The notebook could not be opened, read or written; nothing of it has changed."""

    exit_code = Exit.NOTEBOOK
