"""A timeline in words: as a document to read from top to bottom, an event, a single line."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from casebook.account_words import add_account, in_addition_words, meaning_words
from casebook.book.edition import sealed_said
from casebook.book.page_values import EventLine, Page
from casebook.book.told import ToldLines
from casebook.date_words import date_of
from casebook.dates import Bounds, TimeOrder
from casebook.document import DocBlock, Document, Set
from casebook.page_documents import event_anchor, event_words
from casebook.text import Text
from casebook.text_builder import TextBuilder
from casebook.timeline import lane_cells
from casebook.timeline.chart import Chart, LaneEvent
from casebook.timeline.layout import bar_of
from casebook.timeline.scale import STEPS, Calendar, Window
from casebook.timeline.span_index import known_days
from casebook.timeline.verdicts import Verdict, add_verdict, verdict
from casebook.told_words import add_told

MOST_COMPARED = 60
"""Events of a list each of which is held against all before it."""
STRIP_WIDTH = 44
"""Cells of the line of events on a page."""


# A list


def timeline_document(chart: Chart, *, by_lane: bool, policy: bool = False) -> Document:
    """A timeline as a list in the order of time, which says where no order is known.

    Args:
        by_lane: with a heading for each lane; otherwise one list of all.
        policy: with what policy did meanwhile.
    """
    blocks = [DocBlock(Set.TITLE, Text(f"Timeline: {chart.title}"), anchor="top")]
    sealed = chart.material.sealed
    if sealed:
        blocks.append(DocBlock(Set.PARAGRAPH, Text(sealed_said(sealed))))
    if not chart.items and (not sealed or len(sealed) < len(chart.entries)):
        blocks.append(DocBlock(Set.PARAGRAPH, Text("No events are known, or none are shown.")))
    own = chart.entries[0].slug if len(chart.entries) == 1 else ""
    if by_lane:
        for number, lane in enumerate(chart.lanes):
            words = f"{lane.name} ({lane.note})" if lane.note else lane.name
            blocks.append(DocBlock(Set.HEADING, Text(words), level=2, anchor=f"lane:{lane.name}"))
            blocks += _listed(chart, lane.items, chart.owner(number) or own)
    else:
        # An event stands in the lane of each place that an account names.
        each = {item.event.id: item for item in reversed(chart.items)}
        blocks += _listed(chart, list(reversed(each.values())), own)
    if policy and chart.background.items:
        title = f"{chart.background.name} meanwhile"
        blocks.append(DocBlock(Set.HEADING, Text(title), level=2, anchor="section:policy"))
        blocks += _listed(chart, chart.background.items, own)
    return Document(chart.title, tuple(blocks), chart.sources)


def _listed(chart: Chart, items: Sequence[LaneEvent], own: str) -> list[DocBlock]:
    blocks = []
    listed = {item.event.id for item in items}
    for number, item in enumerate(items):
        builder = event_words(item.event, own)
        if chart.is_milestone(item):
            builder.add(". The time is counted from here")
        elif passed := chart.lapse_of(item):
            builder.add(f". {_capital(passed.words)}")
            builder.add(f", {passed.basis}" if passed.basis else "")
        unknown = []
        for at, found in _verdicts(chart.told, items, number):
            if found.order is TimeOrder.UNKNOWN:
                unknown.append(at + 1)
            elif found.order is TimeOrder.TOLD and _says_more(found, item.event, listed):
                builder.add(". ")
                other = items[at].event
                add_verdict(builder, item.event, other, found, at + 1, as_sentence=True)
        if unknown:
            builder.add(f". May be before or after {_numbers(unknown)}")
        lead = f"{number + 1}."
        blocks.append(DocBlock(Set.ITEM, builder.text(), lead, 1, event_anchor(item.event)))
    return blocks


def _verdicts(
    told: ToldLines, items: Sequence[LaneEvent], number: int
) -> Iterator[tuple[int, Verdict]]:
    """The order of the event at `number` and of each before it, with the place of the latter.

    In a list longer than `MOST_COMPARED` only with the event directly before it.
    """
    first = 0 if len(items) <= MOST_COMPARED else max(number - 1, 0)
    for at in range(first, number):
        yield at, verdict(items[number].event, items[at].event, told)


def _says_more(found: Verdict, event: EventLine, listed: Container[tuple[str, str]]) -> bool:
    """Whether a told order says what the events of the list do not say themselves.

    What an event's own statements say stands beside it, and so does each link of a chain
    that goes over events of the list.
    """
    if len(found.chain) == 1:
        return found.chain[0].event.id != event.id
    return not any(line.event.id in listed and line.other.id in listed for line in found.chain)


def _numbers(numbers: Sequence[int]) -> str:
    """Rising numbers as a list with ranges: `1, 3–5`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(
        str(first) if first == last else f"{first}\N{EN DASH}{last}" for first, last in parts
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# One event


def event_document(
    event: EventLine, chart: Chart, notes: Iterable[Text] = (), *, with_edtf: bool = True
) -> Document:
    """An event as a list of facts: what, when, in which order, where, who.

    Args:
        notes: further facts on its order, such as that to another event.
        with_edtf: its date in that notation as well as in words.
    """
    what = TextBuilder().strong(event.short)
    if event.label != event.short:
        what.add(f": {event.label}")
    stated = f"inferred: {event.inferred_from}" if event.inferred else "stated"
    when = TextBuilder().strong(event.date_text)
    edtf = f"EDTF {event.edtf}, " if with_edtf and event.edtf != event.date_text else ""
    when.add(f"; {edtf}{meaning_words(event)}; {stated}")
    blocks = [
        DocBlock(Set.FACT, what.cite(event.citations).text(), "Event"),
        DocBlock(Set.FACT, when.text(), "Date"),
    ]
    for account in event.accounts:
        builder = TextBuilder()
        add_account(builder, event, account, with_edtf=with_edtf)
        if account.volume != event.volume:
            builder.add(in_addition_words(chart.material.volumes.get(account.volume, "")))
        blocks.append(DocBlock(Set.FACT, builder.text(), "Account"))
    told = TextBuilder()
    add_told(told, event, fully=True)
    if told.length:
        blocks.append(DocBlock(Set.FACT, told.text(), "Told"))
    blocks += [DocBlock(Set.FACT, note, "Order") for note in notes]
    where = event.full_place_name or "not said"
    blocks.append(DocBlock(Set.FACT, Text(f"{where} ({event.kind})"), "Place"))
    who = TextBuilder().entry(event.entry)
    for participant in event.participants:
        who.add(", ").entry(participant.entry)
        who.add(f" ({participant.role})" if participant.role else "")
    blocks.append(DocBlock(Set.FACT, who.text(), "Who"))
    volume = chart.material.volumes.get(event.volume)
    if volume:
        blocks.append(DocBlock(Set.FACT, Text(volume), "Volume"))
    return Document(event.short, tuple(blocks), chart.sources)


# One line


def with_strip(document: Document, page: Page) -> Document:
    """A page's document with its events in one line below its years, if it has any."""
    line = strip(page.events)
    if not line:
        return document
    block = DocBlock(Set.FACT, Text(line), "Timeline")
    facts = [at for at, block in enumerate(document.blocks) if block.set is Set.FACT]
    years = [at for at in facts if document.blocks[at].lead == "Years"]
    after = (years or facts[-1:] or [0])[0]
    blocks = (*document.blocks[: after + 1], block, *document.blocks[after + 1 :])
    return Document(document.title, blocks, document.sources)


def strip(events: Iterable[EventLine], width: int = STRIP_WIDTH) -> str:
    """All events of a case in one line, between its first and last year; empty without any.

    Events whose date says hardly anything are only counted: they would shade everything.
    """
    every = [event.known for event in events]
    days = known_days(every)
    if days is None:
        return ""
    narrow = [bounds for bounds in every if _is_telling(bounds, days)]
    span = known_days(narrow)
    if span is None:
        count = len(every)
        return f"{count} event{'s' * (count != 1)} of vague date"
    first, last = span
    left, right = f"{date_of(first).year} ", f" {date_of(last).year}"
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
    bars = [bar for span in narrow if (bar := bar_of(span, window))]
    signs = lane_cells.one_row(bars, window.width)
    return f"{left if left.strip() != right.strip() else ''}{signs}{tail}"


def _is_telling(bounds: Bounds, days: tuple[int, int]) -> bool:
    """Whether a date is narrower than half the time from `days[0]` to `days[1]`, or a year."""
    if bounds.certain is not None:
        return True
    first, last = bounds.possible
    if first is None or last is None:
        return False
    return 2 * (last - first) <= max(days[1] - days[0], 2 * 366)
