"""Periods as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.dates import DateError
from casebook.periods import period


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2003", "2003-01-01", "2003-12-31"),
        ("2000s", "2000-01-01", "2009-12-31"),
        ("late-1990s", "1995-01-01", "1999-12-31"),
        ("late 1990s", "1995-01-01", "1999-12-31"),
        ("early-2000s", "2000-01-01", "2004-12-31"),
        ("mid-1980s", "1984-01-01", "1986-12-31"),
        ("1995-2004", "1995-01-01", "2004-12-31"),
        ("1995..2004", "1995-01-01", "2004-12-31"),
        ("1995/2004", "1995-01-01", "2004-12-31"),
        ("1980s-1990s", "1980-01-01", "1999-12-31"),
        ("2003-12", "2003-12-01", "2003-12-31"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("2010-06-18", "2010-06-18", "2010-06-18"),
        ("2003-06..2004", "2003-06-01", "2004-12-31"),
    ],
)
def test_first_and_last_day(words: str, first: str, last: str) -> None:
    days = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    assert period(words) == days


@pytest.mark.parametrize(
    "words", ["", "soon", "20", "0000", "2003-13", "2004-1999", "9999-12", "-"]
)
def test_what_is_no_period(words: str) -> None:
    if words == "9999-12":
        assert period("9999-12-31")
    with pytest.raises(DateError):
        period(words)


@given(st.text(max_size=30))
def test_any_words_are_a_period_or_an_error(words: str) -> None:
    try:
        first, last = period(words)
    except DateError:
        return
    assert first <= last
