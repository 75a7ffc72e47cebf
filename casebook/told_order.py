"""Derives bounds from dates and from what sources tell of order and distance.

A source may say that one event came after another, or two years after it, without a date
for either. Dates and such statements together are a simple temporal problem (Dechter, Meiri
and Pearl, "Temporal constraint networks", Artificial Intelligence 49, 1991): unknown days,
and limits on the difference of two of them. Its tightest bounds are shortest paths in the
graph of the limits, from and to one origin whose day is known; it has no solution exactly
where the graph has a negative cycle.

Days are counted as in `datetime.date.toordinal`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from casebook.dates import Bounds
from casebook.vocabulary import BoundName, TimeRelation

EventId = TypeVar("EventId", bound=Hashable)
"""What identifies an event."""

MOST_REASONS = 60
"""Links of a chain of reasons that are kept."""


@dataclass(frozen=True, slots=True)
class Told(Generic[EventId]):
    """What a source says of the order or the distance of two events.

    Attributes:
        event: the event that the statement is about.
        other: the event that it is placed against.
        least: the fewest days between their beginnings; None where no limit is told.
        most: the most days between their beginnings; None where no limit is told.
    """

    event: EventId
    relation: TimeRelation
    other: EventId
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class DateLimit(Generic[EventId]):
    """A limit that the date of an event itself gives.

    Attributes:
        bound: which of its bounds; None for what holds of every event, that it does not
            end before it begins.
    """

    event: EventId
    bound: BoundName | None


Reason = DateLimit[EventId] | Told[EventId]
"""One link of a chain of reasons."""


class _Edge(NamedTuple, Generic[EventId]):
    """A limit on the difference of two days: `head` is at most `days` after `tail`.

    Attributes:
        tail, head: nodes of the graph.
        days: the weight of the edge; negative where `head` comes before `tail`.
        reason: the statement that sets the limit.
    """

    tail: int
    head: int
    days: int
    reason: Reason[EventId]


class Contradiction(Exception, Generic[EventId]):  # noqa: N818  (what it is, and not only that it is)
    """Dates and told order cannot all be true.

    Attributes:
        chain: the statements that contradict one another, each about an event that the next
            one is also about.
    """

    def __init__(self, chain: Sequence[Reason[EventId]]) -> None:
        super().__init__("dates and told order contradict one another")
        self.chain = tuple(chain)


@dataclass(frozen=True, slots=True)
class Tightened(Generic[EventId]):
    """The bounds of one event as they follow from everything that is known.

    Attributes:
        bounds: never wider than those that its own date gives.
        reasons: for each bound that is tighter than its own date gives, the chain of
            statements that made it so: the date that it starts from, then each step.
    """

    bounds: Bounds
    reasons: Mapping[BoundName, tuple[Reason[EventId], ...]]


def tightened(
    dates: Mapping[EventId, Bounds], told: Iterable[Told[EventId]]
) -> dict[EventId, Tightened[EventId]]:
    """The tightest bounds of all events.

    Args:
        dates: what the date of each event gives.
        told: statements about events of `dates`.

    Returns:
        the bounds of every event of `dates`, in its order. A bound that was tightened is
        attained by some choice of days that satisfies everything. What had always been going
        on keeps its beginning open, and what has not ended its end.

    Raises:
        Contradiction: no choice of days satisfies everything.
        KeyError: a statement is about an event that has no dates.
    """
    network = _Network(dates, told)
    network.check()
    highest = network.reach(backward=False)
    lowest = network.reach(backward=True)
    found: dict[EventId, Tightened[EventId]] = {}
    for event, given in dates.items():
        begin, end = network.nodes[event]
        reasons: dict[BoundName, tuple[Reason[EventId], ...]] = {}
        values: list[int | None] = []
        for name, own, node, paths in (
            (BoundName.EARLIEST_BEGIN, given.earliest_begin, begin, lowest),
            (BoundName.LATEST_BEGIN, given.latest_begin, begin, highest),
            (BoundName.EARLIEST_END, given.earliest_end, end, lowest),
            (BoundName.LATEST_END, given.latest_end, end, highest),
        ):
            day = None if _is_open(given, name) else paths.day(node)
            chain = paths.reasons(node) if day not in (None, own) else ()
            # A chain without a statement says nothing but that no event ends before it begins.
            is_told = any(isinstance(reason, Told) for reason in chain)
            if is_told:
                reasons[name] = chain
            values.append(day if is_told else own)
        found[event] = Tightened(Bounds(*values), reasons)
    return found


def _is_open(given: Bounds, name: BoundName) -> bool:
    """Whether a bound is of an end that the date says is open, and not merely unknown."""
    if name in (BoundName.EARLIEST_BEGIN, BoundName.LATEST_BEGIN):
        return given.always_had_been
    return given.unended


class _Network(Generic[EventId]):
    """The graph of the limits: an edge from u to v of weight w says v - u <= w."""

    def __init__(self, dates: Mapping[EventId, Bounds], told: Iterable[Told[EventId]]) -> None:
        self.nodes: dict[EventId, tuple[int, int]] = {}
        self.edges: list[_Edge[EventId]] = []
        self.open_ends: set[int] = set()
        count = 1  # node 0 is the origin, day 0
        for event, bounds in dates.items():
            is_moment = bounds.is_moment and not bounds.unended
            begin, end = (count, count) if is_moment else (count, count + 1)
            count = end + 1
            self.nodes[event] = begin, end
            if bounds.unended:
                self.open_ends.add(end)
            self._date(event, bounds)
        self.count = count
        for statement in told:
            self._tell(statement)

    def _date(self, event: EventId, bounds: Bounds) -> None:
        begin, end = self.nodes[event]
        for name, node, day in (
            (BoundName.EARLIEST_BEGIN, begin, bounds.earliest_begin),
            (BoundName.EARLIEST_END, end, bounds.earliest_end),
        ):
            if day is not None:
                self.edges.append(_Edge(node, 0, -day, DateLimit(event, name)))
        for name, node, day in (
            (BoundName.LATEST_BEGIN, begin, bounds.latest_begin),
            (BoundName.LATEST_END, end, bounds.latest_end),
        ):
            if day is not None:
                self.edges.append(_Edge(0, node, day, DateLimit(event, name)))
        if begin != end:
            self.edges.append(_Edge(end, begin, 0, DateLimit(event, None)))

    def _tell(self, told: Told[EventId]) -> None:
        begin, end = self.nodes[told.event]
        other_begin, other_end = self.nodes[told.other]
        first, second = (
            (begin, other_begin) if told.relation is TimeRelation.BEFORE else (other_begin, begin)
        )
        self.edges.append(_Edge(second, first, -max(0, told.least or 0), told))
        if told.most is not None:
            self.edges.append(_Edge(first, second, told.most, told))
        if told.relation is TimeRelation.DURING:
            # What has not ended has at least begun by the end of the other.
            last = begin if end in self.open_ends else end
            self.edges.append(_Edge(other_end, last, 0, told))

    def check(self) -> None:
        """Raises `Contradiction` for a negative cycle, wherever in the graph it is."""
        _Paths(self, range(self.count), backward=False)

    def reach(self, *, backward: bool) -> _Paths[EventId]:
        """Shortest paths from the origin, or to it."""
        return _Paths(self, (0,), backward=backward)


class _Paths(Generic[EventId]):
    """Shortest paths by the algorithm of Goldberg and Radzik.

    It is Bellman and Ford's, but each pass goes over the nodes that came nearer in an order
    in which one pass settles all that does not lie on a circle ("A heuristic improvement of
    the Bellman-Ford algorithm", Applied Mathematics Letters 6, 1993).
    """

    def __init__(
        self, network: _Network[EventId], starts: Iterable[int], *, backward: bool
    ) -> None:
        self.backward = backward
        self.distance: list[int | None] = [None] * network.count
        self.last_edge: list[_Edge[EventId] | None] = [None] * network.count
        self._leaving: list[list[_Edge[EventId]]] = [[] for _ in range(network.count)]
        for edge in network.edges:
            self._leaving[edge.head if backward else edge.tail].append(edge)
        nearer = list(starts)
        for node in nearer:
            self.distance[node] = 0
        while nearer:
            nearer = self._pass(self._in_order(nearer))
            self._look_for_a_cycle()

    def _pass(self, nodes: Iterable[int]) -> list[int]:
        """Shortens the paths over these nodes; says which nodes came nearer."""
        nearer: dict[int, None] = {}
        for node in nodes:
            here = self.distance[node]
            assert here is not None
            for edge in self._leaving[node]:
                other = self._end(edge)
                there = self.distance[other]
                if there is None or there > here + edge.days:
                    self.distance[other] = here + edge.days
                    self.last_edge[other] = edge
                    nearer[other] = None
        return list(nearer)

    def _in_order(self, nodes: Iterable[int]) -> list[int]:
        """What can come nearer by way of these nodes, each before those that it leads to."""
        seen: set[int] = set()
        finished: list[int] = []
        for start in nodes:
            if start in seen or not any(self._shortens(edge) for edge in self._leaving[start]):
                continue
            seen.add(start)
            path = [(start, iter(self._leaving[start]))]
            while path:
                node, edges = path[-1]
                for edge in edges:
                    other = self._end(edge)
                    if other not in seen and self._may_shorten(edge):
                        seen.add(other)
                        path.append((other, iter(self._leaving[other])))
                        break
                else:
                    path.pop()
                    finished.append(node)
        return finished[::-1]

    def _look_for_a_cycle(self) -> None:
        """Raises `Contradiction` where the last edges go round in a circle: a negative one."""
        walk_by = [0] * len(self.last_edge)  # the walk that came by a node
        for walk in range(1, len(walk_by)):
            node = walk
            while not walk_by[node]:
                walk_by[node] = walk
                edge = self.last_edge[node]
                if edge is None:
                    break
                node = self._start(edge)
            else:
                if walk_by[node] == walk:
                    raise Contradiction(self._around(node))

    def _around(self, start: int) -> list[Reason[EventId]]:
        """The reasons around a circle of last edges."""
        reasons: list[Reason[EventId]] = []
        node = start
        while not reasons or node != start:
            edge = self.last_edge[node]
            assert edge is not None
            reasons.append(edge.reason)
            node = self._start(edge)
        return _without_repetition(reasons if self.backward else reasons[::-1])

    def _shortens(self, edge: _Edge[EventId]) -> bool:
        """Whether the path over an edge is shorter than the one that is known."""
        here, there = self.distance[self._start(edge)], self.distance[self._end(edge)]
        return here is not None and (there is None or here + edge.days < there)

    def _may_shorten(self, edge: _Edge[EventId]) -> bool:
        """Whether it is at least as short, or would be once its start has been reached."""
        here, there = self.distance[self._start(edge)], self.distance[self._end(edge)]
        return here is None or there is None or here + edge.days <= there

    def _start(self, edge: _Edge[EventId]) -> int:
        return edge.head if self.backward else edge.tail

    def _end(self, edge: _Edge[EventId]) -> int:
        return edge.tail if self.backward else edge.head

    def day(self, node: int) -> int | None:
        """The limit of a node's day, or None."""
        distance = self.distance[node]
        if distance is None:
            return None
        return -distance if self.backward else distance

    def reasons(self, node: int) -> tuple[Reason[EventId], ...]:
        """The statements along the path, from the date that it starts with.

        Of a path of more than `MOST_REASONS` only the last are given.
        """
        reasons: list[Reason[EventId]] = []
        while (edge := self.last_edge[node]) is not None and len(reasons) < MOST_REASONS:
            reasons.append(edge.reason)
            node = self._start(edge)
        return tuple(_without_repetition(reasons[::-1]))


def _without_repetition(reasons: Iterable[Reason[EventId]]) -> list[Reason[EventId]]:
    """The reasons without those that hold of every event, each statement once in a row."""
    kept: list[Reason[EventId]] = []
    for reason in reasons:
        if isinstance(reason, DateLimit) and reason.bound is None:
            continue
        if not kept or kept[-1] != reason:
            kept.append(reason)
    return kept


@dataclass(slots=True)
class ToldGraph(Generic[EventId]):
    """A graph with an edge for each told statement, from the event that began first.

    It says which of two events came first, where one statement or a chain of them tells it.
    """

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


_DAYS_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTHS_OF_CYCLE = 400 * 12
"""After so many months the Gregorian calendar repeats itself."""
_DAYS_OF_CYCLE = 146_097


@lru_cache(maxsize=256)
def days_of_months(months: int) -> tuple[int, int]:
    """The fewest and the most days that so many months of the calendar can last."""
    cycles, rest = divmod(months, _MONTHS_OF_CYCLE)
    lengths = [_first_of(start + rest) - _first_of(start) for start in range(_MONTHS_OF_CYCLE)]
    return cycles * _DAYS_OF_CYCLE + min(lengths), cycles * _DAYS_OF_CYCLE + max(lengths)


def _first_of(month: int) -> int:
    """Days from the first day of a cycle (1 January of year 1) to the first of a month."""
    year, in_year = divmod(month, 12)
    days = year * 365 + year // 4 - year // 100 + year // 400 + _DAYS_BEFORE_MONTH[in_year]
    is_leap = (year + 1) % 4 == 0 and ((year + 1) % 100 != 0 or (year + 1) % 400 == 0)
    return days + (1 if is_leap and in_year > 1 else 0)
