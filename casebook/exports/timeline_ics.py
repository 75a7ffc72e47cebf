"""A timeline for a calendar (RFC 5545), as far as that makes sense: events with two known ends.

A calendar knows no vague date. An event becomes a whole-day entry from its earliest to its
latest day, marked as tentative where it is vague, with the source's own words in its name.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from casebook.dates import LAST_DAY
from casebook.exports.extras import needed
from casebook.exports.timeline_words import event_sentences
from casebook.timeline.chart import Chart, LaneEvent

LONGEST = 10 * 366
"""Days beyond which an entry would only cover a calendar."""


class CalendarFile(NamedTuple):
    """An iCalendar file, and what is not in it.

    Attributes:
        left_out: the labels of events that are open-ended, or too long or too vague.
    """

    content: str
    left_out: tuple[str, ...]


def timeline_ics(chart: Chart, book: str, written: datetime) -> CalendarFile:
    """The events that a calendar can hold.

    Args:
        book: the book's slug, a part of each entry's identity, so that a second import
            updates the first.
        written: when the book was made.

    Raises:
        MissingError: icalendar is not installed.
    """
    icalendar = needed("icalendar", "A calendar")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Casebook//timeline//EN")
    calendar.add("version", "2.0")
    # A name is no text to icalendar, which does not escape the ends of lines in it.
    calendar.add("x-wr-calname", " ".join(f"Timeline: {chart.title}".split()))
    seen: set[str] = set()
    left: list[str] = []
    for item in chart.items:
        identity = _identity(item, book)
        if identity in seen:
            continue
        seen.add(identity)
        span = _span(item)
        if span is None:
            left.append(item.event.short)
            continue
        entry = icalendar.Event()
        entry.add("uid", identity)
        entry.add("dtstamp", written.astimezone(UTC).replace(microsecond=0))
        entry.add("summary", f"{item.event.short} ({item.event.date_text})")
        entry.add("description", event_sentences(item.event, chart))
        entry.add("dtstart", span[0])
        entry.add("dtend", span[1] + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
        is_vague = item.event.known.certain != item.event.known.possible
        entry.add("status", "TENTATIVE" if is_vague else "CONFIRMED")
        if where := item.event.full_place_name:
            entry.add("location", where)
        calendar.add_component(entry)
    return CalendarFile(calendar.to_ical().decode("utf-8"), tuple(left))


def _identity(item: LaneEvent, book: str) -> str:
    """The entry's identity; one line of plain letters, whatever the book has for keys."""
    words = f"{item.event.entry.slug}.{item.event.key}@{book}.casebook"
    return re.sub(r"[^\x21-\x7e]+", "-", words)


def _span(item: LaneEvent) -> tuple[date, date] | None:
    first, last = item.event.known.possible
    if first is None or last is None or last - first > LONGEST or last >= LAST_DAY:
        # An entry ends with the day after its last, and the last day of all has none.
        return None
    return date.fromordinal(first), date.fromordinal(last)
