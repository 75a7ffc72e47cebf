"""The timeline of some cases: the lane chart, and the chosen event below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget
from textual.worker import get_current_worker

from casebook.book.page_values import EventLine
from casebook.document import Document, citations_label, event_anchor
from casebook.errors import CasebookError
from casebook.text import Text
from casebook.timeline.chart import Chart, EventFilter, LaneEvent, LanesBy, Material, arranged
from casebook.timeline.documents import event_document, timeline_document
from casebook.timeline.elapsed import lapse_between
from casebook.timeline.reading import default_lanes, timeline_material
from casebook.timeline.verdicts import verdict_text
from casebook.vocabulary import EventKind
from tui import commands
from tui.commands import Command
from tui.messages import EntryWanted
from tui.screens.annotation import ViewAtHand
from tui.screens.document import ReadingScreen
from tui.screens.targets import TargetScreen
from tui.widgets.document_view import DocumentView
from tui.widgets.lane_chart import LaneChart

if TYPE_CHECKING:
    from casebook.notebook.values import Target, View

READ_AT_ONCE = 100
SMALL_BOOK = 32 * 1024 * 1024
"""Entries, and bytes of a book, up to which a timeline is read before the screen is shown."""

WIDE_FOOTER = 90
"""Cells from which all words of the line of keys have room."""

_OWN: tuple[Command, ...] = (
    commands.LANES,
    commands.EVENT_FILTER,
    commands.ALIGN,
    commands.AS_LIST,
    commands.EVENTS,
    commands.MEASURE,
    commands.POLICY,
    commands.ALL_EVENTS,
    commands.EXPORT,
)
"""What the screen itself does; the chart opens an event and zooms."""


class TimelineScreen(TargetScreen):
    """Events in lanes, and everything about the chosen one."""

    CSS_PATH = "timeline.tcss"

    ACTIONS: ClassVar[tuple[Command, ...]] = (commands.EVENT_PAGE, commands.ZOOM_IN, *_OWN)
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings(_OWN)]

    def __init__(
        self, slugs: Sequence[str] | None, title: str = "", view: View | None = None
    ) -> None:
        super().__init__()
        self.view_to_show = view
        self.slugs = None if slugs is None else tuple(slugs)
        self.given_title = title
        self.material: Material | None = None
        self.lanes_by = LanesBy.PLACE
        self.chosen = EventFilter()
        self.align: EventKind | None = None
        self.milestones: dict[str, str] = {}
        """Keys of the events that the reader took as milestones, by slug."""

    def compose_body(self) -> Iterable[Widget]:
        with Container(id="timeline"):
            yield LaneChart(id="chart")
            yield DocumentView(id="event")

    def on_mount(self) -> None:
        self.lane_chart.focus()
        if self._is_quick:
            try:
                self._take(
                    timeline_material(self.casebook.book, self.slugs, title=self.given_title)
                )
            except CasebookError as error:
                self._refuse(error)
        else:
            self.title_bar.place = "Reading the events …"
            self._read()

    @property
    def _is_quick(self) -> bool:
        """Whether reading takes no longer than a reader would notice."""
        if self.slugs is None or len(self.slugs) > READ_AT_ONCE:
            return False
        try:
            return self.casebook.book.path.stat().st_size <= SMALL_BOOK
        except OSError:
            return False

    @work(thread=True, exclusive=True, group="timeline")
    def _read(self) -> None:
        """Reads many events away from the keyboard."""
        worker = get_current_worker()
        try:
            material = timeline_material(self.casebook.book, self.slugs, title=self.given_title)
        except CasebookError as error:
            self.app.call_from_thread(self._refuse, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, material)

    def _refuse(self, error: CasebookError) -> None:
        if self.is_current:
            self.app.pop_screen()
        self.casebook.complain(error)

    def _take(self, material: Material) -> None:
        if not self.is_attached:
            return
        self.material = material
        self.lanes_by = default_lanes(len(material.entries))
        if self.view_to_show is not None:
            self._arrange_as(self.view_to_show.filters)
        self.show_chart()
        if self.view_to_show is not None:
            # The chart has a window once it has a size.
            self.call_after_refresh(self._go_as, self.view_to_show.filters)

    @property
    def lane_chart(self) -> LaneChart:
        return self.query_one("#chart", LaneChart)

    @property
    def detail(self) -> DocumentView:
        return self.query_one("#event", DocumentView)

    @property
    def chart(self) -> Chart | None:
        return self.lane_chart.chart

    # The notebook

    def view_at_hand(self) -> ViewAtHand | None:
        from casebook.notebook import ViewKind

        if self.slugs is None:
            return None
        chosen = self.lane_chart.chosen
        filters = {
            "title": self.given_title,
            "lanes": self.lanes_by.value,
            "kinds": [kind.value for kind in self.chosen.kinds],
            "places": list(self.chosen.places),
            "first": self.chosen.first,
            "last": self.chosen.last,
            "certainly": self.chosen.certainly,
            "align": self.align.value if self.align else "",
            "milestones": self.milestones,
            "policy": self.lane_chart.shows_background,
            "stretch": self.lane_chart.stretch,
            "event": [chosen.event.entry.slug, chosen.event.key] if chosen else None,
        }
        return ViewAtHand(ViewKind.TIMELINE, self.slugs, "", filters)

    def _arrange_as(self, filters: dict[str, Any]) -> None:
        """Takes lanes, filter and milestone from a saved timeline, as far as they are known."""
        if filters.get("lanes") in tuple(LanesBy):
            self.lanes_by = LanesBy(filters["lanes"])
        kinds = [EventKind(kind) for kind in filters.get("kinds", ()) if kind in tuple(EventKind)]
        days = [filters.get(name) for name in ("first", "last")]
        first, last = (day if isinstance(day, int) else None for day in days)
        places = tuple(place for place in filters.get("places", ()) if isinstance(place, str))
        certainly = filters.get("certainly") is True
        self.chosen = EventFilter(tuple(kinds), places, first, last, certainly)
        named = filters.get("milestones")
        if isinstance(named, dict):
            self.milestones = {slug: key for slug, key in named.items() if isinstance(key, str)}
        self.align = (
            EventKind(filters["align"]) if filters.get("align") in tuple(EventKind) else None
        )

    def _go_as(self, filters: dict[str, Any]) -> None:
        """Goes to the event and the stretch of time of a saved timeline."""
        chart = self.lane_chart
        if isinstance(filters.get("policy"), bool) and filters["policy"] != chart.shows_background:
            chart.show_background(filters["policy"])
        for item in self.chart.items if self.chart else ():
            if [item.event.entry.slug, item.event.key] == filters.get("event"):
                chart.choose(item)
        match filters.get("stretch"):
            case [int(fineness), int(first)]:
                chart.show_stretch(fineness, first)

    def targets_at_hand(self) -> Sequence[Target]:
        """The chosen event, and its entry as a whole."""
        whole = super().targets_at_hand()
        chosen = self.lane_chart.chosen
        if chosen is None:
            return whole
        from casebook.notebook.targets import target_of_event

        return (target_of_event(self.casebook.book_slug, chosen.event), *whole)

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        """On a narrow terminal the way out is worth more than the way into a file."""
        wanted = super().footer_commands
        if self.app.size.width >= WIDE_FOOTER:
            return wanted
        return tuple(command for command in wanted if command is not commands.EXPORT)

    def action_export(self) -> None:
        from tui.dialogs.export_timeline import ExportTimelineScreen

        if self.chart is None or not self.chart.items:
            self.notify_plainly("There is no event to write.")
            return
        self.app.push_screen(ExportTimelineScreen(self.chart))

    # What is shown

    def show_chart(self, *, fit: bool = True) -> None:
        """Lays the events out anew: other lanes, another filter, another milestone."""
        if self.material is None:
            return
        chart = arranged(self.material, self.lanes_by, self.chosen, self.align, self.milestones)
        nothing = "No event is like that. x shows every event again."
        self.lane_chart.empty_text = nothing if self.material.events else "No event is known."
        self.lane_chart.show(chart, fit=fit)
        self.title_bar.place = f"Timeline: {chart.title}"
        self.title_bar.aside = self._said(chart)

    def _said(self, chart: Chart) -> str:
        """What is shown, in words: `7 events by place`."""
        count = len(chart.events)
        words = f"{count} event{'s' * (count != 1)}"
        if chart.align:
            words += f", from {chart.align}"
        else:
            words += f" by {chart.lanes_by}"
        return f"{words}, filtered" if chart.chosen else words

    def action_order(self) -> None:
        if self.align:
            self.notify_plainly("Aligned cases have a lane each; x goes back to the calendar.")
            return
        order = list(LanesBy)
        self.lanes_by = order[(order.index(self.lanes_by) + 1) % len(order)]
        self.show_chart(fit=False)

    def action_clear(self) -> None:
        self.chosen, self.align, self.milestones = EventFilter(), None, {}
        self.show_chart()

    def action_policy(self) -> None:
        chart = self.lane_chart
        if self.chart is not None and not self.chart.background.items:
            self.notify_plainly("Nothing is known of policy here, or it is among the events.")
            return
        chart.show_background(not chart.shows_background)

    def action_align(self) -> None:
        from tui.dialogs.timeline_choices import HERE, AlignScreen

        if self.material is None:
            return
        if not self.material.entries:
            self.notify_plainly("Only chosen cases can be aligned: p picks them in the library.")
            return

        chosen = self.lane_chart.chosen
        event = chosen.event if chosen is not None and chosen.lane >= 0 else None

        def take(kind: str | None) -> None:
            if kind == HERE and event is not None:
                self._align_at(event)
            elif kind is not None:
                self.align = EventKind(kind) if kind else None
                self.milestones = {}
                self.show_chart()

        self.app.push_screen(AlignScreen(self.material, self.align, event), take)

    def _align_at(self, event: EventLine) -> None:
        """Counts the time of the event's case, or cases, from it."""
        assert self.material is not None
        self.align = self.align or event.kind
        took_part = {event.entry.slug, *(one.entry.slug for one in event.participants)}
        for entry in self.material.entries:
            if entry.slug in took_part:
                self.milestones[entry.slug] = f"{event.entry.slug}#{event.key}"
        self.show_chart()

    def action_filter(self) -> None:
        from tui.dialogs.timeline_choices import EventFilterScreen

        if self.material is None:
            return

        def take(chosen: EventFilter) -> None:
            self.chosen = chosen
            self.show_chart()

        self.app.push_screen(EventFilterScreen(self.material, self.chosen, take))

    # The chosen event

    @on(LaneChart.Moved)
    def _show_event(self, event: LaneChart.Moved) -> None:
        self._show_detail(event.item)

    def _show_detail(self, item: LaneEvent | None) -> None:
        if item is None or self.chart is None:
            self.detail.show(Document("", ()))
            return
        notes: list[Text] = []
        passed = self.chart.lapse_of(item)
        if self.chart.is_milestone(item):
            notes.append(Text("the time of this lane is counted from here"))
        elif passed is not None:
            milestone = self.chart.milestones[self.chart.owner(item.lane)]
            notes.append(self._measured(item.event, milestone))
        measured = self.lane_chart.measured
        if measured is not None and measured.event is item.event:
            notes.append(Text("other events are measured from here; C stops"))
        elif measured is not None:
            notes.append(self._measured(item.event, measured.event))
        self.detail.show(event_document(item.event, self.chart, notes))

    def _measured(self, event: EventLine, origin: EventLine) -> Text:
        """The time from one event to another, and which came first."""
        assert self.chart is not None
        passed = lapse_between(origin, event, self.chart.told)
        basis = f" ({passed.basis})" if passed.is_told else ""
        lead = f"{passed.words} than {origin.short}{basis}: "
        return verdict_text(event, origin, self.chart.told, lead)

    def action_measure(self) -> None:
        chart = self.lane_chart
        if chart.chosen is None:
            return
        is_same = chart.measured is not None and chart.measured.event is chart.chosen.event
        chart.measured = None if is_same else chart.chosen
        chart.redraw()
        self._show_detail(chart.chosen)

    @on(LaneChart.Chosen)
    def _open_page(self, event: LaneChart.Chosen) -> None:
        line = event.item.event
        self.post_message(EntryWanted(line.entry.slug, event_anchor(line)))

    @on(LaneChart.CountOpened)
    def _open_count(self, event: LaneChart.CountOpened) -> None:
        self._list(event.items)

    def action_contents(self) -> None:
        if self.chart is not None and self.chart.items:
            self._list([*self.chart.items, *self.chart.background.items])

    def _list(self, items: list[LaneEvent]) -> None:
        from tui.dialogs.timeline_choices import EventsScreen

        def go_to(item: LaneEvent | None) -> None:
            if item is not None:
                self.lane_chart.choose(item)

        if self.chart is not None:
            self.app.push_screen(EventsScreen(items, self.chart, self.lane_chart.chosen), go_to)

    def action_as_list(self) -> None:
        if self.chart is None:
            return
        by_lane = len(self.chart.entries) != 1 or self.lanes_by is not LanesBy.PLACE
        document = timeline_document(
            self.chart, by_lane=by_lane, policy=self.lane_chart.shows_background
        )
        chosen = self.lane_chart.chosen
        anchor = event_anchor(chosen.event) if chosen else ""
        self.app.push_screen(TimelineListScreen(document, anchor))

    # Picking, copying, leaving

    def entry_to_pick(self) -> str | None:
        chosen = self.lane_chart.chosen
        return chosen.event.entry.slug if chosen else None

    def action_timeline(self) -> None:
        self.notify_plainly("This is the timeline; V makes other lanes of it.")

    def text_to_copy(self) -> str:
        if self.detail.has_focus and self.detail.chosen_target:
            return super().text_to_copy()
        chosen = self.lane_chart.chosen
        if chosen is None or self.chart is None:
            return ""
        event, sources = chosen.event, self.chart.sources
        words = f"{event.date_text}: {event.label} {citations_label(event.citations, sources)}"
        cited = dict.fromkeys(one.source for one in event.citations if one.source in sources)
        return "\n".join([words.strip(), *(sources[one].reference for one in cited)])

    def action_back(self) -> None:
        if self.detail.has_focus:
            self.detail.choose(None)
            self.lane_chart.focus()
        else:
            super().action_back()


class TimelineListScreen(ReadingScreen):
    """A timeline as a list, to read from top to bottom."""

    def __init__(self, document: Document, anchor: str = "") -> None:
        super().__init__()
        self.document = document
        self.start_at = anchor

    def on_mount(self) -> None:
        self.title_bar.place = f"Timeline: {self.document.title}"
        self.main_view.focus()
        self.main_view.show(self.document, anchor=self.start_at)
