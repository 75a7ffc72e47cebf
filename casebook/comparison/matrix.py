"""Compares entries by the criteria of a framework: a matrix, and the questions asked of it.

The rating of a cell is met, partly or not met, by the book's assessment, or silent, where the
sources say nothing. Silent is a value of its own: it is never counted as not met, never makes
a difference, and every count says how many cells were silent. A cell on which sources
contradict one another is contested: it has what each says, and counts as none of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

from casebook.book import lists
from casebook.book.connection import Book
from casebook.book.damage import note_damage
from casebook.book.page_values import CriterionLine, FrameworkLine
from casebook.book.ratings import entries_of, ratings
from casebook.book.source_values import SourceLine
from casebook.book.sources import sources_by_slug
from casebook.book.values import EntryLine
from casebook.book.volumes import titles
from casebook.citations import OWN
from casebook.comparison.cells import MatrixCell, MatrixRow, RatingCounts, counted
from casebook.comparison.options import MatrixOrder, Shown, SubPoints
from casebook.errors import BookError, CasebookError, NotFoundError
from casebook.vocabulary import CONTESTED, BookRating, Outcome, Rating, Sealed


class SharedCriterion(NamedTuple):
    """A criterion that every rated success meets.

    Attributes:
        counts: of the successes alone.
    """

    criterion: CriterionLine
    counts: RatingCounts


class Standing(StrEnum):
    """What is known of the other entry, by a criterion that the first meets."""

    LACKS = "lacks"
    """It does not meet the criterion."""
    LESS = "less"
    """It meets the criterion partly."""
    UNSAID = "unsaid"
    """The sources are silent: it may or may not meet the criterion."""
    CONTESTED = "contested"
    """The sources contradict one another."""


class Advantage(NamedTuple):
    """A criterion that an entry meets and another one does not, or is not known to.

    Attributes:
        cell: of the entry that meets it.
        other: of the other entry.
    """

    criterion: CriterionLine
    cell: MatrixCell
    other: MatrixCell
    standing: Standing


@dataclass(frozen=True, slots=True)
class Comparison:
    """A matrix with a row for each criterion and a column for each entry.

    It does not change: another choice or order of rows or columns is a new value.

    Attributes:
        entries: in the order of the columns.
        rows: of the criteria that are shown, in the order in which they are shown.
        sources: what the cells cite, by id.
        every_row: of all criteria, in the order of the framework.
    """

    framework: FrameworkLine
    entries: tuple[EntryLine, ...]
    rows: tuple[MatrixRow, ...]
    sources: dict[str, SourceLine] = field(default_factory=dict)
    every_row: tuple[MatrixRow, ...] = ()

    @property
    def slugs(self) -> tuple[str, ...]:
        """The slugs of the entries, in the order of the columns."""
        return tuple(entry.slug for entry in self.entries)

    @property
    def counts(self) -> RatingCounts:
        """The ratings of all cells that are shown, counted."""
        return counted(cell for row in self.rows for cell in row.cells)

    def column(self, slug: str) -> tuple[MatrixCell, ...]:
        """The cells of an entry, one for each of `rows`.

        Raises:
            NotFoundError: the entry is not compared.
        """
        at = self._place(slug)
        return tuple(row.cells[at] for row in self.rows)

    def counts_of(self, slug: str) -> RatingCounts:
        """The ratings of an entry by the criteria that are shown, counted.

        Raises:
            NotFoundError: the entry is not compared.
        """
        return counted(self.column(slug))

    def cell(self, criterion: str, slug: str) -> MatrixCell:
        """The cell of an entry by any criterion of the framework.

        Args:
            criterion: its key.

        Raises:
            NotFoundError: there is no such criterion, or the entry is not compared.
        """
        at = self._place(slug)
        for row in self.every_row:
            if row.criterion.key == criterion:
                return row.cells[at]
        raise NotFoundError(f"'{self.framework.title}' has no point {criterion}.")

    def _place(self, slug: str) -> int:
        """The column of an entry, from 0."""
        try:
            return self.slugs.index(slug)
        except ValueError:
            raise NotFoundError(f"'{slug}' is not among the entries that are compared.") from None

    # What can be asked

    @property
    def differing(self) -> tuple[MatrixRow, ...]:
        """The rows in which two entries are known to differ."""
        return tuple(row for row in self.every_row if row.differs)

    @property
    def incomparable(self) -> tuple[MatrixRow, ...]:
        """The rows with fewer than two rated entries, in which nothing can be compared."""
        return tuple(row for row in self.every_row if row.counts.rated < 2)

    def shared(self, outcome: Outcome = Outcome.SUCCESS) -> tuple[SharedCriterion, ...]:
        """The criteria that every rated entry of an outcome meets, and at least one does.

        Those that most entries meet come first.
        """
        places = [at for at, entry in enumerate(self.entries) if entry.outcome is outcome]
        found = []
        for row in self.every_row:
            counts = counted(row.cells[at] for at in places)
            if counts.met and counts.met == counts.rated:
                found.append(SharedCriterion(row.criterion, counts))
        return tuple(sorted(found, key=lambda shared: (-shared.counts.met, shared.counts.silent)))

    def advantages(self, slug: str, other: str) -> tuple[Advantage, ...]:
        """The criteria that an entry meets and another one does not, meets partly, or is silent
        on, in that order.

        Raises:
            NotFoundError: an entry is not compared.
        """
        here, there = self._place(slug), self._place(other)
        found = []
        for row in self.every_row:
            mine, theirs = row.cells[here], row.cells[there]
            standing = _STANDINGS.get(theirs.rating)
            if mine.rating is Rating.MET and standing is not None:
                found.append(Advantage(row.criterion, mine, theirs, standing))
        return tuple(sorted(found, key=lambda advantage: list(Standing).index(advantage.standing)))

    # What is shown, and in which order

    def showing(
        self, shown: Shown = Shown.ALL, subpoints: SubPoints = SubPoints.RATED
    ) -> Comparison:
        """The comparison with some of its rows, in the order of the framework."""
        met_by_successes = {shared.criterion.key for shared in self.shared()}

        def is_shown(row: MatrixRow) -> bool:
            if row.criterion.depth and not (
                subpoints is SubPoints.ALL or (subpoints is SubPoints.RATED and not row.is_silent)
            ):
                return False
            match shown:
                case Shown.DIFFERENCES:
                    return row.differs
                case Shown.SHARED:
                    return row.criterion.key in met_by_successes
                case Shown.GAPS:
                    return bool(row.counts.silent)
                case Shown.RATED:
                    return not row.is_silent
                case _:
                    return True

        return replace(self, rows=tuple(row for row in self.every_row if is_shown(row)))

    def with_rows(self, order: MatrixOrder | Sequence[str]) -> Comparison:
        """The comparison with its rows in another order.

        Args:
            order: a rule, or keys of criteria; those not named follow in the order they have.
        """
        return replace(self, rows=tuple(sorted(self.rows, key=self._row_key(order))))

    def _row_key(self, order: MatrixOrder | Sequence[str]) -> Callable[[MatrixRow], Any]:
        in_framework = {row.criterion.key: at for at, row in enumerate(self.every_row)}
        match order:
            case MatrixOrder.FRAMEWORK:
                return lambda row: in_framework[row.criterion.key]
            case MatrixOrder.AGREEMENT:
                return lambda row: _most_agreeing(row.agreement, row.counts)
            case MatrixOrder.MET:
                return lambda row: _most_met(row.counts)
        by_hand = {key: at for at, key in enumerate(order)}
        return lambda row: by_hand.get(row.criterion.key, len(by_hand))

    def with_columns(self, order: MatrixOrder | Sequence[str]) -> Comparison:
        """The comparison with its columns in another order.

        Args:
            order: a rule, or slugs; those not named follow in the order they have.
        """
        if order is MatrixOrder.FRAMEWORK:
            return self
        if order is MatrixOrder.MET:
            places = sorted(
                range(len(self.entries)), key=lambda at: _most_met(self.counts_of(self.slugs[at]))
            )
        elif order is MatrixOrder.AGREEMENT:
            places = sorted(range(len(self.entries)), key=self._column_agreement)
        else:
            by_hand = {slug: at for at, slug in enumerate(order)}
            places = sorted(
                range(len(self.entries)), key=lambda at: by_hand.get(self.slugs[at], len(by_hand))
            )
        return replace(
            self,
            entries=tuple(self.entries[at] for at in places),
            rows=tuple(_reordered(row, places) for row in self.rows),
            every_row=tuple(_reordered(row, places) for row in self.every_row),
        )

    def _column_agreement(self, place: int) -> tuple[bool, float, int]:
        """The key that sorts columns by the share of rated pairs in which others agree."""
        alike = pairs = 0
        for row in self.rows:
            mine = row.cells[place]
            if mine.known_rating is None:
                continue
            rated = Counter(rating for cell in row.cells if (rating := cell.known_rating))
            alike += rated[mine.known_rating] - 1
            pairs += rated.total() - 1
        return _most_agreeing(alike / pairs if pairs else None, self.counts_of(self.slugs[place]))


def _most_agreeing(agreement: float | None, counts: RatingCounts) -> tuple[bool, float, int]:
    return agreement is None, -(agreement or 0.0), -counts.rated


def _most_met(counts: RatingCounts) -> tuple[int, int, int]:
    return -counts.met, -counts.partly, counts.not_met


def _reordered(row: MatrixRow, places: Sequence[int]) -> MatrixRow:
    return row._replace(cells=tuple(row.cells[at] for at in places))


_STANDINGS: dict[BookRating, Standing] = {
    Rating.NOT_MET: Standing.LACKS,
    Rating.PARTLY: Standing.LESS,
    Rating.SILENT: Standing.UNSAID,
    CONTESTED: Standing.CONTESTED,
}


def assessed_frameworks(book: Book) -> list[FrameworkLine]:
    """The frameworks by which cases are assessed."""
    return [framework for framework in lists.frameworks(book) if framework.is_assessed]


def compare(
    book: Book,
    slugs: Sequence[str],
    framework: str | None = None,
    *,
    shown: Shown = Shown.ALL,
    subpoints: SubPoints = SubPoints.RATED,
) -> Comparison:
    """Compares entries by the criteria of a framework.

    Args:
        slugs: of the entries, in the order of the columns; a slug given twice counts once.
        framework: its slug; None for the first of the book.
        shown: which rows are shown.
        subpoints: which rows of sub-points are shown.

    Raises:
        NotFoundError: the book has no such entry or framework.
        CasebookError: there is nothing to compare, none of it can be read, or the book has no
            framework at all.
    """
    if not slugs:
        raise CasebookError("There is nothing to compare.")
    held = lists.framework(book, framework) if framework else _first_framework(book)
    entries = tuple(entries_of(book, slugs))
    note_damage(book, slugs)
    if not entries:
        raise BookError("None of these entries can be read.")
    named, volume_of = titles(book), {entry.slug: entry.volume for entry in entries}
    found = {
        (line.entry, line.criterion): MatrixCell(
            line.entry,
            line.rating,
            line.evidence,
            line.citations,
            line.volume,
            line.accounts,
            named.get(line.volume, "") if line.volume != volume_of[line.entry] else "",
        )
        for line in ratings(book, held.slug, [entry.slug for entry in entries])
    }
    unsaid = {entry.slug: _unsaid(book, entry.slug) for entry in entries}
    rows = tuple(
        MatrixRow(
            criterion,
            tuple(
                found.get((entry.slug, criterion.key), MatrixCell(entry.slug, unsaid[entry.slug]))
                for entry in entries
            ),
        )
        for criterion in held.criteria
    )
    cited = [
        *held.citations,
        *(citation for point in held.criteria for citation in point.citations),
    ]
    cited += [citation for cell in found.values() for citation in cell.citations]
    cited += [
        citation for entry in entries for _, group in entry.setting.citations for citation in group
    ]
    sources = sources_by_slug(
        book, (citation.source for citation in cited if citation.source != OWN)
    )
    whole = Comparison(held, entries, rows, sources, rows)
    return whole.showing(shown, subpoints)


def _unsaid(book: Book, slug: str) -> Rating | Sealed:
    """What stands where the book gives no rating of an entry."""
    if book.edition.has_ratings and not book.edition.is_sealed(slug):
        return Rating.SILENT
    return Sealed.SEALED


def _first_framework(book: Book) -> FrameworkLine:
    found = assessed_frameworks(book)
    if not found:
        raise CasebookError("This book has no framework by which its cases could be compared.")
    return found[0]
