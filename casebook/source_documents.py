"""Sources and the glossary as documents: what they cite, and what rests on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebook import anchors
from casebook.book.source_values import SourceLine, SourcePage, TermLine
from casebook.citations import Citation
from casebook.document import DocBlock, Document, Set, fact, item, section
from casebook.source_words import grade_words, told_of
from casebook.text import MarkKind, Text
from casebook.text_builder import TextBuilder


def source_document(page: SourcePage) -> Document:
    """A source: its reference, what it cites, and its paragraphs one by one."""
    source = page.source
    sources = {source.slug: source}
    sources |= {mention.source.slug: mention.source for mention in page.mentions}
    blocks = [
        DocBlock(Set.TITLE, Text(source.label), anchor=anchors.TOP),
        DocBlock(Set.PARAGRAPH, Text(source.reference)),
    ]
    told = (
        ("Grade", grade_words(source)),
        ("Read", source.extent or ""),
        ("Accessed", source.accessed),
    )
    for lead, words in told:
        if words:
            blocks.append(fact(lead, TextBuilder().add(words)))
    if source.address:
        address = TextBuilder().add(source.address, MarkKind.LINK, source.address)
        blocks.append(fact("Address", address))
    if source.note:
        blocks.append(fact("Note", TextBuilder().add(source.note)))
    if page.mentioned:
        cited = TextBuilder().add("Not read for this book; cited").cite(page.mentioned)
        blocks.append(fact("Cited", cited))
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
        items.append(item(builder.add(mention.note).cite(mention.citations)))
    section(blocks, "Works it cites", items)
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
                builder.add(f" {told}" if (told := told_of(source)) else "")
                items.append(item(builder.cite([Citation(source.slug)])))
        section(blocks, title, items)
    return Document("Sources", tuple(blocks), {source.slug: source for source in sources})


def term_words(term: TermLine) -> TextBuilder:
    """A term with its other names, what it means, and the entry that tells more."""
    builder = TextBuilder().add(term.name, MarkKind.LINK, f"term:{term.slug}")
    builder.add(f" ({', '.join(term.aliases)})" if term.aliases else "")
    builder.add(f": {term.definition}").cite(term.citations)
    return builder.add(" See ").entry(term.entry) if term.entry else builder


def glossary_document(terms: Iterable[TermLine], sources: dict[str, SourceLine]) -> Document:
    """The glossary, a block a term."""
    blocks = [DocBlock(Set.TITLE, Text("Glossary"), anchor=anchors.TOP)]
    blocks += [item(term_words(term), anchors.term(term.slug)) for term in terms]
    return Document("Glossary", tuple(blocks), sources)
