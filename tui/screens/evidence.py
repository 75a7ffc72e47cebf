"""What stands beside a matrix: the evidence of a cell, the sums of a case, a point in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import anchors
from casebook.book.connection import Book
from casebook.book.sources import gist_of
from casebook.citations import OWN
from casebook.comparison.cells import MatrixCell
from casebook.comparison.documents import (
    cell_words,
    criterion_document,
    criterion_name,
    findings_document,
    setting_blocks,
)
from casebook.comparison.matrix import Comparison
from casebook.document import DocBlock, Document, Set
from casebook.rating_signs import SILENCE_MEANING
from casebook.text import Text
from casebook.text_builder import TextBuilder
from tui.screens.prediction import PredictionController

if TYPE_CHECKING:
    from casebook.exports.cite import CitableStatement
    from casebook.notebook.values import NoteTarget

MOST_GISTS = 12
"""Paragraphs that the panel tells the gist of."""


def evidence_document(
    book: Book,
    comparison: Comparison,
    prediction: PredictionController,
    key: str,
    slug: str,
    *,
    in_full: bool = False,
) -> Document:
    """What is said of a place of the matrix, as far as it may be seen.

    Args:
        key: that of a point; empty where the cursor is on the name of a case.
        slug: that of a case; empty where the cursor is on the name of a point.
        in_full: with what else in the book rests on the paragraphs of a cell.
    """
    if key and slug and prediction.hides(key, slug):
        return Document("", tuple(prediction.blocks(key, slug)), comparison.sources)
    if key and slug:
        document = _cell_document(book, comparison, prediction, key, slug)
        if not in_full or prediction.hides_any:
            return document  # what else rests there may be a rating that is still hidden
        return document + _what_else(book, comparison, key, slug)
    if key:
        document = criterion_document(comparison, key)
        last = 2 if prediction.hides_any else 3
        return Document(document.title, document.blocks[1:last], document.sources)
    if slug:
        entry = next(entry for entry in comparison.entries if entry.slug == slug)
        counts = DocBlock(Set.FACT, Text(comparison.counts_of(slug).said), lead="Ratings")
        facts = setting_blocks(entry)
        blocks = facts if prediction.hides("", slug) else [counts, *facts]
        return Document(entry.title, tuple(blocks), comparison.sources)
    if prediction.hides_any:
        return Document("", (DocBlock(Set.PARAGRAPH, Text(prediction.hint)),))
    return findings_document(comparison)


def _cell_document(
    book: Book, comparison: Comparison, prediction: PredictionController, key: str, slug: str
) -> Document:
    entry = next(entry for entry in comparison.entries if entry.slug == slug)
    criterion = comparison.framework.criterion(key)
    name = f"{entry.title} \N{EN DASH} {criterion_name(criterion)}" if criterion else entry.title
    cell = comparison.cell(key, slug)
    words = TextBuilder().strong(name).add("\n")
    prediction.add_answer(words, key, slug)
    blocks = [DocBlock(Set.PARAGRAPH, cell_words(cell, words).text())]
    if cell.is_silent:
        blocks.append(DocBlock(Set.PARAGRAPH, Text(SILENCE_MEANING)))
    blocks += _gists(book, cell)
    if criterion and criterion.text:
        told = TextBuilder().add(criterion.text).cite(criterion.citations).text()
        blocks.append(DocBlock(Set.FACT, told, lead=f"Point {key}"))
    return Document(name, tuple(blocks), comparison.sources)


def _what_else(book: Book, comparison: Comparison, key: str, slug: str) -> Document:
    """What else in the book rests on the paragraphs of a cell."""
    from casebook.evidence_documents import CitationPlace, resting_blocks

    standing = CitationPlace(slug, anchors.criterion(comparison.framework.slug, key), is_page=False)
    blocks = resting_blocks(book, comparison.cell(key, slug).citations, standing)
    return Document("", tuple(blocks), comparison.sources)


def _gists(book: Book, cell: MatrixCell) -> list[DocBlock]:
    """What the cited paragraphs are about."""
    numbers = [
        (citation.source, number)
        for citation in cell.citations
        if citation.source != OWN
        for number in citation.paragraphs
    ]
    blocks = []
    for source, number in numbers[:MOST_GISTS]:
        gist = gist_of(book, source, number)
        if gist:
            sign = f"\N{PILCROW SIGN}{number}"
            blocks.append(DocBlock(Set.ITEM, Text(gist), lead=sign, level=1))
    return blocks


def cell_target(book_slug: str, comparison: Comparison, key: str, slug: str) -> NoteTarget | None:
    """A cell, for a note to be on; None where the comparison does not show it."""
    from casebook.notebook.targets import target_of_cell

    row = next((row for row in comparison.rows if row.criterion.key == key), None)
    cell = next((cell for cell in row.cells if cell.entry == slug), None) if row else None
    case = next((entry for entry in comparison.entries if entry.slug == slug), None)
    if row is None or cell is None or case is None:
        return None
    return target_of_cell(
        book=book_slug,
        entry=case,
        framework=comparison.framework.slug,
        criterion=row.criterion,
        rating=cell.rating,
        evidence=cell.evidence,
        citations=cell.citations,
    )


def cell_statement(comparison: Comparison, key: str, slug: str) -> CitableStatement | None:
    """A cell, to be copied with its citation; None where the sources say nothing."""
    from casebook.exports.cite import CitableStatement

    cell = comparison.cell(key, slug)
    if not cell.is_told:
        return None
    entry = next(entry for entry in comparison.entries if entry.slug == slug)
    criterion = comparison.framework.criterion(key)
    point = criterion_name(criterion) if criterion else key
    words = f"{entry.title}, {point}: {cell.rating}. {cell.evidence}"
    return CitableStatement("", "", words, cell.citations, comparison.sources)
