"""A question with a few answers."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from tui.dialogs.base import SELECT, Dialog
from tui.widgets.line_view import Line
from tui.widgets.row_list import RowList

_POINTER = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


class AnswerList(RowList):
    """Answers, one a line."""

    DEFAULT_CSS = """
    AnswerList {
        height: auto;
    }
    """

    def __init__(self, labels: list[str]) -> None:
        super().__init__()
        self.labels = labels

    def get_content_height(self, *_: object) -> int:
        return len(self.labels) + 1

    @property
    def line_count(self) -> int:
        return len(self.labels)

    def line(self, y: int) -> Line:
        here = y == self.cursor
        return Line(f"{_POINTER if here else ' '} {self.labels[y]}", (), "cursor" if here else "")


class QuestionScreen(Dialog[str]):
    """Asks, and answers the name of what is chosen; None where the reader goes back.

    Args:
        question: stands above the answers.
        answers: what each is called here, and how it is worded; the first is under the cursor.
    """

    KEYS = (SELECT,)

    def __init__(self, question: str, answers: Mapping[str, str]) -> None:
        super().__init__()
        self.question = question
        self.answers = dict(answers)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label(self.question, classes="box-title", markup=False)
            yield AnswerList(list(self.answers.values()))

    def on_mount(self) -> None:
        self.query_one(AnswerList).focus()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(list(self.answers)[event.row])
