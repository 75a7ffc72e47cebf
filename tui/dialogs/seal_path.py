"""Reveals what is sealed in a students' edition, by the file that the lecturer has handed out."""

from __future__ import annotations

import os
from pathlib import Path

from casebook.errors import BookError, CasebookError
from casebook.seal_file import ENDING, Revealed, reveal
from tui.dialogs.path import PathDialog


class SealPathScreen(PathDialog[Revealed]):
    """Answers what has come of breaking a seal.

    Args:
        book: the students' edition that is open.
    """

    def __init__(self, book: Path) -> None:
        super().__init__(
            "Reveal sealed answers",
            _likely_seal(book),
            f"book{ENDING}",
            "The .seal file that your lecturer has handed out. enter reveals, esc cancels",
        )
        self._book = book

    def used(self, path: Path) -> Revealed:
        try:
            return reveal(path, self._book)
        except BookError as error:
            # Windows replaces no file that is open.
            raise CasebookError(
                f"{error.message} Leave Casebook and run `casebook reveal` with the file."
            ) from None


def _likely_seal(book: Path) -> str:
    """The seal beside the book, else its folder, as they stand in the box."""
    folder = Path(os.path.abspath(book)).parent
    try:
        found = sorted(path for path in folder.glob(f"*{ENDING}") if path.is_file())
    except OSError:
        found = []
    return str(found[0]) if found else f"{folder}{os.sep}"
