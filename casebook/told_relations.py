"""The words of told order: how one event stands to another, and what of its date that bounds."""

from enum import StrEnum


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
