"""What every screen and box does on a terminal that is too small for it."""

from __future__ import annotations

from typing import Any

from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui.failures import Telling

LEAST_WIDTH, LEAST_HEIGHT = 60, 20
"""Cells below which nothing but a polite word is shown."""


def is_too_small(size: Size) -> bool:
    """Whether a terminal is too small for anything but a word that says so."""
    return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT


class SizeMinding(Telling, Screen[Any]):
    """The part of a screen that gives way to a word on a terminal that is too small.

    The style sheets hide everything else; what had the focus gets it back afterwards.
    """

    _had_focus: Widget | None = None

    def on_screen_resume(self) -> None:
        self._mind_the_size()

    def on_resize(self) -> None:
        self._mind_the_size()

    def _mind_the_size(self) -> None:
        if is_too_small(self.app.size):
            self._had_focus = self.focused or self._had_focus
            if not self.query("TooSmall"):
                from tui.widgets.too_small import TooSmall

                self.mount(TooSmall())
        elif self._had_focus is not None:
            self.call_after_refresh(self._focus_again, self._had_focus)
            self._had_focus = None

    def _focus_again(self, before: Widget) -> None:
        """Gives the focus back to what had it, unless something else has it by now."""
        if self.focused is None and before.is_attached and before.focusable:
            self.set_focus(before)

    @property
    def remembered_focus(self) -> Widget | None:
        """What has the focus, or will have it again when there is room."""
        return self.focused or self._had_focus
