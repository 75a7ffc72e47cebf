"""Vague dates as four bounds, and how two of them compare.

The bounds of a date are made by `casebook.edtf` when a book is built; nothing here parses.

Days are counted as in `datetime.date.toordinal`: 0001-01-01 is day 1.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

FIRST_DAY = date.min.toordinal()
LAST_DAY = date.max.toordinal()


class DateError(ValueError):
    """The text is not a date that can be drawn; the message says why."""


class TimeOrder(StrEnum):
    """The order in time of two spans, as far as it is certain."""

    BEFORE = "before"
    AFTER = "after"
    OVERLAPS = "overlaps"
    TOLD = "told"
    """No date gives it, but a source tells it, of the beginnings alone."""
    UNKNOWN = "cannot be known"


class Within(StrEnum):
    """Whether a span touches a window of time."""

    CERTAINLY = "certainly"
    POSSIBLY = "possibly"
    NO = "no"


class _DayBounds(NamedTuple):
    earliest_begin: int | None
    latest_begin: int | None
    earliest_end: int | None
    latest_end: int | None


# Not a dataclass: nothing that opening a book imports is one, which halves the time it takes.
class Bounds(_DayBounds):
    """When something may have begun and ended, as day numbers.

    `None` means that no limit is known. Both begins `None` say that it had always been
    going on, both ends `None` that it had not ended (EDTF's open `..`).
    """

    __slots__ = ()

    def __new__(
        cls,
        earliest_begin: int | None,
        latest_begin: int | None,
        earliest_end: int | None,
        latest_end: int | None,
    ) -> Self:
        """
        Raises:
            DateError: it would end before it begins.
        """
        if (
            _certainly_less(latest_begin, earliest_begin)
            or _certainly_less(latest_end, earliest_end)
            or _certainly_less(earliest_end, earliest_begin)
            or _certainly_less(latest_end, latest_begin)
        ):
            raise DateError("it ends before it begins")
        return super().__new__(cls, earliest_begin, latest_begin, earliest_end, latest_end)

    @classmethod
    def between(cls, first: int | None, last: int | None) -> Self:
        """Something that happened at an unknown moment from `first` to `last`."""
        return cls(first, last, first, last)

    @classmethod
    def hull(cls, accounts: Iterable["Bounds"]) -> Self:
        """The tightest bounds that leave room for each of some accounts of the same thing.

        Args:
            accounts: at least one.
        """
        every = list(accounts)
        # What had always been or has not ended lies beyond every day on that side alone.
        begins = [each for each in every if not each.always_had_been]
        ends = [each for each in every if not each.unended]
        return cls(
            _limit(min, [each.earliest_begin for each in every]),
            _limit(max, [each.latest_begin for each in begins]),
            _limit(min, [each.earliest_end for each in ends]),
            _limit(max, [each.latest_end for each in every]),
        )

    @property
    def possible(self) -> tuple[int | None, int | None]:
        """First and last day on which it may have been going on; None where unknown."""
        return self.earliest_begin, self.latest_end

    @property
    def certain(self) -> tuple[int | None, int | None] | None:
        """First and last day of the stretch in which it was certainly going on, or None.

        Within the stretch, a first day of None stands for "always had been", a last day
        of None for "has not ended".
        """
        begin, end = self.latest_begin, self.earliest_end
        if (begin is None and not self.always_had_been) or (end is None and not self.unended):
            return None
        if begin is not None and end is not None and begin > end:
            return None
        return begin, end

    @property
    def is_moment(self) -> bool:
        """True of a moment at an unknown time; false of what lasts from a begin to an end."""
        return (self.earliest_begin, self.latest_begin) == (self.earliest_end, self.latest_end)

    @property
    def always_had_been(self) -> bool:
        """True if it had no beginning that anyone could name."""
        return self.earliest_begin is None and self.latest_begin is None

    @property
    def unended(self) -> bool:
        """True if it had not ended."""
        return self.earliest_end is None and self.latest_end is None

    def is_within(self, other: "Bounds") -> bool:
        """Whether each of the bounds is as tight as the other's, or tighter."""
        return not any(
            limit is not None and (own is None or sign * own < sign * limit)
            for own, limit, sign in (
                (self.earliest_begin, other.earliest_begin, 1),
                (self.latest_begin, other.latest_begin, -1),
                (self.earliest_end, other.earliest_end, 1),
                (self.latest_end, other.latest_end, -1),
            )
        )

    def order(self, other: "Bounds") -> TimeOrder:
        """The order of this span and another, as far as it is certain; never `TOLD`.

        They overlap if they share a day wherever within their bounds they begin and end.
        """
        if _certainly_less(self.latest_end, other.earliest_begin):
            return TimeOrder.BEFORE
        if _certainly_less(other.latest_end, self.earliest_begin):
            return TimeOrder.AFTER
        if self._begins_before_end_of(other) and other._begins_before_end_of(self):
            return TimeOrder.OVERLAPS
        return TimeOrder.UNKNOWN

    def _begins_before_end_of(self, other: "Bounds") -> bool:
        """True if this certainly begins on or before the day the other ends."""
        if self.always_had_been or other.unended:
            return True
        if self.latest_begin is None or other.earliest_end is None:
            return False
        return self.latest_begin <= other.earliest_end

    def within(self, first: int, last: int) -> Within:
        """Whether it touches the days `first` to `last`: certainly, possibly or not."""
        match self.order(Bounds(first, first, last, last)):
            case TimeOrder.OVERLAPS:
                return Within.CERTAINLY
            case TimeOrder.UNKNOWN:
                return Within.POSSIBLY
            case _:
                return Within.NO

    def elapsed_to(self, other: "Bounds") -> tuple[int | None, int | None]:
        """Fewest and most days from the beginning of this span to that of the other.

        Negative where the other may come first; None where no limit is known.
        """
        fewest = _difference(other.earliest_begin, self.latest_begin)
        most = _difference(other.latest_begin, self.earliest_begin)
        return fewest, most

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Order by earliest begin, unknown begins first, then by the other bounds."""
        return (
            FIRST_DAY - 1 if self.earliest_begin is None else self.earliest_begin,
            LAST_DAY + 1 if self.latest_begin is None else self.latest_begin,
            LAST_DAY + 1 if self.latest_end is None else self.latest_end,
        )

    def iso(self) -> tuple[str | None, str | None, str | None, str | None]:
        """The four bounds as ISO 8601 dates."""
        return (
            iso_day(self.earliest_begin),
            iso_day(self.latest_begin),
            iso_day(self.earliest_end),
            iso_day(self.latest_end),
        )


def _limit(choose: Callable[[Iterable[int]], int], days: Sequence[int | None]) -> int | None:
    """The least or the greatest of some days; None where one of them is not known."""
    known = [day for day in days if day is not None]
    return choose(known) if known and len(known) == len(days) else None


def _certainly_less(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None and a < b


def _difference(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a - b


def iso_day(day: int | None) -> str | None:
    """A day number as an ISO 8601 date, None staying None."""
    return None if day is None else date.fromordinal(day).isoformat()


def year_of(day: int) -> int:
    """The calendar year of a day number."""
    return date.fromordinal(min(max(day, FIRST_DAY), LAST_DAY)).year


def first_day_of(year: int) -> int:
    """The day number of 1 January of a year from 1 to 9999."""
    return date(year, 1, 1).toordinal()


def last_day_of(year: int) -> int:
    """The day number of 31 December of a year from 1 to 9999."""
    return date(year, 12, 31).toordinal()
