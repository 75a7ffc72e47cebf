"""The book's readings of many entries on the points of one framework."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casebook.book import entries
from casebook.book.connection import Book
from casebook.book.contested import contested_ratings
from casebook.book.rating_values import RatingAccount, together
from casebook.book.rows import (
    citations_of,
    criterion_key,
    in_batches,
    marks,
    plain_citations,
    rating,
    text,
)
from casebook.book.rows import slug as known_slug
from casebook.book.values import EntryLine
from casebook.book.volumes import said_by
from casebook.citations import Citation
from casebook.vocabulary import CONTESTED, BookRating


class RatingLine(NamedTuple):
    """One reading, without the words of its point.

    Attributes:
        volume: the slug of the volume that says it, in a book of several volumes.
        accounts: what each source says, where they contradict one another; else none.
    """

    entry: str
    criterion: str
    rating: BookRating
    evidence: str
    citations: tuple[Citation, ...]
    volume: str = ""
    accounts: tuple[RatingAccount, ...] = ()


def entries_of(book: Book, slugs: Sequence[str]) -> list[EntryLine]:
    """The entries of some slugs in their order, each once.

    Raises:
        NotFoundError: the book has none of some slug; the message names the nearest ones.
    """
    wanted = list(dict.fromkeys(slugs))
    keys: dict[str, int] = {}
    for batch in in_batches(wanted):
        rows = book.ask(f"SELECT slug, id FROM entry WHERE slug IN ({marks(len(batch))})", batch)
        keys.update({known_slug(slug): key for slug, key in rows})
    for slug in wanted:
        if slug not in keys:
            raise entries.no_entry(book, slug)
    return entries.lines(book, [keys[slug] for slug in wanted])


def ratings(book: Book, framework: str, slugs: Sequence[str]) -> list[RatingLine]:
    """The readings of some entries on a framework; where the book is silent there is none."""
    rows = []
    for batch in in_batches(dict.fromkeys(slugs)):
        rows += book.ask(
            "SELECT a.statement_id, e.slug, c.key, a.rating, a.evidence FROM assessment AS a"
            " JOIN criterion AS c ON c.statement_id = a.criterion_id"
            " JOIN framework AS f ON f.statement_id = c.framework_id"
            " JOIN entry AS e ON e.id = a.entry_id"
            f" WHERE f.slug = ? AND e.slug IN ({marks(len(batch))})",
            [framework, *batch],
        )
    keys = [row[0] for row in rows]
    cited, said = citations_of(book, keys), said_by(book, keys)
    accounts = contested_ratings(book, ((row[0], row[3]) for row in rows), cited)
    found = []
    for statement, slug, key, stored, evidence in rows:
        rated = rating(stored)
        if rated is None:
            book.fault(f"assessment {statement} has no known rating and is left out")
            continue
        several = accounts.get(statement, ())
        citations = together(several, plain_citations(cited.get(statement, ())))
        by = said.get(statement, "")
        found.append(
            RatingLine(text(slug), text(key), rated, text(evidence), citations, by, several)
        )
    return found


def rated_entries(book: Book, framework: str) -> list[str]:
    """The slugs of the entries that the book rates by a framework, in the order of lists."""
    rows = book.ask(
        "SELECT DISTINCT e.slug FROM assessment AS a"
        " JOIN criterion AS c ON c.statement_id = a.criterion_id"
        " JOIN framework AS f ON f.statement_id = c.framework_id"
        " JOIN entry AS e ON e.id = a.entry_id"
        " WHERE f.slug = ? ORDER BY e.shelf, e.sort_title, e.id",
        [framework],
    )
    return [slug for row in rows if (slug := known_slug(row[0]))]


def contested_points(book: Book, framework: str) -> set[tuple[str, str]]:
    """The slugs of entries and keys of points on which sources disagree."""
    if not book.has_accounts:
        return set()
    rows = book.ask(
        "SELECT e.slug, c.key FROM assessment AS a"
        " JOIN criterion AS c ON c.statement_id = a.criterion_id"
        " JOIN framework AS f ON f.statement_id = c.framework_id"
        " JOIN entry AS e ON e.id = a.entry_id WHERE f.slug = ? AND a.rating = ?",
        [framework, CONTESTED.value],
    )
    return {(known_slug(entry), criterion_key(point)) for entry, point in rows}
