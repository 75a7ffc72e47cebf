"""Doing what a key stands for at once."""

from __future__ import annotations

from typing import Any

from textual.app import App


async def act_on_key(app: App[Any], key: str) -> bool:
    """Runs the action that a key is bound to, and says whether there is one.

    Textual does this when the key has passed through the queues of the app, the screen and
    the widget, and has no other way.
    """
    return await app._check_bindings(key, priority=True) or await app._check_bindings(key)


async def act_on_app_key(app: App[Any], key: str) -> None:
    """Runs the action that the app itself has for a key, whatever has the focus."""
    for binding in app._bindings.key_to_bindings.get(key, ()):
        await app.run_action(binding.action, app)
