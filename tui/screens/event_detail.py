"""What stands below a timeline: the chosen event, and its distance from others."""

from __future__ import annotations

from casebook.book.page_values import EventLine
from casebook.document import DocBlock, Document, Set, citations_label
from casebook.text import Text
from casebook.timeline.chart import Chart, LaneEvent
from casebook.timeline.documents import event_document
from casebook.timeline.elapsed import lapse_between
from casebook.timeline.relations import relation_blocks, relations
from casebook.timeline.verdicts import verdict_text


def event_detail(
    chart: Chart, item: LaneEvent | None, measured: LaneEvent | None, *, with_edtf: bool
) -> Document:
    """Everything that is said of an event of a chart.

    Args:
        measured: the event from which the reader measures the time; None for none.
        with_edtf: its date in that notation as well as in words.
    """
    if item is None:
        return Document("", ())
    notes: list[Text] = []
    passed = chart.lapse_of(item)
    if chart.is_milestone(item):
        notes.append(Text("time in this lane is counted from here"))
    elif passed is not None:
        milestone = chart.milestones[chart.owner(item.lane)]
        notes.append(_time_between(chart, milestone, item.event))
    if measured is not None and measured.event is not item.event:
        notes.append(_time_between(chart, measured.event, item.event))
    document = event_document(item.event, chart, notes, with_edtf=with_edtf)
    if measured is None or measured.event is not item.event:
        return document
    every = (listed.event for listed in (*chart.items, *_background_of(chart, item)))
    table = relation_blocks(relations(item.event, dict.fromkeys(every), chart.told), item.event)
    # First, where it is seen without scrolling: of the event itself the chart has the name.
    heading = DocBlock(Set.FACT, Text(f"{item.event.short}; {_MEASURING}"), "From")
    return Document(document.title, (heading, *table, *document.blocks), document.sources)


_MEASURING = "C stops measuring"


def _background_of(chart: Chart, item: LaneEvent) -> tuple[LaneEvent, ...]:
    """What policy did, where one of its events is measured from."""
    return chart.background.items if item.lane < 0 else ()


def _time_between(chart: Chart, origin: EventLine, event: EventLine) -> Text:
    """The time from one event to another, and which came first."""
    passed = lapse_between(origin, event, chart.told)
    basis = f" ({passed.basis})" if passed.basis else ""
    lead = f"{passed.words} than {origin.short}{basis}: "
    if passed.fewest is None and passed.most is None:
        # Nothing is known of the distance, and the verdict says so of the order.
        lead = f"Compared with {origin.short}: "
    return verdict_text(event, origin, chart.told, lead)


def event_to_copy(chart: Chart, event: EventLine) -> str:
    """An event with its citations, and the references of their sources."""
    sources = chart.sources
    words = f"{event.date_text}: {event.label} {citations_label(event.stated_citations, sources)}"
    cited = dict.fromkeys(c.source for c in event.stated_citations if c.source in sources)
    return "\n".join([words.strip(), *(sources[slug].reference for slug in cited)])
