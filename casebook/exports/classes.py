"""A class's answers in any of the formats that they are written in; no student is named."""

from __future__ import annotations

import csv
import io
from typing import assert_never

from casebook.document import DocBlock, Set
from casebook.errors import CasebookError
from casebook.exports.formats import ClassFormat, PaperFormat
from casebook.exports.matrix import MOST_ACROSS, shared_out
from casebook.exports.matrix_table import harmless
from casebook.exports.paper import DraftCell, DraftPart, DraftTable, PageBreak, PaperDraft
from casebook.rating_signs import rating_legend
from casebook.seminar.class_documents import (
    MEANING,
    case_blocks,
    fact_blocks,
    point_blocks,
    sources_of,
    title_of,
)
from casebook.seminar.class_results import ClassResults
from casebook.seminar.class_values import ClassAnswer
from casebook.seminar.class_words import cell_said
from casebook.text import Text
from casebook.text_builder import TextBuilder

LONG_COLUMNS = ("round", "student", "entry", "criterion", "rating", "reason")
_UPRIGHT = 3
"""Cases whose distributions fit the short side of a page."""


def class_content(
    shown: ClassResults,
    form: ClassFormat,
    style: str,
    *,
    is_wide: bool = False,
    number: int | None = None,
) -> str | bytes:
    """What a file with a class's answers holds.

    Args:
        style: of citations, in the formats that are papers.
        is_wide: CSV has a row for each student and round.
        number: of the only round that CSV has; None for every round.

    Raises:
        MissingError: a package that the format needs is not installed.
        CasebookError: there is no such style, or tallies of few are to be withheld in a format
            that has every answer.
    """
    match form:
        case ClassFormat.DOCX | ClassFormat.HTML | ClassFormat.MD:
            from casebook.exports.citation_styles import set_in_style
            from casebook.exports.papers import written

            return written(set_in_style(minutes_draft(shown), style), PaperFormat(form.value))
        case ClassFormat.CSV:
            if shown.fewest:
                raise CasebookError(
                    "CSV has every student's answers, so it cannot withhold tallies of few. Write"
                    " another format, or leave out --withhold."
                )
            return wide_csv(shown, number) if is_wide else long_csv(shown, number)
        case ClassFormat.JSON:
            from casebook.renderings.class_contract import class_json
            from casebook.renderings.json_text import json_text

            return json_text(class_json(shown))
        case _:
            assert_never(form)


def minutes_draft(shown: ClassResults) -> PaperDraft:
    """The minutes: what the class said of each point, how far it agreed, and on what grounds."""
    title = f"Minutes: {title_of(shown)}"
    parts: list[DraftPart] = [
        PageBreak(is_wide=len(shown.cases) > _UPRIGHT),
        DocBlock(Set.TITLE, Text(title), anchor="top"),
        *fact_blocks(shown),
    ]
    parts += [_matrix(shown, places) for places in shared_out(len(shown.cases), MOST_ACROSS)]
    parts.append(DocBlock(Set.PARAGRAPH, Text(f"{rating_legend()}. {MEANING}")))
    if len(shown.cases) > _UPRIGHT:
        parts.append(PageBreak())
    for point in shown.points:
        parts += point_blocks(shown, point)
    parts += case_blocks(shown)
    return PaperDraft(title, tuple(parts), sources_of(shown), running_head=title)


def _matrix(shown: ClassResults, places: range) -> DraftTable:
    cases = [shown.cases[at] for at in places]
    heads = (_cell(shown.record.framework_title), *(_cell(case.title) for case in cases))
    rows = tuple(
        (
            DraftCell(TextBuilder().strong(point.title).text()),
            *(_cell(cell_said(shown.cell(case.key, point.key), shown.fewest)) for case in cases),
        )
        for point in shown.points
    )
    caption = f"Round {shown.round}: {', '.join(case.title for case in cases)}"
    return DraftTable(heads, rows, Text(caption))


def _cell(words: str) -> DraftCell:
    return DraftCell(Text(words))


def student_numbers(shown: ClassResults) -> dict[str, int]:
    """A number for each student, the same in all rounds, that says nothing of who it is."""
    return {student.id: at for at, student in enumerate(shown.record.students, 1)}


def _answers(shown: ClassResults, number: int | None) -> list[ClassAnswer]:
    """The answers of a round, or of every round."""
    return [each for each in shown.record.answers if number is None or each.round == number]


def long_csv(shown: ClassResults, number: int | None = None) -> str:
    """A row for each answer of every round, to be filtered and pivoted.

    Args:
        number: of the only round that is written.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(LONG_COLUMNS)
    students = student_numbers(shown)
    for answer in _answers(shown, number):
        writer.writerow(
            (
                answer.round,
                students[answer.student],
                answer.entry,
                answer.criterion,
                answer.rating.value,
                harmless(answer.reason),
            )
        )
    return "\ufeff" + out.getvalue()


def wide_csv(shown: ClassResults, number: int | None = None) -> str:
    """A row for each student and round, a column for each cell: for statistics of raters.

    It has no byte order mark, which R takes for a part of the first column's name.

    Args:
        number: of the only round that is written.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    record = shown.record
    cells = [
        (case.slug, point.key)
        for case in record.shown_cases
        for point in record.points
        if any(line.key == point.key for line in shown.points)
    ]
    writer.writerow(("round", "student", *(f"{entry}.{criterion}" for entry, criterion in cells)))
    given: dict[tuple[int, int], dict[tuple[str, str], str]] = {}
    students = student_numbers(shown)
    for answer in _answers(shown, number):
        row = given.setdefault((answer.round, students[answer.student]), {})
        row[answer.entry, answer.criterion] = answer.rating.value
    for (round_, student), ratings in sorted(given.items()):
        writer.writerow((round_, student, *(ratings.get(cell, "") for cell in cells)))
    return out.getvalue()
