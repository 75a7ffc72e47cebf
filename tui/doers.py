"""Which widget does what a command asks for."""

from __future__ import annotations

from typing import Any

from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget


def doer_of(screen: Screen[Any], action: str) -> DOMNode:
    """What the key of an action reaches, or would reach in another part of the screen.

    Args:
        action: as Textual writes it: `open`, `zoom(1)`, `app.focus_next`.
    """
    for active in screen.active_bindings.values():
        if active.binding.action == action:
            return active.node
    method = f"action_{action.partition('(')[0]}"
    return next((part for part in screen.query(Widget) if hasattr(part, method)), screen)
