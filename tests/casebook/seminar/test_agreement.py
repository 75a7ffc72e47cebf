"""Agreement of raters: published values, and what must hold of any ratings."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.seminar.agreement import Level, agreement, alpha

PUBLISHED = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}
"""Four observers, twelve units: Krippendorff 2011, section C."""


def rated(written: dict[str, str]) -> dict[str, dict[str, int]]:
    return {
        rater: {str(unit): int(sign) for unit, sign in enumerate(signs.split()) if sign != "."}
        for rater, signs in written.items()
    }


@pytest.mark.parametrize(
    ("level", "published"),
    [
        (Level.NOMINAL, 0.743),
        (Level.ORDINAL, 0.815),
        (Level.INTERVAL, 0.849),
        (Level.RATIO, 0.797),
    ],
)
def test_the_published_example(level: Level, published: float) -> None:
    found = agreement(rated(PUBLISHED), level)
    assert round(found.alpha or 0, 3) == published
    assert found.pairable == 40
    assert found.low is not None
    assert found.high is not None
    assert found.low <= published <= found.high


def test_the_interval_is_the_same_each_time_and_in_any_order() -> None:
    ratings = rated(PUBLISHED)
    again = agreement(dict(reversed(ratings.items())))
    first = agreement(ratings)
    assert (first.low, first.high) == (again.low, again.high)
    assert first.alpha == pytest.approx(again.alpha)


def test_nothing_to_compare_is_no_number() -> None:
    assert agreement({}).alpha is None
    assert agreement(rated({"A": "1 2 3"})).alpha is None
    assert agreement(rated({"A": "1 .", "B": ". 2"})).alpha is None
    assert agreement(rated({"A": "2 2", "B": "2 2"})).alpha is None


RATINGS = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3),
    st.dictionaries(st.sampled_from("uvwxyz"), st.integers(0, 2), max_size=6),
    max_size=6,
)


@given(RATINGS, st.sampled_from(list(Level)[:3]))
def test_alpha_is_at_most_one_and_one_only_where_all_agree(
    ratings: dict[str, dict[str, int]], level: Level
) -> None:
    found = alpha(ratings, level)
    if found.alpha is None:
        return
    assert found.alpha <= 1
    by_unit: dict[str, set[int]] = {}
    for held in ratings.values():
        for unit, value in held.items():
            by_unit.setdefault(unit, set()).add(value)
    agree = all(len(values) == 1 for values in by_unit.values())
    assert (abs(found.alpha - 1) < 1e-12) is agree


@given(RATINGS)
def test_with_two_values_all_levels_of_distance_agree(ratings: dict[str, dict[str, int]]) -> None:
    two = {
        rater: {unit: min(value, 1) for unit, value in held.items()}
        for rater, held in ratings.items()
    }
    nominal, interval = alpha(two, Level.NOMINAL), alpha(two, Level.INTERVAL)
    ordinal = alpha(two, Level.ORDINAL)
    assert nominal.alpha == pytest.approx(interval.alpha)
    assert nominal.alpha == pytest.approx(ordinal.alpha)


@pytest.mark.parametrize("seed", range(6))
def test_the_interval_lies_around_alpha_though_raters_are_drawn_twice(seed: int) -> None:
    """A rater who is drawn twice agrees with their copy; that says nothing of the class."""
    chance = random.Random(seed)
    ratings = {
        str(rater): {str(unit): chance.randint(1, 3) for unit in range(20)} for rater in range(6)
    }
    found = agreement(ratings)
    assert found.alpha is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.alpha < found.high
    assert abs((found.low + found.high) / 2 - found.alpha) < 0.1
