"""The question before an address outside the book is opened."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import urlsplit

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from casebook.hosts import shown_host
from casebook.safe_text import made_safe_line
from tui import commands
from tui.command import Command
from tui.dialogs.base import Dialog


class AddressScreen(Dialog[None]):
    """Names the host and asks; only http and https are ever opened."""

    ACTIONS: ClassVar[tuple[Command, ...]] = (commands.OPEN, commands.BACK)
    BINDINGS: ClassVar[list[BindingType]] = [commands.OPEN.binding()]

    @property
    def keys(self) -> tuple[Command, ...]:
        return (commands.OPEN,) if _host(self.address) is not None else ()

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def compose(self) -> ComposeResult:
        host = _host(self.address)
        with Vertical(classes="box small"):
            if host is None:
                yield Label("This link is not opened", classes="box-title")
                yield Static("Casebook opens http and https addresses only.", markup=False)
            else:
                yield Label(
                    f"Open {shown_host(host)} in the browser?", classes="box-title", markup=False
                )
                yield Static(_shown(self.address), markup=False)

    def action_open(self) -> None:
        if _host(self.address) is not None:
            self.casebook.open_address(self.address)
        self.dismiss(None)


_READ_OTHERWISE = re.compile(r"[\\\x00-\x20\x7f]")


def _host(address: str) -> str | None:
    """The host of an http(s) address, as it is written; None for any other address.

    What browsers read otherwise than `urlsplit` is no address: they take `\\` for `/`, and leave
    out blanks and controls, so that another host would be opened than was asked about.
    """
    if _READ_OTHERWISE.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or address.startswith("-"):
        return None
    return parts.hostname


def _shown(address: str) -> str:
    """A whole address, in which the host looks as it does in the question."""
    parts = urlsplit(address)
    before, at, host_and_port = parts.netloc.rpartition("@")
    host, port = _without_port(host_and_port)
    shown = parts._replace(netloc=f"{before}{at}{shown_host(host.lower())}{port}")
    return made_safe_line(shown.geturl())


def _without_port(place: str) -> tuple[str, str]:
    """A host, and what stands behind it: `:8080`, or nothing."""
    if place.startswith("["):
        host, bracket, port = place.partition("]")
        return f"{host}{bracket}", port
    host, colon, port = place.partition(":")
    return host, f"{colon}{port}"
