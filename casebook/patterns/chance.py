"""How easily chance would have given a formula that fits as well.

Of n complete cases m have the outcome. If the outcome were dealt to m of them at random, some
formula of at most so many literals would fit without a fault in a certain share of all deals:
the number of sets of m cases that such a formula can mark off, over the binomial of n and m.
The points stay as they are; only the outcome is dealt anew. Both are counted, none is sampled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import comb
from typing import NamedTuple

from casebook.patterns.implicants import Row

MOST_SETS = 200_000
"""Unions looked at before the count is given as a lower bound."""


class Gauge(NamedTuple):
    """How many deals of the outcome a formula as short would fit.

    Attributes:
        fitting: sets of cases of the right size that such a formula marks off.
        deals: ways to deal the outcome.
        is_exact: False if the formula is too long for them to be counted: `fitting` is then
            what was counted until then, and says nothing of the share.
    """

    fitting: int
    deals: int
    is_exact: bool = True

    @property
    def share(self) -> Fraction | None:
        """The share of deals, from 0 to 1; None where it was not counted."""
        return Fraction(self.fitting, self.deals) if self.is_exact else None

    @property
    def said(self) -> str:
        """As it is printed: `4 of 43,758 assignments (0.01 %)`."""
        if not self.is_exact:
            return "too many assignments to count"
        percent = 100 * self.fitting / self.deals
        words = f"{percent:.2g}" if 0 < percent < 10 else f"{percent:.0f}"
        return f"{self.fitting:,} of {self.deals:,} assignments ({words} %)"


def gauge(rows: Sequence[Row], with_outcome: int, literals: int) -> Gauge:
    """Counts the deals that some formula of at most so many literals fits.

    Args:
        rows: of the complete cases, one each.
        with_outcome: how many of them have the outcome.
        literals: the length of the formula.
    """
    deals = comb(len(rows), with_outcome)
    if with_outcome in (0, len(rows)):
        return Gauge(1, deals)
    products = _products(rows, with_outcome, literals)
    marked: list[set[int]] = [{0}]
    looked_at = 0
    for length in range(1, literals + 1):
        found: set[int] = set()
        # Sets already marked off by a shorter formula need not be found again.
        shorter = set().union(*marked)
        for size in range(1, length + 1):
            for product in products[size]:
                if looked_at > MOST_SETS:
                    return Gauge(_of_size(marked, found, with_outcome), deals, is_exact=False)
                looked_at += len(marked[length - size])
                found.update(
                    union
                    for held in marked[length - size]
                    if (union := held | product).bit_count() <= with_outcome
                )
        marked.append(found - shorter)
    return Gauge(_of_size(marked, set(), with_outcome), deals)


def _of_size(marked: Iterable[set[int]], more: set[int], size: int) -> int:
    """How many different sets have so many cases."""
    return sum(held.bit_count() == size for held in more.union(*marked))


def _products(rows: Sequence[Row], most: int, literals: int) -> list[list[int]]:
    """The sets of at most so many cases that products mark off, by the products' length.

    A set is the bits of a number, a bit a case; each stands at the shortest length only.
    """
    every = (1 << len(rows)) - 1
    met = [
        sum(1 << at for at, row in enumerate(rows) if row[place]) for place in range(len(rows[0]))
    ]
    sides = [[(place, side) for side in (mask, every ^ mask)] for place, mask in enumerate(met)]
    level: dict[int, set[int]] = {-1: {every}}
    seen = {0}
    products: list[list[int]] = [[]]
    for _ in range(literals):
        longer: dict[int, set[int]] = {}
        for last, masks in level.items():
            for choices in sides[last + 1 :]:
                for place, side in choices:
                    longer.setdefault(place, set()).update(mask & side for mask in masks)
        fresh = {mask for masks in longer.values() for mask in masks} - seen
        seen |= fresh
        products.append(sorted(mask for mask in fresh if mask.bit_count() <= most))
        level = longer
    return products
