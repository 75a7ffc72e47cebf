"""The map of some cases: where they are, and below it what the chosen place has to do with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget
from textual.worker import get_current_worker

from casebook.book.edition import sealed_or
from casebook.book.values import EntryRef
from casebook.document import Document
from casebook.errors import CasebookError
from casebook.page_documents import event_anchor
from casebook.places.documents import map_document, place_anchor, place_document, place_text
from casebook.places.world_map import PlaceOnMap, WorldMap, world_map
from tui import commands
from tui.command import Command, bindings
from tui.messages import EntryWanted
from tui.screens.as_list import ListScreen
from tui.screens.base import CasebookScreen
from tui.screens.reading_size import is_quick_to_read
from tui.screens.targets import entry_chosen, statement_chosen, text_chosen
from tui.widgets.covered import CoveredBox
from tui.widgets.document_view import DocumentView
from tui.widgets.map_chart import MapChart

if TYPE_CHECKING:
    from casebook.exports.cite import CitableStatement

_OWN: tuple[Command, ...] = (commands.PLACES, commands.AS_LIST, commands.EXPORT)
"""What the screen itself does; the map steps, zooms and opens."""


class MapScreen(CasebookScreen):
    """Places on a map, and everything about the chosen one.

    Args:
        slugs: the entries whose places are shown; None for the whole book.
    """

    CSS_PATH = "world_map.tcss"

    ACTIONS: ClassVar[tuple[Command, ...]] = (
        commands.NEXT_PLACE,
        commands.OPEN,
        commands.ZOOM_IN,
        *_OWN,
    )
    LEADS_TO = tuple(command for command in commands.FROM_AN_ENTRY if command is not commands.MAP)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(_OWN)]

    def __init__(self, slugs: Sequence[str] | None) -> None:
        super().__init__()
        self.slugs = None if slugs is None else tuple(slugs)
        self.value: WorldMap | None = None

    def compose_body(self) -> Iterable[Widget]:
        with CoveredBox(id="world-map"):
            yield MapChart(id="map")
            yield DocumentView(id="place")

    def on_mount(self) -> None:
        self.map.focus()
        if is_quick_to_read(self.casebook.book, self.slugs):
            try:
                self._take(world_map(self.casebook.book, self.slugs))
            except CasebookError as error:
                self._refuse(error)
        else:
            self.title_bar.place = "Reading the places \N{HORIZONTAL ELLIPSIS}"
            self._read()

    def book_changed(self) -> None:
        self.on_mount()

    @work(thread=True, exclusive=True, group="map")
    def _read(self) -> None:
        """Reads many entries away from the keyboard."""
        worker = get_current_worker()
        try:
            value = world_map(self.casebook.book, self.slugs)
            self.map.draw_ahead(value)
        except CasebookError as error:
            self.app.call_from_thread(self._refuse, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, value)

    def _refuse(self, error: CasebookError) -> None:
        if self.is_current:
            self.app.pop_screen()
        self.casebook.complain(error)

    def _take(self, value: WorldMap) -> None:
        if self.is_attached:
            before = self.map.chosen
            self.value = value
            self.title_bar.place = f"Map: {value.title}"
            self.map.show(value)
            again = value.point(before.place.slug) if before is not None else None
            if again is not None:
                self.map.choose(again)

    @property
    def crumb(self) -> str:
        return "Map"

    @property
    def map(self) -> MapChart:
        return self.query_one("#map", MapChart)

    @property
    def detail(self) -> DocumentView:
        return self.query_one("#place", DocumentView)

    @property
    def _sealed(self) -> Sequence[str]:
        """The entries that are sealed."""
        return self.value.sealed if self.value is not None else ()

    @property
    def chosen(self) -> PlaceOnMap | None:
        """The place under the cursor."""
        return self.map.chosen

    # The chosen place

    @on(MapChart.Moved)
    def _show_place(self, event: MapChart.Moved) -> None:
        if self.value is None:
            return
        self.title_bar.aside = self._said(event.place)
        self.refresh_keys()
        if event.place is None:
            self.detail.show(Document("", ()))
            return
        document = place_document(self.value, event.place, self.map.together)
        if document != self.detail.document:
            self.detail.show(document)

    def _said(self, place: PlaceOnMap | None) -> str:
        """Which of how many places is chosen: `2 of 5 places`."""
        places = self.map.places
        if place is None:
            return "sealed" if self._sealed else "no places"
        words = f"{places.index(place) + 1} of {len(places)} place{'s' * (len(places) != 1)}"
        return f"{words}, {len(self._sealed)} sealed" if self._sealed else words

    @on(MapChart.Chosen)
    def _open_place(self, event: MapChart.Chosen) -> None:
        entries = event.place.entries
        if len(entries) == 1:
            self._open(event.place, entries[0])
            return
        from tui.dialogs.contents import ContentsScreen

        titles = [(at, f"{entry.title} ({entry.kind})", 2) for at, entry in enumerate(entries)]

        def open_entry(at: int | None) -> None:
            if at is not None:
                self._open(event.place, entries[at])

        heading = f"Entries of {event.place.place.name}"
        self.app.push_screen(ContentsScreen(titles, heading), open_entry)

    def _open(self, place: PlaceOnMap, entry: EntryRef) -> None:
        """Opens the page of an entry, at what happened in a place."""
        here = (event for event in place.events if event.entry.slug == entry.slug)
        anchor = next((event_anchor(event) for event in here), "")
        self.post_message(EntryWanted(entry.slug, anchor))

    def action_contents(self) -> None:
        places = self.map.places
        if not places:
            self.notify_plainly(sealed_or(self._sealed, "There is no place to list."))
            return
        from tui.dialogs.contents import ContentsScreen

        def go_to(at: int | None) -> None:
            if at is not None:
                self.map.choose(places[at])

        titles = [(at, place.place.full_name, 2) for at, place in enumerate(places)]
        at = places.index(self.chosen) if self.chosen else 0
        self.app.push_screen(ContentsScreen(titles, "Places", at), go_to)

    def action_as_list(self) -> None:
        if self.value is not None:
            anchor = place_anchor(self.chosen) if self.chosen else ""
            title = f"Map: {self.value.title}"
            self.casebook.open_place(ListScreen(map_document(self.value), title, anchor))

    def action_export(self) -> None:
        from tui.dialogs.export import ExportDialog
        from tui.dialogs.export_map import MapToExport

        if self.value is None or not self.map.places:
            self.notify_plainly(sealed_or(self._sealed, "There is no place to export."))
            return
        region = None if self.map.is_fitted else self.map.view
        self.app.push_screen(ExportDialog(MapToExport(self.value, region)))

    # Picking, copying, leaving

    def entry_to_pick(self) -> str | None:
        """The entry of the chosen link or place, where that is a single one."""
        linked = entry_chosen(self.detail) if self.detail.has_focus else None
        entries = self.chosen.entries if self.chosen else ()
        if linked is None and len(entries) != 1 and self.value and len(self.value.entries) == 1:
            entries = self.value.entries
        return linked or (entries[0].slug if len(entries) == 1 else None)

    def action_pick(self) -> None:
        if self.entry_to_pick() is None and self.chosen:
            self.notify_plainly(
                "Several entries are here. Choose the one to add with tab and \u2192."
            )
        else:
            super().action_pick()

    def slugs_in_time(self) -> tuple[str, ...]:
        """Those of the chosen place."""
        slug = self.entry_to_pick()
        if slug is not None:
            return (slug,)
        return tuple(entry.slug for entry in self.chosen.entries) if self.chosen else ()

    def action_map(self) -> None:
        self.notify_plainly("You are on the map; enter opens the entry of the place.")

    def statement_to_copy(self) -> CitableStatement | None:
        return statement_chosen(self.detail)

    def text_to_copy(self) -> str:
        if self.detail.has_focus and self.detail.chosen_target:
            return text_chosen(self.detail)
        return place_text(self.value, self.chosen) if self.value and self.chosen else ""

    def action_back(self) -> None:
        if self.detail.has_focus:
            self.detail.choose(None)
            self.map.focus()
        else:
            super().action_back()
