"""The closed lists of words that lists of entries need: kinds, outcomes, ratings, other names.

Lists that only pages and packs need stand in rooms of their own, so that a start does not wait
for them: `casebook.statement_kinds`, `casebook.told_relations`, `casebook.source_grades`,
`casebook.roles`.
"""

from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What an entry is. The first three are the cases."""

    ALLIANCE = "alliance"
    FIRM = "firm"
    REGION = "region"
    PROGRAMME = "programme"
    ORGANISATION = "organisation"

    @property
    def plural(self) -> str:
        return self.value + "s"

    @property
    def is_case(self) -> bool:
        return self in CASES


CASES = (Kind.ALLIANCE, Kind.FIRM, Kind.REGION)


class Outcome(StrEnum):
    """How a case had fared when its source was written."""

    SUCCESS = "success"
    MIXED = "mixed"
    STRUGGLING = "struggling"
    FAILED = "failed"
    OPEN = "open"
    """Under way, with nothing yet to judge by."""

    @property
    def said(self) -> str:
        """The outcome as people read it."""
        return "not yet known" if self is Outcome.OPEN else self.value


class Sealed(StrEnum):
    """What a students' edition has in the place of a rating or an outcome not yet revealed."""

    SEALED = "sealed"

    @property
    def said(self) -> str:
        """The same as people read it, where there is little room."""
        return self.value


SEALED_WORDS = "sealed until your lecturer reveals it"
SEALED_OUTCOMES = "The outcomes are sealed until your lecturer reveals them"
SEALED_RATINGS = "The ratings are sealed until your lecturer reveals them"


class Rating(StrEnum):
    """How far a case meets a criterion; `SILENT` where the book has no assessment of it."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not met"
    SILENT = "silent"


GivenRating = Literal[Rating.MET, Rating.PARTLY, Rating.NOT_MET]
"""What an assessment says. Silence is not stored."""


class Contested(StrEnum):
    """What a book has in the place of an outcome or a rating that sources give differently.

    Apart from the words that somebody may give, so that none of them is taken for it.
    """

    CONTESTED = "contested"

    @property
    def said(self) -> str:
        """It as people read it."""
        return self.value


CONTESTED = Contested.CONTESTED
StoredOutcome = Outcome | Contested
"""What the file of a book has; what is sealed in an edition is not in it."""
BookOutcome = Outcome | Contested | Sealed
BookRating = Rating | Contested | Sealed
"""What a book has: one of the words, that sources disagree, or that an edition does not hold it."""


class ContestedPart(StrEnum):
    """What of an entry sources disagree on."""

    OUTCOME = "outcome"
    RATING = "rating"
    EVENT = "event"
    FIGURE = "figure"

    @property
    def said(self) -> str:
        """It as people read it."""
        return "date or place" if self is ContestedPart.EVENT else self.value


class AliasKind(StrEnum):
    """What sort of other name an alias is."""

    NATIVE = "native script"
    ROMANISATION = "romanisation"
    MISSPELLING = "source spelling"
    """As a source writes it, where that is a slip."""
    SHORT = "short form"
    FULL = "full name"
    TRANSLATION = "translation"
    FORMER = "former name"
    BRAND = "brand"
