"""What patterns are looked for: which points, which outcome, and what the marks are worth."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from casebook.patterns.scores import Calibration, read_calibration
from casebook.vocabulary import Outcome


class PatternsChoice(NamedTuple):
    """What is chosen.

    Attributes:
        framework: its slug; empty for the first of the book.
        points: their keys; None for those that any case is rated on.
        partly, mixed: what they count as, as scores are typed.
        scores: other scores, as they are typed.
        threshold: the least consistency of a combination that a formula covers.
    """

    framework: str = ""
    points: frozenset[str] | None = None
    outcome: Outcome = Outcome.SUCCESS
    partly: str = "either"
    mixed: str = "either"
    scores: str = ""
    threshold: Fraction = Fraction(1)

    @property
    def calibration(self) -> Calibration:
        """The scores; what is typed counts more than what is ticked.

        Raises:
            CasebookError: what is typed cannot be read.
        """
        return read_calibration(f"partly={self.partly},mixed={self.mixed},{self.scores}")
