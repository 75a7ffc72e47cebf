"""What a class has answered: the matrix of its ratings, and the reasons of the chosen cell."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget
from textual.worker import get_current_worker

from casebook.book.edition import RATINGS
from casebook.document import DocBlock, Document, Set
from casebook.errors import CasebookError
from casebook.seminar.class_documents import (
    case_blocks,
    cell_blocks,
    class_document,
    fact_blocks,
    point_blocks,
    sources_of,
    title_of,
)
from casebook.seminar.class_file import read_class, set_revealed
from casebook.seminar.class_results import ClassResults, results, revealed_readings
from casebook.seminar.class_words import figure, line_said
from casebook.text import Text
from tui import commands
from tui.command import Command, bindings
from tui.messages import EntryWanted
from tui.screens.base import CasebookScreen
from tui.screens.class_choice import ClassChoice
from tui.screens.class_matrix import ClassMatrix
from tui.screens.comparison_text import ComparedScreen
from tui.screens.targets import text_chosen
from tui.widgets.document_view import DocumentView
from tui.widgets.evidence_view import EvidenceView
from tui.widgets.matrix_view import MatrixView

SECONDS_BETWEEN_LOOKS = 2.0
"""After so many the file is looked at again: answers may be collected meanwhile."""

_OWN: tuple[Command, ...] = (
    commands.TEXTS._replace(footer="reasons"),
    commands.CLASS_REVEAL,
    commands.CLASS_FILTER,
    commands.READ_POINT,
    commands.READ_CASE,
    commands.READ_CLASS,
    commands.EXPORT,
    commands.CLEAR,
)


class ClassScreen(CasebookScreen):
    """The answers of a class, read anew whenever its file has changed.

    Args:
        path: of the class.
    """

    CSS_PATH = "comparison.tcss"
    ACTIONS: ClassVar[tuple[Command, ...]] = _OWN
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(_OWN)]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.choice = ClassChoice()
        self.shown: ClassResults | None = None
        self.trouble = ""
        """Why there is nothing to show."""
        self._stamp: tuple[int, int] | None = None

    def compose_body(self) -> Iterable[Widget]:
        with Container(id="comparison"):
            yield ClassMatrix(id="matrix")
            yield EvidenceView(id="evidence")

    def on_mount(self) -> None:
        self.matrix.focus()
        self.matrix.empty_text = "Nobody has answered yet."
        self.title_bar.place = "Class"
        self.read()
        self.set_interval(SECONDS_BETWEEN_LOOKS, self._look)

    @property
    def matrix(self) -> ClassMatrix:
        return self.query_one("#matrix", ClassMatrix)

    @property
    def evidence(self) -> DocumentView:
        return self.query_one("#evidence", DocumentView)

    @property
    def crumb(self) -> str:
        return "Class"

    def book_changed(self) -> None:
        self.read()

    # Reading the file

    def _look(self) -> None:
        if self.app.screen is self and self._stamp_now() != self._stamp:
            self.read()

    def _stamp_now(self) -> tuple[int, int] | None:
        try:
            status = os.stat(self.path)
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size

    def read(self) -> None:
        """Reads the class away from the keyboard, and shows it."""
        # Remembered at once: what takes long to read is not begun anew at the next look.
        self._stamp = self._stamp_now()
        self._read()

    @work(thread=True, exclusive=True, group="class")
    def _read(self) -> None:
        worker = get_current_worker()
        try:
            shown = self._results()
        except CasebookError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._refuse, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, shown)

    def _results(self) -> ClassResults:
        record = read_class(self.path)
        choice = self.choice
        return results(
            record,
            choice.round if choice.round in record.rounds else None,
            fewest=choice.fewest,
            comparison=revealed_readings(self.casebook.book, record),
            in_order=choice.order == "plan",
        )

    def _refuse(self, error: CasebookError) -> None:
        """Says why the class cannot be shown; what was shown before stays."""
        if not self.is_attached:
            return
        self.trouble = error.message
        if self.shown is None:
            block = DocBlock(Set.WARNING, Text(error.message))
            self.evidence.show(Document("Class", (block,)))
        self.casebook.complain(error)

    def _take(self, shown: ClassResults) -> None:
        if not self.is_attached:
            return
        self.shown, self.trouble = shown, ""
        self.title_bar.place = f"Class: {title_of(shown)}"
        self.title_bar.aside = said(shown)
        self.matrix.show_class(shown)
        self.refresh_keys()

    # What is shown beside the matrix

    @on(MatrixView.Moved)
    def _show_cell(self, event: MatrixView.Moved) -> None:
        if self.shown is not None:
            key, slug = self.matrix.names_at(event.place)
            self.evidence.show(panel_document(self.shown, key, slug))

    @on(MatrixView.Chosen)
    def _open(self, event: MatrixView.Chosen) -> None:
        key, slug = self.matrix.names_at(event.place)
        if key:
            self.action_read_point()
        elif slug:
            self.post_message(EntryWanted(slug))
        else:
            self.action_read_class()

    def action_read_point(self) -> None:
        key, _ = self.matrix.names_at(self.matrix.cursor)
        if self.shown is None:
            return
        point = next((line for line in self.shown.points if line.key == key), None)
        if point is None:
            self.action_read_class()
            return
        title = DocBlock(Set.TITLE, Text(point.title), anchor="top")
        blocks = (title, *point_blocks(self.shown, point)[1:])
        self._read_document(Document(point.title, blocks, sources_of(self.shown)))

    def action_read_case(self) -> None:
        _, slug = self.matrix.names_at(self.matrix.cursor)
        if self.shown is None:
            return
        case = next((line for line in self.shown.cases if line.key == slug), None)
        if case is None:
            self.notify_plainly("No case is selected.")
            return
        blocks = [
            DocBlock(Set.TITLE, Text(case.title), anchor="top"),
            DocBlock(Set.FACT, Text(line_said(case, self.shown)), lead="Agreement"),
        ]
        for point in self.shown.points:
            blocks.append(DocBlock(Set.HEADING, Text(point.title), level=2))
            blocks += cell_blocks(self.shown, self.shown.cell(slug, point.key), case.title)
        self._read_document(Document(case.title, tuple(blocks), sources_of(self.shown)))

    def action_read_class(self) -> None:
        if self.shown is not None:
            self._read_document(class_document(self.shown))

    def _read_document(self, document: Document) -> None:
        self.casebook.open_place(ComparedScreen(document))

    # What is chosen

    def action_show_evidence(self) -> None:
        self.matrix.texts = not self.matrix.texts
        self.set_class(self.matrix.texts, "-texts")

    def action_filter(self) -> None:
        from tui.dialogs.class_choice import ClassChoiceScreen

        if self.shown is not None:
            rounds = self.shown.record.rounds
            choice = self.choice._replace(round=self.shown.round)
            self.app.push_screen(ClassChoiceScreen(choice, rounds, self.take))

    def take(self, choice: ClassChoice) -> None:
        """Shows what is chosen."""
        self.choice = choice
        self.read()

    def action_clear(self) -> None:
        self.take(ClassChoice())

    def action_reveal(self) -> None:
        if self.shown is not None:
            self._reveal(wanted=RATINGS not in self.shown.record.reveals)

    @work(thread=True, exclusive=True, group="class-reveal")
    def _reveal(self, *, wanted: bool) -> None:
        try:
            set_revealed(self.path, [RATINGS], wanted=wanted)
        except CasebookError as error:
            self.app.call_from_thread(self.casebook.complain, error)
            return
        self.app.call_from_thread(self.read)

    def action_export(self) -> None:
        from tui.dialogs.export import ExportDialog
        from tui.dialogs.export_class import ClassToExport

        if self.shown is not None:
            self.app.push_screen(
                ExportDialog(ClassToExport(self.shown, self.casebook.citation_style))
            )

    # What the keys are about

    def entry_to_pick(self) -> str | None:
        return self.matrix.names_at(self.matrix.cursor)[1] or None

    def entry_at_hand(self) -> str:
        slug = self.entry_to_pick() or ""
        from casebook.book.entries import refs

        return slug if slug and slug in refs(self.casebook.book, [slug]) else ""

    def slugs_in_time(self) -> tuple[str, ...]:
        if self.shown is None:
            return ()
        from casebook.book.entries import refs

        slugs = [case.key for case in self.shown.cases]
        known = refs(self.casebook.book, slugs)
        return tuple(slug for slug in slugs if slug in known)

    def text_to_copy(self) -> str:
        return text_chosen(self.evidence)

    def action_back(self) -> None:
        if self.evidence.has_focus:
            self.evidence.choose(None)
            self.matrix.focus()
        else:
            super().action_back()


def said(shown: ClassResults) -> str:
    """Where a class stands, in a few words: `round 2, 25 students, agreement 0.42`."""
    if not shown.round:
        return "no answers yet"
    students = shown.students[shown.round]
    words = f"round {shown.round}, {students} {'student' if students == 1 else 'students'}"
    found = shown.overall.agreement
    if found is not None and found.alpha is not None:
        words += f", agreement {figure(found.alpha)}"
    return words


def panel_document(shown: ClassResults, key: str, slug: str) -> Document:
    """What stands beside the matrix for a place of it.

    Args:
        key: that of a point; empty where the cursor is on the name of a case.
        slug: that of a case; empty where the cursor is on the name of a point.
    """
    point = next((line for line in shown.points if line.key == key), None)
    case = next((line for line in shown.cases if line.key == slug), None)
    if point is not None and case is not None:
        blocks = cell_blocks(shown, shown.cell(slug, key), f"{case.title}, {point.title}")
    elif point is not None:
        name = DocBlock(Set.PARAGRAPH, Text(point.title))
        blocks = [name, *point_blocks(shown, point)[1:]]
    elif case is not None:
        blocks = [
            DocBlock(Set.PARAGRAPH, Text(case.title)),
            DocBlock(Set.FACT, Text(line_said(case, shown)), lead="Agreement"),
        ]
    else:
        blocks = [*fact_blocks(shown), *case_blocks(shown)]
    return Document(title_of(shown), tuple(blocks), sources_of(shown))
