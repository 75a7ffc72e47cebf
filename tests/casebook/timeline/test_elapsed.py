"""The time between vague dates, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.date_words import bounds_words
from casebook.dates import Bounds
from casebook.durations import parse_duration
from casebook.edtf import bounds_of
from casebook.timeline.chart import since
from casebook.timeline.documents import strip
from casebook.timeline.elapsed import Lapse, lapse
from tests.casebook.timeline.made import event_of


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("2003", "2005", "1 to 3 years later"),
        ("[1995..1999]", "2003", "3 to 9 years later"),
        ("[1995..1999]", "[2000..2004]", "up to 10 years later"),
        ("2005", "2003", "1 to 3 years earlier"),
        ("2003", "2003", "up to 1 year earlier or up to 1 year later"),
        ("2010-06-18", "2010-06-18", "on the same day"),
        ("2010-06-18", "2010-08-16", "59 days later"),
        ("2009-09", "2010-06-18", "8 to 10 months later"),
        ("2003-06-01", "2005-06-01", "2 years later"),
        ("[..1999]", "2003", "at least 3 years later"),
        ("2003", "[..1999]", "at least 3 years earlier"),
        ("2003", "[..2010]", "at most 8 years later, or earlier"),
        ("[..1999]", "[..2010]", "cannot be known"),
        ("1990/", "[2000..]", "at least 9 years later"),
        ("[2000..]", "1990", "at least 9 years earlier"),
        ("../2009", "2012", "cannot be known"),
    ],
)
def test_from_begin_to_begin(first: str, second: str, words: str) -> None:
    assert lapse(bounds_of(first), bounds_of(second)).words == words


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        ("P50Y", "", "at least 50 years later"),
        ("P6M", "", "at least 6 months later"),
        ("P3M", "P9M", "3 to 9 months later"),
        ("P1Y", "P10Y", "1 to 10 years later"),
    ],
)
def test_a_told_distance_is_said_as_it_was_told(least: str, most: str, words: str) -> None:
    """However many days its years and months may last."""
    fewest = parse_duration(least).fewest
    assert Lapse(fewest, parse_duration(most).most if most else None).words == words


days = st.integers(-4000, 4000)


@given(days, days)
def test_what_is_said_contains_the_truth(day: int, other_day: int) -> None:
    fewest, most = sorted((day, other_day))
    words = Lapse(fewest, most).words
    assert words
    assert ("later" in words) == (most > 0) or words == "on the same day"
    assert ("earlier" in words) == (fewest < 0) or words == "on the same day"


moments = st.tuples(days, st.integers(0, 900), st.integers(0, 900)).map(
    lambda three: (Bounds.between(three[0] - three[1], three[0] + three[2]), three[0])
)


@given(moments, moments)
def test_time_since_a_milestone_contains_the_truth(
    first: tuple[Bounds, int], second: tuple[Bounds, int]
) -> None:
    """Whatever the two days really were, their distance is within the drawn bounds."""
    milestone, event = event_of(first[0], number=1), event_of(second[0], number=2)
    relative = since(milestone, event)
    distance = second[1] - first[1]
    assert relative.earliest_begin is not None
    assert relative.latest_begin is not None
    assert relative.earliest_begin <= distance <= relative.latest_begin
    assert since(milestone, milestone) == Bounds(0, 0, 0, 0)


@pytest.mark.parametrize("edtf", ["[..1999]", "../2009", "1990/", "2001/..", "[2000..]", "/1990"])
@pytest.mark.parametrize(
    "milestone", ["[..1999]", "../2009", "1990/", "2001/..", "[2000..]", "2003"]
)
def test_what_is_unknown_never_becomes_certain_by_alignment(edtf: str, milestone: str) -> None:
    bounds = bounds_of(edtf)
    relative = since(event_of(bounds_of(milestone), number=1), event_of(bounds, number=2))
    assert relative.always_had_been <= bounds.always_had_been
    assert relative.unended <= bounds.unended


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2003", "some time in 2003"),
        ("[1995..1999]", "some time in 1995–1999"),
        ("2010-06-18", "on 18 Jun 2010"),
        ("[2009-09..2010]", "some time in Sep 2009–Dec 2010"),
        ("[2010-08-16..2010-12-31]", "some time in 16 Aug 2010–31 Dec 2010"),
        ("[..1999]", "some time, by 1999"),
        ("1985/2000", "began 1985, ended 2000"),
        ("2001/..", "began 2001, had not ended"),
        ("../2009", "it had always been so, ended 2009"),
        ("1990/", "began 1990, ended from 1990 on"),
        ("[1995..1999]/..", "began 1995–1999, had not ended"),
    ],
)
def test_bounds_in_words(edtf: str, words: str) -> None:
    assert bounds_words(bounds_of(edtf)) == words


def test_one_line() -> None:
    def line(*dates: str) -> str:
        return strip([event_of(bounds_of(edtf), number=at) for at, edtf in enumerate(dates)])

    assert line() == ""
    assert line("2003") == "◆ 2003"
    assert line("2001", "2005") == "2001 ◆───◆ 2005"
    assert line("[1995..1999]", "2003", "[..2010]") == "1995 ░░░░░───◆ 2003, 1 vague"
    assert line("1997/2000", "1990") == "1990 ◆──────▆▆▆▆ 2000"
    assert len(line("0100", "1900")) <= 44
    assert line("[..2010]") == "1 event of vague date"
