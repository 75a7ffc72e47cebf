"""What is drawn in which cell of a lane: bars, their labels, and counts of what found no room.

A cell of a bar is solid where the event was certainly going on within the cell's days, and
shaded where it only may have been: exactly `Bounds.within`. Where its own date would leave
more possible than what is told of its order, that is drawn lighter still. An event of 2003
is therefore solid where a cell is a year, and shaded over twelve cells where it is a month.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from casebook.dates import Bounds
from casebook.line_wrap import shortened
from casebook.timeline.chart import Lane, LaneEvent
from casebook.timeline.scale import Window

MOST_ROWS = 8
"""Rows of a lane at the most; what finds no room in them is gathered into counts."""
MOST_PLACED = 240
"""Events of a lane that are placed one by one; of more there are only counts."""
MOST_FOLDED = 12
"""Events of a folded lane that are named; the line has seldom room for more."""
MOST_DATE = 28
"""Cells that a date may take after a label."""
_LEAST_LABEL = 7
"""Cells below which a shortened label says nothing."""
_COUNT_CELLS = 8
"""Cells that share a count where a lane is crowded."""


class Bar(NamedTuple):
    """Where an event is drawn, in cells of the window.

    Attributes:
        first: the first cell of its span that is in view.
        last: the last one.
        certain: the first and last cell that are solid, or None.
        possible: the first and last cell that what is told leaves possible, where its own
            date alone would have more; the others are drawn as excluded. None for all.
        goes_left: it may begin before what is in view, or nobody knows when it began.
        goes_right: likewise to the right.
        accounts: the bars of several accounts of its date; the bar itself spans them all, and
            is drawn faint between them.
    """

    first: int
    last: int
    certain: tuple[int, int] | None
    goes_left: bool
    goes_right: bool
    possible: tuple[int, int] | None = None
    accounts: tuple[Bar, ...] = ()

    @property
    def left_possible(self) -> tuple[int, int]:
        """The first and last cell that are not excluded."""
        return self.possible or (self.first, self.last)

    def is_certain(self, cell: int) -> bool:
        return self.certain is not None and self.certain[0] <= cell <= self.certain[1]

    @property
    def is_point(self) -> bool:
        """One solid cell and no more."""
        first, last = self.left_possible
        return first == last and self.certain is not None


class Placed(NamedTuple):
    """An event as it is drawn.

    Attributes:
        label: what is written; empty where there was room for the bar alone.
        at: the cell of the label's first character.
        date: the source's own words for the date, written after the label where there is
            room for them too.
    """

    item: LaneEvent
    row: int
    bar: Bar
    label: str
    at: int
    date: str = ""

    @property
    def words(self) -> str:
        """The label with the date."""
        return f"{self.label}, {self.date}" if self.date else self.label

    @property
    def cells(self) -> tuple[int, int]:
        """The first and last cell that it takes."""
        if not self.label:
            return self.bar.first, self.bar.last
        end = self.at + cell_len(self.words) - 1
        return min(self.bar.first, self.at), max(self.bar.last, end)


class Gathered(NamedTuple):
    """Events that found no room, as a count that can be opened.

    Attributes:
        items: the places in the lane of its events.
    """

    row: int
    at: int
    total: int
    items: Sequence[int]

    @property
    def text(self) -> str:
        return f"+{self.total}"


class LaneRows(NamedTuple):
    """A lane as it is drawn.

    Attributes:
        earlier: how many of its events end before the window.
        later: how many begin after it.
    """

    rows: int
    placed: tuple[Placed, ...]
    gathered: tuple[Gathered, ...]
    earlier: int
    later: int
    note: str = ""
    """What stands in a lane without events."""


def bar_of(bounds: Bounds, window: Window, given: Bounds | None = None) -> Bar | None:
    """Where some bounds are drawn in a window; None if they are out of view.

    Args:
        given: what the event's own date says, where more is known.
    """
    left, right = window.first, window.first + window.width - 1
    first = _cell(window, bounds.earliest_begin, left - 1, 0)
    last = _cell(window, bounds.latest_end, right + 1, 1)
    if first > right or last < left:
        return None
    certain = None
    begin: int | None = left
    if not bounds.always_had_been:
        begin = (
            None if bounds.latest_begin is None else window.ruler.cells_of(bounds.latest_begin)[0]
        )
    end: int | None = right
    if not bounds.unended:
        end = None if bounds.earliest_end is None else window.ruler.cells_of(bounds.earliest_end)[1]
    if begin is not None and end is not None:
        begin, end = max(begin, left), min(end, right)
        if begin <= end:
            certain = (begin - left, end - left)
    bar = Bar(max(first, left) - left, min(last, right) - left, certain, first < left, last > right)
    whole = None if given is None else bar_of(given, window)
    if whole is None or (whole.first, whole.last) == (bar.first, bar.last):
        return bar
    return bar._replace(
        first=min(whole.first, bar.first),
        last=max(whole.last, bar.last),
        possible=(bar.first, bar.last),
    )


def bar_of_item(item: LaneEvent, window: Window) -> Bar | None:
    """Where an event is drawn in a window, with each of its accounts; None if out of view."""
    bar = bar_of(item.bounds, window, item.given)
    if bar is None or not item.accounts:
        return bar
    bars = (bar_of(account.bounds, window) for account in item.accounts)
    return bar._replace(certain=None, accounts=tuple(shown for shown in bars if shown))


def _cell(window: Window, day: int | None, otherwise: int, which: int) -> int:
    return otherwise if day is None else window.ruler.cells_of(day)[which]


def lane_rows(
    lane: Lane,
    window: Window,
    *,
    rows: int = MOST_ROWS,
    chosen: LaneEvent | None = None,
    most_placed: int = MOST_PLACED,
) -> LaneRows:
    """Lays a lane out in a window.

    Nothing that is in view is lost: an event is placed, or it is among those of a count.

    Args:
        rows: how many rows the lane may take, at least 2.
        chosen: an event that is placed in any case.
        most_placed: events that are placed one by one; of more in view there are only counts.
    """
    first, last = window.days
    index = lane.index
    earlier, later = index.count_before(first), index.count_after(last)
    if index.count_touching(first, last) > most_placed:
        return _crowded(lane, window, chosen)._replace(earlier=earlier, later=later)
    numbers = sorted(index.touching(first, last), key=lambda at: _claim(lane.items[at], window))
    packed = _Packed(window, rows)
    if not all(packed.place(lane.items[at]) for at in numbers):
        packed = _Packed(window, max(rows - 1, 1))
        if chosen is not None:
            numbers.sort(key=lambda at: lane.items[at].id != chosen.id)
        packed.gather(sorted(at for at in numbers if not packed.place(lane.items[at])), lane)
    packed.add_dates()
    placed = tuple(sorted(packed.placed, key=lambda placed: (placed.row, placed.cells[0])))
    note = "" if lane.items else lane.note
    return LaneRows(max(packed.rows, 1), placed, tuple(packed.gathered), earlier, later, note)


def band_rows(lane: Lane, window: Window) -> LaneRows:
    """A lane as one faint row without labels: where something was, and no more.

    Each event has its bar, so that it can be gone to.
    """
    first, last = window.days
    index = lane.index
    earlier, later = index.count_before(first), index.count_after(last)
    if index.count_touching(first, last) > MOST_PLACED:
        return _crowded(lane, window, None)._replace(earlier=earlier, later=later)
    placed = []
    for at in index.touching(first, last):
        bar = bar_of(lane.items[at].bounds, window)
        if bar is not None:
            faint = bar._replace(certain=None)
            placed.append(Placed(lane.items[at], 0, faint, "", bar.first))
    return LaneRows(1, tuple(placed), (), earlier, later)


def folded_rows(lane: Lane) -> LaneRows:
    """A lane folded to one row: how many events it has, and what they are called."""
    count = len(lane.items)
    names = "; ".join(item.event.short for item in lane.items[:MOST_FOLDED])
    noun = "event" if count == 1 else "events"
    return LaneRows(1, (), (), 0, 0, f"{count} {noun}: {names}")


def _claim(item: LaneEvent, window: Window) -> tuple[bool, bool]:
    """What is placed first: dates that say something before those that fill the window.

    Of policies, which share one lane, what lasts comes before single dates.
    """
    bounds = item.bounds
    bar = None if bounds.certain else bar_of(bounds, window)
    is_vague = bar is not None and 2 * (bar.last - bar.first + 1) > window.width
    return is_vague, item.lane < 0 and bounds.is_moment


class _Packed:
    """Rows that fill up; a byte a cell says whether it is taken."""

    def __init__(self, window: Window, most: int) -> None:
        self.window = window
        self.most = most
        self.taken: list[bytearray] = []
        self.placed: list[Placed] = []
        self.gathered: list[Gathered] = []

    @property
    def rows(self) -> int:
        return len(self.taken)

    def place(self, item: LaneEvent) -> bool:
        """Finds room for an event: its whole label, a shortened one, or the bar alone."""
        bar = bar_of_item(item, self.window)
        if bar is None:
            return True
        label = item.event.short
        width = cell_len(label)
        for row in range(len(self.taken)):
            at = self._at(row, bar, width)
            if at is not None:
                return self._take(item, row, bar, label, at)
        if len(self.taken) < self.most:
            self.taken.append(bytearray(self.window.width + 2))
            row = len(self.taken) - 1
            at = self._at(row, bar, width)
            if at is not None:
                return self._take(item, row, bar, label, at)
            return self._take_short(item, row, bar, label, _LEAST_LABEL) or self._take(
                item, row, bar, "", bar.first
            )
        return any(
            self._take_short(item, row, bar, label, _LEAST_LABEL) for row in range(len(self.taken))
        )

    def _is_free(self, row: int, first: int, last: int) -> bool:
        """Whether cells are free, with one more on either side; cells are kept one higher."""
        if first < 0 or last >= self.window.width:
            return False
        return self.taken[row].find(1, first, last + 3) < 0

    def _at(self, row: int, bar: Bar, width: int) -> int | None:
        """Where a label of some width stands: right of its bar, left of it, or within it."""
        right = bar.last + 2
        if self._is_free(row, bar.first, right + width - 1):
            return right
        left = bar.first - 1 - width
        if self._is_free(row, left, bar.last):
            return left
        if self._is_free(row, bar.first, bar.last):
            return _within(bar, width)
        return None

    def _take_short(self, item: LaneEvent, row: int, bar: Bar, label: str, least: int) -> bool:
        if not self._is_free(row, bar.first, bar.last):
            return False
        taken = self.taken[row]
        after = taken.find(1, bar.last + 2)
        right = (self.window.width if after < 0 else after - 2) - (bar.last + 2)
        before = taken.rfind(1, 0, bar.first + 1)
        left = bar.first - 1 - max(before + 1, 0)
        within = max((end - start + 1 - 6 for start, end in _stretches(bar)), default=0)
        room = max(right, left, within)
        if room < least:
            return False
        words = shortened(label, room)
        at = self._at(row, bar, cell_len(words))
        return at is not None and self._take(item, row, bar, words, at)

    def _take(self, item: LaneEvent, row: int, bar: Bar, label: str, at: int) -> bool:
        placed = Placed(item, row, bar, label, at)
        first, last = placed.cells
        self.taken[row][first + 1 : last + 2] = b"\x01" * (last - first + 1)
        self.placed.append(placed)
        return True

    def add_dates(self) -> None:
        """Writes dates after the labels that have room for them."""
        for number, placed in enumerate(self.placed):
            date = placed.item.event.date_text
            is_whole = bool(placed.label) and placed.label == placed.item.event.short
            if not is_whole or not date or date in placed.label:
                continue
            more = cell_len(date) + 2
            bar, end = placed.bar, placed.at + cell_len(placed.label) - 1
            at = placed.at
            if at > bar.last:
                has_room = self._has_room(placed.row, end + 1, end + more)
            elif end < bar.first:
                has_room = self._has_room(placed.row, at - more, at - 1)
                at -= more
            else:
                has_room = any(
                    begin <= at and end + more + 3 <= last for begin, last in _stretches(bar)
                )
            if has_room and more <= MOST_DATE:
                self.placed[number] = placed._replace(at=at, date=date)
                first, last = self.placed[number].cells
                self.taken[placed.row][first + 1 : last + 2] = b"\x01" * (last - first + 1)

    def _has_room(self, row: int, first: int, last: int) -> bool:
        """Whether the cells beside a label are free, with one more beyond them."""
        if first < 0 or last >= self.window.width:
            return False
        taken = self.taken[row]
        if taken[first]:
            return taken.find(1, first + 1, last + 3) < 0
        return taken.find(1, first, last + 2) < 0

    def gather(self, numbers: Sequence[int], lane: Lane) -> None:
        """Counts events that found no room, each where it begins, in a row of their own."""
        if not numbers:
            return
        row = len(self.taken)
        self.taken.append(bytearray(self.window.width + 2))
        groups: list[tuple[int, list[int]]] = []
        for number in numbers:
            bar = bar_of(lane.items[number].bounds, self.window)
            cell = bar.first if bar else 0
            if groups and cell <= groups[-1][0] + len(f"+{len(groups[-1][1]) + 1}") + 1:
                groups[-1][1].append(number)
            else:
                groups.append((cell, [number]))
        self.gathered = _fitted(row, groups, self.window.width)


def _fitted(row: int, groups: Sequence[tuple[int, Sequence[int]]], width: int) -> list[Gathered]:
    """Counts moved to the left where the window would cut them, and joined where they meet."""
    found: list[Gathered] = []
    for at, numbers in groups:
        count = Gathered(row, at, len(numbers), numbers)
        count = count._replace(at=max(min(at, width - len(count.text)), 0))
        while found and count.at <= found[-1].at + len(found[-1].text):
            before = found.pop()
            items = [*before.items, *count.items]
            count = Gathered(row, before.at, len(items), items)
            count = count._replace(at=max(min(count.at, width - len(count.text)), 0))
        found.append(count)
    return found


def _crowded(lane: Lane, window: Window, chosen: LaneEvent | None) -> LaneRows:
    """A lane with more events in view than can be placed: counts by where they begin."""
    first, last = window.days
    groups: list[tuple[int, Sequence[int]]] = []
    begun = lane.index.begun_within(first, last)
    before = [at for at in lane.index.touching(first, first) if at < begun.start]
    end_day = first - 1
    for start in range(0, window.width, _COUNT_CELLS):
        end = min(start + _COUNT_CELLS, window.width) - 1
        begin_day = end_day + 1
        end_day = window.ruler.days_of(window.first + end)[1]
        inside: Sequence[int] = lane.index.begun_within(begin_day, end_day)
        if start == 0 and before:
            inside = [*before, *inside]
        if inside:
            groups.append((start, inside))
    packed = _Packed(window, 1)
    row = 0
    if chosen is not None and any(item is chosen for item in lane.items) and packed.place(chosen):
        row = packed.rows
    gathered = tuple(_fitted(row, groups, window.width))
    return LaneRows(row + 1, tuple(packed.placed), gathered, 0, 0)


def _stretches(bar: Bar) -> list[tuple[int, int]]:
    """The runs of like cells of a bar: the longest first, and what is excluded last."""
    first, last = bar.left_possible
    if bar.accounts:
        return _stretches_between(bar)
    if bar.certain is None:
        kept = [(first, last)]
    else:
        begin, end = bar.certain
        kept = [(first, begin - 1), (begin, end), (end + 1, last)]
    excluded = [(bar.first, first - 1), (last + 1, bar.last)]
    return [
        run
        for runs in (kept, excluded)
        for run in sorted(runs, key=lambda run: run[0] - run[1])
        if run[1] >= run[0]
    ]


def _stretches_between(bar: Bar) -> list[tuple[int, int]]:
    """The runs of a bar of several accounts: what lies between them first, then what is shaded.

    A label there hides none of them.
    """
    solid = {
        cell for account in bar.accounts if account.certain for cell in _cells(account.certain)
    }
    shaded = {
        cell for account in bar.accounts for cell in _cells((account.first, account.last))
    } - solid
    found: list[tuple[int, int]] = []
    for kept in (set(_cells((bar.first, bar.last))) - solid - shaded, shaded):
        runs: list[tuple[int, int]] = []
        for cell in sorted(kept):
            if runs and runs[-1][1] == cell - 1:
                runs[-1] = runs[-1][0], cell
            else:
                runs.append((cell, cell))
        found += sorted(runs, key=lambda run: run[0] - run[1])
    return found


def _cells(run: tuple[int, int]) -> range:
    return range(run[0], run[1] + 1)


def _within(bar: Bar, width: int) -> int | None:
    """Where a label stands within a bar, with two cells of the bar on either side of it.

    As the height on a contour line: the line goes on behind it.
    """
    for begin, end in _stretches(bar):
        if end - begin + 1 >= width + 6:
            return begin + 3
    return None
