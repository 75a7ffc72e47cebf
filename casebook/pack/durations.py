"""Durations of ISO 8601, as far as sources tell them: years, months, weeks and days."""

from __future__ import annotations

import re
from typing import NamedTuple

from casebook.told_order import days_of_months

_FORM = re.compile(
    r"P(?=\d)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?"
    r"(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,6})D)?"
)


class Duration(NamedTuple):
    """A duration.

    Attributes:
        text: as it was written.
        fewest: days that it can last at the least, whichever years and months it is laid over.
        most: days that it can last at the most.
    """

    text: str
    fewest: int
    most: int


def parse_duration(text: str) -> Duration:
    """A duration such as `P2Y` or `P1Y6M`.

    Raises:
        ValueError: it is none; the message says what one looks like.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is not a duration; write P2Y, P6M, P3W or P10D")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    fewest, most = days_of_months(12 * years + months)
    even = 7 * weeks + days
    return Duration(text, fewest + even, most + even)
