"""What of some events a timeline shows, and how: chosen, changed, and saved under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from casebook.book.page_values import EventLine
from casebook.book.values import EntryRef
from casebook.statement_kinds import EventKind
from casebook.timeline.chart import Chart, EventFilter, LanesBy, Material, arranged


class TimelineChoice(NamedTuple):
    """What is shown of the events of some cases.

    Attributes:
        align: the kind of event from which the time of each case is counted; None for the
            calendar.
        milestones: keys of the events that the reader took to count from, by slug.
    """

    lanes_by: LanesBy = LanesBy.PLACE
    events: EventFilter = EventFilter()
    align: EventKind | None = None
    milestones: Mapping[str, str] = {}

    def chart_of(self, material: Material) -> Chart:
        """The events laid out as is chosen."""
        return arranged(
            material,
            self.lanes_by,
            self.events,
            self.align,
            dict(self.milestones),
            undated_apart=True,
        )

    @property
    def with_next_lanes(self) -> TimelineChoice:
        """The same with the next kind of lanes."""
        kinds = list(LanesBy)
        return self._replace(lanes_by=kinds[(kinds.index(self.lanes_by) + 1) % len(kinds)])

    @property
    def of_everything(self) -> TimelineChoice:
        """All events, on the calendar."""
        return TimelineChoice(self.lanes_by)

    def aligned_by(self, kind: EventKind | None) -> TimelineChoice:
        """Counts the time of each case from its first event of a kind; None for the calendar."""
        return self._replace(align=kind, milestones={})

    def aligned_at(self, event: EventLine, entries: Sequence[EntryRef]) -> TimelineChoice:
        """Counts the time of those of some cases that took part in an event from it."""
        took_part = {event.entry.slug, *(case.entry.slug for case in event.participants)}
        here = {
            entry.slug: f"{event.entry.slug}#{event.key}"
            for entry in entries
            if entry.slug in took_part
        }
        align = self.align or event.kind
        return self._replace(align=align, milestones={**self.milestones, **here})

    # As the notebook keeps it

    @property
    def kept(self) -> dict[str, Any]:
        """The choice in values that JSON can hold."""
        return {
            "lanes": self.lanes_by.value,
            "kinds": [kind.value for kind in self.events.kinds],
            "places": list(self.events.places),
            "first": self.events.first,
            "last": self.events.last,
            "certainly": self.events.certainly,
            "align": self.align.value if self.align else "",
            "milestones": dict(self.milestones),
        }

    def as_kept(self, kept: Mapping[str, Any]) -> TimelineChoice:
        """The choice that was kept, as far as it is known; this one for the rest."""
        lanes, align, named = kept.get("lanes"), kept.get("align"), kept.get("milestones")
        milestones = self.milestones
        if isinstance(named, dict):
            milestones = {slug: key for slug, key in named.items() if isinstance(key, str)}
        return TimelineChoice(
            LanesBy(lanes) if lanes in tuple(LanesBy) else self.lanes_by,
            _events_kept(kept),
            EventKind(align) if align in tuple(EventKind) else None,
            milestones,
        )


def _events_kept(kept: Mapping[str, Any]) -> EventFilter:
    kinds = [EventKind(kind) for kind in kept.get("kinds", ()) if kind in tuple(EventKind)]
    places = tuple(place for place in kept.get("places", ()) if isinstance(place, str))
    first, last = (
        day if isinstance(day, int) else None for day in (kept.get("first"), kept.get("last"))
    )
    return EventFilter(tuple(kinds), places, first, last, kept.get("certainly") is True)
