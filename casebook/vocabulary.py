"""The closed lists of words that a book uses; those of relations are in `casebook.roles`."""

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


class EventKind(StrEnum):
    """What sort of thing happened; one possible division of a timeline into lanes."""

    FOUNDING = "founding"
    PRODUCT = "product"
    EXPORT = "export"
    PRODUCTION = "production abroad"
    ALLIANCE = "alliance"
    SUPPORT = "public support"
    LAW = "law and policy"
    TROUBLE = "trouble"
    ECONOMY = "economy"
    REPORT = "report"
    OTHER = "other"


class TimeRelation(StrEnum):
    """What a source says of the order of two events.

    Each is read in its weakest sense, so that nothing is concluded that was not said.
    """

    AFTER = "after"
    """It began on the day that the other began, or later."""
    BEFORE = "before"
    """It began on the day that the other began, or earlier."""
    DURING = "during"
    """It began no earlier and ended no later than the other."""


class BoundName(StrEnum):
    """One of the four bounds of an event."""

    EARLIEST_BEGIN = "earliest begin"
    LATEST_BEGIN = "latest begin"
    EARLIEST_END = "earliest end"
    LATEST_END = "latest end"


class FigureKind(StrEnum):
    """How a number came to be."""

    STATED = "stated"
    """A source says it, and names no survey."""
    MEASURED = "measured"
    ESTIMATED = "estimated"
    SUPPOSED = "supposed"
    FORECAST = "forecast"
    FIXED = "fixed"
    """Set by rule or agreement: a levy, a budget, a number of principles."""
    TARGET = "target"


class StatementKind(StrEnum):
    """What a statement of a book is; each has a table of its name."""

    ALIAS = "alias"
    SETTING = "setting"
    PASSAGE = "passage"
    RELATION = "relation"
    PERSON = "person"
    EVENT = "event"
    FIGURE = "figure"
    FRAMEWORK = "framework"
    CRITERION = "criterion"
    ASSESSMENT = "assessment"
    EXHIBIT = "exhibit"
    TEACHING = "teaching"
    TERM = "term"
    MENTION = "mention"
    TOLD = "told"
    ACCOUNT = "account"


class Grade(StrEnum):
    """How much a source is worth as evidence, by who stands behind it."""

    A = "A"
    B = "B"
    C = "C"

    @property
    def said(self) -> str:
        """Whose words are of this grade."""
        return _GRADES[self]


_GRADES = {
    Grade.A: "official, international organisation or academic",
    Grade.B: "press, firm or association",
    Grade.C: "encyclopaedia, blog or copy",
}


class Extent(StrEnum):
    """How much of a source was read."""

    WHOLE = "whole"
    PART = "in part"


class Whose(StrEnum):
    """Whose notebook a file was made of."""

    MINE = "mine"
    THEIRS = "theirs"
    """Another reader's: what they rated, read and searched for is not the reader's own."""
