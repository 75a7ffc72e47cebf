"""The worksheet: a matrix without ratings, to be filled in by hand."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.comparison.documents import criterion_name
from casebook.comparison.matrix import Comparison
from casebook.document import DocBlock, Set
from casebook.exports.matrix import shared_out
from casebook.exports.paper import DraftCell, DraftPart, DraftTable, PageBreak
from casebook.text import Text
from casebook.text_builder import TextBuilder
from casebook.vocabulary import Rating

MOST_ACROSS = 3
"""Cases in one table: with more there is no room to write in a cell."""

TO_FILL = Text("Mark:\nReason:")
"""What a cell has in print."""


def worksheet_parts(comparison: Comparison) -> Iterator[DraftPart]:
    """The points of the framework beside the cases, a table for every few of them.

    All points stand there: to show only the sub-points that are rated would say that they are.
    """
    yield PageBreak()
    yield DocBlock(Set.HEADING, Text("Worksheet"), level=2, anchor="worksheet")
    marks = ", ".join(Rating)
    yield DocBlock(
        Set.PARAGRAPH,
        Text(
            f"{comparison.framework.title}. Mark each case on each point ({marks}), and give"
            " your reason with its place in the source."
        ),
    )
    for places in shared_out(len(comparison.entries), MOST_ACROSS):
        if places.start:
            yield PageBreak()
        across = [comparison.entries[at] for at in places]
        names = [TextBuilder().strong(criterion_name(r.criterion)) for r in comparison.every_row]
        heads = (comparison.framework.title, *(entry.title for entry in across))
        caption = f"Worksheet: {', '.join(entry.title for entry in across)}"
        yield DraftTable(
            tuple(DraftCell(Text(head)) for head in heads),
            tuple((DraftCell(n.text()), *[DraftCell(TO_FILL)] * len(across)) for n in names),
            Text(caption),
            is_worksheet=True,
        )
