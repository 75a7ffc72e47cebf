"""What a class has answered, counted: tallies, agreement, division, and what moved between rounds.

The students are never named here, and of what few have answered nothing is told where that is
asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casebook.book.connection import Book
from casebook.book.edition import RATINGS
from casebook.comparison.cells import MatrixCell, RatingCounts
from casebook.comparison.matrix import Comparison, compare
from casebook.errors import CasebookError
from casebook.seminar.agreement import RaterAgreement, agreement, alpha
from casebook.seminar.class_values import ClassAnswer, ClassPoint, ClassRecord
from casebook.vocabulary import Rating

VALUES = {Rating.NOT_MET: 1, Rating.PARTLY: 2, Rating.MET: 3}
"""The ratings in their order. Silent is none of them: it is missing, and no rating."""

CellKey = tuple[str, str]
"""The slug of a case and the key of a point."""


class Argument(NamedTuple):
    """A reason that students gave for a rating, and how many gave it in these words."""

    rating: Rating
    words: str
    times: int


class RatingShift(NamedTuple):
    """How those who answered in both rounds rate a cell after, and rated it before.

    Attributes:
        up: nearer to met.
        down: nearer to not met.
        same: alike, silent both times included.
        other: silent in one round alone, which is neither.
    """

    up: int
    down: int
    same: int
    other: int

    @property
    def students(self) -> int:
        return sum(self)

    @property
    def said(self) -> str:
        """`5 up, 2 down, 18 the same`, without what is 0."""
        named = (
            (self.up, "up"),
            (self.down, "down"),
            (self.other, "to or from silent"),
            (self.same, "the same"),
        )
        return ", ".join(f"{count} {words}" for count, words in named if count) or "none"


class CellResult(NamedTuple):
    """What a class says of a case on a point.

    Attributes:
        counts: its ratings; None where they are withheld.
        division: Leik's measure of dissent, from 0 (all alike) to 1 (half at each end); None
            where fewer than two have rated it, or it is withheld.
        arguments: the reasons, those for met first, without names.
        shift: since the round before; None where there is none, or it is withheld.
        of_book: the book's reading; None until it is revealed.
    """

    entry: str
    criterion: str
    counts: RatingCounts | None
    division: float | None
    arguments: tuple[Argument, ...]
    shift: RatingShift | None
    of_book: MatrixCell | None


class LineResult(NamedTuple):
    """What a class says of a case, or on a point, as a whole.

    Attributes:
        key: the slug of the case or the key of the point.
        agreement: Krippendorff's alpha of its cells; None where it is withheld.
        before: the same of the round before, without an interval.
        division: the mean of that of its cells, by the number of their ratings.
        answered: how many students have answered one of its cells, silent among them.
        is_told: one of the cells that was answered is not withheld.
    """

    key: str
    title: str
    agreement: RaterAgreement | None
    before: RaterAgreement | None
    division: float | None
    answered: int
    is_told: bool


@dataclass(frozen=True, slots=True)
class ClassResults:
    """A class's answers of one round, counted.

    Attributes:
        round: the round that is told; 0 while there are no answers.
        before: the round with which it is compared; 0 for none.
        students: how many answered in each round.
        points: in the order in which they are told.
        cases: in the order of the plan, without those that the class may not know of yet.
        cells: by case and point.
        overall: over all cells.
        fewest: tallies of fewer students are withheld; 0 for none.
        withheld: how many cells are.
        comparison: the book's readings with their evidence; None until they are revealed.
    """

    record: ClassRecord
    round: int
    before: int
    students: Mapping[int, int]
    points: tuple[LineResult, ...]
    cases: tuple[LineResult, ...]
    cells: Mapping[CellKey, CellResult]
    overall: LineResult
    fewest: int
    withheld: int
    comparison: Comparison | None

    def cell(self, entry: str, criterion: str) -> CellResult:
        return self.cells[entry, criterion]


def results(
    record: ClassRecord,
    number: int | None = None,
    *,
    fewest: int = 0,
    comparison: Comparison | None = None,
    in_order: bool = False,
) -> ClassResults:
    """Counts what a class has answered.

    Args:
        number: of the round; None for the last that has answers.
        fewest: tallies of fewer students than this are withheld.
        comparison: the book's readings, where they have been revealed.
        in_order: points stand in the order of the plan; else the most divided first.

    Raises:
        CasebookError: the class has no answers of that round.
    """
    shown = number if number is not None else max(record.rounds, default=0)
    if number is not None and number not in record.rounds:
        known = ", ".join(map(str, record.rounds)) or "none"
        raise CasebookError(f"There are no answers of round {number}; there are those of {known}.")
    before = max((earlier for earlier in record.rounds if earlier < shown), default=0)
    now, then = _of_round(record, shown), _of_round(record, before)
    of_book = _of_book(comparison)
    cells = {
        (case.slug, point.key): _cell(
            (case.slug, point.key),
            now,
            then,
            fewest,
            of_book.get((case.slug, point.key)) if comparison is not None else None,
        )
        for case in record.shown_cases
        for point in record.points
    }
    points = [
        _line(point.key, point.name, cells, now, then, fewest, at=1) for point in _told(record)
    ]
    if not in_order:
        points.sort(key=lambda line: (line.division is None, -(line.division or 0.0)))
    return ClassResults(
        record=record,
        round=shown,
        before=before,
        students={each: len(_of_round(record, each)) for each in record.rounds},
        points=tuple(points),
        cases=tuple(
            _line(case.slug, case.title, cells, now, then, fewest, at=0)
            for case in record.shown_cases
        ),
        cells=cells,
        overall=_line("", "All cells", cells, now, then, fewest, at=None),
        fewest=fewest,
        withheld=sum(cell.counts is None for cell in cells.values()),
        comparison=comparison,
    )


def _told(record: ClassRecord) -> Sequence[ClassPoint]:
    """The points that are told: all that somebody has rated; all while nobody has."""
    rated = {answer.criterion for answer in record.answers}
    return [point for point in record.points if point.key in rated] or record.points


_Given = dict[str, dict[CellKey, ClassAnswer]]
"""Answers of a round by student and cell."""


def _of_round(record: ClassRecord, number: int) -> _Given:
    found: _Given = {}
    for answer in record.answers:
        if answer.round == number:
            found.setdefault(answer.student, {})[answer.entry, answer.criterion] = answer
    return found


def _of_book(comparison: Comparison | None) -> dict[CellKey, MatrixCell]:
    if comparison is None:
        return {}
    return {
        (cell.entry, row.criterion.key): cell for row in comparison.every_row for cell in row.cells
    }


def _cell(
    key: CellKey, now: _Given, then: _Given, fewest: int, of_book: MatrixCell | None
) -> CellResult:
    given = [answers[key] for answers in now.values() if key in answers]
    if len(given) < fewest and given:
        return CellResult(*key, None, None, (), None, of_book)
    counts = _counted(answer.rating for answer in given)
    return CellResult(
        *key, counts, division(counts), _arguments(given), _shift(key, now, then, fewest), of_book
    )


def _counted(ratings: Iterable[Rating]) -> RatingCounts:
    count = Counter(ratings)
    return RatingCounts(
        count[Rating.MET], count[Rating.PARTLY], count[Rating.NOT_MET], count[Rating.SILENT]
    )


def division(counts: RatingCounts) -> float | None:
    """How divided some ratings are: R. K. Leik, "A measure of ordinal consensus" (1966).

    Over the cumulative shares F of the ordered ratings, each counts F or 1 − F, whichever is
    smaller; their sum is set so that half at each end gives 1. Silence is left out.
    """
    if counts.rated < 2:
        return None
    first = counts.not_met / counts.rated
    second = (counts.not_met + counts.partly) / counts.rated
    return min(first, 1 - first) + min(second, 1 - second)


def _arguments(given: Sequence[ClassAnswer]) -> tuple[Argument, ...]:
    """Reasons by rating, in an order that says nothing of who gave them."""
    count = Counter((answer.rating, answer.reason) for answer in given if answer.reason)
    order = list(Rating)
    return tuple(
        Argument(rating, words, number)
        for (rating, words), number in sorted(
            count.items(), key=lambda item: (order.index(item[0][0]), -item[1], item[0][1])
        )
    )


def _shift(key: CellKey, now: _Given, then: _Given, fewest: int) -> RatingShift | None:
    pairs = [
        (then[student][key].rating, answers[key].rating)
        for student, answers in now.items()
        if key in answers and key in then.get(student, {})
    ]
    if not pairs or len(pairs) < fewest:
        return None
    up = down = same = other = 0
    for before, after in pairs:
        if before is after:
            same += 1
        elif Rating.SILENT in (before, after):
            other += 1
        elif VALUES[after] > VALUES[before]:
            up += 1
        else:
            down += 1
    return RatingShift(up, down, same, other)


def _line(
    key: str,
    title: str,
    cells: Mapping[CellKey, CellResult],
    now: _Given,
    then: _Given,
    fewest: int,
    *,
    at: int | None,
) -> LineResult:
    """The result of the cells that have a key at a place of theirs; of all where there is none."""
    own = [cell for place, cell in cells.items() if at is None or place[at] == key]
    divided = [
        (cell.division, cell.counts.rated)
        for cell in own
        if cell.division is not None and cell.counts is not None
    ]
    weight = sum(rated for _, rated in divided)
    mean = sum(each * rated for each, rated in divided) / weight if weight else None
    places = {(cell.entry, cell.criterion) for cell in own if cell.counts is not None}
    return LineResult(
        key,
        title,
        _agreement(now, places, fewest, agreement),
        _agreement(then, places, fewest, alpha),
        mean,
        sum(any(at is None or place[at] == key for place in given) for given in now.values()),
        any(place in given for given in now.values() for place in places),
    )


def _agreement(
    given: _Given,
    places: set[CellKey],
    fewest: int,
    measure: Callable[[Mapping[str, Mapping[str, int]]], RaterAgreement],
) -> RaterAgreement | None:
    """How far students agree on some cells; None where fewer than may be told have rated them.

    Args:
        measure: with an interval, or without it.
    """
    ratings = {
        student: {
            f"{entry} {criterion}": VALUES[answer.rating]
            for (entry, criterion), answer in answers.items()
            if (entry, criterion) in places and answer.rating in VALUES
        }
        for student, answers in given.items()
    }
    rating = {student: values for student, values in ratings.items() if values}
    if not rating or len(rating) < fewest:
        return None
    return measure(rating)


def revealed_readings(book: Book, record: ClassRecord) -> Comparison | None:
    """The book's readings of a class's cases; None until the class has been shown them.

    Raises:
        CasebookError: the book is another than the class's, or has not all of its cases.
    """
    if RATINGS not in record.reveals:
        return None
    if book.info.slug != record.book:
        raise CasebookError(
            f"This class rates from the book '{record.book}', and this is '{book.info.slug}'. Name"
            " the class's book with --book."
        )
    from casebook.comparison.options import SubPoints

    slugs = [case.slug for case in record.shown_cases]
    return compare(book, slugs, record.framework, subpoints=SubPoints.ALL)
