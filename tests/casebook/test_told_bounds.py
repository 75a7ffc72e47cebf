"""Distances of years and months: what follows from them, held against trying all days."""

from __future__ import annotations

import calendar
import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.dates import Bounds
from casebook.durations import Duration, parse_duration
from casebook.edtf import bounds_of
from casebook.told_bounds import Contradiction, DateLimit, Tightened, tightened
from casebook.told_order import Told
from casebook.told_relations import BoundName, TimeRelation

DISTANCES = ["P1M", "P2M", "P1M3D", "P3M", "P30D", "P31D", "P59D", "P1Y", "P11M", "P365D", "P1Y1D"]
FIRST_DAYS = [date(2004, 1, 26), date(2004, 2, 24), date(2004, 3, 27), date(2005, 2, 22)]


@st.composite
def problems(draw: st.DrawFn) -> tuple[dict[str, Bounds], list[Told[str]]]:
    dates = {}
    for name in "abc"[: draw(st.integers(2, 3))]:
        first = draw(st.sampled_from(FIRST_DAYS)).toordinal() + draw(st.integers(0, 6))
        dates[name] = Bounds.between(first, first + draw(st.integers(0, 7)))
    told = []
    for _ in range(draw(st.integers(1, 4))):
        event, other = draw(st.permutations(sorted(dates)))[:2]
        relation = draw(st.sampled_from([TimeRelation.AFTER, TimeRelation.BEFORE]))
        least, most = (draw(st.none() | st.sampled_from(DISTANCES)) for _ in "lm")
        told.append(
            Told(
                event,
                relation,
                other,
                parse_duration(least) if least else None,
                parse_duration(most) if most else None,
            )
        )
    return dates, told


def moved(day: date, duration: Duration, sign: int, *, months_first: bool) -> date:
    """A day so far later or earlier, by the calendar; this is the test's own reckoning."""
    for is_months in (months_first, not months_first):
        if is_months:
            count = day.year * 12 + day.month - 1 + sign * (12 * duration.years + duration.months)
            year, month = count // 12, count % 12 + 1
            day = date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
        else:
            day += timedelta(days=sign * (7 * duration.weeks + duration.days))
    return day


def may_be(first: int, second: int, told: Told[str]) -> bool:
    """Whether two days fit what is told, in whichever way its distance may be counted."""
    low, high = date.fromordinal(first), date.fromordinal(second)
    ways = (True, False)
    if told.least is None:
        long_enough = low <= high
    else:
        least = told.least
        long_enough = any(
            moved(low, least, 1, months_first=way) <= high
            or low <= moved(high, least, -1, months_first=way)
            for way in ways
        )
    if told.most is None:
        return long_enough
    most = told.most
    return long_enough and any(
        moved(low, most, 1, months_first=way) >= high
        or low >= moved(high, most, -1, months_first=way)
        for way in ways
    )


def solutions(dates: dict[str, Bounds], told: list[Told[str]]) -> list[dict[str, int]]:
    ranges = []
    for bounds in dates.values():
        assert bounds.earliest_begin is not None
        assert bounds.latest_begin is not None
        ranges.append(range(bounds.earliest_begin, bounds.latest_begin + 1))
    found = []
    for chosen in itertools.product(*ranges):
        days = dict(zip(dates, chosen, strict=True))
        if all(
            may_be(days[one.event], days[one.other], one)
            if one.relation is TimeRelation.BEFORE
            else may_be(days[one.other], days[one.event], one)
            for one in told
        ):
            found.append(days)
    return found


@settings(max_examples=300)
@given(problems())
def test_the_calendar_as_by_trying_all_days(
    problem: tuple[dict[str, Bounds], list[Told[str]]],
) -> None:
    dates, told = problem
    possible = solutions(dates, told)
    if not possible:
        with pytest.raises(Contradiction) as caught:
            tightened(dates, told)
        among = [reason for reason in caught.value.chain if isinstance(reason, Told)]
        assert solutions(dates, among) == []
        return
    for name, found in tightened(dates, told).items():
        exact = (min(days[name] for days in possible), max(days[name] for days in possible))
        assert found.bounds.possible == exact


def known(edtf: str, relation: str, other: str, least: str = "", most: str = "") -> Tightened[str]:
    """What follows for something from one statement about it."""
    told = Told(
        "it",
        TimeRelation(relation),
        "other",
        parse_duration(least) if least else None,
        parse_duration(most) if most else None,
    )
    return tightened({"it": bounds_of(edtf), "other": bounds_of(other)}, [told])["it"]


@pytest.mark.parametrize(
    ("edtf", "relation", "other", "least", "most", "expected"),
    [
        ("/2009", "before", "2009-09", "P50Y", "", (None, "1959-09-30")),
        ("[..2010]", "before", "2009", "P50Y", "", (None, "1959-12-31")),
        ("[..2010]", "before", "2009-09-15", "P50Y", "", (None, "1959-09-15")),
        ("[..2010]", "after", "2003", "P18M", "", ("2004-07-01", "2010-12-31")),
        ("[1900..2010]", "before", "1996-02", "", "P4Y", ("1992-02-01", "1996-02-29")),
        ("2010", "before", "2010-08-16", "P1D", "P7D", ("2010-08-09", "2010-08-15")),
    ],
)
def test_years_and_months_are_those_of_the_calendar(
    edtf: str,
    relation: str,
    other: str,
    least: str,
    most: str,
    expected: tuple[str | None, str | None],
) -> None:
    assert known(edtf, relation, other, least, most).bounds.iso()[:2] == expected


@pytest.mark.parametrize(
    ("edtf", "relation", "other", "distance", "expected"),
    [
        # By the month, since neither a year nor a week is a day; and not beyond its own date.
        ("[..2010]", "before", "2009", "P1W", (None, "2009-12-31")),
        ("[..2010]", "before", "2009-09", "P5W", (None, "2009-08-31")),
        ("[2001..2010]", "after", "2004", "P5W", ("2004-02-01", "2010-12-31")),
        ("2010", "before", "2010", "P1W", ("2010-01-01", "2010-12-31")),
        # By the day, since one of the two is known by the day.
        ("[..2010]", "before", "2009-09-01", "P1W", (None, "2009-08-25")),
        ("[..2010]", "before", "2009-09", "P10D", (None, "2009-09-20")),
    ],
)
def test_weeks_make_no_day_of_a_month(
    edtf: str, relation: str, other: str, distance: str, expected: tuple[str | None, str | None]
) -> None:
    found = known(edtf, relation, other, distance)
    assert found.bounds.iso()[:2] == expected
    own = bounds_of(edtf).iso()
    assert (BoundName.LATEST_BEGIN in found.reasons) == (found.bounds.iso()[1] != own[1])


@given(
    st.sampled_from(["1996", "2009-09", "[1985..1989]", "199X", "2010-21"]),
    st.sampled_from(["P1Y", "P50Y", "P1Y6M", "P7M", "P3W", "P1Y2W"]),
    st.sampled_from(["before", "after"]),
    st.booleans(),
)
def test_no_day_comes_of_months_and_years(
    other: str, distance: str, relation: str, is_least: bool
) -> None:
    """A bound that rests on no day is the first or the last day of a month."""
    limits = {"least": distance} if is_least else {"most": distance}
    found = known("[..2200]", relation, other, **limits).bounds
    if found.earliest_begin is not None:
        assert date.fromordinal(found.earliest_begin).day == 1
    assert found.latest_begin is not None
    assert date.fromordinal(found.latest_begin + 1).day == 1


def test_a_circle_of_months_ends_where_the_calendar_lets_it() -> None:
    """A month later at the most and thirty days at the least: not in February."""
    told = [
        Told("b", TimeRelation.AFTER, "a", Duration.of_days(30), parse_duration("P1M")),
    ]
    dates = {"a": bounds_of("[2002..2003-02-15]"), "b": bounds_of("[..2010]")}
    found = tightened(dates, told)
    assert found["a"].bounds.iso()[1] == "2003-01-29"
    assert found["b"].bounds.iso()[1] == "2003-02-28"
    chain = found["b"].reasons[BoundName.LATEST_BEGIN]
    assert chain == (DateLimit("a", BoundName.LATEST_BEGIN), told[0])


def test_a_circle_that_no_calendar_allows_comes_to_an_end() -> None:
    """Of two years only one is a leap year; nothing runs for ever, and what is found holds."""
    year = parse_duration("P1Y")
    told = [
        Told("b", TimeRelation.AFTER, "a", most=year),
        Told("c", TimeRelation.AFTER, "b", most=year),
        Told("c", TimeRelation.AFTER, "a", least=Duration.of_days(732)),
    ]
    dates = {"a": bounds_of("[2002..2004]")} | {name: bounds_of("[..2010]") for name in "bc"}
    with pytest.raises(Contradiction) as caught:
        tightened(dates, told)
    assert set(told) <= set(caught.value.chain)
    dates["a"] = bounds_of("[..2004]")
    for event in tightened(dates, told).values():
        assert len(event.reasons.get(BoundName.LATEST_BEGIN, ())) <= 4


def test_a_distance_that_leads_out_of_the_calendar() -> None:
    """No date is before the year 1; what only allows for one says nothing."""
    with pytest.raises(Contradiction) as caught:
        known("[..2010]", "before", "2009", "P9000Y")
    assert [reason.other for reason in caught.value.chain if isinstance(reason, Told)] == ["other"]
    with pytest.raises(Contradiction):
        known("[..2010]", "after", "2009", "P9000Y")
    assert known("[..2010]", "before", "2009", "", "P9000Y").bounds.iso()[:2] == (
        None,
        "2009-12-31",
    )
    assert known("2008/", "after", "2005", "", "P9000Y").reasons == {}
