"""What breaks a formula, and what is told of incomplete cases, against every possibility."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from casebook.comparison.cells import MatrixCell
from casebook.patterns.analysis import FoundFormula, analysis
from casebook.patterns.ratios import set_relation
from casebook.patterns.scores import (
    EITHER,
    HALF,
    Calibration,
    PatternCase,
    PatternTable,
    SetScore,
)
from casebook.vocabulary import Outcome, Rating
from tests.casebook.patterns.crisp_tables import crisp_table

POINTS = "abc"
TABLES = st.lists(
    st.text("01", min_size=4, max_size=4) | st.text("01?", min_size=4, max_size=4),
    min_size=2,
    max_size=7,
).map(lambda rows: crisp_table(POINTS, [(f"case-{at}", row) for at, row in enumerate(rows)]))


def is_right(held: FoundFormula, cases: list[PatternCase]) -> bool:
    """Whether a formula is true of exactly those cases that have the outcome."""
    return all(held.formula.holds(case.sides) is case.outcome.side for case in cases)


@given(TABLES)
def test_the_marks_that_break_a_formula_are_all_that_do(table: PatternTable) -> None:
    found = analysis(table)
    assume(not found.contradictions)
    for held in found.formulas:
        complete = list(table.complete)
        assert is_right(held, complete)
        breaking = set()
        for at, case in enumerate(complete):
            for point in range(len(POINTS)):
                scores = list(case.scores)
                scores[point] = scores[point].negated
                changed = case._replace(scores=tuple(scores))
                if not is_right(held, [*complete[:at], changed, *complete[at + 1 :]]):
                    breaking.add((case.slug, point))
        assert set(held.fragility.marks) == breaking


@given(TABLES)
def test_the_cases_without_which_a_formula_is_not_found_are_all(table: PatternTable) -> None:
    found = analysis(table)
    for held in found.formulas:
        assert held.fragility.are_cases_known
        needed = []
        for case in table.complete:
            rest = table._replace(cases=tuple(it for it in table.cases if it is not case))
            others = analysis(rest).formulas if len(rest.cases) > 1 else ()
            if (held.formula, held.kind) not in [(it.formula, it.kind) for it in others]:
                needed.append(case.slug)
        assert list(held.fragility.cases) == needed


FUZZY = st.sampled_from([SetScore(at, at) for at in (0, 200, HALF, 600, 1000)] + [EITHER])
FUZZY_TABLES = st.lists(st.lists(FUZZY, min_size=3, max_size=3), min_size=2, max_size=6).map(
    lambda rows: PatternTable(
        ("a", "b"),
        tuple(PatternCase(f"case-{at}", "", tuple(row[:2]), row[2]) for at, row in enumerate(rows)),
    )
)


@given(FUZZY_TABLES)
def test_memberships_in_a_formula_are_those_of_complete_cases(table: PatternTable) -> None:
    for held in analysis(table).formulas:
        complete = [case for case in table.cases if case.is_complete]
        pairs = [(held.formula.membership(case.scores), case.outcome) for case in complete]
        assert all(x.is_known and y.is_known for x, y in pairs)
        assert held.relation == set_relation(pairs)
        assert not {case.slug for case in complete} & set(held.may_fit)


@given(FUZZY_TABLES)
def test_fuzzy_cases_without_which_a_formula_is_not_found_are_all(table: PatternTable) -> None:
    for held in analysis(table).formulas:
        needed = []
        for case in table.complete:
            rest = table._replace(cases=tuple(it for it in table.cases if it is not case))
            others = analysis(rest).formulas if len(rest.cases) > 1 else ()
            if (held.formula, held.kind) not in [(it.formula, it.kind) for it in others]:
                needed.append(case.slug)
        assert list(held.fragility.cases) == needed


@given(
    st.sampled_from(Rating), st.sampled_from(Outcome), st.sampled_from([EITHER, SetScore(600, 600)])
)
def test_a_score_with_a_side_is_a_number(rating: Rating, outcome: Outcome, score: SetScore) -> None:
    """So that the memberships of complete cases in a formula are numbers, and not intervals."""
    calibration = Calibration(partly=score, mixed=score)
    for held in (
        calibration.rating(MatrixCell("case", rating).rating),
        calibration.outcome(outcome, Outcome.SUCCESS),
    ):
        assert held.is_known or held.side is None
