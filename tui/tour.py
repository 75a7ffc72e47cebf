"""The guided tour: one thing at a time, in the real app on the book at hand.

A small box says what to press and goes on when it was done. It takes no key from anybody: the
app does what it always does, and the tour looks on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from casebook.errors import CasebookError

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from casebook.book.connection import Book
    from tui.host import Host

SECONDS_BETWEEN_LOOKS = 0.25
MOST_IGNORED = 60
"""Keys without a step being done after which the tour is being ignored, and ends."""

_FEWEST_LETTERS = 5
_MOST_TITLES = 20


class TourStep(NamedTuple):
    """One thing to try.

    Attributes:
        words: what to press, and why.
        is_done: whether it was done.
        has_escape: esc belongs to what is to be done; it does not end the tour then.
    """

    words: str
    is_done: Callable[[Tour], bool]
    has_escape: bool = False


class Tour:
    """A tour that is under way.

    Attributes:
        steps: those that the book can give.
        at: the step that is to be done.
    """

    def __init__(self, app: App[int], host: Host) -> None:
        self._app = app
        self.host = host
        self.notes_before = self.notes
        self.picked_before = host.picked
        self.steps = tuple(_steps(host.book))
        self.at = 0
        self.is_over = False
        self._is_shown = False
        self._ignored = 0
        self._timer = app.set_interval(SECONDS_BETWEEN_LOOKS, self.look)
        self.look()

    @property
    def screens(self) -> list[Screen[object]]:
        """The screens that are open, the first at the beginning."""
        return self._app.screen_stack

    @property
    def notes(self) -> int:
        """How many notes there are."""
        try:
            rows = self.host.keeper.notebook.ask("SELECT count(*) FROM note")
        except CasebookError:
            return 0
        return int(rows[0][0]) if rows else 0

    @property
    def words(self) -> str:
        """What the box says."""
        return self.steps[self.at].words

    @property
    def progress(self) -> str:
        return f"Guided tour {self.at + 1}/{len(self.steps)}"

    def key_struck(self, key: str) -> None:
        """Another key has been struck; the app has it, too."""
        if not self._is_shown:
            return
        step = self.steps[self.at]
        self._ignored += 1
        is_leaving = key == "escape" and not (step.has_escape and self._goes_back)
        if is_leaving or self._ignored > MOST_IGNORED or self.at == len(self.steps) - 1:
            self.end()

    @property
    def _goes_back(self) -> bool:
        """Whether esc has something to leave: a screen, or the words of a search."""
        from tui.screens.library import LibraryScreen

        stack = self._app.screen_stack
        return len(stack) > 1 or (isinstance(stack[0], LibraryScreen) and bool(stack[0].query_text))

    def look(self) -> None:
        """Goes on where something was done, and shows the box on the screen in front."""
        if self.is_over or not self._app.is_running:
            return
        # Who is quicker than the tour has done what comes later, too.
        done = [at for at in range(self.at, len(self.steps)) if self.steps[at].is_done(self)]
        if done:
            self.at, self._ignored = min(done[-1] + 1, len(self.steps) - 1), 0
        screen = self._app.screen
        # A box that the reader has open already when the tour begins is left alone.
        self._is_shown = not self._is_rating and (self._is_shown or not screen.is_modal)
        if self._is_shown:
            self._show_on(screen)
        else:
            self._take_away()

    @property
    def _is_rating(self) -> bool:
        """Whether the reader is giving ratings, which the box would cover."""
        from tui.screens.comparison import ComparisonScreen

        return self.host.is_predicting and any(
            isinstance(screen, ComparisonScreen) for screen in self.screens
        )

    def _show_on(self, screen: Screen[object]) -> None:
        from tui.widgets.tour_box import TourBox

        if not screen.is_mounted or not screen.is_running:
            return
        boxes = screen.query(TourBox)
        if boxes:
            boxes.first().show(self.progress, self.words)
        else:
            screen.mount(TourBox(self.progress, self.words))

    def end(self) -> None:
        """Takes the box away, for good."""
        self.is_over = True
        self._timer.stop()
        self._take_away()

    def _take_away(self) -> None:
        from tui.widgets.tour_box import TourBox

        for screen in self._app.screen_stack:
            screen.query(TourBox).remove()


def _steps(book: Book) -> Iterator[TourStep]:
    """The steps that a book can give."""
    from casebook.book import entries, lists
    from tui.screens.comparison import ComparisonScreen
    from tui.screens.library import LibraryScreen
    from tui.screens.reader import ReaderScreen
    from tui.screens.source import SourceScreen
    from tui.screens.timeline import TimelineScreen

    def at(kind: type[Screen[None]]) -> Callable[[Tour], bool]:
        return lambda tour: isinstance(tour.screens[-1], kind)

    def is_found(tour: Tour) -> bool:
        screen = tour.screens[0]
        return isinstance(screen, LibraryScreen) and len(screen.query_text.strip()) > 2

    every = entries.all_lines(book)
    if not every:
        yield TourStep("This book is empty. Press q to leave.", lambda _: False)
        return
    cases = [line for line in every if line.kind.is_case]
    word = misspelt_name(book, [line.title for line in cases or every])
    if word:
        yield TourStep(f"Press / and type {word}. Typing errors are forgiven.", is_found)
    yield TourStep("Press enter to open what is selected.", at(ReaderScreen))
    if book.one("SELECT 1 FROM citation LIMIT 1", []):
        yield TourStep(
            "Every statement has its source. Press → to go to a citation, and enter to open it.",
            at(SourceScreen),
        )
    if len(cases) > 1 and lists.frameworks(book):
        yield TourStep(
            "Press esc to go back, and p to add this case to the comparison.",
            lambda tour: tour.host.picked != tour.picked_before,
            has_escape=True,
        )
        yield TourStep(
            "Press esc for the list, select another case and press p. Then c compares them.",
            at(ComparisonScreen),
            has_escape=True,
        )
    if book.one("SELECT 1 FROM event LIMIT 1", []):
        yield TourStep("Press t to see their events on a timeline.", at(TimelineScreen))
    yield TourStep(
        "Press a to write a note on what is selected, and ctrl+s to save it.",
        lambda tour: tour.notes > tour.notes_before,
    )
    yield TourStep(
        "That is the tour. b opens your notebook, ? lists the keys, ctrl+p finds any action.",
        lambda _: False,
    )


def misspelt_name(book: Book, titles: list[str]) -> str:
    """A word of a title with two letters exchanged, which a search finds all the same."""
    from casebook.search.finder import search

    for title in titles[:_MOST_TITLES]:
        for word in sorted(title.split(), key=len, reverse=True)[:2]:
            name = word.casefold()
            if len(name) < _FEWEST_LETTERS or not (name.isascii() and name.isalpha()):
                continue
            wrong = name[:2] + name[3] + name[2] + name[4:]
            try:
                hits = search(book, wrong, 3).hits if wrong != name else ()
            except CasebookError:
                continue
            if any(hit.title == title for hit in hits):
                return wrong
    return ""
