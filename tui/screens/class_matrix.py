"""The matrix of a class: in each cell how the students rate, as a bar and numbers."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len

from casebook.book.page_values import CriterionLine, FrameworkLine
from casebook.book.values import EntryLine
from casebook.comparison.cells import MatrixCell, MatrixRow
from casebook.comparison.matrix import Comparison
from casebook.rating_signs import SIGNS, rating_sign
from casebook.seminar.class_results import CellResult, ClassResults
from casebook.seminar.class_words import NO_ANSWERS, bar, counts_by_rating, numbers, total
from casebook.vocabulary import Kind, Rating
from tui.widgets.matrix_layout import NARROWEST, CellFace
from tui.widgets.matrix_view import RATING_STYLES, MatrixView


def as_matrix(shown: ClassResults) -> Comparison:
    """The cases and points of a class as a matrix, with the book's ratings as far as revealed.

    Of the cases it has the titles alone: how they have fared is for the book to say.
    """
    criteria = tuple(
        CriterionLine(point.key, point.title.removeprefix(f"{point.key} "), "", 0, ())
        for point in shown.points
    )
    record = shown.record
    framework = FrameworkLine(record.framework, record.framework_title, "", True, criteria, ())
    entries = tuple(EntryLine(case.key, Kind.FIRM, case.title) for case in shown.cases)
    rows = tuple(
        MatrixRow(
            criterion,
            tuple(
                shown.cell(entry.slug, criterion.key).of_book
                or MatrixCell(entry.slug, Rating.SILENT)
                for entry in entries
            ),
        )
        for criterion in criteria
    )
    sources = shown.comparison.sources if shown.comparison is not None else {}
    return Comparison(framework, entries, rows, sources, rows)


class ClassMatrix(MatrixView):
    """What a class has answered, with a cursor on a cell, a case or a point."""

    SIGNS: ClassVar[tuple[tuple[str, str], ...]] = (
        (SIGNS[Rating.MET], "Met; in a bar, the share of the students who say so"),
        (SIGNS[Rating.PARTLY], "Partly met"),
        (SIGNS[Rating.NOT_MET], "Not met"),
        (SIGNS[Rating.SILENT], "Silent: they say that the sources say nothing"),
    )

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.results: ClassResults | None = None
        self.overlay = self._face
        self._forms: dict[int, int] = {}
        """The form that the cells have in columns of a width."""

    def show_class(self, shown: ClassResults) -> None:
        """Shows what a class has answered; the cursor stays on its cell."""
        self.results = shown
        self._forms.clear()
        self.show(as_matrix(shown))

    def _face(self, key: str, cell: MatrixCell) -> CellFace | None:
        if self.results is None:
            return None
        result = self.results.cell(cell.entry, key)
        width = self.layout_shown.column_width if self.layout_shown else NARROWEST
        form = self._form(width - 2)
        words = forms(result, self.results.fewest)[form]
        reasons = _reasons(result)
        body = f"{bar(result.counts)}\n{reasons}" if form and result.counts else reasons
        return CellFace(words, style_of(result), body)

    def _form(self, room: int) -> int:
        """The fullest form for which every cell has room, so that all look alike."""
        assert self.results is not None
        known = self._forms.get(room)
        if known is None:
            every = [forms(cell, self.results.fewest) for cell in self.results.cells.values()]
            fits = (
                form
                for form in range(MOST_FORMS)
                if all(cell_len(said[form]) <= room for said in every)
            )
            known = self._forms[room] = next(fits, MOST_FORMS - 1)
        return known


MOST_FORMS = 4


def forms(cell: CellResult, fewest: int) -> tuple[str, ...]:
    """A cell in words, the fullest first; the last goes without the book's mark."""
    if cell.counts is None:
        said = [f"fewer than {fewest}", f"fewer than {fewest}", f"under {fewest}"]
    elif not total(cell.counts):
        said = [NO_ANSWERS, NO_ANSWERS, "none"]
    else:
        spaced = numbers(cell.counts)
        said = [f"{bar(cell.counts)} {spaced}", spaced, spaced.replace(" ", "")]
    bare = said[-1]
    if cell.of_book is not None:
        sign = rating_sign(cell.of_book.rating, cell.of_book.readings)
        said = [f"{said[0]} book {sign}", f"{said[1]} book {sign}", f"{said[2]} {sign}"]
    return (*said, bare)


def style_of(cell: CellResult) -> str:
    """The colour of what most have said; none where no rating has more than half."""
    if cell.counts is None:
        return "muted"
    every = total(cell.counts)
    for rating, count in counts_by_rating(cell.counts).items():
        if count * 2 > every:
            return RATING_STYLES[rating]
    return "plain" if every else "muted"


def _reasons(cell: CellResult) -> str:
    """The reasons of a cell, one below the other."""
    return "\n".join(f"{SIGNS[each.rating]} {each.words}" for each in cell.arguments)
