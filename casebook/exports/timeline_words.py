"""The words of exports for events and their vague dates, in formats without vague dates."""

from __future__ import annotations

from casebook.account_words import add_accounts, meaning_words
from casebook.book.page_values import EventLine
from casebook.document import citations_label, with_citations
from casebook.text_builder import TextBuilder
from casebook.timeline.chart import Chart
from casebook.told_words import add_told


def date_words(event: EventLine) -> str:
    """A date in the source's words, with its meaning, and how it was inferred where it was:
    `late 1990s (some time in 1995–1999)`."""
    inferred = f"; inferred: {event.inferred_from}" if event.inferred else ""
    return f"{event.date_text} ({meaning_words(event)}{inferred})"


def event_sentences(event: EventLine, chart: Chart) -> str:
    """The event in sentences: label, date, citations, and what is told of its order."""
    cited = citations_label(event.citations, chart.sources)
    accounts = accounts_words(event, chart)
    words = [
        f"{event.label}. {date_words(event)}. {cited}".strip(),
        f"{accounts}." if accounts else "",
        told_words(event, chart),
    ]
    return " ".join(filter(None, words))


def accounts_words(event: EventLine, chart: Chart) -> str:
    """What each source says of the date and the place; empty where there is one account."""
    builder = TextBuilder()
    add_accounts(builder, event)
    return with_citations(builder.text(), chart.sources)


def told_words(event: EventLine, chart: Chart) -> str:
    """What is told of the order of an event and others, with citations; empty for nothing."""
    builder = TextBuilder()
    add_told(builder, event)
    words = with_citations(builder.text(), chart.sources)
    return f"{words}." if words else ""
