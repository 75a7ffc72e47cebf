"""What several readers of a book's rows share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar

from casebook.book.opening import Book, Row
from casebook.book.values import EntryRef, PlaceLine
from casebook.citations import OWN, Citation
from casebook.dates import FIRST_DAY, LAST_DAY, Bounds, DateError
from casebook.vocabulary import Kind

_Word = TypeVar("_Word", bound=StrEnum)

MOST_AT_ONCE = 500
"""Values bound in one `IN (…)`; older SQLite allows 999."""


def text(value: Any) -> str:
    """A column that should hold text."""
    return value if isinstance(value, str) else ""


LONGEST_NAME = 300
"""Characters of a title or another name that are shown; only a book made to annoy has more."""


def name(value: Any) -> str:
    """A column that should hold a name on one line."""
    words = text(value)
    return words if len(words) <= LONGEST_NAME else f"{words[:LONGEST_NAME]}\N{HORIZONTAL ELLIPSIS}"


def number(value: Any) -> int:
    """A column that should hold a whole number."""
    return value if isinstance(value, int) else 0


def word(kind: type[_Word], value: Any) -> _Word | None:
    """A column that should hold one word of a closed list."""
    try:
        return kind(value)
    except ValueError:
        return None


def bounds(values: Iterable[Any]) -> Bounds | None:
    """Four columns that should hold bounds; None where they are none."""
    days = [
        value if isinstance(value, int) and FIRST_DAY <= value <= LAST_DAY else None
        for value in values
    ]
    try:
        return Bounds(*days)
    except DateError:
        return None


def marks(count: int) -> str:
    """`?, ?, ?` for an `IN (…)`."""
    return ", ".join("?" * count)


def in_batches(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Values in batches that one query may bind."""
    batch: list[Any] = []
    for value in values:
        batch.append(value)
        if len(batch) == MOST_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def citations_of(book: Book, statements: Iterable[int]) -> dict[int, list[tuple[str, Citation]]]:
    """The citations of each statement in order, each with the part that it is for."""
    found: dict[int, list[tuple[str, Citation]]] = defaultdict(list)
    for batch in in_batches(dict.fromkeys(statements)):
        rows = book.ask(
            "SELECT c.statement_id, c.part, s.slug, c.locator, c.inferred"
            " FROM citation AS c LEFT JOIN source AS s ON s.id = c.source_id"
            f" WHERE c.statement_id IN ({marks(len(batch))}) ORDER BY c.statement_id, c.position",
            batch,
        )
        for statement, part, source, locator, inferred in rows:
            citation = Citation(text(source) or OWN, text(locator), bool(inferred))
            found[statement].append((text(part), citation))
    return found


def plain_citations(rows: Iterable[tuple[str, Citation]]) -> tuple[Citation, ...]:
    """Citations without their parts."""
    return tuple(citation for _, citation in rows)


def entry_ref(row: Row) -> EntryRef | None:
    """An entry's slug, kind and title; None where the kind is none."""
    slug, kind, title = row
    known = word(Kind, kind)
    return EntryRef(text(slug), known, name(title)) if known and isinstance(slug, str) else None


PLACE_COLUMNS = "p.slug, p.name, p.country, p.country_name, p.lane, p.note"


def place(row: Row) -> PlaceLine | None:
    """The columns of `PLACE_COLUMNS`; None where there is no place."""
    slug, name, country, country_name, lane, note = map(text, row)
    return PlaceLine(slug, name, country, country_name, lane or name, note) if slug else None
