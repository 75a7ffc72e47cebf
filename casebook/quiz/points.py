"""What can be asked of a book, and one point with all that is shown of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from casebook.book import entries as book_entries
from casebook.book import lists
from casebook.book.connection import Book
from casebook.book.hidden import hidden_of
from casebook.book.page_values import CriterionLine, FrameworkLine, Page
from casebook.book.ratings import contested_points, rated_entries
from casebook.book.source_values import SourceLine
from casebook.book.sources import gist_of
from casebook.book.values import EntryRef
from casebook.comparison.cells import MatrixCell
from casebook.comparison.matrix import assessed_frameworks, compare
from casebook.comparison.options import SubPoints
from casebook.errors import CasebookError, NotFoundError
from casebook.quiz.evidence import Evidence, evidence
from casebook.vocabulary import SEALED_RATINGS


class PointKey(NamedTuple):
    """A point of a framework on a case, by their names."""

    entry: str
    framework: str
    criterion: str


class QuizPoint(NamedTuple):
    """A point to be asked.

    Attributes:
        cell: the book's reading, which is not shown before an answer is given.
        evidence: what is shown.
        sources: what anything of it cites, by id.
    """

    key: PointKey
    entry: EntryRef
    framework: FrameworkLine
    criterion: CriterionLine
    cell: MatrixCell
    evidence: Evidence
    sources: dict[str, SourceLine]


class NothingToAskError(CasebookError):
    """The book rates nothing of what is to be asked."""


def askable_points(
    book: Book, slugs: Sequence[str] = (), framework: str | None = None
) -> list[PointKey]:
    """The points that can be asked, case by case.

    A case is asked on all points of a framework by which the book rates it, the silent ones
    among them. Sub-points are left out, as in a prediction: that one is named at all would say
    that the book rates it. So are points on which sources disagree: no answer would be right.

    Args:
        slugs: of the cases; none for all of the book.
        framework: its slug; None for all by which cases are assessed.

    Raises:
        NotFoundError: the book has no such entry or framework.
        NothingToAskError: it rates none of them.
    """
    wanted = tuple(dict.fromkeys(slugs))
    for slug in wanted:
        book_entries.key_of(book, slug)
    asked = [lists.framework(book, framework)] if framework else assessed_frameworks(book)
    rated = {held.slug: dict.fromkeys(rated_entries(book, held.slug)) for held in asked}
    contested = {held.slug: contested_points(book, held.slug) for held in asked}
    in_book = dict.fromkeys(slug for found in rated.values() for slug in found)
    keys = [
        PointKey(slug, held.slug, criterion.key)
        for slug in wanted or in_book
        for held in asked
        if slug in rated[held.slug]
        for criterion in held.criteria
        if not criterion.depth
        and (slug, criterion.key) not in contested[held.slug]
        and not book.hidden.hides(slug, held.slug, criterion.key)
    ]
    if not keys and (sentence := hidden_of(book, wanted)):
        raise NothingToAskError(sentence)
    if not keys:
        raise NothingToAskError(_nothing(book, wanted, asked if framework else ()))
    return keys


def _nothing(book: Book, slugs: Sequence[str], asked: Sequence[FrameworkLine]) -> str:
    """Why there is nothing to ask, in a sentence."""
    if not book.edition.has_ratings or (slugs and all(map(book.edition.is_sealed, slugs))):
        return f"{SEALED_RATINGS}, so there is nothing to ask."
    by = f" by '{asked[0].title}'" if asked else ""
    if not slugs:
        whom = "no case"
    elif len(slugs) == 1:
        ref = book_entries.refs(book, slugs).get(slugs[0])
        return (
            f"The book has no ratings of {ref.title if ref else slugs[0]}{by}, so there is nothing"
            " to ask."
        )
    else:
        whom = "none of these"
    return f"The book rates {whom}{by}, so there is nothing to ask."


def point_at(book: Book, key: PointKey, page_of: Callable[[str], Page] | None = None) -> QuizPoint:
    """One point with its evidence.

    Args:
        page_of: answers the page of an entry, where pages are kept at hand.

    Raises:
        NotFoundError: the book has no such entry, framework or point.
    """
    if page_of is None:
        from casebook.book import pages

        page_of = partial(pages.page, book)
    page = page_of(key.entry)
    compared = compare(book, [key.entry], key.framework, subpoints=SubPoints.ALL)
    criterion = compared.framework.criterion(key.criterion)
    if criterion is None:
        raise NotFoundError(f"'{compared.framework.title}' has no point {key.criterion}.")
    cell = compared.cell(key.criterion, key.entry)
    cells = [row.cells[0] for row in compared.every_row]
    shown = evidence(page, criterion, cell, cells, partial(gist_of, book))
    line = compared.entries[0]
    return QuizPoint(
        key,
        EntryRef(line.slug, line.kind, line.title),
        compared.framework,
        criterion,
        cell,
        shown,
        compared.sources | page.sources,
    )
