"""The question before an address outside the book is opened."""

from __future__ import annotations

import webbrowser
from typing import ClassVar
from urllib.parse import urlsplit

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from casebook.hosts import shown_host
from casebook.safe_text import made_safe_line
from tui import commands
from tui.commands import Command
from tui.dialogs.base import Dialog


class AddressScreen(Dialog[None]):
    """Names the host and asks; only http and https are ever opened."""

    ACTIONS: ClassVar[tuple[Command, ...]] = (commands.OPEN, commands.BACK)
    BINDINGS: ClassVar[list[BindingType]] = [commands.OPEN.binding()]

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def compose(self) -> ComposeResult:
        parts = _parts(self.address)
        with Vertical(classes="box small"):
            if parts is None:
                yield Label("This link is not opened", classes="box-title")
                yield Static("Casebook opens http and https addresses only.", markup=False)
            else:
                yield Label(f"Open {parts} in the browser?", classes="box-title", markup=False)
                yield Static(made_safe_line(self.address), markup=False)
                yield Static("enter opens it, esc leaves it", markup=False, classes="muted")

    def action_open(self) -> None:
        if _parts(self.address) is not None:
            webbrowser.open(self.address)
        self.dismiss(None)


def _parts(address: str) -> str | None:
    """The host of an http(s) address, else None."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or address.startswith("-"):
        return None
    return shown_host(parts.hostname)
