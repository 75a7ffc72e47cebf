"""Starts the app: looks at the terminal and the book first, and leaves both as they were."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from casebook import paths
from casebook.book.connection import open_book
from casebook.errors import CasebookError, Exit
from tui.environment import heed_only_known_words

if TYPE_CHECKING:
    from casebook.seminar.class_places import ClassPlace
    from casebook.seminar.planned import Seminar
    from tui.authors_host import EditablePack


class TerminalError(CasebookError):
    """The app has no terminal to run on."""

    exit_code = Exit.TERMINAL


def run_app(
    book: Path | None = None,
    notebook: Path | None = None,
    authored: EditablePack | None = None,
    *,
    tour: bool = False,
    shown_class: ClassPlace | None = None,
    presented: Seminar | None = None,
    begins_anew: bool = False,
) -> int:
    """Runs the app until the reader leaves and says the exit code.

    Args:
        authored: the pack that the book was made of, to be edited.
        tour: begin with the guided tour, whether or not it was shown before.
        shown_class: begin with the answers of this class, and with no tour.
        presented: begin with this seminar on a projector, and with no tour.
        begins_anew: forget where that seminar stood and what was revealed in it.

    Raises:
        CasebookError: there is no terminal, or the book cannot be opened.
    """
    _check_terminal()
    with open_book(paths.chosen_book(book), is_checked_later=True) as opened:
        heed_only_known_words(os.environ)
        from tui.app import CasebookApp, Start

        kept, settings = paths.notebook(notebook), paths.settings()
        is_for_class = shown_class is not None or presented is not None
        wants_tour = tour or (not is_for_class and _is_first_start(kept, settings))
        start = Start(
            opened,
            kept,
            settings,
            authored,
            wants_tour,
            shown_class,
            presented,
            begins_anew=begins_anew,
        )
        app = CasebookApp(start)
        app.run()
        app.keeper.close()
        app.book.close()
    if app.keeper.lost_words:
        _hand_back(app.keeper.lost_words)
    if app.crash is not None:
        from casebook.crash import tell_crash

        tell_crash(app.crash)
        return Exit.CRASH
    return app.return_code or (Exit.NOTEBOOK if app.keeper.lost_words else Exit.OK)


def _is_first_start(notebook: Path, settings: Path) -> bool:
    """Whether nothing was ever kept, and nobody has said that no tour is wanted."""
    if os.environ.get("CASEBOOK_TOUR") == "no":
        return False
    return not (notebook.exists() or settings.exists())


def _hand_back(words: str) -> None:
    """Prints what was being written and could not be kept, so that it can be copied."""
    print(f"casebook: your note could not be saved. Here it is:\n\n{words}\n", file=sys.stderr)


def _check_terminal() -> None:
    """Raises a `TerminalError` where keys could not come in or the screen not go out."""
    advice = "`casebook --help` lists the commands that need no terminal."
    if not _is_terminal(sys.__stdin__):
        raise TerminalError(f"The app needs a keyboard, but its input is not a terminal. {advice}")
    if not _is_terminal(sys.__stdout__) or not _is_terminal(sys.__stderr__):
        raise TerminalError(f"The app needs a screen, but its output is not a terminal. {advice}")


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal; Python has none where the shell has closed it."""
    return stream is not None and stream.isatty()
