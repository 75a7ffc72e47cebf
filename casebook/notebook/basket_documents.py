"""An item of the essay basket in full, as a document to read."""

from __future__ import annotations

from casebook.book import entries
from casebook.book.connection import Book
from casebook.book.sources import sources_by_slug
from casebook.book.volumes import has_volume
from casebook.document import DocBlock, Document, Set
from casebook.notebook.basket_places import Fate, ItemStanding
from casebook.notebook.documents import words_as_blocks
from casebook.notebook.listing import local_day
from casebook.notebook.values import BasketItem, BasketKind
from casebook.text import Text
from casebook.text_builder import TextBuilder


def basket_document(item: BasketItem, standing: ItemStanding, book: Book) -> Document:
    """What stands in an item, and what has become of its words.

    Raises:
        CasebookError: the book cannot be read.
    """
    target = item.target
    blocks = [DocBlock(Set.TITLE, _title(item, book), anchor="top")]
    if standing.said:
        told = standing.said
        if standing.fate is Fate.CHANGED and standing.now is not None:
            told = f"{told.rstrip('.')}. Y accepts the new words."
        blocks.append(DocBlock(Set.WARNING, Text(told)))
    words = target.quote.exact if target.quote else target.context
    has_place = bool(target.quote or target.place or item.kind is not BasketKind.NOTE)
    if words and has_place:
        quoted = TextBuilder().add(words).cite(target.citations).text()
        blocks.append(DocBlock(Set.QUOTE, quoted))
    if item.kind is BasketKind.HEADING:
        blocks.append(DocBlock(Set.HEADING, Text(item.text), level=2))
    else:
        blocks += words_as_blocks(item.text)
    verb = "Written" if item.kind.is_own else "Gathered"
    blocks.append(DocBlock(Set.FACT, Text(local_day(item.created)), lead=verb))
    cited = (citation.source for citation in target.citations)
    return Document(target.title, tuple(blocks), sources_by_slug(book, cited))


def _title(item: BasketItem, book: Book) -> Text:
    target = item.target
    if item.kind.is_own:
        return Text("Heading" if item.kind is BasketKind.HEADING else "Your own words")
    ref = entries.refs(book, [target.entry]).get(target.entry) if target.entry else None
    if ref is not None and has_volume(book, target.book):
        return TextBuilder().entry(ref).text()
    return Text(target.title or item.kind.value)
