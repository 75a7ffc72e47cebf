"""What is known of the order of one event and all others of a timeline, as a table to read."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from casebook.account_words import OVER_ALL
from casebook.book.page_values import EventLine
from casebook.book.told import ToldLines
from casebook.dates import TimeOrder
from casebook.document import DocBlock, Set
from casebook.text import Text
from casebook.timeline.verdicts import verdict

MOST_RELATED = 200
"""Events that one is held against; of a longer timeline those nearest to it in the list."""
MOST_NAMED = 8
"""Events that are named in a line of the table."""


class RelatedBy(StrEnum):
    """What is known of the order of two events; the value is the name of the line."""

    BEFORE = "Before"
    AFTER = "After"
    OVERLAPPING = "Overlaps"
    TOLD = "Told"
    """No date says it, but a source tells which began first."""
    UNKNOWN = "Unknown"


class Related(NamedTuple):
    """The events that stand in one relation to another, in the order of the timeline.

    Attributes:
        names: what each is called; of those told, with which began first, and which dates
            sources disagree on.
    """

    by: RelatedBy
    names: tuple[str, ...]


def relations(event: EventLine, others: Iterable[EventLine], told: ToldLines) -> list[Related]:
    """What came before an event, what after it, and of what that is told or not known."""
    every = list(others)
    at = next((at for at, other in enumerate(every) if other.id == event.id), 0)
    first = max(min(at - MOST_RELATED // 2, len(every) - MOST_RELATED), 0)
    found: dict[RelatedBy, list[str]] = {by: [] for by in RelatedBy}
    for other in every[first : first + MOST_RELATED]:
        if other.id == event.id:
            continue
        known = verdict(other, event, told)
        name = other.short
        if known.order is TimeOrder.TOLD:
            name += " (before)" if known.is_first else " (after)"
        elif other.is_over_accounts and not event.is_over_accounts:
            name += f" ({OVER_ALL})"
        found[_RELATIONS[known.order]].append(name)
    return [Related(by, tuple(names)) for by, names in found.items() if names]


_RELATIONS = {
    TimeOrder.BEFORE: RelatedBy.BEFORE,
    TimeOrder.AFTER: RelatedBy.AFTER,
    TimeOrder.OVERLAPS: RelatedBy.OVERLAPPING,
    TimeOrder.TOLD: RelatedBy.TOLD,
    TimeOrder.UNKNOWN: RelatedBy.UNKNOWN,
}


def relation_blocks(found: Iterable[Related], event: EventLine) -> list[DocBlock]:
    """The table, a line for each relation; it says where it goes by several accounts.

    Args:
        event: the one that the others are held against.
    """
    blocks = []
    if event.is_over_accounts:
        blocks.append(DocBlock(Set.FACT, Text(OVER_ALL), "Order"))
    for by, names in found:
        more = len(names) - MOST_NAMED
        words = "; ".join(names[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
        blocks.append(DocBlock(Set.FACT, Text(words), str(by.value)))
    return blocks
