"""Told order: what sources say of the order and the distance of events, and what came first.

A source may say that one event came after another, or two years after it, without a date
for either. What follows from that for their dates is worked out by `casebook.told_bounds`
when a book is built.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from casebook.dates import Bounds
from casebook.durations import Duration
from casebook.told_relations import TimeRelation

EventId = TypeVar("EventId", bound=Hashable)
"""What identifies an event."""


@dataclass(frozen=True, slots=True)
class Told(Generic[EventId]):
    """What a source says of the order or the distance of two events.

    Attributes:
        event: the event that the statement is about.
        other: the event that it is placed against.
        least: the shortest time between their beginnings; None where no limit is told.
        most: the longest time between their beginnings; None where no limit is told.
    """

    event: EventId
    relation: TimeRelation
    other: EventId
    least: Duration | None = None
    most: Duration | None = None


@dataclass(slots=True)
class ToldGraph(Generic[EventId]):
    """Which of two events came first, as far as sources tell it, at once or over others."""

    told: Sequence[Told[EventId]]
    _later: dict[EventId, list[tuple[EventId, Told[EventId]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for statement in self.told:
            first, second = statement.other, statement.event
            if statement.relation is TimeRelation.BEFORE:
                first, second = second, first
            self._later.setdefault(first, []).append((second, statement))

    def chain(self, first: EventId, second: EventId) -> tuple[Told[EventId], ...]:
        """The fewest statements by which `first` began no later than `second`, in order.

        Empty where no statements say so.
        """
        came_by: dict[EventId, tuple[EventId, Told[EventId]]] = {}
        queue = deque([first])
        while queue:
            event = queue.popleft()
            for later, statement in self._later.get(event, ()):
                if later in came_by or later == first:
                    continue
                came_by[later] = event, statement
                if later == second:
                    return self._back(came_by, second)
                queue.append(later)
        return ()

    @staticmethod
    def _back(
        came_by: Mapping[EventId, tuple[EventId, Told[EventId]]], event: EventId
    ) -> tuple[Told[EventId], ...]:
        steps: list[Told[EventId]] = []
        while event in came_by:
            event, statement = came_by[event]
            steps.append(statement)
        return tuple(reversed(steps))

    def sorted(self, events: Iterable[EventId], dates: Mapping[EventId, Bounds]) -> list[EventId]:
        """Events in told order; where that leaves a choice, by earliest begin, then as given.

        Args:
            events: each once. Statements over events that are not among them count as well.
            dates: their bounds.
        """
        import heapq

        wanted = list(events)
        position = {event: number for number, event in enumerate(wanted)}
        followers: dict[EventId, set[EventId]] = {event: set() for event in wanted}
        waiting = dict.fromkeys(wanted, 0)
        for event in wanted:
            for later in self._reached(event):
                if later in position and later != event:
                    followers[event].add(later)
        for event in wanted:
            for later in followers[event]:
                if event not in followers[later]:  # told to begin on the same day
                    waiting[later] += 1
        ready = [(dates[event].sort_key, position[event]) for event in wanted if not waiting[event]]
        heapq.heapify(ready)
        out: list[EventId] = []
        while ready:
            _, number = heapq.heappop(ready)
            event = wanted[number]
            out.append(event)
            for later in followers[event]:
                if event in followers[later]:
                    continue
                waiting[later] -= 1
                if not waiting[later]:
                    heapq.heappush(ready, (dates[later].sort_key, position[later]))
        return out

    def _reached(self, event: EventId) -> set[EventId]:
        found: set[EventId] = set()
        queue = [event]
        while queue:
            for later, _ in self._later.get(queue.pop(), ()):
                if later not in found:
                    found.add(later)
                    queue.append(later)
        return found
