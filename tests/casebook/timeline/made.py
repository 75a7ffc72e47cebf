"""Events made up for timelines."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.book.page_values import EventLine
from casebook.book.values import EntryRef
from casebook.dates import Bounds
from casebook.statement_kinds import EventKind
from casebook.timeline.chart import Lane, LaneEvent
from casebook.timeline.span_index import SpanIndex
from casebook.vocabulary import Kind


def event_of(
    bounds: Bounds,
    label: str = "an event",
    number: int = 0,
    slug: str = "case",
    date_text: str = "",
) -> EventLine:
    entry = EntryRef(slug, Kind.FIRM, slug.title())
    kind = EventKind.OTHER
    key = f"e{number}"
    return EventLine(
        entry, key, label, label, kind, None, date_text, "", False, "", bounds, (), (), number
    )


def item_of(
    bounds: Bounds, label: str, number: int, lane: int = 0, date_text: str = ""
) -> LaneEvent:
    return LaneEvent(event_of(bounds, label, number, date_text=date_text), lane, bounds)


def lane_of(items: Sequence[LaneEvent]) -> Lane:
    ordered = tuple(sorted(items, key=lambda item: (item.bounds.sort_key, item.id)))
    return Lane("A lane", ordered, SpanIndex([item.bounds for item in ordered]))
