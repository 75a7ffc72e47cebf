"""Puts told order into words: what is told of an event, and what follows for its date."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.book.page_values import BoundReasons, DateStep, EventLine, EventRef, ToldLine
from casebook.date_words import first_day_words, last_day_words
from casebook.text import MarkKind
from casebook.text_builder import TextBuilder
from casebook.vocabulary import BoundName, TimeRelation

_VERBS = {
    TimeRelation.AFTER: "came after",
    TimeRelation.BEFORE: "came before",
    TimeRelation.DURING: "fell within",
}


def add_told(builder: TextBuilder, event: EventLine, *, fully: bool = False) -> None:
    """Adds what sources tell of the place of an event among others, and what follows from it.

    Args:
        fully: with what exactly they tell.
    """
    for line in event.told:
        builder.add(". " if builder.length else "").add(f"{_capital(line.relation)} ")
        add_event(builder, line.other, event.entry.slug)
        if line.distance:
            builder.add(f" ({line.distance})")
        builder.add(", as told")
        if fully and line.words:
            builder.add(f": {line.words}")
        builder.cite(line.citations)
    for reasons in event.reasons:
        if words := limit_words(event, reasons.bound):
            builder.add(". " if builder.length else "").add(f"{_capital(words)}, since ")
            add_reasons(builder, event, reasons, fully=fully)


def limit_words(event: EventLine, bound: BoundName) -> str:
    """A derived bound of an event in words: `not before 1995`.

    Empty for an end of a moment, which its begin has said already.
    """
    known = event.known
    is_moment = known.is_moment
    if bound is BoundName.EARLIEST_BEGIN and known.earliest_begin is not None:
        return f"not before {first_day_words(known.earliest_begin)}"
    if bound is BoundName.LATEST_BEGIN and known.latest_begin is not None:
        begun = "" if is_moment else "begun "
        return f"{begun}not after {last_day_words(known.latest_begin)}"
    if is_moment:
        return ""
    if bound is BoundName.EARLIEST_END and known.earliest_end is not None:
        return f"not over before {first_day_words(known.earliest_end)}"
    if bound is BoundName.LATEST_END and known.latest_end is not None:
        return f"over by {last_day_words(known.latest_end)}"
    return ""


def add_reasons(
    builder: TextBuilder, event: EventLine, reasons: BoundReasons, *, fully: bool = False
) -> None:
    """Adds why a bound is what it is.

    Args:
        fully: every statement from the event to the date behind it; otherwise that date alone,
            with all citations.
    """
    own, told = event.entry.slug, reasons.told
    dates = [step for step in reasons.steps if isinstance(step, DateStep)]
    if fully or len(dates) != 1:
        add_chain(builder, reversed(told), own)
        for step in dates:
            builder.add("; ")
            add_event(builder, step.event, own)
            builder.add(f" is of {step.date_text}")
        return
    is_low = reasons.bound in (BoundName.EARLIEST_BEGIN, BoundName.EARLIEST_END)
    builder.add(f"it came {'after' if is_low else 'before'} ")
    add_event(builder, dates[0].event, own)
    builder.add(f", {dates[0].date_text}")
    builder.cite(dict.fromkeys(citation for line in reversed(told) for citation in line.citations))


def add_chain(builder: TextBuilder, chain: Iterable[ToldLine], own: str) -> None:
    """Adds told statements: `the lamp came after web sales [¶68], web sales came after …`."""
    for number, line in enumerate(chain):
        builder.add(", and " if number else "")
        add_event(builder, line.event, own)
        builder.add(f" {_VERBS[line.relation]} ")
        add_event(builder, line.other, own)
        builder.cite(line.citations)


def add_event(builder: TextBuilder, event: EventRef, own: str) -> None:
    """Adds the short name of an event, with its entry where that is not the one at hand."""
    builder.add(event.short, MarkKind.EMPHASIS)
    if event.entry.slug != own:
        builder.add(" (").entry(event.entry).add(")")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
