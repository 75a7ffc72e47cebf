"""The tags of an entry."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from tui.dialogs.base import SUBMIT, Dialog


class TagScreen(Dialog[list[str]]):
    """Answers the tags that the entry is to have."""

    KEYS = (SUBMIT,)

    def __init__(self, title: str, tags: Sequence[str], known: Sequence[str]) -> None:
        super().__init__()
        self.entry_title = title
        self.tags = tags
        self.known = known

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label(f"Tags of {self.entry_title}", classes="box-title", markup=False)
            yield Input(
                ", ".join(self.tags), placeholder="Tags, for example export, bells", id="tags"
            )
            used = ", ".join(name for name in self.known if name not in self.tags)
            if used:
                yield Static(f"Used before: {used}", markup=False, classes="muted")
            yield Static(
                "Separate tags with commas.",
                markup=False,
                classes="muted",
            )

    def on_mount(self) -> None:
        box = self.query_one(Input)
        box.focus()
        box.cursor_position = len(box.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        names = [name.strip().lstrip("#").strip() for name in event.value.split(",")]
        self.dismiss([name for name in names if name])
