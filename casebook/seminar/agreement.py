"""How far raters agree: Krippendorff's alpha, with an interval.

Krippendorff 2004, "Content Analysis", 2nd ed., ch. 11, and "Computing Krippendorff's
Alpha-Reliability" (2011). Alpha is 1 where all agree, 0 where they agree as chance would,
and below 0 where they agree less. What is missing is left out, never counted as a rating.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

SEED = 20_260_801
RESAMPLES = 1000


class Level(StrEnum):
    """What the values measure, and so how far apart two of them are."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


Ratings = Mapping[str, Mapping[str, int]]
"""Values by rater and unit; a unit that a rater did not rate is not there."""


class Agreement(NamedTuple):
    """How far some raters agree.

    Attributes:
        alpha: at most 1; None where nothing can be compared, or all values are the same.
        low, high: of the middle 95 of 100 resamples of the raters; None where fewer than three
            raters make resampling idle.
        pairable: values in units that two raters or more have rated.
    """

    alpha: float | None
    low: float | None
    high: float | None
    pairable: int


def agreement(ratings: Ratings, level: Level = Level.ORDINAL) -> Agreement:
    """Krippendorff's alpha and its interval by bootstrap over raters, with a fixed seed."""
    found = alpha(ratings, level)
    if found.alpha is None:
        return found
    low, high = _interval(ratings, level)
    return found._replace(low=low, high=high)


def alpha(ratings: Ratings, level: Level = Level.ORDINAL) -> Agreement:
    """Krippendorff's alpha without an interval."""
    found, pairable = _alpha([tuple(held.items()) for held in ratings.values()], level)
    return Agreement(found, None, None, pairable)


def _interval(ratings: Ratings, level: Level) -> tuple[float | None, float | None]:
    held = [tuple(ratings[rater].items()) for rater in sorted(ratings)]
    if len(held) < 3:
        return None, None
    # Agreement and not secrecy: the seed is fixed so that a report can be repeated.
    chance = random.Random(SEED)
    found = []
    for _ in range(RESAMPLES):
        resampled, _ = _alpha(chance.choices(held, k=len(held)), level)
        if resampled is not None:
            found.append(resampled)
    if not found:
        return None, None
    found.sort()
    return found[int(0.025 * (len(found) - 1))], found[-1 - int(0.025 * (len(found) - 1))]


def _alpha(raters: Sequence[Sequence[tuple[str, int]]], level: Level) -> tuple[float | None, int]:
    """Alpha, and the number of pairable values."""
    units: dict[str, Counter[int]] = {}
    for rated in raters:
        for unit, value in rated:
            units.setdefault(unit, Counter())[value] += 1
    pairable = [values for values in units.values() if values.total() > 1]
    totals: Counter[int] = Counter()
    for values in pairable:
        totals.update(values)
    number = totals.total()
    distances = _distances(totals, level)
    expected = sum(
        totals[first] * totals[second] * distance for (first, second), distance in distances.items()
    )
    if not expected:
        return None, number
    observed = 0.0
    for values in pairable:
        weight = 1 / (values.total() - 1)
        for (first, second), distance in distances.items():
            if values[first] and values[second]:
                observed += values[first] * values[second] * distance * weight
    return 1 - (number - 1) * observed / expected, number


def _distances(totals: Counter[int], level: Level) -> dict[tuple[int, int], float]:
    """The squared distance of each pair of different values, the smaller first."""
    values = sorted(totals)
    found = {}
    for at, first in enumerate(values):
        for to, second in enumerate(values[at + 1 :], at + 1):
            match level:
                case Level.NOMINAL:
                    distance = 1.0
                case Level.ORDINAL:
                    between = sum(totals[value] for value in values[at : to + 1])
                    distance = (between - (totals[first] + totals[second]) / 2) ** 2
                case Level.INTERVAL:
                    distance = float(first - second) ** 2
                case Level.RATIO:
                    distance = ((first - second) / (first + second)) ** 2
            found[first, second] = distance
    return found
