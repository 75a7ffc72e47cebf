"""What all screens with links and citations share: opening, picking and copying them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from tui.messages import AddressWanted, EntryWanted, SourceWanted, TermWanted
from tui.screens.base import CasebookScreen
from tui.widgets.document_layout import TargetKind
from tui.widgets.document_view import DocumentView

if TYPE_CHECKING:
    from casebook.exports.cite import CitableStatement
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

    # Copying

    def statement_to_copy(self) -> CitableStatement | None:
        """What copying cites while nothing is selected; None where that is nothing."""
        target = self.view.chosen_target
        if target is None or target.kind is not TargetKind.CITATION:
            return None
        from casebook.exports.cite import CitableStatement

        document = self.view.document
        words = document.blocks[target.block].text.plain
        return CitableStatement("", "", words, target.citations, document.sources)

    def text_to_copy(self) -> str:
        target = self.view.chosen_target
        if target is not None and target.kind is TargetKind.NOTE:
            note = self.note_of(target.value)
            return note.text if note else ""
        return target.value if target is not None else ""
