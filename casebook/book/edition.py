"""For whom a book was built, and what is sealed in it."""

from __future__ import annotations

from typing import NamedTuple

from casebook.errors import CasebookError
from casebook.vocabulary import SEALED_OUTCOMES

RATINGS = "ratings"
OUTCOMES = "outcomes"
ENTRY = "entry:"
"""What can be sealed: the ratings, the outcomes, and an entry by its slug, `entry:SLUG`."""

_MOST_SHOWN = 8
_LONGEST_SHOWN = 100
"""Seals, and characters of each, that a message names."""

MOST_SEALS = 1_000
"""Seals that are read; a made-up book's are cut."""


class Edition(NamedTuple):
    """What a book holds.

    Attributes:
        is_for_students: it holds no teaching notes, answers or board plans.
        seals: what else it does not hold until that is revealed, in the order of its reveal.
    """

    is_for_students: bool = False
    seals: tuple[str, ...] = ()

    @property
    def has_ratings(self) -> bool:
        return RATINGS not in self.seals

    @property
    def has_outcomes(self) -> bool:
        return OUTCOMES not in self.seals

    @property
    def sealed_entries(self) -> tuple[str, ...]:
        """The slugs of the entries that are sealed."""
        return tuple(part.removeprefix(ENTRY) for part in self.seals if part.startswith(ENTRY))

    def is_sealed(self, slug: str) -> bool:
        """Whether an entry is sealed."""
        return f"{ENTRY}{slug}" in self.seals

    def require_teaching_notes(self) -> None:
        """
        Raises:
            CasebookError: the edition does not hold them.
        """
        if self.is_for_students:
            raise CasebookError(
                "This book is a students' edition: it does not hold the teaching notes."
            )

    def require_outcomes(self) -> None:
        """
        Raises:
            CasebookError: they are sealed.
        """
        if not self.has_outcomes:
            raise CasebookError(f"{SEALED_OUTCOMES}.")

    def require_everything(self) -> None:
        """
        Raises:
            CasebookError: the edition does not hold everything that its packs say.
        """
        if self.is_for_students:
            named = [part[:_LONGEST_SHOWN] for part in self.seals[:_MOST_SHOWN]]
            named += ["\N{HORIZONTAL ELLIPSIS}"] if len(self.seals) > _MOST_SHOWN else []
            sealed = f", nor what is sealed in it ({', '.join(named)})" if named else ""
            raise CasebookError(
                "This book is a students' edition: it does not hold the teaching notes"
                f"{sealed}. The book that it was made of holds everything."
            )
