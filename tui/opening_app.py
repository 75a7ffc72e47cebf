"""The part of the app that opens its screens: pages, sources, comparisons, timelines and more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casebook.citations import OWN, Citation
from casebook.errors import CasebookError
from casebook.safe_text import made_safe_line
from tui.messages import AddressWanted, EntryWanted, SourceWanted, TermWanted
from tui.screens.library import LibraryScreen
from tui.tray_app import TrayApp

if TYPE_CHECKING:
    from casebook.notebook.values import SavedView
    from casebook.seminar.class_places import ClassPlace
    from tui.trail import Trail


class OpeningApp(TrayApp):
    """An app in which whatever the book and the notebook hold can be opened."""

    trail: Trail

    def on_entry_wanted(self, message: EntryWanted) -> None:
        self.open_entry(message.slug, message.anchor)

    def on_source_wanted(self, message: SourceWanted) -> None:
        self.open_source(message.citation)

    def on_term_wanted(self, message: TermWanted) -> None:
        self.open_glossary(message.slug)

    def on_address_wanted(self, message: AddressWanted) -> None:
        from tui.dialogs.address import AddressScreen

        self.push_screen(AddressScreen(message.address))

    def open_entry(self, slug: str, anchor: str = "") -> None:
        """Opens an entry's page."""
        from casebook.book import entries
        from tui.screens.reader import ReaderScreen

        try:
            entries.key_of(self.book, slug)
        except CasebookError as error:
            self.complain(error)
            return
        here, last = self.trail.here, self.trail.find(ReaderScreen)
        if isinstance(here, ReaderScreen) and here.slug == slug and not anchor:
            self.say("You are already on this page.")
            return
        for_lecturer = last is not None and last.for_lecturer
        self.trail.go(ReaderScreen(slug, anchor, for_lecturer=for_lecturer))

    def open_source(self, citation: Citation | None = None) -> None:
        """Opens the place that a citation names; without one, the list of sources."""
        from tui.screens.source import SourceScreen

        if citation is not None and citation.source == OWN:
            self.notify("This is the book's own statement; it cites no source.", markup=False)
        elif self.trail.here.shows(citation):
            self.say(
                "You are already at this source." if citation else "You are in the list of sources."
            )
        else:
            self.trail.go(SourceScreen(citation))

    def open_glossary(self, slug: str = "") -> None:
        """Opens the glossary, or the page of one of its terms."""
        from casebook.book.lists import term
        from tui.screens.source import GlossaryScreen
        from tui.screens.term import TermScreen

        here = self.trail.here
        found = term(self.book, slug) if slug else None
        if found is not None:
            self.trail.go(TermScreen(found))
        elif slug:
            self.say(f"{made_safe_line(slug)} is not in the glossary.")
        elif not isinstance(here, GlossaryScreen):
            self.trail.go(GlossaryScreen())
        else:
            self.say("You are in the glossary.")

    def open_search(self) -> None:
        """Goes to the library's search box, from anywhere."""
        library = self.trail.find(LibraryScreen)
        if library is None:
            return
        if library is not self.trail.here:
            self.trail.go(library)
            library.clear()
        library.action_search()

    def open_comparison(self, view: SavedView | None = None, *, predicting: bool = False) -> None:
        """Opens what is in the tray side by side, or says how to fill it.

        Args:
            view: shown as it was saved.
            predicting: with the book's ratings hidden from the first moment.
        """
        from tui.screens.comparison import ComparisonScreen

        if not self.tray:
            if not (predicting and self.rate_seminar()):
                then = (
                    "P hides the book's ratings and asks for yours" if predicting else "c compares"
                )
                self.notify(f"The comparison is empty; p adds an entry, {then}.", markup=False)
            return
        before = self.trail.find(ComparisonScreen) if view is None else None
        self.trail.go(before or ComparisonScreen(view))
        if predicting:
            self.hide_ratings(is_on=True)

    def rate_seminar(self) -> bool:
        from tui.seminar_rating import rate_seminar

        return rate_seminar(self)

    def open_timeline(
        self, slugs: Sequence[str] | None, title: str = "", view: SavedView | None = None
    ) -> None:
        """Opens the timeline of some entries; None for the whole book.

        Args:
            view: shown as it was saved.
        """
        from tui.screens.timeline import TimelineScreen

        self.trail.go(TimelineScreen(slugs, title, view))

    def open_map(self, slugs: Sequence[str] | None) -> None:
        """Opens the map of some entries; None for the whole book."""
        from tui.screens.world_map import MapScreen

        self.trail.go(MapScreen(slugs))

    def open_quiz(self, slugs: Sequence[str]) -> None:
        """Opens the quiz on some cases, or says that the book rates none of them."""
        from casebook.quiz.points import askable_points
        from tui.screens.quiz import QuizScreen
        from tui.screens.quiz_choice import ROUND_OF_BOOK, quiz_title

        try:
            keys = askable_points(self.book, slugs)
        except CasebookError as error:
            self.say(error.message)
            return
        limit = None if slugs else ROUND_OF_BOOK
        self.trail.go(QuizScreen(keys, quiz_title(self.book, slugs), limit))

    def open_patterns(self, slugs: Sequence[str]) -> None:
        """Opens the patterns among some cases; none for all that are rated."""
        from tui.screens.patterns import PatternsScreen

        self.trail.go(PatternsScreen(slugs))

    def open_class(self, place: ClassPlace) -> None:
        """Opens what a class has answered."""
        from tui.screens.class_answers import ClassScreen

        self.trail.go(ClassScreen(place))

    def open_notebook_screen(self) -> None:
        """Opens the notebook, as it was left."""
        from tui.screens.notebook import NotebookScreen

        before = self.trail.find(NotebookScreen)
        if before is not None and before is self.trail.here:
            self.say("You are in the notebook.")
        else:
            self.trail.go(before or NotebookScreen())

    def open_basket(self) -> None:
        """Opens the essay basket, or says that the reader is there."""
        from tui.screens.basket import BasketScreen

        if isinstance(self.trail.here, BasketScreen):
            self.say("You are in the essay basket.")
        else:
            self.trail.go(BasketScreen())
