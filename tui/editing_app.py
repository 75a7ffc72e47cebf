"""The part of the app that has the book, and another edition of it after its pack was edited."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.reactive import reactive

from casebook.book.connection import Book
from casebook.errors import CasebookError
from casebook.file_stamp import stamp_of
from tui.guest import Guest
from tui.reader_state import RememberingApp

if TYPE_CHECKING:
    from casebook.glossary import TermFinder
    from casebook.seminar.class_places import ClassPlace
    from casebook.seminar.planned import Seminar
    from tui.authors_host import EditablePack, EditablePlace, EditableProblem
    from tui.book_watch import BookWatch
    from tui.class_link import ClassLinks
    from tui.hiding import RatingsHider
    from tui.host import Host
    from tui.predictions import Predictions
    from tui.recent_pages import RecentPages
    from tui.search_worker import Searcher


class Start(NamedTuple):
    """What the app is started with; tests give other paths.

    Attributes:
        notebook: where the reader's notebook is, or will be.
        settings: where the reader's settings are, or will be; None keeps none.
        authored: the pack that the book was made of, where its author reads it.
        tour: begin with the guided tour.
        shown_class: a class whose answers are shown first.
        served: the folder of a visitor in a browser; None on a terminal.
        presented: a seminar that is shown on a projector, with the answers of `shown_class`.
        begins_anew: forget where that seminar stood and what was revealed in it.
    """

    book: Book
    notebook: Path
    settings: Path | None = None
    authored: EditablePack | None = None
    tour: bool = False
    shown_class: ClassPlace | None = None
    presented: Seminar | None = None
    served: Path | None = None
    begins_anew: bool = False


PREDICTING = "predicting"
"""The name under which the notebook keeps that the reader is rating."""


SECONDS_BETWEEN_LOOKS = 2.0
"""After so many the book's file is looked at again."""


class EditingApp(RememberingApp):
    """An app whose book may become another edition of itself."""

    tray: reactive[tuple[str, ...]] = reactive((), init=False)
    """The entries picked for comparison, in the order in which they were picked."""

    def __init__(self, start: Start) -> None:
        self.start = start  # before Textual asks for a driver
        self.book_stamp = stamp_of(start.book.path)
        super().__init__(start.notebook, start.settings, start.book.info.slug)

    @property
    def book(self) -> Book:
        return self.start.book

    # What the first screen can do without is imported when it is asked for.

    @cached_property
    def searcher(self) -> Searcher:
        from tui.search_worker import Searcher

        return Searcher(self.book)

    @cached_property
    def recent_pages(self) -> RecentPages:
        from tui.recent_pages import RecentPages

        return RecentPages(self.book)

    @cached_property
    def term_finder(self) -> TermFinder:
        from casebook.book.lists import terms
        from casebook.glossary import TermFinder

        return TermFinder(terms(self.book))

    @cached_property
    def ratings_hider(self) -> RatingsHider:
        from tui.hiding import RatingsHider

        return RatingsHider(self)

    @cached_property
    def book_watch(self) -> BookWatch:
        from tui.book_watch import BookWatch

        return BookWatch(cast("Host", self), self, self.book_stamp)

    def watch_book(self) -> None:
        """Looks from time to time whether the book's file was replaced by another program."""
        if self.authored is None:  # a pack's book is replaced by the app itself
            self.set_interval(SECONDS_BETWEEN_LOOKS, self.look_at_book)

    async def look_at_book(self) -> None:
        """Looks whether the book's file was replaced."""
        if stamp_of(self.book.path) != self.book_stamp or "book_watch" in self.__dict__:
            await self.book_watch.look()

    @property
    def served(self) -> Path | None:
        return self.start.served

    @property
    def is_predicting(self) -> bool:
        return "ratings_hider" in self.__dict__ and self.ratings_hider.is_on

    def hide_ratings(self, *, is_on: bool) -> None:
        """Hides the book's ratings of the compared cases, or shows them again."""
        self.ratings_hider.turn(is_on=is_on)

    def ratings_changed(self) -> None:
        """Draws anew what shows ratings, and closes what would show them still."""
        raise NotImplementedError

    def refresh_hidden(self) -> None:
        """Hides what is to be hidden now, if anything is."""
        if "ratings_hider" in self.__dict__:
            self.ratings_hider.refresh()

    def keep_predicting(self, *, is_on: bool) -> None:
        if self.keeper.is_open:
            self._keep_quietly(
                lambda history, n: history.keep(n, self.book_slug, PREDICTING, is_on or None)
            )

    def tells_of_hidden(self, slugs: Sequence[str]) -> bool:
        """Says of which of some entries the ratings are hidden, where they are."""
        if not self.book.hidden.among(slugs):
            return False
        from casebook.book.hidden import hidden_of

        self.say(hidden_of(self.book, slugs))
        return True

    @cached_property
    def predictions(self) -> Predictions:
        from tui.predictions import KeptPredictions

        return KeptPredictions(self.keeper, self.book, self._ratings_given)

    def _ratings_given(self) -> None:
        self.class_links.wake()
        self.tell_of_ratings()

    @cached_property
    def class_links(self) -> ClassLinks:
        from tui.class_link import ClassLinks

        return ClassLinks(self)

    @property
    def class_words(self) -> str:
        """How things stand in the class that the reader has joined; empty without one."""
        return self.class_links.words if "class_links" in self.__dict__ else ""

    async def join_class(self, url: str, code: str, name: str) -> None:
        """Joins a class on a server, and sends what is rated there from then on."""
        await self.class_links.join(url, code, name)

    def close_notebook(self) -> None:
        if "class_links" in self.__dict__:
            self.class_links.close()
        super().close_notebook()

    def fill_tray(self, slugs: Sequence[str]) -> None:
        self.tray = tuple(slugs)

    @property
    def authored(self) -> EditablePack | None:
        return self.start.authored

    def replace_book(self, book: Book) -> None:
        """Shows another edition of the book in all screens."""
        from casebook.book import entries

        old, self.start = self.start.book, self.start._replace(book=book)
        self.book_slug = book.info.slug
        if "searcher" in self.__dict__:
            self.searcher.interrupt()
            self.searcher.close()
        for name in ("searcher", "recent_pages", "term_finder", "predictions"):
            self.__dict__.pop(name, None)
        gone = set(entries.slugs(old)) - set(entries.slugs(book))
        old.close()
        self.refresh_hidden()
        while gone and len(self.screen_stack) > 1:
            # A screen may be about an entry that is no more.
            self.pop_screen()
        known = entries.refs(book, self.tray)
        self.fill_tray([slug for slug in self.tray if slug in known])
        self._draw_book_anew()

    def _draw_book_anew(self) -> None:
        from tui.screens.reading_pane import ReadingPane

        for screen in self.screen_stack:
            if isinstance(screen, Guest) and screen.is_mounted:
                screen.book_changed()
                for pane in screen.query(ReadingPane):
                    pane.show_evidence_anew()

    def show_problems(self, problems: Sequence[EditableProblem]) -> None:
        """Shows what is wrong with the pack; what is chosen is edited."""
        from tui.dialogs.problems import ProblemsScreen

        self.clear_notifications()
        self.push_screen(ProblemsScreen(problems), self._mend)

    def _mend(self, place: EditablePlace | None) -> None:
        from tui.authoring import edit_place

        async def mend(place: EditablePlace) -> None:
            try:
                await edit_place(cast("Host", self), place)
            except CasebookError as error:
                self.complain(error)

        if place is not None:
            self.run_worker(mend(place), group="editing", exclusive=True)
