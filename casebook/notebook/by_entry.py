"""The notebook entry by entry, as exports need it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from casebook.book import entries as book_entries
from casebook.book import lists
from casebook.book.connection import Book
from casebook.book.page_values import FrameworkLine
from casebook.book.volumes import has_volume
from casebook.notebook import bookmarks, notes, predictions
from casebook.notebook.masking import masked_target
from casebook.notebook.store import Notebook
from casebook.notebook.values import Note, NoteKind, Prediction
from casebook.text import Text


@dataclass(slots=True)
class EntryNotes:
    """What the reader has added to one entry.

    Attributes:
        kind: as the book has it; empty where the book at hand has no such entry.
        notes: those on the whole entry first, the rest in the order of its page.
    """

    book: str
    slug: str
    title: str
    kind: str = ""
    is_bookmarked: bool = False
    tags: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    predictions: list[Prediction] = field(default_factory=list)

    @property
    def all_tags(self) -> list[str]:
        """The entry's tags, and those in its notes."""
        inside = (tag for note in self.notes for tag in bookmarks.tags_in(note.text))
        return list(dict.fromkeys([*self.tags, *inside]))


def gathered(notebook: Notebook, book: Book, *, entry: str = "", tag: str = "") -> list[EntryNotes]:
    """Everything, entry by entry in alphabetical order.

    Args:
        book: titles and kinds are this book's, for its own entries.
        entry: only the entry of this slug.
        tag: only entries with this tag, and notes that hold it.

    Raises:
        CasebookError: the notebook or the book cannot be read.
    """
    found: dict[tuple[str, str], EntryNotes] = {}

    def of(book_slug: str, slug: str, title: str) -> EntryNotes:
        return found.setdefault((book_slug, slug), EntryNotes(book_slug, slug, title))

    for note in notes.all_notes(notebook, entry=entry):
        target = masked_target(book.hidden, note.target)
        of(target.book, target.entry, target.title).notes.append(note._replace(target=target))
    for mark in bookmarks.bookmarks(notebook):
        of(mark.book, mark.entry, mark.title).is_bookmarked = True
    for tagged in bookmarks.tags(notebook):
        of(tagged.book, tagged.entry, tagged.title).tags.append(tagged.name)
    for prediction in predictions.predictions(notebook):
        of(prediction.book, prediction.entry, prediction.title).predictions.append(prediction)
    kept = [held for held in found.values() if not entry or held.slug == entry]
    if tag:
        kept = [held for held in kept if _narrow_to_tag(held, tag)]
    _name_by_book(kept, book)
    for held in kept:
        held.notes.sort(key=_place_in_page)
    return sorted(
        kept, key=lambda held: (not has_volume(book, held.book), held.title.casefold(), held.slug)
    )


def _narrow_to_tag(held: EntryNotes, tag: str) -> bool:
    if tag in held.tags:
        return True
    held.notes = [note for note in held.notes if tag in bookmarks.tags_in(note.text)]
    held.predictions = []
    return bool(held.notes)


def _name_by_book(entries: Iterable[EntryNotes], book: Book) -> None:
    own = [held for held in entries if has_volume(book, held.book)]
    refs = book_entries.refs(book, [held.slug for held in own])
    for held in own:
        ref = refs.get(held.slug)
        if ref is not None:
            held.title, held.kind = ref.title, ref.kind.value


def _place_in_page(note: Note) -> tuple[int, int, str, int]:
    """The whole entry first, then passages by their number, then the rest by anchor."""
    target = note.target
    where, _, number = target.place.partition(":")
    if target.kind is NoteKind.ENTRY:
        return (0, 0, "", note.sequence)
    if where == "passage" and number.isdecimal():
        return (1, int(number), "", note.sequence)
    return (2, 0, target.place, note.sequence)


def point_names(book: Book) -> dict[tuple[str, str], str]:
    """The titles of the points of every framework, by framework and key."""
    found: list[FrameworkLine] = lists.frameworks(book)
    return {
        (framework.slug, point.key): f"{framework.title}, {point.key} {point.title}"
        for framework in found
        for point in framework.criteria
    }


def quoted(note: Note) -> Text:
    """The words of the book that a note is on, with what they rest on."""
    target = note.target
    words = target.quote.exact if target.quote else target.context
    return Text("" if target.kind is NoteKind.ENTRY else words, (), target.citations)
