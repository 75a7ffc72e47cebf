"""The essay basket as a draft: the gathered words with footnotes, and the references."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from casebook.book.connection import Book
from casebook.book.sources import sources_by_slug
from casebook.citations import OWN
from casebook.document import DocBlock, Set
from casebook.errors import CasebookError
from casebook.exports.citation_styles import set_in_style
from casebook.exports.formats import EssayFormat
from casebook.exports.own_words import own_blocks, sources_in
from casebook.exports.paper import PaperDraft
from casebook.exports.papers import written
from casebook.notebook.values import BasketItem, BasketKind
from casebook.text import Text
from casebook.text_builder import TextBuilder

TITLE = "Draft"


def essay_content(
    book: Book,
    items: Sequence[BasketItem],
    form: EssayFormat,
    style: str,
    *,
    title: str = "",
) -> str | bytes:
    """What a file with a draft holds: text, or the bytes of a document.

    Args:
        items: in the order of the essay.
        style: of the footnotes and the references.

    Raises:
        MissingError: a package that the format needs is not installed.
        CasebookError: there is nothing to write, no such style, or no pandoc to work it.
    """
    if not items:
        raise CasebookError("The essay basket is empty; there is nothing to export.")
    return written(set_in_style(essay_draft(book, items, title), style), form.paper)


def essay_draft(book: Book, items: Sequence[BasketItem], title: str = "") -> PaperDraft:
    """The draft before its citations are worded."""
    cited = [citation.source for item in items for citation in item.target.citations]
    cited += [slug for item in items for slug in sources_in(item.text)]
    sources = sources_by_slug(book, (slug for slug in cited if slug != OWN))
    heading = DocBlock(Set.TITLE, Text(title or TITLE), anchor="top")
    return PaperDraft(
        title or TITLE,
        (heading, *(block for item in items for block in _blocks(item, sources))),
        sources,
        has_footnotes=True,
        running_head=title or TITLE,
    )


def _blocks(item: BasketItem, sources: Container[str]) -> Iterator[DocBlock]:
    target = item.target
    match item.kind:
        case BasketKind.HEADING:
            yield DocBlock(Set.HEADING, Text(item.text), level=2)
        case BasketKind.TEXT:
            yield from own_blocks(item.text, sources)
        case BasketKind.NOTE:
            if target.quote is not None or target.place:
                yield _gathered(item)
            yield from own_blocks(item.text, sources)
        case _:
            yield _gathered(item)


def _gathered(item: BasketItem) -> DocBlock:
    """Words of the book, as a quotation that says what it is on where they do not."""
    target, builder = item.target, TextBuilder()
    if item.kind in (BasketKind.RATING, BasketKind.EVENT, BasketKind.FIGURE):
        builder.strong(target.title).add(", ")
    words = (target.quote.exact if target.quote else target.context).strip()
    if item.kind is BasketKind.REFERENCE:
        words = target.title
    cited = tuple(dict.fromkeys(target.citations))
    # What rests on a source need not say that some of the words are the book's own.
    cited = tuple(citation for citation in cited if citation.source != OWN) or cited
    stop = "" if target.quote or words.endswith((".", "!", "?")) else "."
    builder.add(f"{words}{stop}").cite(cited)
    is_quoted = item.kind is not BasketKind.REFERENCE
    return DocBlock(Set.QUOTE if is_quoted else Set.PARAGRAPH, builder.text())
