"""The box in which a note is written. What stands in it is never lost: a draft is saved every
few seconds, when the program is told to stop, and when the box is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Label, Static, TextArea

from casebook.errors import CasebookError
from casebook.line_wrap import shortened
from casebook.notebook import ChangedElsewhereError, Notebook, drafts, notes
from casebook.notebook.values import Note, NoteKind, NoteTarget
from tui import commands
from tui.command import Command, bindings
from tui.dialogs.base import Dialog

SECONDS_BETWEEN_DRAFTS = 3.0

SAVE, WHERE, DELETE = commands.NOTE_SAVE, commands.NOTE_WHERE, commands.NOTE_DELETE
IN_EDITOR, COPY_ALL = commands.NOTE_EDITOR, commands.NOTE_COPY


class NoteScreen(Dialog[bool]):
    """Answers whether something was kept or deleted.

    Args:
        targets: what the note can be on, the first to begin with.
        note: the note that is to be changed; None for a new one.
        text: what to begin with; else the draft, else the note's words.
    """

    ACTIONS: ClassVar[tuple[Command, ...]] = (SAVE, WHERE, IN_EDITOR, COPY_ALL, DELETE)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

    def __init__(
        self, targets: Sequence[NoteTarget], note: Note | None = None, *, text: str | None = None
    ) -> None:
        super().__init__()
        self.targets = list(targets)
        self.at = 0
        self.note = note
        self.saved_text = note.text if note else ""
        self.begin_with = text
        self.drafted = ""
        self.kept_draft = ""
        self.unkept = ""
        self.is_draft_refused = False
        self.is_deleting = False

    @property
    def target(self) -> NoteTarget:
        return self.note.target if self.note else self.targets[self.at]

    @property
    def draft_name(self) -> str:
        return drafts.name_of(self.target, self.note.uid if self.note else "")

    @property
    def area(self) -> TextArea:
        return self.query_one(TextArea)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label("", id="note-title", classes="box-title", markup=False)
            yield Static("", id="note-on", markup=False)
            yield TextArea("", id="note-text", compact=True)
            yield Static("", id="note-trouble", markup=False)

    @property
    def keys(self) -> tuple[Command, ...]:
        if self.note:
            return (SAVE, IN_EDITOR, COPY_ALL, DELETE)
        if len(self.targets) > 1:
            return (SAVE, WHERE, IN_EDITOR, COPY_ALL)
        return (SAVE, IN_EDITOR, COPY_ALL)

    @property
    def way_out(self) -> Command:
        kept = " (draft saved)" if self.takes_drafts else ""
        return commands.BACK._replace(footer=f"close{kept}")

    @property
    def takes_drafts(self) -> bool:
        """Whether what is written is kept when the box is closed, for all that is known."""
        return not self.is_draft_refused and self.casebook.keeper.notebook.takes_writes

    def on_mount(self) -> None:
        begin = self.begin_with
        if begin is None:
            begin = self._draft_text()
        self.area.load_text(self.saved_text if begin is None else begin)
        self.area.move_cursor(self.area.document.end)
        self.area.focus()
        self._show_target()
        self.set_interval(SECONDS_BETWEEN_DRAFTS, self.draft_again)

    def _draft_text(self) -> str | None:
        try:
            draft = drafts.draft(self.casebook.keeper.notebook, self.draft_name)
        except CasebookError:
            return None
        if draft is None:
            return None
        if self.note and draft.version != self.note.version:
            self._tell("This draft was begun before the note was last changed.")
        else:
            self._tell("This is your unsaved draft.")
        self.drafted = self.kept_draft = draft.text
        return draft.text

    def _show_target(self) -> None:
        target = self.target
        verb = "Edit note" if self.note else "Note"
        self.query_one("#note-title", Label).update(f"{verb}: {target.title}")
        self.query_one("#note-on", Static).update(said_of(target))

    def _tell(self, words: str) -> None:
        trouble = self.query_one("#note-trouble", Static)
        trouble.update(words)
        trouble.set_class(bool(words), "-shown")

    @on(TextArea.Changed)
    def _mind_the_words(self) -> None:
        self.is_deleting = False

    # Drafts

    @property
    def has_unsaved_words(self) -> bool:
        return self.area.text.strip() != self.saved_text.strip()

    def draft_again(self) -> None:
        """Saves a draft; what became of the one before is known by now, and shown."""
        self.refresh_keys()
        self.save_draft()

    def save_draft(self) -> None:
        """Saves what stands in the box, if it is not saved yet."""
        text = self.area.text
        if not self.has_unsaved_words or text == self.drafted:
            return
        self.drafted = text
        self.casebook.keeper.later(self._draft_saver(text), words=text)

    def _draft_saver(self, text: str) -> Callable[[Notebook], None]:
        target, note = self.target, self.note
        uid, version = (note.uid, note.version) if note else ("", 0)

        def save(notebook: Notebook) -> None:
            try:
                drafts.save(notebook, target, text, uid=uid, version=version)
            except CasebookError:
                self.is_draft_refused = True
                raise
            self.kept_draft, self.is_draft_refused = text, False

        return save

    def leave_place(self) -> None:
        if self.drafted != self.kept_draft:
            self.drafted = ""  # it failed, and may be kept now
        self.save_draft()

    def _drop_draft(self) -> None:
        name = self.draft_name
        self.drafted = self.kept_draft = ""
        self.casebook.keeper.forget_words()
        self.casebook.keeper.later(lambda n: drafts.drop(n, name))

    # Keys

    @work(group="noting", exclusive=True)
    async def action_save(self) -> None:
        text = self.area.text
        target, note, draft = self.target, self.note, self.draft_name
        if not text.strip() and not (note and note.target.quote):
            self._tell("The note is empty.")
            return
        if note and not self.has_unsaved_words:
            self._drop_draft()
            self.dismiss(False)
            return
        self._tell("Saving …")
        try:
            await self.casebook.keeper.write(lambda n: _keep(n, target, note, text, draft))
        except ChangedElsewhereError as error:
            self._drop_draft()
            self.note, self.targets, self.saved_text = None, [target], ""
            self._show_target()
            self._tell(f"{error.message} {SAVE.key_shown} saves yours as a second note.")
            return
        except CasebookError as error:
            self._tell(f"{error.message} Your words stay here; {COPY_ALL.key_shown} copies them.")
            self.is_draft_refused = True
            self.refresh_keys()
            return
        self.casebook.keeper.forget_words()
        self.casebook.say("Note saved.")
        self.dismiss(True)

    def action_where(self) -> None:
        if self.note is None and len(self.targets) > 1:
            self._drop_draft()
            self.at = (self.at + 1) % len(self.targets)
            self._show_target()

    def action_edit(self) -> None:
        from tui.editor import write_in_editor

        text = write_in_editor(self.casebook, self.area.text)
        if text is not None:
            self.area.load_text(text)
            self.save_draft()

    def action_copy_all(self) -> None:
        self.app.copy_to_clipboard(self.area.text)
        self.casebook.say("Copied.")

    @work(group="noting", exclusive=True)
    async def action_delete(self) -> None:
        note = self.note
        if note is None:
            return
        if not self.is_deleting:
            self.is_deleting = True
            self._tell(f"Delete this note? {DELETE.key_shown} again deletes it.")
            return
        try:
            await self.casebook.keeper.write(lambda n: notes.delete(n, note))
        except CasebookError as error:
            self._tell(error.message)
            return
        self._drop_draft()
        self.casebook.say("Deleted. u undoes this.")
        self.dismiss(True)

    def action_back(self) -> None:
        self._leave()

    @work(group="noting", exclusive=True)
    async def _leave(self) -> None:
        text = self.area.text
        if self.has_unsaved_words and text.strip():
            if text == self.unkept:
                self.casebook.keeper.forget_words()
                self.casebook.say("The note was discarded.")
            elif not await self._is_drafted(text):
                return
        elif not self.has_unsaved_words or not self.saved_text:
            self._drop_draft()
        self.dismiss(False)

    async def _is_drafted(self, text: str) -> bool:
        """Keeps what stands in the box as a draft; False, and told, where that fails."""
        if text != self.kept_draft:
            try:
                await self.casebook.keeper.write(self._draft_saver(text))
            except CasebookError as error:
                self.unkept = text
                self._tell(
                    f"{error.message} {COPY_ALL.key_shown} copies your words;"
                    " esc again discards them."
                )
                self.refresh_keys()
                return False
        self.drafted = text
        self.casebook.keeper.forget_words()
        self.casebook.say("Saved as a draft; a continues it.")
        return True


def _keep(notebook: Notebook, target: NoteTarget, note: Note | None, text: str, draft: str) -> None:
    """Keeps a note, and then takes its draft away."""
    if note is not None:
        notes.change(notebook, note, text)
    else:
        notes.add(notebook, target, text)
    drafts.drop(notebook, draft)


def said_of(target: NoteTarget) -> str:
    """What a note is on, in a line or two."""
    match target.kind:
        case NoteKind.ENTRY:
            return "Attached to the whole entry"
        case NoteKind.PASSAGE if target.quote:
            words = shortened(" ".join(target.quote.exact.split()), 130)
            quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"
            return f"Attached to {quoted}"
        case _:
            return f"Attached to {shortened(target.context, 130)}"
