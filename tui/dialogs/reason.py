"""Why a reader rates a cell as they do."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.comparison.prediction import ReaderRating
from casebook.rating_signs import signed_rating
from tui.dialogs.base import Dialog

LONGEST_REASON = 1000


class ReasonScreen(Dialog[str]):
    """Answers the reason."""

    def __init__(self, cell: str, answer: ReaderRating) -> None:
        super().__init__()
        self.cell = cell
        self.answer = answer

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label(
                f"{self.cell}: {signed_rating(self.answer.rating)}",
                classes="box-title",
                markup=False,
            )
            yield Input(
                self.answer.reason,
                placeholder="Because \N{HORIZONTAL ELLIPSIS}",
                id="reason",
                max_length=LONGEST_REASON,
            )
            yield Static("enter saves the reason, esc cancels", classes="muted")

    def on_mount(self) -> None:
        box = self.query_one(Input)
        box.focus()
        box.cursor_position = len(box.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())
