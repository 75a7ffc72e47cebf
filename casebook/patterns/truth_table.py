"""The combinations of points that occur, and the cases in each."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from casebook.patterns.implicants import Product, Row
from casebook.patterns.ratios import RatioBounds, set_relation
from casebook.patterns.scores import WHOLE, PatternCase, PatternTable, SetScore

MOST_OPEN = 10
"""A case of which more points are open could be nearly anywhere; it is in no row's list."""


class RowOutcome(StrEnum):
    """What the cases of a row had."""

    ALL = "all"
    """Every case whose outcome is known has it."""
    NONE = "none"
    CONTRADICTION = "contradiction"
    """Some have it and some do not, though they are alike on every point."""
    UNKNOWN = "unknown"
    """No case that certainly belongs has an outcome that is known."""


class TruthRow(NamedTuple):
    """A combination of points.

    Attributes:
        sides: by point, met or not.
        members: the slugs of the cases that certainly belong.
        possible: the slugs of those that may belong, depending on what is silent.
        with_outcome, without_outcome: those of `members` whose outcome is known.
        consistency: how far the memberships in the row lie within those in the outcome.
        pri: the same less what lies within the outcome and its opposite alike (proportional
            reduction in inconsistency); None where a membership is not known.
    """

    sides: Row
    members: tuple[str, ...]
    possible: tuple[str, ...]
    with_outcome: tuple[str, ...]
    without_outcome: tuple[str, ...]
    consistency: RatioBounds | None
    pri: Fraction | None

    @property
    def outcome(self) -> RowOutcome:
        """What its cases had."""
        if self.with_outcome and self.without_outcome:
            return RowOutcome.CONTRADICTION
        if self.with_outcome:
            return RowOutcome.ALL
        return RowOutcome.NONE if self.without_outcome else RowOutcome.UNKNOWN

    @property
    def term(self) -> Product:
        """The product of all points as they are in this row."""
        return Product(tuple(enumerate(self.sides)))


def truth_table(table: PatternTable) -> tuple[TruthRow, ...]:
    """The rows in which a case certainly is, those with the most cases first.

    A case of which a point is silent, or half met, certainly belongs to no row; it is named
    with each row that it may belong to.
    """
    by_row: dict[Row, list[PatternCase]] = {}
    may_be: dict[Row, list[PatternCase]] = {}
    for case in table.cases:
        sides = case.sides
        if None not in sides:
            by_row.setdefault(tuple(bool(side) for side in sides), []).append(case)
        elif sides.count(None) <= MOST_OPEN:
            for row in _completions(sides):
                may_be.setdefault(row, []).append(case)
    rows = [_truth_row(table, row, cases, may_be.get(row, ())) for row, cases in by_row.items()]
    return tuple(
        sorted(rows, key=lambda row: (-len(row.members), [not side for side in row.sides]))
    )


def _completions(sides: Sequence[bool | None]) -> list[Row]:
    return list(product(*((side,) if side is not None else (True, False) for side in sides)))


def _truth_row(
    table: PatternTable, sides: Row, cases: Sequence[PatternCase], possible: Sequence[PatternCase]
) -> TruthRow:
    term = Product(tuple(enumerate(sides)))
    pairs = [(term.membership(case.scores), case.outcome) for case in table.cases]
    return TruthRow(
        sides,
        tuple(case.slug for case in cases),
        tuple(case.slug for case in possible),
        tuple(case.slug for case in cases if case.outcome.side is True),
        tuple(case.slug for case in cases if case.outcome.side is False),
        set_relation(pairs).of_condition,
        proportional_reduction(pairs),
    )


def proportional_reduction(pairs: Sequence[tuple[SetScore, SetScore]]) -> Fraction | None:
    """The proportional reduction in inconsistency of a condition for the outcome.

    (sum of min(x, y) - s) / (sum of x - s) with s the sum of min(x, y, 1 - y); Schneider and
    Wagemann 2012, p. 242.
    """
    inside = whole = shared = 0
    for x, y in pairs:
        if not (x.is_known and y.is_known):
            return None
        inside += min(x.low, y.low)
        whole += x.low
        shared += min(x.low, y.low, WHOLE - y.low)
    return Fraction(inside - shared, whole - shared) if whole > shared else None


class Sorted(NamedTuple):
    """The rows of a truth table by what a formula does with them."""

    positive: tuple[Row, ...]
    negative: tuple[Row, ...]


def sorted_rows(rows: Sequence[TruthRow], least_consistency: Fraction = Fraction(1)) -> Sorted:
    """Which rows a formula has to cover, and which it must not.

    A row whose least consistency reaches the threshold and that has no certain case without
    the outcome is positive; one with a contradiction is negative, as one below the threshold
    is; a row of which no outcome is known is neither.

    Args:
        least_consistency: from 0 to 1; 1 for crisp scores.
    """
    positive, negative = [], []
    for row in rows:
        if row.outcome is RowOutcome.UNKNOWN:
            continue
        reaches = row.consistency is not None and row.consistency.high >= least_consistency
        if row.outcome is RowOutcome.ALL and reaches:
            positive.append(row.sides)
        else:
            negative.append(row.sides)
    return Sorted(tuple(positive), tuple(negative))
