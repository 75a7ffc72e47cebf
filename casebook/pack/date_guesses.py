"""From the words of a source to EDTF: a proposal for the author, never taken unasked.

The rules are those of docs/dates.md. What may mean two things (`03/04/2005`, `2003-04` for
two years) is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from casebook.dates import Bounds, DateError
from casebook.edtf import bounds_of

LONGEST = 80
"""Characters of words that can be a date."""

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ERAS = {
    "meiji": 1867, "taisho": 1911, "showa": 1925, "heisei": 1988, "reiwa": 2018,
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018,
}  # fmt: skip
"""The year before the first of each era of Japan."""
_PARTS = {"early": (0, 4), "mid": (4, 6), "middle": (4, 6), "late": (5, 9)}
_CENTURY_PARTS = {"early": (0, 49), "late": (50, 99)}
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_YEAR = r"(?:1[0-9]|20|21)\d\d"
_ABOUT = re.compile(r"(?:about|around|approximately|approx\.?|circa|ca\.?|c\.|~)\s*(.+)")
_DASH = re.compile("[\N{EN DASH}\N{EM DASH}]")
_YEAR_OR_MONTH = re.compile(r"\d{4}-(0\d|1[0-2])")
"""With a dash in place of the hyphen, the second number may be a year."""
_LEAD = re.compile(r"^(?:in|at|on|during|the|year|of|some ?time|it was)\s+")


class DateGuess(NamedTuple):
    """What words may mean.

    Attributes:
        edtf: as a pack writes it.
        bounds: its four bounds.
    """

    edtf: str
    bounds: Bounds


def guessed(words: str) -> DateGuess | None:
    """What EDTF says the same as some words; None where it is not clear.

    `around 2005` is `2005~`, `late 1990s` `[1995..1999]`, `2003-13` `2003/2013`.
    """
    text = " ".join(_DASH.sub("-", words).split())
    if not text or len(text) > LONGEST or (_DASH.search(words) and _YEAR_OR_MONTH.fullmatch(text)):
        return None
    edtf = _valid(text) or _valid(_edtf(text.casefold().strip(" .,;")))
    return DateGuess(edtf, bounds_of(edtf)) if edtf else None


def from_serial(days: float) -> str:
    """The ISO date of a spreadsheet's day number (1 is 1900-01-01, and 60 never was)."""
    return (date(1899, 12, 30) + timedelta(days=int(days))).isoformat()


def _valid(edtf: str | None) -> str | None:
    if not edtf:
        return None
    try:
        bounds_of(edtf)
    except DateError:
        return None
    return edtf


def _edtf(text: str) -> str | None:
    """The words as EDTF, by the first rule that knows them."""
    while found := _LEAD.match(text):
        text = text[found.end() :]
    for rule in (_interval, _open, _one_of, _about, _single):
        if (edtf := rule(text)) is not None:
            return edtf
    return None


_RANGE = re.compile(r"(?:from\s+)?(.+?)(?:\s+-\s+|-(?=\d{4})|\s+(?:to|until|till|through)\s+)(.+)")
_SHORT_RANGE = re.compile(rf"({_YEAR})[-/](\d\d)")
_DECADES = re.compile(r"(?:the\s+)?(\d{3})0'?s\s+(?:and|to|-)\s+(?:the\s+)?'?(\d)0'?s")


def _interval(text: str) -> str | None:
    if (found := _ABOUT.fullmatch(text)) and (exact := _interval(found[1])):
        # What is said of both ends is said once: around 1990-95.
        return "/".join(f"{end}~" if end.isdigit() else end for end in exact.split("/"))
    if found := _DECADES.fullmatch(text):
        return f"{found[1]}X/{found[1][:2]}{found[2]}X"
    if found := _SHORT_RANGE.fullmatch(text):
        second = found[1][:2] + found[2]
        # Up to 12 the second number may be a month.
        return f"{found[1]}/{second}" if second > found[1] and int(found[2]) > 12 else None
    if found := _RANGE.fullmatch(text):
        first, last = _ends(found[1]), _ends(found[2])
        return f"{first}/{last}" if first and last else None
    return None


def _ends(text: str) -> str | None:
    return _valid(_about(text) or _single(text))


_OPEN: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"(?:since|from)\s+(.+?)(?:\s+(?:on|onwards?|to (?:date|the present|today|now)))?"),
     lambda edtf: f"{edtf}/.."),
    (re.compile(rf"({_YEAR})\s*-(?:\s*(?:present|today|now|date))?"), lambda edtf: f"{edtf}/.."),
    (re.compile(r"(.+?)\s*(?:-|to|until)\s*(?:the\s+)?(?:present|today|now|date)"),
     lambda edtf: f"{edtf}/.."),
    (re.compile(r"(?:until|till|up to)\s+(.+)"), lambda edtf: f"/{edtf}"),
)  # fmt: skip
_BEFORE = re.compile(rf"before\s+({_YEAR})")
_AFTER = re.compile(rf"after\s+({_YEAR})")
_BY = re.compile(rf"(?:by|no later than|at the latest in)\s+({_YEAR})")
_NOT_BEFORE = re.compile(rf"(?:no earlier than|not before|at the earliest in)\s+({_YEAR})")


def _open(text: str) -> str | None:
    if found := _BEFORE.fullmatch(text):
        return f"[..{int(found[1]) - 1}]"
    if found := _AFTER.fullmatch(text):
        return f"[{int(found[1]) + 1}..]"
    if found := _BY.fullmatch(text):
        return f"[..{found[1]}]"
    if found := _NOT_BEFORE.fullmatch(text):
        return f"[{found[1]}..]"
    for pattern, made in _OPEN:
        if (found := pattern.fullmatch(text)) and (edtf := _ends(found[1])):
            return made(edtf)
    return None


_BETWEEN = re.compile(rf"between\s+({_YEAR})\s+and\s+({_YEAR})")
_OR = re.compile(rf"(?:either\s+)?({_YEAR})\s+or\s+({_YEAR})")


def _one_of(text: str) -> str | None:
    if found := _BETWEEN.fullmatch(text):
        return f"[{found[1]}..{found[2]}]" if found[1] < found[2] else None
    if found := _OR.fullmatch(text):
        return f"[{found[1]}, {found[2]}]"
    return None


def _about(text: str) -> str | None:
    found = _ABOUT.fullmatch(text)
    words = found[1] if found else ""
    if not found and re.fullmatch(rf"{_YEAR}s?\s*\(?\?\)?", text):
        single = _single(text.rstrip("?() "))
        return f"{single}?" if single and single.isdigit() else None
    single = _single(words) if words else None
    if single is None:
        return None
    return f"{single}~" if re.fullmatch(r"\d{4}(-\d\d){0,2}", single) else single


_PART_OF_DECADE = re.compile(r"(early|mid|middle|late)[\s-]*(?:the\s+)?(?:of\s+the\s+)?(\d{3})0'?s")
_HALF = re.compile(r"(first|1st|second|2nd) half of (?:the )?(\d{3})0'?s")
_DECADE = re.compile(r"(\d{3})0'?s")
_CENTURY = re.compile(r"(?:(early|late)\s+)?(\d{1,2})(?:st|nd|rd|th)\s+century")
_SEASON = re.compile(rf"(spring|summer|autumn|fall|winter)(?:\s+of)?[\s,]+({_YEAR})")
_QUARTER = re.compile(rf"(?:q([1-4])|(first|second|third|fourth) quarter(?: of)?)[\s/-]*({_YEAR})")
_PART_OF_YEAR = re.compile(rf"(early|late)(?:\s+in)?[\s-]+({_YEAR})")
_NAME = "|".join((*_MONTHS, r"sept\.?", *(rf"{name[:3]}\.?" for name in _MONTHS)))
_MONTH = re.compile(rf"({_NAME})(?:\s+of)?[\s,]+({_YEAR})")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_NAME})[\s,]+({_YEAR})")
_MONTH_FIRST = re.compile(rf"({_NAME})\s+(\d{{1,2}})(?:st|nd|rd|th)?[\s,]+({_YEAR})")
_ISO_LIKE = re.compile(rf"({_YEAR})[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}))?")
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s*(\d{{1,2}})年?")
_YEAR_ALONE = re.compile(rf"({_YEAR})年?(?:\s*\(?(?:ad|ce)\)?)?")


def _single(text: str) -> str | None:
    """One date: a day, month, season, quarter, year, decade or century."""
    text = _LEAD.sub("", text.strip(" .,;"))
    if found := _YEAR_ALONE.fullmatch(text):
        return found[1]
    if found := _ISO_LIKE.fullmatch(text):
        return "-".join([found[1], *(part.zfill(2) for part in found.groups()[1:] if part)])
    if found := _PART_OF_DECADE.fullmatch(text):
        first, last = _PARTS[found[1]]
        return f"[{found[2]}{first}..{found[2]}{last}]"
    if found := _HALF.fullmatch(text):
        first, last = _PARTS["early" if found[1] in ("first", "1st") else "late"]
        return f"[{found[2]}{first}..{found[2]}{last}]"
    if found := _DECADE.fullmatch(text):
        return f"{found[1]}X"
    if found := _CENTURY.fullmatch(text):
        return _century(int(found[2]), found[1])
    if found := _SEASON.fullmatch(text):
        return f"{found[2]}-{_SEASONS[found[1]]}"
    if found := _QUARTER.fullmatch(text):
        return f"{found[3]}-{32 + (int(found[1]) if found[1] else _NUMBERS[found[2]])}"
    if found := _PART_OF_YEAR.fullmatch(text):
        months = ("01", "06") if found[1] == "early" else ("07", "12")
        return f"[{found[2]}-{months[0]}..{found[2]}-{months[1]}]"
    if found := _MONTH.fullmatch(text):
        return f"{found[2]}-{_month(found[1])}"
    if found := _DAY_FIRST.fullmatch(text):
        return f"{found[3]}-{_month(found[2])}-{found[1].zfill(2)}"
    if found := _MONTH_FIRST.fullmatch(text):
        return f"{found[3]}-{_month(found[1])}-{found[2].zfill(2)}"
    if found := _ERA.fullmatch(text):
        return str(_ERAS[found[1]] + int(found[2])) if int(found[2]) else None
    return None


def _century(number: int, part: str | None) -> str | None:
    if not 6 <= number <= 22:
        return None
    if part is None:
        return f"{number - 1:02}XX"
    first, last = _CENTURY_PARTS[part]
    return f"[{number - 1:02}{first:02}..{number - 1:02}{last:02}]"


def _month(name: str) -> str:
    return f"{next(at for at, full in enumerate(_MONTHS, 1) if full.startswith(name[:3])):02}"
