"""Reads from a book what a timeline is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebook.book import entries as book_entries
from casebook.book.connection import Book
from casebook.book.damage import note_damage
from casebook.book.events import events_of, policies_of
from casebook.book.page_values import EventLine
from casebook.book.source_values import SourceLine
from casebook.book.sources import sources_by_slug
from casebook.book.values import EntryLine, EntryRef
from casebook.book.volumes import titles
from casebook.citations import OWN
from casebook.statement_kinds import EventKind
from casebook.timeline.chart import Chart, EventFilter, LanesBy, Material, arranged

FEW = 24
"""Entries up to which a timeline names them and shows the background of their countries."""


def timeline_of(
    book: Book,
    slugs: Sequence[str] | None,
    lanes: LanesBy | str | None = None,
    *,
    chosen: EventFilter = EventFilter(),
    align: EventKind | str | None = None,
    milestones: Mapping[str, str] | None = None,
    title: str = "",
) -> Chart:
    """The timeline of some entries.

    Args:
        slugs: the entries in the order of their lanes; None for the whole book.
        lanes: by place, entry or kind of event; by default by place for one entry and for
            many, by entry for two to six.
        chosen: which of their events.
        align: a kind of event at which the entries are laid over one another.
        milestones: keys of events to align at instead, by slug.
        title: what to call it; by default the titles of the entries.

    Raises:
        NotFoundError: the book has no entry of some slug.
    """
    material = timeline_material(book, slugs, title=title)
    if lanes is None:
        lanes = default_lanes(len(material.entries))
    kind = EventKind(align) if align else None
    return arranged(material, LanesBy(lanes), chosen, kind, milestones or {})


def default_lanes(entries: int) -> LanesBy:
    """What lanes stand for by default, for a number of entries."""
    return LanesBy.ENTRY if 2 <= entries <= 6 else LanesBy.PLACE


def timeline_material(book: Book, slugs: Sequence[str] | None, *, title: str = "") -> Material:
    """The events of some entries, with the policies of their countries as background.

    Args:
        slugs: the entries in the order of their lanes; None for the whole book. The background
            is left out for the whole book, and for more than `FEW` entries.
        title: what to call the timeline; by default the titles of the entries.

    Raises:
        NotFoundError: the book has no entry of some slug.
    """
    if slugs is None:
        events, told = events_of(book)
        return Material(
            title=title or book.info.title,
            entries=(),
            events=events,
            sources=_sources(book, events),
            told=told,
            volumes=titles(book),
        )
    wanted = list(dict.fromkeys(slugs))
    keys = [book_entries.key_of(book, slug) for slug in wanted]
    note_damage(book, wanted)
    events, told = events_of(book, keys)
    if len(keys) > FEW:
        found = book_entries.refs(book, wanted)
        entries = tuple(found[slug] for slug in wanted if slug in found)
        return Material(
            title=title or f"{len(entries)} entries",
            entries=entries,
            events=events,
            sources=_sources(book, events),
            told=told,
            volumes=titles(book),
            sealed=book.edition.sealed_among(wanted),
        )
    lines = book_entries.lines(book, keys, cited=False)
    entries = tuple(EntryRef(line.slug, line.kind, line.title) for line in lines)
    shown = {(event.entry.slug, event.key) for event in events}
    background = tuple(
        policy
        for policy in policies_of(book, _countries(lines, events)).lines
        if (policy.entry.slug, policy.key) not in shown
    )
    return Material(
        title=title or ", ".join(entry.title for entry in entries),
        entries=entries,
        events=events,
        background=background,
        sources=_sources(book, (*events, *background)),
        told=told,
        volumes=titles(book),
        sealed=book.edition.sealed_among(wanted),
    )


def _countries(lines: Sequence[EntryLine], events: Sequence[EventLine]) -> set[str]:
    """The countries in which some cases are set and in which things happened to them."""
    places = [place for line in lines for place in line.setting.places]
    places += [place for event in events for place in event.places]
    return {place.country for place in places if place.country}


def _sources(book: Book, events: Sequence[EventLine]) -> dict[str, SourceLine]:
    slugs = (citation.source for event in events for citation in event.all_citations)
    return sources_by_slug(book, (slug for slug in dict.fromkeys(slugs) if slug != OWN))
