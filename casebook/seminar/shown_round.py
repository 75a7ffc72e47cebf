"""Which round of a class is shown where nobody has chosen one."""

from __future__ import annotations

from itertools import pairwise

from casebook.seminar.class_limits import FEWEST_SHOWN
from casebook.seminar.class_values import ClassRecord


def round_to_show(record: ClassRecord, fewest: int = 0) -> int | None:
    """The last round that enough students have answered; None while there are no answers.

    Of a round that has just begun, a few answers would take the place of a whole class's, and
    show who gave them. The first round is shown from its first answer on.

    Args:
        fewest: the tallies of fewer students are withheld; 0 for no such choice.
    """
    for before, number in reversed(list(pairwise(record.rounds))):
        if students_in(record, number) >= _enough(students_in(record, before), fewest):
            return number
    return record.rounds[0] if record.rounds else None


def students_in(record: ClassRecord, number: int) -> int:
    """How many students have answered in a round."""
    return len({answer.student for answer in record.answers if answer.round == number})


def _enough(before: int, fewest: int) -> int:
    """How many students a round needs after one that so many have answered."""
    return fewest or min(FEWEST_SHOWN, (before + 1) // 2)


def begun_said(record: ClassRecord, shown: int | None) -> str:
    """That a round after the one that is shown has begun: `Round 2 has begun, with 1 student`.

    Empty where the last is shown.
    """
    last = max(record.rounds, default=0)
    if not shown or last <= shown:
        return ""
    students = students_in(record, last)
    return f"Round {last} has begun, with {students} {'student' if students == 1 else 'students'}"
