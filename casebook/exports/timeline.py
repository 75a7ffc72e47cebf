"""A timeline as a file of one of its formats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, assert_never

from casebook.exports.formats import TimelineFormat

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.timeline.chart import Chart


class TimelineFile(NamedTuple):
    """The content of a file.

    Attributes:
        left_out: the labels of events that the format cannot hold.
    """

    content: str
    left_out: tuple[str, ...] = ()


CHART_WIDTH = 100
"""Cells of a chart that is not printed on a terminal."""


def timeline_file(
    chart: Chart,
    form: TimelineFormat,
    book: Book,
    *,
    by_lane: bool = False,
    policy: bool = False,
    width: int | None = None,
) -> TimelineFile:
    """The content of a file with a timeline.

    Args:
        book: where the chart is from; a calendar's entries bear its slug and the time of its file.
        by_lane: a list goes lane by lane, which that of several entries always does.
        policy: a list has what policy did meanwhile, too.
        width: cells of the terminal that a list or a chart is printed on; None for a file.

    Raises:
        MissingError: a package that the format needs is not installed.
    """
    match form:
        case TimelineFormat.LIST:
            from casebook.renderings.text import document_lines, prose_width
            from casebook.timeline.documents import timeline_document

            in_lanes = by_lane or len(chart.entries) > 1
            document = timeline_document(chart, by_lane=in_lanes, policy=policy)
            return TimelineFile(_joined(document_lines(document, prose_width(width))))
        case TimelineFormat.CHART:
            from casebook.timeline.text_chart import chart_lines

            return TimelineFile(_joined(chart_lines(chart, width or CHART_WIDTH)))
        case TimelineFormat.JSON:
            from casebook.renderings import charts_contract
            from casebook.renderings.json_text import json_text

            return TimelineFile(json_text(charts_contract.timeline(chart)))
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


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
