"""What a class has answered, in words and signs: a distribution is told by shape, not by colour."""

from __future__ import annotations

from casebook.comparison.cells import RatingCounts
from casebook.rating_signs import SIGNS, rating_sign
from casebook.seminar.class_results import CellResult, ClassResults, LineResult
from casebook.vocabulary import Rating

BAR_CELLS = 10
NO_ANSWERS = "no answers"


def counts_by_rating(counts: RatingCounts) -> dict[Rating, int]:
    """Counts by rating, in the order in which they are told."""
    return {
        Rating.MET: counts.met,
        Rating.PARTLY: counts.partly,
        Rating.NOT_MET: counts.not_met,
        Rating.SILENT: counts.silent,
    }


def total(counts: RatingCounts) -> int:
    """How many have answered, silent among them."""
    return counts.rated + counts.silent


def bar(counts: RatingCounts, cells: int = BAR_CELLS) -> str:
    """A distribution as a row of signs, as long for each rating as its share: `●●●●●●◐◐✗·`.

    What anybody has answered has one sign at least.
    """
    every = total(counts)
    if not every:
        return ""
    exact = {
        rating: count * cells / every for rating, count in counts_by_rating(counts).items() if count
    }
    lengths = {rating: max(int(share), 1) for rating, share in exact.items()}
    while sum(lengths.values()) < cells:
        lengths[max(exact, key=lambda rating: exact[rating] - lengths[rating])] += 1
    while sum(lengths.values()) > cells:
        longer = [rating for rating, length in lengths.items() if length > 1]
        lengths[max(longer, key=lambda rating: lengths[rating] - exact[rating])] -= 1
    return "".join(SIGNS[rating] * length for rating, length in lengths.items())


def numbers(counts: RatingCounts) -> str:
    """A distribution as numbers: `●12 ◐5 ✗3 ·5`; what nobody has answered is left out."""
    told = (
        f"{SIGNS[rating]}{count}" for rating, count in counts_by_rating(counts).items() if count
    )
    return " ".join(told)


def withheld_words(fewest: int) -> str:
    """What stands in place of a tally of few."""
    return f"withheld: fewer than {fewest} answers"


def cell_said(cell: CellResult, fewest: int) -> str:
    """A cell as its bar and its numbers, and the book's mark where it is revealed."""
    if cell.counts is None:
        said = f"fewer than {fewest}"
    elif not total(cell.counts):
        said = NO_ANSWERS
    else:
        said = f"{bar(cell.counts)} {numbers(cell.counts)}"
    if cell.of_book is None:
        return said
    sign = rating_sign(cell.of_book.rating, cell.of_book.readings)
    return f"{said} book:{sign}"


_TOO_FEW = "no figure: fewer than two ratings of a cell that are not silent"


def agreement_said(line: LineResult, fewest: int = 0) -> str:
    """`0.42, 95% interval 0.30 to 0.55`, or why there is no figure."""
    found = line.agreement
    if found is None:
        if not line.answered:
            return "nobody has rated it"
        if line.answered < fewest:
            return f"withheld: fewer than {fewest} students"
        if not line.is_told:
            return f"withheld: fewer than {fewest} answers in each cell"
        if fewest:
            return f"withheld: fewer than {fewest} students with ratings that are not silent"
        return _TOO_FEW
    if found.alpha is None:
        return "no figure: all ratings are the same" if found.pairable else _TOO_FEW
    if found.low is None or found.high is None:
        return figure(found.alpha)
    return f"{figure(found.alpha)}, 95% interval {figure(found.low)} to {figure(found.high)}"


def figure(value: float) -> str:
    """A figure with two decimals; what rounds to nothing has no minus."""
    words = f"{value:.2f}"
    return "0.00" if words == "-0.00" else words


def line_said(line: LineResult, shown: ClassResults) -> str:
    """How far the class agrees on a point or a case, and did in the round before."""
    said = agreement_said(line, shown.fewest)
    if shown.before and line.before is not None and line.before.alpha is not None:
        said += f"; round {shown.before}: {figure(line.before.alpha)}"
    return said


def students_said(shown: ClassResults) -> str:
    """`25 in round 1, 24 in round 2`."""
    said = (f"{count} in round {number}" for number, count in shown.students.items())
    return ", ".join(said) or "none"


def of_another(named: str, what: str, held: str, other: str) -> str:
    """That a class is of another seminar, book or framework than the one that is meant.

    Args:
        named: the class, as it begins a sentence.
    """
    return f"{named} is a class of the {what} '{held}', not of '{other}'."
