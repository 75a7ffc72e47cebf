"""Teaching notes on paper, in a lecturer's copy alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook import teaching_words
from casebook.book.page_values import Page
from casebook.book.teaching_values import TeachingLine
from casebook.document import DocBlock, Set
from casebook.exports.handout_exhibits import table_row
from casebook.exports.paper import DraftCell, DraftPart, DraftTable, PageBreak
from casebook.text import Text


def teaching_parts(found: Sequence[Page]) -> Iterator[DraftPart]:
    """The teaching notes of some cases, one after another."""
    noted = [page for page in found if page.has_teaching_notes]
    if noted:
        yield PageBreak()
        yield _heading("Teaching notes", 2, "teaching-notes")
    for page in noted:
        yield _heading(page.entry.title, 3)
        if page.teaching is not None:
            yield from _note(page.teaching, page.entry.title)
        for note in page.teaching_notes:
            yield DocBlock(Set.PARAGRAPH, Text(note))


def _note(note: TeachingLine, title: str) -> Iterator[DraftPart]:
    together = teaching_words.taught_with(note)
    if together:
        yield DocBlock(Set.PARAGRAPH, together)
    if note.synopsis.text:
        yield _heading("Synopsis", 4)
        yield DocBlock(Set.PARAGRAPH, teaching_words.cited_text(note.synopsis))
    for name, about in (("Audience", note.audience), ("Course", note.course)):
        if about.text:
            yield DocBlock(Set.FACT, teaching_words.cited_text(about), lead=name)
    if note.objectives:
        yield _heading("Objectives", 4)
    for number, objective in enumerate(note.objectives, 1):
        yield DocBlock(Set.ITEM, Text(objective), lead=f"{number}.", level=1)
    if note.board_plan:
        yield _heading(teaching_words.board_plan_title(note), 4)
        yield DraftTable(
            tuple(DraftCell(Text(head)) for head in teaching_words.BOARD_PLAN_COLUMNS),
            tuple(table_row(row) for row in teaching_words.board_plan_rows(note.board_plan)),
            Text(f"Board plan: {title}"),
        )
    yield from _answers(note)
    if note.not_known:
        yield _heading("Not known", 4)
    for unknown in note.not_known:
        yield DocBlock(Set.ITEM, teaching_words.cited_text(unknown), lead="\N{BULLET}", level=1)


def _answers(note: TeachingLine) -> Iterator[DraftPart]:
    """Each question of the case with what can be argued in answer to it."""
    if note.answers:
        yield _heading("Questions and answers", 4)
    for answer in sorted(note.answers):
        yield DocBlock(Set.PARAGRAPH, teaching_words.asked(answer))
        yield DocBlock(Set.PARAGRAPH, teaching_words.cited_text(answer.answer))
        if answer.points:
            ratings = Text(teaching_words.points_words(answer.points))
            yield DocBlock(Set.FACT, ratings, lead="Ratings")


def _heading(words: str, level: int, anchor: str = "") -> DocBlock:
    return DocBlock(Set.HEADING, Text(words), level=level, anchor=anchor)
