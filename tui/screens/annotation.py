"""What every screen can do with the notebook: bookmark, note, tag, undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from textual import work

from casebook.errors import CasebookError
from tui.host import Guest

if TYPE_CHECKING:
    from textual.screen import Screen

    from casebook.notebook import Notebook, Target, ViewKind
    from casebook.notebook.values import Note

    _Screen = Screen[None]
else:
    _Screen = object

Answer = TypeVar("Answer")


class ViewAtHand(NamedTuple):
    """What a screen shows, as the notebook keeps it.

    Attributes:
        filters: whatever the screen needs to open exactly as it is; JSON can hold it.
    """

    kind: ViewKind
    entries: tuple[str, ...]
    framework: str
    filters: dict[str, Any]


class Noting(Guest, _Screen):
    """The part of a screen that knows the notebook.

    A screen says by `targets_at_hand` what a note would be on; the rest follows.
    """

    # What a screen says

    def targets_at_hand(self) -> Sequence[Target]:
        """What a note could be on, the likeliest first; the last is the entry as a whole."""
        slug = self.entry_at_hand()
        if not slug:
            return ()
        from casebook.notebook.targets import target_of_entry

        page = self.casebook.recent_pages.page(slug)
        return (target_of_entry(self.casebook.book.info.slug, page),)

    def entry_at_hand(self) -> str:
        """The slug of the entry that is chosen or shown; empty for none."""
        return self.entry_to_pick() or ""

    def entry_to_pick(self) -> str | None:
        """The entry that picking is about here, or None."""
        return None

    def note_at_hand(self) -> Note | None:
        """The note that is chosen."""
        return None

    # Doing

    async def keep(self, action: Callable[[Notebook], Answer]) -> Answer | None:
        """Writes to the notebook and draws anew what shows it; a failure is told."""
        try:
            answer = await self.casebook.keeper.write(action)
        except CasebookError as error:
            self.casebook.complain(error)
            return None
        self.casebook.notebook_changed()
        return answer

    async def is_kept(self, action: Callable[[Notebook], object]) -> bool:
        """Like `keep`, for what has no answer: whether it was written."""

        def did(notebook: Notebook) -> bool:
            action(notebook)
            return True

        return bool(await self.keep(did))

    def _title_at_hand(self) -> tuple[str, str] | None:
        """Slug and title of the entry at hand; says so where there is none."""
        from casebook.book import entries as book_entries

        slug = self.entry_at_hand()
        found = book_entries.refs(self.casebook.book, [slug]).get(slug) if slug else None
        if found is None:
            self.casebook.say("No entry is chosen here.")
            return None
        return slug, found.title

    @work(group="noting")
    async def action_bookmark(self) -> None:
        from casebook.notebook import bookmarks

        at_hand = self._title_at_hand()
        if at_hand is None:
            return
        slug, title = at_hand
        book = self.casebook.book.info.slug
        is_set = await self.keep(lambda n: bookmarks.toggle_bookmark(n, book, slug, title))
        if is_set is not None:
            what = "Bookmarked" if is_set else "No longer bookmarked"
            self.casebook.say(f"{what}: {title}")

    def action_tags(self) -> None:
        from casebook.notebook import bookmarks
        from tui.dialogs.tags import TagScreen

        at_hand = self._title_at_hand()
        if at_hand is None:
            return
        slug, title = at_hand
        book = self.casebook.book.info.slug
        notebook = self.casebook.keeper.notebook
        try:
            mine = bookmarks.tags_of(notebook, book, slug)
            known = list(dict.fromkeys(tag.name for tag in bookmarks.tags(notebook)))
        except CasebookError as error:
            self.casebook.complain(error)
            return

        def answered(names: list[str] | None) -> None:
            if names is not None:
                self._set_tags(slug, title, names)

        self.app.push_screen(TagScreen(title, mine, known), answered)

    @work(group="noting")
    async def _set_tags(self, slug: str, title: str, names: list[str]) -> None:
        from casebook.notebook import bookmarks

        book = self.casebook.book.info.slug
        kept = await self.keep(lambda n: bookmarks.set_tags(n, book, slug, title, names))
        if kept is not None:
            told = ", ".join(f"#{name}" for name in kept) or "no tags"
            self.casebook.say(f"{title}: {told}")

    def action_note(self) -> None:
        try:
            targets = self.targets_at_hand()
        except CasebookError as error:
            self.casebook.complain(error)
            return
        if targets:
            self.open_note(targets)
        else:
            self.casebook.say("Nothing is chosen here that a note could be on.")

    def open_note(self, targets: Sequence[Target], note: Note | None = None) -> None:
        """Opens the box in which a note is written."""
        from tui.dialogs.note import NoteScreen

        self.app.push_screen(NoteScreen(targets, note), self._note_closed)

    def _note_closed(self, is_changed: bool | None) -> None:
        if is_changed:
            self.casebook.notebook_changed()

    @work(group="noting")
    async def action_edit(self) -> None:
        """Writes the chosen note, or a new one, in the reader's own editor."""
        from tui.editor import write_in_editor

        note = self.note_at_hand()
        try:
            targets = (note.target,) if note else self.targets_at_hand()
        except CasebookError as error:
            self.casebook.complain(error)
            return
        if not targets:
            self.casebook.say("Nothing is chosen here that a note could be on.")
            return
        text = write_in_editor(self.casebook, note.text if note else "")
        if text is None or (note and text.strip() == note.text.strip()):
            self.casebook.say("Nothing was changed.")
        elif not await self._keep_edited(note, targets[0], text):
            # It could not be kept: the words stay on the screen.
            from tui.dialogs.note import NoteScreen

            self.app.push_screen(NoteScreen(targets, note, text=text), self._note_closed)

    async def _keep_edited(self, note: Note | None, target: Target, text: str) -> bool:
        from casebook.notebook import notes

        if not text.strip():
            self.casebook.say("The note has no words; nothing was changed.")
            return True
        kept = await self.keep(
            lambda n: notes.change(n, note, text) if note else notes.add(n, target, text)
        )
        if kept is not None:
            self.casebook.say("Kept.")
        return kept is not None

    @work(group="noting")
    async def action_confirm(self) -> None:
        """Puts the chosen note on the words that stand there now."""
        from casebook.book import pages
        from casebook.document import whole_page
        from casebook.notebook import notes
        from casebook.notebook.targets import confirmed_target

        note = self.note_at_hand()
        if note is None or note.target.book != self.casebook.book_slug:
            self.casebook.say("No note on this book is chosen here.")
            return
        try:
            page = pages.page(self.casebook.book, note.target.entry)
            target = confirmed_target(note.target, note.target.book, page, whole_page(page))
        except CasebookError as error:
            self.casebook.say(error.message)
            return
        if await self.keep(lambda n: notes.move(n, note, target)) is not None:
            self.casebook.say("The note is on the words that stand there now; u takes it back.")

    @work(group="noting")
    async def action_undo(self) -> None:
        from casebook.notebook.undo import undo

        try:
            undone = await self.casebook.keeper.write(undo)
        except CasebookError as error:
            self.casebook.complain(error)
            return
        if undone is None:
            self.casebook.say("Nothing more can be undone in this window.")
            return
        told = f"Undone: {undone.words}"
        if not undone.is_done:
            told = f"Not undone, another window has changed it since: {undone.words}"
        self.casebook.say(told)
        self.casebook.notebook_changed()

    # Comparisons and timelines under a name

    def view_at_hand(self) -> ViewAtHand | None:
        """What the screen shows, to be kept under a name; None where it shows no such thing."""
        return None

    def action_save_view(self) -> None:
        at_hand = self.view_at_hand()
        if at_hand is None:
            self.casebook.say("A comparison or a timeline can be kept under a name; this is none.")
            return
        from tui.dialogs.name import NameScreen

        def answered(name: str | None) -> None:
            if name:
                self._save_view(at_hand, name)

        self.app.push_screen(NameScreen(f"Keep this {at_hand.kind} as"), answered)

    @work(group="noting")
    async def _save_view(self, view: ViewAtHand, name: str) -> None:
        from casebook.notebook import views

        book = self.casebook.book_slug
        kept = await self.keep(
            lambda n: views.save(
                n, view.kind, book, name, view.entries, view.framework, view.filters
            )
        )
        if kept is not None:
            self.casebook.say(f"Kept: {kept.name}. b opens the notebook, which has it.")

    def action_notebook(self) -> None:
        self.casebook.open_notebook_screen()
