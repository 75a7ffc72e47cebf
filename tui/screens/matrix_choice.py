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
from casebook.comparison import Order, Shown, SubPoints
from tui import commands
from tui.screens.dialog import Dialog
from tui.widgets.line_view import Line, Run
from tui.widgets.row_list import RowList


class MatrixChoice(NamedTuple):
    """What is chosen; an order is a rule, or names by hand."""

    framework: str
    shown: Shown
    subpoints: SubPoints
    rows: Order | list[str]
    columns: Order | list[str]


class Option(NamedTuple):
    """One of several values of a field of the choice."""

    field: str
    value: Any
    label: str


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
    Order.FRAMEWORK: "as the framework has them",
    Order.AGREEMENT: "by agreement",
    Order.MET: "by how many meet them",
}
_COLUMNS: dict[Any, str] = {
    Order.FRAMEWORK: "as they were picked",
    Order.AGREEMENT: "by agreement with the others",
    Order.MET: "by how much they meet",
}


class OptionList(RowList):
    """Options under their titles, one of each group chosen."""

    DEFAULT_CSS = """
    OptionList {
        height: 1fr;
    }
    """

    def __init__(self, choice: MatrixChoice, frameworks: Sequence[FrameworkLine]) -> None:
        super().__init__()
        self.choice = choice
        groups: list[tuple[str, str, dict[Any, str]]] = [
            ("Framework", "framework", {one.slug: one.title for one in frameworks}),
            ("Points", "shown", _SHOWN),
            ("Sub-points", "subpoints", _SUBPOINTS),
            ("Order of points", "rows", _ROWS),
            ("Order of cases", "columns", _COLUMNS),
        ]
        self.options: list[Option | str] = []
        for title, field, options in groups:
            self.options.append(title)
            self.options += [Option(field, value, label) for value, label in options.items()]

    @property
    def line_count(self) -> int:
        return len(self.options)

    def can_choose(self, row: int) -> bool:
        return isinstance(self.options[row], Option)

    def is_chosen(self, option: Option) -> bool:
        return bool(getattr(self.choice, option.field) == option.value)

    def line(self, y: int) -> Line:
        option = self.options[y]
        if isinstance(option, str):
            return Line(f" {option}", (Run(0, len(option) + 1, "heading"),))
        here = y == self.cursor
        pointer = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if here else " "
        chosen = self.is_chosen(option)
        text = f"{pointer} ({'x' if chosen else ' '}) {option.label}"
        runs = (Run(1, len(text), "picked"),) if chosen else ()
        return Line(text, runs, "cursor" if here else "")


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
        with Vertical(classes="box"):
            yield Label("What the matrix shows", classes="box-title")
            yield OptionList(self.choice, self.frameworks)
            yield Static("enter chooses, esc goes back to the matrix", classes="muted")

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.focus()
        options.action_top()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        options = self.query_one(OptionList)
        option = options.options[event.row]
        if isinstance(option, Option):
            options.choice = options.choice._replace(**{option.field: option.value})
            options.lines_changed()
            self.changed(options.choice)

    def action_filter(self) -> None:
        self.dismiss(None)
