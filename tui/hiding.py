"""While the reader rates cases themselves, the book's ratings of them are on no screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from casebook.book.hiding import NOTHING, Hiding
from casebook.errors import CasebookError

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from tui.predictions import Predictions


class HidingApp(Protocol):
    """What hiding needs of the app."""

    tray: tuple[str, ...]

    @property
    def book(self) -> Book: ...

    @property
    def predictions(self) -> Predictions: ...

    def keep_predicting(self, *, is_on: bool) -> None:
        """Keeps whether the reader is rating, for the next time."""

    def ratings_changed(self) -> None:
        """Draws anew what shows ratings, and closes what would show them still."""


class RatingsHider:
    """Hides the book's ratings of the compared cases while the reader gives their own.

    They are hidden where the book is read, so that no screen has to think of it; see
    `casebook.book.hidden`.

    Attributes:
        is_on: the reader is rating.
    """

    def __init__(self, app: HidingApp) -> None:
        self._app = app
        self.is_on = False

    def turn(self, *, is_on: bool) -> None:
        """Begins or ends the hiding, also for the next time that the app is opened."""
        if is_on is not self.is_on:
            self.is_on = is_on
            self._app.keep_predicting(is_on=is_on)
        self.refresh()

    def refresh(self) -> None:
        """Hides what is to be hidden now: after another rating, reveal, undo or tray."""
        if not self.is_on and not self._app.book.hidden.entries:
            return
        from casebook.book.hidden import hide

        hiding = self._wanted()
        if hiding != self._app.book.hidden:
            hide(self._app.book, hiding)
            self._app.ratings_changed()

    def _wanted(self) -> Hiding:
        if not self.is_on:
            return NOTHING
        from casebook.book.lists import frameworks

        entries = frozenset(self._app.tray)
        seen: set[tuple[str, str, str]] = set()
        whole: set[tuple[str, str]] = set()
        for framework in frameworks(self._app.book):
            points = frozenset(each.key for each in framework.criteria if not each.depth)
            try:
                revealed = self._revealed(entries, framework.slug)
                whole_entries = self._app.predictions.revealed_entries(framework.slug)
            except CasebookError:
                continue  # what is not known to have been revealed stays hidden
            seen |= {(slug, framework.slug, key) for slug, key in revealed}
            whole |= {
                (slug, framework.slug)
                for slug in entries
                if slug in whole_entries
                or (points and points <= {key for each, key in revealed if each == slug})
            }
        return Hiding(entries, frozenset(seen), frozenset(whole))

    def _revealed(self, entries: Iterable[str], framework: str) -> set[tuple[str, str]]:
        known = self._app.predictions.known(entries, framework)
        return {key for key, answer in known.items() if answer.is_revealed}
