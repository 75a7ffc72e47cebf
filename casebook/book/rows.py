"""The gate for the rows of a book: what passes is a value of its kind, of bounded length.

A book may be damaged or made to annoy. Whoever reads rows takes each column through one of
these functions, so that the values that leave `casebook.book` are valid by construction; a
row that cannot be one is noted among the book's faults and left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, TypeVar

from casebook.book.connection import Book, Row
from casebook.book.values import Coordinates, EntryRef, PlaceLine
from casebook.citations import OWN, Citation
from casebook.dates import FIRST_DAY, LAST_DAY, Bounds, DateError
from casebook.limits import (
    CRITERION_KEY,
    LONGEST_CRITERION_KEY,
    LONGEST_LINE,
    LONGEST_SLUG,
    LONGEST_TEXT,
    LONGEST_TITLE,
    SLUG,
    SOURCE_ID,
)
from casebook.vocabulary import BookOutcome, BookRating, Contested, Kind, Outcome, Rating

_Word = TypeVar("_Word", bound=StrEnum)

MOST_AT_ONCE = 500
"""Values bound in one `IN (…)`; older SQLite allows 999."""

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def text(value: Any) -> str:
    """A column that should hold text; what is too long is cut, and that is said in it."""
    if not isinstance(value, str):
        return ""
    if len(value) <= LONGEST_TEXT:
        return value
    return f"{value[:LONGEST_TEXT]}{_ELLIPSIS} (more than {LONGEST_TEXT} characters, cut here)"


def raw_text(value: Any) -> str:
    """A column that holds text for a program to read, as JSON; it is not for the eye."""
    return value if isinstance(value, str) else ""


def name(value: Any, longest: int = LONGEST_LINE) -> str:
    """A column that should hold a name on one line."""
    words = value if isinstance(value, str) else ""
    if len(words) > longest:
        words = f"{words[:longest]}{_ELLIPSIS}"
    return " ".join(words.split()) if "\n" in words or words.isspace() else words


def title(value: Any) -> str:
    """A column that should hold a title on one line."""
    return name(value, LONGEST_TITLE)


def slug(value: Any) -> str:
    """A column that should hold a slug: empty where it is none, for a slug becomes a path."""
    return _matching(SLUG, value)


def source_id(value: Any) -> str:
    """A column that should hold the id of a source; empty where it is none."""
    return _matching(SOURCE_ID, value)


def criterion_key(value: Any) -> str:
    """A column that should hold the key of a point; empty where it is none."""
    return _matching(CRITERION_KEY, value, LONGEST_CRITERION_KEY)


def _matching(pattern: str, value: Any, longest: int = LONGEST_SLUG) -> str:
    if not isinstance(value, str) or len(value) > longest:
        return ""
    return value if _compiled(pattern).fullmatch(value) else ""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first needed: lists need one of four."""
    return re.compile(pattern)


def number(value: Any) -> int:
    """A column that should hold a whole number."""
    return value if isinstance(value, int) else 0


@lru_cache(1024)
def word(kind: type[_Word], value: Any) -> _Word | None:
    """A column that should hold one word of a closed list."""
    try:
        return kind(value)
    except ValueError:
        return None


def rating(value: Any) -> BookRating | None:
    """A column that should hold the rating of an assessment."""
    known = word(Rating, value) or word(Contested, value)
    return None if known is Rating.SILENT else known


def outcome(value: Any) -> BookOutcome | None:
    """A column that should hold an outcome."""
    return word(Outcome, value) or word(Contested, value)


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


def coordinates(latitude: Any, longitude: Any) -> Coordinates | None:
    """Two columns that should hold degrees north and east; None where they are none."""
    if not (isinstance(latitude, int | float) and isinstance(longitude, int | float)):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return Coordinates(float(latitude), float(longitude))


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


Cited = Mapping[int, Sequence[tuple[str, Citation]]]
"""The citations of each statement in order, each with the part that it is for."""


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
            citation = Citation(source_id(source) or OWN, _locator(locator), bool(inferred))
            found[statement].append((name(part), citation))
    return found


_PARAGRAPHS = r"paras?\. [0-9]{1,7}(-[0-9]{1,7})?(, ?[0-9]{1,7}(-[0-9]{1,7})?)*"


@lru_cache(4096)
def _locator(value: Any) -> str:
    """A column that should hold a locator; paragraphs without numbers are none."""
    words = name(value)
    if not words.startswith("para") or _compiled(_PARAGRAPHS).fullmatch(words):
        return words
    return ""


def plain_citations(rows: Iterable[tuple[str, Citation]]) -> tuple[Citation, ...]:
    """Citations without their parts."""
    return tuple(citation for _, citation in rows)


CitedParts = dict[str, tuple[Citation, ...]]


def by_part(rows: Iterable[tuple[str, Citation]]) -> CitedParts:
    """The citations of each part of a statement."""
    found: CitedParts = {}
    for part, citation in rows:
        found[part] = (*found.get(part, ()), citation)
    return found


def entry_ref(row: Row) -> EntryRef | None:
    """An entry's slug, kind and title; None where it has no slug or its kind is none."""
    stored, kind, words = row
    known, key = word(Kind, kind), slug(stored)
    return EntryRef(key, known, title(words) or key) if known and key else None


PLACE_COLUMNS = "p.slug, p.name, p.country, p.country_name, p.lane, p.note"


def place(row: Row) -> PlaceLine | None:
    """The columns of `PLACE_COLUMNS`; None where there is no place."""
    stored, words, country, country_name, lane, note = row
    key = slug(stored)
    if not key:
        return None
    shown = name(words) or key
    return PlaceLine(key, shown, name(country), name(country_name), name(lane) or shown, text(note))
