"""Reads periods as people type them: `2003`, `2000s`, `late 1990s`, `1995-2004`, `2003-06`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from casebook.dates import DateError

_RANGE = re.compile(r"(.+?)\s*(?:\.\.|/|\s-\s|\u2013)\s*(.+)|(\d{4}s?)-(\d{4}s?)")
_YEAR = re.compile(r"\d{4}")
_DECADE = re.compile(r"(?:(early|mid|late)[\s-]*)?(\d{3})0s")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PARTS = {None: (0, 9), "early": (0, 4), "mid": (4, 6), "late": (5, 9)}
"""Years of a decade, by the house rule of docs/dates.md."""


def period(words: str) -> tuple[int, int]:
    """First and last day of a period, as day numbers (`datetime.date.toordinal`).

    Args:
        words: a year, decade, month or day, or two of them as a range; case does not matter.

    Raises:
        DateError: the words are no period; the message says what is.
    """
    wanted = words.strip().lower()
    found = _RANGE.fullmatch(wanted)
    try:
        if not found:
            return _unit(wanted)
        first, last = (bound for bound in found.groups() if bound)
        begin, end = _unit(first)[0], _unit(last)[1]
    except (ValueError, OverflowError):
        raise DateError(
            "a period is written 2003, 2000s, late-1990s, 2003-06 or 1995-2004"
        ) from None
    if begin > end:
        raise DateError("it ends before it begins")
    return begin, end


def _unit(words: str) -> tuple[int, int]:
    """First and last day of a year, a decade or a part of it, a month or a day."""
    if _YEAR.fullmatch(words):
        return _years(int(words), int(words))
    if found := _DECADE.fullmatch(words):
        first, last = _PARTS[found[1]]
        decade = int(found[2]) * 10
        return _years(decade + first, decade + last)
    if found := _MONTH.fullmatch(words):
        first_day = date(int(found[1]), int(found[2]), 1)
        after = (first_day + timedelta(days=31)).replace(day=1)
        return first_day.toordinal(), after.toordinal() - 1
    if found := _DAY.fullmatch(words):
        day = date(*map(int, found.groups())).toordinal()
        return day, day
    raise ValueError(words)


def _years(first: int, last: int) -> tuple[int, int]:
    return date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
