"""The cells and rows of a matrix, and their ratings counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from casebook.book.page_values import CriterionLine
from casebook.book.rating_values import RatingAccount
from casebook.citations import Citation
from casebook.rating_signs import signed_rating
from casebook.vocabulary import CONTESTED, BookRating, Rating, Sealed


class MatrixCell(NamedTuple):
    """The assessment of an entry by a criterion; a silent one has no evidence or citations.

    Attributes:
        entry: the slug of the entry.
        rating: contested where sources disagree on it, then it counts as none of them;
            `Sealed.SEALED` where a students' edition does not hold it.
        volume: the slug of the volume that says it, in a book of several volumes.
        accounts: what each source says, where they contradict one another; else none.
        added_by: the title of the volume that says it, where the entry is of another.
    """

    entry: str
    rating: BookRating
    evidence: str = ""
    citations: tuple[Citation, ...] = ()
    volume: str = ""
    accounts: tuple[RatingAccount, ...] = ()
    added_by: str = ""

    @property
    def is_silent(self) -> bool:
        """True if the sources say nothing of the entry by this criterion."""
        return self.rating is Rating.SILENT

    @property
    def is_sealed(self) -> bool:
        """True if the book is an edition that does not hold the rating."""
        return self.rating is Sealed.SEALED

    @property
    def is_told(self) -> bool:
        """True if the book has evidence of it, whether or not its sources agree."""
        return not self.is_silent and not self.is_sealed

    @property
    def readings(self) -> tuple[Rating, ...]:
        """The rating that each account gives, where sources contradict one another."""
        return tuple(account.rating for account in self.accounts)

    @property
    def mark(self) -> str:
        """The rating with its sign: `● met`; of a contested one each: `● met or ✗ not met`."""
        return signed_rating(self.rating, self.readings)

    @property
    def known_rating(self) -> Rating | None:
        """The rating that the book gives; None where it is silent, contested or sealed."""
        return self.rating if isinstance(self.rating, Rating) and not self.is_silent else None


class RatingCounts(NamedTuple):
    """How many cells have each rating: silent, contested and sealed ones among them."""

    met: int = 0
    partly: int = 0
    not_met: int = 0
    silent: int = 0
    contested: int = 0
    sealed: int = 0

    @property
    def rated(self) -> int:
        """The number of cells with a rating that the book gives and no source contradicts."""
        return self.met + self.partly + self.not_met

    @property
    def said(self) -> str:
        """The counts in words, without those of 0, but always with the silent ones:
        `3 met, 1 partly, 4 silent`."""
        named = (
            (self.met, "met"),
            (self.partly, "partly"),
            (self.not_met, "not met"),
            (self.contested, CONTESTED.said),
        )
        parts = [f"{count} {word}" for count, word in named if count]
        if self.silent or not self.sealed:
            parts.append(f"{self.silent} silent")
        return ", ".join([*parts, *([f"{self.sealed} sealed"] if self.sealed else [])])


def counted(cells: Iterable[MatrixCell]) -> RatingCounts:
    """The ratings of some cells, counted."""
    count = Counter(cell.rating for cell in cells)
    return RatingCounts(
        count[Rating.MET],
        count[Rating.PARTLY],
        count[Rating.NOT_MET],
        count[Rating.SILENT],
        count[CONTESTED],
        count[Sealed.SEALED],
    )


class MatrixRow(NamedTuple):
    """A criterion, and a cell for each entry, in the order of the entries."""

    criterion: CriterionLine
    cells: tuple[MatrixCell, ...]

    @property
    def counts(self) -> RatingCounts:
        """The ratings of the entries by this criterion, counted."""
        return counted(self.cells)

    @property
    def is_silent(self) -> bool:
        """True if the sources say nothing of any entry by this criterion."""
        return all(cell.is_silent for cell in self.cells)

    @property
    def differs(self) -> bool:
        """True if two entries have different ratings that the book gives."""
        return len({cell.known_rating for cell in self.cells} - {None}) > 1

    @property
    def agreement(self) -> float | None:
        """The share, from 0 to 1, of pairs of rated entries whose ratings are the same.

        None where fewer than two entries are rated.
        """
        return _agreement([rating for cell in self.cells if (rating := cell.known_rating)])


def _agreement(rated: Sequence[Rating]) -> float | None:
    pairs = list(Counter(rated).values())
    total = len(rated) * (len(rated) - 1)
    return sum(alike * (alike - 1) for alike in pairs) / total if total else None
