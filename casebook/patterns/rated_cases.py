"""The cases of a comparison as a table of scores."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.book import entries
from casebook.book.connection import Book
from casebook.book.filters import EntryFilter
from casebook.book.hidden import hidden_of
from casebook.comparison.matrix import Comparison, compare
from casebook.comparison.options import SubPoints
from casebook.errors import CasebookError
from casebook.patterns.scores import Calibration, PatternCase, PatternTable
from casebook.vocabulary import (
    CASES,
    CONTESTED,
    SEALED_OUTCOMES,
    SEALED_RATINGS,
    Outcome,
    Sealed,
)


def rated_comparison(
    book: Book, slugs: Sequence[str] = (), framework: str | None = None
) -> Comparison:
    """The comparison in which patterns are looked for.

    Args:
        slugs: of the cases; without any, all cases of the book that the framework rates.
        framework: its slug; None for the first of the book.

    Raises:
        CasebookError: there is no such case or framework, or no case is rated by it.
    """
    if sentence := hidden_of(book, slugs):
        raise CasebookError(sentence)
    if slugs:
        return compare(book, slugs, framework, subpoints=SubPoints.ALL)
    cases = entries.slugs(book, EntryFilter(kinds=CASES))
    whole = compare(book, cases, framework, subpoints=SubPoints.ALL)
    rated = [
        slug
        for slug in whole.slugs
        if whole.counts_of(slug).rated and slug not in book.hidden.entries
    ]
    if not rated:
        raise _unrated(whole)
    return compare(book, rated, whole.framework.slug, subpoints=SubPoints.ALL)


def _unrated(comparison: Comparison) -> CasebookError:
    if comparison.counts.sealed:
        return CasebookError(f"{SEALED_RATINGS}, so there is no pattern to look for.")
    return CasebookError(
        f"None of these cases is rated by '{comparison.framework.title}', so there is "
        "no pattern to look for."
    )


def usual_points(comparison: Comparison) -> tuple[str, ...]:
    """The points of the framework that any of the cases is rated on, without sub-points."""
    return tuple(
        row.criterion.key
        for row in comparison.every_row
        if not row.criterion.depth and row.counts.rated
    )


def pattern_table(
    comparison: Comparison,
    points: Sequence[str] = (),
    outcome: Outcome = Outcome.SUCCESS,
    calibration: Calibration | None = None,
) -> PatternTable:
    """The ratings of the compared cases as scores.

    Args:
        points: keys of the framework's points; by default those that any case is rated on.
        outcome: the outcome that the cases are asked about.

    Raises:
        CasebookError: no case is rated at all, their outcomes are sealed, or the framework has
            no such point.
    """
    if all(entry.outcome is Sealed.SEALED for entry in comparison.entries):
        raise CasebookError(f"{SEALED_OUTCOMES}, so there is no pattern to look for.")
    scores = calibration or Calibration()
    keys = tuple(dict.fromkeys(points)) or usual_points(comparison)
    if not keys:
        raise _unrated(comparison)
    columns = [[comparison.cell(key, slug).rating for slug in comparison.slugs] for key in keys]
    cases = tuple(
        PatternCase(
            entry.slug,
            entry.title,
            tuple(scores.rating(column[at]) for column in columns),
            scores.outcome(entry.outcome, outcome),
        )
        for at, entry in enumerate(comparison.entries)
    )
    return PatternTable(keys, cases)


def contested_words(comparison: Comparison, points: Sequence[str]) -> str:
    """How ratings and outcomes are scored on which sources disagree; empty where there are none.

    Args:
        points: keys of the points that are asked about.
    """
    shown = [comparison.cell(key, slug) for key in points for slug in comparison.slugs]
    cells = sum(cell.rating is CONTESTED for cell in shown)
    outcomes = sum(entry.outcome is CONTESTED for entry in comparison.entries)
    parts = (
        f"{cells} {'rating' if cells == 1 else 'ratings'}" if cells else "",
        f"{outcomes} {'outcome' if outcomes == 1 else 'outcomes'}" if outcomes else "",
    )
    told = " and ".join(filter(None, parts))
    if not told:
        return ""
    return f"Sources disagree on {told}, counted as not known: either way, like what is silent."
