"""Predict, then reveal: a reader's ratings beside the book's, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from casebook.comparison.cells import MatrixCell
from casebook.comparison.matrix import Comparison
from casebook.vocabulary import CONTESTED, Rating

CellKey = tuple[str, str]
"""The slug of an entry and the key of a point."""


class ReaderRating(NamedTuple):
    """A reader's own rating of an entry by a criterion.

    Attributes:
        rating: `silent` says that the reader expects the sources to say nothing.
        is_revealed: the book's rating has been shown; the answer is no prediction any more.
    """

    entry: str
    criterion: str
    rating: Rating
    reason: str = ""
    is_revealed: bool = False

    @property
    def key(self) -> CellKey:
        """Of the cell that is rated."""
        return self.entry, self.criterion


class JudgedCell(NamedTuple):
    """A reader's rating, and the book's cell that it is about."""

    answer: ReaderRating
    cell: MatrixCell

    @property
    def agrees(self) -> bool:
        """True if the reader and the book give the same rating."""
        return self.answer.rating is self.cell.rating

    @property
    def is_counted(self) -> bool:
        """False where sources contradict one another, so that no answer agrees with them."""
        return self.cell.rating is not CONTESTED


class Agreement(NamedTuple):
    """How far two raters agree on some cells.

    Attributes:
        alike: the number of cells that both rate alike.
        cells: the number of cells that both rate.
        kappa: Cohen's kappa; None where it cannot be computed.
    """

    alike: int
    cells: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        """The part of the cells that are rated alike; None without cells."""
        return self.alike / self.cells if self.cells else None

    @property
    def said(self) -> str:
        """The agreement in short: `6 of 8 agree`."""
        if self.share is None:
            return "nothing to compare"
        return f"{self.alike} of {self.cells} agree"

    @property
    def said_in_full(self) -> str:
        """`6 of 8 agree (75%), kappa 0.62`."""
        if self.share is None:
            return self.said
        kappa = "kappa cannot be computed" if self.kappa is None else f"kappa {self.kappa:.2f}"
        return f"{self.said} ({self.share:.0%}), {kappa}"


class Judgement(NamedTuple):
    """A reader's ratings compared with the book's.

    Attributes:
        judged_cells: every cell that the reader rated and that is not sealed, row by row.
        overall: over every answered cell that is not contested; silent is a value like the
            others.
        where_told: over the cells alone on which the book says something.
        sealed: how many cells the reader rated of which the book's rating is sealed.
    """

    judged_cells: tuple[JudgedCell, ...]
    overall: Agreement
    where_told: Agreement
    sealed: int = 0

    @property
    def differing(self) -> tuple[JudgedCell, ...]:
        """The cells that the reader rated otherwise than the book."""
        return tuple(
            judged for judged in self.judged_cells if judged.is_counted and not judged.agrees
        )

    @property
    def agreeing(self) -> tuple[JudgedCell, ...]:
        """The cells that the reader rated as the book does."""
        return tuple(judged for judged in self.judged_cells if judged.agrees)

    @property
    def contested(self) -> tuple[JudgedCell, ...]:
        """The cells on which sources contradict one another: no answer is right or wrong."""
        return tuple(judged for judged in self.judged_cells if not judged.is_counted)


def judgement_of(comparison: Comparison, answers: Mapping[CellKey, ReaderRating]) -> Judgement:
    """A reader's ratings beside the cells of a comparison that they are about, with the agreement.

    Args:
        answers: the ratings by entry and point; those of other cells are left out.
    """
    rated = [
        JudgedCell(answer, cell)
        for row in comparison.every_row
        for cell in row.cells
        if (answer := answers.get((cell.entry, row.criterion.key)))
    ]
    judged_cells = tuple(judged for judged in rated if not judged.cell.is_sealed)
    counted = [judged for judged in judged_cells if judged.is_counted]
    told = [judged for judged in counted if not judged.cell.is_silent]
    sealed = len(rated) - len(judged_cells)
    return Judgement(judged_cells, _agreement(counted), _agreement(told), sealed)


def _agreement(judged_cells: Sequence[JudgedCell]) -> Agreement:
    pairs = [(judged.answer.rating, judged.cell.rating) for judged in judged_cells]
    return Agreement(
        sum(judged.agrees for judged in judged_cells), len(judged_cells), cohens_kappa(pairs)
    )


def cohens_kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Agreement beyond what chance would give, from two raters' ratings of the same things.

    Args:
        pairs: for each thing, the ratings of the first and of the second rater.

    κ = (p_o − p_e) / (1 − p_e), where p_o is the share rated alike and p_e the share that
    would be if each rater dealt out their own ratings at random: J. Cohen, "A coefficient of
    agreement for nominal scales", Educational and Psychological Measurement 20 (1960), 37–46.

    Returns:
        1 for full agreement, 0 for that of chance, less for less; None without ratings, or
        where both raters gave one and the same rating throughout (p_e is 1).
    """
    every = list(pairs)
    count = len(every)
    if not count:
        return None
    observed = sum(first == second for first, second in every) / count
    of_first = Counter(first for first, _ in every)
    of_second = Counter(second for _, second in every)
    expected = sum(of_first[rating] * of_second[rating] for rating in of_first) / count**2
    return None if expected == 1 else (observed - expected) / (1 - expected)
