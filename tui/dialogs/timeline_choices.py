"""The boxes over a timeline: its events, the milestone to align at, and the filter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label, Static

from casebook.book.page_values import EventLine
from casebook.dates import DateError, iso_day
from casebook.line_wrap import padded, shortened
from casebook.statement_kinds import EventKind
from casebook.timeline.chart import (
    NO_PLACE,
    Chart,
    EventFilter,
    LaneEvent,
    Material,
    kinds_to_align,
    milestones_of,
)
from casebook.timeline.years import stretch_of
from tui import commands
from tui.command import Command
from tui.dialogs.base import SELECT, SUBMIT, Dialog
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.row_list import RowList
from tui.widgets.tick_list import TickList

_POINTER = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


class EventList(RowList):
    """Events, one a line: date, label, lane."""

    DEFAULT_CSS = """
    EventList {
        height: 1fr;
    }
    """

    def __init__(self, items: Sequence[LaneEvent], chart: Chart) -> None:
        super().__init__()
        self.items = items
        self.chart = chart

    @property
    def line_count(self) -> int:
        return len(self.items)

    def line(self, y: int) -> Line:
        item = self.items[y]
        lanes = self.chart.lanes
        lane = self.chart.background.name if item.lane < 0 else lanes[item.lane].name
        width = max(self.size.width - 2, 20)
        when, where = width * 3 // 10, width * 3 // 10
        lane = shortened(lane, where)
        date = padded(item.event.date_text, when)
        label = padded(item.event.short, max(width - when - where - 2, 8))
        text = f"{_POINTER if y == self.cursor else ' '} {date} {label} {lane}"
        start = len(text) - len(lane)
        runs = (StyleRun(2, 2 + len(date), "strong"), StyleRun(start, len(text), "muted"))
        return Line(text, runs, "cursor" if y == self.cursor else "")


class EventsScreen(Dialog[LaneEvent]):
    """Answers the event to go to."""

    KEYS = (SELECT._replace(footer="go to it"),)

    def __init__(self, items: Sequence[LaneEvent], chart: Chart, chosen: LaneEvent | None) -> None:
        super().__init__()
        self.items = items
        self.chart = chart
        self.chosen = chosen

    def compose(self) -> ComposeResult:
        count = len(self.items)
        with Vertical(classes="box"):
            yield Label(f"{count} event{'s' * (count != 1)}", classes="box-title")
            yield EventList(self.items, self.chart)

    def on_mount(self) -> None:
        events = self.query_one(EventList)
        events.focus()
        if self.chosen is not None and self.chosen in self.items:
            events.cursor = self.items.index(self.chosen)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(self.items[event.row])


HERE = "here"
"""The answer that stands for the chosen event."""


class MilestoneList(TickList):
    """The calendar, the kinds of event that cases can be aligned at, and the chosen event."""

    DEFAULT_CSS = """
    MilestoneList {
        max-height: 14;
    }
    """

    def __init__(
        self, material: Material, align: EventKind | None, event: EventLine | None
    ) -> None:
        super().__init__()
        self.align = align.value if align else ""
        self.answers = ["", *(kind.value for kind in kinds_to_align(material))]
        self.told = ["calendar years"]
        self.told += [_told(material, EventKind(kind)) for kind in self.answers[1:]]
        if event is not None:
            self.answers.append(HERE)
            self.told.append(f"{event.short} ({event.date_text}), for its case only")

    @property
    def line_count(self) -> int:
        return len(self.answers)

    def line(self, y: int) -> Line:
        answer = self.answers[y]
        name = padded({"": "no alignment", HERE: "the selected event"}.get(answer, answer), 18)
        sign = "x" if answer == self.align else " "
        text = f"{_POINTER if y == self.cursor else ' '} ({sign}) {name} {self.told[y]}"
        text = shortened(text, max(self.size.width, 20))
        runs = (StyleRun(6, 6 + len(name), "strong"), StyleRun(6 + len(name), len(text), "muted"))
        return Line(text, runs, "cursor" if y == self.cursor else "")


def _told(material: Material, kind: EventKind) -> str:
    """How many cases have an event of a kind, and which."""
    found = milestones_of(material, kind)
    count = f"{len(found)} of {len(material.entries)}: "
    return count + "; ".join(f"{event.short} ({event.date_text})" for event in found.values())


class AlignScreen(Dialog[str]):
    """Answers the kind of event to align at, `HERE`, or nothing for the calendar."""

    def __init__(
        self, material: Material, align: EventKind | None, event: EventLine | None
    ) -> None:
        super().__init__()
        self.milestones = MilestoneList(material, align, event)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box small"):
            yield Label("Align cases at their first \N{HORIZONTAL ELLIPSIS}", classes="box-title")
            yield self.milestones

    def on_mount(self) -> None:
        found = self.milestones
        found.styles.height = found.line_count
        found.focus()
        found.cursor = found.answers.index(found.align) if found.align in found.answers else 0

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(self.milestones.answers[event.row])


class EventOption(NamedTuple):
    """One value that a filter can have."""

    field: str
    value: str
    events: int


class EventOptions(TickList):
    """Kinds and places under their titles, ticked where they are chosen."""

    OPENS_ON_CLICK = True

    DEFAULT_CSS = """
    EventOptions {
        height: 1fr;
    }
    """

    def __init__(self, material: Material, chosen: EventFilter) -> None:
        super().__init__()
        self.chosen = chosen
        kinds = Counter(event.kind.value for event in material.events)
        places = Counter(event.lane or NO_PLACE for event in material.events)
        self.options: list[EventOption | str] = ["Kind of event"]
        self.options += [
            EventOption("kinds", kind, kinds[kind]) for kind in EventKind if kinds[kind]
        ]
        self.options.append("Place")
        self.options += [EventOption("places", name, places[name]) for name in sorted(places)]
        self.options += ["Vague dates", EventOption("certainly", "", 0)]

    @property
    def line_count(self) -> int:
        return len(self.options)

    def can_choose(self, row: int) -> bool:
        return isinstance(self.options[row], EventOption)

    def is_chosen(self, option: EventOption) -> bool:
        if option.field == "certainly":
            return self.chosen.certainly
        return option.value in getattr(self.chosen, option.field)

    def line(self, y: int) -> Line:
        option = self.options[y]
        if isinstance(option, str):
            return Line(f" {option}", (StyleRun(0, len(option) + 1, "heading"),))
        here = y == self.cursor
        sign = "x" if self.is_chosen(option) else " "
        words = option.value or "only events that certainly fall within the years"
        count = f" {option.events}" if option.events else ""
        text = f"{_POINTER if here else ' '} [{sign}] {words}{count}"
        runs = [StyleRun(len(text) - len(count), len(text), "muted")]
        if self.is_chosen(option):
            runs.append(StyleRun(1, len(text), "picked"))
        return Line(text, tuple(runs), "cursor" if here else "")

    def toggle(self, row: int) -> None:
        """Puts a value in or takes it out."""
        option = self.options[row]
        if not isinstance(option, EventOption):
            return
        match option.field:
            case "kinds":
                kinds = tuple(EventKind(kind) for kind in _toggled(self.chosen.kinds, option.value))
                self.chosen = self.chosen._replace(kinds=kinds)
            case "places":
                self.chosen = self.chosen._replace(
                    places=_toggled(self.chosen.places, option.value)
                )
            case _:
                self.chosen = self.chosen._replace(certainly=not self.chosen.certainly)
        self.lines_changed()


def _toggled(words: Sequence[str], word: str) -> tuple[str, ...]:
    without = tuple(other for other in words if other != word)
    return without if len(without) < len(words) else (*words, word)


class EventFilterScreen(Dialog[None]):
    """Every choice is seen at once in the chart behind; esc goes back to it."""

    WAY_OUT = commands.BACK._replace(footer="close")

    @property
    def keys(self) -> tuple[Command, ...]:
        if isinstance(self.focused, Input):
            return (SUBMIT._replace(footer="to the choices"),)
        return (commands.PREVIOUS_PANE._replace(footer="to the years"),)

    def __init__(
        self, material: Material, chosen: EventFilter, changed: Callable[[EventFilter], None]
    ) -> None:
        super().__init__()
        self.material = material
        self.chosen = chosen
        self.changed = changed

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label("Filter the events", classes="box-title")
            yield Input(
                years_words(self.chosen),
                placeholder="Years, for example 1995-2004",
                id="years",
            )
            yield Static("", id="years-hint", classes="muted", markup=False)
            yield EventOptions(self.material, self.chosen)

    def on_mount(self) -> None:
        options = self.query_one(EventOptions)
        options.focus()
        options.action_top()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        options = self.query_one(EventOptions)
        options.toggle(event.row)
        self.changed(options.chosen)

    @on(Input.Changed, "#years")
    def _years(self, event: Input.Changed) -> None:
        options = self.query_one(EventOptions)
        try:
            first, last = stretch_of(event.value)
        except DateError as error:
            self.query_one("#years-hint", Static).update(f"These are not years: {error}.")
            return
        self.query_one("#years-hint", Static).update("")
        chosen = options.chosen._replace(first=first, last=last)
        if chosen != options.chosen:
            options.chosen = chosen
            self.changed(chosen)

    @on(Input.Submitted, "#years")
    def _years_done(self) -> None:
        self.query_one(EventOptions).focus()


def years_words(chosen: EventFilter) -> str:
    """The years of a filter as they can be typed."""
    first = iso_day(chosen.first) or ""
    last = iso_day(chosen.last) or ""
    if not first and not last:
        return ""
    return f"{first.removesuffix('-01-01')}..{last.removesuffix('-12-31')}"
