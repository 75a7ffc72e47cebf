"""Patterns among cases: what those of one outcome share, and whether chance would share it too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from casebook import anchors
from casebook.book.page_values import FrameworkLine
from casebook.comparison.documents import cell_words, criterion_name
from casebook.comparison.matrix import Comparison, assessed_frameworks
from casebook.document import DocBlock, Document, Set, with_citations
from casebook.errors import CasebookError
from casebook.evidence_documents import NOWHERE
from casebook.exports.patterns import PatternsFound
from casebook.patterns.analysis import Patterns, Progress, stages
from casebook.patterns.documents import patterns_document
from casebook.patterns.formula_documents import formula_number
from casebook.patterns.rated_cases import pattern_table, rated_comparison, usual_points
from casebook.text import Text
from casebook.text_builder import TextBuilder
from tui import commands
from tui.command import Command, bindings
from tui.screens.base import CasebookScreen
from tui.screens.patterns_choice import PatternsChoice
from tui.screens.reading_pane import READING, ReadingPane
from tui.widgets.citation_panel import CitationPanel
from tui.widgets.document_layout import LinkTarget, TargetKind
from tui.widgets.document_view import DocumentView

SECONDS_BETWEEN = 0.2
"""How often progress is told."""

_OWN = (commands.PATTERNS_FILTER, commands.EXPORT, commands.FRAMEWORK, commands.CLEAR)


class BreakingCells(NamedTuple):
    """The cells of a matrix of which any one would break a formula, were it otherwise.

    Attributes:
        framework: its slug.
        formula: as it is printed.
        cells: keys of points with slugs of cases.
    """

    framework: str
    formula: str
    cells: frozenset[tuple[str, str]]


class PatternsScreen(CasebookScreen):
    """The document of `casebook patterns`, to read; what takes long is added when it is known.

    Args:
        slugs: of the cases; none for all cases of the book that are rated.
        choice: what is looked for to begin with.
        mark: is told of the cells that would break the formula at hand, when the screen is left.
    """

    CSS_PATH = "document.tcss"
    ACTIONS: ClassVar[tuple[Command, ...]] = (*READING, *_OWN, commands.EVIDENCE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(_OWN)]
    pane: ReadingPane

    def __init__(
        self,
        slugs: Sequence[str] = (),
        choice: PatternsChoice | None = None,
        mark: Callable[[BreakingCells], None] | None = None,
    ) -> None:
        super().__init__()
        self.pane = ReadingPane(standing_of=lambda _target: NOWHERE)
        self.slugs = tuple(slugs)
        self.begins_with = choice or PatternsChoice()
        self.choice = self.begins_with
        self.mark = mark
        self.comparison: Comparison | None = None
        self.found: PatternsFound | None = None
        self.looking: Worker[None] | None = None
        """Looks for patterns; None when all are found."""

    def compose_body(self) -> Iterable[Widget]:
        yield self.pane

    def on_mount(self) -> None:
        self.pane.main_view.focus()
        self.look()

    def book_changed(self) -> None:
        self.comparison = None
        self.look()

    @property
    def crumb(self) -> str:
        return "Patterns"

    # Looking for patterns

    def look(self) -> None:
        """Looks for patterns anew, and no longer for those that were looked for."""
        self.title_bar.place = "Patterns"
        self.title_bar.aside = "Reading the ratings \N{HORIZONTAL ELLIPSIS}"
        self.looking = self._look(self.choice, self.comparison)

    @work(thread=True, exclusive=True, group="patterns")
    def _look(self, choice: PatternsChoice, comparison: Comparison | None) -> None:
        """Looks away from the keyboard; what is known is shown at once."""
        worker = get_current_worker()
        told_at = monotonic()

        def tell(progress: Progress) -> None:
            nonlocal told_at
            if monotonic() - told_at > SECONDS_BETWEEN and not worker.is_cancelled:
                told_at = monotonic()
                self.app.call_from_thread(self._tell, worker, progress.said)

        def show(patterns: Patterns, compared: Comparison) -> None:
            found = PatternsFound(
                patterns, compared, choice.outcome, choice.calibration, choice.threshold
            )
            document = patterns_document(patterns, compared, choice.outcome)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._take, worker, found, document)

        try:
            if comparison is None:
                comparison = rated_comparison(
                    self.casebook.book, self.slugs, choice.framework or None
                )
                self.app.call_from_thread(self._compared, worker, comparison)
            rated = [row.criterion.key for row in comparison.every_row]
            points = [key for key in rated if key in (choice.points or ())]
            table = pattern_table(comparison, points, choice.outcome, choice.calibration)
            for stage in stages(table, choice.threshold, lambda: worker.is_cancelled, tell):
                show(stage, comparison)
        except CasebookError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._refuse, worker, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._end, worker)

    def _is_awaited(self, worker: Worker[None]) -> bool:
        return worker is self.looking and self.is_attached

    def _tell(self, worker: Worker[None], words: str) -> None:
        if self._is_awaited(worker):
            self.title_bar.aside = f"{words}; esc stops"

    def _compared(self, worker: Worker[None], comparison: Comparison) -> None:
        if self._is_awaited(worker):
            self.comparison = comparison

    def _take(self, worker: Worker[None], found: PatternsFound, document: Document) -> None:
        if self._is_awaited(worker):
            self.found = found
            self.title_bar.place = document.title
            self.pane.main_view.show_again(document)

    def _refuse(self, worker: Worker[None], error: CasebookError) -> None:
        """Says in place of the document why there is none."""
        if self._is_awaited(worker):
            self.found = None
            blocks = (
                DocBlock(Set.WARNING, Text(error.message)),
                DocBlock(Set.PARAGRAPH, Text(_ANOTHER_CHOICE)),
            )
            self.pane.main_view.show(Document("Patterns", blocks))
            self._end(worker)

    def _end(self, worker: Worker[None]) -> None:
        if self._is_awaited(worker):
            self.looking = None
            self.title_bar.aside = self._said

    @property
    def _said(self) -> str:
        """What was looked at, in words."""
        if self.found is None:
            return ""
        table = self.found.patterns.table
        return f"{len(table.cases)} cases, {self.found.outcome.said}"

    def action_back(self) -> None:
        if self.looking is None or self.pane.is_finding:
            super().action_back()
            return
        self.looking.cancel()
        self.looking = None
        self.title_bar.aside = "Stopped"
        self.notify_plainly("Stopped. What was found so far is shown; x looks again.")

    # What is looked for

    def action_filter(self) -> None:
        from tui.dialogs.patterns_choice import PatternsChoiceScreen

        if self.comparison is None:
            self.notify_plainly("There are no ratings to choose from.")
            return
        points = {
            row.criterion.key: criterion_name(row.criterion)
            for row in self.comparison.every_row
            if row.counts.rated
        }
        usual = frozenset(usual_points(self.comparison))
        better = self.found.patterns.coverage.better_choices if self.found else ()
        self.app.push_screen(PatternsChoiceScreen(self.choice, points, usual, better, self.take))

    def take(self, choice: PatternsChoice) -> None:
        """Looks for what is chosen."""
        if choice.framework != self.choice.framework:
            self.comparison = None
        self.choice = choice
        self.look()

    def action_clear(self) -> None:
        self.take(self.begins_with)

    def action_framework(self) -> None:
        frameworks: list[FrameworkLine] = assessed_frameworks(self.casebook.book)
        slugs = [framework.slug for framework in frameworks]
        if len(slugs) < 2:
            self.notify_plainly("This book has no other framework.")
            return
        now = self.choice.framework
        at = slugs.index(now) if now in slugs else 0
        self.take(self.choice._replace(framework=slugs[(at + 1) % len(slugs)], points=None))

    def action_patterns(self) -> None:
        self.notify_plainly("You are looking at patterns; f chooses points and outcome.")

    def action_export(self) -> None:
        from tui.dialogs.export import ExportDialog
        from tui.dialogs.export_patterns import PatternsToExport

        if self.found is None or self.looking is not None:
            self.notify_plainly("There is nothing to export yet.")
            return
        self.app.push_screen(ExportDialog(PatternsToExport(self.found)))

    # The formula at hand

    @property
    def breaking(self) -> BreakingCells | None:
        """What would break the formula that the reader is at; None where they are at none."""
        view = self.pane.main_view
        target = view.chosen_target
        at = target.block if target is not None else view.top_block
        for block in reversed(view.document.blocks[: at + 1]):
            number = formula_number(block.anchor)
            if number is not None:
                return self._breaking(number)
            if block.set is Set.HEADING:
                return None
        return None

    def _breaking(self, number: int) -> BreakingCells | None:
        if self.found is None or number >= len(self.found.patterns.formulas):
            return None
        framework = self.found.comparison.framework.slug
        held, points = self.found.patterns.formulas[number], self.found.patterns.table.points
        cells = frozenset((points[mark.point], mark.case) for mark in held.fragility.marks)
        return BreakingCells(framework, held.formula.said(points), cells)

    @on(DocumentView.TargetChosen)
    def _tell_of_mark(self, event: DocumentView.TargetChosen) -> None:
        """Shows the evidence for a mark that is chosen, beside the document or below it."""
        if event.target is None or event.view is self.pane.evidence:
            return
        document = self._evidence_for(event.target)
        if document is None:
            return
        if self.pane.evidence is not None and self.pane.is_split:
            self.pane.evidence.show(document)
        else:
            (block,) = document.blocks
            self.query_one(CitationPanel).tell(with_citations(block.text, document.sources))

    def _evidence_for(self, target: LinkTarget) -> Document | None:
        """What the book says for a mark; None where a target is no mark."""
        if self.found is None or target.kind is not TargetKind.ENTRY or not target.anchor:
            return None
        compared = self.found.comparison
        for row in compared.every_row:
            if target.anchor == anchors.criterion(compared.framework.slug, row.criterion.key):
                words = TextBuilder().strong(criterion_name(row.criterion)).add(": ")
                cell_words(compared.cell(row.criterion.key, target.value), words)
                block = DocBlock(Set.PARAGRAPH, words.text())
                return Document(row.criterion.title, (block,), compared.sources)
        return None

    def on_screen_suspend(self) -> None:
        if self.mark is not None and self.app.screen is not self and (cells := self.breaking):
            self.mark(cells)

    def slugs_in_time(self) -> tuple[str, ...]:
        """The chosen case, else all that are looked at."""
        chosen = super().slugs_in_time()
        return chosen or (tuple(self.comparison.slugs) if self.comparison else ())


_ANOTHER_CHOICE = (
    "f chooses other points, another outcome or other scores; F goes to the next framework."
)
