"""The facets of the library: what the list can be narrowed to, with live counts."""

from __future__ import annotations

from typing import ClassVar

from textual.containers import Vertical
from textual.message import Message

from casebook.book.filters import FACETS, FacetValue
from casebook.line_wrap import padded
from tui.widgets.line_view import Line, StyleRun
from tui.widgets.tick_list import TickList

_TITLES = {
    "kinds": "Kind",
    "outcomes": "Outcome",
    "countries": "Country",
    "industries": "Industry",
    "volumes": "Volume",
    "only": "All sources of grade",
    "has": "A source of grade",
    "contested": "Sources disagree on",
}


class FacetBox(Vertical):
    """What the facets stand in: shown while the list is narrowed, and where there is room."""

    # Beside its widget, that the first screen need not read it.
    SCOPED_CSS = False
    DEFAULT_CSS: ClassVar[str] = """
    FacetBox { width: 30; display: none; background: $surface; border-right: vkey $panel; }
    .-filtering FacetBox, .-wide FacetBox { display: block; }
    FacetBox:focus-within { border-right: heavy $primary; }
    """


class FacetList(TickList):
    """Values of facets under their titles; chosen ones are ticked."""

    OPENS_ON_CLICK = True

    class Shown(Message):
        """The list has come into sight; what it shows may be out of date."""

    class Toggled(Message):
        """A value is to be put in or taken out."""

        def __init__(self, value: FacetValue) -> None:
            super().__init__()
            self.value = value

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: list[FacetValue | str] = []

    def show(self, facets: dict[str, list[FacetValue]]) -> None:
        """Shows the facets; the cursor stays on its value."""
        value = self.value
        self._lines = []
        for facet in FACETS:
            if facets.get(facet):
                self._lines += [_TITLES[facet], *facets[facet]]
        self.lines_changed()
        self.cursor = self._row_of(value) if value else self._nearest(0, 1)

    def _row_of(self, value: FacetValue) -> int:
        for row, line in enumerate(self._lines):
            same = isinstance(line, FacetValue) and line.facet == value.facet
            if same and isinstance(line, FacetValue) and line.value == value.value:
                return row
        return self._nearest(min(self.cursor, self.line_count - 1), 1)

    @property
    def value(self) -> FacetValue | None:
        """The value under the cursor."""
        if self.cursor < len(self._lines):
            line = self._lines[self.cursor]
            return line if isinstance(line, FacetValue) else None
        return None

    @property
    def line_count(self) -> int:
        return len(self._lines)

    def can_choose(self, row: int) -> bool:
        return isinstance(self._lines[row], FacetValue)

    def line(self, y: int) -> Line:
        line = self._lines[y]
        width = self.size.width
        if isinstance(line, str):
            return Line(f" {line}", (StyleRun(0, len(line) + 1, "heading"),))
        count = str(line.entries)
        label = padded(line.label, max(width - len(count) - 7, 4))
        pointer = (
            "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
            if y == self.cursor and self.has_focus
            else " "
        )
        text = f"{pointer}[{'x' if line.is_chosen else ' '}] {label} {count}"
        runs = [StyleRun(len(text) - len(count), len(text), "muted")]
        if line.is_chosen:
            runs.append(StyleRun(1, len(text), "picked"))
        fill = "cursor" if y == self.cursor and self.has_focus else ""
        return Line(text, tuple(runs), fill)

    def action_open(self) -> None:
        if value := self.value:
            self.post_message(self.Toggled(value))
        else:
            self.notify("There is nothing to filter by.", markup=False)

    def on_show(self) -> None:
        self.post_message(self.Shown())

    def on_focus(self) -> None:
        self.line_changed(self.cursor)

    def on_blur(self) -> None:
        self.line_changed(self.cursor)
