"""The way back: every place that the reader has been to, and how it was when they left it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tui.guest import Guest
from tui.screens.base import CasebookScreen
from tui.textual_private.pumps import dismiss_hints
from tui.textual_private.stack import drop_from_stack, forget_drawings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App

Kind = TypeVar("Kind", bound=CasebookScreen)

MOST_PLACES = 40
"""Places that are kept to go back to, besides the library; the oldest are given up."""


class TrailPlace(NamedTuple):
    """A screen as it was when the reader left it.

    Attributes:
        crumb: its name in the title of what was opened from it.
        kept: what the screen needs to look as it did, should it have changed since.
    """

    screen: CasebookScreen
    crumb: str
    kept: Any


def _as_left(screen: CasebookScreen) -> TrailPlace:
    return TrailPlace(screen, screen.crumb, screen.place_kept())


def _is_drawn_once(screen: CasebookScreen) -> bool:
    """Whether a screen does nothing when the book changes."""
    return type(screen).book_changed is Guest.book_changed


class Trail:
    """The places before the one that is shown, and those that going back has left.

    Each place is a screen on Textual's stack, so that it stays as it is while another is
    shown. A screen that stands for one thing (the library, the notebook, the comparison) may
    be on the stack more than once; what it looked like is kept for each time.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._before: list[TrailPlace] = []
        self._after: list[TrailPlace] = []

    @property
    def crumbs(self) -> Sequence[str]:
        """The names of the places before the one that is shown, the library first."""
        return [place.crumb for place in self._places_before()]

    @property
    def here(self) -> CasebookScreen:
        """The screen that is shown, below any box."""
        return self._screens()[-1]

    def find(self, kind: type[Kind]) -> Kind | None:
        """The screen of a kind that was opened last, or None."""
        return next((it for it in reversed(self._screens()) if isinstance(it, kind)), None)

    def go(self, screen: CasebookScreen) -> None:
        """Shows another place; the way back leads here."""
        self.forget_after()
        self._leave_for(screen)
        if len(self._before) > MOST_PLACES:
            del self._before[1]
            dropped = drop_from_stack(self._app, 1)
            if isinstance(dropped, CasebookScreen):
                self._let_go(dropped)

    def back(self, steps: int = 1) -> bool:
        """Goes back, and answers whether there was somewhere to go."""
        places = self._places_before()
        count = min(steps, len(places))
        for _ in range(count):
            leaving = self.here
            self._after.append(_as_left(leaving))
            if not self._app.is_screen_installed(leaving):
                # Textual takes down what is not installed when it leaves the stack.
                self._app.install_screen(leaving, f"place-{id(leaving)}")
            before = places.pop()
            self._close_boxes()
            dismiss_hints(self._app)
            self._app.pop_screen()
            before.screen.take_place(before.kept)
        return count > 0

    def forward(self) -> bool:
        """Goes to where `back` came from, and answers whether there was such a place."""
        if not self._after:
            return False
        place = self._after.pop()
        self._leave_for(place.screen)
        place.screen.take_place(place.kept)
        return True

    def _leave_for(self, screen: CasebookScreen) -> None:
        self._places_before().append(_as_left(self.here))
        self._close_boxes()
        dismiss_hints(self._app)  # they were of the place that is left
        self._app.push_screen(screen)

    def _close_boxes(self) -> None:
        while self._app.screen is not self.here:
            self._app.pop_screen()

    def _screens(self) -> list[CasebookScreen]:
        return [it for it in self._app.screen_stack if isinstance(it, CasebookScreen)]

    def _places_before(self) -> list[TrailPlace]:
        """The places before the one that is shown.

        A screen may have closed itself, or have been put on the stack by another hand.
        """
        before = self._screens()[:-1]
        del self._before[len(before) :]
        self._before += [_as_left(screen) for screen in before[len(self._before) :]]
        return self._before

    def forget_after(self) -> None:
        """Gives up the places that going forward would show."""
        forgotten, self._after = self._after, []
        for place in forgotten:
            self._let_go(place.screen)

    def leave_places_drawn_once(self) -> None:
        """Goes back from, and gives up, the places that are not drawn anew when the book changes.

        They would still show what the book said before.
        """
        if _is_drawn_once(self.here):
            self.back()
        self.forget_after()
        places = self._places_before()
        for at in reversed(range(len(places))):
            if _is_drawn_once(places[at].screen):
                self._drop(places.pop(at).screen)

    def _drop(self, screen: CasebookScreen) -> None:
        """Takes a screen off the stack, from below others."""
        dropped = drop_from_stack(self._app, self._app.screen_stack.index(screen))
        if isinstance(dropped, CasebookScreen):
            self._let_go(dropped)

    def _let_go(self, screen: CasebookScreen) -> None:
        """Takes down a screen that is no longer to be shown."""
        if screen not in self._app.screen_stack and screen.is_attached:
            self._app.uninstall_screen(screen)
            screen.remove()
            forget_drawings()
