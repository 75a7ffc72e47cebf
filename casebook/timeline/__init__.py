"""Timelines: from any set of entries to lanes, spans, ticks and a scale, as plain values.

- `reading`: reads the events of some entries and lays them into lanes (`timeline_of`).
- `chart`: lanes, filters, alignment at a milestone; `span_index` finds what touches a window.
- `scale`: the scale, its ticks, and the window that is looked at.
- `layout`: what is drawn in which cell of a lane: bars, labels, counts.
- `elapsed`: the time from one event to another, in words.
- `verdicts`: which of two events came first, by dates or as told.
- `documents`: a timeline as a document to read from top to bottom, and as one line.
"""

from casebook.timeline.chart import Chart, EventFilter, Lane, LaneEvent, LanesBy
from casebook.timeline.reading import timeline_of

__all__ = ["Chart", "EventFilter", "Lane", "LaneEvent", "LanesBy", "timeline_of"]
