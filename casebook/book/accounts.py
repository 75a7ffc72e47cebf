"""What several sources say of one event or figure; ratings and outcomes are in `contested`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from casebook.book.account_values import AccountLine, AmountLine
from casebook.book.connection import Book
from casebook.book.contested import MOST_ACCOUNTS
from casebook.book.rows import (
    PLACE_COLUMNS,
    bounds,
    citations_of,
    in_batches,
    marks,
    name,
    number,
    place,
    plain_citations,
    text,
)
from casebook.book.volumes import said_by

ACCOUNTS_SQL = (
    "SELECT a.* FROM account AS a WHERE a.of_id IN (SELECT statement_id FROM event"
    " WHERE entry_id = ?1 UNION ALL SELECT statement_id FROM assessment WHERE entry_id = ?1"
    " UNION ALL SELECT statement_id FROM setting WHERE entry_id = ?1)"
    " ORDER BY a.of_id, a.position"
)
"""What the digest of an entry is of."""


def amounts_of(book: Book, figures: Iterable[int]) -> dict[int, tuple[AmountLine, ...]]:
    """The accounts of those of some figures that have several, the figure's own first."""
    if not book.has_accounts:
        return {}
    rows = [
        row
        for batch in in_batches(figures)
        for row in book.ask(
            "SELECT of_id, position, statement_id, value, qualifier FROM account"
            f" WHERE of_id IN ({marks(len(batch))}) AND position < ? ORDER BY of_id, position",
            [*batch, MOST_ACCOUNTS],
        )
    ]
    statements = [row[2] for row in rows if row[2] is not None]
    cited, said = citations_of(book, statements), said_by(book, statements)
    found: dict[int, list[AmountLine]] = defaultdict(list)
    for figure, position, statement, value, qualifier in rows:
        if not name(value):
            book.fault(f"an account of figure {figure} says nothing and is left out")
            continue
        key = number(statement)
        citations = plain_citations(cited.get(key, ()))
        found[figure].append(
            AmountLine(name(value), name(qualifier), citations, position == 0, said.get(key, ""))
        )
    return {figure: tuple(lines) for figure, lines in found.items()}


def accounts_of(book: Book, events: Iterable[int]) -> dict[int, tuple[AccountLine, ...]]:
    """The accounts of those of some events that have several, the event's own first."""
    if not book.has_accounts:
        return {}
    rows = [
        row
        for batch in in_batches(events)
        for row in book.ask(
            "SELECT a.of_id, a.position, a.statement_id, a.date_text, a.edtf, a.inferred_from,"
            f" a.earliest_begin, a.latest_begin, a.earliest_end, a.latest_end, {PLACE_COLUMNS}"
            " FROM account AS a LEFT JOIN place AS p ON p.id = a.place_id"
            f" WHERE a.of_id IN ({marks(len(batch))}) AND a.position < ?"
            " ORDER BY a.of_id, a.position",
            [*batch, MOST_ACCOUNTS],
        )
    ]
    statements = [row[2] for row in rows if row[2] is not None]
    cited, said = citations_of(book, statements), said_by(book, statements)
    found: dict[int, list[AccountLine]] = defaultdict(list)
    for event, position, statement, words, edtf, inferred, *more in rows:
        known, where = bounds(more[:4]), place(tuple(more[4:]))
        if (known is None or not name(edtf)) and where is None:
            book.fault(f"an account of event {event} says nothing and is left out")
            continue
        found[event].append(
            AccountLine(
                date_text=name(words),
                edtf=name(edtf),
                inferred_from=text(inferred),
                bounds=known if name(edtf) else None,
                place=where,
                citations=plain_citations(cited.get(number(statement), ())),
                is_own=position == 0,
                volume=said.get(number(statement), ""),
            )
        )
    return {event: tuple(lines) for event, lines in found.items()}
