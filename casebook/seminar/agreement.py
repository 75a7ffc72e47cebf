"""How far raters agree: Krippendorff's alpha, with an interval.

Krippendorff 2004, "Content Analysis", 2nd ed., ch. 11, and "Computing Krippendorff's
Alpha-Reliability" (2011). Alpha is 1 where all agree, 0 where they agree as chance would,
and below 0 where they agree less. What is missing is left out, never counted as a rating.
"""

from __future__ import annotations

import random
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
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


class RaterAgreement(NamedTuple):
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


class _Unit(NamedTuple):
    """The ratings of one unit.

    Attributes:
        counts: how often each value was given, in the order of the values.
        squares: the sum of the squares of how often each of its raters counts: as many as there
            are raters, but where some were drawn several times.
    """

    counts: Sequence[int]
    squares: int


def agreement(ratings: Ratings, level: Level = Level.ORDINAL) -> RaterAgreement:
    """Krippendorff's alpha and its interval by bootstrap over raters, with a fixed seed."""
    found = alpha(ratings, level)
    if found.alpha is None:
        return found
    low, high = _interval(ratings, level)
    return found._replace(low=low, high=high)


def alpha(ratings: Ratings, level: Level = Level.ORDINAL) -> RaterAgreement:
    """Krippendorff's alpha without an interval."""
    units: dict[str, Counter[int]] = {}
    for held in ratings.values():
        for unit, value in held.items():
            units.setdefault(unit, Counter())[value] += 1
    values = _values(ratings)
    found, pairable = _alpha(
        [_Unit([held[value] for value in values], held.total()) for held in units.values()],
        values,
        level,
    )
    return RaterAgreement(found, None, None, pairable)


def _values(ratings: Ratings) -> list[int]:
    return sorted({value for held in ratings.values() for value in held.values()})


_SLOT = 64
"""Bits of one count among those of all units, which stand side by side in one long number."""


def _interval(ratings: Ratings, level: Level) -> tuple[float | None, float | None]:
    raters = sorted(rater for rater, held in ratings.items() if held)
    if len(raters) < 3:
        return None, None
    values = _values(ratings)
    units = sorted({unit for held in ratings.values() for unit in held})
    given = [_side_by_side(ratings[rater], units, values) for rater in raters]
    sizes = len(units) * len(values), len(units)
    # Agreement and not secrecy: the seed is fixed so that a report can be repeated.
    chance = random.Random(SEED)
    found = []
    for _ in range(RESAMPLES):
        counts = squares = 0
        for at, times in Counter(chance.choices(range(len(raters)), k=len(raters))).items():
            counts += given[at][0] * times
            squares += given[at][1] * times * times
        drawn = _units(_numbers(counts, sizes[0]), _numbers(squares, sizes[1]), len(values))
        resampled, _ = _alpha(drawn, values, level)
        if resampled is not None:
            found.append(resampled)
    if not found:
        return None, None
    found.sort()
    return found[int(0.025 * (len(found) - 1))], found[-1 - int(0.025 * (len(found) - 1))]


def _side_by_side(
    held: Mapping[str, int], units: Sequence[str], values: Sequence[int]
) -> tuple[int, int]:
    """What a rater gave as two numbers, so that many raters are counted by adding them up."""
    counts = squares = 0
    for at, unit in enumerate(units):
        if unit in held:
            counts |= 1 << _SLOT * (at * len(values) + values.index(held[unit]))
            squares |= 1 << _SLOT * at
    return counts, squares


def _numbers(together: int, size: int) -> tuple[int, ...]:
    return struct.unpack(f"<{size}Q", together.to_bytes(size * _SLOT // 8, "little"))


def _units(counts: Sequence[int], squares: Sequence[int], size: int) -> list[_Unit]:
    return [_Unit(counts[at * size : (at + 1) * size], square) for at, square in enumerate(squares)]


def _alpha(units: Iterable[_Unit], values: Sequence[int], level: Level) -> tuple[float | None, int]:
    """Alpha, and the number of pairable values.

    A rater who was drawn several times is not held against themselves: else every interval
    would lie too high, for nobody disagrees with their own copy.
    """
    pairable = []
    totals = [0] * len(values)
    squares = 0
    for unit in units:
        number = sum(unit.counts)
        if number * number > unit.squares:
            pairable.append((unit.counts, number / (number * number - unit.squares)))
            totals = [held + count for held, count in zip(totals, unit.counts, strict=True)]
            squares += unit.squares
    number = sum(totals)
    distances = _distances(totals, values, level)
    expected = sum(
        totals[first] * totals[second] * distance for first, second, distance in distances
    )
    if not expected:
        return None, number
    observed = 0.0
    for counts, weight in pairable:
        apart = 0.0
        for first, second, distance in distances:
            apart += counts[first] * counts[second] * distance
        observed += apart * weight
    return 1 - (number * number - squares) / number * observed / expected, number


def _distances(
    totals: Sequence[int], values: Sequence[int], level: Level
) -> list[tuple[int, int, float]]:
    """The squared distance of each pair of values, by their places, the smaller first."""
    found = []
    for first, second in combinations(range(len(values)), 2):
        if not totals[first] or not totals[second]:
            continue
        match level:
            case Level.NOMINAL:
                distance = 1.0
            case Level.ORDINAL:
                between = sum(totals[first : second + 1])
                distance = (between - (totals[first] + totals[second]) / 2) ** 2
            case Level.INTERVAL:
                distance = float(values[first] - values[second]) ** 2
            case Level.RATIO:
                low, high = values[first], values[second]
                distance = ((low - high) / (low + high)) ** 2
        found.append((first, second, distance))
    return found
