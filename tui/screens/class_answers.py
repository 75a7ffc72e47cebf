"""What a class has answered: the matrix of its ratings, and the reasons of the chosen cell."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from casebook.book.edition import RATINGS
from casebook.document import DocBlock, Document, Set
from casebook.errors import CasebookError
from casebook.file_stamp import FileStamp
from casebook.rating_signs import signed_rating
from casebook.safe_text import made_safe_line
from casebook.seminar.class_documents import (
    case_blocks,
    cell_blocks,
    class_document,
    fact_blocks,
    point_blocks,
    sources_of,
    title_of,
)
from casebook.seminar.class_places import ClassPlace
from casebook.seminar.class_results import ClassResults, results, revealed_readings
from casebook.seminar.class_values import ClassRecord
from casebook.seminar.class_words import figure, line_said
from casebook.seminar.shown_round import begun_said, round_to_show
from casebook.text import Text
from casebook.vocabulary import Rating, Sealed
from tui import commands
from tui.away import away_from_the_keyboard
from tui.command import Command, bindings
from tui.messages import EntryWanted
from tui.screens.base import CasebookScreen
from tui.screens.class_choice import ClassChoice
from tui.screens.class_matrix import ClassMatrix
from tui.screens.comparison_text import ComparedScreen
from tui.screens.targets import text_chosen
from tui.widgets.document_view import DocumentView
from tui.widgets.evidence_view import EvidenceView
from tui.widgets.legend import LegendLine
from tui.widgets.matrix_view import MatrixView

SECONDS_BETWEEN_LOOKS = 2.0
"""After so many the class is looked at again: there may be more answers by then."""

_READING = "class"
"""The group of the workers that read the class."""

_OWN: tuple[Command, ...] = (
    commands.TEXTS._replace(
        name="Show the reasons in the matrix, or only the counts", footer="reasons"
    ),
    commands.CLASS_REVEAL,
    commands.CLASS_FILTER,
    commands.READ_POINT,
    commands.READ_CASE,
    commands.READ_CLASS,
    commands.EXPORT,
    commands.CLEAR,
)


class ClassScreen(CasebookScreen):
    """The answers of a class, shown anew whenever there are others.

    Args:
        place: where the class is.
    """

    CSS_PATH = "comparison.tcss"
    ACTIONS: ClassVar[tuple[Command, ...]] = _OWN
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(_OWN)]

    def __init__(self, place: ClassPlace) -> None:
        super().__init__()
        self.place = place
        self.choice = ClassChoice()
        self.shown: ClassResults | None = None
        self.trouble = ""
        """Why there is nothing to show."""
        self._stays_at = 0
        """The round that is shown until another is chosen."""
        self._stamp: FileStamp | None = None
        self._rounds = ""
        """How the rounds stand on a server, in a few words."""

    def compose_body(self) -> Iterable[Widget]:
        with Container(id="comparison"):
            yield ClassMatrix(id="matrix")
            yield EvidenceView(id="evidence")
        yield LegendLine(id="legend")

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

    # Reading the class

    def _look(self) -> None:
        if self.app.screen is not self or any(each.group == _READING for each in self.workers):
            return
        if self.place.is_on_server or self.place.stamp() != self._stamp:
            self._read(is_asked=False)

    def read(self) -> None:
        """Reads the class away from the keyboard, and shows it."""
        self._read(is_asked=True)

    @work(exclusive=True, group=_READING)
    async def _read(self, *, is_asked: bool) -> None:
        """Reads the class and shows it.

        Args:
            is_asked: show it although nobody has answered since, and tell a failure again.
        """
        # Remembered at once: what takes long to read is not begun anew at the next look.
        self._stamp = self.place.stamp()
        before = None if is_asked or self.shown is None or self.trouble else self.shown.record
        try:
            found, rounds = await away_from_the_keyboard(lambda: self._found(before))
        except CasebookError as error:
            self._refuse(error, is_told=is_asked or not self.trouble)
        else:
            self._take(found, rounds)

    def _found(self, before: ClassRecord | None) -> tuple[ClassResults | None, str]:
        """What the class has answered and how its rounds stand; None where nobody has since."""
        record, rounds = self.place.look()
        if record == before:
            return None, rounds
        choice = self.choice
        at = next((each for each in (choice.round, self._stays_at) if each in record.rounds), None)
        found = results(
            record,
            at if at is not None else round_to_show(record, choice.fewest),
            fewest=choice.fewest,
            comparison=revealed_readings(self.casebook.book, record),
            in_order=choice.order == "plan",
        )
        return found, rounds

    def _refuse(self, error: CasebookError, *, is_told: bool) -> None:
        """Says why the class cannot be shown; what was shown before stays."""
        if not self.is_attached:
            return
        self.trouble = error.message
        if self.shown is None:
            block = DocBlock(Set.WARNING, Text(error.message))
            self.evidence.show(Document("Class", (block,)))
        self._show_state()
        if is_told:
            self.casebook.complain(error)

    def _take(self, found: ClassResults | None, rounds: str) -> None:
        if not self.is_attached:
            return
        self._rounds, self.trouble = rounds, ""
        if found is not None:
            self._tell_of_round(found)
            self.shown, self._stays_at = found, found.round
            self.title_bar.place = f"Class: {title_of(found)}"
            self.matrix.show_class(found)
            self.query_one(LegendLine).parts = legend_parts(found)
        self._show_state()
        self.refresh_keys()

    def _tell_of_round(self, found: ClassResults) -> None:
        """Says that another round has begun than the one that stays on the screen."""
        before = self.shown.record.rounds if self.shown is not None else ()
        begun = begun_said(found.record, found.round)
        if begun and found.record.rounds != before:
            self.casebook.say(f"{begun}; f chooses the round.")

    def _show_state(self) -> None:
        """How the class stands, in the title."""
        parts = []
        if self.place.is_on_server and self.trouble:
            parts.append("no connection")
        elif self._rounds:
            parts.append(self._rounds)
        if self.shown is not None:
            number = self.shown.round
            is_said = bool(self._rounds) and (
                not number or self._rounds.startswith(f"round {number} ")
            )
            parts.append(agreement_said(self.shown) if is_said else said(self.shown))
        whole = "; ".join(filter(None, parts))
        self.title_bar.aside = whole
        shorter = [whole.replace(" answered", "")]
        if self.shown is not None and not self.trouble and (figures := agreement_said(self.shown)):
            # The figure is cut last of all.
            shorter += [f"round {self.shown.round}, {figures}", figures]
        self.title_bar.shorter_asides = tuple(shorter)

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
        self.choice, self._stays_at = choice, 0
        self.read()

    def action_clear(self) -> None:
        self.take(ClassChoice())

    def action_reveal(self) -> None:
        if self.shown is None:
            return
        if RATINGS in self.shown.record.reveals:
            self._reveal(wanted=False)
        elif self.place.is_on_server:
            self._ask_to_reveal()
        else:
            self._reveal(wanted=True)

    def _ask_to_reveal(self) -> None:
        """Asks before the students of a class on a server are told."""
        from tui.dialogs.question import QuestionScreen

        def take(answer: str | None) -> None:
            if answer == "reveal":
                self._reveal(wanted=True)

        answers = {"reveal": "Reveal them to the students, too", "not": "Do not reveal them"}
        self.app.push_screen(
            QuestionScreen("Reveal the book's ratings to the class?", answers), take
        )

    @work(exclusive=True, group="class-reveal")
    async def _reveal(self, *, wanted: bool) -> None:
        try:
            await away_from_the_keyboard(lambda: self.place.set_revealed(RATINGS, wanted=wanted))
        except CasebookError as error:
            self.casebook.complain(error)
        else:
            self.casebook.say(revealed_said(self.place, wanted=wanted))
            self.read()

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


def revealed_said(place: ClassPlace, *, wanted: bool) -> str:
    """What to know once a class has been shown the book's ratings, or they are hidden again."""
    if place.is_on_server:
        where = "to the students as well" if wanted else "from the students as well"
    else:
        where = f"in {made_safe_line(Path(place.where).name)}"
    if wanted:
        return f"The book's ratings are revealed {where} from now on; = hides them again."
    return f"The book's ratings are hidden again {where}; = reveals them."


def said(shown: ClassResults) -> str:
    """Where a class stands, in a few words: `round 2, 25 students, agreement .42`."""
    if not shown.round:
        return "no answers yet"
    students = shown.students[shown.round]
    words = f"round {shown.round}, {students} {'student' if students == 1 else 'students'}"
    return ", ".join(filter(None, (words, agreement_said(shown))))


def agreement_said(shown: ClassResults) -> str:
    """How far a class agrees: `agreement .42`; empty where that cannot be said."""
    found = shown.overall.agreement
    if found is None or found.alpha is None:
        return ""
    words = figure(found.alpha)
    return f"agreement {words if abs(found.alpha) >= 1 else words.replace('0.', '.', 1)}"


def legend_parts(shown: ClassResults) -> list[str]:
    """What the signs of the matrix mean: first those of the ratings, then the figures."""
    of_book = [cell.of_book for cell in shown.cells.values() if cell.of_book is not None]
    ratings: list[Rating | Sealed] = list(Rating)
    if any(cell.is_sealed for cell in of_book):
        ratings.append(Sealed.SEALED)
    parts = [signed_rating(rating) for rating in ratings]
    return [*parts, *(["last: the book"] if of_book else []), "figures: students"]


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
