"""A reader's ratings beside the book's, as something to read."""

from __future__ import annotations

from casebook.comparison.documents import SILENT_SENTENCE, point_name
from casebook.comparison.matrix import Comparison
from casebook.comparison.prediction import Judgement, Verdict
from casebook.document import DocBlock, Document, Set, TextBuilder
from casebook.rating_signs import marked
from casebook.text import Text


def judgement_document(comparison: Comparison, judgement: Judgement) -> Document:
    """How far the reader and the book agree, then cell by cell, the differences first."""
    blocks = [
        DocBlock(Set.TITLE, Text("Your ratings and the book's"), anchor="top"),
        DocBlock(Set.FACT, Text(judgement.overall.said), lead="All"),
    ]
    if judgement.where_told.cells != judgement.overall.cells:
        told = f"{judgement.where_told.said}, where the sources say something"
        blocks.append(DocBlock(Set.FACT, Text(told), lead="Told"))
    blocks.append(
        DocBlock(
            Set.PARAGRAPH,
            Text(
                "Cohen's kappa is 1 where all is rated alike and 0 where it is no more alike than"
                " chance would have it; with few cells it says little."
            ),
        )
    )
    for title, verdicts in (
        ("Rated otherwise", judgement.differing),
        ("Rated alike", judgement.agreeing),
    ):
        if verdicts:
            blocks.append(DocBlock(Set.HEADING, Text(title), level=2, anchor=f"section:{title}"))
            blocks += [_verdict(comparison, one) for one in verdicts]
    return Document("Your ratings and the book's", tuple(blocks), comparison.sources)


def _verdict(comparison: Comparison, verdict: Verdict) -> DocBlock:
    entry = next(one for one in comparison.entries if one.slug == verdict.cell.entry)
    criterion = comparison.framework.criterion(verdict.answer.criterion)
    point = point_name(criterion) if criterion else verdict.answer.criterion
    builder = TextBuilder().strong(f"{entry.title}, {point}: ")
    if verdict.agrees:
        builder.add(f"both {marked(verdict.cell.rating)}. ")
    else:
        builder.add(
            f"you {marked(verdict.answer.rating)}, the book {marked(verdict.cell.rating)}. "
        )
    if verdict.answer.reason:
        builder.add(f"Your reason: {verdict.answer.reason} ")
    if verdict.cell.is_silent:
        builder.add(SILENT_SENTENCE)
    else:
        builder.add(verdict.cell.evidence).cite(verdict.cell.citations)
    return DocBlock(Set.ITEM, builder.text(), lead="\N{BULLET}", level=1)
