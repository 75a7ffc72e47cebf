"""The single mark, and the single case, on which a formula depends."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from casebook.patterns.implicants import Formula
from casebook.patterns.scores import IN, OUT, PatternTable


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
        are_cases_known: False if there were too many for that to be looked for.
    """

    marks: tuple[BreakingMark, ...]
    cases: tuple[str, ...]
    are_cases_known: bool = True


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


def deciding_cases(table: PatternTable) -> tuple[str, ...]:
    """The complete cases whose removal may change the truth table's rows or their outcomes.

    With crisp scores, those that are alone in their row with their outcome; with others, all
    of them, since each counts in the consistency of every row.
    """
    complete = table.complete
    if any(score not in (IN, OUT) for case in complete for score in (*case.scores, case.outcome)):
        return tuple(case.slug for case in complete)
    held = Counter((case.sides, case.outcome.side) for case in complete)
    return tuple(case.slug for case in complete if held[case.sides, case.outcome.side] == 1)
