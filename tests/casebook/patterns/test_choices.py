"""What is suggested and listed: points with which more cases are complete, pairs that say more."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from casebook.patterns.analysis import Joined, analysis
from casebook.patterns.scores import PatternTable
from tests.casebook.patterns.crisp_tables import crisp_table

POINTS = "abcd"
TABLES = st.lists(st.text("01?", min_size=5, max_size=5), min_size=2, max_size=8).map(
    lambda rows: crisp_table(POINTS, [(f"case-{at}", row) for at, row in enumerate(rows)])
)


def complete_with(table: PatternTable, places: tuple[int, ...]) -> list[bool]:
    """The outcomes of the cases that are complete with some of the points alone."""
    return [
        bool(case.outcome.side)
        for case in table.cases
        if case.outcome.side is not None and all(case.sides[at] is not None for at in places)
    ]


@given(TABLES)
def test_the_points_suggested_complete_the_most_cases_of_both_outcomes(table: PatternTable) -> None:
    found = analysis(table).coverage
    usable = [at for at, point in enumerate(found.points) if point.is_usable]
    most = {
        size: max(
            (
                len(outcomes)
                for places in combinations(usable, size)
                if len(set(outcomes := complete_with(table, places))) == 2
            ),
            default=0,
        )
        for size in (3, 2)
    }
    suggested = {len(choice.points): choice for choice in found.better_choices}
    for size, choice in suggested.items():
        places = tuple(POINTS.index(key) for key in choice.points)
        assert choice.complete == most[size] == len(complete_with(table, places))
        assert choice.complete > found.complete
    # Two points are worth naming where they complete more cases than three.
    assert (3 in suggested) is (most[3] > found.complete)
    assert (2 in suggested) is (most[2] > max(most[3], found.complete))


@given(TABLES)
def test_pairs_that_are_listed_say_more_than_their_points(table: PatternTable) -> None:
    conditions = analysis(table).conditions
    singles = {it.parts[0]: it for it in conditions if it.joined is None}
    for pair in conditions:
        if pair.joined is None or not pair.is_telling:
            continue
        assert pair.known.inside
        assert pair.known.outside
        side = 0 if pair.joined is Joined.AND else 1
        mine = pair.relation[side]
        assert mine is not None
        for part in pair.parts:
            theirs = singles[part].relation[side]
            assert theirs is None or mine.low > theirs.low


def listed_pairs(*rows: tuple[str, str]) -> list[str]:
    """The pairs of points of a small table that say more than their points."""
    found = analysis(crisp_table("ab", rows)).conditions
    return [held.said("ab") for held in found if held.joined is not None and held.is_telling]


def test_a_pair_that_is_always_true_or_follows_from_a_point_is_not_listed() -> None:
    # a is the outcome by itself: nothing that b is joined to it with says more.
    assert listed_pairs(("x", "111"), ("y", "101"), ("z", "000"), ("w", "000")) == []
    # Of three successes each point has two: that one of both is met is necessary.
    assert "a + b" in listed_pairs(("x", "101"), ("y", "111"), ("z", "011"), ("w", "000"))


@given(TABLES)
def test_what_is_known_of_a_condition_is_counted(table: PatternTable) -> None:
    for held in analysis(table).conditions:
        if held.joined is not None:
            continue
        ((place, met),) = held.parts
        inside = [case for case in table.cases if case.sides[place] is met]
        assert held.known.inside == sum(case.outcome.side is not None for case in inside)
        assert held.known.with_outcome == sum(case.outcome.side is True for case in inside)
        assert held.known.outside == sum(case.sides[place] is (not met) for case in table.cases)
