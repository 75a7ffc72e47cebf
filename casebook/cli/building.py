"""Building, as a person at a terminal sees it; and the pack that is read in place of a book."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook.cli.output import raw_stderr
from casebook.errors import CasebookError
from casebook.paths import book_below

if TYPE_CHECKING:
    from casebook.pack.authored import AuthoredPack


def built_pack(pack: Path, book: Path | None, on: Path | None = None) -> AuthoredPack:
    """A pack that is read in place of a book, built if it has changed.

    Args:
        book: what was named as the book to read, beside the pack.
        on: the book that it stands on: a file, or `casebook`.

    Raises:
        PackError: the pack has errors.
        CasebookError: a book is named too, there is not a pack, or it cannot be built.
    """
    from casebook.pack.authored import AuthoredPack

    if book is not None:
        raise CasebookError("--book and --pack both say what is to be read; name one of them.")
    authored = AuthoredPack(pack, book_below(on) if on else None)
    with progress_bar("Building") as progress:
        authored.book(progress)
    return authored


def named_pack(pack: Path | None) -> Path:
    """The pack that a book was named for as what it stands on.

    Raises:
        CasebookError: no pack is named.
    """
    if pack is None:
        raise CasebookError("--on says what a pack stands on; name the pack with --pack FOLDER.")
    return pack


class progress_bar:  # noqa: N801  (reads as a function)
    """A progress bar on standard error, where that is a terminal."""

    def __init__(self, verb: str) -> None:
        self.verb = verb
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> Any:
        gc.enable()
        if not sys.stderr.isatty():
            return None
        from rich.console import Console
        from rich.progress import Progress

        # A bar is drawn with escapes; nothing else gets the stream behind the gate.
        self.bar = Progress(console=Console(file=raw_stderr()), transient=True)
        self.bar.start()
        self.task = self.bar.add_task(self.verb, total=None)
        return self._advance

    def begin(self, words: str) -> Any:
        """Begins another part of the work, and says what tells the bar how far it has come."""
        if self.bar is None:
            return None
        self.bar.reset(self.task, total=None, description=words)
        return self._advance

    def _advance(self, done: int, total: int) -> None:
        self.bar.update(self.task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()
