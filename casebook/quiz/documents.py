"""Questions, answers and scores as blocks: what the app draws and the command prints."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.comparison.documents import cell_words, criterion_name
from casebook.document import DocBlock, Document, Set, item
from casebook.evidence_documents import NO_SUMMARY
from casebook.quiz.asking import GivenAnswer, Score, Tally
from casebook.quiz.points import QuizPoint
from casebook.rating_signs import signed_rating
from casebook.text import Text
from casebook.text_builder import TextBuilder


def question_document(point: QuizPoint, given: GivenAnswer | None = None) -> Document:
    """A point with its evidence, and once it is answered with the book's rating.

    Args:
        given: the reader's answer; without one nothing of the book's is in the document.
    """
    criterion = point.criterion
    told = TextBuilder().add(criterion.text).cite(criterion.citations).text()
    blocks = [
        DocBlock(Set.TITLE, Text(f"{point.entry.title} \N{EN DASH} {criterion_name(criterion)}")),
        DocBlock(Set.PARAGRAPH, told),
        *(_answer_blocks(given) if given is not None else ()),
    ]
    shown = point.evidence
    if shown.statements:
        blocks.append(_heading("What the page of the case says"))
        blocks += [
            item(TextBuilder().add(line.words).cite(line.citations)) for line in shown.statements
        ]
    if shown.summaries:
        blocks.append(_heading("Paragraphs of the sources"))
        blocks += [
            item(TextBuilder().add(line.words or NO_SUMMARY).cite(line.citations))
            for line in shown.summaries
        ]
    if not shown.statements and not shown.summaries:
        blocks.append(DocBlock(Set.PARAGRAPH, Text("The book cites no source on this case.")))
    return Document(point.entry.title, tuple(blocks), point.sources)


def _answer_blocks(given: GivenAnswer) -> list[DocBlock]:
    verdict = "Right." if given.is_right else "Not the same."
    mine = TextBuilder().strong(verdict).add(f" You: {signed_rating(given.rating)}")
    mine.add(f": {given.reason}" if given.reason else ".")
    book = cell_words(given.point.cell, TextBuilder().add("The book: "))
    return [DocBlock(Set.PARAGRAPH, mine.text()), DocBlock(Set.PARAGRAPH, book.text())]


def answer_document(given: GivenAnswer) -> Document:
    """The reader's answer beside the book's, without the question."""
    return Document(given.point.entry.title, tuple(_answer_blocks(given)), given.point.sources)


def score_document(score: Score, title: str = "Your answers") -> Document:
    """The score by case and by point, and what was missed."""
    words = f"{score.said[:1].upper()}{score.said[1:]}."
    blocks = [DocBlock(Set.TITLE, Text(title)), DocBlock(Set.PARAGRAPH, Text(words))]
    sources = {}
    if score.missed:
        blocks.append(_heading("Missed"))
        for given in score.missed:
            name = f" \N{EN DASH} {criterion_name(given.point.criterion)}. "
            builder = TextBuilder().entry(given.point.entry).add(name)
            builder.add(f"You: {signed_rating(given.rating)}. The book: ")
            blocks.append(item(cell_words(given.point.cell, builder)))
            sources.update(given.point.sources)
    _tallies(blocks, "By case", score.by_case)
    _tallies(blocks, "By point", score.by_point)
    return Document(title, tuple(blocks), sources)


def _tallies(blocks: list[DocBlock], title: str, tallies: Sequence[Tally]) -> None:
    if tallies:
        blocks.append(_heading(title))
        blocks += [
            item(TextBuilder().add(f"{tally.name}: {tally.right} of {tally.asked}"))
            for tally in tallies
        ]


def _heading(words: str) -> DocBlock:
    return DocBlock(Set.HEADING, Text(words), level=2)
