"""The order in which points are asked, the answers that are given, and the scores."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from casebook.notebook.values import QuizCard
from casebook.quiz.points import PointKey, QuizPoint
from casebook.quiz.spacing import standing
from casebook.vocabulary import Rating


class Queue(NamedTuple):
    """Points by when they are to be asked.

    Attributes:
        due: those that are due: what was missed last comes first, then the least known.
        new: those that were never asked, in their order.
        resting: those that are known well enough for today, the next to be due first.
        next_due: the day from which the first of these is due; None where none rests.
    """

    due: tuple[PointKey, ...]
    new: tuple[PointKey, ...]
    resting: tuple[PointKey, ...]
    next_due: date | None = None

    def asked(self, limit: int | None = None, *, every: bool = False) -> list[PointKey]:
        """The points of one round.

        Args:
            limit: how many at the most.
            every: those that rest as well.
        """
        return [*self.due, *self.new, *(self.resting if every else ())][:limit]


def queue_of(keys: Iterable[PointKey], cards: Mapping[PointKey, QuizCard], today: date) -> Queue:
    """Puts points in the order of asking. Each is in exactly one part of the queue.

    Args:
        cards: what the reader has answered before.
        today: the reader's day.
    """
    due, new, resting = [], [], []
    for place, key in enumerate(dict.fromkeys(keys)):
        card = cards.get(key)
        if card is None:
            new.append(key)
            continue
        known = standing(card.box, card.answered)
        if known.is_due(today):
            due.append((known.box, known.due, place, key))
        else:
            resting.append((known.due, known.box, place, key))
    due.sort()
    resting.sort()
    return Queue(
        tuple(key for *_, key in due),
        tuple(new),
        tuple(key for *_, key in resting),
        resting[0][0] if resting else None,
    )


def cards_by_point(cards: Iterable[QuizCard]) -> dict[PointKey, QuizCard]:
    """The cards of a book by what they are about."""
    return {PointKey(card.entry, card.framework, card.criterion): card for card in cards}


class GivenAnswer(NamedTuple):
    """An answer of the reader's.

    Attributes:
        is_again: the point was missed a moment ago, and the book's rating shown.
    """

    point: QuizPoint
    rating: Rating
    reason: str = ""
    is_again: bool = False

    @property
    def is_right(self) -> bool:
        """Whether the book gives the same rating."""
        return self.rating is self.point.cell.rating


@dataclass(slots=True)
class Round:
    """Questions in turn; what is missed is asked once more at the end.

    Args:
        keys: the points, in the order in which they are asked.
    """

    keys: Sequence[PointKey]
    answers: list[GivenAnswer] = field(default_factory=list)
    _at: int = 0
    _again: list[PointKey] = field(default_factory=list)

    @property
    def current(self) -> PointKey | None:
        """The point that is asked now; None when the round is over."""
        if self._at < len(self.keys):
            return self.keys[self._at]
        at = self._at - len(self.keys)
        return self._again[at] if at < len(self._again) else None

    @property
    def is_again(self) -> bool:
        """Whether the point that is asked now was missed in this round."""
        return self._at >= len(self.keys)

    @property
    def number(self) -> int:
        """The number of the question, from 1."""
        return self._at + 1

    @property
    def count(self) -> int:
        """How many questions the round has by now."""
        return len(self.keys) + len(self._again)

    @property
    def left(self) -> int:
        """How many questions have not been answered or passed over."""
        return self.count - self._at

    def answer(self, given: GivenAnswer) -> None:
        """Takes the answer to the current point and goes on to the next."""
        self.answers.append(given)
        if not given.is_right and not given.is_again:
            self._again.append(given.point.key)
        self._at += 1

    def take_back(self) -> None:
        """Goes back to the point that was answered last; its answer does not count."""
        given = self.answers.pop()
        if not given.is_right and not given.is_again:
            self._again.remove(given.point.key)
        keys = [*self.keys, *self._again]
        first = len(self.keys) if given.is_again else 0
        self._at = keys.index(given.point.key, first)

    def skip(self) -> None:
        """Goes on without an answer."""
        self._at += 1


class Tally(NamedTuple):
    """How often one case or point was answered as the book has it."""

    name: str
    right: int
    asked: int


class Score(NamedTuple):
    """How well the reader has answered.

    Attributes:
        missed: the first answers that were not the book's.
    """

    right: int
    asked: int
    by_case: tuple[Tally, ...]
    by_point: tuple[Tally, ...]
    missed: tuple[GivenAnswer, ...] = ()

    @property
    def said(self) -> str:
        """`7 of 10 right`."""
        return f"{self.right} of {self.asked} right" if self.asked else "nothing answered"


def score_of(answers: Iterable[GivenAnswer]) -> Score:
    """The score of a round; what was asked again, with the answer just shown, does not count."""
    first = [given for given in answers if not given.is_again]
    return Score(
        sum(given.is_right for given in first),
        len(first),
        _tallied(
            (given.point.entry.slug, given.point.entry.title, given.is_right, 1) for given in first
        ),
        _tallied(
            (
                (given.point.framework.slug, given.point.criterion.key),
                f"{given.point.criterion.key} {given.point.criterion.title}",
                given.is_right,
                1,
            )
            for given in first
        ),
        tuple(given for given in first if not given.is_right),
    )


def score_of_cards(cards: Iterable[QuizCard], names: Mapping[tuple[str, str], str]) -> Score:
    """The score of everything that was ever answered.

    Args:
        names: those of the points, by framework and key.
    """
    known = sorted(cards, key=lambda card: (card.title.casefold(), card.framework, card.criterion))
    right = [max(card.asked - card.missed, 0) for card in known]
    points = [(card.framework, card.criterion) for card in known]
    return Score(
        sum(right),
        sum(card.asked for card in known),
        _tallied(
            (card.entry, card.title, hits, card.asked)
            for card, hits in zip(known, right, strict=True)
        ),
        _tallied(
            (point, names.get(point, " ".join(point)), hits, card.asked)
            for card, hits, point in sorted(
                zip(known, right, points, strict=True), key=lambda row: row[2]
            )
        ),
    )


def _tallied(rows: Iterable[tuple[Hashable, str, int, int]]) -> tuple[Tally, ...]:
    """Adds up rows of key, name, right and asked, in the order in which the keys come."""
    found: dict[Hashable, Tally] = {}
    for key, name, right, asked in rows:
        before = found.get(key, Tally(name, 0, 0))
        found[key] = Tally(name, before.right + right, before.asked + asked)
    return tuple(found.values())
