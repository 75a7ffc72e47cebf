"""What a citation rests on, and what else in the book rests on the same paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from casebook import anchors
from casebook.book.connection import Book
from casebook.book.edition import Edition
from casebook.book.resting import Resting, RestingLine, resting_on
from casebook.book.source_values import SourceLine
from casebook.book.sources import gists_of
from casebook.book.values import EntryRef
from casebook.citations import OWN, Citation
from casebook.document import DocBlock, Document, Set, citation_label, item
from casebook.source_words import told_of
from casebook.statement_kinds import StatementKind
from casebook.text import MarkKind, Text
from casebook.text_builder import TextBuilder

NO_SUMMARY = "No summary is given"
"""Where the book says nothing of what a paragraph is about."""

MOST_GISTS = 12
"""Paragraphs of one citation that are told."""

MOST_ENTRIES, MOST_OF_ENTRY = 24, 4
"""Entries that are named beside a citation, and statements of each; its page has the others."""

_PILCROW = "\N{PILCROW SIGN}"


class CitationPlace(NamedTuple):
    """Where a citation stands, so that its own statement is not told beside it.

    Attributes:
        entry: the slug of the entry on whose page it stands; empty for none.
        anchor: that of its block.
        is_page: that page is open, so that it need not be named.
    """

    entry: str = ""
    anchor: str = ""
    is_page: bool = True

    def holds(self, line: RestingLine) -> bool:
        """Whether a statement is the one that stands here."""
        if line.entry is None or line.entry.slug != self.entry:
            return False
        if self.anchor:
            return line.anchor == self.anchor
        return line.kind in (StatementKind.SETTING, StatementKind.ALIAS, StatementKind.RELATION)


NOWHERE = CitationPlace()


def evidence_of(
    book: Book,
    citations: Sequence[Citation],
    sources: Mapping[str, SourceLine],
    standing: CitationPlace = NOWHERE,
) -> Document:
    """What some citations rest on, each with what else rests on it."""
    known = dict(sources)
    blocks: list[DocBlock] = []
    for citation in citations:
        blocks += _evidence(book, citation, known, standing)
    title = citation_label(citations[0], known) if citations else ""
    return Document(title, tuple(blocks), known)


def _evidence(
    book: Book, citation: Citation, sources: dict[str, SourceLine], standing: CitationPlace
) -> list[DocBlock]:
    label = citation_label(citation, sources)
    if citation.source == OWN:
        words = f"{label[:1].upper()}{label[1:]}: no source says this."
        return [DocBlock(Set.PARAGRAPH, Text(words))]
    named = TextBuilder().strong(label)
    source = sources.get(citation.source)
    numbers = citation.paragraphs
    if source and not numbers:
        named.add(f": {source.reference}")
    blocks = [DocBlock(Set.PARAGRAPH, named.text())]
    if source and (told := told_of(source)):
        blocks.append(DocBlock(Set.PARAGRAPH, Text(told)))
    gists = gists_of(book, citation.source, numbers[:MOST_GISTS])
    missing = NO_SUMMARY
    if book.edition.seals:
        missing = book.edition.as_far_as_revealed(f"{missing}.")
    blocks += [
        DocBlock(Set.ITEM, Text(gists.get(number) or missing), sign(number), 1)
        for number in numbers[:MOST_GISTS]
    ]
    if numbers:
        found = resting_on(book, citation.source, numbers[:MOST_GISTS])
        blocks += _others(found, standing, numbers, book.edition)
    return blocks


def sign(number: int | str) -> str:
    """A paragraph's number with its sign."""
    return f"{_PILCROW}{number}"


def resting_blocks(
    book: Book, citations: Iterable[Citation], standing: CitationPlace = NOWHERE
) -> list[DocBlock]:
    """What else rests on the paragraphs of some citations, below what tells of them."""
    numbers: dict[str, list[int]] = {}
    for citation in citations:
        if citation.source != OWN:
            numbers.setdefault(citation.source, []).extend(citation.paragraphs)
    blocks: list[DocBlock] = []
    for source, every in numbers.items():
        wanted = sorted(set(every))[:MOST_GISTS]
        if wanted:
            found = resting_on(book, source, wanted)
            blocks += _others(found, standing, wanted, book.edition)
    return blocks


def _others(
    found: Resting, standing: CitationPlace, numbers: Sequence[int], edition: Edition
) -> list[DocBlock]:
    """Statements, entry by entry, those of the page itself at the end."""
    lines = [line for line in found.lines if not standing.holds(line)]
    what = "this paragraph" if len(numbers) == 1 else "these paragraphs"
    if not lines:
        nothing = edition.as_far_as_revealed(f"Nothing else in the book rests on {what}.")
        return [DocBlock(Set.PARAGRAPH, Text(nothing))]
    blocks = [DocBlock(Set.HEADING, Text(f"What else rests on {what}"), level=2)]
    groups: dict[EntryRef | None, list[RestingLine]] = {}
    for line in lines:
        groups.setdefault(line.entry, []).append(line)
    here = next((entry for entry in groups if entry and entry.slug == standing.entry), None)
    if here is not None:
        groups[here] = groups.pop(here)
    for entry in list(groups)[:MOST_ENTRIES]:
        name = TextBuilder()
        if entry is None:
            name.strong("Glossary and frameworks")
        elif entry is here and standing.is_page:
            name.strong("On this page")
        else:
            name.entry(entry).add(f" ({entry.kind})")
        blocks.append(item(name))
        told = groups[entry][:MOST_OF_ENTRY]
        blocks += [_statement(line, len(numbers) > 1) for line in told]
        if len(groups[entry]) > len(told):
            more = Text(f"and {len(groups[entry]) - len(told)} more")
            blocks.append(DocBlock(Set.ITEM, more, lead="\N{EN DASH}", level=2))
    if len(groups) > MOST_ENTRIES or not found.is_whole:
        count = f"{len(groups) - MOST_ENTRIES} more" if found.is_whole else "more"
        words = f"and {count} entries, which the source's page names."
        blocks.append(DocBlock(Set.PARAGRAPH, Text(words)))
    return blocks


def _statement(line: RestingLine, is_one_of_several: bool) -> DocBlock:
    builder = TextBuilder()
    if line.entry is not None:
        builder.entry_at(line.entry, line.anchor, line.kind.value)
    elif line.kind is StatementKind.TERM:
        slug = line.anchor.removeprefix(anchors.term(""))
        builder.add(line.name, MarkKind.LINK, f"term:{slug}")
    else:
        builder.strong(line.name)
    if line.words:
        # What follows another citation in its sentence begins in the middle of it.
        lead = "\N{HORIZONTAL ELLIPSIS} " if _goes_on(line) else ""
        builder.add(f": {lead}{line.words}")
    if is_one_of_several:
        builder.add(f" ({paragraphs_label(line.numbers)})")
    return DocBlock(Set.ITEM, builder.text(), lead="\N{EN DASH}", level=2)


def _goes_on(line: RestingLine) -> bool:
    return line.kind is StatementKind.PASSAGE and line.words[:1].islower()


def paragraphs_label(numbers: Sequence[int]) -> str:
    """Some paragraphs in order, as a citation names them: `¶61, 63-64`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = (f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return sign(", ".join(words))
