"""A map in words: the same places and ways as a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook.account_words import add_when
from casebook.book.edition import sealed_said
from casebook.book.page_values import EventLine
from casebook.book.values import Coordinates
from casebook.document import DocBlock, Document, Set, with_citations
from casebook.places.world_map import Leg, PlaceOnMap, WorldMap
from casebook.text import Text
from casebook.text_builder import TextBuilder

MOST_EVENTS = 12
"""Events of one place that a list of all places has; how many more there are is said."""


def map_document(value: WorldMap) -> Document:
    """A map as a list: its places, the ways between them, and what is not on it."""
    blocks = [DocBlock(Set.TITLE, Text(f"Map: {value.title}"), anchor="top")]
    if value.sealed:
        blocks.append(DocBlock(Set.PARAGRAPH, Text(sealed_said(value.sealed))))
    if not value.points and (not value.sealed or len(value.sealed) < len(value.entries)):
        words = "No place with coordinates is named here."
        blocks.append(DocBlock(Set.PARAGRAPH, Text(words)))
    for number, point in enumerate(value.points, 1):
        blocks += _place(point, number)
    if value.legs:
        blocks.append(DocBlock(Set.HEADING, Text("From event to event"), level=2, anchor="legs"))
        blocks += [
            DocBlock(Set.ITEM, leg_text(value, leg), f"{number}.", 1)
            for number, leg in enumerate(value.legs, 1)
        ]
    if value.unplaced:
        heading = "Named, but without a place on the map"
        blocks.append(DocBlock(Set.HEADING, Text(heading), level=2, anchor="unplaced"))
        blocks += [
            DocBlock(Set.ITEM, _unplaced(place), "\N{BULLET}", 1) for place in value.unplaced
        ]
    return Document(value.title, tuple(blocks), value.sources)


def _place(point: PlaceOnMap, number: int) -> Iterator[DocBlock]:
    name = f"{number}. {point.place.full_name}"
    yield DocBlock(Set.HEADING, Text(name), level=2, anchor=place_anchor(point))
    yield from _place_blocks(point, MOST_EVENTS)


def place_anchor(point: PlaceOnMap) -> str:
    """Where a place stands in the list of a map."""
    return f"place:{point.place.slug}" if point.at else "unplaced"


def place_document(value: WorldMap, point: PlaceOnMap, together: Sequence[str] = ()) -> Document:
    """What the entries of a map have to do with a place, and the ways to it and from it.

    Args:
        together: the names of other places that are drawn in the same spot.
    """
    blocks = [DocBlock(Set.FACT, Text(point.place.full_name), "Place")]
    if together:
        near = f"{', '.join(together)}, in the same spot; zoom in to tell them apart"
        blocks.append(DocBlock(Set.FACT, Text(near), "Nearby"))
    blocks += _place_blocks(point, len(point.events))
    blocks += [
        DocBlock(Set.FACT, leg_text(value, leg), "Way")
        for leg in value.legs
        if point.place.slug in (leg.start, leg.end)
    ]
    return Document(point.place.name, tuple(blocks), value.sources)


def place_text(value: WorldMap, point: PlaceOnMap) -> str:
    """The same as plain text with its citations, and the references of their sources."""
    document = place_document(value, point)
    words = []
    for block in document.blocks:
        lead = "" if block.set is Set.ITEM else f"{block.lead}: "
        words.append(lead + with_citations(block.text, value.sources))
    cited = dict.fromkeys(
        citation.source
        for event in point.events
        for citation in event.citations
        if citation.source in value.sources
    )
    return "\n".join([*words, *(value.sources[slug].reference for slug in cited)])


def _place_blocks(point: PlaceOnMap, most: int) -> Iterator[DocBlock]:
    """Position, entries and events of a place, so many of them at the most."""
    if point.at is None:
        yield DocBlock(Set.FACT, Text("The book gives no coordinates."), "Position")
    else:
        where = coordinates_words(point.at)
        if point.is_country:
            where += ", the middle of the country"
        yield DocBlock(Set.FACT, Text(where), "Position")
    if point.settings:
        builder = TextBuilder()
        for at, entry in enumerate(point.settings):
            builder.add("; " if at else "").entry(entry)
        yield DocBlock(Set.FACT, builder.text(), "Set here")
    for event in point.events[:most]:
        yield DocBlock(Set.ITEM, _event(event), "\N{BULLET}", 1)
    if len(point.events) > most:
        more = f"and {len(point.events) - most} more events"
        yield DocBlock(Set.ITEM, Text(more), "\N{BULLET}", 1)


def _event(event: EventLine) -> Text:
    builder = add_when(TextBuilder(), event, with_place=False)
    builder.add(f": {event.label}").cite(event.citations).add(" (").entry(event.entry)
    return builder.add(")").text()


def leg_text(value: WorldMap, leg: Leg) -> Text:
    """`Asiro to New Zealand: Association, then Joint venture (order not known)`."""
    names = [point.place.name for slug in (leg.start, leg.end) if (point := value.point(slug))]
    builder = TextBuilder().strong(" to ".join(names))
    then = "then" if leg.is_certain else "and, in an order that is not known,"
    builder.add(f": {leg.before.short} ({leg.before.date_text})").cite(leg.before.citations)
    builder.add(f", {then} {leg.after.short} ({leg.after.date_text})").cite(leg.after.citations)
    return builder.add(" (").entry(leg.entry).add(")").text()


def _unplaced(place: PlaceOnMap) -> Text:
    builder = TextBuilder().strong(place.place.full_name).add(": ")
    for at, entry in enumerate(place.entries):
        builder.add("; " if at else "").entry(entry)
    return builder.text()


def coordinates_words(at: Coordinates) -> str:
    """`40.1° N, 141.0° E`."""
    north = "N" if at.latitude >= 0 else "S"
    east = "E" if at.longitude >= 0 else "W"
    degree = "\N{DEGREE SIGN}"
    return f"{abs(at.latitude):.1f}{degree} {north}, {abs(at.longitude):.1f}{degree} {east}"
