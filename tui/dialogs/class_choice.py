"""What is shown of a class: the round, the order of the points, and what is withheld."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static

from casebook.seminar.class_limits import FEWEST_SHOWN
from tui import commands
from tui.dialogs.base import Dialog
from tui.screens.class_choice import ClassChoice
from tui.widgets.option_list import ChoiceList

_ORDERS: dict[Any, str] = {
    "divided": "the most divided first",
    "plan": "in the order of the plan",
}
_WITHHELD: dict[Any, str] = {
    0: "none",
    3: "of fewer than 3 students",
    FEWEST_SHOWN: f"of fewer than {FEWEST_SHOWN} students",
    10: "of fewer than 10 students",
}


class ClassChoiceScreen(Dialog[None]):
    """Every choice is seen at once in the matrix behind; esc goes back to it.

    Args:
        rounds: that have answers.
        changed: is told of every choice.
    """

    BINDINGS: ClassVar[list[BindingType]] = [commands.CLASS_FILTER.binding()]

    def __init__(
        self,
        choice: ClassChoice,
        rounds: Sequence[int],
        changed: Callable[[ClassChoice], None],
    ) -> None:
        super().__init__()
        self.choice = choice
        self.rounds = rounds
        self.changed = changed

    def compose(self) -> ComposeResult:
        rounds: dict[Any, str] = {number: f"round {number}" for number in self.rounds}
        groups: list[tuple[str, str, dict[Any, str]]] = [
            ("round", "Round", rounds),
            ("order", "Order of points", _ORDERS),
            ("fewest", "Withheld tallies", _WITHHELD),
        ]
        with Vertical(classes="box"):
            yield Label("What is shown of the class", classes="box-title")
            yield ChoiceList(groups if rounds else groups[1:], self.choice._asdict())
            yield Static("space selects, esc closes", classes="muted")

    def on_mount(self) -> None:
        self.query_one(ChoiceList).focus()

    @on(ChoiceList.ChosenAgain)
    def _chosen_again(self) -> None:
        self.casebook.say("This is selected already.")

    @on(ChoiceList.Changed)
    def _changed(self, event: ChoiceList.Changed) -> None:
        self.changed(self.choice._replace(**event.chosen))

    def action_filter(self) -> None:
        self.dismiss(None)
