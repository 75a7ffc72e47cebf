"""EDTF in, four bounds out."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from casebook.dates import DateError, iso_day
from casebook.edtf import LONGEST_EDTF, bounds_of

# The published examples of the edtf library (its parser/tests.py, from the EDTF
# specification), as far as they lie in years 1 to 9999: what it calls lower and upper
# fuzzy. Where Casebook says more than one interval, begin and end stand apart.
MOMENTS = {
    "2001-02-03": ("2001-02-03", "2001-02-03"),
    "2008-12": ("2008-12-01", "2008-12-31"),
    "2008": ("2008-01-01", "2008-12-31"),
    "2001-02-03T09:30:01": ("2001-02-03", "2001-02-03"),
    "2004-01-01T10:10:10Z": ("2004-01-01", "2004-01-01"),
    "2004-01-01T10:10:10+05:00": ("2004-01-01", "2004-01-01"),
    "1984?": ("1983-01-01", "1985-12-31"),
    "2004-06-11?": ("2003-05-10", "2005-07-12"),
    "1984~": ("1983-01-01", "1985-12-31"),
    "1984%": ("1982-01-01", "1986-12-31"),
    "199X": ("1990-01-01", "1999-12-31"),
    "19XX": ("1900-01-01", "1999-12-31"),
    "1999-XX": ("1999-01-01", "1999-12-31"),
    "1999-01-XX": ("1999-01-01", "1999-01-31"),
    "1999-XX-XX": ("1999-01-01", "1999-12-31"),
    "16XX~": ("1500-01-01", "1799-12-31"),
    "16XX%": ("1400-01-01", "1899-12-31"),
    "1XXX": ("1000-01-01", "1999-12-31"),
    "156X~": ("1550-01-01", "1579-12-31"),
    "2001-21": ("2001-03-01", "2001-05-31"),
    "2003-22": ("2003-06-01", "2003-08-31"),
    "2000-23": ("2000-09-01", "2000-11-30"),
    "2004-06-11%": ("2002-04-09", "2006-08-13"),
    "2004?-06-11": ("2003-06-11", "2005-06-11"),
    "2004-06~-11": ("2003-05-11", "2005-07-11"),
    "2004-06-~11": ("2004-06-10", "2004-06-12"),
    "2004-?06-?11": ("2004-05-10", "2004-07-12"),
    "2004?-06-~11": ("2003-06-10", "2005-06-12"),
    "2004?-~06-~04": ("2003-05-03", "2005-07-05"),
    "2011-~06-~04": ("2011-05-03", "2011-07-05"),
    "156X-12-25": ("1560-12-25", "1569-12-25"),
    "15XX-12-25": ("1500-12-25", "1599-12-25"),
    "1560-XX-25": ("1560-01-25", "1560-12-25"),
    "15XX-12-XX": ("1500-12-01", "1599-12-31"),
    "[1667, 1668, 1670..1672]": ("1667-01-01", "1672-12-31"),
    "[..1760-12-03]": (None, "1760-12-03"),
    "[1760-12..]": ("1760-12-01", None),
    "[1760-01, 1760-02, 1760-12..]": ("1760-01-01", None),
    "[1667, 1760-12]": ("1667-01-01", "1760-12-31"),
    "196X": ("1960-01-01", "1969-12-31"),
    "1950S2": ("1900-01-01", "1999-12-31"),
    "1953S3": ("1950-01-01", "1959-12-31"),
    "2001-29": ("2001-09-01", "2001-11-30"),
    "2001-34": ("2001-04-01", "2001-06-30"),
}

INTERVALS = {
    "1964/2008": ("1964-01-01", "1964-12-31", "2008-01-01", "2008-12-31"),
    "2004-06/2006-08": ("2004-06-01", "2004-06-30", "2006-08-01", "2006-08-31"),
    "2004-02-01/2005-02-08": ("2004-02-01", "2004-02-01", "2005-02-08", "2005-02-08"),
    "2004-02-01/2005-02": ("2004-02-01", "2004-02-01", "2005-02-01", "2005-02-28"),
    "2004-02-01/2005": ("2004-02-01", "2004-02-01", "2005-01-01", "2005-12-31"),
    "2005/2006-02": ("2005-01-01", "2005-12-31", "2006-02-01", "2006-02-28"),
    "/2006": (None, "2006-12-31", "2006-01-01", "2006-12-31"),
    "2004-06-01/": ("2004-06-01", "2004-06-01", "2004-06-01", None),
    "../2006": (None, None, "2006-01-01", "2006-12-31"),
    "2004-01-01/..": ("2004-01-01", "2004-01-01", None, None),
    "1984~/2004-06": ("1983-01-01", "1985-12-31", "2004-06-01", "2004-06-30"),
    "1984?/2004%": ("1983-01-01", "1985-12-31", "2002-01-01", "2006-12-31"),
    "1984-06-02?/2004-08-08~": ("1983-05-01", "1985-07-03", "2003-07-07", "2005-09-09"),
    "2004-06-~01/2004-06-~20": ("2004-05-31", "2004-06-02", "2004-06-19", "2004-06-21"),
    "2004-06-XX/2004-07-03": ("2004-06-01", "2004-06-30", "2004-07-03", "2004-07-03"),
    "{1667,1668, 1670..1672}": ("1667-01-01", "1667-12-31", "1670-01-01", "1672-12-31"),
    "{1960, 1961-12}": ("1960-01-01", "1960-12-31", "1961-12-01", "1961-12-31"),
    "199X/..": ("1990-01-01", "1999-12-31", None, None),
    "199X/200X": ("1990-01-01", "1999-12-31", "2000-01-01", "2009-12-31"),
}


@pytest.mark.parametrize(("edtf", "expected"), MOMENTS.items())
def test_a_moment_begins_and_ends_within_its_date(
    edtf: str, expected: tuple[str | None, str | None]
) -> None:
    first, last = expected
    assert bounds_of(edtf).iso() == (first, last, first, last)


@pytest.mark.parametrize(("edtf", "expected"), INTERVALS.items())
def test_an_interval_begins_within_one_date_and_ends_within_another(
    edtf: str, expected: tuple[str | None, ...]
) -> None:
    assert bounds_of(edtf).iso() == expected


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("[1995..1999]", "1995-01-01", "1999-12-31"),  # late 1990s
        ("[2000..2004]", "2000-01-01", "2004-12-31"),  # early 2000s
        ("2011-23", "2011-09-01", "2011-11-30"),  # autumn 2011
        ("[2003, 2005]", "2003-01-01", "2005-12-31"),  # one of two years
        ("2003", "2003-01-01", "2003-12-31"),
        ("2010-06-18", "2010-06-18", "2010-06-18"),
        ("2010-24", "2010-12-01", "2011-02-28"),  # a winter runs into the next year
        ("2011-24", "2011-12-01", "2012-02-29"),
        ("2004-1X", "2004-10-01", "2004-12-31"),
        ("2004-02-3X", None, None),
        # The library stops at 30 July; a month ends on its last day.
        ("2004-06?", "2003-05-01", "2005-07-31"),
    ],
)
def test_what_the_sources_say_comes_out_right(
    edtf: str, first: str | None, last: str | None
) -> None:
    if first is None or last is None:
        with pytest.raises(DateError):
            bounds_of(edtf)
        return
    assert bounds_of(edtf).possible == (
        date.fromisoformat(first).toordinal(),
        date.fromisoformat(last).toordinal(),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        "", " ", "late 1990s", "2003-02-29", "2016-13-08", "2016-02-39", "-0999", "0000",
        "Y170000002", "Y17E7", "2005/2003", "/", "../..", "/..", "[", "[]", "{}", "[2003/2004]",
        "1/2/3", "(2004)?-06-04~", "2004-(06)?-11", "[..]", "9999-24", "2003\n2004", "２００３",
        "1" * (LONGEST_EDTF + 1), "[" * 100, "\x1b[31m", "2003-06-31",
    ],
)  # fmt: skip
def test_what_is_no_date_says_so(wrong: str) -> None:
    with pytest.raises(DateError) as caught:
        bounds_of(wrong)
    assert str(caught.value)


def test_parsing_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    for text in ("2004-1X~", "[2003/2004]", "nonsense", "2003-02-29"):
        with pytest.raises(DateError):
            bounds_of(text)
    assert capfd.readouterr() == ("", "")


@given(st.text(alphabet="0123456789XSYET?~%./,[]{}-: Z+", max_size=40))
def test_any_text_has_bounds_in_order_or_is_refused(text: str) -> None:
    try:
        bounds = bounds_of(text)
    except DateError:
        return
    for low, high in (
        (bounds.earliest_begin, bounds.latest_begin),
        (bounds.earliest_end, bounds.latest_end),
        (bounds.earliest_begin, bounds.latest_end),
    ):
        assert low is None or high is None or low <= high


@given(st.dates(), st.dates())
def test_exact_days_come_back_as_they_are(day: date, other_day: date) -> None:
    first, last = sorted((day, other_day))
    bounds = bounds_of(f"{first.isoformat()}/{last.isoformat()}")
    assert bounds.iso() == (
        first.isoformat(),
        first.isoformat(),
        last.isoformat(),
        last.isoformat(),
    )
    assert bounds.certain == (first.toordinal(), last.toordinal())


@given(st.from_regex(r"[0-9]{4}(-[0-9]{2}){0,2}", fullmatch=True) | st.dates().map(str))
def test_years_months_and_days_are_what_the_library_takes_them_for(text: str) -> None:
    try:
        first, last = bounds_of(text).possible
    except DateError:
        return
    if text[5:7] in ("24", "28", "30"):
        return  # the library ends a winter with its year
    parsed = parse_edtf(text)
    assert (first, last) == tuple(
        date(*day[:3]).toordinal() for day in (parsed.lower_strict(), parsed.upper_strict())
    )


@given(st.integers(1, 9998), st.sampled_from(["?", "~", "%"]))
def test_doubt_only_widens(year: int, qualifier: str) -> None:
    try:
        doubtful = bounds_of(f"{year:04}{qualifier}").possible
    except DateError:
        return  # widened beyond the calendar
    sure = bounds_of(f"{year:04}").possible
    assert None not in doubtful + sure
    assert doubtful[0] < sure[0]  # type: ignore[operator]
    assert sure[1] < doubtful[1]  # type: ignore[operator]


@given(st.dates())
def test_a_day_lies_within_every_coarser_date(day: date) -> None:
    number = day.toordinal()
    for coarse in (f"{day.year:04}", f"{day.year:04}-{day.month:02}", f"{day.year:04}-XX-XX"):
        first, last = bounds_of(coarse).possible
        assert first is not None
        assert last is not None
        assert first <= number <= last


def test_iso_day() -> None:
    assert iso_day(None) is None
    assert iso_day(date(2010, 6, 18).toordinal()) == "2010-06-18"
