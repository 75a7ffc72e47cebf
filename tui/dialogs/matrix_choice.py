"""What a matrix shows: framework, points, and the orders of points and cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from casebook.book.page_values import FrameworkLine
from casebook.comparison.options import MatrixOrder, Shown, SubPoints
from tui import commands
from tui.dialogs.base import Dialog
from tui.widgets.option_list import OptionList


class MatrixChoice(NamedTuple):
    """What is chosen; an order is a rule, or names by hand."""

    framework: str
    shown: Shown
    subpoints: SubPoints
    rows: MatrixOrder | list[str]
    columns: MatrixOrder | list[str]


_SHOWN: dict[Any, str] = {
    Shown.ALL: "all",
    Shown.DIFFERENCES: "those on which cases are known to differ",
    Shown.SHARED: "those that every rated success meets",
    Shown.RATED: "those on which the sources say something",
    Shown.GAPS: "those on which they are silent about a case",
}
_SUBPOINTS: dict[Any, str] = {
    SubPoints.RATED: "where a case is rated",
    SubPoints.ALL: "all",
    SubPoints.NONE: "none",
}
_ROWS: dict[Any, str] = {
    MatrixOrder.FRAMEWORK: "as the framework has them",
    MatrixOrder.AGREEMENT: "by agreement",
    MatrixOrder.MET: "by how many meet them",
}
_COLUMNS: dict[Any, str] = {
    MatrixOrder.FRAMEWORK: "as they were picked",
    MatrixOrder.AGREEMENT: "by agreement with the others",
    MatrixOrder.MET: "by how much they meet",
}


class MatrixChoiceScreen(Dialog[None]):
    """Every choice is seen at once in the matrix behind; esc goes back to it."""

    BINDINGS: ClassVar[list[BindingType]] = [commands.MATRIX_FILTER.binding()]

    def __init__(
        self,
        choice: MatrixChoice,
        frameworks: Sequence[FrameworkLine],
        changed: Callable[[MatrixChoice], None],
    ) -> None:
        super().__init__()
        self.choice = choice
        self.frameworks = frameworks
        self.changed = changed

    def compose(self) -> ComposeResult:
        groups: list[tuple[str, str, dict[Any, str]]] = [
            ("framework", "Framework", {one.slug: one.title for one in self.frameworks}),
            ("shown", "Points", _SHOWN),
            ("subpoints", "Sub-points", _SUBPOINTS),
            ("rows", "Order of points", _ROWS),
            ("columns", "Order of cases", _COLUMNS),
        ]
        with Vertical(classes="box"):
            yield Label("What the matrix shows", classes="box-title")
            yield OptionList(groups, self.choice._asdict())
            yield Static("enter chooses, esc goes back to the matrix", classes="muted")

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.Changed)
    def _changed(self, event: OptionList.Changed) -> None:
        self.changed(MatrixChoice(**event.chosen))

    def action_filter(self) -> None:
        self.dismiss(None)
