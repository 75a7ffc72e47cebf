"""The scale of a timeline: which days a cell stands for, and where the ticks are.

Cells are cut by the calendar: a year is a whole number of cells or a cell a whole number
of years, so what happened in 2003 is never drawn as if it reached into 2002. Cells are
numbered from the beginning of the calendar; a window is a row of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil, floor
from typing import NamedTuple, Protocol

from casebook.date_words import MONTHS
from casebook.dates import FIRST_DAY, LAST_DAY

DAYS_A_YEAR = 365.2425
"""Of the Gregorian calendar on average."""
DAYS_A_MONTH = DAYS_A_YEAR / 12


class ScaleStep(NamedTuple):
    """How much time a cell is: some months, or some days, or a part of a day."""

    name: str
    months: int = 0
    days: int = 0
    parts: int = 1
    """Cells a day."""


STEPS = (
    ScaleStep("a quarter of a day", days=1, parts=4),
    ScaleStep("half a day", days=1, parts=2),
    ScaleStep("a day", days=1),
    ScaleStep("2 days", days=2),
    ScaleStep("4 days", days=4),
    ScaleStep("a week", days=7),
    ScaleStep("a month", months=1),
    ScaleStep("2 months", months=2),
    ScaleStep("3 months", months=3),
    ScaleStep("4 months", months=4),
    ScaleStep("6 months", months=6),
    ScaleStep("a year", months=12),
    ScaleStep("2 years", months=24),
    ScaleStep("3 years", months=36),
    ScaleStep("5 years", months=60),
    ScaleStep("10 years", months=120),
    ScaleStep("20 years", months=240),
    ScaleStep("50 years", months=600),
    ScaleStep("100 years", months=1200),
    ScaleStep("200 years", months=2400),
)
"""From the finest to the coarsest."""

_TICKS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
"""Months from tick to tick."""
AT_MILESTONE = "0"
"""The label of the tick at the milestone that time is counted from."""

_ROOM = 7
"""Cells from tick to tick at the least, so that their labels stand apart."""


LONG_IN_MONTHS = 3 * 366
"""Days from which a stretch is named by its years alone."""


class Tick(NamedTuple):
    """A mark on the scale, at the beginning of a cell."""

    cell: int
    label: str


class Ruler(Protocol):
    """Lays days into cells, each day into one (or, with parts of a day, into several)."""

    @property
    def step(self) -> ScaleStep: ...

    def cells_of(self, day: int) -> tuple[int, int]:
        """The first and last cell of a day."""

    def days_of(self, cell: int) -> tuple[int, int]:
        """The first and last day of a cell."""

    def position(self, day: int) -> float:
        """Where a day begins, in cells: for drawing finer than by cells."""

    def with_step(self, step: ScaleStep) -> Ruler:
        """The same scale with other cells."""

    def ticks(self, first: int, count: int) -> list[Tick]:
        """The ticks among `count` cells from `first`."""

    def said(self, first: int, last: int) -> str:
        """Two days in a few words: `1994–2012`, `Mar–Jun 2003`."""


class Calendar(NamedTuple):
    """The calendar's own scale."""

    step: ScaleStep

    def with_step(self, step: ScaleStep) -> Calendar:
        return Calendar(step)

    def cells_of(self, day: int) -> tuple[int, int]:
        if self.step.months:
            cell = _month_of(day) // self.step.months
            return cell, cell
        if self.step.parts > 1:
            return day * self.step.parts, (day + 1) * self.step.parts - 1
        # Day 1 was a Monday, so weeks begin on Mondays.
        cell = (day - 1) // self.step.days
        return cell, cell

    def days_of(self, cell: int) -> tuple[int, int]:
        if self.step.months:
            first = _first_day(cell * self.step.months)
            return first, max(_first_day((cell + 1) * self.step.months) - 1, first)
        if self.step.parts > 1:
            day = cell // self.step.parts
            return day, day
        first = cell * self.step.days + 1
        return first, first + self.step.days - 1

    def position(self, day: int) -> float:
        first, last = self.cells_of(day)
        begin, end = self.days_of(first)
        return first if last > first else first + (day - begin) / (end - begin + 1)

    def ticks(self, first: int, count: int) -> list[Tick]:
        return list(self._ticks(first, count))

    def _ticks(self, first: int, count: int) -> Iterator[Tick]:
        begin, end = self.days_of(first)[0], self.days_of(first + count - 1)[1]
        if not self.step.months and 7 / self.step.days * self.step.parts >= _ROOM:
            yield from self._day_ticks(begin, end)
            return
        apart = next((months for months in _TICKS if self._cells_in(months) >= _ROOM), _TICKS[-1])
        month = -(-_month_of(begin) // apart) * apart
        while month <= _month_of(end):
            day = _first_day(month)
            if begin <= day <= end:
                label = str(month // 12) if month % 12 == 0 else MONTHS[month % 12]
                yield Tick(self.cells_of(day)[0], label)
            month += apart

    def _cells_in(self, months: int) -> float:
        if self.step.months:
            return months / self.step.months
        return months * DAYS_A_MONTH / self.step.days * self.step.parts

    def _day_ticks(self, begin: int, end: int) -> Iterator[Tick]:
        is_each = self.step.parts >= 4
        for day in range(max(begin, FIRST_DAY), min(end, LAST_DAY) + 1):
            calendar_day = date.fromordinal(day)
            if calendar_day.day == 1:
                name = (
                    str(calendar_day.year)
                    if calendar_day.month == 1
                    else MONTHS[calendar_day.month - 1]
                )
                yield Tick(self.cells_of(day)[0], name)
            elif calendar_day.day % 2 == 1 if is_each else calendar_day.day in (8, 15, 22):
                yield Tick(self.cells_of(day)[0], str(calendar_day.day))

    def said(self, first: int, last: int) -> str:
        start, stop = _date(first), _date(last)
        is_long = last - first > LONG_IN_MONTHS
        if is_long or self.step.months >= 12 or (start.month == 1 and stop.month == 12):
            return str(start.year) if start.year == stop.year else f"{start.year}–{stop.year}"
        begin = f"{MONTHS[start.month - 1]}" + (f" {start.year}" if start.year != stop.year else "")
        end = f"{MONTHS[stop.month - 1]} {stop.year}"
        if self.step.months or (start.month, start.year) != (stop.month, stop.year):
            return end if begin in end else f"{begin}–{end}"
        return f"{start.day}–{stop.day} {end}"


class Elapsed(NamedTuple):
    """Time before and after a milestone, in years and months of average length."""

    step: ScaleStep

    def with_step(self, step: ScaleStep) -> Elapsed:
        return Elapsed(step)

    @property
    def _length(self) -> float:
        """Days of a cell."""
        if self.step.months:
            return self.step.months * DAYS_A_MONTH
        return self.step.days / self.step.parts

    def cells_of(self, day: int) -> tuple[int, int]:
        if self.step.parts > 1:
            return day * self.step.parts, (day + 1) * self.step.parts - 1
        cell = floor(day / self._length)
        return cell, cell

    def days_of(self, cell: int) -> tuple[int, int]:
        if self.step.parts > 1:
            return cell // self.step.parts, cell // self.step.parts
        return ceil(cell * self._length), ceil((cell + 1) * self._length) - 1

    def position(self, day: int) -> float:
        return day / self._length

    def ticks(self, first: int, count: int) -> list[Tick]:
        apart = next(
            (months for months in _TICKS if months * DAYS_A_MONTH / self._length >= _ROOM),
            _TICKS[-1],
        )
        begin = self.days_of(first)[0] / DAYS_A_MONTH
        end = self.days_of(first + count - 1)[1] / DAYS_A_MONTH
        months = range(ceil(begin / apart) * apart, floor(end) + 1, apart)
        return [Tick(self.cells_of(ceil(m * DAYS_A_MONTH))[0], _offset(m)) for m in months]

    def said(self, first: int, last: int) -> str:
        begin, end = floor(first / DAYS_A_MONTH), ceil(last / DAYS_A_MONTH)
        return f"{_offset(begin - begin % 12)} to {_offset(end + -end % 12)}"


def _offset(months: int) -> str:
    if months == 0:
        return AT_MILESTONE
    sign = "+" if months > 0 else "\N{MINUS SIGN}"
    if months % 12 == 0:
        return f"{sign}{abs(months) // 12} y"
    return f"{sign}{abs(months)} mo"


def _date(day: int) -> date:
    return date.fromordinal(min(max(day, FIRST_DAY), LAST_DAY))


def _month_of(day: int) -> int:
    """Months since the year 0."""
    if day < FIRST_DAY:
        return 12 + (day - FIRST_DAY) // 31
    if day > LAST_DAY:
        return 12 * 10_000 + (day - LAST_DAY - 1) // 31
    calendar_day = date.fromordinal(day)
    return calendar_day.year * 12 + calendar_day.month - 1


def _first_day(month: int) -> int:
    """The first day of a month; outside the calendar months have 31 days."""
    year, in_year = divmod(month, 12)
    if year < 1:
        return FIRST_DAY + (month - 12) * 31
    if year > 9999:
        return LAST_DAY + 1 + (month - 12 * 10_000) * 31
    return date(year, in_year + 1, 1).toordinal()


class Window(NamedTuple):
    """The cells that are looked at.

    Attributes:
        first: the number of the first cell.
        width: how many there are.
    """

    ruler: Ruler
    first: int
    width: int

    @property
    def days(self) -> tuple[int, int]:
        """The first and last day in view."""
        return self.ruler.days_of(self.first)[0], self.ruler.days_of(self.first + self.width - 1)[1]

    @property
    def ticks(self) -> list[Tick]:
        """The ticks in view, their cells counted from the window's first."""
        found = self.ruler.ticks(self.first, self.width)
        return [Tick(tick.cell - self.first, tick.label) for tick in found]

    @property
    def said(self) -> str:
        return self.ruler.said(*self.days)

    def position(self, day: int) -> float:
        """Where a day begins, in cells from the window's first."""
        return self.ruler.position(day) - self.first

    def panned(self, cells: int) -> Window:
        """The window moved to the right, with a negative number to the left."""
        return self._replace(first=self.first + cells)

    def zoomed(self, steps: int, at: int) -> Window:
        """The window with finer cells (with a negative number coarser), one place kept still.

        Args:
            at: the cell of the window that stays over the same day.
        """
        now = STEPS.index(self.ruler.step)
        step = STEPS[min(max(now - steps, 0), len(STEPS) - 1)]
        if step is self.ruler.step:
            return self
        begin, end = self.ruler.days_of(self.first + at)
        ruler = self.ruler.with_step(step)
        return Window(ruler, ruler.cells_of((begin + end) // 2)[0] - at, self.width)

    def resized(self, width: int) -> Window:
        """The window of another width, with the finest cells that show the same days."""
        width = max(width, 1)
        if width == self.width:
            return self
        ruler, begin, end = self.ruler, *_cells(self.ruler, *self.days)
        for step in STEPS:
            ruler = self.ruler.with_step(step)
            begin, end = _cells(ruler, *self.days)
            if end - begin < width:
                break
        return Window(ruler, begin - (width - (end - begin + 1)) // 2, width)

    def showing(self, first: int | None, last: int | None) -> Window:
        """The window moved as little as brings two days into view, the first above all."""
        if first is None and last is None:
            return self
        begin = self.ruler.cells_of(first if first is not None else _known(last))[0]
        end = self.ruler.cells_of(last if last is not None else _known(first))[1]
        if first is None:
            begin = end
        margin = min(2, (self.width - 1) // 2)
        left, right = self.first + margin, self.first + self.width - 1 - margin
        if end > right:
            left += end - right
        left = min(left, begin)
        return self._replace(first=left - margin)


def _known(day: int | None) -> int:
    return 0 if day is None else day


_FINEST_FIT = STEPS.index(next(step for step in STEPS if step.months == 1))


def fitted(ruler: Ruler, first: int, last: int, width: int, margin: int = 1) -> Window:
    """The finest window that holds two days, with some cells to spare on either side.

    Never finer than months; what room is left over is mostly on the right, where labels
    are.
    """
    width = max(width, 1)
    for step in STEPS[_FINEST_FIT:]:
        begin, end = _cells(ruler.with_step(step), first, last)
        spare = width - (end - begin + 1)
        if spare >= 2 * margin:
            break
    return Window(ruler.with_step(step), begin - max(margin, spare // 6), width)


def _cells(ruler: Ruler, first: int, last: int) -> tuple[int, int]:
    return ruler.cells_of(first)[0], ruler.cells_of(last)[1]
