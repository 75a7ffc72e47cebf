"""The events of a book: of some entries, of all, and those that are the background of cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from casebook.book.accounts import accounts_of
from casebook.book.connection import Book, Row
from casebook.book.page_values import EventLine, ParticipantLine, ToldLine
from casebook.book.rows import (
    PLACE_COLUMNS,
    Cited,
    bounds,
    citations_of,
    entry_ref,
    in_batches,
    marks,
    name,
    number,
    place,
    plain_citations,
    slug,
    text,
    word,
)
from casebook.book.told import MOST_TOLD_OF_EVENT, ToldLines, reasons_of, told_lines
from casebook.book.volumes import Said, said_by
from casebook.citations import Citation
from casebook.dates import Bounds
from casebook.statement_kinds import EventKind
from casebook.vocabulary import Kind

EVENTS_SQL = (
    "SELECT v.statement_id, v.entry_id, v.position, v.key, v.label, v.short, v.kind, v.place_id,"
    " v.date_text, v.edtf, v.inferred, v.inferred_from,"
    " v.earliest_begin, v.latest_begin, v.earliest_end, v.latest_end,"
    f" e.slug, e.kind, e.title, {PLACE_COLUMNS},"
    " d.event_id, d.earliest_begin, d.latest_begin, d.earliest_end, d.latest_end"
    " FROM event AS v JOIN entry AS e ON e.id = v.entry_id"
    " LEFT JOIN place AS p ON p.id = v.place_id"
    " LEFT JOIN derived_bounds AS d ON d.event_id = v.statement_id"
)
TAKEN_PART_SQL = (
    f"{EVENTS_SQL} WHERE v.statement_id IN (SELECT event_id FROM participant WHERE entry_id = ?)"
)
"""The events in which an entry took part; its own may be among them."""

MOST_POLICIES = 400
"""Policy events that are read as the background of some cases."""

MOST_POLICY_COUNTRIES = 100

MOST_PARTICIPANTS = 500


class Events(NamedTuple):
    """Events in told order and by earliest begin, and all that orders them."""

    lines: tuple[EventLine, ...]
    told: ToldLines


def events_of(book: Book, keys: Iterable[int] | None = None) -> Events:
    """The events of some entries, and those they took part in.

    Args:
        keys: entries; None for every event of the book.
    """
    rows: dict[int, Row] = {}
    if keys is None:
        rows = {row[0]: row for row in book.ask(EVENTS_SQL)}
    else:
        for batch in in_batches(keys):
            several = marks(len(batch))
            condition = (
                f" WHERE v.entry_id IN ({several}) OR v.statement_id IN"
                f" (SELECT event_id FROM participant WHERE entry_id IN ({several}))"
            )
            found = book.ask(EVENTS_SQL + condition, [*batch, *batch])
            rows.update({row[0]: row for row in found})
    told = told_lines(book, None if keys is None else rows)
    return event_lines(book, rows.values(), citations_of(book, rows), told, said_by(book, rows))


def policies_of(book: Book, countries: Iterable[str]) -> Events:
    """What laws, schemes and governments did in some countries.

    Of very many the ones that last come first, and no more than `MOST_POLICIES` are read.

    Args:
        countries: ISO 3166-1 alpha-2 codes.
    """
    codes = sorted(set(countries))[:MOST_POLICY_COUNTRIES]
    if not codes:
        return Events((), ToldLines())
    rows = book.ask(
        f"{EVENTS_SQL} WHERE p.country IN ({marks(len(codes))})"
        " AND ((e.kind = ? AND v.kind IN (?, ?)) OR (e.kind = ? AND v.kind = ?))"
        " ORDER BY v.earliest_end IS v.earliest_begin AND v.latest_end IS v.latest_begin,"
        " v.earliest_begin, v.statement_id LIMIT ?",
        [
            *codes,
            Kind.PROGRAMME,
            EventKind.LAW,
            EventKind.SUPPORT,
            Kind.ORGANISATION,
            EventKind.LAW,
            MOST_POLICIES,
        ],
    )
    keys = [row[0] for row in rows]
    told = told_lines(book, keys)
    return event_lines(book, rows, citations_of(book, keys), told, said_by(book, keys))


def event_lines(
    book: Book, rows: Iterable[Row], cited: Cited, told: Mapping[int, ToldLine], said: Said
) -> Events:
    """Events in told order and by earliest begin; a row that is none is left out and noted.

    Args:
        rows: in the columns of `EVENTS_SQL`.
        told: the statements about them, as `told_lines` gives them.
        said: which volumes say them.
    """
    found = {row[0]: row for row in rows}
    participants = _participants(book, found)
    accounts = accounts_of(book, found)
    derived = [key for key, row in found.items() if row[25] is not None]
    reasons = reasons_of(book, derived, told)
    own: dict[tuple[str, str], list[ToldLine]] = defaultdict(list)
    for line in told.values():
        if len(own[line.event.id]) < MOST_TOLD_OF_EVENT:
            own[line.event.id].append(line)
    events = []
    for key, row in found.items():
        citations = plain_citations(cited.get(key, ()))
        event = _event(book, row, participants.get(key, ()), citations)
        if event:
            events.append(
                event._replace(
                    derived=_derived(book, row, event.bounds),
                    reasons=reasons.get(key, ()),
                    told=tuple(own.get(event.id, ())),
                    volume=said.get(key, ""),
                    accounts=accounts.get(key, ()),
                )
            )
    lines = ToldLines(told.values())
    return Events(tuple(lines.sorted(events)), lines)


def _derived(book: Book, row: Row, given: Bounds) -> Bounds | None:
    """The derived bounds of an event, if it has any; what is not within its date is none."""
    if row[25] is None:
        return None
    found = bounds(row[26:30])
    if found is None or not found.is_within(given):
        book.fault(f"the derived bounds of event {row[0]} do not fit its date and are left out")
        return None
    return found


def _event(
    book: Book, row: Row, participants: tuple[ParticipantLine, ...], citations: tuple[Citation, ...]
) -> EventLine | None:
    key, _, position, event, label, short, kind, _, *dating = row[:12]
    date_text, edtf, inferred, inferred_from = dating
    entry, event_key = entry_ref(row[16:19]), slug(event)
    known, when = word(EventKind, kind), bounds(row[12:16])
    if entry is None or known is None or when is None or not event_key:
        book.fault(f"event {key} has no known kind, no entry, no key or no date and is left out")
        return None
    return EventLine(
        entry=entry,
        key=event_key,
        label=text(label),
        short=name(short) or name(label),
        kind=known,
        place=place(row[19:25]),
        date_text=name(date_text),
        edtf=name(edtf),
        inferred=bool(inferred),
        inferred_from=text(inferred_from),
        bounds=when,
        participants=participants,
        citations=citations,
        position=number(position),
    )


def _participants(book: Book, events: Iterable[int]) -> dict[int, tuple[ParticipantLine, ...]]:
    found: dict[int, list[ParticipantLine]] = defaultdict(list)
    for batch in in_batches(events):
        for event, role, *entry in book.ask(
            "SELECT t.event_id, t.role, e.slug, e.kind, e.title FROM participant AS t"
            f" JOIN entry AS e ON e.id = t.entry_id WHERE t.event_id IN ({marks(len(batch))})"
            " ORDER BY t.event_id, t.position",
            batch,
        ):
            ref = entry_ref(tuple(entry))
            if ref is None:
                book.fault(f"event {event} has a participant that is not an entry; it is left out")
            elif len(found[event]) < MOST_PARTICIPANTS:
                found[event].append(ParticipantLine(ref, name(role)))
            else:
                book.fault(f"event {event} has too many participants; some are left out")
    return {event: tuple(participants) for event, participants in found.items()}
