"""How long from one event to another, as exactly as vague dates allow, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor
from typing import NamedTuple

from casebook.account_words import OVER_ALL
from casebook.book.page_values import EventLine, ToldLine
from casebook.book.told import ToldLines
from casebook.dates import Bounds, TimeOrder
from casebook.timeline.scale import DAYS_A_MONTH, DAYS_A_YEAR

_EVEN_YEARS = 1.5
"""Days by which calendar years differ from average ones without it being a difference."""
_EVEN_MONTHS = 2.5
"""The same of calendar months: from 1 February to 1 May it is three months."""


_Rounding = Callable[[float], int]


class Lapse(NamedTuple):
    """The time from the beginning of one event to that of another.

    Attributes:
        fewest: days at the least, negative where the other may come first; None unknown.
        most: days at the most, likewise.
        is_told: what is told of order or distance made it narrower.
        is_inferred: the book itself reads some of that out of its sources.
        is_over_accounts: it leaves room for each of several accounts of one of the events.
    """

    fewest: int | None
    most: int | None
    is_told: bool = False
    is_inferred: bool = False
    is_over_accounts: bool = False

    @property
    def words(self) -> str:
        """`2 to 6 years later`, `up to 10 years later`, `1 year earlier`, `cannot be known`."""
        return _words(self.fewest, self.most)

    @property
    def said(self) -> str:
        """The time, and whether it leaves room for each of several accounts."""
        return f"{self.words}, {OVER_ALL}" if self.is_over_accounts else self.words

    @property
    def basis(self) -> str:
        """What the time rests on, in words; empty where the dates alone give it."""
        found = [OVER_ALL] if self.is_over_accounts else []
        if self.is_told:
            order = (
                "the order as the book reads it"
                if self.is_inferred
                else "what is told of the order"
            )
            found.append(f"counting {order}")
        return ", ".join(found)


def lapse(begin: Bounds, end: Bounds) -> Lapse:
    """The time from the beginning of one event to the beginning of another."""
    return Lapse(*begin.elapsed_to(end))


def lapse_between(first: EventLine, second: EventLine, told: ToldLines) -> Lapse:
    """The time from one event to another, as dates and told order give it together."""
    several = first.is_over_accounts or second.is_over_accounts
    given = first.bounds.elapsed_to(second.bounds)
    fewest, most = first.known.elapsed_to(second.known)
    used = {line for event in (first, second) for reasons in event.reasons for line in reasons.told}
    if onward := told.chain(first, second):
        low, high = _distance(onward)
        fewest, most = _greater(fewest, low), _less(most, high)
    if back := told.chain(second, first):
        low, high = _distance(back)
        most = _less(most, -low)
        fewest = fewest if high is None else _greater(fewest, -high)
    if fewest is not None and most is not None and fewest > most:
        return Lapse(
            *given, is_over_accounts=several
        )  # only a damaged book has statements that its dates rule out
    is_told = (fewest, most) != given
    used.update(onward, back)
    is_inferred = is_told and any(line.is_inferred for line in used)
    return Lapse(fewest, most, is_told, is_inferred, several)


def _distance(chain: Sequence[ToldLine]) -> tuple[int, int | None]:
    """The fewest and the most days that a chain of statements spans."""
    most = [line.most_days for line in chain if line.most_days is not None]
    fewest = sum(max(line.least_days or 0, 0) for line in chain)
    return fewest, sum(most) if len(most) == len(chain) else None


def _greater(day: int | None, other: int) -> int:
    return other if day is None else max(day, other)


def _less(day: int | None, other: int | None) -> int | None:
    return day if other is None else other if day is None else min(day, other)


def order_words(order: TimeOrder) -> str:
    """An order in words, as it is said of the first of two events."""
    return {
        TimeOrder.BEFORE: "certainly before",
        TimeOrder.AFTER: "certainly after",
        TimeOrder.OVERLAPS: "at the same time, at least in part",
        TimeOrder.TOLD: "by what is told, not by a date",
        TimeOrder.UNKNOWN: "which came first cannot be known",
    }[order]


def _words(fewest: int | None, most: int | None) -> str:
    if fewest is None and most is None:
        return "cannot be known"
    if fewest is None:
        assert most is not None
        if most < 0:
            return f"at least {_amount(-most, floor)} earlier"
        return f"at most {_amount(most, ceil)} later, or earlier"
    if most is None:
        if fewest > 0:
            return f"at least {_amount(fewest, floor)} later"
        return f"at most {_amount(-fewest, ceil)} earlier, or later"
    if fewest == most == 0:
        return "on the same day"
    if fewest >= 0:
        return f"{_range(fewest, most)} later"
    if most <= 0:
        return f"{_range(-most, -fewest)} earlier"
    return f"up to {_amount(-fewest, ceil)} earlier or up to {_amount(most, ceil)} later"


def _range(fewest: int, most: int) -> str:
    """`2 to 6 years`; both ends are rounded outward, so that the truth is within."""
    unit, days = _unit(most)
    low, high = _count(fewest, days, floor), _count(most, days, ceil)
    if low == high:
        return f"{high} {unit}{'s' * (high != 1)}"
    if low == 0:
        return f"up to {high} {unit}{'s' * (high != 1)}"
    return f"{low} to {high} {unit}s"


def _amount(days: int, rounded: _Rounding) -> str:
    unit, length = _unit(days)
    count = _count(days, length, rounded)
    return f"{count} {unit}{'s' * (count != 1)}"


def _unit(days: int) -> tuple[str, float]:
    """The unit in which a number of days is best told, and its days."""
    if days >= DAYS_A_YEAR - _EVEN_YEARS:
        return "year", DAYS_A_YEAR
    if days >= 2 * DAYS_A_MONTH:
        return "month", DAYS_A_MONTH
    return "day", 1


def _count(days: int, unit: float, rounded: _Rounding) -> int:
    nearest = round(days / unit)
    even = {DAYS_A_YEAR: _EVEN_YEARS, DAYS_A_MONTH: _EVEN_MONTHS}.get(unit, 0)
    if abs(days - nearest * unit) <= even:
        return nearest
    return rounded(days / unit)
