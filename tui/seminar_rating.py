"""Opens the cases of the seminar that a book was made for, to be rated on its points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from casebook.seminar.rating import asked_ratings

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from tui.emptied_tray import EmptiedTray
    from tui.trail import Trail


class SeminarApp(Protocol):
    """What rating a seminar needs of the app."""

    tray: tuple[str, ...]
    trail: Trail

    @property
    def book(self) -> Book: ...

    @property
    def emptied_tray(self) -> EmptiedTray: ...

    def fill_tray(self, slugs: Sequence[str]) -> None:
        """Puts these entries into the tray, and no others."""

    def hide_ratings(self, *, is_on: bool) -> None:
        """Hides the book's ratings of the compared cases, or shows them again."""


def rate_seminar(app: SeminarApp) -> bool:
    """Puts the seminar's cases into the tray, and asks for ratings with the book's hidden.

    What was in the tray is brought back by undoing.

    Returns:
        False where the book was not made for a seminar.
    """
    from tui.screens.comparison import ComparisonScreen

    asked = asked_ratings(app.book)
    if asked is None:
        return False
    if not asked.holds(asked.seminar.framework, app.tray):
        app.emptied_tray.remember(app.tray)
    app.fill_tray(asked.cases)
    app.hide_ratings(is_on=True)
    here = app.trail.here
    screen = app.trail.find(ComparisonScreen) or ComparisonScreen()
    if screen is not here:
        app.trail.go(screen)
    screen.hold_against(asked.seminar.framework)
    return True
