"""Options in groups: of each group one is chosen, or as many as are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from textual.message import Message

from tui.widgets.line_view import Line, StyleRun
from tui.widgets.tick_list import TickList


class GroupOption(NamedTuple):
    """One of several values of a group."""

    group: str
    value: Any
    label: str


Groups = Sequence[tuple[str, str, Mapping[Any, str]]]
"""For each group a name, a title, and the values with their labels."""


class ChoiceList(TickList):
    """Options under the titles of their groups.

    Textual has an `OptionList`, whose style sheet would hold for one of that name here too.

    Args:
        groups: what there is to choose from.
        chosen: the value of each group; of a group that takes several, a frozen set of them.
    """

    DEFAULT_CSS = """
    ChoiceList {
        height: 1fr;
    }
    """

    OPENS_ON_CLICK = True

    class Changed(Message):
        """Another option of a group is chosen."""

        def __init__(self, chosen: dict[str, Any], group: str) -> None:
            super().__init__()
            self.chosen = chosen
            self.group = group

    class ChosenAgain(Message):
        """The option under the cursor, which is chosen already, is chosen once more."""

    def __init__(
        self,
        groups: Groups,
        chosen: Mapping[str, Any],
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.chosen = dict(chosen)
        self.options = _options(groups)
        self.set_reactive(ChoiceList.cursor, 1)

    def offer(self, groups: Groups, chosen: Mapping[str, Any]) -> None:
        """Offers other options; the cursor stays on its option, or in its line if that is gone."""
        here = self.options[self.cursor]
        self.chosen = dict(chosen)
        self.options = _options(groups)
        if isinstance(here, GroupOption):
            self.go_to(here.group, here.value)
        self.lines_changed()
        self.step(0)

    def go_to(self, group: str, value: Any) -> None:
        """Puts the cursor on a value of a group, if it is there."""
        for row, option in enumerate(self.options):
            if isinstance(option, GroupOption) and option[:2] == (group, value):
                self.cursor = row

    @property
    def line_count(self) -> int:
        return len(self.options)

    def can_choose(self, row: int) -> bool:
        return isinstance(self.options[row], GroupOption)

    def line(self, y: int) -> Line:
        option = self.options[y]
        if isinstance(option, str):
            return Line(f" {option}", (StyleRun(0, len(option) + 1, "heading"),))
        here = y == self.cursor
        pointer = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" if here else " "
        held = self.chosen.get(option.group)
        if isinstance(held, frozenset):
            is_chosen, (left, right) = option.value in held, "[]"
        else:
            is_chosen, (left, right) = held == option.value, "()"
        text = f"{pointer} {left}{'x' if is_chosen else ' '}{right} {option.label}"
        runs = (StyleRun(1, len(text), "picked"),) if is_chosen else ()
        fill = ("cursor" if self.has_focus else "cursor-elsewhere") if here else ""
        return Line(text, runs, fill)

    def action_open(self) -> None:
        option = self.options[self.cursor]
        if not isinstance(option, GroupOption):
            return
        held: Any = self.chosen.get(option.group)
        if held == option.value:
            self.post_message(self.ChosenAgain())
            return
        is_ticked = isinstance(held, frozenset)
        self.chosen[option.group] = held ^ {option.value} if is_ticked else option.value
        self.lines_changed()
        self.post_message(self.Changed(dict(self.chosen), option.group))

    def on_focus(self) -> None:
        self.line_changed(self.cursor)

    def on_blur(self) -> None:
        self.line_changed(self.cursor)


def _options(groups: Groups) -> list[GroupOption | str]:
    """The lines of a list: the titles of the groups, each with its options below it."""
    lines: list[GroupOption | str] = []
    for group, title, values in groups:
        lines.append(title)
        lines += [GroupOption(group, value, label) for value, label in values.items()]
    return lines
