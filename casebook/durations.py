"""Durations of ISO 8601, and what they come to in the calendar: years, months, weeks and days.

Two years before September 2009 is September 2007, whichever leap years lie between; so years
and months are counted in the calendar and not in days of an average year. Days are counted
as in `datetime.date.toordinal`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from operator import sub
from typing import NamedTuple

_FORM = (
    r"P(?=\d)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?"
    r"(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,6})D)?"
)
_MONTHS_OF_CYCLE = 400 * 12
"""After so many months the Gregorian calendar repeats itself."""
_DAYS_OF_CYCLE = 146_097


class Shift(NamedTuple):
    """A step in the calendar, forward or backward: whole months and days."""

    months: int
    days: int

    def earliest_after(self, day: int) -> int:
        """The earliest day that is at least so far after a day.

        Where it matters whether months or days are counted first, the way that leads to the
        earlier day counts.
        """
        if not self.months:
            return day + self.days
        return min(
            add_months(day, self.months) + self.days, add_months(day + self.days, self.months)
        )

    def latest_before(self, day: int) -> int:
        """The latest day from which it is at least so far to a day: `earliest_after` undone."""
        if not self.months:
            return day - self.days
        return max(
            _latest_start(day - self.days, self.months), _latest_start(day, self.months) - self.days
        )


class Duration(NamedTuple):
    """A duration.

    Attributes:
        text: as it was written.
    """

    text: str
    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    @classmethod
    def of_days(cls, days: int) -> Duration:
        """So many days."""
        return cls(f"P{days}D", days=days)

    @property
    def forward(self) -> Shift:
        """The step from a day to the one that is so far after it."""
        return Shift(12 * self.years + self.months, 7 * self.weeks + self.days)

    @property
    def backward(self) -> Shift:
        """The step from a day to the one that is so far before it."""
        return Shift(-12 * self.years - self.months, -7 * self.weeks - self.days)

    @property
    def fewest(self) -> int:
        """Days that it can last at the least, whichever years and months it is laid over."""
        months, days = self.forward
        return days_of_months(months)[0] + days

    @property
    def most(self) -> int:
        """Days that it can last at the most."""
        months, days = self.forward
        return days_of_months(months)[1] + days

    @property
    def words(self) -> str:
        """`2 years`, `1 year and 6 months`."""
        counted = zip(self[1:], ("year", "month", "week", "day"), strict=True)
        parts = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in counted if count]
        *first, last = parts or ["0 days"]
        return f"{', '.join(first)} and {last}" if first else last


def parse_duration(text: str) -> Duration:
    """A duration such as `P2Y` or `P1Y6M`.

    Raises:
        ValueError: it is none; the message says what one looks like.
    """
    match = re.fullmatch(_FORM, text)
    if match is None:
        raise ValueError(f"'{text}' is not a duration; write P2Y, P6M, P3W or P10D")
    return Duration(text, *(int(part or 0) for part in match.groups()))


@lru_cache(maxsize=256)
def days_of_months(months: int) -> tuple[int, int]:
    """The fewest and the most days that so many months of the calendar can last."""
    cycles, rest = divmod(months, _MONTHS_OF_CYCLE)
    begins = _begins()
    again = [begin + _DAYS_OF_CYCLE for begin in begins[:rest]]
    lengths = list(map(sub, (*begins[rest:], *again), begins))
    return cycles * _DAYS_OF_CYCLE + min(lengths), cycles * _DAYS_OF_CYCLE + max(lengths)


def add_months(day: int, months: int) -> int:
    """The same day of a later month, or of an earlier one; the last day where it has no such.

    A month after 31 January is the last day of February.
    """
    month, in_month = _month_of(day)
    begin = _begin_of(month + months)
    return min(begin + in_month, _begin_of(month + months + 1) - 1)


def month_begin(day: int) -> int:
    """The first day of the month of a day."""
    return day - _month_of(day)[1]


def month_end(day: int) -> int:
    """The last day of the month of a day."""
    return _begin_of(_month_of(day)[0] + 1) - 1


def _latest_start(day: int, months: int) -> int:
    """The latest day from which `add_months` leads to a day or to one before it."""
    month, in_month = _month_of(day)
    last = _begin_of(month - months + 1) - 1
    if day + 1 == _begin_of(month + 1):
        return last
    return min(_begin_of(month - months) + in_month, last)


def _month_of(day: int) -> tuple[int, int]:
    """The month of a day, from January of the year 1 on, and the days before it in the month."""
    cycle, rest = divmod(day - 1, _DAYS_OF_CYCLE)
    in_cycle = date.fromordinal(rest + 1)
    month = 12 * (in_cycle.year - 1) + in_cycle.month - 1
    return cycle * _MONTHS_OF_CYCLE + month, in_cycle.day - 1


def _begin_of(month: int) -> int:
    """The first day of a month that is counted from January of the year 1."""
    cycle, rest = divmod(month, _MONTHS_OF_CYCLE)
    return cycle * _DAYS_OF_CYCLE + _begins()[rest]


@lru_cache(maxsize=1)
def _begins() -> tuple[int, ...]:
    """The first days of the months of a cycle."""
    return tuple(
        date(year, month, 1).toordinal() for year in range(1, 401) for month in range(1, 13)
    )
