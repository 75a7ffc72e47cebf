"""A timeline in words: as a document to read from top to bottom, an event, a single line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from casebook.book.page_values import EventLine, Page
from casebook.dates import FIRST_DAY, LAST_DAY, Bounds, Order
from casebook.document import DocBlock, Document, Set, TextBuilder, event_anchor, event_words
from casebook.text import Text
from casebook.timeline import lane_cells
from casebook.timeline.chart import Chart, Item
from casebook.timeline.layout import bar_of
from casebook.timeline.scale import MONTHS, STEPS, Calendar, Window
from casebook.timeline.span_index import known_days

MOST_COMPARED = 60
"""Events of a list each of which is held against all before it."""
STRIP_WIDTH = 44


# A list


def timeline_document(chart: Chart, *, by_lane: bool, policy: bool = False) -> Document:
    """A timeline as a list in the order of time, which says where no order is known.

    Args:
        by_lane: with a heading for each lane; otherwise one list of all.
        policy: with what policy did meanwhile.
    """
    blocks = [DocBlock(Set.TITLE, Text(f"Timeline: {chart.title}"), anchor="top")]
    if not chart.items:
        blocks.append(DocBlock(Set.PARAGRAPH, Text("No event is known, or none is shown.")))
    own = chart.entries[0].slug if len(chart.entries) == 1 else ""
    if by_lane:
        for number, lane in enumerate(chart.lanes):
            words = f"{lane.name} ({lane.note})" if lane.note else lane.name
            blocks.append(DocBlock(Set.HEADING, Text(words), level=2, anchor=f"lane:{lane.name}"))
            blocks += _listed(chart, lane.items, chart.owner(number) or own)
    else:
        blocks += _listed(chart, chart.items, own)
    if policy and chart.background.items:
        title = f"{chart.background.name} meanwhile"
        blocks.append(DocBlock(Set.HEADING, Text(title), level=2, anchor="section:policy"))
        blocks += _listed(chart, chart.background.items, own)
    return Document(chart.title, tuple(blocks), chart.sources)


def _listed(chart: Chart, items: Sequence[Item], own: str) -> list[DocBlock]:
    blocks = []
    for number, item in enumerate(items):
        builder = event_words(item.event, own)
        if chart.is_milestone(item):
            builder.add(". The time is counted from here")
        elif passed := chart.lapse_of(item):
            builder.add(f". {_capital(passed.words)}")
        unknown = _unordered(items, number)
        if unknown:
            builder.add(f". Order not known against {_numbers(unknown)}")
        lead = f"{number + 1}."
        blocks.append(DocBlock(Set.ITEM, builder.text(), lead, 1, event_anchor(item.event)))
    return blocks


def _unordered(items: Sequence[Item], number: int) -> list[int]:
    """The numbers, from 1, of those listed before of which nobody knows if they came first."""
    first = 0 if len(items) <= MOST_COMPARED else max(number - 1, 0)
    return [
        at + 1
        for at in range(first, number)
        if items[at].event.bounds.order(items[number].event.bounds) is Order.UNKNOWN
    ]


def _numbers(numbers: Sequence[int]) -> str:
    """`1, 3-5`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(one) if one == two else f"{one}-{two}" for one, two in parts)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# One event


def event_document(event: EventLine, chart: Chart, notes: Iterable[str] = ()) -> Document:
    """Everything about one event, briefly.

    Args:
        notes: more to say of it: how it stands to another event.
    """
    what = TextBuilder().strong(event.short)
    if event.label != event.short:
        what.add(f": {event.label}")
    stated = f"inferred: {event.inferred_from}" if event.inferred else "stated"
    when = TextBuilder().strong(event.date_text)
    edtf = f"EDTF {event.edtf}, " if event.edtf != event.date_text else ""
    when.add(f"; {edtf}{bounds_words(event.bounds)}; {stated}")
    blocks = [
        DocBlock(Set.FACT, what.cite(event.citations).text(), "Event"),
        DocBlock(Set.FACT, when.text(), "Date"),
    ]
    blocks += [DocBlock(Set.FACT, Text(note), "Order") for note in notes]
    where = event.place.full_name if event.place else "not said"
    blocks.append(DocBlock(Set.FACT, Text(f"{where} ({event.kind})"), "Place"))
    who = TextBuilder().entry(event.entry)
    for participant in event.participants:
        who.add(", ").entry(participant.entry)
        who.add(f" ({participant.role})" if participant.role else "")
    blocks.append(DocBlock(Set.FACT, who.text(), "Who"))
    return Document(event.short, tuple(blocks), chart.sources)


# Dates in words


def bounds_words(bounds: Bounds) -> str:
    """Four bounds in words: `some time in 1995–1999`, `began 1985, ended 2000`."""
    if bounds.is_moment:
        first, last = bounds.possible
        if first is None:
            return f"some time, {days_words(None, last)}"
        if last is not None and first == last:
            return f"on {days_words(first, last)}"
        return f"some time {'in ' if last is not None else ''}{days_words(first, last)}"
    if bounds.always_had_been:
        begin = "it had always been so"
    else:
        begin = f"began {days_words(bounds.earliest_begin, bounds.latest_begin)}"
    if bounds.unended:
        return f"{begin}, had not ended"
    return f"{begin}, ended {days_words(bounds.earliest_end, bounds.latest_end)}"


def days_words(first: int | None, last: int | None) -> str:
    """A stretch of days as short as it can be said: `2003`, `Sep 2009–Dec 2010`, `until 1999`."""
    if first is None and last is None:
        return "at an unknown time"
    if first is None and last is not None:
        return f"until {_end_word(last)}"
    if last is None and first is not None:
        return f"from {_begin_word(first)} on"
    assert first is not None
    assert last is not None
    one, two = _begin_word(first), _end_word(last)
    if len(one) == 4 and len(two) == 4:
        return one if one == two else f"{one}–{two}"
    if first == last:
        return _day_word(first)
    if _is_first(first) and _is_last(last):
        one, two = _month_word(first), _month_word(last)
        return one if one == two else f"{one}–{two}"
    return f"{_day_word(first)}–{_day_word(last)}"


def _begin_word(day: int) -> str:
    one = _date(day)
    if (one.month, one.day) == (1, 1):
        return f"{one.year:04}"
    return _month_word(day) if one.day == 1 else _day_word(day)


def _end_word(day: int) -> str:
    one = _date(day)
    if (one.month, one.day) == (12, 31):
        return f"{one.year:04}"
    return _month_word(day) if _is_last(day) else _day_word(day)


def _month_word(day: int) -> str:
    one = _date(day)
    return f"{MONTHS[one.month - 1]} {one.year}"


def _day_word(day: int) -> str:
    one = _date(day)
    return f"{one.day} {MONTHS[one.month - 1]} {one.year}"


def _is_first(day: int) -> bool:
    return _date(day).day == 1


def _is_last(day: int) -> bool:
    return day >= LAST_DAY or _date(day + 1).day == 1


def _date(day: int) -> date:
    return date.fromordinal(min(max(day, FIRST_DAY), LAST_DAY))


# One line


def with_strip(document: Document, page: Page) -> Document:
    """A page's document with its events in one line below its years, if it has any."""
    line = strip(page.events)
    if not line:
        return document
    block = DocBlock(Set.FACT, Text(line), "Timeline")
    facts = [at for at, one in enumerate(document.blocks) if one.set is Set.FACT]
    years = [at for at in facts if document.blocks[at].lead == "Years"]
    after = (years or facts[-1:] or [0])[0]
    blocks = (*document.blocks[: after + 1], block, *document.blocks[after + 1 :])
    return Document(document.title, blocks, document.sources)


def strip(events: Iterable[EventLine], width: int = STRIP_WIDTH) -> str:
    """All events of a case in one line, between its first and last year; empty without any.

    Events whose date says hardly anything are only counted: they would shade everything.
    """
    every = [event.bounds for event in events]
    days = known_days(every)
    if days is None:
        return ""
    narrow = [one for one in every if _is_telling(one, days)]
    span = known_days(narrow)
    if span is None:
        count = len(every)
        return f"{count} event{'s' * (count != 1)} of vague date"
    first, last = span
    left, right = f"{_date(first).year} ", f" {_date(last).year}"
    vague = len(every) - len(narrow)
    tail = f"{right}, {vague} vague" if vague else right
    room = max(width - len(left) - len(tail), 8)
    steps = (step for step in STEPS if step.months >= 12)
    for step in steps:
        ruler = Calendar(step)
        begin, end = ruler.cells_of(first)[0], ruler.cells_of(last)[1]
        if end - begin < room:
            break
    window = Window(ruler, begin, min(end - begin + 1, room))
    bars = [bar for one in narrow if (bar := bar_of(one, window))]
    signs = []
    for cell in range(window.width):
        here = [bar for bar in bars if bar.first <= cell <= bar.last]
        if any(bar.is_point for bar in here):
            signs.append(lane_cells.POINT)
        elif any(bar.is_certain(cell) for bar in here):
            signs.append(lane_cells.CERTAIN)
        else:
            signs.append(lane_cells.POSSIBLE if here else "\N{BOX DRAWINGS LIGHT HORIZONTAL}")
    return f"{left if left.strip() != right.strip() else ''}{''.join(signs)}{tail}"


def _is_telling(bounds: Bounds, days: tuple[int, int]) -> bool:
    """Whether a date narrows down the time of a case at all."""
    if bounds.certain is not None:
        return True
    first, last = bounds.possible
    if first is None or last is None:
        return False
    return 2 * (last - first) <= max(days[1] - days[0], 2 * 366)
