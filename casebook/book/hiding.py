"""What of a book is hidden from its reader for a while."""

from collections.abc import Iterable
from typing import NamedTuple

HIDDEN = "The book's ratings and the outcome are hidden while you rate this case yourself."
"""What stands on the page of an entry in place of what is hidden."""


class Hiding(NamedTuple):
    """What of a book is hidden.

    Attributes:
        entries: the slugs of the entries whose ratings are hidden.
        seen: cells that are shown nevertheless: slug, framework and key of the point.
        seen_whole: entries of which all ratings by a framework are shown: slug and framework.
    """

    entries: frozenset[str] = frozenset()
    seen: frozenset[tuple[str, str, str]] = frozenset()
    seen_whole: frozenset[tuple[str, str]] = frozenset()

    def hides(self, entry: str, framework: str, criterion: str) -> bool:
        """Whether the rating of an entry by a point is hidden."""
        return (
            entry in self.entries
            and (entry, framework) not in self.seen_whole
            and (entry, framework, criterion) not in self.seen
        )

    def hides_outcome(self, entry: str) -> bool:
        """Whether the outcome of an entry is hidden: until all its ratings by one framework
        are shown."""
        return entry in self.entries and not any(entry == slug for slug, _ in self.seen_whole)

    def among(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Those of some entries of which anything is hidden, in their order."""
        return tuple(slug for slug in slugs if slug in self.entries)


NOTHING = Hiding()
