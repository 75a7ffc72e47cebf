"""The cases of a handout: each with its setting, its narrative and its exhibits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook.book.page_values import Page
from casebook.book.setting_facts import OUTCOME
from casebook.comparison.documents import setting_blocks
from casebook.document import DocBlock, Set
from casebook.exports.handout_exhibits import exhibit_parts
from casebook.exports.handout_parts import Part
from casebook.exports.paper import DraftPart
from casebook.page_documents import added_by_words, narrative
from casebook.text import Block, Text
from casebook.text_builder import TextBuilder

_CASE_LEVEL = 3
"""The level of the heading of a case; those of its narrative stand below it."""


def case_parts(found: Sequence[Page], parts: frozenset[Part]) -> Iterator[DraftPart]:
    """The cases with what was chosen of them, below one heading.

    How a case has fared is told only beside the ratings: it is part of the book's judgement.
    """
    if Part.NARRATIVE in parts:
        yield DocBlock(Set.HEADING, Text("The cases"), level=2, anchor="cases")
    elif Part.EXHIBITS in parts and any(page.exhibits for page in found):
        yield DocBlock(Set.HEADING, Text("Exhibits"), level=2, anchor="exhibits")
    for page in found:
        own = page.of_own_volume
        told = list(_narrative(own, with_outcome=Part.MATRIX in parts))
        shown = told if Part.NARRATIVE in parts else []
        if Part.EXHIBITS in parts:
            shown = [*shown, *exhibit_parts(own)]
        for volume, added in page.additions:
            told = list(_passages(added, _CASE_LEVEL + 2)) if Part.NARRATIVE in parts else []
            if Part.EXHIBITS in parts:
                told += exhibit_parts(added)
            if told:
                words = Text(added_by_words(volume))
                shown += [DocBlock(Set.HEADING, words, level=_CASE_LEVEL + 1), *told]
        if shown:
            title, anchor = Text(page.entry.title), f"case-{page.entry.slug}"
            yield DocBlock(Set.HEADING, title, level=_CASE_LEVEL, anchor=anchor)
            yield from shown


def _narrative(page: Page, *, with_outcome: bool) -> Iterator[DraftPart]:
    """A case as it is told, with its setting before it."""
    entry = page.entry
    for passage in page.passages:
        if passage.block is Block.SUMMARY:
            yield DocBlock(Set.PARAGRAPH, passage.text)
    if entry.aliases:
        names = TextBuilder()
        for number, alias in enumerate(entry.aliases):
            names.add(", " if number else "").add(alias.text).cite(alias.citations)
        yield DocBlock(Set.FACT, names.text(), lead="Also")
    yield from (fact for fact in setting_blocks(entry) if with_outcome or fact.lead != OUTCOME)
    yield from _passages(page, _CASE_LEVEL + 1)


def _passages(page: Page, highest: int) -> Iterator[DraftPart]:
    """What a case tells, its highest headings at a level."""
    headings = [p.level for p in page.passages if p.block is Block.HEADING]
    deeper = highest - min(headings, default=0)
    for block in narrative(page).blocks:
        # Passages are numbered page by page: two cases would share their anchors.
        level = block.level + deeper if block.set is Set.HEADING else block.level
        yield block._replace(anchor="", level=level)
