"""Predict, then reveal: rating the cells of a matrix before seeing how the book rates them."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.reactive import reactive

from casebook.comparison.documents import point_name
from casebook.comparison.matrix import Cell, Comparison
from casebook.comparison.prediction import Answer, Judgement, Key, judged
from casebook.comparison.prediction_documents import judgement_document
from casebook.document import DocBlock, Document, Set, TextBuilder
from casebook.errors import CasebookError
from casebook.rating_signs import MARKS, marked
from casebook.vocabulary import Rating
from tui import commands
from tui.commands import Command
from tui.screens.comparison_text import ComparedScreen
from tui.screens.targets import TargetScreen
from tui.widgets.matrix_view import STYLES, Face, MatrixView, Place

RATE = Command("rate", "Rate the cell by a number", "rate_hint", "", "rate", "0-3")
HINT = "1 met, 2 partly, 3 not met, 0 silent; enter adds a reason; = reveals."


class PredictingScreen(TargetScreen):
    """A screen with a matrix whose ratings can be hidden and predicted."""

    PREDICTING: ClassVar[tuple[Command, ...]] = (
        commands.PREDICT,
        commands.RATE_MET,
        commands.RATE_PARTLY,
        commands.RATE_NOT_MET,
        commands.RATE_SILENT,
        commands.REVEAL,
        commands.RATE_ANEW,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings(PREDICTING)]

    predicting: reactive[bool] = reactive(False, init=False)
    """The book's ratings are hidden, or stand beside the reader's."""

    def __init__(self) -> None:
        super().__init__()
        self.comparison: Comparison | None = None
        self.answers: dict[Key, Answer] = {}
        self.revealed: set[str] = set()
        """The entries whose ratings by the book are seen beside the reader's."""
        self._writing = asyncio.Lock()
        """Held while something is kept, so that what follows finds it kept."""

    @property
    def matrix(self) -> MatrixView:
        return self.query_one("#matrix", MatrixView)

    def show_comparison(self) -> None:
        """Shows the comparison anew."""
        raise NotImplementedError

    def hides(self, slug: str) -> bool:
        """True while the book's ratings of an entry are not to be seen."""
        return self.predicting and slug not in self.revealed

    @property
    def hides_any(self) -> bool:
        """True while the book's ratings of anything that is compared are not to be seen."""
        return self.comparison is not None and any(map(self.hides, self.comparison.slugs))

    def tell_hidden(self) -> bool:
        """Says that the book's ratings are hidden, where they are."""
        if self.hides_any:
            self.notify_plainly("The book's ratings are hidden; = reveals them.")
        return self.hides_any

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        if not self.predicting:
            return super().footer_commands
        stop = commands.PREDICT._replace(footer="stop")
        if not self.hides_any:
            source = commands.SOURCE_OF_CELL
            how_far = commands.REVEAL._replace(footer="how far you agree")
            anew = commands.RATE_ANEW._replace(footer="anew")
            return (commands.HELP, source, how_far, anew, stop, *self.way_out)
        reason = commands.OPEN._replace(footer="reason")
        reveal = commands.REVEAL._replace(footer="reveal")
        return (commands.HELP, RATE, reason, reveal, stop, *self.way_out)

    # The mode

    def action_predict(self) -> None:
        self.predicting = not self.predicting

    def watch_predicting(self) -> None:
        self.revealed = set()
        self.matrix.overlay = self._face if self.predicting else None
        self.show_comparison()
        self.refresh_keys()

    def read_answers(self) -> None:
        """Looks up what the reader has answered for what is compared."""
        if self.comparison is None or not self.predicting:
            return
        try:
            self.answers = self.casebook.predictions.known(
                self.comparison.slugs, self.comparison.framework.slug
            )
        except CasebookError as error:
            self.casebook.complain(error)
        self.revealed |= {one.entry for one in self.answers.values() if one.is_revealed}

    @property
    def judgement(self) -> Judgement | None:
        """The answers beside the book, once it has been revealed."""
        if self.comparison is None or self.hides_any:
            return None
        return judged(self.comparison, self.answers)

    def said_of_prediction(self) -> str:
        """Where the prediction stands, in a few words."""
        if self.comparison is None:
            return ""
        if self.judgement is not None:
            return self.judgement.overall.said
        shown = {row.criterion.key for row in self.comparison.rows}
        given = sum(answer.criterion in shown for answer in self.answers.values())
        return f"{given} of {len(shown) * len(self.comparison.entries)} rated by you"

    # Cells

    def _face(self, key: str, cell: Cell) -> Face | None:
        answer = self.answers.get((cell.entry, key))
        if self.hides(cell.entry):
            if answer is None:
                return Face("? rate", "muted", "Not rated by you.")
            return Face(marked(answer.rating), STYLES[answer.rating], answer.reason)
        if answer is None:
            return None
        sign = "=" if answer.rating is cell.rating else f"\N{NOT EQUAL TO}{MARKS[answer.rating]}"
        words = f"{marked(cell.rating)} {sign}"
        return Face(words, STYLES[cell.rating], self.matrix.body_of(cell))

    def prediction_blocks(self, key: str, slug: str) -> list[DocBlock]:
        """What stands in the panel for a cell that is being predicted."""
        assert self.comparison is not None
        criterion = self.comparison.framework.criterion(key)
        answer = self.answers.get((slug, key))
        words = TextBuilder().strong(self._cell_name(key, slug)).add("\n")
        if answer is None:
            words.add("Not rated by you. ").add(HINT)
        else:
            words.add("You rate it ").strong(marked(answer.rating)).add(". ")
            words.add(f"Your reason: {answer.reason}" if answer.reason else HINT)
        blocks = [DocBlock(Set.PARAGRAPH, words.text())]
        if criterion:
            told = TextBuilder().add(criterion.text).cite(criterion.citations).text()
            blocks.append(DocBlock(Set.FACT, told, lead=f"Point {key}"))
        return blocks

    def add_answer(self, words: TextBuilder, key: str, slug: str) -> None:
        """Adds the reader's own rating, before the book's that has been revealed."""
        answer = self.answers.get((slug, key)) if self.predicting else None
        if answer is not None:
            reason = f": {answer.reason}" if answer.reason else ""
            words.add("You: ").strong(marked(answer.rating)).add(f"{reason}\nThe book: ")

    def _cell_name(self, key: str, slug: str) -> str:
        assert self.comparison is not None
        entry = next(one for one in self.comparison.entries if one.slug == slug)
        criterion = self.comparison.framework.criterion(key)
        return f"{entry.title} \N{EN DASH} {point_name(criterion) if criterion else key}"

    # Rating

    def action_rate(self, word: str) -> None:
        if not self.predicting:
            self.notify_plainly("P hides the book's ratings, so that you can give your own.")
            return
        key, slug = self.matrix.names_at(self.matrix.cursor)
        if not (key and slug):
            self.notify_plainly("Choose a cell to rate.")
            return
        if not self.hides(slug):
            self.notify_plainly("The book's ratings are shown; Z begins anew.")
            return
        before = self.answers.get((slug, key))
        answer = Answer(slug, key, Rating(word), before.reason if before else "")
        self._keep(answer, go_on=before is None)

    def action_rate_hint(self) -> None:
        self.notify_plainly(HINT)

    @work(group="prediction")
    async def _keep(self, answer: Answer, *, go_on: bool) -> None:
        """Keeps an answer and shows it when it is kept."""
        assert self.comparison is not None
        entry = next(one for one in self.comparison.entries if one.slug == answer.entry)
        async with self._writing:
            try:
                await self.casebook.predictions.predict(
                    answer, entry.title, self.comparison.framework.slug
                )
            except CasebookError as error:
                self.casebook.complain(error)
                return
            self.answers[answer.key] = answer
        self.title_bar.aside = self.said_of_prediction()
        self.answers_changed()
        here = self.matrix.names_at(self.matrix.cursor) == (answer.criterion, answer.entry)
        if go_on and here and self.matrix.cursor.row + 1 < len(self.comparison.rows):
            self.matrix.cursor = Place(self.matrix.cursor.row + 1, self.matrix.cursor.column)

    def answers_changed(self) -> None:
        """Draws anew what the answers are shown in."""
        self.matrix.faces_changed()
        self.matrix.post_message(MatrixView.Moved(self.matrix.cursor))

    def open_reason(self, key: str, slug: str) -> None:
        """Asks why the reader rates a cell as they do."""
        from tui.dialogs.reason import ReasonScreen

        answer = self.answers.get((slug, key))
        if answer is None:
            self.notify_plainly("Rate it first: 1 met, 2 partly, 3 not met, 0 silent.")
            return

        def take(reason: str | None) -> None:
            if reason is not None:
                self._keep(answer._replace(reason=reason), go_on=False)

        self.app.push_screen(ReasonScreen(self._cell_name(key, slug), answer), take)

    # Revealing

    def action_reveal(self) -> None:
        if not self.predicting:
            self.notify_plainly("Nothing is hidden. P hides the book's ratings.")
        elif not self.hides_any:
            self._open_judgement()
        else:
            self._reveal()

    @work(group="prediction")
    async def _reveal(self) -> None:
        assert self.comparison is not None
        framework = self.comparison.framework.slug
        async with self._writing:
            if not self.answers:
                self.notify_plainly(f"Rate a cell first: {HINT}")
                return
            try:
                await self.casebook.predictions.reveal(self.comparison.slugs, framework)
            except CasebookError as error:
                self.casebook.complain(error)
                return
        self.revealed |= set(self.comparison.slugs)
        self.show_comparison()
        self.refresh_keys()

    def _open_judgement(self) -> None:
        if self.comparison is not None and self.judgement is not None:
            document: Document = judgement_document(self.comparison, self.judgement)
            self.app.push_screen(ComparedScreen(document))

    def action_rate_anew(self) -> None:
        if self.predicting and self.answers:
            self._begin_anew()
        else:
            self.notify_plainly("There are no ratings of yours here.")

    @work(group="prediction")
    async def _begin_anew(self) -> None:
        assert self.comparison is not None
        framework = self.comparison.framework.slug
        async with self._writing:
            try:
                await self.casebook.predictions.begin_anew(self.comparison.slugs, framework)
            except CasebookError as error:
                self.casebook.complain(error)
                return
        self.answers, self.revealed = {}, set()
        self.show_comparison()
        self.refresh_keys()
