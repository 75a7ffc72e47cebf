"""What has become of gathered words in the edition of the book that is at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from casebook import anchors
from casebook.book import entries, pages
from casebook.book.connection import Book
from casebook.book.page_values import Page
from casebook.book.sources import gist_of, sources_by_slug
from casebook.book.volumes import has_volume
from casebook.document import Document
from casebook.notebook.masking import is_hidden
from casebook.notebook.quotes import Certainty, find
from casebook.notebook.targets import target_at, target_of_event, texts_of
from casebook.notebook.values import BasketItem, BasketKind, NoteTarget, Quote
from casebook.notebook.whole_entry import target_of_entry
from casebook.page_documents import whole_page


class Fate(StrEnum):
    """What has become of the words of an item."""

    SAME = "same"
    """They stand in the book; or they are the reader's own."""
    CHANGED = "changed"
    GONE = "gone"
    ELSEWHERE = "elsewhere"
    """They are of another book, which is not at hand."""


class ItemStanding(NamedTuple):
    """What has become of an item.

    Attributes:
        place: the anchor at which the words stand now.
        now: what stands there where that has changed; None else.
    """

    fate: Fate
    place: str = ""
    now: NoteTarget | None = None

    @property
    def said(self) -> str:
        """It in a sentence; empty where nothing is to be said."""
        match self.fate:
            case Fate.CHANGED if self.now is not None:
                quote = self.now.quote
                words = quote.exact if quote else self.now.context
                return f"The text has changed in this edition of the book. It is now: {words}"
            case Fate.CHANGED:
                return "The text has changed in this edition of the book."
            case Fate.GONE:
                return "These words are no longer in this edition of the book."
            case Fate.ELSEWHERE:
                return "This was gathered from another book."
            case _:
                return ""


def standing(item: BasketItem, book: Book) -> ItemStanding:
    """What has become of the words of an item.

    Raises:
        CasebookError: the book cannot be read.
    """
    target = item.target
    if item.kind.is_own or is_hidden(book.hidden, target):
        return ItemStanding(Fate.SAME)
    if not has_volume(book, target.book):
        return ItemStanding(Fate.ELSEWHERE)
    if not target.entry:
        return _standing_of_source(item, book)
    if entries.find_key(book, target.entry) is None:
        return ItemStanding(Fate.GONE)
    page = pages.page(book, target.entry)
    if target.quote is not None:
        return _standing_of_quote(target, target.quote, page, whole_page(page))
    if not target.place:
        now = target_of_entry(target.book, page)
        is_same = now.context == target.context
        return ItemStanding(Fate.SAME) if is_same else ItemStanding(Fate.CHANGED, "", now)
    return _standing_of_place(target, page, whole_page(page))


def _standing_of_quote(
    target: NoteTarget, quote: Quote, page: Page, document: Document
) -> ItemStanding:
    found = find(quote, target.place, texts_of(document))
    if found is None:
        return ItemStanding(Fate.GONE)
    if found.certainty is not Certainty.CHANGED:
        return ItemStanding(Fate.SAME, found.place)
    at = document.index_of(found.place)
    now = (
        target_at(target.book, page, document, at, (found.start, found.end))
        if at is not None
        else None
    )
    return ItemStanding(Fate.CHANGED, found.place, now)


def _standing_of_place(target: NoteTarget, page: Page, document: Document) -> ItemStanding:
    """A place that holds whatever happens to its words: an event, a rating, a figure."""
    at = document.index_of(target.place)
    if at is None:
        return ItemStanding(Fate.GONE)
    if target.context in _said_at(target, page, document, at):
        return ItemStanding(Fate.SAME, target.place)
    return ItemStanding(Fate.CHANGED, target.place, target_at(target.book, page, document, at))


def _said_at(target: NoteTarget, page: Page, document: Document, at: int) -> Iterator[str]:
    """What the places that screens gather from say of a place now."""
    yield document.blocks[at].text.plain
    for event in (*page.events, *page.own_events):
        if anchors.event(event.entry.slug, event.key) == target.place:
            yield target_of_event(target.book, event).context
    for line in page.assessments:
        if anchors.criterion(line.framework, line.key) == target.place:
            yield f"{line.key} {line.title}: {line.rating}. {line.evidence}"
            yield f"{line.key} {line.title}: {line.rating}"


def _standing_of_source(item: BasketItem, book: Book) -> ItemStanding:
    """A source or a paragraph of one; words of anything else are known by their sources alone."""
    slugs = [citation.source for citation in item.target.citations]
    if slugs and not sources_by_slug(book, slugs):
        return ItemStanding(Fate.GONE)
    where, _, number = item.target.place.partition(":")
    if item.kind is BasketKind.STATEMENT and where == "paragraph" and number.isdecimal():
        gist = gist_of(book, slugs[0], int(number)) if slugs else ""
        if item.target.quote is None and gist and gist != item.target.context:
            return ItemStanding(Fate.CHANGED, item.target.place, item.target._replace(context=gist))
    return ItemStanding(Fate.SAME, item.target.place)


def troubles(found: Sequence[BasketItem], book: Book) -> list[str]:
    """What is to be told of items whose words are not as they were gathered, one line each.

    Raises:
        CasebookError: the book cannot be read.
    """
    told = []
    for number, item in enumerate(found, 1):
        said = standing(item, book)
        if said.fate in (Fate.CHANGED, Fate.GONE):
            told.append(f"item {number}, {item.target.title}: {said.said}")
    return told
