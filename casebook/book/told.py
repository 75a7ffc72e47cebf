"""What a book says of the order of events without a date, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from casebook.book.connection import Book, Row
from casebook.book.page_values import (
    BoundReasons,
    DateStep,
    EventLine,
    EventRef,
    ToldLine,
)
from casebook.book.rows import (
    Cited,
    citations_of,
    entry_ref,
    in_batches,
    marks,
    name,
    number,
    plain_citations,
    slug,
    word,
)
from casebook.dates import FIRST_DAY, LAST_DAY, Bounds
from casebook.limits import MOST_REASONS
from casebook.told_relations import BoundName, TimeRelation

if TYPE_CHECKING:
    from casebook.durations import Duration
    from casebook.told_order import Told, ToldGraph

MOST_TOLD = 5_000
"""Told statements that are read at once."""
MOST_TOLD_OF_EVENT = 100

_EVENT = "{0}e.slug, {0}e.kind, {0}e.title, {0}.key, {0}.short"
_SQL = (
    "SELECT t.statement_id, t.event_id, t.relation, t.words, t.distance, t.least, t.most,"
    f" t.least_days, t.most_days, {_EVENT.format('a')}, {_EVENT.format('b')} FROM told AS t"
    " JOIN event AS a ON a.statement_id = t.event_id JOIN entry AS ae ON ae.id = a.entry_id"
    " JOIN event AS b ON b.statement_id = t.other_id JOIN entry AS be ON be.id = b.entry_id"
)
_DATED_DAY = " ".join(f"WHEN '{bound}' THEN v.{bound.replace(' ', '_')}" for bound in BoundName)
_LINKED = (
    "WITH RECURSIVE linked(id) AS (SELECT statement_id FROM event WHERE statement_id IN ({0})"
    " UNION SELECT CASE WHEN t.event_id = l.id THEN t.other_id ELSE t.event_id END"
    " FROM linked AS l JOIN told AS t ON t.event_id = l.id OR t.other_id = l.id)"
)


class ToldLines:
    """Statements about the order of events, and what they say together.

    Args:
        lines: in the order of the book; those about events that are not shown count as well.
    """

    def __init__(self, lines: Iterable[ToldLine] = ()) -> None:
        self.lines = tuple(lines)

    @cached_property
    def _line_of(self) -> dict[Told[tuple[str, str]], ToldLine]:
        # Most pages have no such statements, and need not import what is said by them.
        from casebook.told_order import Told

        found: dict[Told[tuple[str, str]], ToldLine] = {}
        for line in self.lines:
            limits = (_duration(days) for days in (line.least_days, line.most_days))
            told = Told(line.event.id, line.relation, line.other.id, *limits)
            found.setdefault(told, line)
        return found

    @cached_property
    def _order(self) -> ToldGraph[tuple[str, str]]:
        from casebook.told_order import ToldGraph

        return ToldGraph(tuple(self._line_of))

    def chain(self, first: EventLine, second: EventLine) -> tuple[ToldLine, ...]:
        """The fewest statements by which one event began no later than another, in order.

        Empty where no statements say so.
        """
        if not self.lines:
            return ()
        return tuple(self._line_of[told] for told in self._order.chain(first.id, second.id))

    def sorted(
        self, events: Iterable[EventLine], placed: Mapping[tuple[str, str], Bounds] | None = None
    ) -> list[EventLine]:
        """Events in told order; where that leaves a choice, by earliest begin.

        Args:
            placed: bounds of the events to sort by; None for what is known of their dates.
        """
        every = {event.id: event for event in events}
        bounds = {key: event.known for key, event in every.items()} if placed is None else placed
        by_date = sorted(every, key=lambda key: (*bounds[key].sort_key, *key))
        if self.lines:
            told = self._order.sorted(by_date, bounds)
            # Whoever draws looks for events by their beginning, unknown ones first.
            by_date = sorted(told, key=lambda key: bounds[key].sort_key[0])
        return [every[key] for key in by_date]


def _duration(days: int | None) -> Duration | None:
    from casebook.durations import Duration

    return None if days is None else Duration.of_days(days)


def told_lines(book: Book, events: Iterable[int] | None = None) -> dict[int, ToldLine]:
    """The statements about some events and about all that are linked to them, by their keys.

    Args:
        events: None for every statement of the book.
    """
    rows = told_rows(book, events)
    return told_lines_of(book, rows, citations_of(book, rows))


def told_rows(book: Book, events: Iterable[int] | None = None) -> dict[int, Row]:
    """The rows of `told_lines`, for whoever asks for all citations of a page at once."""
    if events is None:
        found = book.ask(f"{_SQL} ORDER BY t.statement_id LIMIT ?", [MOST_TOLD])
        return {row[0]: row for row in found}
    rows: dict[int, Row] = {}
    for batch in in_batches(events):
        linked = _LINKED.format(marks(len(batch)))
        found = book.ask(
            f"{linked} {_SQL} WHERE t.event_id IN linked ORDER BY t.statement_id LIMIT ?",
            [*batch, MOST_TOLD],
        )
        rows.update({row[0]: row for row in found})
    return rows


def told_lines_of(book: Book, rows: Mapping[int, Row], cited: Cited) -> dict[int, ToldLine]:
    """The statements of some rows, by their keys; a row that is none is left out and noted."""
    lines = {}
    for key in sorted(rows):
        line = _line(book, rows[key], plain_citations(cited.get(key, ())))
        if line:
            lines[key] = line
    return lines


def _line(book: Book, row: Row, citations: Sequence[Any]) -> ToldLine | None:
    key, _, stored, words, distance, least, most, least_days, most_days = row[:9]
    event, other, relation = _event(row[9:14]), _event(row[14:19]), word(TimeRelation, stored)
    if event is None or other is None or relation is None:
        book.fault(f"told order {key} has no known relation or no event and is left out")
        return None
    return ToldLine(
        event=event,
        relation=relation,
        other=other,
        words=name(words),
        distance=name(distance),
        least=name(least),
        most=name(most),
        least_days=_days(least_days),
        most_days=_days(most_days),
        citations=tuple(citations),
    )


@lru_cache(maxsize=1024)  # the reasons for one date name the same few events again and again
def _event(row: Row) -> EventRef | None:
    entry, key, short = entry_ref(row[:3]), slug(row[3]), name(row[4])
    return EventRef(entry, key, short or key) if entry and key else None


def _days(value: Any) -> int | None:
    """A column that should hold a number of days or nothing."""
    return value if isinstance(value, int) and abs(value) <= MOST_DAYS else None


MOST_DAYS = 10_000_000


def _day(value: Any) -> int | None:
    """A column that should hold a day or nothing."""
    return value if isinstance(value, int) and FIRST_DAY <= value <= LAST_DAY else None


def reasons_of(
    book: Book, events: Iterable[int], lines: Mapping[int, ToldLine]
) -> dict[int, tuple[BoundReasons, ...]]:
    """Why the derived bounds of some events are what they are.

    Args:
        lines: the statements about the events, as `told_lines` gives them.
    """
    steps: dict[int, dict[BoundName, list[DateStep | ToldLine]]] = defaultdict(dict)
    for batch in in_batches(events):
        for event, bound, told, dated_bound, date_text, day, dates, *dated in book.ask(
            "SELECT r.event_id, r.bound, r.told_id, r.dated_bound, v.date_text,"
            f" CASE r.dated_bound {_DATED_DAY} END,"
            " (SELECT count(DISTINCT o.edtf) FROM account AS o"
            " WHERE o.of_id = r.dated_id AND o.edtf <> ''),"
            " e.slug, e.kind, e.title, v.key, v.short FROM derived_reason AS r"
            " LEFT JOIN event AS v ON v.statement_id = r.dated_id"
            " LEFT JOIN entry AS e ON e.id = v.entry_id"
            f" WHERE r.event_id IN ({marks(len(batch))}) AND r.position <= ?"
            " ORDER BY r.event_id, r.bound, r.position",
            [*batch, MOST_REASONS],
        ):
            which, step = word(BoundName, bound), lines.get(told)
            ref, dated_which = _event(tuple(dated)), word(BoundName, dated_bound)
            if which is None:
                continue
            chain = steps[event].setdefault(which, [])
            if step is not None:
                chain.append(step)
            elif ref is not None and dated_which is not None:
                several = number(dates) > 1
                chain.append(DateStep(ref, dated_which, name(date_text), _day(day), several))
    return {
        event: tuple(
            BoundReasons(which, tuple(chains[which])) for which in BoundName if which in chains
        )
        for event, chains in steps.items()
    }
