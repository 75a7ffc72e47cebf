"""An interval tree: finds which of many spans touch a window."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf

from casebook.dates import LAST_DAY, Bounds

FAR = LAST_DAY
"""Days from a milestone that stand for an unknown distance, before or after it."""


class SpanIndex:
    """The possible spans of some bounds, in the order given.

    A binary tree over them holds the latest end below each node, so that finding `k` of `n`
    spans takes O(k log n).

    Args:
        bounds: sorted by earliest begin, unknown begins first.
    """

    def __init__(self, bounds: Sequence[Bounds]) -> None:
        self.begins: list[float] = [_or(-inf, span.earliest_begin) for span in bounds]
        self.ends: list[float] = [_or(inf, span.latest_end) for span in bounds]
        self.sorted_ends = sorted(self.ends)
        self._leaves = 1
        while self._leaves < len(bounds):
            self._leaves *= 2
        padding = [-inf] * (self._leaves - len(bounds))
        self._tree: list[float] = [-inf] * self._leaves + self.ends + padding
        for node in range(self._leaves - 1, 0, -1):
            self._tree[node] = max(self._tree[2 * node], self._tree[2 * node + 1])

    def __len__(self) -> int:
        return len(self.begins)

    def touching(self, first: int, last: int, most: int | None = None) -> list[int]:
        """The places of the spans that touch the days `first` to `last`, in order.

        Args:
            most: no more than so many.
        """
        limit = bisect_right(self.begins, last)
        found: list[int] = []
        nodes = [(1, 0, self._leaves)]
        while nodes and (most is None or len(found) < most):
            node, start, end = nodes.pop()
            if start >= limit or self._tree[node] < first:
                continue
            if node >= self._leaves:
                found.append(start)
                continue
            middle = (start + end) // 2
            nodes += [(2 * node + 1, middle, end), (2 * node, start, middle)]
        return found

    def count_touching(self, first: int, last: int) -> int:
        """How many spans touch the days `first` to `last`."""
        return bisect_right(self.begins, last) - bisect_left(self.sorted_ends, first)

    def count_before(self, day: int) -> int:
        """How many end before a day."""
        return bisect_left(self.sorted_ends, day)

    def count_after(self, day: int) -> int:
        """How many begin after a day."""
        return len(self.begins) - bisect_right(self.begins, day)

    def begun_within(self, first: int, last: int) -> range:
        """The places of the spans whose earliest begin is from `first` to `last`."""
        return range(bisect_left(self.begins, first), bisect_right(self.begins, last))


def _or(default: float, day: int | None) -> float:
    return default if day is None else day


def known_days(bounds: Sequence[Bounds]) -> tuple[int, int] | None:
    """The first and the last day that any of some bounds names, or None."""
    days = [day for span in bounds for day in span if day is not None and abs(day) < FAR]
    return (min(days), max(days)) if days else None
