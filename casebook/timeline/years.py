"""Stretches of time as a reader types them: `2003`, `1995-2004`, `2003-06`, `1995..`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from casebook.dates import DateError

_RANGE = re.compile(r"\s*(.*?)\s*(?:\.\.|\bto\b|[–/]|\s-\s)\s*(.*?)\s*|\s*(\d{4})-(\d{4})\s*")
HINT = "a year, YYYY-MM or YYYY-MM-DD"


def days_of(words: str) -> tuple[int, int]:
    """The first and last day of a year, a month or a day.

    Raises:
        DateError: the words are none of these; the message says what they should be.
    """
    try:
        match [int(part) for part in words.strip().split("-")]:
            case [year]:
                return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            case [year, month]:
                begin = date(year, month, 1).toordinal()
                return begin, begin + monthrange(year, month)[1] - 1
            case [year, month, day]:
                at = date(year, month, day).toordinal()
                return at, at
            case _:
                raise DateError(HINT)
    except (ValueError, OverflowError):
        raise DateError(HINT) from None


def stretch_of(words: str) -> tuple[int | None, int | None]:
    """The first and last day of a stretch; None where it is open, both for no words.

    Raises:
        DateError: the words are no stretch of time.
    """
    if not words.strip():
        return None, None
    found = _RANGE.fullmatch(words[:100])
    if found is None:
        return days_of(words[:100])
    first, last = (found[1], found[2]) if found[3] is None else (found[3], found[4])
    begin = days_of(first)[0] if first else None
    end = days_of(last)[1] if last else None
    if begin is not None and end is not None and begin > end:
        raise DateError("it ends before it begins")
    return begin, end
