"""Timelines as values: which events stand in which lane, and what lies behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from heapq import merge
from types import MappingProxyType
from typing import NamedTuple

from casebook.book.account_values import DatedAccount
from casebook.book.page_values import EventLine
from casebook.book.source_values import SourceLine
from casebook.book.told import ToldLines
from casebook.book.values import EntryRef
from casebook.dates import FIRST_DAY, LAST_DAY, Bounds, DateError, Within
from casebook.statement_kinds import EventKind
from casebook.timeline.elapsed import Lapse, lapse_between
from casebook.timeline.span_index import FAR, SpanIndex, known_days

NO_PLACE = "Place not said"
"""The lane of events that no source gives a place."""
UNDATED = "No date"
"""The lane of events to which no source gives a date, where they have one of their own."""
BACKGROUND = "Policy"
"""The lane of what laws, schemes and governments did meanwhile."""


class LanesBy(StrEnum):
    """What a lane stands for."""

    PLACE = "place"
    ENTRY = "entry"
    KIND = "kind"


class EventFilter(NamedTuple):
    """Which events a timeline shows. A filter is a value; narrowing it makes another.

    Attributes:
        kinds: any of these; none for all.
        places: lanes of places, any of these; none for all.
        first: the first day of a stretch of time that events must touch; None for no limit.
        last: its last day.
        certainly: they must touch it for certain, and not only possibly.
    """

    kinds: tuple[EventKind, ...] = ()
    places: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    certainly: bool = False

    def __bool__(self) -> bool:
        return bool(self.kinds or self.places) or (self.first, self.last) != (None, None)

    def allows(self, event: EventLine) -> bool:
        """Whether an event is shown."""
        if self.kinds and event.kind not in self.kinds:
            return False
        if self.places and not {*(event.lanes or (NO_PLACE,))} & {*self.places}:
            return False
        if (self.first, self.last) == (None, None):
            return True
        first = FIRST_DAY if self.first is None else self.first
        last = LAST_DAY if self.last is None else self.last
        match event.known.within(first, max(first, last)):
            case Within.CERTAINLY:
                return True
            case Within.POSSIBLY:
                return not self.certainly
            case _:
                return False


@dataclass(frozen=True, slots=True, eq=False)
class LaneEvent:
    """An event in a lane.

    Attributes:
        lane: the place of its lane in the chart.
        bounds: where it is drawn: its dates, or the time before or after a milestone.
        given: where its own date alone would have it; None for the same.
        accounts: where each account of its date has it; none where there is only one.
    """

    event: EventLine
    lane: int
    bounds: Bounds
    given: Bounds | None = None
    accounts: tuple[DatedAccount, ...] = ()

    @property
    def id(self) -> tuple[str, str, int]:
        """What it is known by in its chart, however that is arranged."""
        return self.event.entry.slug, self.event.key, self.lane


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """A row of a timeline: its name, and its events in told order and by earliest begin."""

    name: str
    items: tuple[LaneEvent, ...]
    index: SpanIndex
    note: str = ""
    """What is to be said of it: why it is empty, at which event it is aligned."""
    is_undated: bool = False
    """It has the events without a date, of all lanes."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a timeline is made of, before it is arranged.

    Attributes:
        entries: those that it is about, in the order asked for; none for a whole book.
        events: theirs, in told order and by earliest begin.
        background: what policy did meanwhile in their countries.
        told: what sources tell of the order of the events.
        volumes: the titles of the volumes by slug, in a book of several.
        sealed: the slugs of those of `entries` that are sealed, so that they have no events.
    """

    title: str
    entries: tuple[EntryRef, ...]
    events: tuple[EventLine, ...]
    background: tuple[EventLine, ...] = ()
    sources: dict[str, SourceLine] = field(default_factory=dict)
    told: ToldLines = field(default_factory=ToldLines)
    volumes: dict[str, str] = field(default_factory=dict)
    sealed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A timeline: its lanes and the events in them.

    Attributes:
        align: the kind of event at which the entries are laid over one another, or None
            for the calendar.
        milestones: the event at which each entry is aligned, by slug.
    """

    material: Material
    lanes_by: LanesBy
    lanes: tuple[Lane, ...]
    background: Lane
    chosen: EventFilter = EventFilter()
    align: EventKind | None = None
    milestones: dict[str, EventLine] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.material.title

    @property
    def entries(self) -> tuple[EntryRef, ...]:
        return self.material.entries

    @property
    def sources(self) -> dict[str, SourceLine]:
        return self.material.sources

    def put_in_order(self) -> None:
        """Has `items` ready before they are asked for: it takes a while with many events."""
        _ = self.items

    @cached_property
    def items(self) -> tuple[LaneEvent, ...]:
        """Every event of every lane, in told order and in the order of time."""
        if self.align:
            lanes = (lane.items for lane in self.lanes)
            return tuple(merge(*lanes, key=lambda item: (item.bounds.sort_key, item.id)))
        every = {item.event.id: item.event for lane in self.lanes for item in lane.items}
        ordered = self.told.sorted(every.values())
        position = {event.id: number for number, event in enumerate(ordered)}
        items = (item for lane in self.lanes for item in lane.items)
        return tuple(sorted(items, key=lambda item: (position[item.event.id], item.lane)))

    @property
    def told(self) -> ToldLines:
        return self.material.told

    @cached_property
    def events(self) -> tuple[EventLine, ...]:
        """The events, each once, in the order of time."""
        seen = {(item.event.entry.slug, item.event.key): item.event for item in self.items}
        return tuple(seen.values())

    @cached_property
    def extent(self) -> tuple[int, int] | None:
        """The first and last day that is known of any event; None without events."""
        items = [item for lane in self.lanes for item in lane.items]
        given = [item.given for item in items if item.given is not None]
        return known_days([*(item.bounds for item in items), *given])

    @property
    def left_out(self) -> tuple[EntryRef, ...]:
        """Entries that cannot be aligned, because they have no such event."""
        if self.align is None:
            return ()
        return tuple(entry for entry in self.entries if entry.slug not in self.milestones)

    def lapse_of(self, item: LaneEvent) -> Lapse | None:
        """The time from its lane's milestone to another event; None on the calendar."""
        milestone = self.milestones.get(self.owner(item.lane)) if self.align else None
        if milestone is None or milestone is item.event:
            return None
        return lapse_between(milestone, item.event, self.told)

    def is_milestone(self, item: LaneEvent) -> bool:
        """Whether the time of its lane is counted from an event."""
        return self.align is not None and item.event is self.milestones.get(self.owner(item.lane))

    def owner(self, lane: int) -> str:
        """The slug of the entry that a lane is about; empty for lanes of places and kinds."""
        if self.lanes_by is LanesBy.ENTRY and 0 <= lane < len(self.entries):
            return self.entries[lane].slug
        return ""

    def arranged(
        self,
        lanes: LanesBy | str | None = None,
        chosen: EventFilter | None = None,
        align: EventKind | str | None = None,
        milestones: Mapping[str, str] | None = None,
    ) -> Chart:
        """The same events otherwise: in other lanes, filtered, or aligned.

        Args:
            lanes: None for the lanes that it has; alignment needs a lane an entry.
            align: None for the calendar.
            milestones: the keys of events to align at, by slug, where that is not the first
                of its kind.
        """
        return arranged(
            self.material,
            LanesBy(lanes) if lanes else self.lanes_by,
            self.chosen if chosen is None else chosen,
            EventKind(align) if align else None,
            milestones or {},
        )


def arranged(
    material: Material,
    lanes_by: LanesBy,
    chosen: EventFilter = EventFilter(),
    align: EventKind | None = None,
    milestones: Mapping[str, str] = MappingProxyType({}),
    *,
    undated_apart: bool = False,
) -> Chart:
    """Lays events into lanes; the arguments are those of `Chart.arranged`.

    Args:
        undated_apart: events to which nothing gives a date stand in a lane of their own.
    """
    found = milestones_of(material, align, milestones) if align else {}
    if align:
        lanes_by = LanesBy.ENTRY
    events = [event for event in material.events if chosen.allows(event)]
    undated = [event for event in events if is_undated(event)] if undated_apart else []
    if align or len(undated) == len(events):
        undated = []
    apart = {event.id for event in undated}
    named = _by_name(material, lanes_by, [event for event in events if event.id not in apart])
    lanes = tuple(
        _lane(number, name, events, material.told, found.get(slug) if align else None, bool(align))
        for number, (name, slug, events) in enumerate(named)
    )
    if undated:
        lane = _lane(len(lanes), UNDATED, undated, material.told)
        lanes = (*lanes, replace(lane, is_undated=True))
    background: tuple[EventLine, ...] = ()
    days = known_days([event.known for event in events])
    if not align and days:
        background = tuple(
            event
            for event in material.background
            if _is_shown(event, chosen) and event.known.within(*days) is not Within.NO
        )
    return Chart(
        material=material,
        lanes_by=lanes_by,
        lanes=lanes,
        background=_lane(-1, BACKGROUND, background, material.told),
        chosen=chosen,
        align=align,
        milestones=found,
    )


def is_undated(event: EventLine) -> bool:
    """Whether no source says when an event was, nor in which order with dated ones.

    A limit that the book infers from the source as a whole is no date.
    """
    bounds = event.known
    if event.derived is not None or bounds.earliest_begin is not None:
        return False
    return event.inferred or bounds.latest_end is None


def _is_shown(policy: EventLine, chosen: EventFilter) -> bool:
    """The background keeps to the filter's time; kinds and places are the cases' own."""
    return chosen._replace(kinds=(), places=()).allows(policy)


_Named = tuple[str, str, list[EventLine]]
"""A lane's name, the slug of its entry, and its events."""


def _by_name(material: Material, lanes_by: LanesBy, events: Iterable[EventLine]) -> list[_Named]:
    if lanes_by is LanesBy.ENTRY and material.entries:
        return _by_chosen_entry(material.entries, events)
    groups: dict[str, list[EventLine]] = defaultdict(list)
    for event in events:
        match lanes_by:
            case LanesBy.PLACE:
                for lane in event.lanes or (NO_PLACE,):
                    groups[lane].append(event)
            case LanesBy.ENTRY:
                groups[event.entry.title].append(event)
            case LanesBy.KIND:
                groups[event.kind.value].append(event)
    names = list(groups)
    if lanes_by is LanesBy.KIND:
        names = [kind.value for kind in EventKind if kind.value in groups]
    elif NO_PLACE in groups:
        names.sort(key=lambda name: name == NO_PLACE)
    return [(_capital(name), "", groups[name]) for name in names]


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _by_chosen_entry(entries: Iterable[EntryRef], events: Iterable[EventLine]) -> list[_Named]:
    """A lane for each entry asked for, with the events that it had or took part in."""
    lanes: dict[str, _Named] = {entry.slug: (entry.title, entry.slug, []) for entry in entries}
    for event in events:
        slugs = dict.fromkeys(
            (event.entry.slug, *(participant.entry.slug for participant in event.participants))
        )
        for slug in slugs:
            if slug in lanes:
                lanes[slug][2].append(event)
    return list(lanes.values())


def _lane(
    number: int,
    name: str,
    events: Iterable[EventLine],
    told: ToldLines,
    milestone: EventLine | None = None,
    is_aligned: bool = False,
) -> Lane:
    note = ""
    if is_aligned:
        if milestone is None:
            return Lane(name, (), SpanIndex(()), "has no such event")
        note = f"from {milestone.short}, {milestone.date_text}"
    item_of = {event.id: _item(event, number, told, milestone) for event in events}
    placed = {key: item.bounds for key, item in item_of.items()}
    ordered = told.sorted((item.event for item in item_of.values()), placed)
    items = tuple(item_of[event.id] for event in ordered)
    return Lane(name, items, SpanIndex([item.bounds for item in items]), note)


def _item(event: EventLine, lane: int, told: ToldLines, milestone: EventLine | None) -> LaneEvent:
    if milestone is None:
        given = event.bounds if event.derived else None
        return LaneEvent(event, lane, event.known, given, event.dated_accounts)
    bounds = since(milestone, event, told)
    given = since(milestone, event)
    accounts = () if milestone is event else event.dated_accounts
    return LaneEvent(
        event,
        lane,
        bounds,
        given if given != bounds else None,
        tuple(
            account._replace(bounds=_since(False, milestone.bounds, account.bounds))
            for account in accounts
        ),
    )


# Aligning


def milestones_of(
    material: Material, kind: EventKind, keys: Mapping[str, str] = MappingProxyType({})
) -> dict[str, EventLine]:
    """The event at which each entry is aligned, by slug: the one named, else its first of a kind.

    "First" is the one with the earliest begin that is known best: an event whose begin
    nobody can name stands back behind one that can be dated.

    Args:
        keys: `key` or `slug#key` of events that were named, by the entry's slug.
    """
    found: dict[str, EventLine] = {}
    for entry in material.entries:
        every = [event for event in material.events if _took_part(event, entry.slug)]
        named = keys.get(entry.slug, "")
        candidates = [
            event for event in every if named in (event.key, f"{event.entry.slug}#{event.key}")
        ]
        candidates = candidates or [event for event in every if event.kind is kind]
        if candidates:
            found[entry.slug] = min(
                candidates,
                key=lambda event: (
                    event.known.earliest_begin is None or event.known.latest_begin is None,
                    event.known.sort_key,
                ),
            )
    return found


def _took_part(event: EventLine, slug: str) -> bool:
    return event.entry.slug == slug or any(
        participant.entry.slug == slug for participant in event.participants
    )


def kinds_to_align(material: Material) -> tuple[EventKind, ...]:
    """The kinds of event that at least two of the entries, or the only one, have."""
    least = min(len(material.entries), 2)
    return tuple(
        kind for kind in EventKind if least and len(milestones_of(material, kind)) >= least
    )


def since(milestone: EventLine, event: EventLine, told: ToldLines | None = None) -> Bounds:
    """When an event was, in days since the beginning of a milestone.

    Two vague dates make a vaguer distance; only the milestone itself is at 0 for certain.

    Args:
        told: what is told of order and distance; None to go by the dates alone.
    """
    if told is None:
        return _since(milestone is event, milestone.bounds, event.bounds)
    bounds = _since(milestone is event, milestone.known, event.known)
    if milestone is event:
        return bounds
    lapse = lapse_between(milestone, event, told)
    begins = (
        _tighter(max, bounds.earliest_begin, lapse.fewest),
        _tighter(min, bounds.latest_begin, lapse.most),
    )
    if bounds.is_moment and not bounds.unended:
        return Bounds(*begins, *begins)
    earliest_end = bounds.earliest_end
    if earliest_end is not None and begins[0] is not None:
        earliest_end = max(earliest_end, begins[0])
    try:
        return Bounds(*begins, earliest_end, bounds.latest_end)
    except DateError:
        return bounds


def _tighter(chosen: Callable[[int, int], int], day: int | None, limit: int | None) -> int | None:
    return day if limit is None else limit if day is None else chosen(day, limit)


def _since(is_milestone: bool, origin: Bounds, bounds: Bounds) -> Bounds:
    if is_milestone:
        if bounds.is_moment:
            return Bounds(0, 0, 0, 0)
        shortest = _less(bounds.earliest_end, bounds.latest_begin)
        if bounds.unended:
            return Bounds(0, 0, None, None)
        return Bounds(
            0,
            0,
            max(shortest, 0) if shortest is not None else 0,
            _less(bounds.latest_end, bounds.earliest_begin),
        )
    earliest_begin = _less(bounds.earliest_begin, origin.latest_begin)
    latest_begin = _less(bounds.latest_begin, origin.earliest_begin)
    earliest_end = _less(bounds.earliest_end, origin.latest_begin)
    latest_end = _less(bounds.latest_end, origin.earliest_begin)
    # Two limits that are both missing would say that it had always been going on, or had
    # not ended; where they are merely unknown, a far one stands for that.
    if (earliest_begin, latest_begin) == (None, None) and not bounds.always_had_been:
        latest_begin = FAR if latest_end is None else latest_end
    if (earliest_end, latest_end) == (None, None) and not bounds.unended:
        earliest_end = -FAR if earliest_begin is None else earliest_begin
    return Bounds(earliest_begin, latest_begin, earliest_end, latest_end)


def _less(day: int | None, other: int | None) -> int | None:
    return None if day is None or other is None else day - other
