"""What is shown of a class."""

from __future__ import annotations

from typing import NamedTuple


class ClassChoice(NamedTuple):
    """What is shown of a class.

    Attributes:
        round: its number; 0 for the last that enough students have answered, or,
            while the screen is open, for the one that is shown.
        order: `divided` puts the most divided points first, `plan` keeps the order of the plan.
        fewest: tallies of fewer students are withheld.
    """

    round: int = 0
    order: str = "divided"
    fewest: int = 0
