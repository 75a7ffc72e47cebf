"""Notes on pages: what a note is on, and where on a page it belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from casebook import anchors
from casebook.book.page_values import CriterionLine, EventLine, Page
from casebook.book.values import EntryLine, EntryRef
from casebook.citations import Citation
from casebook.document import DocBlock, Document, Set, citations_at
from casebook.errors import CasebookError
from casebook.line_wrap import shortened
from casebook.notebook.quotes import Certainty, Texts, find, quote_of
from casebook.notebook.values import Note, NoteKind, NoteTarget, Quote
from casebook.notebook.whole_entry import target_of_entry
from casebook.text import Mark, MarkKind, Text
from casebook.text_builder import TextBuilder
from casebook.vocabulary import BookRating

MOST_LISTED = 100
"""Notes that are listed below a page; the notebook has them all."""

_MOST_SIGNS = 5
"""Notes on one block that have a sign of their own."""

_SIGN = "[note]"
_SIGN_OF_GUESS = "[note: the text has changed here]"
_NOT_OF_THE_PAGE = (Set.TITLE, Set.HEADING, Set.WARNING)


def target_at(
    book: str, page: Page, document: Document, at: int, span: tuple[int, int] | None = None
) -> NoteTarget:
    """A block of a page, or some words of it.

    Args:
        document: as it was made of the page, without notes.
        at: the place of the block.
        span: the words, as characters of the block's text; None for the whole block.
    """
    block = document.blocks[at]
    if block.set in _NOT_OF_THE_PAGE or not block.text.plain.strip():
        return target_of_entry(book, page)
    text = block.text
    start, end = span or (0, len(text.plain))
    place = anchor_at(document, at)
    citations = text.citations if span is None else _citations_for(text, end)
    return NoteTarget(
        book,
        page.entry.slug,
        page.entry.title,
        place,
        quote_of(text.plain, start, end) if place.partition(":")[0] not in _NAMED else None,
        text.plain,
        citations,
    )


def target_of_event(book: str, event: EventLine) -> NoteTarget:
    """An event, wherever it is shown."""
    return NoteTarget(
        book,
        event.entry.slug,
        event.entry.title,
        anchors.event(event.entry.slug, event.key),
        None,
        f"{event.date_text}: {event.label}",
        event.citations,
    )


def target_of_cell(
    book: str,
    entry: EntryRef | EntryLine,
    framework: str,
    criterion: CriterionLine,
    rating: BookRating,
    evidence: str,
    citations: tuple[Citation, ...],
) -> NoteTarget:
    """A case on a point of a framework."""
    said = f"{rating.value}. {evidence}" if evidence else rating.value
    return NoteTarget(
        book,
        entry.slug,
        entry.title,
        anchors.criterion(framework, criterion.key),
        None,
        f"{criterion.key} {criterion.title}: {said}",
        citations,
    )


def target_on(
    book: str, page: Page, document: Document, words: str, place: str = ""
) -> NoteTarget | None:
    """Some words of a page; None if it does not have them.

    Args:
        place: the anchor of the block they are in; empty for any.
    """
    found = find(Quote(words), place, texts_of(document))
    if found is None or found.certainty is Certainty.CHANGED or (place and found.place != place):
        return None
    at = next(n for n in range(len(document.blocks)) if anchor_at(document, n) == found.place)
    return target_at(book, page, document, at, (found.start, found.end))


_NAMED = ("event", "point", "question")
"""Anchors that hold whatever happens to the words."""


def anchor_at(document: Document, at: int) -> str:
    """The anchor of a block; a block without one is known by its place and its words."""
    return document.blocks[at].anchor or f"line:{at}"


def _citations_for(text: Text, end: int) -> tuple[Citation, ...]:
    """The citations that some words rest on: those that stand at their end or next after it."""
    by_offset = citations_at(text)
    after = [offset for offset in by_offset if offset >= end]
    if after:
        return by_offset[after[0]]
    return by_offset[max(by_offset)] if by_offset else ()


def texts_of(document: Document) -> Texts:
    """The blocks of a page, to find quotes in."""
    return Texts(
        (anchor_at(document, at), block.text.plain) for at, block in enumerate(document.blocks)
    )


def confirmed_target(target: NoteTarget, book: str, page: Page, document: Document) -> NoteTarget:
    """What a note is on once the reader has confirmed what its words have become.

    Args:
        target: as the note has it.
        document: the page as it is without notes.

    Raises:
        CasebookError: there is nothing to confirm: the words stand as they did, or are gone.
    """
    found = find(target.quote, target.place, texts_of(document)) if target.quote else None
    if target.quote is not None and found is None:
        raise CasebookError(
            "The words that this note is on are no longer on the page, nor any like them."
        )
    if found is None or found.certainty is not Certainty.CHANGED:
        raise CasebookError(
            "The words that this note is on have not changed; there is nothing to confirm."
        )
    blocks = range(len(document.blocks))
    at = next(at for at in blocks if anchor_at(document, at) == found.place)
    return target_at(book, page, document, at, (found.start, found.end))


class Annotated(NamedTuple):
    """A document with the reader's notes on it.

    Attributes:
        noted: the blocks that have notes, by place.
        lost: notes on words that the page has no more.
        changed: notes whose words have changed, and whose place is a guess.
    """

    document: Document
    noted: dict[int, tuple[Note, ...]]
    lost: tuple[Note, ...]
    changed: tuple[Note, ...] = ()


def annotated(document: Document, notes: Sequence[Note]) -> Annotated:
    """Puts notes where they belong: highlighted words, and a link to each note after its block.

    Args:
        notes: those on the document's entry.
    """
    texts = texts_of(document)
    places = {anchor_at(document, at): at for at in range(len(document.blocks))}
    on_blocks: dict[int, list[Note]] = defaultdict(list)
    marks: dict[int, list[Mark]] = defaultdict(list)
    lost: list[Note] = []
    changed: list[Note] = []
    for note in notes:
        target = note.target
        if target.kind is NoteKind.ENTRY:
            continue
        if target.quote is None:
            at = places.get(target.place)
            if at is None:
                lost.append(note)
            else:
                on_blocks[at].append(note)
            continue
        found = find(target.quote, target.place, texts)
        if found is None:
            lost.append(note)
            continue
        at = places[found.place]
        on_blocks[at].append(note)
        if found.certainty is Certainty.CHANGED:
            changed.append(note)
        elif not note.text or not _is_whole(document.blocks[at], found.start, found.end):
            marks[at].append(Mark(found.start, found.end, MarkKind.HIGHLIGHT, note.uid))
    blocks = list(document.blocks)
    for at, here in on_blocks.items():
        blocks[at] = _with_signs(blocks[at], here, marks[at], changed)
    noted = {at: tuple(here) for at, here in sorted(on_blocks.items())}
    shown = Document(document.title, tuple(blocks), document.sources)
    return Annotated(shown, noted, tuple(lost), tuple(changed))


def _is_whole(block: DocBlock, start: int, end: int) -> bool:
    """Whether some words are all of a block: then a note needs no highlight to show its place."""
    words = block.text.plain
    return not words[:start].strip() and not words[end:].strip()


def _with_signs(
    block: DocBlock, notes: Sequence[Note], marks: Sequence[Mark], changed: Sequence[Note]
) -> DocBlock:
    text = block.text
    plain = text.plain
    every = [*text.marks, *marks]
    with_words = [note for note in notes if note.text or note in changed]
    for note in with_words[:_MOST_SIGNS]:
        sign = _SIGN_OF_GUESS if note in changed else _SIGN
        plain += " "
        every.append(Mark(len(plain), len(plain) + len(sign), MarkKind.LINK, f"note:{note.uid}"))
        plain += sign
    if len(with_words) > _MOST_SIGNS:
        plain += f" and {len(with_words) - _MOST_SIGNS} more"
    return block._replace(text=Text(plain, tuple(every), text.citations))


def notes_section(
    document: Document, notes: Sequence[Note], lost: Sequence[Note], changed: Sequence[Note] = ()
) -> Document:
    """The list of an entry's notes, to stand below its page.

    Args:
        lost, changed: as `annotated` found them.
    """
    listed = [note for note in notes if note.text or note in lost or note in changed]
    if not listed:
        return Document(document.title, ())
    heading = DocBlock(Set.HEADING, Text("Your notes"), level=2, anchor="section:your-notes")
    items = [
        _listed(note, _LOST if note in lost else _CHANGED if note in changed else "")
        for note in listed[:MOST_LISTED]
    ]
    if len(listed) > MOST_LISTED:
        more = Text(f"and {len(listed) - MOST_LISTED} more in the notebook.")
        items.append(DocBlock(Set.PARAGRAPH, more))
    return Document(document.title, (heading, *items))


_LOST = "[its words are gone from this page] "
_CHANGED = "[the text has changed here; it was on these words] "


def _listed(note: Note, state: str) -> DocBlock:
    builder = TextBuilder()
    builder.add(state)
    if note.target.quote:
        builder.add(f"\N{LEFT DOUBLE QUOTATION MARK}{shortened(note.target.quote.exact, 60)}")
        builder.add("\N{RIGHT DOUBLE QUOTATION MARK}: ")
    elif note.target.context and note.target.place:
        builder.add(f"{shortened(note.target.context, 60)}: ")
    builder.add(" ".join(note.text.split()) or "highlighted")
    builder.add(" ").add("[edit]", MarkKind.LINK, f"note:{note.uid}")
    return DocBlock(Set.ITEM, builder.text(), "\N{BULLET}", 1, f"note:{note.uid}")
