"""What every screen and box does when the terminal changes its size, or is too small for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.events import Resize, ScreenResume
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui.textual_private.pumps import is_sent_by

if TYPE_CHECKING:
    from textual.app import App

    _Screen = Screen[Any]
else:
    _Screen = object

LEAST_WIDTH, LEAST_HEIGHT = 60, 20
"""Cells below which nothing is shown but a sentence that says so."""


def is_too_small(size: Size) -> bool:
    """Whether a terminal is too small for anything but a sentence that says so."""
    return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT


def is_shown(widget: Widget) -> bool:
    """Whether a widget is part of a screen and neither it nor what it stands in is hidden."""
    return widget.is_attached and all(
        node.display for node in widget.ancestors_with_self if isinstance(node, Widget)
    )


def _classes_of_size(app: App[Any]) -> Iterator[str]:
    """The classes by which style sheets know how large the terminal is."""
    width, height = app.size
    for cells, breakpoints in (
        (width, app.HORIZONTAL_BREAKPOINTS),
        (height, app.VERTICAL_BREAKPOINTS),
    ):
        reached = [(least, name) for least, name in breakpoints or () if least <= cells]
        if reached:
            yield max(reached)[1]


class SizedScreen(_Screen):
    """The part of a screen or a box that sees to its size and to the keyboard focus.

    On a terminal that is too small the style sheets hide everything but a sentence. What has
    the focus keeps it there, and whenever the screen is laid out with room, something that is
    shown has the focus: what had it, or else what had it first.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._first_focused: Widget | None = None

    def on_compose(self) -> None:
        # Textual adds these after the first layout, and then lays out and draws all again.
        self.add_class(*_classes_of_size(self.app), update=False)

    def on_mount(self) -> None:
        self.screen_layout_refresh_signal.subscribe(self, self._keep_focus, immediate=True)

    def _on_screen_resume(self, event: ScreenResume) -> None:
        self._tell_size()
        if not self.stack_updates:
            event.refresh_styles = False  # they were found while the widgets were mounted

    async def _on_resize(self, event: Resize) -> None:
        self._tell_size()
        is_known = event.size == self.size and is_sent_by(self, event)
        if is_known and self.classes.issuperset(_classes_of_size(self.app)):
            # A screen that was laid out tells itself its size, and would then be laid out and
            # drawn a second time.
            event.prevent_default()

    def _tell_size(self) -> None:
        """Has the sentence ready where the terminal is too small."""
        if is_too_small(self.app.size) and not self.query("TooSmall"):
            from tui.widgets.too_small import TooSmall

            self.mount(TooSmall())

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        focused = self.focused
        if widget is None:
            is_hidden = focused is not None and focused.is_attached and not is_shown(focused)
            if is_hidden and self.app.app_focus and is_too_small(self.app.size):
                return  # Textual takes the focus from what it hides
        elif self._first_focused is None:
            self._first_focused = widget
        super().set_focus(widget, scroll_visible, from_app_focus)

    def _keep_focus(self, _screen: Screen[Any]) -> None:
        """Sees to it, after each layout, that something that is shown has the focus."""
        app, focused = self.app, self.focused
        if is_too_small(app.size) or not app.app_focus or (focused and is_shown(focused)):
            return
        for widget in self._focusable():
            if widget.focusable and is_shown(widget):
                self.set_focus(widget)
                return

    def _focusable(self) -> Iterator[Widget]:
        """What could have the focus, the likeliest first."""
        if self._first_focused is not None:
            yield self._first_focused
        yield from self.focus_chain
