"""What is wrong with a pack, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from casebook.line_wrap import wrap
from tui import commands
from tui.dialogs.base import Dialog
from tui.widgets.line_view import Line
from tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from tui.authors_host import EditableProblem


class ProblemList(RowList):
    """The problems, each over as many lines as it takes."""

    OPENS_ON_CLICK = True

    def __init__(self, problems: Sequence[EditableProblem]) -> None:
        super().__init__(id="problems")
        self.problems = problems
        self.rows: list[tuple[int, str]] = []

    def relaid(self) -> None:
        at = self.rows[self.cursor][0] if self.rows else 0
        self.rows = list(self._laid_out(max(self.size.width - 3, 10)))
        self.cursor = next((y for y, (number, _) in enumerate(self.rows) if number == at), 0)

    def _laid_out(self, width: int) -> Iterator[tuple[int, str]]:
        for number, problem in enumerate(self.problems):
            for start, end in wrap(problem.words, width):
                yield number, problem.words[start:end]

    @property
    def line_count(self) -> int:
        return len(self.rows)

    def can_choose(self, row: int) -> bool:
        """The first line of each problem."""
        return row == 0 or self.rows[row - 1][0] != self.rows[row][0]

    def line(self, y: int) -> Line:
        number, words = self.rows[y]
        here = number == self.rows[self.cursor][0]
        pointer = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if y == self.cursor else " "
        return Line(f"{pointer} {words}", (), "cursor" if here else "")

    def watch_cursor(self, before: int, now: int) -> None:
        super().watch_cursor(before, now)
        self.lines_changed()

    @property
    def chosen(self) -> EditableProblem:
        return self.problems[self.rows[self.cursor][0]]


class ProblemsScreen(Dialog[Any]):
    """Answers the place that is to be mended."""

    KEYS = (commands.OPEN._replace(footer="open the line in your editor"),)
    WAY_OUT = commands.BACK._replace(footer="close")

    def __init__(self, problems: Sequence[EditableProblem]) -> None:
        super().__init__()
        self.problems = problems

    def compose(self) -> ComposeResult:
        count = len(self.problems)
        things = "an error" if count == 1 else f"{count} errors"
        with Vertical(classes="box"):
            yield Label(f"The pack has {things}; the book was not rebuilt", classes="box-title")
            yield ProblemList(self.problems)

    def on_mount(self) -> None:
        self.query_one(ProblemList).focus()

    @on(RowList.Chosen)
    def _chosen(self) -> None:
        self.dismiss(self.query_one(ProblemList).chosen.place)
