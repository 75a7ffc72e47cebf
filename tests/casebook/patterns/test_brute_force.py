"""Bounds, formulas and the gauge against every possibility, on small tables."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from casebook.patterns.chance import gauge
from casebook.patterns.implicants import Formula, Product, Row, conservative, parsimonious
from casebook.patterns.ratios import set_relation
from casebook.patterns.scores import EITHER, HALF, IN, OUT, WHOLE, SetScore

SCORES = st.sampled_from(
    [IN, OUT, EITHER, SetScore(600, 600), SetScore(HALF, HALF), SetScore(200, 700)]
)


def _ends(score: SetScore, *others: SetScore) -> set[int]:
    """The numbers at which a sum of minima can be least or greatest."""
    known = {number for other in others for number in other}
    return {*score, *(number for number in known if score.low <= number <= score.high)}


@given(st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=4))
def test_bounds_are_those_of_all_completions(pairs: list[tuple[SetScore, SetScore]]) -> None:
    ratios: set[Fraction] = set()
    for completed in product(*(product(_ends(x, y), _ends(y, x)) for x, y in pairs)):
        if below := sum(x for x, _ in completed):
            ratios.add(Fraction(sum(map(min, completed)), below))
    found = set_relation(pairs).of_condition
    assert (found is None) is (not ratios)
    if found:
        assert (found.low, found.high) == (min(ratios), max(ratios))


@given(st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=5), st.randoms())
def test_no_completion_lies_outside_the_bounds(
    pairs: list[tuple[SetScore, SetScore]], chance: random.Random
) -> None:
    completed = [(chance.randint(*x), chance.randint(*y)) for x, y in pairs]
    found = set_relation(pairs)
    inside = sum(map(min, completed))
    for below, bounds in zip(map(sum, zip(*completed, strict=True)), found, strict=True):
        if below:
            assert bounds is not None
            assert bounds.low <= Fraction(inside, below) <= bounds.high


ROWS = st.sets(st.tuples(*[st.booleans()] * 3), min_size=1, max_size=7)


def _terms(points: int) -> Iterator[Product]:
    for signs in product((None, True, False), repeat=points):
        yield Product(tuple((at, sign) for at, sign in enumerate(signs) if sign is not None))


def _smallest(positive: set[Row], fits: Sequence[Product]) -> set[frozenset[Product]]:
    """All smallest sets of longest-reaching terms that cover every positive row."""
    primes = [
        term for term in fits if not any(set(other.literals) < set(term.literals) for other in fits)
    ]
    for size in range(1, len(positive) + 1):
        found = {
            frozenset(terms)
            for terms in combinations(primes, size)
            if all(any(term.holds(row) for term in terms) for row in positive)
        }
        if found:
            return found
    raise AssertionError("A row is a term itself.")


def _found(formulas: Sequence[Formula]) -> set[frozenset[Product]]:
    return {frozenset(formula.terms) for formula in formulas}


@given(ROWS)
def test_conservative_formulas_are_all_the_smallest(positive: set[Row]) -> None:
    every = set(product((True, False), repeat=3))
    fits = [term for term in _terms(3) if not any(term.holds(row) for row in every - positive)]
    found = conservative(positive)
    assert found.are_all
    assert _found(found.found) == _smallest(positive, fits)


@given(ROWS, ROWS)
def test_parsimonious_formulas_are_all_the_smallest(positive: set[Row], negative: set[Row]) -> None:
    negative -= positive
    fits = [
        term
        for term in _terms(3)
        if not any(term.holds(row) for row in negative) and any(term.holds(row) for row in positive)
    ]
    found = parsimonious(positive, negative)
    assert found.are_all
    assert _found(found.found) == _smallest(positive, fits)


@given(
    st.lists(st.tuples(*[st.booleans()] * 3), min_size=2, max_size=6),
    st.integers(1, 5),
    st.integers(1, 4),
)
def test_the_gauge_counts_what_short_formulas_mark_off(
    rows: list[Row], with_outcome: int, literals: int
) -> None:
    with_outcome = min(with_outcome, len(rows) - 1)
    terms = [term for term in _terms(3) if term.literals]
    marked = set()
    for size in range(1, literals + 1):
        for chosen in combinations(terms, size):
            if sum(len(term.literals) for term in chosen) <= literals:
                marked.add(
                    frozenset(
                        at for at, row in enumerate(rows) if any(t.holds(row) for t in chosen)
                    )
                )
    assert gauge(rows, with_outcome, literals).fitting == sum(
        len(cases) == with_outcome for cases in marked
    )


def _mean_share(cases: int, literals: int, tables: int) -> float:
    """The mean gauge of tables of eight fair points, with half the cases successes."""
    chance = random.Random(20_261_121 + cases)
    shares = []
    for _ in range(tables):
        rows = [tuple(chance.random() < 0.5 for _ in range(8)) for _ in range(cases)]
        shares.append(float(gauge(rows, cases // 2, literals).share or 0))
    return sum(shares) / tables


def test_the_gauge_of_one_literal_of_eight_fair_points() -> None:
    # 1 - (1 - 2^(1 - n))^8: that one of eight fair points is the outcome or its opposite.
    for cases, share in ((4, 0.6564), (6, 0.2243), (8, 0.0608), (10, 0.0155)):
        assert round(1 - (1 - 2 ** (1 - cases)) ** 8, 4) == share
        assert abs(_mean_share(cases, 1, 2000) - share) < 0.02


def test_the_gauge_of_two_literals_of_eight_fair_points() -> None:
    for cases, share in ((6, 0.56), (8, 0.19), (10, 0.049), (12, 0.011)):
        assert abs(_mean_share(cases, 2, 400) - share) < 0.03


def test_a_ratio_is_never_printed_as_more_than_it_is() -> None:
    almost = set_relation([(SetScore(WHOLE, WHOLE), SetScore(999, 999))]).of_condition
    assert almost is not None
    assert almost.said == "0.99"
