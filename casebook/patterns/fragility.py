"""The single mark, and the single case, on which a formula depends."""

from __future__ import annotations

from typing import NamedTuple

from casebook.patterns.implicants import Formula
from casebook.patterns.scores import PatternTable


class BreakingMark(NamedTuple):
    """A cell whose other value would make the formula wrong.

    Attributes:
        case: the slug of the case.
        point: the place of the point.
    """

    case: str
    point: int


class Fragility(NamedTuple):
    """What a formula depends on. A changed outcome breaks every formula and is not listed.

    Attributes:
        marks: of complete cases, in their order.
        cases: the slugs of those without any one of which it would not be found.
    """

    marks: tuple[BreakingMark, ...]
    cases: tuple[str, ...]


def breaking_marks(formula: Formula, table: PatternTable) -> tuple[BreakingMark, ...]:
    """The cells of complete cases whose change alone makes the formula wrong."""
    found = []
    for case in table.complete:
        sides = list(case.sides)
        held = formula.holds(sides)
        for point in sorted(formula.points):
            sides[point] = not sides[point]
            if formula.holds(sides) is not held:
                found.append(BreakingMark(case.slug, point))
            sides[point] = not sides[point]
    return tuple(found)


def cases_alone(table: PatternTable) -> tuple[str, ...]:
    """The complete cases without which their row of the truth table would not occur."""
    complete = table.complete
    rows = [case.sides for case in complete]
    return tuple(
        case.slug for case, row in zip(complete, rows, strict=True) if rows.count(row) == 1
    )
