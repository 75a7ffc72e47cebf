"""What a matrix shows: framework, points, and the orders of points and cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label

from casebook.book.page_values import FrameworkLine
from casebook.comparison.options import MatrixOrder, Shown, SubPoints
from tui import commands
from tui.dialogs.base import Dialog
from tui.screens.matrix_orders import MatrixChoice
from tui.widgets.option_list import ChoiceList

_SHOWN: dict[Any, str] = {
    Shown.ALL: "all",
    Shown.DIFFERENCES: "only those on which cases are known to differ",
    Shown.SHARED: "only those that every rated success meets",
    Shown.RATED: "only those on which the sources say something",
    Shown.GAPS: "only those on which the sources are silent about a case",
}
_SUBPOINTS: dict[Any, str] = {
    SubPoints.RATED: "where a case is rated",
    SubPoints.ALL: "all",
    SubPoints.NONE: "none",
}
_ROWS: dict[Any, str] = {
    MatrixOrder.FRAMEWORK: "in the order of the framework",
    MatrixOrder.AGREEMENT: "by agreement",
    MatrixOrder.MET: "by how many cases meet them",
}
_COLUMNS: dict[Any, str] = {
    MatrixOrder.FRAMEWORK: "in the order in which they were added",
    MatrixOrder.AGREEMENT: "by agreement with the others",
    MatrixOrder.MET: "by how many points they meet",
}


class MatrixChoiceScreen(Dialog[None]):
    """Every choice is seen at once in the matrix behind; esc goes back to it."""

    BINDINGS: ClassVar[list[BindingType]] = [commands.MATRIX_FILTER.binding()]
    WAY_OUT = commands.BACK._replace(footer="close")

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
            ("framework", "Framework", {line.slug: line.title for line in self.frameworks}),
            ("shown", "Points", _SHOWN),
            ("subpoints", "Sub-points", _SUBPOINTS),
            ("rows", "Order of points", _ROWS),
            ("columns", "Order of cases", _COLUMNS),
        ]
        with Vertical(classes="box"):
            yield Label("Filter and sort the comparison", classes="box-title")
            yield ChoiceList(groups, self.choice._asdict())

    def on_mount(self) -> None:
        self.query_one(ChoiceList).focus()

    @on(ChoiceList.ChosenAgain)
    def _chosen_again(self) -> None:
        self.casebook.say("This is already selected.")

    @on(ChoiceList.Changed)
    def _changed(self, event: ChoiceList.Changed) -> None:
        self.changed(MatrixChoice(**event.chosen))

    def action_filter(self) -> None:
        self.dismiss(None)
