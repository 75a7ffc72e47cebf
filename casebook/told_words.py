"""Puts told order into words: what is told of an event, and what follows for its date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from casebook.account_words import OVER_ALL
from casebook.book.page_values import (
    BoundReasons,
    DateStep,
    EventLine,
    EventRef,
    ToldLine,
)
from casebook.citations import each_place_once
from casebook.date_words import first_day_words, last_day_words
from casebook.dates import year_of
from casebook.durations import Duration, parse_duration
from casebook.text import MarkKind
from casebook.text_builder import TextBuilder
from casebook.told_relations import BoundName, TimeRelation

_TURNED = {
    TimeRelation.AFTER: TimeRelation.BEFORE,
    TimeRelation.BEFORE: TimeRelation.AFTER,
}
"""A relation as it is said of the other event."""


def basis_words(lines: Iterable[ToldLine]) -> str:
    """On whose word an order rests: `as told`, or the book's where it reads any of it so."""
    return "as the book reads it" if any(line.is_inferred for line in lines) else "as told"


def add_told(builder: TextBuilder, event: EventLine, *, fully: bool = False) -> None:
    """Adds what sources tell of the place of an event among others, and what follows from it.

    Args:
        fully: with what exactly they tell.
    """
    for line in event.told:
        builder.add(". " if builder.length else "").add(f"{capital(line.relation)} ")
        add_event(builder, line.other, event.entry.slug)
        if line.distance:
            builder.add(f" ({line.distance})")
        builder.add(f", {basis_words([line])}")
        if fully and line.words:
            builder.add(f": {line.words}")
        builder.cite(line.citations)
    for reasons in event.reasons:
        if words := limit_words(event, reasons.bound):
            builder.add(". " if builder.length else "").add(f"{capital(words)}, since ")
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


# Reasons


class _ReasonStep(NamedTuple):
    """A statement as a step from the event that is spoken of to the next one.

    Attributes:
        relation: of the event that is spoken of, to the next.
        holds: instead, the next one fell within it.
        distance: the limit that the bound rests on: `at least 2 years`; may be empty.
    """

    next: EventRef
    relation: TimeRelation
    holds: bool
    distance: str


def add_reasons(
    builder: TextBuilder, event: EventLine, reasons: BoundReasons, *, fully: bool = False
) -> None:
    """Adds why a bound is what it is.

    Args:
        fully: every statement from the event to the date behind it, each with its own
            citations; otherwise what leads from the one to the other, with the citations of
            all of it together.
    """
    own = event.entry.slug
    dates = [step for step in reasons.steps if isinstance(step, DateStep)]
    steps = () if fully or len(dates) != 1 else _steps(event, reasons, dates[0])
    if not steps:
        add_chain(builder, reversed(reasons.told), own)
        for date in dates:
            builder.add("; ")
            add_event(builder, date.event, own)
            builder.add(f" is of {_date_words(date)}")
        return
    if len(steps) > 1 and _is_one_way(steps, reasons.bound):
        builder.add(f"it came {'after' if _is_low(reasons.bound) else 'before'} ")
        add_event(builder, dates[0].event, own)
        between = len(steps) - 1
        builder.add(f", {_date_words(dates[0])}")
        builder.add(f", with {between} event{'s' * (between != 1)} between")
    else:
        _add_steps(builder, steps, own, _date_words(dates[0]))
    if any(line.is_inferred for line in reasons.told):
        builder.add(f", {basis_words(reasons.told)}")
    builder.cite(
        each_place_once(cite for line in reversed(reasons.told) for cite in line.citations)
    )


def _steps(event: EventLine, reasons: BoundReasons, date: DateStep) -> tuple[_ReasonStep, ...]:
    """The statements as steps from an event to the date behind its bound.

    Empty where they do not lead from the one to the other, or lack a distance that it takes:
    a long chain is kept in part, and a damaged book may hold anything.
    """
    is_low = _is_low(reasons.bound)
    at, steps = event.id, list[_ReasonStep]()
    for line in reversed(reasons.told):
        if at not in (line.event.id, line.other.id):
            return ()
        is_own = at == line.event.id
        following = line.other if is_own else line.event
        relation = line.relation if is_own else _TURNED.get(line.relation, line.relation)
        is_within = relation is TimeRelation.DURING
        is_after = is_own if is_within else relation is TimeRelation.AFTER
        limit = _limit_words(line, is_least=is_after == is_low)
        if not (limit or is_within or is_after == is_low):
            return ()
        steps.append(_ReasonStep(following, relation, is_within and not is_own, limit))
        at = following.id
    return tuple(steps) if at == date.event.id else ()


def _is_one_way(steps: Sequence[_ReasonStep], bound: BoundName) -> bool:
    """Whether all steps say no more than that one event came after the next, or all before."""
    wanted = TimeRelation.AFTER if _is_low(bound) else TimeRelation.BEFORE
    return all(
        not step.distance
        and (
            step.relation is wanted
            or (step.relation is TimeRelation.DURING and step.holds is not _is_low(bound))
        )
        for step in steps
    )


def _add_steps(builder: TextBuilder, steps: Sequence[_ReasonStep], own: str, date: str) -> None:
    """`it came at least 2 years before the election, which came before the government, 2009`.

    Args:
        date: of the last event, beside whose name it stands.
    """
    last: EventRef | None = None
    for number, step in enumerate(steps):
        dated = f", {date}" if number == len(steps) - 1 else ""
        is_within = step.relation is TimeRelation.DURING
        distance = f"{step.distance} after its beginning" if is_within and step.distance else ""
        builder.add(", " if number else "")
        if step.holds and number and last is None:
            builder.add("within which ")
            add_event(builder, step.next, own)
            builder.add(f"{dated}, fell" if dated else " fell")
            builder.add(f", {distance}" if distance else "")
        else:
            builder.add("and " if last else "")
            if step.holds:
                add_event(builder, step.next, own)
                builder.add(f"{dated}, fell within " if dated else " fell within ")
            if last:
                add_event(builder, last, own)
            else:
                builder.add("which" if number else "it")
            if not step.holds:
                limit = f"{step.distance} " if step.distance else ""
                builder.add(" fell within " if is_within else f" came {limit}{step.relation} ")
                add_event(builder, step.next, own)
                builder.add(dated)
            builder.add(f", {distance}" if distance else "")
        # `Which` would not be understood of what does not stand last.
        last = step.next if is_within and (step.holds or step.distance) else None


def _date_words(date: DateStep) -> str:
    """The words of a date, with the bound that counts where they do not have its year."""
    over_all = f", {OVER_ALL}" if date.is_over_accounts else ""
    if date.day is None or str(year_of(date.day)) in date.date_text:
        return f"{date.date_text}{over_all}"
    match date.bound:
        case BoundName.EARLIEST_BEGIN:
            bound = f"not before {first_day_words(date.day)}"
        case BoundName.LATEST_BEGIN:
            bound = f"not after {last_day_words(date.day)}"
        case BoundName.EARLIEST_END:
            bound = f"not over before {first_day_words(date.day)}"
        case BoundName.LATEST_END:
            bound = f"over by {last_day_words(date.day)}"
    return f"{date.date_text} ({bound}{over_all})"


def _is_low(bound: BoundName) -> bool:
    return bound in (BoundName.EARLIEST_BEGIN, BoundName.EARLIEST_END)


# Statements


def add_chain(builder: TextBuilder, chain: Iterable[ToldLine], own: str) -> None:
    """Adds told statements: `the lamp came after web sales [¶68], and web sales came …`."""
    for number, line in enumerate(chain):
        builder.add(", and " if number else "")
        add_event(builder, line.event, own)
        limits = " and ".join(
            filter(None, (_limit_words(line, is_least=is_least) for is_least in (True, False)))
        )
        if line.relation is TimeRelation.DURING:
            builder.add(" fell within ")
            add_event(builder, line.other, own)
            builder.add(f", {limits} after its beginning" if limits else "")
        else:
            builder.add(f" came {limits} {line.relation} " if limits else f" came {line.relation} ")
            add_event(builder, line.other, own)
        builder.cite(line.citations)


def _limit_words(line: ToldLine, *, is_least: bool) -> str:
    """`at least 2 years`; empty where no such limit is told."""
    text, days = (line.least, line.least_days) if is_least else (line.most, line.most_days)
    if days is None or (is_least and days <= 0):
        return ""
    try:
        duration = parse_duration(text)
    except ValueError:  # only a damaged book has one
        duration = Duration.of_days(days)
    return f"at {'least' if is_least else 'most'} {duration.words}"


def add_event(builder: TextBuilder, event: EventRef, own: str) -> None:
    """Adds the short name of an event, with its entry where that is not the one at hand."""
    builder.add(event.short, MarkKind.EMPHASIS)
    if event.entry.slug != own:
        builder.add(" (").entry(event.entry).add(")")


def capital(words: str) -> str:
    """The words with a capital."""
    return words[:1].upper() + words[1:]
