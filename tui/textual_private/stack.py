"""The stack of screens, which Textual lets grow and shrink at its top only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen


def drop_from_stack(app: App[Any], at: int) -> Screen[Any]:
    """Takes a screen that is not the last one out of the stack, and answers it."""
    screen = app._screen_stack.pop(at)
    screen._pop_result_callback()
    return screen
