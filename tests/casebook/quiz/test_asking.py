"""In which order points are asked, and how well they were answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.book.connection import open_book
from casebook.notebook.values import QuizCard
from casebook.quiz.asking import GivenAnswer, Round, queue_of, score_of, score_of_cards
from casebook.quiz.guesses import NoGuessError, guess
from casebook.quiz.points import PointKey, askable_points, point_at
from casebook.quiz.spacing import DAYS_OF_REST, FIRST_BOX, LAST_BOX
from casebook.vocabulary import Rating
from tests.conftest import SHIPPED_BOOK

TODAY = date(2026, 5, 1)


def _card(key: PointKey, box: int, ago: int) -> QuizCard:
    answered = f"{TODAY - timedelta(days=ago)}T12:00:00"
    return QuizCard(
        "b", key.entry, key.framework, key.criterion, key.entry.title(), box, 3, 1, Rating.MET,
        "", answered,
    )  # fmt: skip


_KEYS = st.builds(PointKey, st.sampled_from("xyz"), st.just("f"), st.sampled_from("abcdefgh"))


@st.composite
def _kept(draw: st.DrawFn) -> tuple[list[PointKey], dict[PointKey, QuizCard]]:
    keys = draw(st.lists(_KEYS, unique=True))
    cards = {}
    for key in keys:
        if draw(st.booleans()):
            box = draw(st.integers(FIRST_BOX, LAST_BOX))
            cards[key] = _card(key, box, draw(st.integers(-40, 60)))
    return keys, cards


@given(_kept())
def test_every_point_is_in_the_queue_once(
    kept: tuple[list[PointKey], dict[PointKey, QuizCard]],
) -> None:
    keys, cards = kept
    queue = queue_of(keys, cards, TODAY)
    assert sorted(queue.asked(every=True)) == sorted(keys)
    assert set(queue.new) == set(keys) - cards.keys()


@given(_kept())
def test_what_was_missed_comes_before_what_is_known(
    kept: tuple[list[PointKey], dict[PointKey, QuizCard]],
) -> None:
    keys, cards = kept
    boxes = [cards[key].box for key in queue_of(keys, cards, TODAY).due]
    assert boxes == sorted(boxes)
    missed = {key for key, card in cards.items() if card.box == FIRST_BOX}
    assert missed <= set(queue_of(keys, cards, TODAY).due), "what was missed never rests"


@given(_kept(), st.randoms())
def test_the_order_follows_from_what_is_kept_alone(
    kept: tuple[list[PointKey], dict[PointKey, QuizCard]], random: object
) -> None:
    keys, cards = kept
    shuffled = list(cards.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again: Mapping[PointKey, QuizCard] = dict(shuffled)
    assert queue_of(keys, again, TODAY) == queue_of(keys, cards, TODAY)


@given(_kept())
def test_every_point_comes_again_when_one_goes_on_asking(
    kept: tuple[list[PointKey], dict[PointKey, QuizCard]],
) -> None:
    keys, cards = kept
    later = TODAY + timedelta(days=DAYS_OF_REST[-1] + 60)
    assert queue_of(keys, cards, later).resting == ()


def test_the_day_from_which_something_is_due_is_told() -> None:
    key = PointKey("x", "f", "a")
    queue = queue_of([key], {key: _card(key, 3, 1)}, TODAY)
    assert queue.asked() == []
    assert queue.next_due == TODAY + timedelta(days=2)
    assert queue.asked(every=True) == [key]


def test_what_is_missed_is_asked_once_more_at_the_end() -> None:
    with open_book(SHIPPED_BOOK) as book:
        keys = askable_points(book, ["nosaku"])[:3]
        asked = Round(keys)
        while (key := asked.current) is not None:
            point = point_at(book, key)
            rating = Rating.NOT_MET if key == keys[0] else point.cell.known_rating or Rating.SILENT
            asked.answer(GivenAnswer(point, rating, "", asked.is_again))
    assert [given.point.key for given in asked.answers] == [*keys, keys[0]]
    assert [given.is_again for given in asked.answers] == [False, False, False, True]
    score = score_of(asked.answers)
    assert (score.right, score.asked) == (2, 3)
    assert [tuple(tally) for tally in score.by_case] == [("Nosaku", 2, 3)]
    assert [tally.right for tally in score.by_point] == [0, 1, 1]
    assert [given.point.key for given in score.missed] == [keys[0]]


def test_the_score_of_all_answers_is_by_case_and_by_point() -> None:
    cards = [_card(PointKey("x", "f", "a"), 1, 0), _card(PointKey("y", "f", "a"), 1, 0)]
    score = score_of_cards(cards, {("f", "a"): "a Vision"})
    assert (score.right, score.asked, score.said) == (4, 6, "4 of 6 right")
    assert [tuple(tally) for tally in score.by_case] == [("X", 2, 3), ("Y", 2, 3)]
    assert [tuple(tally) for tally in score.by_point] == [("a Vision", 4, 6)]


@pytest.mark.parametrize(
    ("typed", "rating", "reason"),
    [
        ("1", Rating.MET, ""),
        (" Partly \n", Rating.PARTLY, ""),
        ("not  met: It sold nothing: at all", Rating.NOT_MET, "It sold nothing: at all"),
        ("not-met", Rating.NOT_MET, ""),
        ("0:", Rating.SILENT, ""),
    ],
)
def test_an_answer_is_a_rating_and_a_reason(typed: str, rating: Rating, reason: str) -> None:
    assert guess(typed) == (rating, reason)


@pytest.mark.parametrize("typed", ["", "4", "yes", ": met", "met because"])
def test_what_is_no_rating_is_refused(typed: str) -> None:
    with pytest.raises(NoGuessError, match="is not a rating"):
        guess(typed)


@given(st.text())
def test_anything_may_be_typed(typed: str) -> None:
    try:
        found = guess(typed)
    except NoGuessError:
        return
    assert found.rating in Rating


def test_only_main_points_are_asked_and_silent_ones_among_them(small_book: Path) -> None:
    with open_book(small_book) as book:
        keys = askable_points(book)
        assert keys == [("nosaku", "checklist", "a"), ("nosaku", "checklist", "b")]
        assert point_at(book, keys[1]).cell.rating is Rating.SILENT
