"""What a class has answered, as documents: for the command, the screen and the minutes."""

from __future__ import annotations

from collections.abc import Iterable

from casebook import anchors
from casebook.book.source_values import SourceLine
from casebook.document import DocBlock, Document, Set, row_block
from casebook.rating_signs import SIGNS, rating_legend, signed_rating
from casebook.seminar.class_results import CellResult, ClassResults, LineResult
from casebook.seminar.class_words import (
    NO_ANSWERS,
    bar,
    cell_said,
    figure,
    line_said,
    numbers,
    students_said,
    total,
    withheld_words,
)
from casebook.text import Text
from casebook.text_builder import TextBuilder

MEANING = (
    "Agreement is Krippendorff's alpha over ordered ratings: 1 where all rate alike, 0 where they"
    " agree as chance would. Silent counts as missing. The interval comes of resampling the"
    " students. Division goes from 0, all alike, to 1, half at each end."
)
SILENT_OF_BOOK = "The sources say nothing."


def class_document(shown: ClassResults) -> Document:
    """All that a class has answered: the matrix, then point by point."""
    blocks = [
        DocBlock(Set.TITLE, Text(title_of(shown)), anchor=anchors.TOP),
        *fact_blocks(shown),
        *matrix_blocks(shown),
        DocBlock(Set.PARAGRAPH, Text(f"{rating_legend()}. {MEANING}")),
    ]
    for point in shown.points:
        blocks += point_blocks(shown, point)
    blocks += case_blocks(shown)
    return Document(title_of(shown), tuple(blocks), sources_of(shown))


def sources_of(shown: ClassResults) -> dict[str, SourceLine]:
    """The sources that the book's readings rest on."""
    return shown.comparison.sources if shown.comparison is not None else {}


def title_of(shown: ClassResults) -> str:
    """The title of the seminar and the name of the class."""
    record = shown.record
    return f"{record.title}: {record.class_name}" if record.class_name else record.title


def fact_blocks(shown: ClassResults) -> list[DocBlock]:
    """When, by what, by how many, and how far they agree."""
    record = shown.record
    facts = {
        "Date": record.date,
        "Framework": record.framework_title,
        "Round": str(shown.round) if shown.round else "",
        "Students": students_said(shown),
        "Agreement": line_said(shown.overall, shown),
        "Withheld": f"{shown.withheld} cells with fewer than {shown.fewest} answers"
        if shown.withheld
        else "",
    }
    return [DocBlock(Set.FACT, Text(words), lead=name) for name, words in facts.items() if words]


def matrix_blocks(shown: ClassResults) -> list[DocBlock]:
    """The matrix: a distribution a cell."""
    columns = ["Point", *(case.title for case in shown.cases)]
    return [
        row_block(
            columns,
            [
                TextBuilder().strong(point.title).text(),
                *(
                    Text(cell_said(shown.cell(case.key, point.key), shown.fewest))
                    for case in shown.cases
                ),
            ],
            number,
            anchors.compared_criterion(point.key),
        )
        for number, point in enumerate(shown.points, 1)
    ]


def point_blocks(shown: ClassResults, point: LineResult) -> list[DocBlock]:
    """A point: how far the class agrees, then case by case."""
    blocks = [
        DocBlock(
            Set.HEADING, Text(point.title), level=2, anchor=anchors.section(f"point {point.key}")
        ),
        *_line_facts(shown, point),
    ]
    for case in shown.cases:
        blocks += cell_blocks(shown, shown.cell(case.key, point.key), case.title)
    return blocks


def _line_facts(shown: ClassResults, line: LineResult) -> list[DocBlock]:
    blocks = [DocBlock(Set.FACT, Text(line_said(line, shown)), lead="Agreement")]
    if line.division is not None:
        blocks.append(DocBlock(Set.FACT, Text(figure(line.division)), lead="Division"))
    return blocks


def cell_blocks(shown: ClassResults, cell: CellResult, title: str) -> list[DocBlock]:
    """A cell: its distribution, what the book says once that is revealed, and the reasons."""
    words = TextBuilder().strong(f"{title}: ")
    counts = cell.counts
    if counts is None:
        words.add(f"{withheld_words(shown.fewest)}.")
    elif not total(counts):
        words.add(f"{NO_ANSWERS}.")
    else:
        words.add(f"{bar(counts)} {numbers(counts)}, {counts.said}.")
        if cell.division is not None:
            words.add(f" Division {figure(cell.division)}.")
    if cell.shift is not None:
        words.add(f" Since round {shown.before}: {cell.shift.said}.")
    blocks = [DocBlock(Set.PARAGRAPH, words.text())]
    if cell.of_book is not None:
        said = TextBuilder().strong("The book: ").add(f"{signed_rating(cell.of_book.rating)}. ")
        if cell.of_book.is_silent:
            said.add(SILENT_OF_BOOK)
        else:
            said.add(cell.of_book.evidence).cite(cell.of_book.citations)
        blocks.append(DocBlock(Set.PARAGRAPH, said.text()))
    blocks += _argument_blocks(cell)
    return blocks


def _argument_blocks(cell: CellResult) -> Iterable[DocBlock]:
    for argument in cell.arguments:
        times = f" (\N{MULTIPLICATION SIGN}{argument.times})" if argument.times > 1 else ""
        words = TextBuilder().add(f"{SIGNS[argument.rating]} {argument.words}{times}")
        yield DocBlock(Set.ITEM, words.text(), lead="\N{BULLET}", level=1)


def case_blocks(shown: ClassResults) -> list[DocBlock]:
    """How far the class agrees on each case."""
    blocks = [DocBlock(Set.HEADING, Text("Case by case"), level=2, anchor=anchors.section("cases"))]
    for case in shown.cases:
        words = TextBuilder().strong(f"{case.title}: ").add("agreement ")
        words.add(line_said(case, shown))
        if case.division is not None:
            words.add(f"; division {figure(case.division)}")
        blocks.append(DocBlock(Set.ITEM, words.text(), lead="\N{BULLET}", level=1))
    return blocks
