"""Predict, then reveal: rating the cells of a matrix before seeing how the book rates them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from casebook.comparison.cells import MatrixCell
from casebook.comparison.documents import criterion_name, judgement_document
from casebook.comparison.matrix import Comparison
from casebook.comparison.options import Shown, SubPoints
from casebook.comparison.prediction import CellKey, Judgement, ReaderRating, judgement_of
from casebook.document import DocBlock, Set
from casebook.errors import CasebookError
from casebook.rating_signs import SIGNS, rating_sign, signed_rating
from casebook.safe_text import made_safe_line
from casebook.text_builder import TextBuilder
from casebook.vocabulary import SEALED_RATINGS, Rating
from tui import commands
from tui.command import Command
from tui.screens.comparison_text import ComparedScreen
from tui.widgets.matrix_layout import CellFace
from tui.widgets.matrix_view import RATING_STYLES, MatrixView

if TYPE_CHECKING:
    from textual.app import App

    from casebook.seminar.rating import AskedRatings, RatingProgress
    from tui.host import Host
    from tui.widgets.bars import TitleBar

RATE = Command("rate", "Rate the cell with a number", "rate_hint", "", "rate", "0-3")
_HINT = "1 met, 2 partly, 3 not met, 0 silent; enter adds a reason"

COMMANDS: tuple[Command, ...] = (
    commands.PREDICT,
    commands.RATE_MET,
    commands.RATE_PARTLY,
    commands.RATE_NOT_MET,
    commands.RATE_SILENT,
    commands.REVEAL,
    commands.RATE_ANEW,
    commands.HAND_IN,
)


class Compared(Protocol):
    """What a prediction needs of the screen whose matrix it is on."""

    comparison: Comparison | None

    @property
    def app(self) -> App[Any]: ...

    @property
    def is_attached(self) -> bool:
        """Whether the screen is part of the app still."""

    @property
    def is_current(self) -> bool:
        """Whether nothing lies over the screen."""

    @property
    def casebook(self) -> Host: ...

    @property
    def matrix(self) -> MatrixView: ...

    @property
    def title_bar(self) -> TitleBar: ...

    def show_comparison(self) -> None:
        """Shows the comparison anew."""

    def refresh_keys(self) -> None:
        """Draws the line of keys anew."""

    def notify_plainly(self, message: str) -> None:
        """Tells something for a moment."""

    def run_worker(self, work: Coroutine[Any, Any, None], *, group: str) -> object:
        """Does something away from the keyboard."""


class PredictionController:
    """The reader's ratings on a matrix, while those of the book are hidden or beside them."""

    def __init__(self, screen: Compared) -> None:
        self._screen = screen
        self.answers: dict[CellKey, ReaderRating] = {}
        self._asked: AskedRatings | None = None
        """What the seminar of the book asks to rate, where its cases are compared."""
        self._writing = asyncio.Lock()
        """Held while something is kept, so that what follows finds it kept."""

    @property
    def _comparison(self) -> Comparison | None:
        return self._screen.comparison

    @property
    def _matrix(self) -> MatrixView:
        return self._screen.matrix

    @property
    def is_on(self) -> bool:
        """The book's ratings are hidden, or stand beside the reader's."""
        return self._screen.casebook.is_predicting

    def hides(self, key: str, slug: str) -> bool:
        """True while the book's rating of a cell is not to be seen.

        Args:
            key: that of a point; empty for all of them, any of which may be hidden.
        """
        if self._comparison is None:
            return False
        hidden, framework = self._screen.casebook.book.hidden, self._comparison.framework.slug
        return any(hidden.hides(slug, framework, each) for each in ([key] if key else self._keys))

    @property
    def hides_any(self) -> bool:
        """True while a rating of the book of anything that is compared is not to be seen."""
        return self._comparison is not None and any(
            self.hides("", slug) for slug in self._comparison.slugs
        )

    @property
    def _keys(self) -> list[str]:
        """The points that are shown."""
        rows = self._comparison.rows if self._comparison else ()
        return [row.criterion.key for row in rows]

    @property
    def _given(self) -> list[ReaderRating]:
        """The reader's ratings of what is shown."""
        shown = frozenset(self._keys)
        return [answer for answer in self.answers.values() if answer.criterion in shown]

    def tell_hidden(self) -> bool:
        """Says that the book's ratings are hidden, where they are."""
        if self.hides_any:
            hidden = "The book's ratings are hidden; = reveals them"
            self._screen.notify_plainly(f"{hidden if self._unsealed else SEALED_RATINGS}.")
        return self.hides_any

    @property
    def hint(self) -> str:
        """Which keys rate a cell, and which reveals the book's ratings where it can."""
        return f"{_HINT}; = reveals." if self._unsealed else f"{_HINT}."

    @property
    def footer(self) -> tuple[Command, ...]:
        """What the line of keys shows of a prediction."""
        stop = commands.PREDICT._replace(footer="stop")
        if not self.hides_any:
            source = commands.SOURCE_OF_CELL
            how_far = commands.REVEAL._replace(footer="agreement")
            anew = commands.RATE_ANEW._replace(footer="start again")
            return (source, how_far, anew, stop)
        reason = commands.OPEN._replace(footer="reason")
        if not self._unsealed:
            return (RATE, reason, stop)
        reveal = commands.REVEAL._replace(footer="reveal")
        return (RATE, reason, reveal, stop)

    # What is asked for

    def asked_of(self, comparison: Comparison) -> Comparison:
        """The comparison with the points that are to be rated.

        Where all its cases are those of the seminar that the book was made for, these are the
        points of the seminar; else all but the sub-points.
        """
        self._asked = None
        book = self._screen.casebook.book
        if book.edition.is_for_students:
            from casebook.seminar.rating import asked_ratings

            asked = asked_ratings(book)
            if asked is not None and asked.holds(comparison.framework.slug, comparison.slugs):
                self._asked = asked
                rows = [row for row in comparison.every_row if row.criterion.key in asked.points]
                return replace(comparison, rows=tuple(rows))
        return comparison.showing(Shown.ALL, SubPoints.NONE)

    @property
    def _progress(self) -> RatingProgress | None:
        """How far the reader has come with what the seminar asks for; None without one."""
        return self._asked.progress(list(self.answers)) if self._asked is not None else None

    @property
    def seminar_title(self) -> str:
        """That of the seminar whose cases are being rated; empty without one."""
        if not self.is_on or self._asked is None:
            return ""
        return made_safe_line(self._asked.seminar.title)

    # The mode

    def toggle(self) -> None:
        """Hides the book's ratings, or ends the prediction."""
        self._screen.casebook.hide_ratings(is_on=not self.is_on)
        self._screen.show_comparison()
        self._screen.refresh_keys()

    def read_answers(self) -> None:
        """Looks up what the reader has answered for what is compared."""
        self._matrix.overlay = self._face if self.is_on else None
        if self._comparison is None or not self.is_on:
            return
        kept, framework = self._screen.casebook.predictions, self._comparison.framework.slug
        try:
            self.answers = kept.known(self._comparison.slugs, framework)
        except CasebookError as error:
            self._screen.casebook.complain(error)

    def notebook_changed(self) -> None:
        """Shows the ratings as they are kept: some may have been undone."""
        if self._comparison is not None and self.is_on:
            self.read_answers()
            self._show_answers()

    @property
    def judgement(self) -> Judgement | None:
        """The answers beside the book, as far as it has been revealed; None before that."""
        if self._comparison is None or not self.is_on:
            return None
        seen = {
            key: answer
            for key, answer in self.answers.items()
            if not self.hides(answer.criterion, answer.entry)
        }
        return judgement_of(self._comparison, seen) if seen or not self.hides_any else None

    @property
    def said(self) -> str:
        """Where the prediction stands, in a few words."""
        if self._comparison is None:
            return ""
        judgement = self.judgement
        agreed = judgement.overall.said if judgement is not None else ""
        if not self.hides_any:
            return agreed
        cells = len(self._keys) * len(self._comparison.entries)
        progress = self._progress
        given = progress.said if progress else f"{len(self._given)} of {cells} rated"
        if of_class := self._screen.casebook.class_words:
            given = f"{given} ({of_class})"
        elif not agreed and progress is None:
            given = f"{given} by you"
        return f"{agreed}, {given}" if agreed else given

    # Cells

    def _face(self, key: str, cell: MatrixCell) -> CellFace | None:
        answer = self.answers.get((cell.entry, key))
        if self.hides(key, cell.entry):
            if answer is None:
                return CellFace("? rate", "muted", "Not rated by you.")
            return CellFace(
                signed_rating(answer.rating), RATING_STYLES[answer.rating], answer.reason
            )
        if answer is None:
            return None
        if cell.accounts:
            mine = f"you {SIGNS[answer.rating]}"
            short = f"{rating_sign(cell.rating, cell.readings)}; {SIGNS[answer.rating]}"
            body = self._matrix.body_of(cell)
            return CellFace(f"{cell.mark}; {mine}", RATING_STYLES[cell.rating], body, short)
        sign = "=" if answer.rating is cell.rating else f"\N{NOT EQUAL TO}{SIGNS[answer.rating]}"
        words = f"{cell.mark} {sign}"
        return CellFace(words, RATING_STYLES[cell.rating], self._matrix.body_of(cell))

    def blocks(self, key: str, slug: str) -> list[DocBlock]:
        """What stands in the panel for a cell that is being predicted."""
        assert self._comparison is not None
        criterion = self._comparison.framework.criterion(key)
        answer = self.answers.get((slug, key))
        words = TextBuilder().strong(self._cell_name(key, slug)).add("\n")
        if answer is None:
            words.add("Not rated by you. ").add(self.hint)
        else:
            words.add("You rate it ").strong(signed_rating(answer.rating)).add(". ")
            words.add(f"Your reason: {answer.reason}" if answer.reason else self.hint)
        blocks = [DocBlock(Set.PARAGRAPH, words.text())]
        if criterion:
            told = TextBuilder().add(criterion.text).cite(criterion.citations).text()
            blocks.append(DocBlock(Set.FACT, told, lead=f"Point {key}"))
        return blocks

    def add_answer(self, words: TextBuilder, key: str, slug: str) -> None:
        """Adds the reader's own rating on a line of its own, before the book's."""
        answer = self.answers.get((slug, key)) if self.is_on else None
        if answer is not None:
            reason = f": {answer.reason}" if answer.reason else "."
            words.strong(f"You: {signed_rating(answer.rating)}").add(f"{reason}\n")
            words.strong("The book: ")

    def _cell_name(self, key: str, slug: str) -> str:
        assert self._comparison is not None
        entry = next(entry for entry in self._comparison.entries if entry.slug == slug)
        criterion = self._comparison.framework.criterion(key)
        name = f"{entry.title} \N{EN DASH} {criterion_name(criterion) if criterion else key}"
        is_optional = self._asked is not None and slug in self._asked.optional
        return f"{name} (optional)" if is_optional else name

    # Rating

    def _in_turn(self, work: Coroutine[Any, Any, None]) -> None:
        """Keeps something away from the keyboard, after what is being kept."""
        self._screen.run_worker(work, group="prediction")

    def _keep_in_turn(self, answer: ReaderRating) -> None:
        """The same with an answer, which is kept though the reader may leave the screen."""
        self._screen.app.run_worker(self._keep(answer), group="prediction")

    def rate(self, word: str) -> None:
        """Rates the chosen cell by the name of a rating."""
        if not self.is_on:
            self._screen.notify_plainly(
                "P hides the book's ratings, so that you can give your own."
            )
            return
        key, slug = self._matrix.names_at(self._matrix.cursor)
        if not (key and slug):
            self._screen.notify_plainly("Select a cell to rate.")
            return
        if not self.hides(key, slug):
            self._screen.notify_plainly("Already revealed. Z clears your ratings and starts again.")
            return
        before = self.answers.get((slug, key))
        answer = ReaderRating(slug, key, Rating(word), before.reason if before else "")
        self._keep_in_turn(answer)

    async def _keep(self, answer: ReaderRating) -> None:
        """Keeps an answer and shows it when it is kept."""
        assert self._comparison is not None
        entry = next(case for case in self._comparison.entries if case.slug == answer.entry)
        async with self._writing:
            try:
                await self._screen.casebook.predictions.predict(
                    answer, entry.title, self._comparison.framework.slug
                )
            except CasebookError as error:
                self._screen.casebook.complain(error)
                return
            before = self._progress
            self.answers[answer.key] = answer
        self._show_answers()
        self._offer_to_hand_in(before)

    def _offer_to_hand_in(self, before: RatingProgress | None) -> None:
        """Offers to hand in when the last rating that the seminar asks for has been given."""
        now = self._progress
        if before is None or now is None:
            return
        is_new = (now.is_complete and not before.is_complete) or (
            now.is_whole and not before.is_whole
        )
        # A class on a server has been sent each rating as it was given.
        if is_new and self._screen.is_current and not self._screen.casebook.class_words:
            from tui.dialogs.hand_in import offer_to_hand_in

            offer_to_hand_in(self._screen.casebook, self._screen.app, now)

    def _show_answers(self) -> None:
        """Draws anew what the answers are shown in, unless the reader has left it."""
        if not self._screen.is_attached:
            return
        self._screen.title_bar.aside = self.said
        self._matrix.faces_changed()
        self._matrix.post_message(MatrixView.Moved(self._matrix.cursor))
        self._screen.refresh_keys()

    def open_reason(self, key: str, slug: str) -> None:
        """Asks how the reader rates a cell, where they have not said so yet, and why."""
        from tui.dialogs.reason import ReasonScreen

        def take(answer: ReaderRating | None) -> None:
            if answer is not None:
                self._keep_in_turn(answer)

        answer = self.answers.get((slug, key))
        name = self._cell_name(key, slug)
        self._screen.app.push_screen(ReasonScreen(name, slug, key, answer), take)

    # Revealing

    def reveal(self) -> None:
        """Shows the book's ratings; once they are shown, how far both agree."""
        if not self.is_on:
            self._screen.notify_plainly("Nothing is hidden. P hides the book's ratings.")
        elif not self.hides_any:
            self._open_judgement()
        elif not self._unsealed:
            self._screen.notify_plainly(f"{SEALED_RATINGS}.")
        else:
            self._in_turn(self._ask_and_reveal())

    @property
    def _unsealed(self) -> list[str]:
        """The entries of which the book has ratings that can be shown."""
        comparison = self._comparison
        return [
            slug
            for slug in (comparison.slugs if comparison else ())
            if comparison and not comparison.counts_of(slug).sealed
        ]

    async def _ask_and_reveal(self) -> None:
        """Reveals at once where all is rated; asks how much to reveal where it is not."""
        assert self._comparison is not None
        async with self._writing:
            pass  # what is being kept counts as rated
        given, cells = len(self._given), len(self._keys) * len(self._comparison.entries)
        if not given:
            self._screen.notify_plainly(f"Rate a cell first: {self.hint}")
        elif given == cells:
            await self._reveal(only_rated=False)
        else:
            self._ask_how_much(given, cells)

    def _ask_how_much(self, given: int, cells: int) -> None:
        from tui.dialogs.question import QuestionScreen

        answers: dict[str, str] = {}
        waiting = sum(self.hides(answer.criterion, answer.entry) for answer in self._given)
        if waiting:
            cells_told = "the cell" if given == 1 else f"the {given} cells"
            answers["rated"] = f"Reveal only {cells_told} that you have rated"
        else:
            answers["agreement"] = "Show how your ratings agree with the book's"
        answers["all"] = f"Reveal all {cells} cells"

        def take(answer: str | None) -> None:
            match answer:
                case "agreement":
                    self._open_judgement()
                case "rated" | "all":
                    self._in_turn(self._reveal(only_rated=answer == "rated"))

        question = f"You have rated {given} of {cells} cells."
        self._screen.app.push_screen(QuestionScreen(question, answers), take)

    async def _reveal(self, *, only_rated: bool) -> None:
        assert self._comparison is not None
        framework = self._comparison.framework.slug
        async with self._writing:
            try:
                await self._screen.casebook.predictions.reveal(
                    self._unsealed, framework, only_rated=only_rated
                )
            except CasebookError as error:
                self._screen.casebook.complain(error)
                return
        self._revealed_changed()

    def _revealed_changed(self) -> None:
        """Shows what is revealed now."""
        self._screen.casebook.refresh_hidden()
        self._screen.show_comparison()
        self._screen.refresh_keys()

    def _open_judgement(self) -> None:
        if self._comparison is not None and self.judgement is not None:
            document = judgement_document(self._comparison, self.judgement)
            self._screen.casebook.open_place(ComparedScreen(document))

    def rate_anew(self) -> None:
        """Takes the reader's ratings away."""
        if self.is_on and self.answers:
            self._in_turn(self._begin_anew())
        else:
            self._screen.notify_plainly("You have not rated anything here.")

    async def _begin_anew(self) -> None:
        assert self._comparison is not None
        framework = self._comparison.framework.slug
        async with self._writing:
            try:
                await self._screen.casebook.predictions.begin_anew(
                    self._comparison.slugs, framework
                )
            except CasebookError as error:
                self._screen.casebook.complain(error)
                return
        self._revealed_changed()
