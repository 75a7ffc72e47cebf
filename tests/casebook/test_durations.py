"""Durations: what may be written, and what they come to in the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.durations import Shift, add_months, days_of_months, month_begin, month_end
from casebook.durations import parse_duration as parsed

DAYS = st.dates(date(1890, 1, 1), date(2110, 1, 1)).map(date.toordinal)
MONTHS = st.integers(0, 700)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("text", "fewest", "most"),
    [
        ("P2Y", 730, 731),
        ("P1M", 28, 31),
        ("P2W", 14, 14),
        ("P1Y6M", 546, 550),
        ("P3D", 3, 3),
        ("P50Y", 18_261, 18_263),
    ],
)
def test_days_of_durations(text: str, fewest: int, most: int) -> None:
    assert (parsed(text).fewest, parsed(text).most) == (fewest, most)


@pytest.mark.parametrize("text", ["", "P", "2Y", "P2", "PT2H", "P1.5Y", "P-1Y", "P2Y ", "P1D1Y"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        parsed(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P50Y", "50 years"),
        ("P1Y", "1 year"),
        ("P1Y6M", "1 year and 6 months"),
        ("P3W", "3 weeks"),
        ("P1Y2M3W4D", "1 year, 2 months, 3 weeks and 4 days"),
        ("P0Y", "0 days"),
    ],
)
def test_durations_in_words(text: str, words: str) -> None:
    assert parsed(text).words == words


@pytest.mark.parametrize(
    ("text", "until", "latest"),
    [
        ("P50Y", "2009-09-30", "1959-09-30"),
        ("P10Y", "2010-12-31", "2000-12-31"),
        ("P1Y", "2009-02-28", "2008-02-29"),
        ("P1M", "2009-03-31", "2009-02-28"),
        ("P1M", "2009-03-30", "2009-02-28"),
        ("P1M", "2009-02-28", "2009-01-31"),
        ("P7D", "2010-08-16", "2010-08-09"),
        ("P1M10D", "2009-03-07", "2009-01-28"),
    ],
)
def test_so_far_before_a_day(text: str, until: str, latest: str) -> None:
    assert date.fromordinal(parsed(text).forward.latest_before(day(until))).isoformat() == latest


@pytest.mark.parametrize(
    ("text", "since", "earliest"),
    [
        ("P50Y", "1959-09-01", "2009-09-01"),
        ("P1M", "2009-01-31", "2009-02-28"),
        ("P1Y", "2008-02-29", "2009-02-28"),
        ("P2W", "2009-01-31", "2009-02-14"),
    ],
)
def test_so_far_after_a_day(text: str, since: str, earliest: str) -> None:
    assert date.fromordinal(parsed(text).forward.earliest_after(day(since))).isoformat() == earliest


@given(DAYS, MONTHS, st.integers(0, 40), st.booleans())
def test_the_two_ways_are_one_relation(since: int, months: int, days: int, back: bool) -> None:
    """The latest day from which a day is reached is just that, for distances either way."""
    shift = Shift(-months, -days) if back else Shift(months, days)
    latest = shift.latest_before(since)
    assert shift.earliest_after(latest) <= since < shift.earliest_after(latest + 1)


@given(DAYS, MONTHS)
def test_an_edge_of_a_month_stays_one(since: int, months: int) -> None:
    for shift in (Shift(months, 0), Shift(-months, 0)):
        begin = shift.earliest_after(month_begin(since))
        assert begin == month_begin(begin)
        end = shift.latest_before(month_end(since))
        assert end == month_end(end)


@given(DAYS, MONTHS)
def test_months_lead_to_the_same_day_or_the_last(since: int, months: int) -> None:
    begin, end = date.fromordinal(since), date.fromordinal(add_months(since, months))
    assert 12 * (end.year - begin.year) + end.month - begin.month == months
    assert end.day == begin.day or (
        end.day < begin.day and end.toordinal() == month_end(end.toordinal())
    )


@given(DAYS, MONTHS, st.integers(0, 40))
def test_a_distance_lasts_no_more_and_no_fewer_days_than_it_can(
    since: int, months: int, days: int
) -> None:
    duration = parsed(f"P{months}M{days}D")
    assert duration.forward.earliest_after(since) - since >= duration.fewest
    assert duration.backward.latest_before(since) - since <= duration.most


@given(st.dates(date(1600, 1, 1), date(2300, 1, 1)), st.integers(0, 600))
def test_days_of_months_hold_every_such_stretch(begin: date, months: int) -> None:
    first = begin.replace(day=1)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    fewest, most = days_of_months(months)
    assert fewest <= (date(year, month + 1, 1) - first).days <= most


def test_days_of_known_stretches() -> None:
    assert days_of_months(12) == (365, 366)
    assert days_of_months(1) == (28, 31)
    assert days_of_months(24) == (730, 731)
    assert days_of_months(4800) == (146_097, 146_097)
    assert days_of_months(48) == (1460, 1461)
    assert days_of_months(1200)[0] == 36_524


@given(DAYS, st.integers(0, 9999 * 12))
def test_the_calendar_has_no_end(since: int, months: int) -> None:
    """No distance that can be written leads to where there are no days to count."""
    assert add_months(add_months(since, -months), months) <= since
    assert parsed("P9999Y9999M").forward.latest_before(1) < 0
