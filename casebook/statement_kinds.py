"""What statements, events and figures of a book are, as closed lists of words."""

from enum import StrEnum


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
