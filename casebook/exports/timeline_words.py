"""What every export says of a vague date, whatever its format can hold."""

from __future__ import annotations

from casebook.book.page_values import EventLine
from casebook.document import citations_label
from casebook.timeline.chart import Chart
from casebook.timeline.documents import bounds_words


def date_words(event: EventLine) -> str:
    """`late 1990s (some time in 1995–1999)`, with how it was inferred."""
    inferred = f"; inferred: {event.inferred_from}" if event.inferred else ""
    return f"{event.date_text} ({bounds_words(event.bounds)}{inferred})"


def told(event: EventLine, chart: Chart) -> str:
    """The event in a sentence, with its date in words and its citations."""
    cited = citations_label(event.citations, chart.sources)
    return f"{event.label}. {date_words(event)}. {cited}".strip()
