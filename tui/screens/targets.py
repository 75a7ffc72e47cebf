"""What all screens with links and citations share: opening, picking and copying them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from casebook.document import citation_label
from casebook.text import Text
from tui.messages import AddressWanted, EntryWanted, SourceWanted, TermWanted
from tui.screens.base import CasebookScreen
from tui.widgets.document_view import DocumentView, Target, TargetKind

if TYPE_CHECKING:
    from casebook.notebook.values import Note


class TargetScreen(CasebookScreen):
    """A screen with at least one document."""

    @property
    def view(self) -> DocumentView:
        """The document that the reader is in."""
        focused = self.focused
        if isinstance(focused, DocumentView):
            return focused
        return self.query(DocumentView).first()

    @on(DocumentView.TargetOpened)
    def _open_target(self, event: DocumentView.TargetOpened) -> None:
        target = event.target
        match target.kind:
            case TargetKind.ENTRY:
                self.post_message(EntryWanted(target.value))
            case TargetKind.TERM:
                self.post_message(TermWanted(target.value))
            case TargetKind.ADDRESS:
                self.post_message(AddressWanted(target.value))
            case TargetKind.CITATION:
                self.post_message(SourceWanted(target.citations[0]))
            case TargetKind.NOTE:
                note = self.note_of(target.value)
                if note is not None:
                    self.open_note((note.target,), note)

    def note_of(self, uid: str) -> Note | None:
        """A note that the screen shows, by its uid."""
        return None

    def entry_to_pick(self) -> str | None:
        target = self.view.chosen_target
        return target.value if target and target.kind is TargetKind.ENTRY else None

    def text_to_copy(self) -> str:
        view = self.view
        target = view.chosen_target
        if target is None:
            return ""
        if target.kind is TargetKind.NOTE:
            note = self.note_of(target.value)
            return note.text if note else ""
        return copied_words(view, target)


def copied_words(view: DocumentView, target: Target) -> str:
    """A citation with the statement it is for, or the words of a link."""
    text: Text = view.document.blocks[target.block].text
    if target.kind is not TargetKind.CITATION:
        return target.value
    sources = view.document.sources
    labels = "; ".join(citation_label(citation, sources) for citation in target.citations)
    references = [
        sources[citation.source].reference
        for citation in target.citations
        if citation.source in sources
    ]
    return "\n".join([f"{text.plain} [{labels}]", *dict.fromkeys(references)])
