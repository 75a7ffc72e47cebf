"""What a map shows: places of entries as points, and the way that each alliance took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from casebook.book import entries as book_entries
from casebook.book.connection import Book
from casebook.book.damage import note_damage
from casebook.book.events import events_of
from casebook.book.page_values import EventLine
from casebook.book.places import coordinates_by_slug
from casebook.book.source_values import SourceLine
from casebook.book.sources import sources_by_slug
from casebook.book.told import ToldLines
from casebook.book.values import Coordinates, EntryLine, EntryRef, PlaceLine
from casebook.citations import OWN
from casebook.dates import TimeOrder
from casebook.timeline.verdicts import verdict
from casebook.vocabulary import Kind


class PlaceOnMap(NamedTuple):
    """A place, and what the entries of a map have to do with it.

    Attributes:
        at: where it is; None where the book gives no coordinates.
        settings: the entries that are set there, in the map's order.
        events: what happened there, in told order and by earliest begin.
    """

    place: PlaceLine
    at: Coordinates | None
    settings: tuple[EntryRef, ...]
    events: tuple[EventLine, ...]

    @property
    def is_country(self) -> bool:
        """Whether it is a whole country, whose middle stands for something within it."""
        return self.place.name == self.place.country_name

    @property
    def entries(self) -> tuple[EntryRef, ...]:
        """All entries that have to do with it, those that are set there first."""
        named = (*self.settings, *(event.entry for event in self.events))
        return tuple({entry.slug: entry for entry in named}.values())


class Leg(NamedTuple):
    """The step of an alliance from one place to another, between two of its events.

    Attributes:
        start, end: slugs of places that have coordinates.
        is_certain: whether dates or sources tell that the events came in this order.
    """

    entry: EntryRef
    start: str
    end: str
    before: EventLine
    after: EventLine
    is_certain: bool


@dataclass(frozen=True, eq=False)
class WorldMap:
    """A map as a value, the same only as itself.

    Attributes:
        entries: those that it is about, in the order asked for; none for a whole book.
        points: places with coordinates, in the order of the entries and of their events.
        legs: the ways of alliances, one after the other.
        unplaced: places without coordinates, which are named beside the map.
        sealed: the slugs of those of `entries` that are sealed, so that they have no places.
    """

    title: str
    entries: tuple[EntryRef, ...]
    points: tuple[PlaceOnMap, ...]
    legs: tuple[Leg, ...]
    unplaced: tuple[PlaceOnMap, ...]
    sources: dict[str, SourceLine] = field(default_factory=dict)
    sealed: tuple[str, ...] = ()

    def point(self, slug: str) -> PlaceOnMap | None:
        """The point of a place, or None where it is not on the map."""
        return self._by_slug.get(slug)

    @cached_property
    def _by_slug(self) -> dict[str, PlaceOnMap]:
        return {point.place.slug: point for point in self.points}


def world_map(book: Book, slugs: Sequence[str] | None, *, title: str = "") -> WorldMap:
    """The map of some entries.

    Args:
        slugs: the entries, in their order; None for the whole book.
        title: what to call it; by default the titles of the entries.

    Raises:
        NotFoundError: the book has no entry of some slug.
    """
    if slugs is None:
        lines = book_entries.all_lines(book)
        events, told = events_of(book)
        entries: tuple[EntryRef, ...] = ()
    else:
        wanted = list(dict.fromkeys(slugs))
        keys = [book_entries.key_of(book, slug) for slug in wanted]
        note_damage(book, wanted)
        lines = book_entries.lines(book, keys, cited=False)
        events, told = events_of(book, keys)
        entries = tuple(_ref(line) for line in lines)
    known = coordinates_by_slug(book)
    places = list(_places(lines, events, known))
    points = tuple(place for place in places if place.at)
    mapped = frozenset(place.place.slug for place in points)
    named = ", ".join(entry.title for entry in entries) if slugs is not None else book.info.title
    return WorldMap(
        title or named,
        entries,
        points,
        tuple(_legs(lines, events, told, mapped)),
        tuple(place for place in places if not place.at),
        _sources(book, events),
        book.edition.sealed_among(entry.slug for entry in entries),
    )


def _ref(line: EntryLine) -> EntryRef:
    return EntryRef(line.slug, line.kind, line.title)


def _places(
    lines: Iterable[EntryLine], events: Iterable[EventLine], known: dict[str, Coordinates]
) -> Iterator[PlaceOnMap]:
    places: dict[str, PlaceLine] = {}
    settings: dict[str, list[EntryRef]] = defaultdict(list)
    happened: dict[str, list[EventLine]] = defaultdict(list)
    for line in lines:
        for place in line.setting.places:
            places.setdefault(place.slug, place)
            settings[place.slug].append(_ref(line))
    for event in events:
        for place in event.places:
            places.setdefault(place.slug, place)
            happened[place.slug].append(event)
    for slug, place in places.items():
        yield PlaceOnMap(place, known.get(slug), tuple(settings[slug]), tuple(happened[slug]))


def _legs(
    lines: Iterable[EntryLine],
    events: Iterable[EventLine],
    told: ToldLines,
    mapped: frozenset[str],
) -> Iterator[Leg]:
    """From place to place, through each alliance's own events that have one on the map."""
    alliances = {line.slug: _ref(line) for line in lines if line.kind is Kind.ALLIANCE}
    own: dict[str, list[tuple[EventLine, str]]] = defaultdict(list)
    for event in events:
        if event.entry.slug in alliances and event.place and event.place.slug in mapped:
            own[event.entry.slug].append((event, event.place.slug))
    for slug, entry in alliances.items():
        for (before, start), (after, end) in pairwise(own[slug]):
            if start != end:
                found = verdict(after, before, told)
                is_told = found.order is TimeOrder.TOLD and not found.is_first
                is_certain = found.order is TimeOrder.AFTER or is_told
                yield Leg(entry, start, end, before, after, is_certain)


def _sources(book: Book, events: Iterable[EventLine]) -> dict[str, SourceLine]:
    slugs = (citation.source for event in events for citation in event.all_citations)
    return sources_by_slug(book, (slug for slug in dict.fromkeys(slugs) if slug != OWN))
