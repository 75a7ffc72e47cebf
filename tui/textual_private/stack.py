"""The stack of screens, which Textual lets grow and shrink at its top only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual._styles_cache import StylesCache

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen


def drop_from_stack(app: App[Any], at: int) -> Screen[Any]:
    """Takes a screen that is not the last one out of the stack, and answers it."""
    screen = app._screen_stack.pop(at)
    screen._pop_result_callback()
    return screen


def forget_drawings() -> None:
    """Lets go of what Textual keeps of the drawings of widgets that are gone.

    It remembers the colours of borders by the drawing that asked for them, a thousand of them,
    and so keeps every line of every page that was closed.
    """
    StylesCache.get_inner_outer.cache_clear()
