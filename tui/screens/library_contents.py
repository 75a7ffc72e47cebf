"""What the list of the library shows, and what its title calls it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from casebook.book import entries as book_entries
from casebook.book import filters
from casebook.vocabulary import Kind
from tui.widgets.entry_list import Contents, ShelfContents

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.book.filters import EntryFilter
    from casebook.search.hits import SearchResult


def shelf(book: Book, chosen: EntryFilter) -> ShelfContents:
    """The entries that a filter allows, by their kinds."""
    counts = filters.counts_by_kind(book, chosen)
    groups = [(kind, counts[kind]) for kind in Kind if counts.get(kind)]
    return _shelf_of(book, book_entries.ids(book, chosen), groups)


def _shelf_of(book: Book, keys: Sequence[int], groups: Sequence[tuple[Kind, int]]) -> ShelfContents:
    read = partial(book_entries.lines, book, cited=False, is_brief=True)
    return ShelfContents(keys, groups, read, partial(book_entries.find_key, book))


def contents_of(book: Book, answer: SearchResult, width: int) -> Contents:
    """Hits with what they were found by; what filters alone have found as the shelf."""
    from casebook.search.hits import Why
    from tui.widgets.hit_contents import HitContents

    is_listing = answer.hits and all(hit.why is Why.FILTER for hit in answer.hits)
    if answer.hints or not is_listing:
        return HitContents(answer, width)
    keys = book_entries.keys_of(book, (hit.slug for hit in answer.hits))
    return _shelf_of(book, keys, list(Counter(hit.kind for hit in answer.hits).items()))


def slugs_in(contents: Contents) -> list[str]:
    """The entries that a list shows, in their order."""
    found = (contents.slug_at(y) for y in range(contents.line_count))
    return list(dict.fromkeys(slug for slug in found if slug))
