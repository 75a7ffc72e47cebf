"""Patterns among cases: how long an analysis takes, how that grows, and when it begins to show."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from benchmarks.measuring import Row, cpu_of, in_turns, median, table
from casebook.patterns.analysis import Patterns, analysis, stages
from casebook.patterns.scores import EITHER, IN, OUT, PatternCase, PatternTable, SetScore

ROUNDS = 5


class TableSize(NamedTuple):
    """A table that is made up.

    Attributes:
        silent: the share of cells that are not known, from 0 to 1.
        is_fuzzy: scores are any tenth and not 0 or 1 alone.
    """

    cases: int
    points: int
    silent: float
    is_fuzzy: bool = False

    @property
    def said(self) -> str:
        scores = ", fuzzy" if self.is_fuzzy else ""
        return (
            f"{self.cases} \N{MULTIPLICATION SIGN} {self.points}, {self.silent:.0%} silent{scores}"
        )


SIZES = (
    TableSize(20, 8, 0.6),
    TableSize(40, 8, 0.6),
    TableSize(80, 8, 0.6),
    TableSize(40, 8, 0.0),
    TableSize(40, 8, 0.0, is_fuzzy=True),
    TableSize(200, 12, 0.6),
    TableSize(200, 12, 0.2),
    TableSize(200, 12, 0.05),
    TableSize(200, 12, 0.0),
    TableSize(200, 12, 0.0, is_fuzzy=True),
)


def made_up(size: TableSize) -> PatternTable:
    """Ratings and outcomes by chance: the worst case, in which hardly a formula is short."""
    chance = random.Random(17)

    def score() -> SetScore:
        if chance.random() < size.silent:
            return EITHER
        if size.is_fuzzy:
            at = 100 * chance.choice((0, 1, 2, 3, 4, 6, 7, 8, 9, 10))
            return SetScore(at, at)
        return chance.choice((IN, OUT))

    cases = [
        PatternCase(
            f"case-{at}",
            f"Case {at}",
            tuple(score() for _ in range(size.points)),
            chance.choice((IN, OUT)),
        )
        for at in range(size.cases)
    ]
    return PatternTable(tuple("abcdefghijkl"[: size.points]), tuple(cases))


def _first(held: PatternTable) -> Patterns:
    found: Iterator[Patterns] = stages(held)
    return next(found)


def report() -> str:
    tables = {size.said: made_up(size) for size in SIZES}
    whole = in_turns(
        {name: partial(cpu_of, partial(analysis, held)) for name, held in tables.items()},
        ROUNDS,
    )
    first = in_turns(
        {name: partial(cpu_of, partial(_first, held)) for name, held in tables.items()},
        ROUNDS,
    )
    rows = [
        Row(
            name,
            f"{median(first[name]):.0f} ms",
            f"{median(whole[name]):.0f} ms",
            str(len(tables[name].complete)),
        )
        for name in tables
    ]
    heads = ("coverage and truth table", "everything", "complete cases")
    return table(f"Patterns, median CPU of {ROUNDS} rounds", rows, heads)
