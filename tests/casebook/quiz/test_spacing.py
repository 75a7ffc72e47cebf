"""When a point is asked again."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casebook.quiz.spacing import (
    DAYS_OF_REST,
    FIRST_BOX,
    LAST_BOX,
    CardStanding,
    box_after,
    standing,
)

_DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2200, 1, 1))
_BOXES = st.integers(min_value=FIRST_BOX, max_value=LAST_BOX)


def test_what_is_missed_is_due_at_once_and_what_is_known_rests_ever_longer() -> None:
    today = date(2026, 5, 1)
    box = FIRST_BOX
    rests = []
    for _ in range(6):
        box = box_after(box, is_right=True)
        rests.append((CardStanding(box, today).due - today).days)
    assert rests == [1, 3, 9, 27, 27, 27]
    assert CardStanding(box_after(box, is_right=False), today).is_due(today)


@given(_BOXES, _DAYS, _DAYS)
def test_no_point_is_ever_lost(box: int, answered: date, today: date) -> None:
    """Whatever day the clock said, every point is due within the longest rest from today."""
    kept = CardStanding(box, answered)
    waits = (today + timedelta(days=wait) for wait in range(DAYS_OF_REST[-1] + 1))
    assert any(kept.is_due(day) for day in waits)


@given(_BOXES, _DAYS, st.integers(min_value=0, max_value=400))
def test_what_is_due_stays_due_until_it_is_answered(box: int, answered: date, later: int) -> None:
    kept = CardStanding(box, answered)
    assert kept.is_due(kept.due + timedelta(days=later))


@given(st.lists(st.booleans(), max_size=30))
def test_the_box_follows_from_the_answers_alone(answers: list[bool]) -> None:
    box = FIRST_BOX
    for is_right in answers:
        box = box_after(box, is_right=is_right)
    known_since = next((at for at, is_right in enumerate(answers[::-1]) if not is_right), None)
    streak = len(answers) if known_since is None else known_since
    assert box == min(FIRST_BOX + streak, LAST_BOX)


@given(st.integers(), st.text())
def test_what_a_file_says_is_taken_as_far_as_it_can_be_meant(box: int, answered: str) -> None:
    kept = standing(box, answered)
    assert FIRST_BOX <= kept.box <= LAST_BOX
    assert kept.due >= kept.answered


def test_a_point_of_no_known_day_is_due() -> None:
    assert standing(5, "once upon a time").is_due(date(2026, 5, 1))
    assert standing(5, "9999-12-31T23:59:59Z").is_due(date(2026, 5, 1))
