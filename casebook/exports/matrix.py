"""A comparison as a paper: the matrix, then the evidence for every rating."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.book.setting_facts import setting_rows
from casebook.comparison.cells import MatrixRow
from casebook.comparison.documents import (
    criterion_name,
    evidence_document,
    findings_document,
    legend_of,
)
from casebook.comparison.matrix import Comparison
from casebook.document import DocBlock, Set
from casebook.exports.paper import DraftCell, DraftPart, DraftTable, PageBreak, PaperDraft
from casebook.rating_signs import CONTESTED_MEANING, SILENCE_MEANING
from casebook.text import Text
from casebook.text_builder import TextBuilder

MOST_ACROSS = 6
"""Cases in one table: more do not fit a page, and stand in a further table below."""

_UPRIGHT = 4
"""Cases that fit the short side of a page."""


def matrix_draft(comparison: Comparison, title: str = "") -> PaperDraft:
    """A draft with the matrix, the evidence and the findings.

    Args:
        title: of the paper; by default that of the framework.
    """
    name = title or comparison.framework.title
    cases = ", ".join(entry.title for entry in comparison.entries)
    parts: list[DraftPart] = [
        PageBreak(is_wide=is_wide(comparison)),
        DocBlock(Set.TITLE, Text(name), anchor="top"),
        DocBlock(Set.PARAGRAPH, Text(f"{comparison.framework.title}: {cases}.")),
        *matrix_parts(comparison),
        *evidence_parts(comparison),
        *findings_document(comparison).blocks[2:],
    ]
    return PaperDraft(name, tuple(parts), comparison.sources, running_head=name)


def is_wide(comparison: Comparison) -> bool:
    """True if the matrix needs the long side of a page."""
    return len(comparison.entries) > _UPRIGHT


def evidence_parts(comparison: Comparison) -> list[DraftPart]:
    """The evidence for every rating, on upright pages whichever way the matrix lies."""
    turned = [PageBreak()] if is_wide(comparison) else []
    heading = DocBlock(Set.HEADING, Text("Evidence"), level=2, anchor="evidence")
    return [*turned, heading, *evidence_document(comparison).blocks]


def matrix_parts(comparison: Comparison) -> list[DraftPart]:
    """The tables of a comparison, and what their signs mean."""
    shares = shared_out(len(comparison.entries), MOST_ACROSS)
    meaning = f"{legend_of(comparison)}. {SILENCE_MEANING}"
    if comparison.counts.contested:
        meaning = f"{meaning} {CONTESTED_MEANING}"
    legend = DocBlock(Set.PARAGRAPH, Text(meaning))
    return [*(_table(comparison, places) for places in shares), legend]


def shared_out(count: int, most: int) -> Iterator[range]:
    """Places among some cases, table by table: as many in one as in the next, or one fewer."""
    tables = -(-count // most)
    for number in range(tables):
        yield range(count * number // tables, count * (number + 1) // tables)


def _table(comparison: Comparison, places: range) -> DraftTable:
    entries = [comparison.entries[at] for at in places]
    heads = (_cell(comparison.framework.title), *(_cell(entry.title) for entry in entries))
    rows = []
    for name, words in setting_rows(entries):
        if any(words):
            rows.append((_cell(name), *map(_cell, words)))
    rows += [_row(row, places) for row in comparison.rows]
    counts = [comparison.counts_of(entry.slug).said for entry in entries]
    rows.append((_cell("Ratings"), *(_cell(said) for said in counts)))
    titles = ", ".join(entry.title for entry in entries)
    caption = Text(f"{comparison.framework.title}: {titles}")
    return DraftTable(heads, tuple(rows), caption)


def _row(row: MatrixRow, places: range) -> tuple[DraftCell, ...]:
    cells = (row.cells[at] for at in places)
    name = TextBuilder().strong(criterion_name(row.criterion)).text()
    marks = (DraftCell(Text(cell.mark), cell.known_rating) for cell in cells)
    return DraftCell(name), *marks


def _cell(words: str) -> DraftCell:
    return DraftCell(Text(words))
