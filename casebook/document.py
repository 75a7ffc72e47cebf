"""A page as a row of blocks: what the command prints, the app draws and exports write.

A face only has to know how to set a block; what stands on a page, in which order and in
which words, is decided here once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from casebook import anchors
from casebook.book.page_values import (
    AssessmentLine,
    EventLine,
    FigureLine,
    Page,
    PersonLine,
    RelationLine,
    SourceLine,
    SourcePage,
    TermLine,
)
from casebook.book.setting_facts import full_setting_facts
from casebook.citations import OWN, Citation
from casebook.text import Block, MarkKind, PassageLine, Text
from casebook.text_builder import TextBuilder
from casebook.told_words import add_told


class Set(StrEnum):
    """How a block is set."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """`lead` is its sign or number."""
    FACT = "fact"
    """`lead` is its name: Place, Industry."""
    QUOTE = "quote"
    CODE = "code"
    WARNING = "warning"


class DocBlock(NamedTuple):
    """One block of a document.

    Attributes:
        level: of a heading from 1; of an item its depth from 1.
        anchor: by which it can be found, as `casebook.anchors` makes it.
    """

    set: Set
    text: Text
    lead: str = ""
    level: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks in reading order, and what their citations point to."""

    title: str
    blocks: tuple[DocBlock, ...]
    sources: dict[str, SourceLine] = field(default_factory=dict)

    def __add__(self, other: Document) -> Document:
        return Document(self.title, self.blocks + other.blocks, self.sources | other.sources)

    @property
    def headings(self) -> tuple[tuple[int, DocBlock], ...]:
        """Each heading and its place among the blocks."""
        return tuple((at, b) for at, b in enumerate(self.blocks) if b.set is Set.HEADING)

    def index_of(self, anchor: str) -> int | None:
        """The place of the block with an anchor, or None."""
        return next((at for at, b in enumerate(self.blocks) if b.anchor == anchor), None)


_PARAGRAPHS = ("para. ", "paras. ")


def citation_label(citation: Citation, sources: dict[str, SourceLine]) -> str:
    """How a citation is read: `Mitsui 2010 ¶61`, `inferred from …`, `the book's own words`."""
    if citation.source == OWN:
        return "the book's own words"
    known = sources.get(citation.source)
    label = known.label if known else citation.source
    locator = citation.locator
    if locator.startswith(_PARAGRAPHS):
        locator = f"\N{PILCROW SIGN}{locator.partition(' ')[2]}"
    inferred = "inferred from " if citation.inferred else ""
    return f"{inferred}{label} {locator}".rstrip()


def citations_label(citations: Iterable[Citation], sources: dict[str, SourceLine]) -> str:
    """Several citations in brackets, or nothing."""
    labels = [citation_label(citation, sources) for citation in citations]
    return f"[{'; '.join(labels)}]" if labels else ""


def citations_at(text: Text) -> dict[int, tuple[Citation, ...]]:
    """The citations of a text by the offset at which they stand."""
    found: dict[int, tuple[Citation, ...]] = {}
    cite, cited = MarkKind.CITE, text.citations
    for start, _, kind, target in text.marks:
        if kind is cite and target.isdecimal():
            number = int(target)
            if number < len(cited):
                found[start] = (*found.get(start, ()), cited[number])
    return dict(sorted(found.items()))


def with_citations(text: Text, sources: dict[str, SourceLine]) -> str:
    """A text with its citations in brackets where they stand."""
    out: list[str] = []
    last = 0
    for at, citations in citations_at(text).items():
        out.append(f"{text.plain[last:at]} {citations_label(citations, sources)}")
        last = at
    return "".join(out) + text.plain[last:]


# A page


def whole_page(page: Page, *, for_lecturer: bool = False) -> Document:
    """A page from its title to its sources."""
    return story(page) + facts(page, for_lecturer=for_lecturer) + references(page)


def story(page: Page) -> Document:
    """What is read from top to bottom: title, summary, setting and narrative."""
    return card(page) + narrative(page)


def card(page: Page) -> Document:
    """Title, summary and setting."""
    entry = page.entry
    blocks = [DocBlock(Set.TITLE, Text(entry.title), anchor=anchors.TOP)]
    blocks += [_passage(passage) for passage in page.passages if passage.block is Block.SUMMARY]
    if page.is_damaged:
        warning = "This page is not as it was built: the file has been changed or damaged."
        blocks.append(DocBlock(Set.WARNING, Text(warning)))
    unnamed = " (the sources give it no name)" if entry.is_unnamed else ""
    blocks.append(_fact("Kind", TextBuilder().add(entry.kind.value + unnamed)))
    if entry.aliases:
        also = TextBuilder()
        for number, alias in enumerate(entry.aliases):
            also.add(", " if number else "").add(alias.text)
            note = f": {alias.note}" if alias.note else ""
            also.add(f" ({alias.kind}{note})").cite(alias.citations)
        blocks.append(_fact("Also", also))
    for fact in full_setting_facts(entry, page.outcome_note):
        if fact.words:
            blocks.append(_fact(fact.name, TextBuilder().add(fact.words).cite(fact.citations)))
    return Document(entry.title, tuple(blocks), page.sources)


def _fact(name: str, builder: TextBuilder) -> DocBlock:
    return DocBlock(Set.FACT, builder.text(), lead=name)


def narrative(page: Page) -> Document:
    """The narrative, without the summary."""
    told = (passage for passage in page.passages if passage.block is not Block.SUMMARY)
    return Document(page.entry.title, tuple(_passage(passage) for passage in told), page.sources)


_SETS = {
    Block.SUMMARY: Set.PARAGRAPH,
    Block.PARAGRAPH: Set.PARAGRAPH,
    Block.HEADING: Set.HEADING,
    Block.BULLET: Set.ITEM,
    Block.NUMBERED: Set.ITEM,
    Block.QUOTE: Set.QUOTE,
    Block.CODE: Set.CODE,
}


def _passage(passage: PassageLine) -> DocBlock:
    lead = f"{passage.number}." if passage.block is Block.NUMBERED else "\N{BULLET}"
    return DocBlock(
        _SETS[passage.block],
        passage.text,
        lead=lead if _SETS[passage.block] is Set.ITEM else "",
        level=passage.level,
        anchor=anchors.passage(passage.position),
    )


def facts(page: Page, *, for_lecturer: bool = False) -> Document:
    """What the book knows beside the narrative, section by section."""
    own = page.entry.slug
    blocks: list[DocBlock] = []
    for framework in dict.fromkeys(line.framework_title for line in page.assessments):
        held = [line for line in page.assessments if line.framework_title == framework]
        _section(blocks, framework, [_assessment(line) for line in held])
    _section(blocks, "Events", [_event(line, own) for line in page.events])
    _section(blocks, "Relations", [_relation(line) for line in page.relations])
    _section(blocks, "People", [_person(line) for line in page.people])
    _section(blocks, "Figures", [_figure(line) for line in page.figures])
    questions = [
        _item(TextBuilder().add(question), anchors.question(number))
        for number, question in enumerate(page.questions)
    ]
    _section(blocks, "Questions (the book's own)", questions)
    if for_lecturer:
        notes = [
            _item(TextBuilder().add(note), anchors.teaching_note(number))
            for number, note in enumerate(page.teaching_notes)
        ]
        _section(blocks, "Teaching notes (the book's own)", notes)
    return Document(page.entry.title, tuple(blocks), page.sources)


def references(page: Page) -> Document:
    """The sources that the page cites."""
    blocks: list[DocBlock] = []
    items = []
    for source in page.sources.values():
        builder = TextBuilder().strong(source.label).add(f": {source.reference}")
        builder.add(f" {source.note}" if source.note else "")
        items.append(_item(builder.cite([Citation(source.slug)]), anchors.source(source.slug)))
    _section(blocks, "Sources", items)
    return Document(page.entry.title, tuple(blocks), page.sources)


def _section(blocks: list[DocBlock], title: str, items: Sequence[DocBlock]) -> None:
    if items:
        anchor = anchors.section(title.split(maxsplit=1)[0].lower())
        blocks.append(DocBlock(Set.HEADING, Text(title), level=2, anchor=anchor))
        blocks.extend(items)


def _item(builder: TextBuilder, anchor: str = "") -> DocBlock:
    return DocBlock(Set.ITEM, builder.text(), lead="\N{BULLET}", level=1, anchor=anchor)


def _assessment(line: AssessmentLine) -> DocBlock:
    builder = TextBuilder().add(f"{line.key} {line.title}: ")
    builder.strong(line.rating.value).add(f". {line.evidence}").cite(line.citations)
    return _item(builder, anchors.criterion(line.framework, line.key))


def _event(line: EventLine, own: str) -> DocBlock:
    return _item(event_words(line, own), event_anchor(line))


def event_anchor(line: EventLine) -> str:
    """By which an event is found on the pages it stands on."""
    return anchors.event(line.entry.slug, line.key)


def event_words(line: EventLine, own: str = "") -> TextBuilder:
    """An event in a paragraph: date, place, what happened, to whom, on whose word, what is told.

    Args:
        own: the entry whose page it stands on, which need not be named.
    """
    builder = TextBuilder().strong(line.date_text)
    builder.add(f" ({line.place.name}): " if line.place else ": ")
    if line.entry.slug != own:
        builder.entry(line.entry).add(": ")
    builder.add(line.label).cite(line.citations)
    others = [participant for participant in line.participants if participant.entry.slug != own]
    for number, participant in enumerate(others):
        builder.add("; with " if number == 0 else ", ").entry(participant.entry)
        builder.add(f" as {participant.role}" if participant.role else "")
    builder.add(f". EDTF {line.edtf}" if line.edtf != line.date_text else "")
    builder.add(f"; inferred: {line.inferred_from}" if line.inferred else "")
    add_told(builder, line)
    return builder


def _relation(line: RelationLine) -> DocBlock:
    builder = TextBuilder().add(f"{line.role} ").entry(line.other)
    builder.add(f" as {line.as_role}" if line.as_role else "")
    builder.add(f": {line.note}" if line.note else "").cite(line.citations)
    return _item(builder)


def _person(line: PersonLine) -> DocBlock:
    builder = TextBuilder().strong(line.name).add(f", {line.role}")
    builder.add(f": {line.note}" if line.note else "").cite(line.citations)
    return _item(builder, anchors.person(line.name))


def _figure(line: FigureLine) -> DocBlock:
    builder = TextBuilder().strong(line.amount).add(f": {line.measures}").cite(line.citations)
    inferred = f"inferred: {line.inferred_from}" if line.inferred_from else ""
    about = "; ".join(filter(None, (line.year, inferred, line.survey, line.kind.value)))
    builder.add(f" ({about}).")
    builder.add(f" Not to be confused: {line.not_to_confuse}" if line.not_to_confuse else "")
    return _item(builder, anchors.figure(line.slug))


# Sources and glossary


def source_document(page: SourcePage) -> Document:
    """A source: its reference, what it cites, and its paragraphs one by one."""
    source = page.source
    sources = {source.slug: source}
    sources |= {mention.source.slug: mention.source for mention in page.mentions}
    blocks = [
        DocBlock(Set.TITLE, Text(source.label), anchor=anchors.TOP),
        DocBlock(Set.PARAGRAPH, Text(source.reference)),
    ]
    if source.note:
        blocks.append(_fact("Note", TextBuilder().add(source.note)))
    if page.mentioned:
        cited = TextBuilder().add("Not read for this book; cited").cite(page.mentioned)
        blocks.append(_fact("Cited", cited))
    if page.paragraphs:
        title = "Paragraph summaries; the original text is not included"
        blocks.append(
            DocBlock(Set.HEADING, Text(title), level=2, anchor=anchors.Section.PARAGRAPHS)
        )
    for paragraph in page.paragraphs:
        builder = TextBuilder().add(paragraph.gist or "No gist is given")
        for number, ref in enumerate(paragraph.cited_by):
            builder.add(". Cited by " if number == 0 else ", ").entry(ref)
        blocks.append(
            DocBlock(
                Set.ITEM,
                builder.text(),
                lead=f"\N{PILCROW SIGN}{paragraph.number}",
                level=1,
                anchor=anchors.paragraph(paragraph.number),
            )
        )
    items = []
    for mention in page.mentions:
        builder = TextBuilder().strong(mention.source.label).add(f": {mention.source.reference} ")
        items.append(_item(builder.add(mention.note).cite(mention.citations)))
    _section(blocks, "Works it cites", items)
    return Document(source.label, tuple(blocks), sources)


def sources_document(sources: Sequence[SourceLine]) -> Document:
    """The list of sources: those that were read, then those that they cite."""
    blocks = [DocBlock(Set.TITLE, Text("Sources"), anchor=anchors.TOP)]
    groups = (("Read for this book", True), ("Cited by them", False))
    for title, is_read in groups:
        items = []
        for source in sources:
            if source.is_read is is_read:
                builder = TextBuilder().strong(source.label).add(f": {source.reference}")
                items.append(_item(builder.cite([Citation(source.slug)])))
        _section(blocks, title, items)
    return Document("Sources", tuple(blocks), {source.slug: source for source in sources})


def glossary_document(terms: Iterable[TermLine], sources: dict[str, SourceLine]) -> Document:
    """The glossary, a block a term."""
    blocks = [DocBlock(Set.TITLE, Text("Glossary"), anchor=anchors.TOP)]
    for term in terms:
        builder = TextBuilder().strong(term.name)
        builder.add(f" ({', '.join(term.aliases)})" if term.aliases else "")
        builder.add(f": {term.definition}").cite(term.citations)
        if term.entry:
            builder.add(" See ").entry(term.entry)
        blocks.append(_item(builder, anchors.term(term.slug)))
    return Document("Glossary", tuple(blocks), sources)
