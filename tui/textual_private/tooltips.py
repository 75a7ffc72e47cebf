"""Textual's tooltips: a widget on every screen, of which Casebook makes no use."""

from __future__ import annotations

from typing import Any

from textual.app import App


def leave_out_tooltips(app: App[Any]) -> None:
    """Has the app put no widget for tooltips on its screens; Textual has no option for that."""
    app._disable_tooltips = True
