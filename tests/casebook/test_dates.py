"""What can be said of vague dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.dates import (
    LAST_DAY,
    Bounds,
    DateError,
    TimeOrder,
    Within,
    first_day_of,
    last_day_of,
    year_of,
)
from casebook.edtf import bounds_of


@st.composite
def spans(draw: st.DrawFn) -> Bounds:
    """Bounds with known or open ends, near enough to one another to meet."""
    days = sorted(draw(st.integers(700_000, 700_040)) for _ in range(4))
    begin = sorted(draw(st.permutations(days[:3]))[:2])
    end = sorted([max(days[3], begin[1]), max(days[2], begin[0])])
    shape = draw(st.sampled_from(["closed", "closed", "unended", "no start", "moment"]))
    if shape == "moment":
        return Bounds.between(begin[0], begin[1])
    if shape == "unended":
        return Bounds(begin[0], begin[1], None, None)
    if shape == "no start":
        return Bounds(None, None, end[0], end[1])
    return Bounds(begin[0], begin[1], max(end[0], begin[0]), end[1])


@st.composite
def spans_with_truth(draw: st.DrawFn) -> tuple[Bounds, tuple[int, int]]:
    """Bounds and a begin and end that they allow."""
    bounds = draw(spans())
    low_begin = bounds.earliest_begin if bounds.earliest_begin is not None else 699_900
    high_begin = bounds.latest_begin if bounds.latest_begin is not None else 700_100
    if bounds.always_had_been:
        low_begin = high_begin = 1
    low_end = bounds.earliest_end if bounds.earliest_end is not None else low_begin
    high_end = bounds.latest_end if bounds.latest_end is not None else 700_200
    if bounds.unended:
        low_end = high_end = LAST_DAY
    begin = draw(st.integers(low_begin, min(high_begin, high_end)))
    end = draw(st.integers(max(low_end, begin), high_end))
    return bounds, (begin, end)


def _order(span: tuple[int, int], other: tuple[int, int]) -> TimeOrder:
    if span[1] < other[0]:
        return TimeOrder.BEFORE
    return TimeOrder.AFTER if other[1] < span[0] else TimeOrder.OVERLAPS


@given(spans_with_truth(), spans_with_truth())
def test_a_verdict_is_never_wrong(
    first: tuple[Bounds, tuple[int, int]], second: tuple[Bounds, tuple[int, int]]
) -> None:
    verdict = first[0].order(second[0])
    assert verdict in (TimeOrder.UNKNOWN, _order(first[1], second[1]))


@given(spans(), spans())
def test_a_verdict_is_the_mirror_of_its_converse(bounds: Bounds, other: Bounds) -> None:
    mirror = {TimeOrder.BEFORE: TimeOrder.AFTER, TimeOrder.AFTER: TimeOrder.BEFORE}
    verdict = bounds.order(other)
    assert other.order(bounds) == mirror.get(verdict, verdict)


@given(spans_with_truth(), st.integers(699_990, 700_050), st.integers(0, 30))
def test_certainly_in_a_window_is_certain(
    span: tuple[Bounds, tuple[int, int]], first: int, length: int
) -> None:
    bounds, (begin, end) = span
    touches = begin <= first + length and end >= first
    match bounds.within(first, first + length):
        case Within.CERTAINLY:
            assert touches
        case Within.NO:
            assert not touches


@given(spans_with_truth())
def test_the_certain_stretch_lies_within_every_truth(
    span: tuple[Bounds, tuple[int, int]],
) -> None:
    bounds, (begin, end) = span
    if bounds.certain:
        first, last = bounds.certain
        assert first is None or begin <= first
        assert last is None or end >= last


@given(spans_with_truth(), spans_with_truth())
def test_elapsed_time_holds_every_truth(
    first: tuple[Bounds, tuple[int, int]], second: tuple[Bounds, tuple[int, int]]
) -> None:
    fewest, most = first[0].elapsed_to(second[0])
    truth = second[1][0] - first[1][0]
    assert fewest is None or fewest <= truth
    assert most is None or truth <= most


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("[1995..1999]", "[2000..2004]", TimeOrder.BEFORE),
        ("[2000..2004]", "2003", TimeOrder.UNKNOWN),
        ("2003", "2005", TimeOrder.BEFORE),
        ("2005", "2003", TimeOrder.AFTER),
        ("1997/2007", "2003", TimeOrder.OVERLAPS),
        ("2003", "2003", TimeOrder.UNKNOWN),
        ("2010-06-18", "2010-06-18", TimeOrder.OVERLAPS),
        ("2001/..", "2010", TimeOrder.OVERLAPS),
        ("2001/..", "1999", TimeOrder.AFTER),
        ("2001/", "2010", TimeOrder.UNKNOWN),
        ("../1990", "1980", TimeOrder.OVERLAPS),
        ("[..1990]", "1980", TimeOrder.UNKNOWN),
    ],
)
def test_verdicts(first: str, second: str, verdict: TimeOrder) -> None:
    assert bounds_of(first).order(bounds_of(second)) is verdict


@pytest.mark.parametrize(
    ("span", "within"),
    [
        ("[1995..1999]", Within.NO),
        ("2003", Within.CERTAINLY),
        ("[1995..2003]", Within.POSSIBLY),
        ("1997/2007", Within.CERTAINLY),
        ("[2009, 2012]", Within.POSSIBLY),
        ("1950/..", Within.CERTAINLY),
    ],
)
def test_in_the_2000s(span: str, within: Within) -> None:
    assert bounds_of(span).within(first_day_of(2000), last_day_of(2009)) is within


def test_bounds_out_of_order_are_refused() -> None:
    with pytest.raises(DateError):
        Bounds(5, 4, None, None)
    with pytest.raises(DateError):
        Bounds(5, 6, 1, 2)


def test_sorting_is_by_earliest_begin() -> None:
    dates = ["2003", "[..1999]", "[1995..1999]", "2000/..", "2001"]
    ordered = sorted(dates, key=lambda text: bounds_of(text).sort_key)
    assert ordered == ["[..1999]", "[1995..1999]", "2000/..", "2001", "2003"]


def test_years() -> None:
    assert year_of(first_day_of(1999)) == year_of(last_day_of(1999)) == 1999
