"""Told bounds: what follows from dates and from what sources say of order and distance.

A source may say that one event came after another, or two years after it, without a date
for either. Dates and such statements together are a simple temporal problem (Dechter, Meiri
and Pearl, "Temporal constraint networks", Artificial Intelligence 49, 1991): unknown days,
and limits on the difference of two of them. Its tightest bounds are shortest paths in the
graph of the limits, from and to one origin whose day is known; it has no solution exactly
where the graph has a negative cycle.

A distance in years or months is no fixed number of days. Its limit leads from a day to a day
of the calendar, later for later ones, so the shortest paths are found in the same way; only
whether the statements contradict one another without any date is asked with the fewest and
the most days that the distance can last.

Days are counted as in `datetime.date.toordinal`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, NamedTuple

from casebook.dates import FIRST_DAY, LAST_DAY, Bounds, DateError
from casebook.durations import Duration, Shift, month_begin, month_end
from casebook.limits import MOST_REASONS
from casebook.told_order import EventId, Told
from casebook.told_relations import BoundName, TimeRelation

MOST_ROUNDS = 10_000
"""How often a circle of statements is gone round. Only lengths of months can make a bound
tighter each time, by a day or so; what is found until then holds, if it is not the tightest."""


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

_Edge = tuple[int, int, int, Reason[EventId], Shift | None]
"""From, to, weight, the statement that it stands for, and the step in the calendar that takes
the place of the weight where it counts months."""


class _Path(NamedTuple, Generic[EventId]):
    """A path from where it starts to a node."""

    edge: _Edge[EventId]
    """The last."""
    before: _Path[EventId] | None
    """The path without its last edge; None where it has no other."""
    first: _Edge[EventId]


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


_NO_REASONS: Mapping[BoundName, tuple[Any, ...]] = MappingProxyType({})


def tightened(
    dates: Mapping[EventId, Bounds], told: Iterable[Told[EventId]]
) -> dict[EventId, Tightened[EventId]]:
    """The tightest bounds of all events.

    Args:
        dates: what the date of each event gives.
        told: statements about events of `dates`.

    Returns:
        the bounds of every event of `dates`, in its order. A bound that was tightened is
        attained by some choice of days that satisfies everything, or it is rounded from one
        that is. What had always been going on keeps its beginning open, and what has not
        ended its end.

    Raises:
        Contradiction: no choice of days satisfies everything, of the years 1 to 9999.
        KeyError: a statement is about an event that has no dates.
    """
    told = list(told)
    # An event of which nothing is told keeps its own date, and there may be tens of thousands.
    linked = {event for statement in told for event in (statement.event, statement.other)}
    network = _Network({event: dates[event] for event in dates if event in linked}, told)
    network.check()
    highest = network.reach(backward=False)
    lowest = network.reach(backward=True)
    found: dict[EventId, Tightened[EventId]] = {}
    for event, given in dates.items():
        if event not in linked:
            found[event] = Tightened(given, _NO_REASONS)
            continue
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
            if day is not None and any(isinstance(reason, Told) for reason in chain):
                rounded = _rounded(day, name, own, chain, dates)
                if rounded != own:
                    reasons[name] = chain
                values.append(rounded)
            else:
                values.append(own)
        found[event] = Tightened(_ordered(values, reasons), reasons)
    return found


def _rounded(
    day: int,
    name: BoundName,
    own: int | None,
    chain: Sequence[Reason[EventId]],
    dates: Mapping[EventId, Bounds],
) -> int | None:
    """A bound, by the month where nothing that it rests on is known by the day.

    Years and months lead from the edge of a month to the edge of a month; weeks do not. It is
    rounded outward, so that it still holds, but not beyond the bound of its own date. What
    leaves more than the years that a date can have says nothing.

    Raises:
        Contradiction: it leaves none of the years that a date can have.
    """
    is_low = name in (BoundName.EARLIEST_BEGIN, BoundName.EARLIEST_END)
    if not FIRST_DAY <= day <= LAST_DAY:
        if (day < FIRST_DAY) is is_low:
            return own
        raise Contradiction(chain)
    outward = month_begin if is_low else month_end
    start = chain[0]
    assert isinstance(start, DateLimit)
    if _is_known_by_day(dates[start.event], start.bound, outward):
        return day
    if any(limit.days for limit in _limits_used(start.event, chain[1:], is_low=is_low)):
        return day
    rounded = outward(day)
    if own is None:
        return rounded
    return max(rounded, own) if is_low else min(rounded, own)


def _limits_used(
    start: EventId, chain: Iterable[Reason[EventId]], *, is_low: bool
) -> Iterator[Duration]:
    """The distances that a bound rests on, along the chain from the event whose date it is.

    Of a statement that does not lead on from the last one, as of a chain that is kept in part,
    they are both of its limits.
    """
    at = start
    for told in chain:
        assert isinstance(told, Told)
        limits = [told.least, told.most]
        if at in (told.event, told.other):
            is_forth = at == told.other
            at = told.event if is_forth else told.other
            is_after = is_forth is not (told.relation is TimeRelation.BEFORE)
            limits = limits[:1] if is_after == is_low else limits[1:]
        yield from filter(None, limits)


def _is_known_by_day(bounds: Bounds, name: BoundName | None, outward: Callable[[int], int]) -> bool:
    """Whether a bound of a date is no edge of a month, or the date is that one day."""
    pair = bounds[:2] if name in (BoundName.EARLIEST_BEGIN, BoundName.LATEST_BEGIN) else bounds[2:]
    day = pair[0 if name in (BoundName.EARLIEST_BEGIN, BoundName.EARLIEST_END) else 1]
    return day is not None and (pair[0] == pair[1] or outward(day) != day)


def _ordered(
    values: Sequence[int | None], reasons: Mapping[BoundName, tuple[Reason[EventId], ...]]
) -> Bounds:
    """Four bounds, each of which may have been rounded.

    Raises:
        Contradiction: they are none, as may be where a circle was not gone round to its end.
    """
    earliest_begin, latest_begin, earliest_end, latest_end = values
    if earliest_begin is not None and earliest_end is not None:
        earliest_end = max(earliest_begin, earliest_end)
    if latest_begin is not None and latest_end is not None:
        latest_begin = min(latest_begin, latest_end)
    try:
        return Bounds(earliest_begin, latest_begin, earliest_end, latest_end)
    except DateError:
        chain = (reason for several in reasons.values() for reason in several)
        raise Contradiction(_without_repetition(chain)) from None


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
                self.edges.append((node, 0, -day, DateLimit(event, name), None))
        for name, node, day in (
            (BoundName.LATEST_BEGIN, begin, bounds.latest_begin),
            (BoundName.LATEST_END, end, bounds.latest_end),
        ):
            if day is not None:
                self.edges.append((0, node, day, DateLimit(event, name), None))
        if begin != end:
            self.edges.append((end, begin, 0, DateLimit(event, None), None))

    def _tell(self, told: Told[EventId]) -> None:
        begin, end = self.nodes[told.event]
        other_begin, other_end = self.nodes[told.other]
        first, second = (
            (begin, other_begin) if told.relation is TimeRelation.BEFORE else (other_begin, begin)
        )
        weight, shift = 0, None
        if told.least is not None:
            weight, shift = -told.least.fewest, _in_months(told.least.forward)
        self.edges.append((second, first, weight, told, shift))
        if told.most is not None:
            shift = _in_months(told.most.backward)
            self.edges.append((first, second, told.most.most, told, shift))
        if told.relation is TimeRelation.DURING:
            # What has not ended has at least begun by the end of the other.
            last = begin if end in self.open_ends else end
            self.edges.append((other_end, last, 0, told, None))

    def check(self) -> None:
        """Raises `Contradiction` for a negative cycle, wherever in the graph it is."""
        _Paths(self, range(self.count), backward=False, by_calendar=False)

    def reach(self, *, backward: bool) -> _Paths[EventId]:
        """Shortest paths from the origin, or to it, once `check` has found no fault."""
        return _Paths(self, (0,), backward=backward, by_calendar=True)


def _in_months(shift: Shift) -> Shift | None:
    return shift if shift.months else None


class _Paths(Generic[EventId]):
    """Shortest paths by the algorithm of Goldberg and Radzik.

    It is Bellman and Ford's, but each pass goes over the nodes that came nearer in an order
    in which one pass settles all that does not lie on a circle ("A heuristic improvement of
    the Bellman-Ford algorithm", Applied Mathematics Letters 6, 1993).

    Args:
        by_calendar: count months in the calendar, from the origin; otherwise as the fewest or
            the most days that they can last, and look for negative cycles.
    """

    def __init__(
        self,
        network: _Network[EventId],
        starts: Iterable[int],
        *,
        backward: bool,
        by_calendar: bool,
    ) -> None:
        self.backward = backward
        self.by_calendar = by_calendar
        self.distance: list[int | None] = [None] * network.count
        self.path: list[_Path[EventId] | None] = [None] * network.count
        self._leaving: list[list[_Edge[EventId]]] = [[] for _ in range(network.count)]
        for edge in network.edges:
            self._leaving[edge[1] if backward else edge[0]].append(edge)
        nearer = list(starts)
        for node in nearer:
            self.distance[node] = 0
        for _ in range(network.count + MOST_ROUNDS):
            if not nearer:
                break
            nearer = self._pass(self._in_order(nearer))
            if by_calendar:
                self._look_at_the_origin()
            else:
                self._look_for_a_cycle()

    def _pass(self, nodes: Iterable[int]) -> list[int]:
        """Shortens the paths over these nodes; says which nodes came nearer."""
        nearer: dict[int, None] = {}
        for node in nodes:
            here = self.distance[node]
            assert here is not None
            path = self.path[node]
            for edge in self._leaving[node]:
                other = self._end(edge)
                there, reached = self.distance[other], self._over(edge, here)
                if there is None or there > reached:
                    self.distance[other] = reached
                    self.path[other] = _Path(edge, path, path.first if path else edge)
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

    def _look_at_the_origin(self) -> None:
        """Raises `Contradiction` where a path comes back to the origin on an earlier day."""
        if self.path[0] is not None:
            raise Contradiction(self.reasons(0))

    def _look_for_a_cycle(self) -> None:
        """Raises `Contradiction` where the last edges go round in a circle: a negative one."""
        walk_by = [0] * len(self.path)  # the walk that came by a node
        for walk in range(1, len(walk_by)):
            node = walk
            while not walk_by[node]:
                walk_by[node] = walk
                path = self.path[node]
                if path is None:
                    break
                node = self._start(path.edge)
            else:
                if walk_by[node] == walk:
                    raise Contradiction(self._around(node))

    def _around(self, start: int) -> list[Reason[EventId]]:
        """The reasons around a circle of last edges."""
        reasons: list[Reason[EventId]] = []
        node = start
        while not reasons or node != start:
            path = self.path[node]
            assert path is not None
            reasons.append(path.edge[3])
            node = self._start(path.edge)
        return _without_repetition(reasons if self.backward else reasons[::-1])

    def _over(self, edge: _Edge[EventId], here: int) -> int:
        """The distance over an edge."""
        shift = edge[4] if self.by_calendar else None
        if shift is None:
            return here + edge[2]
        return -shift.earliest_after(-here) if self.backward else shift.latest_before(here)

    def _shortens(self, edge: _Edge[EventId]) -> bool:
        """Whether the path over an edge is shorter than the one that is known."""
        here, there = self.distance[self._start(edge)], self.distance[self._end(edge)]
        return here is not None and (there is None or self._over(edge, here) < there)

    def _may_shorten(self, edge: _Edge[EventId]) -> bool:
        """Whether it is at least as short, or would be once its start has been reached."""
        here, there = self.distance[self._start(edge)], self.distance[self._end(edge)]
        return here is None or there is None or self._over(edge, here) <= there

    def _start(self, edge: _Edge[EventId]) -> int:
        return edge[1] if self.backward else edge[0]

    def _end(self, edge: _Edge[EventId]) -> int:
        return edge[0] if self.backward else edge[1]

    def day(self, node: int) -> int | None:
        """The limit of a node's day, or None."""
        distance = self.distance[node]
        if distance is None:
            return None
        return -distance if self.backward else distance

    def reasons(self, node: int) -> tuple[Reason[EventId], ...]:
        """The statements along the path, from the date that it starts with.

        Of a longer path only the date and the last, `MOST_REASONS` together.
        """
        path = self.path[node]
        assert path is not None
        first, found = path.first[3], dict[Reason[EventId], None]()
        while path is not None and len(found) < MOST_REASONS:
            found[path.edge[3]] = None
            path = path.before
        others = _without_repetition(reason for reason in reversed(found) if reason != first)
        return first, *others[-(MOST_REASONS - 1) :]


def _without_repetition(reasons: Iterable[Reason[EventId]]) -> list[Reason[EventId]]:
    """The reasons without those that hold of every event, each once."""
    return [
        reason
        for reason in dict.fromkeys(reasons)
        if not (isinstance(reason, DateLimit) and reason.bound is None)
    ]
