"""The app: one book, one notebook, and the screens over them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.events import Event, InputEvent, Key, MouseMove, Paste

from casebook.book.connection import Book
from casebook.book.volumes import volume_of
from casebook.errors import CasebookError, Exit
from casebook.safe_text import made_safe
from tui.editing_app import PREDICTING, Start
from tui.failures import Telling, complain_on
from tui.opening_app import OpeningApp
from tui.safe_output import ScreenedLines
from tui.screens.library import LibraryScreen
from tui.screens.sizes import LEAST_HEIGHT, LEAST_WIDTH, is_too_small
from tui.signals import on_signals
from tui.textual_private.ending import QuietEnd, cause_of
from tui.textual_private.keys import act_on_app_key, act_on_key
from tui.textual_private.tooltips import leave_out_tooltips
from tui.trail import Trail
from tui.typed_ahead import TypeAhead

if TYPE_CHECKING:
    from pathlib import Path

    from textual.command import Provider
    from textual.driver import Driver
    from textual.filter import LineFilter

    from casebook.comparison.matrix import Comparison
    from casebook.notebook.values import SavedView
    from tui.garbage import GarbageAtRest
    from tui.host import Host
    from tui.screens.base import CasebookScreen
    from tui.search_worker import RecentSearches
    from tui.tour import Tour


__all__ = ("KEYS_OF_THE_TERMINAL", "CasebookApp", "Start")

KEYS_OF_THE_TERMINAL = frozenset(("ctrl+c", "ctrl+z"))
"""Keys that mean the same in every program, on a terminal that is too small as well."""


def _palette() -> type[Provider]:
    from tui.palette import CasebookProvider

    return CasebookProvider


class CasebookApp(Telling, OpeningApp, QuietEnd, App[int]):
    """Casebook on the terminal."""

    TITLE = "Casebook"
    CSS_PATH = "casebook.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[Any]] = {_palette}
    BINDINGS: ClassVar[list[BindingType]] = []

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  (Textual declares its type)
        (0, "-tiny"),
        (LEAST_WIDTH, "-narrow"),
        (100, "-medium"),
        (150, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"),
        (LEAST_HEIGHT, "-short"),
        (34, "-tall"),
    ]

    def __init__(self, start: Start) -> None:
        super().__init__(start)
        leave_out_tooltips(self)
        self.chosen_style = ""
        self.typed_ahead = TypeAhead(self, self.settings.keys)
        self.screened_lines = ScreenedLines()
        self.trail = Trail(self)
        self.crash: Exception | None = None
        self.tour: Tour | None = None

    def volume_of(self, slug: str) -> str:
        return volume_of(self.book, slug)

    # What the first screen can do without is imported when it is asked for.

    @cached_property
    def recent_searches(self) -> RecentSearches:
        from tui.search_worker import RecentSearches

        return RecentSearches()

    @cached_property
    def garbage(self) -> GarbageAtRest:
        from tui.garbage import GarbageAtRest

        return GarbageAtRest(self)

    def replace_book(self, book: Book) -> None:
        super().replace_book(book)
        self.trail.leave_places_drawn_once()

    async def reload_book(self) -> None:
        await self.book_watch.reload()

    def ratings_changed(self) -> None:
        self.__dict__.pop("recent_pages", None)
        self.trail.leave_places_drawn_once()
        self._draw_book_anew()

    def notebook_changed(self) -> None:
        self.refresh_hidden()
        super().notebook_changed()

    def get_default_screen(self) -> LibraryScreen:
        library = LibraryScreen()
        # Nobody in the hall is to see its outcomes while the notebook is opened.
        library.visible = self.start.presented is None
        return library

    def action_command_palette(self) -> None:
        from tui.palette import Palette

        if self.start.presented is None and not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    # Exports

    def export_cases(self, slugs: Sequence[str]) -> None:
        """Asks what to write of some entries, and where."""
        from casebook.comparison.matrix import compare

        if self.tells_of_hidden(slugs):
            return
        try:
            self.export_comparison(compare(self.book, slugs))
        except CasebookError as error:
            self.complain(error)

    def export_comparison(self, comparison: Comparison) -> None:
        """Asks what to write of a comparison, and where."""
        from tui.dialogs.export import ExportDialog
        from tui.dialogs.export_cases import CasesToExport

        export = CasesToExport.of(self.book, comparison, self.citation_style)
        self.push_screen(ExportDialog(export))

    # Citation styles

    @property
    def citation_style(self) -> str:
        """The style of what is copied and exported: the reader's, else the usual one."""
        from casebook.exports.citation_styles import default_style

        return self.chosen_style or self.settings.citation_style or default_style()

    def choose_style(self, style: str) -> None:
        """Takes another citation style, for good."""
        self.chosen_style = style
        self.remember("citation_style", style)

    # The way back

    @property
    def crumbs(self) -> Sequence[str]:
        return self.trail.crumbs

    def open_place(self, screen: CasebookScreen) -> None:
        self.trail.go(screen)

    def go_back(self, steps: int = 1) -> None:
        if not self.trail.back(steps):
            self.say("There is no page before this one.")

    def go_forward(self) -> None:
        if not self.trail.forward():
            self.say("There is no page after this one.")

    # In a browser

    def hand_over(self, path: Path) -> None:
        self.deliver_binary(path)

    def open_address(self, address: str) -> None:
        self.open_url(address)

    # Drawing

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self.screened_lines]

    def draw_anew(self) -> None:
        self.refresh(layout=True)

    # Reading what is typed

    async def on_event(self, event: Event) -> None:
        if isinstance(event, InputEvent | Paste) and not event.is_forwarded:
            self.garbage.disturb()
            if not self.typed_ahead.admits(event):
                return
            if self.tour is not None and isinstance(event, Key):
                self.tour.key_struck(event.key)
            if self._is_idle_on_small(event):
                if isinstance(event, Key) and event.key in KEYS_OF_THE_TERMINAL:
                    await act_on_app_key(self, event.key)
                return
            if isinstance(event, Paste):
                # Boxes draw what is in them as it is; keys alone are known to be printable.
                event.text = made_safe(event.text)
            elif isinstance(event, Key):
                if event.key == "ctrl+j":
                    # Enter, struck before the terminal was told to leave it as it is.
                    event = Key("enter", "\r")
                if await self._acted_on(event):
                    return
        await super().on_event(event)

    def _is_idle_on_small(self, event: Event) -> bool:
        """Whether an event does nothing because nobody sees what it would do."""
        if not is_too_small(self.size) or isinstance(event, MouseMove):
            return False
        return not (isinstance(event, Key) and self.typed_ahead.quits(event))

    async def _acted_on(self, event: Key) -> bool:
        """Does what a key stands for before the next key is looked at.

        Textual hands every key to what has the focus as it comes in, so of keys that come in
        a burst, over a slow line, those after `/` would still go to the list. What is typed
        into keeps its keys.
        """
        if self.focused is not None and self.focused.check_consume_key("a", "a"):
            return False
        return await act_on_key(self, event.key)

    # What is remembered from one day to the next

    def begin_tour(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._begin_tour_here()

    def _begin_tour_here(self) -> None:
        """Begins the guided tour wherever the reader is; that it was shown is remembered."""
        from tui.tour import Tour

        if self.tour is not None:
            self.tour.end()
        self.remember("tour", "shown")
        self.call_after_refresh(lambda: setattr(self, "tour", Tour(self, self)))

    def notebook_opened(self) -> None:
        self.class_links.wake()
        self.watch_book()
        start = self.start
        if start.tour:
            self._begin_tour_here()  # who was quicker than the notebook stays where they are
        if start.presented is not None:
            from tui.screens.presenting import PresentScreen

            self.open_place(
                PresentScreen(start.presented, start.shown_class, begins_anew=start.begins_anew)
            )
        elif start.shown_class is not None:
            self.open_class(start.shown_class)
        from casebook.book import entries
        from casebook.notebook import history

        try:
            notebook = self.keeper.notebook
            tray = history.kept(notebook, self.book_slug, "tray")
            is_predicting = history.kept(notebook, self.book_slug, PREDICTING) is True
            searches = history.recent_searches(notebook, self.book_slug, limit=50)
        except CasebookError:
            return
        for words in reversed(searches):
            self.recent_searches.remember(words)
        if is_predicting:
            self.hide_ratings(is_on=True)
        if isinstance(tray, list) and not self.tray:
            slugs = [slug for slug in tray if isinstance(slug, str)]
            known = entries.refs(self.book, slugs)
            self.tray = tuple(slug for slug in dict.fromkeys(slugs) if slug in known)

    def open_view(self, view: SavedView) -> None:
        """Opens a saved comparison or timeline as it was."""
        from tui.saved_views import open_view

        open_view(self, view)

    # Leaving

    def get_driver_class(self) -> type[Driver]:
        if self.served is not None:
            from textual.drivers.web_driver import WebDriver

            return WebDriver
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from tui.textual_private.driver import LastingDriver

        return LastingDriver

    def terminal_gone(self) -> None:
        """Leaves as when the window is closed: nobody sees or types anything any more."""
        self.leave(128 + 1)  # SIGHUP

    async def action_quit(self) -> None:
        # ctrl+q comes here past every screen and box.
        self.leave()

    def leave(self, code: int = 0) -> None:
        """Ends the app; what is being written is saved first."""
        self.close_notebook()
        self.exit(code, return_code=code)

    def on_load(self) -> None:
        # Before the terminal is changed: whatever ends the app then puts it back.
        on_signals(asyncio.get_running_loop(), self.leave)
        self._tell_faults(self.book.faults)

    def check_book(self) -> None:
        before = len(self.book.faults)
        self.book.check_file()
        self._tell_faults(self.book.faults[before:])

    def _tell_faults(self, faults: Sequence[str]) -> None:
        if faults:
            self.notify(f"{'; '.join(faults)}.", severity="warning", markup=False, timeout=15)

    def failed_with(self, error: Exception) -> None:
        cause = cause_of(error)
        if isinstance(cause, CasebookError):
            complain_on(self, cause)
            return
        if self.is_leaving:
            return  # a screen that was still being furnished when the reader left
        if self.crash is not None:
            return  # what follows from the first
        self.crash = error
        with contextlib.suppress(Exception):
            self.close_notebook()
        self.end_with(error, Exit.CRASH)


if TYPE_CHECKING:

    def _as_host(app: CasebookApp) -> Host:
        return app  # held to what its screens ask of it
