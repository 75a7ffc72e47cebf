"""What the words of a source may mean in EDTF."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.edtf import bounds_of
from casebook.pack.date_guesses import from_serial, guessed


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("around 2005", "2005~"),
        ("c. 2005", "2005~"),
        ("2005?", "2005?"),
        ("1990s", "199X"),
        ("the 1990s", "199X"),
        ("early 2000s", "[2000..2004]"),
        ("mid-1980s", "[1984..1986]"),
        ("in the late 1990s", "[1995..1999]"),
        ("first half of the 1990s", "[1990..1994]"),
        ("2nd half of the 1990s", "[1995..1999]"),
        ("around 1990-95", "1990~/1995~"),
        ("c. 2003 to 2005", "2003~/2005~"),
        ("2005-2009", "2005/2009"),
        ("2005\N{EN DASH}2009", "2005/2009"),
        ("from 1985 to 2000", "1985/2000"),
        ("2003-13", "2003/2013"),
        ("late 1990s to early 2000s", "[1995..1999]/[2000..2004]"),
        ("1960s and 70s", "196X/197X"),
        ("since 1950", "1950/.."),
        ("1950 - present", "1950/.."),
        ("since the late 1990s", "[1995..1999]/.."),
        ("until 1990", "/1990"),
        ("before 2010", "[..2009]"),
        ("by 2010", "[..2010]"),
        ("after 1760", "[1761..]"),
        ("between 2001 and 2004", "[2001..2004]"),
        ("2001 or 2003", "[2001, 2003]"),
        ("spring 2004", "2004-21"),
        ("March 2004", "2004-03"),
        ("Sept. 2009", "2009-09"),
        ("12 March 2004", "2004-03-12"),
        ("March 12th, 2004", "2004-03-12"),
        ("2004/03/12", "2004-03-12"),
        ("Q1 2004", "2004-33"),
        ("19th century", "18XX"),
        ("Heisei 12", "2000"),
        ("平成12年", "2000"),
        ("2004", "2004"),
        ("[1995..1999]/..", "[1995..1999]/.."),
    ],
)
def test_words_become_edtf(words: str, edtf: str) -> None:
    found = guessed(words)
    assert found is not None
    assert found.edtf == edtf
    assert found.bounds == bounds_of(edtf)


@pytest.mark.parametrize(
    "words",
    ["", "two years later", "recently", "03/04/2005", "2003\N{EN DASH}04", "2009-2005", "30 February 2004",
     "March", "12", "99999", "13 of 2004"],
)  # fmt: skip
def test_what_is_not_clear_is_not_guessed(words: str) -> None:
    assert guessed(words) is None


@given(st.text(max_size=100))
def test_any_words_are_taken(words: str) -> None:
    found = guessed(words)
    assert found is None or bounds_of(found.edtf) == found.bounds


def test_the_day_numbers_of_spreadsheets() -> None:
    assert from_serial(38058) == "2004-03-12"
    assert from_serial(61) == "1900-03-01"
