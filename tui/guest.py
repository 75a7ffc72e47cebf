"""What every screen and box is to the app, and how it knows the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tui.failures import Telling

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.host import Host

    _Screen = Screen[Any]
else:
    _Screen = object


class Guest(Telling, _Screen):
    """The part of a screen or a box that knows the app, and what the app tells it.

    Attributes:
        has_missed_changes: whether the notebook has changed while a screen was not shown.
    """

    has_missed_changes = False

    @property
    def casebook(self) -> Host:
        """The app, typed."""
        return cast("Host", self.app)

    # Textual calls these beside those of the screens, so that none has to think of it.

    def on_descendant_focus(self) -> None:
        self.call_after_refresh(self._place_notices)

    def _place_notices(self) -> None:
        """Shows notices where they do not cover what is typed into, or was a moment ago."""
        typed_into = [
            box
            for box in self.query("Input, TextArea")
            if box.region.area and (box.has_focus or box.region.height == 1)
        ]
        height = self.size.height
        is_low = any(box.region.y > height - box.region.bottom for box in typed_into)
        # On the notices alone: a class of the screen has every widget of it styled anew.
        self.query("ToastRack").set_class(is_low, "-above")

    def show_tray(self, tray: tuple[str, ...]) -> None:
        """Another tray is to be shown."""

    def notebook_changed(self) -> None:
        """Something in the notebook has changed: what shows it is drawn anew."""

    def ratings_given(self) -> None:
        """The reader has given a rating of their own, or taken some away."""

    def book_changed(self) -> None:
        """Another edition of the book is open: what shows it is drawn anew."""

    def leave_place(self) -> None:
        """The app is being left: where the reader is, and what they are writing, is kept."""
