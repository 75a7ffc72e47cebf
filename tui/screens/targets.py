"""The link, citation or note that is chosen in a document: opening, adding and copying it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from tui.messages import AddressWanted, EntryWanted, SourceWanted, TermWanted
from tui.widgets.document_layout import LinkTarget, TargetKind

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.book.page_values import Page
    from casebook.citations import Citation
    from casebook.exports.cite import CitableStatement
    from casebook.notebook import NoteTarget
    from tui.widgets.document_view import DocumentView


def wish_of(target: LinkTarget) -> Message | None:
    """What the app is asked for when a target is opened; None for a note, which is the screen's."""
    match target.kind:
        case TargetKind.ENTRY:
            return EntryWanted(target.value, target.anchor)
        case TargetKind.TERM:
            return TermWanted(target.value)
        case TargetKind.ADDRESS:
            return AddressWanted(target.value)
        case TargetKind.CITATION:
            return SourceWanted(target.citations[0])
        case TargetKind.NOTE:
            return None


def entry_chosen(view: DocumentView) -> str | None:
    """The entry to which the chosen link leads."""
    target = view.chosen_target
    return target.value if target and target.kind is TargetKind.ENTRY else None


def statement_chosen(view: DocumentView) -> CitableStatement | None:
    """The statement whose citation is chosen, to be copied with it."""
    target = view.chosen_target
    if target is None or target.kind is not TargetKind.CITATION:
        return None
    from casebook.exports.cite import CitableStatement

    words = view.document.blocks[target.block].text.plain
    return CitableStatement("", "", words, target.citations, view.document.sources)


def statement_of_term(book: Book, view: DocumentView) -> CitableStatement | None:
    """What the glossary says of the chosen term; None where no term is chosen."""
    target = view.chosen_target
    if target is None or target.kind is not TargetKind.TERM:
        return None
    from casebook.book.lists import term
    from casebook.book.sources import sources_by_slug
    from casebook.exports.cite import CitableStatement

    found = term(book, target.value)
    if found is None:
        return None
    sources = sources_by_slug(book, (citation.source for citation in found.citations))
    words = f"{found.name}: {found.definition}"
    return CitableStatement("", "", words, found.citations, sources)


def statement_selected(view: DocumentView) -> CitableStatement | None:
    """The selected words with the citations that they rest on; None where nothing is selected.

    What stands before a citation rests on it, so the first after the words counts as well.
    """
    from casebook.document import citations_at
    from casebook.exports.cite import CitableStatement

    words: list[str] = []
    cited: list[Citation] = []
    for at, (start, end) in view.selected_spans:
        text = view.document.blocks[at].text
        words.append(text.plain[start:end])
        for offset, citations in sorted(citations_at(text).items()):
            if offset > start:
                cited += citations
                if offset >= end:
                    break
    if not words:
        return None
    unique = tuple(dict.fromkeys(cited))
    return CitableStatement("", "", "\n\n".join(words).strip(), unique, view.document.sources)


def target_of_statement(book: str, statement: CitableStatement) -> NoteTarget | None:
    """A statement that stands on no entry's page, for the essay basket; None without words."""
    from casebook.notebook import NoteTarget

    if not statement.words.strip():
        return None
    cited = [
        statement.sources[c.source].label
        for c in statement.citations
        if c.source in statement.sources
    ]
    title = statement.title or ", ".join(dict.fromkeys(cited))
    return NoteTarget(book, "", title, "", None, statement.words, statement.citations)


def target_found(page: Page, anchor: str) -> NoteTarget | None:
    """The passage of a page that a search has found; None where the page has no such anchor."""
    from casebook.notebook.targets import target_at
    from casebook.page_documents import whole_page

    document = whole_page(page)
    at = document.index_of(anchor)
    return None if at is None else target_at(page.entry.volume, page, document, at)


def note_chosen(view: DocumentView) -> str | None:
    """The uid of the note that is chosen."""
    target = view.chosen_target
    return target.value if target and target.kind is TargetKind.NOTE else None


def text_chosen(view: DocumentView) -> str:
    """Where the chosen link leads, to be copied."""
    target = view.chosen_target
    return target.value if target is not None and target.kind is not TargetKind.NOTE else ""
