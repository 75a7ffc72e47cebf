"""What a screen or a box may ask of the app; `tui.guest` is what the app tells them.

Screens know this and not the app, so that the app may know its screens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from tui.authors_host import AuthorsHost

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from casebook.book.connection import Book
    from casebook.citations import Citation
    from casebook.comparison.matrix import Comparison
    from casebook.errors import CasebookError
    from casebook.glossary import TermFinder
    from casebook.notebook.values import Reading, SavedView
    from casebook.seminar.class_places import ClassPlace
    from casebook.settings import Settings
    from tui.garbage import GarbageAtRest
    from tui.notebook_writer import Keeper
    from tui.predictions import Predictions
    from tui.recent_pages import RecentPages
    from tui.search_worker import RecentSearches, Searcher


class Host(AuthorsHost, Protocol):
    """The app, as its screens and boxes know it."""

    keeper: Keeper
    settings: Settings
    book_slug: str
    """Of the lowest volume: for what is kept of the book as a whole."""
    shows_details: bool
    """Whether dates are shown in their notation as well as in words."""

    @property
    def book(self) -> Book: ...

    @property
    def garbage(self) -> GarbageAtRest: ...

    def volume_of(self, slug: str) -> str:
        """The volume of an entry, by which the notebook knows it."""

    @property
    def predictions(self) -> Predictions: ...

    async def join_class(self, url: str, code: str, name: str) -> None:
        """Joins a class on a server.

        Raises:
            CasebookError: the server does not let the reader in, or it could not be kept.
        """

    @property
    def class_words(self) -> str:
        """How things stand in the class that the reader has joined; empty without one."""

    @property
    def served(self) -> Path | None:
        """The folder of a visitor in a browser, who sees no file of the server; else None."""

    def hand_over(self, path: Path) -> None:
        """Has a visitor's browser download a file."""

    def open_address(self, address: str) -> None:
        """Opens an address in the reader's browser."""

    @property
    def is_predicting(self) -> bool:
        """Whether the reader is rating, with the book's ratings hidden."""

    def hide_ratings(self, *, is_on: bool) -> None:
        """Hides the book's ratings of the compared cases, or shows them again."""

    def refresh_hidden(self) -> None:
        """Hides what is to be hidden now: something was revealed, or taken back."""

    def tells_of_hidden(self, slugs: Sequence[str]) -> bool:
        """Says of which of some entries the ratings are hidden, where they are."""

    @property
    def recent_pages(self) -> RecentPages: ...

    @property
    def term_finder(self) -> TermFinder:
        """Finds the terms of the glossary in texts."""

    @property
    def searcher(self) -> Searcher: ...

    @property
    def recent_searches(self) -> RecentSearches: ...

    @property
    def citation_style(self) -> str:
        """The style of what is copied and exported."""

    def choose_style(self, style: str) -> None:
        """Takes another citation style, for good."""

    def remember(self, name: str, value: str) -> None:
        """Keeps a setting."""

    # Telling

    def say(self, message: str) -> None:
        """Tells something for a moment, in place of what was told before."""

    def complain(self, error: CasebookError) -> None:
        """Tells a failure."""

    # Opening

    def open_entry(self, slug: str, anchor: str = "") -> None:
        """Opens an entry's page."""

    def open_source(self, citation: Citation | None = None) -> None:
        """Opens the place that a citation names; without one, the list of sources."""

    def open_glossary(self, slug: str = "") -> None:
        """Opens the glossary, or the page of one of its terms."""

    def open_search(self) -> None:
        """Goes to the search box of the library."""

    def open_comparison(self, view: SavedView | None = None, *, predicting: bool = False) -> None:
        """Opens what is in the tray side by side, or with the book's ratings hidden."""

    def rate_seminar(self) -> bool:
        """Opens the cases of the book's seminar to be rated on its points, if it has one."""

    def open_timeline(
        self, slugs: Sequence[str] | None, title: str = "", view: SavedView | None = None
    ) -> None:
        """Opens the timeline of some entries; None for the whole book."""

    def open_map(self, slugs: Sequence[str] | None) -> None:
        """Opens the map of some entries; None for the whole book."""

    def open_quiz(self, slugs: Sequence[str]) -> None:
        """Opens the quiz on some cases; none for the whole book."""

    def open_patterns(self, slugs: Sequence[str]) -> None:
        """Opens the patterns among some cases; none for all that are rated."""

    def open_class(self, place: ClassPlace) -> None:
        """Opens what a class has answered."""

    def open_notebook_screen(self) -> None:
        """Opens the notebook, as it was left."""

    def open_basket(self) -> None:
        """Opens the essay basket, or goes back to it."""

    def open_view(self, view: SavedView) -> None:
        """Opens a saved comparison or timeline as it was."""

    async def reload_book(self) -> None:
        """Reads the book anew from its file, or says that it has not changed."""

    # The way back

    @property
    def crumbs(self) -> Sequence[str]:
        """The names of the places before the one that is shown, the library first."""

    def open_place(self, screen: Any) -> None:
        """Shows a screen; the way back leads to the one that is shown now."""

    def go_back(self, steps: int = 1) -> None:
        """Goes back to a place before this one, or says that there is none."""

    def go_forward(self) -> None:
        """Goes to the place that `go_back` left last, or says that there is none."""

    def export_cases(self, slugs: Sequence[str]) -> None:
        """Asks what to write of some entries, and where."""

    def export_comparison(self, comparison: Comparison) -> None:
        """Asks what to write of a comparison, and where."""

    # The tray

    @property
    def picked(self) -> tuple[str, ...]:
        """The entries in the tray, in the order in which they were picked."""

    def pick(self, slug: str) -> None:
        """Puts an entry into the tray, or takes it out."""

    def fill_tray(self, slugs: Sequence[str]) -> None:
        """Puts these entries into the tray, and no others."""

    def empty_tray(self) -> None:
        """Removes all entries from the tray; `restore_tray` brings them back."""

    def restore_tray(self) -> bool:
        """Brings back what was removed, where that is the next to be undone."""

    # The notebook

    def check_book(self) -> None:
        """Holds the book's file against its checksum, and tells it where it was changed."""

    def open_notebook(self) -> object:
        """Opens the notebook's file; to be called when the first screen stands."""

    def notebook_changed(self) -> None:
        """Tells every screen that the notebook has changed."""

    def reading_of(self, slug: str) -> Reading | None:
        """Where the reader stopped in an entry; None where that is not known."""

    def entry_opened(self, slug: str, title: str) -> None:
        """A page is being read."""

    def entry_left(self, slug: str, *, place: str, line: int, share: float) -> None:
        """The reader has stopped somewhere in a page."""

    def searched(self, words: str) -> None:
        """The reader has made a query and used it."""

    # The terminal

    def suspend(self) -> AbstractContextManager[None]:
        """Hands the terminal to another program for a while."""

    def draw_anew(self) -> None:
        """Draws everything anew, after another program has had the terminal."""

    def call_later(self, callback: Callable[..., Any]) -> bool:
        """Calls something when the messages before it are handled."""

    def begin_tour(self) -> None:
        """Begins the guided tour."""

    def leave(self, code: int = 0) -> None:
        """Ends the app; what is being written is saved first."""

    def terminal_gone(self) -> None:
        """Ends the app: nobody sees or types anything any more."""
