"""Puts vague dates into words."""

from __future__ import annotations

from datetime import date

from casebook.dates import FIRST_DAY, LAST_DAY, Bounds

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def bounds_words(bounds: Bounds) -> str:
    """Four bounds in words: `some time in 1995–1999`, `began 1985, ended 2000`."""
    if bounds.is_moment:
        first, last = bounds.possible
        if first is None:
            return f"some time, {days_words(None, last)}"
        if last is not None and first == last:
            return f"on {days_words(first, last)}"
        return f"some time {'in ' if last is not None else ''}{days_words(first, last)}"
    if bounds.always_had_been:
        begin = "it had always been so"
    else:
        begin = f"began {days_words(bounds.earliest_begin, bounds.latest_begin)}"
    if bounds.unended:
        return f"{begin}, had not ended"
    return f"{begin}, ended {days_words(bounds.earliest_end, bounds.latest_end)}"


def days_words(first: int | None, last: int | None) -> str:
    """A stretch of days in the fewest words: `2003`, `Sep 2009–Dec 2010`, `by 1999`.

    Args:
        first, last: day numbers; None where the stretch is open.
    """
    if first is None and last is None:
        return "at an unknown time"
    if first is None and last is not None:
        return f"by {last_day_words(last)}"
    if last is None and first is not None:
        return f"from {first_day_words(first)} on"
    assert first is not None
    assert last is not None
    first_words, last_words = first_day_words(first), last_day_words(last)
    if len(first_words) == 4 and len(last_words) == 4:
        return first_words if first_words == last_words else f"{first_words}–{last_words}"
    if first == last:
        return _day_word(first)
    if _is_first(first) and _is_last(last):
        first_month, last_month = _month_word(first), _month_word(last)
        return first_month if first_month == last_month else f"{first_month}–{last_month}"
    return f"{_day_word(first)}–{_day_word(last)}"


def first_day_words(day: int) -> str:
    """A day as the first of a stretch: `2003`, `Sep 2009`, `18 Jun 2010`."""
    begin = date_of(day)
    if (begin.month, begin.day) == (1, 1):
        return f"{begin.year:04}"
    return _month_word(day) if begin.day == 1 else _day_word(day)


def last_day_words(day: int) -> str:
    """A day as the last of a stretch: `2003` for 31 December, `Sep 2009` for the 30th."""
    end = date_of(day)
    if (end.month, end.day) == (12, 31):
        return f"{end.year:04}"
    return _month_word(day) if _is_last(day) else _day_word(day)


def _month_word(day: int) -> str:
    as_date = date_of(day)
    return f"{MONTHS[as_date.month - 1]} {as_date.year}"


def _day_word(day: int) -> str:
    as_date = date_of(day)
    return f"{as_date.day} {MONTHS[as_date.month - 1]} {as_date.year}"


def _is_first(day: int) -> bool:
    return date_of(day).day == 1


def _is_last(day: int) -> bool:
    return day >= LAST_DAY or date_of(day + 1).day == 1


def date_of(day: int) -> date:
    """A day number as a date, kept within the years 1 to 9999."""
    return date.fromordinal(min(max(day, FIRST_DAY), LAST_DAY))
