"""What patterns are looked for: points, outcome, scores and threshold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.comparison.documents import listed
from casebook.errors import CasebookError
from casebook.patterns.analysis import BetterChoice
from casebook.patterns.document_parts import counted
from casebook.safe_text import made_safe_line
from casebook.vocabulary import Outcome
from tui import commands
from tui.command import Command
from tui.dialogs.base import SUBMIT, TO_CHOICES, Dialog
from tui.screens.patterns_choice import PatternsChoice
from tui.widgets.option_list import ChoiceList

_OUTCOMES: dict[Any, str] = {
    outcome: outcome.said for outcome in Outcome if outcome is not Outcome.OPEN
}
_WORTH: dict[Any, str] = {
    "either": "either met or not, and results are intervals",
    "1": "met (1)",
    "0.75": "more in than out (0.75)",
    "0.5": "exactly between, on neither side (0.5)",
    "0.25": "more out than in (0.25)",
    "0": "not met (0)",
}
_MIXED: dict[Any, str] = {
    "either": "either way, and results are intervals",
    "1": "having it (1)",
    "0.75": "more in than out (0.75)",
    "0.5": "exactly between, on neither side (0.5)",
    "0.25": "more out than in (0.25)",
    "0": "not having it (0)",
}
_THRESHOLDS: dict[Any, str] = {
    Fraction(1): "1: all of its cases have the outcome",
    Fraction(9, 10): "at least 0.9",
    Fraction(8, 10): "at least 0.8",
    Fraction(75, 100): "at least 0.75",
}


class PatternsChoiceScreen(Dialog[None]):
    """Every choice is looked at at once behind the box; esc goes back.

    Args:
        points: the points that there are, by their keys.
        usual: the keys that are ticked where nothing is chosen.
        better: points with which more cases would be complete.
        changed: is told of every choice.
    """

    BINDINGS: ClassVar[list[BindingType]] = [commands.PATTERNS_FILTER.binding()]
    WAY_OUT = commands.BACK._replace(footer="close")

    @property
    def keys(self) -> tuple[Command, ...]:
        if isinstance(self.focused, Input):
            return (SUBMIT._replace(footer="take the scores"), TO_CHOICES)
        return (commands.NEXT_PANE._replace(footer="to the scores"),)

    def __init__(
        self,
        choice: PatternsChoice,
        points: Mapping[str, str],
        usual: frozenset[str],
        better: Sequence[BetterChoice],
        changed: Callable[[PatternsChoice], None],
    ) -> None:
        super().__init__()
        self.choice = choice
        self.points = points
        self.usual = usual
        self.better = {",".join(it.points): it for it in better}
        self.changed = changed

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label("Choose points, outcome and scores", classes="box-title")
            yield ChoiceList(self._groups, self._chosen)
            yield Input(
                made_safe_line(self.choice.scores),
                placeholder="Other scores: not-met=0.1, struggling=0.3",
                id="patterns-scores",
                compact=True,
            )
            yield Static("", id="patterns-trouble", markup=False)

    @property
    def _groups(self) -> list[tuple[str, str, Mapping[Any, str]]]:
        all_rated = {",".join(sorted(self.usual)): "all that are rated"}
        few = {
            keys: f"{listed(it.points)} alone: {counted(it.complete, 'case')} complete"
            for keys, it in self.better.items()
        }
        return [
            ("points", "Points", self.points),
            *([("few", "Or these points", all_rated | few)] if few else []),
            ("outcome", "Outcome asked about", _OUTCOMES),
            ("partly", "A point that is partly met counts as", _WORTH),
            ("mixed", "A mixed outcome counts as", _MIXED),
            ("threshold", "Consistency of a combination that a formula covers", _THRESHOLDS),
        ]

    @property
    def _chosen(self) -> dict[str, Any]:
        points = self.usual if self.choice.points is None else self.choice.points
        return self.choice._asdict() | {"points": points, "few": ",".join(sorted(points))}

    def on_mount(self) -> None:
        self.query_one(ChoiceList).focus()

    @on(ChoiceList.ChosenAgain)
    def _chosen_again(self) -> None:
        self.casebook.say("This is already selected.")

    @on(ChoiceList.Changed)
    def _option_changed(self, event: ChoiceList.Changed) -> None:
        value = event.chosen[event.group]
        self._tell("")
        if event.group == "few":
            self._take(self.choice._replace(points=frozenset(value.split(","))))
        elif event.group == "points" and not value:
            self._tell("Tick at least one point.")
        else:
            self._take(self.choice._replace(**{event.group: value}))
        self.query_one(ChoiceList).offer(self._groups, self._chosen)

    @on(Input.Submitted)
    def _scores_typed(self, event: Input.Submitted) -> None:
        typed = self.choice._replace(scores=event.value)
        try:
            typed.calibration  # noqa: B018  (it is read to see whether it can be)
        except CasebookError as error:
            self._tell(error.message)
            return
        self._tell("")
        self._take(typed)
        self.query_one(ChoiceList).focus()

    def _take(self, choice: PatternsChoice) -> None:
        self.choice = choice
        self.changed(choice)

    def _tell(self, words: str) -> None:
        trouble = self.query_one("#patterns-trouble", Static)
        trouble.update(words)
        trouble.display = bool(words)

    def action_filter(self) -> None:
        self.dismiss(None)
