"""An answer as it is typed: a rating, and after a colon the reason for it."""

from __future__ import annotations

from typing import NamedTuple

from casebook.errors import CasebookError
from casebook.rating_signs import RATING_KEYS
from casebook.safe_text import made_safe_line
from casebook.vocabulary import Rating

LONGEST_REASON = 1000

_WORDS = RATING_KEYS | {rating.value: rating for rating in Rating} | {"not-met": Rating.NOT_MET}
HOW_TO_ANSWER = "1 met, 2 partly, 3 not met, 0 silent"


class TypedGuess(NamedTuple):
    """A rating and the reason for it, which may be empty."""

    rating: Rating
    reason: str = ""


class NoGuessError(CasebookError):
    """What was typed is not a rating."""


def guess(line: str) -> TypedGuess:
    """Reads `2`, `partly`, `not met: It sold nothing`.

    Raises:
        NoGuessError: it begins with no rating.
    """
    typed, _, reason = made_safe_line(line).partition(":")
    rating = _WORDS.get(" ".join(typed.casefold().split()))
    if rating is None:
        raise NoGuessError(
            f"'{typed.strip()[:40]}' is not a rating. Answer with {HOW_TO_ANSWER};"
            " a reason may follow after a colon."
        )
    return TypedGuess(rating, reason.strip()[:LONGEST_REASON])
