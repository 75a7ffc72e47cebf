"""What the keys of a screen are about: the entry, the passage, the note that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.guest import Guest

if TYPE_CHECKING:
    from casebook.exports.cite import CitableStatement
    from casebook.notebook import NoteTarget
    from casebook.notebook.values import Note
    from tui.screens.notes_controller import ViewAtHand
    from tui.screens.reading_pane import ReadingPane
    from tui.widgets.document_view import DocumentView


class AtHand(Guest):
    """The part of a screen that says what is chosen on it.

    Attributes:
        pane: the documents of a screen that is for reading.
    """

    pane: ReadingPane | None = None

    def entry_to_pick(self) -> str | None:
        """The entry that the keys are about here, or None."""
        if self.pane is None:
            return None
        from tui.screens.targets import entry_chosen

        return entry_chosen(self.pane.view)

    def entry_at_hand(self) -> str:
        """The slug of the entry that is chosen or shown; empty for none."""
        return self.entry_to_pick() or ""

    def targets_at_hand(self) -> Sequence[NoteTarget]:
        """What a note could be on, the likeliest first; the last is the entry as a whole."""
        slug = self.entry_at_hand()
        if not slug:
            return ()
        from casebook.notebook.whole_entry import target_of_entry

        page = self.casebook.recent_pages.page(slug)
        return (target_of_entry(page.entry.volume, page),)

    def note_of(self, uid: str) -> Note | None:
        """A note that the screen shows, by its uid."""
        return None

    def note_at_hand(self) -> Note | None:
        """The note that is chosen."""
        return None

    def view_at_hand(self) -> ViewAtHand | None:
        """What the screen shows, to be saved under a name; None where it cannot be."""
        return None

    def statement_to_copy(self) -> CitableStatement | None:
        """What copying cites while nothing is selected; None where that is nothing."""
        if self.pane is None:
            return None
        from tui.screens.targets import statement_chosen, statement_of_term

        view = self.pane.view
        return statement_chosen(view) or statement_of_term(self.casebook.book, view)

    def text_to_copy(self) -> str:
        """What copying means while nothing is selected and nothing can be cited."""
        if self.pane is None:
            return ""
        from tui.screens.targets import text_chosen

        note = self.note_at_hand()
        return note.text if note else text_chosen(self.pane.view)

    def to_gather(self) -> Note | NoteTarget | None:
        """What goes into the essay basket; None where nothing is selected that could."""
        note = self.note_at_hand()
        targets = () if note else self.targets_at_hand()
        if note or targets:
            return note or targets[0]
        from tui.screens.targets import statement_selected, target_of_statement

        view = self.view_selected_in
        statement = statement_selected(view) if view is not None else self.statement_to_copy()
        return statement and target_of_statement(self.casebook.book_slug, statement)

    def words_at_hand(self) -> str:
        """The words that are chosen or shown first, by which their line in a file is found."""
        if self.pane is not None:
            return self.pane.view.words_at_hand
        statement = self.statement_to_copy()
        return statement.words if statement is not None else ""

    def slugs_in_time(self) -> tuple[str, ...]:
        """The entries whose timeline is shown from here."""
        slug = self.entry_to_pick()
        return (slug,) if slug else ()

    def slugs_on_map(self) -> Sequence[str] | None:
        """The entries whose places are shown from here; None for the whole book."""
        return self.slugs_in_time()

    @property
    def view_selected_in(self) -> DocumentView | None:
        """The document in which words are selected."""
        if not self.selections:
            return None
        from tui.widgets.document_view import DocumentView

        views = (view for view in self.selections if isinstance(view, DocumentView))
        return next((view for view in views if view.selected_spans), None)
