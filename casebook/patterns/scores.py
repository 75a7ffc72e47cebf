"""The ratings and outcomes of cases as scores of set membership."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from casebook.errors import CasebookError
from casebook.vocabulary import BookOutcome, BookRating, Outcome, Rating

WHOLE = 1000
"""Full membership: scores are whole thousandths, so that sums and ratios are exact."""

HALF = WHOLE // 2


class SetScore(NamedTuple):
    """How far a case belongs to a set, in thousandths; an interval where that is not known.

    A case belongs to the set above `HALF` and is outside it below.
    """

    low: int
    high: int

    @property
    def is_known(self) -> bool:
        """True if it is one number."""
        return self.low == self.high

    @property
    def side(self) -> bool | None:
        """Inside the set or outside it; None where it may be either, or is exactly between."""
        if self.low > HALF:
            return True
        return False if self.high < HALF else None

    @property
    def negated(self) -> SetScore:
        """The score of the same case in the opposite set."""
        return SetScore(WHOLE - self.high, WHOLE - self.low)


IN, OUT, EITHER = SetScore(WHOLE, WHOLE), SetScore(0, 0), SetScore(0, WHOLE)


class Calibration(NamedTuple):
    """Which score each rating and each other outcome stands for.

    The outcome that is asked about scores 1. *Partly* and *mixed* count either way unless the
    reader says what they are worth; a silent or sealed cell, an outcome not known, and a rating or
    an outcome on which sources contradict one another always do.
    """

    met: SetScore = IN
    partly: SetScore = EITHER
    not_met: SetScore = OUT
    mixed: SetScore = EITHER
    struggling: SetScore = OUT
    success: SetScore = OUT
    failed: SetScore = OUT

    def rating(self, rating: BookRating) -> SetScore:
        """The score of a rating; of one that is contested or sealed either, as of a silent one."""
        match rating:
            case Rating.MET:
                return self.met
            case Rating.PARTLY:
                return self.partly
            case Rating.NOT_MET:
                return self.not_met
            case _:
                return EITHER

    def outcome(self, outcome: BookOutcome | None, asked: Outcome) -> SetScore:
        """The score of a case's outcome in the set of those whose outcome is `asked`."""
        if not isinstance(outcome, Outcome) or outcome is Outcome.OPEN:
            return EITHER
        if outcome is asked:
            return IN
        scores: Mapping[Outcome, SetScore] = {
            Outcome.MIXED: self.mixed,
            Outcome.STRUGGLING: self.struggling,
            Outcome.SUCCESS: self.success,
            Outcome.FAILED: self.failed,
        }
        return scores[outcome]


def read_calibration(words: str) -> Calibration:
    """A calibration as it is typed: `partly=0.6, mixed=either`.

    Args:
        words: pairs with commas between them; a score is a number from 0 to 1 with at most
            three decimals, or `either`. What is not named keeps its usual score.

    Raises:
        CasebookError: a pair cannot be read.
    """
    changed: dict[str, SetScore] = {}
    for pair in filter(None, (part.strip() for part in words.split(","))):
        name, equals, value = (part.strip().casefold() for part in pair.partition("="))
        field = name.replace(" ", "_").replace("-", "_")
        if not equals or field not in Calibration._fields:
            known = ", ".join(field.replace("_", "-") for field in Calibration._fields)
            raise CasebookError(f"A score is written partly=0.6; the names are {known}.")
        changed[field] = EITHER if value == "either" else _number(value)
    return Calibration()._replace(**changed)


def _number(words: str) -> SetScore:
    try:
        number = float(words)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise CasebookError("A score is a number from 0 to 1, or either.")
    at = round(number * WHOLE)
    return SetScore(at, at)


class PatternCase(NamedTuple):
    """A case as scores.

    Attributes:
        scores: by point, in the order of the table's points.
        outcome: how far it has the outcome that is asked about.
    """

    slug: str
    title: str
    scores: tuple[SetScore, ...]
    outcome: SetScore

    @property
    def sides(self) -> tuple[bool | None, ...]:
        """By point: inside the set, outside it, or not known."""
        return tuple(score.side for score in self.scores)

    @property
    def is_complete(self) -> bool:
        """True if every point and the outcome are on a known side."""
        return self.outcome.side is not None and None not in self.sides


class PatternTable(NamedTuple):
    """Cases by points, as scores.

    Attributes:
        points: their keys.
    """

    points: tuple[str, ...]
    cases: tuple[PatternCase, ...]

    @property
    def complete(self) -> tuple[PatternCase, ...]:
        """The cases of which nothing is open."""
        return tuple(case for case in self.cases if case.is_complete)
