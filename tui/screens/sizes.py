"""What every screen and box does on a terminal that is too small for it."""

from __future__ import annotations

from typing import Any

from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

LEAST_WIDTH, LEAST_HEIGHT = 60, 20
"""Cells below which nothing is shown but a sentence that says so."""


def is_too_small(size: Size) -> bool:
    """Whether a terminal is too small for anything but a sentence that says so."""
    return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT


class SizeGuard:
    """Hides a screen on a terminal that is too small for it, and brings it back.

    The style sheets hide everything but the sentence; what had the focus gets it back
    afterwards. The screen calls `check` when it comes to the front and when it is resized.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._had_focus: Widget | None = None

    def check(self) -> None:
        """Shows the sentence or the screen, whichever the terminal has room for."""
        screen = self._screen
        if is_too_small(screen.app.size):
            self._had_focus = screen.focused or self._had_focus
            if not screen.query("TooSmall"):
                from tui.widgets.too_small import TooSmall

                screen.mount(TooSmall())
        elif self._had_focus is not None:
            screen.call_after_refresh(self._focus_again, self._had_focus)
            self._had_focus = None

    def _focus_again(self, before: Widget) -> None:
        """Gives the focus back to what had it, unless something else has it by now."""
        if self._screen.focused is None and before.is_attached and before.focusable:
            self._screen.set_focus(before)

    @property
    def remembered_focus(self) -> Widget | None:
        """What has the focus, or will have it again when there is room."""
        return self._screen.focused or self._had_focus
