"""A timeline for TimelineJS, as its JSON format describes (https://timeline.knightlab.com/docs/json-format.html).

TimelineJS draws every date as certain, so each slide says in words what is known: its
`display_date` has the source's own words, its text what they mean.
"""

from __future__ import annotations

import json
import re
from datetime import date
from html import escape
from typing import Any

from casebook.book.page_values import EventLine
from casebook.dates import LAST_DAY
from casebook.exports.timeline_words import date_words, event_sentences
from casebook.timeline.chart import Chart, LaneEvent

Json = dict[str, Any]


def timeline_js(chart: Chart) -> str:
    """The chart as a JSON object with title, events and eras."""
    return json.dumps(timeline_object(chart), ensure_ascii=False, indent=2) + "\n"


def timeline_object(chart: Chart) -> Json:
    """The same before it is written.

    The slides are in told order. An event of which no day is known cannot be placed and is
    named in the title's text; an open end is left open, and what has no known beginning is
    drawn from the first day of all.
    """
    placed = [item for item in chart.items if _known_days(item.event)]
    left = [item.event for item in chart.items if not _known_days(item.event)]
    about = (
        "Vague dates are drawn from their earliest to their latest day, and from the first day"
        " of all where none is known; the words say what is known."
    )
    if left:
        about += f" Not drawn: {'; '.join(event.label for event in left)}."
    found: Json = {
        "title": {"text": {"headline": escape(chart.title), "text": escape(about)}},
        "events": [_slide(chart, item) for item in placed],
    }
    eras = [
        era
        for item in chart.background.items
        if not item.event.known.is_moment and (era := _era(item.event))
    ]
    return found | {"eras": eras} if eras else found


def _slide(chart: Chart, item: LaneEvent) -> Json:
    event = item.event
    days = _known_days(event)
    assert days is not None
    first, last = days
    if event.known.earliest_begin is None and chart.extent and not chart.align:
        first = min(first, chart.extent[0])
    text = escape(event_sentences(event, chart))
    slide: Json = {
        "start_date": _date(first),
        "display_date": escape(event.date_text),
        "text": {"headline": escape(event.short), "text": f"<p>{text}</p>"},
        "group": escape(chart.lanes[item.lane].name),
        "unique_id": re.sub("[^A-Za-z0-9-]", "-", f"{event.entry.slug}--{event.key}--{item.lane}"),
        "autolink": False,
    }
    if last != first:
        slide["end_date"] = _date(last)
    return slide


def _era(event: EventLine) -> Json | None:
    first, last = event.known.earliest_begin, event.known.latest_end
    if first is None or last is None:
        return None
    words = f"{event.entry.title}: {event.label} ({date_words(event)})"
    return {
        "start_date": _date(first),
        "end_date": _date(last),
        "text": {"headline": escape(event.short), "text": escape(words)},
    }


def _known_days(event: EventLine) -> tuple[int, int] | None:
    """The first and last day that can be named; one day alone where only one is known."""
    days = [day for day in event.known if day is not None]
    return (min(days), max(days)) if days else None


def _date(day: int) -> Json:
    drawn_day = date.fromordinal(min(day, LAST_DAY))
    return {"year": str(drawn_day.year), "month": str(drawn_day.month), "day": str(drawn_day.day)}
