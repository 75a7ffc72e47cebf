"""The reader: an entry's page, its facts beside it where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.reactive import reactive
from textual.widget import Widget

from casebook.book.page_values import Page
from casebook.book.values import EntryLine
from casebook.document import Document
from casebook.errors import CasebookError
from casebook.page_documents import ending, facts, story
from casebook.timeline.documents import with_strip
from tui import commands
from tui.command import Command, bindings
from tui.screens.base import CasebookScreen
from tui.screens.reading_pane import READING, ROOM_FOR_EVIDENCE, ROOM_FOR_FACTS, ReadingPane
from tui.screens.targets import note_chosen
from tui.widgets.document_layout import LinkTarget
from tui.widgets.document_view import DocumentView

if TYPE_CHECKING:
    from casebook.evidence_documents import CitationPlace
    from casebook.exports.cite import CitableStatement
    from casebook.notebook.values import Note, NoteTarget


class ReaderScreen(CasebookScreen):
    """The page of an entry.

    Args:
        slug: the entry's.
        anchor: the place to begin at; empty for where the reader stopped the last time.
        for_lecturer: with the teaching notes.
    """

    CSS_PATH = "document.tcss"
    ACTIONS: ClassVar[tuple[Command, ...]] = (
        *READING,
        commands.EVIDENCE,
        commands.HIGHLIGHT,
        commands.READ,
        commands.NOTES_FOR_LECTURERS,
        commands.DETAILS,
        commands.EXPORT._replace(footer=""),
    )
    LEADS_TO = commands.FROM_AN_ENTRY
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            (
                commands.HIGHLIGHT,
                commands.READ,
                commands.NOTES_FOR_LECTURERS,
                commands.DETAILS,
                commands.EXPORT,
            )
        ),
    ]

    pane: ReadingPane
    for_lecturer: reactive[bool] = reactive(False, init=False)
    facts_beside: reactive[bool] = reactive(False, init=False)

    def __init__(self, slug: str, anchor: str = "", *, for_lecturer: bool = False) -> None:
        super().__init__()
        self.slug = slug
        self.set_reactive(ReaderScreen.for_lecturer, for_lecturer)
        documents = DocumentView(id="page"), DocumentView(id="facts")
        self.pane = ReadingPane(documents, note_of=self.note_of, standing_of=self.standing_of)
        self.start_at = anchor
        self.page: Page | None = None
        self.notes: list[Note] = []
        self.plain = Document("", ())
        self._words_on: dict[int, str] = {}
        """The reader's notes by the blocks of the page that they are on."""
        self._origins: dict[str, Sequence[int | None]] = {}

    def compose_body(self) -> Iterable[Widget]:
        yield self.pane

    def on_mount(self) -> None:
        self.set_reactive(ReaderScreen.facts_beside, self.app.size.width >= ROOM_FOR_FACTS)
        self.pane.main_view.focus()
        self._show(self.start_at)

    def on_resize(self) -> None:
        self.facts_beside = self.app.size.width >= ROOM_FOR_FACTS

    def watch_facts_beside(self) -> None:
        place = self.pane.main_view.place
        self._lay_out()
        self.pane.main_view.go_to_place(*place)

    def details_changed(self) -> None:
        self._lay_out(stay=True)

    def watch_for_lecturer(self) -> None:
        self._lay_out()

    # The page

    @property
    def crumb(self) -> str:
        return self.page.entry.title.removesuffix(" (unnamed)") if self.page else self.slug

    def _show(self, anchor: str) -> None:
        self.page = self.casebook.recent_pages.page(self.slug)
        entry = self.page.entry
        self._show_title(entry)
        self.notes = self._notes_of(self.slug)
        self._lay_out(anchor)
        if not anchor:
            self._go_where_reader_stopped()
        self.casebook.entry_opened(self.slug, entry.title)

    def _show_title(self, entry: EntryLine) -> None:
        self.title_bar.place = entry.title
        outcome = f", {entry.outcome_said}" if entry.outcome else ""
        self.title_bar.aside = f"{entry.kind}{outcome}"

    def _go_where_reader_stopped(self) -> None:
        before = self.casebook.reading_of(self.slug)
        if before and (before.place not in ("", "top") or before.line):
            self.pane.main_view.go_to_place(before.place, before.line)

    def book_changed(self) -> None:
        view = self.pane.main_view
        place = view.place
        self.page = self.casebook.recent_pages.page(self.slug)
        self.notes = self._notes_of(self.slug)
        self._show_title(self.page.entry)
        self._lay_out(stay=True)
        view.go_to_place(*place)

    def leave_place(self) -> None:
        view = self.pane.main_view
        if self.page is not None and view.size.height:
            place, line = view.place
            self.casebook.entry_left(
                self.page.entry.slug, place=place, line=line, share=view.share_seen
            )

    def on_screen_suspend(self) -> None:
        self.leave_place()

    def _lay_out(self, anchor: str = "", *, stay: bool = False) -> None:
        """Shows the page anew.

        Args:
            stay: little has changed, and the reader stays where they are.
        """
        if self.page is None:
            return
        page = self.page
        details = self.casebook.shows_details
        marked = self.casebook.term_finder.marked
        told = marked(with_strip(story(page, with_edtf=details), page))
        beside = marked(facts(page, for_lecturer=self.for_lecturer, with_edtf=details))
        after = ending(page, for_lecturer=self.for_lecturer, with_edtf=details)
        self.plain = told + beside + after
        shown, own = self._with_notes()
        length, split = len(self.plain.blocks), len(told.blocks)
        of_facts = range(split, split + len(beside.blocks))
        of_sources = range(of_facts.stop, length)
        below: list[int | None] = [None] * len(own.blocks)
        facts_view = self.query_one("#facts", DocumentView)
        if self.facts_beside:
            self._origins = {"page": [*range(split), *below, *of_sources], "facts": of_facts}
            parts = [(facts_view, _part(shown, of_facts))]
        else:
            self._origins = {"page": [*range(of_facts.stop), *below, *of_sources]}
            parts = []
        main = _part(shown, range(split if self.facts_beside else of_facts.stop))
        parts.append((self.pane.main_view, main + own + _part(shown, of_sources)))
        self.pane.main_view.notes_beside = {
            at: words
            for at, origin in enumerate(self._origins["page"])
            if origin is not None and (words := self._words_on.get(origin))
        }
        self.pane.set_class(bool(self.pane.main_view.notes_beside), "-noted")
        for view, document in parts:
            if stay:
                view.show_again(document)
            else:
                view.show(document, anchor=anchor)

    # Notes

    def _notes_of(self, slug: str) -> list[Note]:
        from casebook.notebook import notes
        from casebook.notebook.masking import is_hidden

        try:
            book = self.casebook.volume_of(slug)
            found = notes.all_notes(self.casebook.keeper.notebook, book=book, entry=slug)
            hiding = self.casebook.book.hidden
            return [note for note in found if not is_hidden(hiding, note.target)]
        except CasebookError:
            return []

    def _with_notes(self) -> tuple[Document, Document]:
        """The page with the reader's notes on it, and the list of them."""
        self._words_on = {}
        if not self.notes:
            return self.plain, Document(self.plain.title, ())
        from casebook.notebook.targets import annotated, notes_section

        found = annotated(self.plain, self.notes)
        for at, notes in found.noted.items():
            self._words_on[at] = "\n".join(note.text for note in notes if note.text)
        return found.document, notes_section(self.plain, self.notes, found.lost, found.changed)

    def notebook_changed(self) -> None:
        if self.page is None:
            return
        notes = self._notes_of(self.page.entry.slug)
        if notes != self.notes:
            self.notes = notes
            self._lay_out(stay=True)

    def _plain_block(self, view: DocumentView, at: int) -> int | None:
        """The place in the page, as it is without notes, of a block that a view shows."""
        origins = self._origins.get(view.id or "", ())
        return origins[at] if at < len(origins) else None

    def targets_at_hand(self) -> Sequence[NoteTarget]:
        """The selected words, the block with the chosen link or citation, and the entry."""
        from casebook.notebook.targets import target_at
        from casebook.notebook.whole_entry import target_of_entry

        if self.page is None:
            return ()
        book, page, view = self.page.entry.volume, self.page, self.pane.view
        targets = []
        selected = view.selected_words()
        if selected is not None:
            at = self._plain_block(view, selected[0])
            if at is not None:
                length = len(self.plain.blocks[at].text.plain)
                span = min(selected[1], length), min(selected[2], length)
                if span[0] < span[1]:
                    targets.append(target_at(book, page, self.plain, at, span))
        chosen = selected[0] if selected else view.chosen_target and view.chosen_target.block
        if chosen is not None:
            at = self._plain_block(view, chosen)
            if at is not None:
                targets.append(target_at(book, page, self.plain, at))
        targets.append(target_of_entry(book, page))
        return list(dict.fromkeys(targets))

    def note_at_hand(self) -> Note | None:
        uid = note_chosen(self.pane.view)
        return self.note_of(uid) if uid else None

    def standing_of(self, target: LinkTarget) -> CitationPlace:
        """Where a link or citation of the page stands."""
        from casebook.evidence_documents import NOWHERE, CitationPlace

        view = self.pane.target_shown[0]
        at = self._plain_block(view, target.block)
        if self.page is None or at is None:
            return NOWHERE
        return CitationPlace(self.page.entry.slug, self.plain.blocks[at].anchor)

    def note_of(self, uid: str) -> Note | None:
        return next((note for note in self.notes if note.uid == uid), None)

    @property
    def commands_for_selection(self) -> tuple[Command, ...]:
        return (commands.HIGHLIGHT._replace(footer="highlight"), *super().commands_for_selection)

    def action_highlight(self) -> None:
        targets = [target for target in self.targets_at_hand() if target.quote is not None]
        if not targets:
            self.notify_plainly(
                "To highlight a passage, select its words or go to its citation first."
            )
            return
        self.clear_selection()
        self.run_worker(self._toggle_highlight(targets[0]), group="noting")

    async def _toggle_highlight(self, target: NoteTarget) -> None:
        from casebook.notebook import notes

        highlights = (note for note in self.notes if note.is_highlight)
        before = next((note for note in highlights if note.target.quote == target.quote), None)
        if before is not None:
            await self.notes_controller.has_written(lambda n: notes.delete(n, before))
        else:
            await self.notes_controller.write(lambda n: notes.add(n, target, ""))

    def action_mark_read(self) -> None:
        if self.page is not None:
            self.run_worker(self._mark_read(self.page), group="noting")

    async def _mark_read(self, page: Page) -> None:
        from casebook.notebook import history

        entry, book = page.entry, page.entry.volume
        before = self.casebook.reading_of(entry.slug)
        is_read = not (before and before.is_read)
        if await self.notes_controller.has_written(
            lambda n: history.set_read(n, book, entry.slug, entry.title, is_read=is_read)
        ):
            self.notify_plainly("Marked as read." if is_read else "Marked as unread.")

    # Keys

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        """Where there is no room beside the page, that key has none in the line."""
        wanted = super().footer_commands
        if self.app.size.width >= ROOM_FOR_EVIDENCE:
            return wanted
        return tuple(command for command in wanted if command is not commands.EVIDENCE)

    def statement_to_copy(self) -> CitableStatement | None:
        if self.pane.view.chosen_target is not None:
            return super().statement_to_copy()
        return self.copier.statement_of(self.slug)

    def action_export(self) -> None:
        self.casebook.export_cases([self.slug])

    def entry_to_pick(self) -> str | None:
        return self.slug

    def action_teaching_notes(self) -> None:
        self.for_lecturer = not self.for_lecturer
        if self.page and self.page.is_hidden:
            self.casebook.tells_of_hidden([self.slug])
        elif self.casebook.book.edition.is_for_students:
            self.notify_plainly("This students' edition does not hold the teaching notes.")
        elif self.page and not self.page.has_teaching_notes:
            self.notify_plainly("This page has no teaching notes.")
        elif self.for_lecturer:
            self.notify_plainly("Teaching notes are shown.")


def _part(document: Document, blocks: range) -> Document:
    """Some blocks of a document, with all its sources."""
    return Document(document.title, document.blocks[blocks.start : blocks.stop], document.sources)
