"""A timeline as a file of one of its formats."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, assert_never

from casebook.exports.formats import TimelineFormat

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.timeline.chart import Chart


class TimelineFile(NamedTuple):
    """What is written, and the labels of events that the format cannot hold."""

    content: str
    left_out: tuple[str, ...] = ()


def timeline_file(chart: Chart, form: TimelineFormat, book: Book) -> TimelineFile:
    """The chart in a format.

    Args:
        book: where it is from; a calendar's entries bear its slug and the time of its file.

    Raises:
        MissingError: a package that the format needs is not installed.
    """
    match form:
        case TimelineFormat.SVG:
            from casebook.exports.timeline_svg import timeline_svg

            return TimelineFile(timeline_svg(chart))
        case TimelineFormat.CSV:
            from casebook.exports.timeline_csv import timeline_csv

            return TimelineFile(timeline_csv(chart))
        case TimelineFormat.TIMELINEJS:
            from casebook.exports.timeline_js import timeline_js

            return TimelineFile(timeline_js(chart))
        case TimelineFormat.ICS:
            from casebook.exports.timeline_ics import timeline_ics

            written = datetime.fromtimestamp(book.path.stat().st_mtime, UTC)
            return TimelineFile(*timeline_ics(chart, book.info.slug, written))
        case _:
            assert_never(form)
