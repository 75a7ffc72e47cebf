"""The timeline of some cases: the lane chart, and the chosen event below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget
from textual.worker import get_current_worker

from casebook.book.edition import sealed_or
from casebook.errors import CasebookError
from casebook.page_documents import event_anchor
from casebook.statement_kinds import EventKind
from casebook.timeline.chart import Chart, EventFilter, LaneEvent, LanesBy, Material
from casebook.timeline.documents import timeline_document
from casebook.timeline.reading import default_lanes, timeline_material
from tui import commands
from tui.command import Command, bindings
from tui.messages import EntryWanted
from tui.screens.as_list import ListScreen
from tui.screens.base import CasebookScreen
from tui.screens.event_detail import event_detail, event_to_copy
from tui.screens.notes_controller import ViewAtHand
from tui.screens.reading_size import is_quick_to_read
from tui.screens.targets import statement_chosen, text_chosen
from tui.screens.timeline_choice import TimelineChoice
from tui.widgets.covered import CoveredBox
from tui.widgets.document_view import DocumentView
from tui.widgets.lane_chart import LaneChart

if TYPE_CHECKING:
    from casebook.exports.cite import CitableStatement
    from casebook.notebook.values import NoteTarget, SavedView

WIDE_FOOTER = 90
"""Cells from which all words of the line of keys have room."""

_OWN: tuple[Command, ...] = (
    commands.MEASURE,
    commands.EVENT_FILTER,
    commands.ALIGN,
    commands.LANES,
    commands.AS_LIST,
    commands.EVENTS,
    commands.POLICY,
    commands.DETAILS,
    commands.ALL_EVENTS,
    commands.EXPORT,
)
"""What the screen itself does; the chart opens an event and zooms."""


class TimelineScreen(CasebookScreen):
    """Events in lanes, and everything about the chosen one."""

    CSS_PATH = "timeline.tcss"

    ACTIONS: ClassVar[tuple[Command, ...]] = (
        commands.NEXT_EVENT,
        commands.EVENT_PAGE,
        commands.ZOOM_IN,
        *_OWN,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(_OWN)]

    def __init__(
        self, slugs: Sequence[str] | None, title: str = "", view: SavedView | None = None
    ) -> None:
        super().__init__()
        self.slugs = None if slugs is None else tuple(slugs)
        self.given_title = title
        self.material: Material | None = None
        self._left_at: dict[str, Any] | None = view.filters if view is not None else None
        """What is chosen, and where the reader is, once the events have been read."""
        self.choice = TimelineChoice()

    def compose_body(self) -> Iterable[Widget]:
        with CoveredBox(id="timeline"):
            yield LaneChart(id="chart")
            yield DocumentView(id="event")

    def on_mount(self) -> None:
        self.lane_chart.focus()
        if is_quick_to_read(self.casebook.book, self.slugs):
            try:
                self._take(
                    timeline_material(self.casebook.book, self.slugs, title=self.given_title)
                )
            except CasebookError as error:
                self._refuse(error)
        else:
            self.title_bar.place = "Reading the events …"
            self._read()

    def book_changed(self) -> None:
        if self.material is not None:
            self._left_at = self._filters()
        self.on_mount()

    @work(thread=True, exclusive=True, group="timeline")
    def _read(self) -> None:
        """Reads many events away from the keyboard."""
        worker = get_current_worker()
        try:
            material = timeline_material(self.casebook.book, self.slugs, title=self.given_title)
        except CasebookError as error:
            self.app.call_from_thread(self._refuse, error)
            return
        chart = self._first_choice(material).chart_of(material)
        chart.put_in_order()
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, material, chart)

    def _refuse(self, error: CasebookError) -> None:
        if self.is_current:
            self.app.pop_screen()
        self.casebook.complain(error)

    def _first_choice(self, material: Material) -> TimelineChoice:
        """What is shown of the events at first: what was shown when the reader left."""
        choice, left_at = TimelineChoice(default_lanes(len(material.entries))), self._left_at
        return choice if left_at is None else choice.as_kept(left_at)

    def _take(self, material: Material, chart: Chart | None = None) -> None:
        """Shows events; laid out already where a chart is given."""
        if not self.is_attached:
            return
        self.material, left_at = material, self._left_at
        self.choice = self._first_choice(material)
        self._show(chart or self.choice.chart_of(material))
        if left_at is not None:
            # The chart has a window once it has a size.
            self.call_after_refresh(self._go_as, left_at)

    @property
    def crumb(self) -> str:
        return "Timeline"

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
        return ViewAtHand(ViewKind.TIMELINE, self.slugs, "", self._filters())

    def _filters(self) -> dict[str, Any]:
        """What is chosen, and the event and stretch of time that are shown."""
        chosen = self.lane_chart.chosen
        return {
            "title": self.given_title,
            **self.choice.kept,
            "policy": self.lane_chart.shows_background,
            "stretch": self.lane_chart.stretch,
            "event": [chosen.event.entry.slug, chosen.event.key] if chosen else None,
        }

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

    def targets_at_hand(self) -> Sequence[NoteTarget]:
        """The chosen event, and its entry as a whole."""
        whole = super().targets_at_hand()
        chosen = self.lane_chart.chosen
        if chosen is None:
            return whole
        from casebook.notebook.targets import target_of_event

        book = self.casebook.volume_of(chosen.event.entry.slug)
        return (target_of_event(book, chosen.event), *whole)

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        """On a narrow terminal the way out is worth more than the way into a file."""
        wanted = super().footer_commands
        if self.lane_chart.measured is not None:
            wanted = tuple(
                command._replace(footer="stop measuring")
                if command is commands.MEASURE
                else command
                for command in wanted
            )
        if self.app.size.width >= WIDE_FOOTER:
            return wanted
        return tuple(command for command in wanted if command is not commands.EXPORT)

    def action_export(self) -> None:
        from tui.dialogs.export import ExportDialog
        from tui.dialogs.export_timeline import TimelineToExport

        if self.chart is None or not self.chart.items:
            self.notify_plainly(sealed_or(self._sealed, "There is no event to export."))
            return
        self.app.push_screen(ExportDialog(TimelineToExport(self.chart)))

    # What is shown

    def show_chart(self, *, fit: bool = True) -> None:
        """Lays the events out anew: other lanes, another filter, another milestone."""
        if self.material is not None:
            self._show(self.choice.chart_of(self.material), fit=fit)

    def _show(self, chart: Chart, *, fit: bool = True) -> None:
        if self.material is not None and self.material.events:
            self.lane_chart.empty_text = "No event matches. x shows every event again."
        else:
            self.lane_chart.empty_text = sealed_or(self._sealed, "No events are known.")
        self.lane_chart.show(chart, fit=fit)
        self.title_bar.place = f"Timeline: {chart.title}"
        self.title_bar.aside = self._said(chart)

    @property
    def _sealed(self) -> Sequence[str]:
        """The entries that are sealed."""
        return self.material.sealed if self.material is not None else ()

    def _said(self, chart: Chart) -> str:
        """What is shown, in words: `7 events by place`."""
        count = len(chart.events)
        words = f"{count} event{'s' * (count != 1)}"
        if chart.align:
            words += f", from {chart.align}"
        else:
            words += f" by {chart.lanes_by}"
        if self._sealed:
            words += f", {len(self._sealed)} sealed"
        return f"{words}, filtered" if chart.chosen else words

    def action_order(self) -> None:
        if self.choice.align:
            self.notify_plainly("Aligned cases have a lane each; x ends the alignment.")
            return
        self.choice = self.choice.with_next_lanes
        self.show_chart(fit=False)

    def action_clear(self) -> None:
        self.choice = self.choice.of_everything
        self.show_chart()

    def action_policy(self) -> None:
        chart = self.lane_chart
        if self.chart is not None and not self.chart.background.items:
            nothing = "There are no policy events to show, or they are among the events already."
            self.notify_plainly(sealed_or(self._sealed, nothing))
            return
        chart.show_background(not chart.shows_background)

    def action_align(self) -> None:
        from tui.dialogs.timeline_choices import HERE, AlignScreen

        if self.material is None:
            return
        entries = self.material.entries
        if not entries:
            self.notify_plainly(
                "The whole book cannot be aligned; add cases with p and show their timelines."
            )
            return

        chosen = self.lane_chart.chosen
        event = chosen.event if chosen is not None and chosen.lane >= 0 else None

        def take(kind: str | None) -> None:
            if kind == HERE and event is not None:
                self.choice = self.choice.aligned_at(event, entries)
            elif kind is not None:
                self.choice = self.choice.aligned_by(EventKind(kind) if kind else None)
            if kind is not None:
                self.show_chart()

        self.app.push_screen(AlignScreen(self.material, self.choice.align, event), take)

    def action_filter(self) -> None:
        from tui.dialogs.timeline_choices import EventFilterScreen

        if self.material is None:
            return

        def take(chosen: EventFilter) -> None:
            self.choice = self.choice._replace(events=chosen)
            self.show_chart()

        self.app.push_screen(EventFilterScreen(self.material, self.choice.events, take))

    # The chosen event

    @on(LaneChart.Moved)
    def _show_event(self, event: LaneChart.Moved) -> None:
        self._show_detail(event.item)

    def _show_detail(self, item: LaneEvent | None) -> None:
        if self.chart is not None:
            measured, details = self.lane_chart.measured, self.casebook.shows_details
            self.detail.show(event_detail(self.chart, item, measured, with_edtf=details))

    def details_changed(self) -> None:
        self._show_detail(self.lane_chart.chosen)

    def action_measure(self) -> None:
        chart = self.lane_chart
        if chart.chosen is None:
            self.notify_plainly(sealed_or(self._sealed, "There is no event to measure from."))
            return
        chart.measured = chart.chosen if chart.measured is None else None
        chart.redraw()
        self.refresh_keys()
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
        else:
            self.notify_plainly(sealed_or(self._sealed, "There is no event to list."))

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
        by_lane = len(self.chart.entries) != 1 or self.choice.lanes_by is not LanesBy.PLACE
        document = timeline_document(
            self.chart, by_lane=by_lane, policy=self.lane_chart.shows_background
        )
        chosen = self.lane_chart.chosen
        anchor = event_anchor(chosen.event) if chosen else ""
        self.casebook.open_place(ListScreen(document, f"Timeline: {document.title}", anchor))

    # Picking, copying, leaving

    def entry_to_pick(self) -> str | None:
        chosen = self.lane_chart.chosen
        return chosen.event.entry.slug if chosen else None

    def action_timeline(self) -> None:
        self.notify_plainly("You are in the timeline; V groups its lanes differently.")

    def slugs_on_map(self) -> tuple[str, ...] | None:
        return self.slugs

    def statement_to_copy(self) -> CitableStatement | None:
        return statement_chosen(self.detail)

    def text_to_copy(self) -> str:
        if self.detail.has_focus and self.detail.chosen_target:
            return text_chosen(self.detail)
        chosen = self.lane_chart.chosen
        return event_to_copy(self.chart, chosen.event) if chosen and self.chart else ""

    def action_back(self) -> None:
        if self.detail.has_focus:
            self.detail.choose(None)
            self.lane_chart.focus()
        else:
            super().action_back()
