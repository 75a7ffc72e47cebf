"""A timeline as CSV: a row for each event."""

from __future__ import annotations

import csv
import io

from casebook.account_words import meaning_words
from casebook.dates import iso_day
from casebook.document import citations_label
from casebook.exports.matrix_table import harmless
from casebook.exports.timeline_words import accounts_words, told_words
from casebook.timeline.chart import Chart, LaneEvent

COLUMNS = (
    "entry",
    "key",
    "label",
    "kind",
    "lane",
    "place",
    "date",
    "edtf",
    "meaning",
    "inferred from",
    "earliest begin",
    "latest begin",
    "earliest end",
    "latest end",
    "participants",
    "citations",
    "told",
    "derived earliest begin",
    "derived latest begin",
    "derived earliest end",
    "derived latest end",
    "accounts",
)


def timeline_csv(chart: Chart) -> str:
    """The events in told order; an aligned chart has the time since its milestone, too.

    A cell that a spreadsheet would take for a formula is written with an apostrophe before
    it, and the byte order mark tells Excel that this is UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*COLUMNS, "since milestone") if chart.align else COLUMNS)
    for item in chart.items:
        writer.writerow([harmless(cell) for cell in _row(chart, item)])
    return "\ufeff" + out.getvalue()


def _row(chart: Chart, item: LaneEvent) -> list[str]:
    event, bounds = item.event, item.event.bounds
    days = (bounds.earliest_begin, bounds.latest_begin, bounds.earliest_end, bounds.latest_end)
    cells = [
        event.entry.slug,
        event.key,
        event.label,
        event.kind.value,
        chart.lanes[item.lane].name,
        event.full_place_name,
        event.date_text,
        event.edtf,
        meaning_words(event),
        event.inferred_from,
        *(iso_day(day) or "" for day in days),
        "; ".join(participant.entry.slug for participant in event.participants),
        citations_label(event.citations, chart.sources).strip("[]"),
        told_words(event, chart),
        *((day or "" for day in event.derived.iso()) if event.derived else [""] * 4),
        accounts_words(event, chart),
    ]
    if chart.align:
        lapse = chart.lapse_of(item)
        cells.append("milestone" if chart.is_milestone(item) else lapse.said if lapse else "")
    return cells
