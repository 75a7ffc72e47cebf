"""Reads EDTF dates as four bounds; used only when a book is built.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019
(https://www.loc.gov/standards/datetime/). The `edtf` library parses single dates; what an
interval, a set or a mask says of begin and end is worked out here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import redirect_stdout
from datetime import date
from functools import lru_cache
from io import StringIO
from typing import TYPE_CHECKING, Any

from casebook.dates import Bounds, DateError

if TYPE_CHECKING:
    from time import struct_time

LONGEST_EDTF = 128
_EDTF_CHARACTERS = re.compile(r"[0-9XYESTZ?~%./,\[\]{}: +-]*")


@lru_cache(maxsize=4096)
def bounds_of(edtf: str) -> Bounds:
    """The four bounds of an EDTF string.

    A date that is not an interval is taken as one moment somewhere within it (`2003`
    may begin and end on any day of 2003); an interval begins somewhere within its first
    date and ends somewhere within its second. `?` and `~` widen a date by its own
    precision and `%` by twice that, as the `edtf` library does. A winter lasts until the
    end of February of the next year.

    Args:
        edtf: levels 0 to 2 of ISO 8601-2; years 0001 to 9999.

    Raises:
        DateError: the text is no EDTF, or lies outside what a calendar holds.
    """
    text = edtf.strip()
    if not text:
        raise DateError("the date is empty")
    if len(text) > LONGEST_EDTF:
        raise DateError(f"the date is longer than {LONGEST_EDTF} characters")
    try:
        if not _EDTF_CHARACTERS.fullmatch(text):
            raise _not_edtf()
        if "/" in text:
            return _interval_bounds(text)
        if text[0] == "{":
            return _all_of_bounds(text)
        return Bounds.between(*_span(text))
    except DateError as error:
        raise DateError(f"'{text}': {error}") from None


_Span = tuple[int | None, int | None]
"""First and last day of a date, None where that side is open."""


def _not_edtf() -> DateError:
    return DateError("this is not an EDTF date")


def _interval_bounds(text: str) -> Bounds:
    first, _, last = (part.strip() for part in text.partition("/"))
    missing = ("", "..")
    if first in missing and last in missing:
        raise DateError("the interval has neither a beginning nor an end")
    begin: _Span = (None, None) if first in missing else _span(first)
    end: _Span = (None, None) if last in missing else _span(last)
    if not first:
        begin = (None, end[1])
    if not last:
        end = (begin[0], None)
    earliest_begin, latest_begin = begin
    earliest_end, latest_end = end
    if last not in missing and None not in (latest_begin, latest_end):
        latest_begin = _least([latest_begin, latest_end])
    if first not in missing and None not in (earliest_begin, earliest_end):
        earliest_end = _greatest([earliest_begin, earliest_end])
    return Bounds(earliest_begin, latest_begin, earliest_end, latest_end)


def _all_of_bounds(text: str) -> Bounds:
    """All of a set's dates happened: it begins within the first and ends within the last."""
    spans = _set_spans(text, "{}")
    firsts = [first for first, _ in spans]
    lasts = [last for _, last in spans]
    return Bounds(_least(firsts), _least(lasts), _greatest(firsts), _greatest(lasts))


def _span(text: str) -> _Span:
    """First and last day of a date that is not an interval; None where it is open."""
    if text[:1] == "[":
        spans = _set_spans(text, "[]")
        return _least([first for first, _ in spans]), _greatest([last for _, last in spans])
    masked = _MASKED.fullmatch(text)
    if masked:
        return _masked_span(masked["year"], masked["month"], masked["day"])
    return _plain_span(text)


def _set_spans(text: str, brackets: str) -> list[_Span]:
    if text[0] != brackets[0] or text[-1] != brackets[1] or len(text) == 2:
        raise _not_edtf()
    return [_element_span(part.strip()) for part in text[1:-1].split(",")]


def _element_span(text: str) -> _Span:
    first, dots, last = text.partition("..")
    if not dots:
        return _span(text)
    if not first and not last:
        raise _not_edtf()
    return _span(first)[0] if first else None, _span(last)[1] if last else None


def _least(days: list[int | None]) -> int | None:
    known = [day for day in days if day is not None]
    return min(known) if len(known) == len(days) else None


def _greatest(days: list[int | None]) -> int | None:
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


_MASKED = re.compile(r"(?=.*X)(?P<year>[\dX]{4})-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?")
_WINTER = re.compile(r"(?P<year>\d{4})-(?:24|28|30)")
"""Winter, northern winter and southern summer run into the next year."""


def _masked_span(year: str, month: str, day: str | None) -> _Span:
    """First and last day of a date with unspecified digits in its month or day."""
    first_year = max(int(year.replace("X", "0")), date.min.year)
    last_year = int(year.replace("X", "9"))
    days = [
        (number, in_month)
        for number in range(1, 13)
        if _matches(number, month)
        for in_month in range(1, 32)
        if day is None or _matches(in_month, day)
    ]
    first = next(filter(None, (_day_number(first_year, *pair) for pair in days)), None)
    last = next(filter(None, (_day_number(last_year, *pair) for pair in reversed(days))), None)
    if first is None or last is None:
        raise DateError("there is no such day")
    return first, last


def _matches(number: int, mask: str) -> bool:
    return all(sign in ("X", digit) for sign, digit in zip(mask, f"{number:02}", strict=True))


def _day_number(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


_CALENDAR = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?)?")


def _calendar_span(text: str) -> _Span | None:
    """First and last day of a year, a month or a day; None for any other text.

    Most dates of a book are such, and the library's parser takes milliseconds for each.
    """
    found = _CALENDAR.fullmatch(text)
    if found is None:
        return None
    year = int(found["year"])
    month, day = int(found["month"] or 0), int(found["day"] or 0)
    first = _day_number(year, month or 1, day or 1)
    if first is None:
        return None
    return first, first if day else _month_end(year, month or 12)


def _plain_span(text: str) -> _Span:
    """First and last day of one date, widened where it is uncertain or approximate."""
    if (span := _calendar_span(text)) is not None:
        return span
    winter = _WINTER.fullmatch(text)
    if winter:
        year = int(winter["year"])
        return _existing_day(year, 12, 1), _existing_day(year + 1, 3, 1) - 1
    parsed = _parsed(text)
    try:
        first, last = parsed.lower_fuzzy(), parsed.upper_fuzzy()
        whole_months = parsed.lower_strict().tm_mday == 1 and _is_month_end(parsed.upper_strict())
    except (ValueError, OverflowError, TypeError, AttributeError):
        raise DateError("the calendar does not hold it") from None
    last_day = _existing_day(last.tm_year, last.tm_mon, last.tm_mday)
    if whole_months:
        last_day = _month_end(last.tm_year, last.tm_mon)
    return _existing_day(first.tm_year, first.tm_mon, first.tm_mday), last_day


def _month_end(year: int, month: int) -> int:
    return date(year, month, monthrange(year, month)[1]).toordinal()


def _is_month_end(day: struct_time) -> bool:
    return bool(day.tm_mday == monthrange(day.tm_year, day.tm_mon)[1])


def _existing_day(year: int, month: int, day: int) -> int:
    if not date.min.year <= year <= date.max.year:
        raise DateError(f"the year {year} lies outside 1 to 9999")
    number = _day_number(year, month, day)
    if number is None:
        raise DateError(f"there is no day {year:04}-{month:02}-{day:02}")
    return number


def _parsed(text: str) -> Any:
    """The library's object for an EDTF date; what the library prints or raises is held back.

    Raises:
        DateError: the text is no EDTF date.
    """
    from edtf import parse_edtf

    with redirect_stdout(StringIO()):
        try:
            parsed = parse_edtf(text)
        except Exception:  # pyparsing and the library's constructors raise nearly anything
            parsed = None
    if parsed is None or not hasattr(parsed, "lower_fuzzy"):
        raise _not_edtf()
    return parsed
