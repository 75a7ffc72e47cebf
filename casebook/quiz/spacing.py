"""When a point is asked again: Leitner's boxes.

Sebastian Leitner, So lernt man lernen, Freiburg: Herder, 1972: a card that is known goes on to
the next of five boxes, and one that is missed goes back to the first; the further on the box,
the longer its cards rest. Leitner lets a box rest until it is full. Here each has a fixed time,
as in most programs since: from the second box on three times that of the box before.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

DAYS_OF_REST = (0, 1, 3, 9, 27)
"""How many days a card rests in each box; what was missed is due at once."""

FIRST_BOX, LAST_BOX = 1, len(DAYS_OF_REST)


class CardStanding(NamedTuple):
    """How well a point is known.

    Attributes:
        box: from `FIRST_BOX` to `LAST_BOX`.
        answered: the reader's day of the last answer.
    """

    box: int
    answered: date

    @property
    def due(self) -> date:
        """The day from which the point is asked again."""
        return self.answered + timedelta(days=DAYS_OF_REST[self.box - 1])

    def is_due(self, today: date) -> bool:
        """Whether the point is to be asked.

        An answer of a day that is still to come was given under a wrong clock; the point is
        due, lest it be lost until then.
        """
        return self.due <= today or self.answered > today


def standing(box: int, answered: str) -> CardStanding:
    """What a notebook has kept of a point, as far as it can be meant.

    Args:
        box: a number out of a file; beyond the boxes it is the nearest of them.
        answered: ISO 8601 in UTC; of what is no moment the point is due.
    """
    try:
        day = datetime.fromisoformat(answered).astimezone().date()
        # There must be room for the longest rest.
        day + timedelta(days=DAYS_OF_REST[-1])
    except (ValueError, OverflowError, OSError):
        day = date.min
    return CardStanding(min(max(box, FIRST_BOX), LAST_BOX), day)


def box_after(box: int, *, is_right: bool) -> int:
    """The box of a point after an answer.

    Args:
        box: the one that it was in; that of a new point is the first.
    """
    if not is_right:
        return FIRST_BOX
    return min(max(box, FIRST_BOX) + 1, LAST_BOX)
