"""Options in groups, one of each group chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from textual.message import Message

from tui.widgets.line_view import Line, StyleRun
from tui.widgets.row_list import TickList


class GroupOption(NamedTuple):
    """One of several values of a group."""

    group: str
    value: Any
    label: str


class OptionList(TickList):
    """Options under the titles of their groups.

    Args:
        groups: a name, a title, and the values with their labels.
        chosen: the value of each group.
    """

    DEFAULT_CSS = """
    OptionList {
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
        groups: Sequence[tuple[str, str, Mapping[Any, str]]],
        chosen: Mapping[str, Any],
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.chosen = dict(chosen)
        self.options: list[GroupOption | str] = []
        for group, title, values in groups:
            self.options.append(title)
            self.options += [GroupOption(group, value, label) for value, label in values.items()]
        self.set_reactive(OptionList.cursor, 1)

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
        is_chosen = self.chosen.get(option.group) == option.value
        text = f"{pointer} ({'x' if is_chosen else ' '}) {option.label}"
        runs = (StyleRun(1, len(text), "picked"),) if is_chosen else ()
        fill = ("cursor" if self.has_focus else "cursor-elsewhere") if here else ""
        return Line(text, runs, fill)

    def action_open(self) -> None:
        option = self.options[self.cursor]
        if not isinstance(option, GroupOption):
            return
        if self.chosen.get(option.group) == option.value:
            self.post_message(self.ChosenAgain())
        else:
            self.chosen[option.group] = option.value
            self.lines_changed()
            self.post_message(self.Changed(dict(self.chosen), option.group))

    def on_focus(self) -> None:
        self.line_changed(self.cursor)

    def on_blur(self) -> None:
        self.line_changed(self.cursor)
