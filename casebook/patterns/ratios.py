"""Consistency and coverage of set relations, as exact bounds over what is not known.

With x the membership in a condition and y that in the outcome, over all cases (Ragin 2006,
"Set relations in social research", Political Analysis 14):

    sufficiency: consistency = sum of min(x, y) / sum of x; coverage = the same / sum of y
    necessity:   consistency = sum of min(x, y) / sum of y; coverage = the same / sum of x

so that both are two ratios read in either direction. Where x or y is an interval, each ratio
has a least and a greatest value over all completions. They are found exactly: the cases are
independent of one another, the numerator grows with y, and what is left is a linear-fractional
problem whose best choice takes items in the order of their slopes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from casebook.patterns.scores import WHOLE, SetScore


class RatioBounds(NamedTuple):
    """The least and the greatest value that a ratio can have, from 0 to 1."""

    low: Fraction
    high: Fraction

    @property
    def is_known(self) -> bool:
        """True if nothing that is not known could change it."""
        return self.low == self.high

    @property
    def said(self) -> str:
        """As it is printed: `0.80`, or `0.50 to 1.00`; rounded outward, so that the printed
        interval never leaves out a value that is possible."""
        low, high = floor(self.low * 100), ceil(self.high * 100)
        if self.is_known:
            # What is not whole is not printed as whole, nor what is not nothing as nothing.
            low = high = min(max(round(self.low * 100), self.low > 0), 100 - (self.low < 1))
        return f"{low / 100:.2f}" if low == high else f"{low / 100:.2f} to {high / 100:.2f}"


class SetRelation(NamedTuple):
    """How a condition and the outcome lie to one another.

    Attributes:
        of_condition: the share of the condition that has the outcome: the consistency of
            sufficiency, and the coverage of necessity. None where no case can have the condition.
        of_outcome: the share of the outcome that has the condition: the consistency of
            necessity, and the coverage of sufficiency. None where no case can have the outcome.
    """

    of_condition: RatioBounds | None
    of_outcome: RatioBounds | None


def set_relation(pairs: Iterable[tuple[SetScore, SetScore]]) -> SetRelation:
    """The relation of a condition to the outcome.

    Args:
        pairs: for each case its membership in the condition and in the outcome.
    """
    groups = Counter(pairs)
    swapped = Counter({(y, x): count for (x, y), count in groups.items()})
    return SetRelation(_ratio(groups), _ratio(swapped))


def _ratio(groups: Counter[tuple[SetScore, SetScore]]) -> RatioBounds | None:
    """The bounds of sum of min(x, y) / sum of x; None where the sum of x can only be 0."""
    if not any(x.high for x, _ in groups):
        return None
    return RatioBounds(_least(groups), _greatest(groups))


def _least(groups: Counter[tuple[SetScore, SetScore]]) -> Fraction:
    """With y as low as can be, each x is at one of its ends: min(x, y) is concave in x."""
    above = below = 0
    raises = []
    for (x, y), count in groups.items():
        start = min(x.low, y.low)
        above += count * start
        below += count * x.low
        if width := x.high - x.low:
            gain = min(x.high, y.low) - start
            raises.append((Fraction(gain, width), count * gain, count * width))
    for slope, gain, width in sorted(raises):
        if below and slope >= Fraction(above, below):
            break
        above += gain
        below += width
    return Fraction(above, below)


def _greatest(groups: Counter[tuple[SetScore, SetScore]]) -> Fraction:
    """With y as high as can be, x is as near to y as it can come."""
    above = below = 0
    for (x, y), count in groups.items():
        at = min(max(y.high, x.low), x.high)
        above += count * min(at, y.high)
        below += count * at
    return Fraction(above, below) if below else Fraction(0)


def relevance_of_necessity(pairs: Iterable[tuple[SetScore, SetScore]]) -> Fraction | None:
    """How little trivial a necessary condition is: sum of (1 - x) / sum of (1 - min(x, y)).

    From Schneider and Wagemann 2012, "Set-Theoretic Methods for the Social Sciences", p. 236.

    Returns:
        from 0 to 1; None where a membership is not known, or every case has both.
    """
    above = below = 0
    for x, y in pairs:
        if not (x.is_known and y.is_known):
            return None
        above += WHOLE - x.low
        below += WHOLE - min(x.low, y.low)
    return Fraction(above, below) if below else None


def both(scores: Iterable[SetScore]) -> SetScore:
    """The membership in all of some sets; of different points, so that the ends are reached."""
    held = list(scores)
    return SetScore(min(score.low for score in held), min(score.high for score in held))


def either(scores: Iterable[SetScore]) -> SetScore:
    """The membership in at least one of some sets of different points."""
    held = list(scores)
    return SetScore(max(score.low for score in held), max(score.high for score in held))
