"""Cases side by side against a framework: the matrix, and the evidence of the chosen cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.reactive import reactive
from textual.widget import Widget

from casebook import anchors
from casebook.book.page_values import FrameworkLine
from casebook.citations import OWN
from casebook.comparison import matrix as comparing
from casebook.comparison.documents import (
    case_document,
    criterion_document,
    findings_document,
    unsaid_words,
)
from casebook.comparison.matrix import Comparison
from casebook.comparison.options import MatrixOrder, Shown, SubPoints
from casebook.errors import CasebookError
from tui import commands
from tui.command import Command, bindings
from tui.messages import EntryWanted, SourceWanted
from tui.screens.base import CasebookScreen
from tui.screens.comparison_text import ComparedScreen
from tui.screens.evidence import cell_statement, cell_target, evidence_document
from tui.screens.matrix_orders import MatrixChoice, swapped
from tui.screens.notes_controller import ViewAtHand
from tui.screens.prediction import COMMANDS, PredictionController
from tui.screens.targets import statement_chosen, text_chosen
from tui.widgets.covered import CoveredBox
from tui.widgets.document_view import DocumentView
from tui.widgets.evidence_view import EvidenceView
from tui.widgets.matrix_layout import MatrixPlace
from tui.widgets.matrix_view import MARK, MatrixView

if TYPE_CHECKING:
    from casebook.exports.cite import CitableStatement
    from casebook.notebook.values import NoteTarget, SavedView
    from tui.screens.patterns import BreakingCells


_OWN: tuple[Command, ...] = (
    commands.TEXTS,
    commands.READ_POINT,
    commands.READ_CASE,
    commands.MATRIX_FILTER,
    commands.EXPORT,
    commands.FRAMEWORK,
    commands.DIFFERENCES,
    commands.CLEAR,
    commands.CARRY_LEFT,
    commands.CARRY_RIGHT,
    commands.CARRY_UP,
    commands.CARRY_DOWN,
    commands.EMPTY_TRAY,
    commands.PATTERNS,
)
"""What the screen itself does; the matrix opens what is chosen."""


class ComparisonScreen(CasebookScreen):
    """What is in the tray, against one of the book's frameworks."""

    CSS_PATH = "comparison.tcss"

    ACTIONS: ClassVar[tuple[Command, ...]] = (
        commands.SOURCE_OF_CELL,
        *_OWN,
        *COMMANDS,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*_OWN, *COMMANDS))]

    shown: reactive[Shown] = reactive(Shown.ALL, init=False)
    subpoints: reactive[SubPoints] = reactive(SubPoints.RATED, init=False)

    def __init__(self, view: SavedView | None = None) -> None:
        super().__init__()
        self.comparison: Comparison | None = None
        self.prediction = PredictionController(self)
        self.view_to_show = view
        self.frameworks: list[FrameworkLine] = []
        self.framework = ""
        self.breaking: BreakingCells | None = None
        """The cells that would break the formula that the reader came from."""
        self.row_order: MatrixOrder | list[str] = MatrixOrder.FRAMEWORK
        self.column_order: MatrixOrder | list[str] = MatrixOrder.FRAMEWORK

    def compose_body(self) -> Iterable[Widget]:
        with CoveredBox(id="comparison"):
            yield MatrixView(id="matrix")
            yield EvidenceView(id="evidence")

    def on_mount(self) -> None:
        self.matrix.focus()
        self.matrix.empty_text = "No point matches. x shows all points again."
        self.frameworks = comparing.assessed_frameworks(self.casebook.book)
        if self.frameworks and not self.framework:
            self.framework = self.frameworks[0].slug
        if self.view_to_show is not None:
            self.show_view(self.view_to_show)
        else:
            self.compare()

    @property
    def matrix(self) -> MatrixView:
        return self.query_one("#matrix", MatrixView)

    @property
    def evidence(self) -> DocumentView:
        return self.query_one("#evidence", DocumentView)

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        if self.prediction.is_on:
            return (commands.HELP, *self.prediction.footer, *self.way_out)
        return super().footer_commands

    # The way back

    @property
    def crumb(self) -> str:
        return "Comparison"

    def place_kept(self) -> tuple[MatrixChoice, MatrixPlace]:
        return self.choice, self.matrix.cursor

    def take_place(self, kept: tuple[MatrixChoice, MatrixPlace]) -> None:
        if kept == self.place_kept():
            return
        choice, cursor = kept
        if choice != self.choice:
            self.take(choice)
        self.matrix.cursor = cursor

    # The reader's own ratings

    def action_predict(self) -> None:
        self.prediction.toggle()

    def action_rate(self, word: str) -> None:
        self.prediction.rate(word)

    def action_rate_hint(self) -> None:
        self.notify_plainly(self.prediction.hint)

    def action_reveal(self) -> None:
        self.prediction.reveal()

    def action_rate_anew(self) -> None:
        self.prediction.rate_anew()

    # The notebook

    def notebook_changed(self) -> None:
        self.prediction.notebook_changed()

    def view_at_hand(self) -> ViewAtHand | None:
        from casebook.notebook import ViewKind

        cell = list(self.matrix.names_at(self.matrix.cursor))
        filters = {**self.choice.kept, "cell": cell}
        return ViewAtHand(ViewKind.COMPARISON, self.casebook.picked, self.framework, filters)

    def show_view(self, view: SavedView) -> None:
        """Shows the comparison as it was saved; what the book has no more is left out."""
        choice = self.choice.as_kept(view.filters)
        if view.framework in [framework.slug for framework in self.frameworks]:
            choice = choice._replace(framework=view.framework)
        self.take(choice)
        self._go_to_cell(view.filters.get("cell"))

    def _go_to_cell(self, names: Any) -> None:
        """Goes to the cell of a point and a case, if they are shown."""
        if self.comparison is None:
            return
        rows = [row.criterion.key for row in self.comparison.rows]
        columns = [entry.slug for entry in self.comparison.entries]
        match names:
            case [str(key), str(slug)] if key in rows and slug in columns:
                self.matrix.cursor = MatrixPlace(rows.index(key), columns.index(slug))

    def targets_at_hand(self) -> Sequence[NoteTarget]:
        """The chosen cell, and its case as a whole."""
        whole = super().targets_at_hand()
        point, slug = self.matrix.names_at(self.matrix.cursor)
        if self.comparison is None or not point or not slug or not whole:
            return whole
        if self.prediction.hides(point, slug):
            return whole  # the target of a cell has its rating
        cell = cell_target(self.casebook.volume_of(slug), self.comparison, point, slug)
        return whole if cell is None else (cell, *whole)

    # What is compared

    def book_changed(self) -> None:
        self.frameworks = comparing.assessed_frameworks(self.casebook.book)
        self.compare()

    def compare(self) -> None:
        """Reads the comparison anew from the tray, the framework and what is to be shown."""
        tray = self.casebook.picked
        try:
            found = comparing.compare(self.casebook.book, tray, self.framework or None)
        except CasebookError as error:
            self.app.pop_screen()
            self.casebook.complain(error)
            return
        self.comparison = found
        self.show_comparison()

    def show_comparison(self) -> None:
        if self.comparison is None:
            return
        self.prediction.read_answers()
        if self.prediction.is_on:
            # An order or a choice by the book's ratings would give them away.
            shown = self.prediction.asked_of(self.comparison)
            by_hand = [] if isinstance(self.row_order, MatrixOrder) else self.row_order
            self.comparison = shown.with_rows(by_hand)
        else:
            shown = self.comparison.showing(self.shown, self.subpoints)
            self.comparison = shown.with_columns(self.column_order).with_rows(self.row_order)
        self.matrix.marked = self._marked
        self.matrix.show(self.comparison)
        compared = f"Comparison: {self.comparison.framework.title}"
        self.title_bar.place = self.prediction.seminar_title or compared
        self.title_bar.aside = self._said()

    def _said(self) -> str:
        """What is shown, in words."""
        if self.comparison is None:
            return ""
        if self.prediction.is_on:
            return self.prediction.said
        if self.breaking is not None and self.matrix.marked:
            return f"{MARK} breaks {self.breaking.formula}; x clears"
        points = len(self.comparison.rows)
        noun = "point" if points == 1 else "points"
        words = {
            Shown.ALL: "",
            Shown.DIFFERENCES: "that differs" if points == 1 else "that differ",
            Shown.SHARED: "shared by the successes",
            Shown.GAPS: "with gaps",
            Shown.RATED: "rated",
        }
        return f"{points} {noun} {words[self.shown]}".strip()

    def watch_shown(self) -> None:
        self.show_comparison()

    def watch_subpoints(self) -> None:
        self.show_comparison()

    def show_tray(self, tray: tuple[str, ...]) -> None:
        super().show_tray(tray)
        if self.comparison is not None and set(tray) != set(self.comparison.slugs):
            if tray:
                self.compare()
            else:
                self.casebook.call_later(self._leave_empty)

    def _leave_empty(self) -> None:
        if self.app.screen is self and not self.casebook.picked:
            self.app.pop_screen()
            self.notify_plainly("The comparison is empty.")

    # The evidence

    @on(MatrixView.Moved)
    def _show_evidence(self, event: MatrixView.Moved) -> None:
        if self.comparison is not None:
            key, slug = self.matrix.names_at(event.place)
            book = self.casebook.book
            in_full = self.has_class("-wide")
            document = evidence_document(
                book, self.comparison, self.prediction, key, slug, in_full=in_full
            )
            self.evidence.show(document)

    @on(MatrixView.Chosen)
    def _open(self, event: MatrixView.Chosen) -> None:
        key, slug = self.matrix.names_at(event.place)
        if key and slug and self.prediction.hides(key, slug):
            self.prediction.open_reason(key, slug)
        elif key and slug and self.comparison is not None:
            cited = [c for c in self.comparison.cell(key, slug).citations if c.source != OWN]
            if cited:
                self.post_message(SourceWanted(cited[0]))
            else:
                cell = self.comparison.cell(key, slug)
                self.notify_plainly(unsaid_words(cell) or "No source is cited here.")
        elif slug:
            self.post_message(EntryWanted(slug))
        else:
            self.action_read_point()

    def action_read_point(self) -> None:
        key, slug = self.matrix.names_at(self.matrix.cursor)
        if self.comparison is None or self.prediction.tell_hidden():
            return
        if key:
            document = criterion_document(self.comparison, key)
        else:
            document = findings_document(self.comparison)
        is_first = slug == self.comparison.slugs[0]
        anchor = anchors.compared_case(slug) if key and slug and not is_first else ""
        self.casebook.open_place(ComparedScreen(document, anchor))

    def action_read_case(self) -> None:
        key, slug = self.matrix.names_at(self.matrix.cursor)
        if self.prediction.tell_hidden():
            return
        if slug and self.comparison is not None:
            document = case_document(self.comparison, slug)
            self.casebook.open_place(
                ComparedScreen(document, anchors.compared_criterion(key) if key else "")
            )
        else:
            self.notify_plainly("No case is selected.")

    def statement_to_copy(self) -> CitableStatement | None:
        if self.evidence.has_focus and self.evidence.chosen_target:
            return statement_chosen(self.evidence)
        key, slug = self.matrix.names_at(self.matrix.cursor)
        if self.comparison is None or not slug or self.prediction.hides(key, slug):
            return None
        if not key:
            return self.copier.statement_of(slug)
        return cell_statement(self.comparison, key, slug)

    def text_to_copy(self) -> str:
        return text_chosen(self.evidence)

    def action_export(self) -> None:
        if self.comparison is not None and not self.prediction.tell_hidden():
            self.casebook.export_comparison(self.comparison)

    # Patterns

    def action_patterns(self) -> None:
        """Looks for patterns among the cases and points that are shown."""
        from tui.screens.patterns import PatternsScreen
        from tui.screens.patterns_choice import PatternsChoice

        if self.comparison is None or self.prediction.tell_hidden():
            return
        points = None
        if self.shown is not Shown.ALL:
            points = frozenset(
                row.criterion.key for row in self.comparison.rows if not row.criterion.depth
            )
        choice = PatternsChoice(self.framework, points or None)
        self.casebook.open_place(PatternsScreen(self.comparison.slugs, choice, self.mark))

    def mark(self, breaking: BreakingCells) -> None:
        """Marks the cells that would break a formula."""
        self.breaking = breaking
        if self.is_attached:
            self.show_comparison()

    @property
    def _marked(self) -> frozenset[tuple[str, str]]:
        """The cells that are marked: none while the ratings are hidden, or of another framework."""
        if self.breaking is None or self.prediction.is_on:
            return frozenset()
        return self.breaking.cells if self.breaking.framework == self.framework else frozenset()

    # What is shown

    def action_show_evidence(self) -> None:
        self.matrix.texts = not self.matrix.texts
        self.set_class(self.matrix.texts, "-texts")

    def action_differences(self) -> None:
        self.shown = Shown.ALL if self.shown is Shown.DIFFERENCES else Shown.DIFFERENCES

    def action_framework(self) -> None:
        slugs = [framework.slug for framework in self.frameworks]
        if len(slugs) < 2:
            self.notify_plainly("This book has no other framework.")
            return
        self.change_framework(slugs[(slugs.index(self.framework) + 1) % len(slugs)])

    def change_framework(self, slug: str) -> None:
        """Holds the cases against another framework."""
        self.framework = slug
        if not isinstance(self.row_order, MatrixOrder):
            self.row_order = MatrixOrder.FRAMEWORK
        self.compare()

    def hold_against(self, slug: str) -> None:
        """Holds the cases against a framework, also of a screen that is still to be shown."""
        if self.is_attached and self.comparison is not None:
            if slug != self.framework:
                self.change_framework(slug)
        else:
            self.framework = slug

    @property
    def choice(self) -> MatrixChoice:
        """What is chosen of points and cases, and their orders."""
        return MatrixChoice(
            self.framework, self.shown, self.subpoints, self.row_order, self.column_order
        )

    def take(self, choice: MatrixChoice) -> None:
        """Shows what is chosen."""
        self.set_reactive(ComparisonScreen.shown, choice.shown)
        self.set_reactive(ComparisonScreen.subpoints, choice.subpoints)
        self.row_order, self.column_order = choice.rows, choice.columns
        self.framework = choice.framework
        self.compare()

    def action_clear(self) -> None:
        self.breaking = None
        self.take(MatrixChoice(self.framework))

    def action_filter(self) -> None:
        from tui.dialogs.matrix_choice import MatrixChoiceScreen

        self.app.push_screen(MatrixChoiceScreen(self.choice, self.frameworks, self.take))

    # By hand

    def action_carry_left(self) -> None:
        self._carry_column(-1)

    def action_carry_right(self) -> None:
        self._carry_column(1)

    def action_carry_up(self) -> None:
        self._carry_row(-1)

    def action_carry_down(self) -> None:
        self._carry_row(1)

    def _carry_column(self, step: int) -> None:
        if self.comparison is None or self.matrix.cursor.column < 0:
            return
        slugs = swapped(self.comparison.slugs, self.matrix.cursor.column, step)
        self.column_order = MatrixOrder.FRAMEWORK
        keep = self.matrix.names_at(self.matrix.cursor)
        self.comparison = self.comparison.with_columns(slugs)
        self.casebook.fill_tray(slugs)
        self.matrix.show(self.comparison, keep=keep)

    def _carry_row(self, step: int) -> None:
        if self.comparison is None or self.matrix.cursor.row < 0:
            return
        keys = [row.criterion.key for row in self.comparison.rows]
        self.row_order = swapped(keys, self.matrix.cursor.row, step)
        keep = self.matrix.names_at(self.matrix.cursor)
        self.comparison = self.comparison.with_rows(self.row_order)
        self.matrix.show(self.comparison, keep=keep)

    # The tray

    def entry_to_pick(self) -> str | None:
        return self.matrix.names_at(self.matrix.cursor)[1] or None

    def slugs_in_time(self) -> tuple[str, ...]:
        return tuple(self.comparison.slugs) if self.comparison else ()

    def action_empty_tray(self) -> None:
        from tui.dialogs.question import QuestionScreen

        count = len(self.casebook.picked)
        cases = "the case" if count == 1 else f"all {count} cases"

        def take(answer: str | None) -> None:
            if answer == "remove":
                self.casebook.empty_tray()

        them = "it" if count == 1 else "them"
        answers = {"remove": f"Remove {cases}; u brings {them} back", "keep": f"Keep {them}"}
        self.app.push_screen(QuestionScreen(f"Remove {cases} from the comparison?", answers), take)

    def action_compare(self) -> None:
        self.notify_plainly("You are in the comparison; p removes the selected case.")

    def action_back(self) -> None:
        if self.evidence.has_focus:
            self.evidence.choose(None)
            self.matrix.focus()
        else:
            super().action_back()
