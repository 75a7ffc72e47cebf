"""A second count of a class's answers, which shares no code with the program.

It goes from the definitions: every pair of ratings is looked at one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

ORDER = ("not met", "partly", "met")


class Said(NamedTuple):
    """One rating, as a file of answers or a row of a table says it."""

    round: int
    student: str
    entry: str
    criterion: str
    rating: str


def tally(said: Iterable[Said]) -> Counter[str]:
    return Counter(one.rating for one in said)


def alpha(said: Iterable[Said]) -> Fraction | None:
    """Krippendorff's alpha by its matrix of coincidences, from every pair of ratings."""
    units: dict[tuple[str, str], list[str]] = {}
    for one in said:
        if one.rating in ORDER:
            units.setdefault((one.entry, one.criterion), []).append(one.rating)
    shares: dict[tuple[str, str], Fraction] = {}
    for ratings in units.values():
        for at, first in enumerate(ratings):
            for to, second in enumerate(ratings):
                if at != to:
                    share = Fraction(1, len(ratings) - 1)
                    shares[first, second] = shares.get((first, second), Fraction()) + share
    totals = {
        value: sum((share for (first, _), share in shares.items() if first == value), Fraction())
        for value in ORDER
    }
    every = sum(totals.values())

    def distance(first: str, second: str) -> Fraction:
        low, high = sorted((ORDER.index(first), ORDER.index(second)))
        between = sum((totals[value] for value in ORDER[low : high + 1]), Fraction())
        return (between - (totals[first] + totals[second]) / 2) ** 2

    observed = sum(
        (share * distance(*pair) for pair, share in shares.items() if pair[0] != pair[1]),
        Fraction(),
    )
    expected = sum(
        (
            totals[first] * totals[second] * distance(first, second)
            for first in ORDER
            for second in ORDER
            if first != second
        ),
        Fraction(),
    )
    return 1 - (every - 1) * observed / expected if expected else None


def division(counts: Mapping[str, int]) -> Fraction | None:
    """Leik's dissent: how far the cumulative shares are from nothing or all, over the most."""
    rated = sum(counts[value] for value in ORDER)
    if rated < 2:
        return None
    below, apart = 0, Fraction()
    for value in ORDER[:-1]:
        below += counts[value]
        share = Fraction(below, rated)
        apart += share if share < Fraction(1, 2) else 1 - share
    return apart / Fraction(len(ORDER) - 1, 2)


def moved(before: Mapping[str, str], after: Mapping[str, str]) -> Counter[str]:
    """How students moved on a cell: their ratings by student, in two rounds."""
    found: Counter[str] = Counter()
    for student in before.keys() & after.keys():
        first, second = before[student], after[student]
        if first == second:
            found["same"] += 1
        elif "silent" in (first, second):
            found["other"] += 1
        else:
            found["up" if ORDER.index(second) > ORDER.index(first) else "down"] += 1
    return found
