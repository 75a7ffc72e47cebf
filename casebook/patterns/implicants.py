"""Minimal formulas over the rows of a truth table.

A formula is a sum of products (`A*b + C`): it is true of a row if one of its terms is. The
prime implicants are those of McCluskey 1956; the smallest sets of them that cover every row
are all found, since where there are several, none is the right one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from casebook.patterns.ratios import either
from casebook.patterns.scores import WHOLE, SetScore

Row = tuple[bool, ...]

MOST_TIES = 64
MOST_STEPS = 50_000


class Product(NamedTuple):
    """A product of points: some must be met, some must not be.

    Attributes:
        literals: the place of a point, and whether it must be met; by place.
    """

    literals: tuple[tuple[int, bool], ...]

    def holds(self, row: Sequence[bool | None]) -> bool | None:
        """True of a row or not; None where that depends on what is not known."""
        open_ = False
        for place, wanted in self.literals:
            side = row[place]
            if side is None:
                open_ = True
            elif side is not wanted:
                return False
        return None if open_ else True

    def membership(self, scores: Sequence[SetScore]) -> SetScore:
        """How far a case belongs to the product: the least of its scores."""
        low = high = WHOLE
        for place, wanted in self.literals:
            score = scores[place] if wanted else scores[place].negated
            low, high = min(low, score.low), min(high, score.high)
            if not high:
                break
        return SetScore(low, high)

    def said(self, points: Sequence[str]) -> str:
        """As it is printed: `a*~b`."""
        if not self.literals:
            return "always"
        return "*".join(
            f"{'' if wanted else '~'}{points[place]}" for place, wanted in self.literals
        )


class Formula(NamedTuple):
    """A sum of terms."""

    terms: tuple[Product, ...]

    @property
    def length(self) -> int:
        """How many literals it has."""
        return sum(len(term.literals) for term in self.terms)

    @property
    def points(self) -> frozenset[int]:
        """The places of the points that it names."""
        return frozenset(place for term in self.terms for place, _ in term.literals)

    def holds(self, row: Sequence[bool | None]) -> bool | None:
        """True of a row or not; None where that may depend on what is not known."""
        found = [term.holds(row) for term in self.terms]
        if True in found:
            return True
        return None if None in found else False

    def membership(self, scores: Sequence[SetScore]) -> SetScore:
        """How far a case with known scores belongs to the sum: the greatest of its terms'."""
        return either(term.membership(scores) for term in self.terms)

    def said(self, points: Sequence[str]) -> str:
        """As it is printed: `a*~b + c`."""
        return " + ".join(term.said(points) for term in self.terms)


class Formulas(NamedTuple):
    """The smallest formulas that are true of some rows and of none of some others.

    Attributes:
        are_all: False if the search was stopped, and there may be more of the same size, or
            smaller ones.
    """

    found: tuple[Formula, ...]
    are_all: bool = True


def conservative(positive: Iterable[Row]) -> Formulas:
    """The smallest formulas that are true of exactly these rows."""
    rows = sorted(set(positive), reverse=True)
    return _smallest_covers(rows, _merged(rows))


def parsimonious(positive: Iterable[Row], negative: Iterable[Row]) -> Formulas:
    """The smallest formulas that are true of some rows and of none of the negative ones.

    Any row that is in neither may come out either way.
    """
    rows = sorted(set(positive), reverse=True)
    others = set(negative) - set(rows)
    primes = sorted({term for row in rows for term in _shortest_terms(row, others)})
    return _smallest_covers(rows, primes)


def _merged(rows: Sequence[Row]) -> list[Product]:
    """The prime implicants of these rows alone: pairs that differ in one point are merged."""
    level: set[tuple[tuple[int, bool], ...]] = {tuple(enumerate(row)) for row in rows}
    primes: set[Product] = set()
    while level:
        merged: set[tuple[tuple[int, bool], ...]] = set()
        used = set()
        for literals in level:
            for at, (place, wanted) in enumerate(literals):
                if not wanted:
                    continue
                twin = (*literals[:at], (place, False), *literals[at + 1 :])
                if twin in level:
                    used |= {literals, twin}
                    merged.add(literals[:at] + literals[at + 1 :])
        primes |= {Product(literals) for literals in level - used}
        level = merged
    return sorted(primes)


def _shortest_terms(row: Row, others: Iterable[Row]) -> set[Product]:
    """The prime implicants that are true of a row and of none of the others.

    They are the minimal sets of points in each of which every other row differs from this one
    somewhere (minimal transversals, found row by row: Berge 1989, "Hypergraphs"). A set of
    points is the bits of a number.
    """
    mine = _bits(row)
    hitting = {0}
    for difference in _least({mine ^ _bits(other) for other in others}):
        kept = {places for places in hitting if places & difference}
        sides = [1 << at for at in range(len(row)) if difference >> at & 1]
        # What is kept makes a longer set needless only if it hits at the same single point.
        by_side = {side: [it for it in kept if it & difference == side] for side in sides}
        hitting = kept | {
            places | side
            for places in hitting - kept
            for side in sides
            if not any(short & ~places == side for short in by_side[side])
        }
    return {
        Product(tuple((at, side) for at, side in enumerate(row) if places >> at & 1))
        for places in hitting
    }


def _bits(row: Row) -> int:
    return sum(1 << at for at, side in enumerate(row) if side)


def _least(sets: Iterable[int]) -> list[int]:
    """Those that hold no other one of them, the smallest first."""
    found: list[int] = []
    for held in sorted(sets, key=lambda held: (held.bit_count(), held)):
        if not any(small & ~held == 0 for small in found):
            found.append(held)
    return found


def _smallest_covers(rows: Sequence[Row], primes: Sequence[Product]) -> Formulas:
    """All smallest sets of prime implicants that cover all rows.

    Where there is no time to find the smallest, one that is small, by always taking the
    implicant that covers most.
    """
    if not rows:
        return Formulas(())
    covered = [sum(1 << at for at, row in enumerate(rows) if term.holds(row)) for term in primes]
    search = _CoverSearch(covered, len(rows))
    covers = search.smallest()
    found = sorted(
        (
            Formula(tuple(sorted((primes[at] for at in cover), key=_reading_order)))
            for cover in covers
        ),
        key=lambda formula: (formula.length, [_reading_order(term) for term in formula.terms]),
    )
    return Formulas(tuple(found[:MOST_TIES]), search.is_whole and len(found) <= MOST_TIES)


def _reading_order(term: Product) -> list[tuple[int, bool]]:
    return [(place, not wanted) for place, wanted in term.literals]


class _CoverSearch:
    """Looks for the smallest covers of some rows; rows and what is covered are bits of numbers."""

    def __init__(self, covered: Sequence[int], rows: int) -> None:
        self.covered = covered
        self.every_row = (1 << rows) - 1
        self.by_row = [
            [at for at, held in enumerate(covered) if held >> row & 1] for row in range(rows)
        ]
        # The rows that fewest implicants cover decide most.
        self.order = sorted(range(rows), key=lambda row: (len(self.by_row[row]), row))
        self.widest = max(held.bit_count() for held in covered)
        self.steps = 0

    @property
    def is_whole(self) -> bool:
        """False if the search was stopped."""
        return self.steps <= MOST_STEPS

    def smallest(self) -> list[frozenset[int]]:
        """The covers of the least size, at most one more than are shown."""
        needed = {held[0] for held in self.by_row if len(held) == 1}
        rest = self.every_row
        for at in needed:
            rest &= ~self.covered[at]
        for size in range(-(-rest.bit_count() // self.widest), len(self.by_row) + 1):
            found: set[frozenset[int]] = set()
            for cover in self._covers(rest, size):
                found.add(cover | needed)
                if len(found) > MOST_TIES:
                    break
            if found:
                return sorted(found, key=sorted)
            if not self.is_whole:
                break
        return [frozenset(needed | self._greedy(rest))]

    def _covers(self, rest: int, size: int) -> Iterator[frozenset[int]]:
        if not rest:
            yield frozenset()
            return
        if size * self.widest < rest.bit_count():
            return
        row = next(row for row in self.order if rest >> row & 1)
        for at in self.by_row[row]:
            self.steps += 1
            if not self.is_whole:
                return
            for cover in self._covers(rest & ~self.covered[at], size - 1):
                yield cover | {at}

    def _greedy(self, rest: int) -> set[int]:
        chosen = set()
        while rest:
            best = max(
                range(len(self.covered)),
                key=lambda at: ((self.covered[at] & rest).bit_count(), -at),
            )
            chosen.add(best)
            rest &= ~self.covered[best]
        return chosen
