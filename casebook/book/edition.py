"""For whom a book was built, and what is sealed in it."""

from collections.abc import Iterable
from typing import NamedTuple

from casebook.errors import CasebookError
from casebook.vocabulary import SEALED_OUTCOMES, SEALED_WORDS

RATINGS = "ratings"
OUTCOMES = "outcomes"
ENTRY = "entry:"
"""What can be sealed: the ratings, the outcomes, and an entry by its slug, `entry:SLUG`."""

_MOST_SHOWN = 8
_LONGEST_SHOWN = 100
"""Seals, and characters of each, that a message names."""

SEALED_LEFT_OUT = f"What is {SEALED_WORDS} is left out."
"""Stands beside every sentence that says of a book with seals that nothing was found."""

MOST_SEALS = 1_000
"""Seals that are read; a made-up book's are cut."""


def sealed_said(slugs: Iterable[str]) -> str:
    """A sentence that some entries are sealed; empty for none."""
    named = ", ".join(slugs)
    return f"{named}: {SEALED_WORDS}." if named else ""


def sealed_or(sealed: Iterable[str], nothing: str) -> str:
    """What is said where there is nothing of some entries to show.

    Args:
        sealed: the slugs of those that are sealed.
        nothing: what is said where none is.
    """
    return sealed_said(sealed) or nothing


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

    def seals_outcome(self, slug: str) -> bool:
        """Whether the outcome of a case is sealed: all are, or the whole entry."""
        return not self.has_outcomes or self.is_sealed(slug)

    @property
    def sealed_entries(self) -> tuple[str, ...]:
        """The slugs of the entries that are sealed."""
        return tuple(part.removeprefix(ENTRY) for part in self.seals if part.startswith(ENTRY))

    def is_sealed(self, slug: str) -> bool:
        """Whether an entry is sealed."""
        return f"{ENTRY}{slug}" in self.seals

    def sealed_among(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Those of some entries that are sealed, in their order."""
        return tuple(slug for slug in slugs if self.is_sealed(slug)) if self.seals else ()

    def refuse_sealed(self, slug: str) -> None:
        """
        Raises:
            CasebookError: the entry is sealed.
        """
        if self.is_sealed(slug):
            raise CasebookError(sealed_said([slug]))

    def as_far_as_revealed(self, nothing: str) -> str:
        """A sentence that nothing was found, which says so of a book in which anything is sealed.

        Args:
            nothing: the sentence; of a book without seals it is all that is said.
        """
        return f"{nothing} {SEALED_LEFT_OUT}" if self.seals else nothing

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
                f"{sealed}. The book that it was made from holds everything."
            )


WHOLE = Edition()
"""Of a book that holds everything that its packs say."""
