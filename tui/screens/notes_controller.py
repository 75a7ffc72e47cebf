"""What can be done with the notebook from any screen: bookmark, note, tag, undo, save a view."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from casebook.errors import CasebookError

if TYPE_CHECKING:
    from textual.app import App

    from casebook.notebook import Notebook, NoteTarget, ViewKind
    from casebook.notebook.values import Note
    from tui.host import Host

Result = TypeVar("Result")


class ViewAtHand(NamedTuple):
    """What a screen shows, as the notebook keeps it.

    Attributes:
        filters: whatever the screen needs to open exactly as it is; JSON can hold it.
    """

    kind: ViewKind
    entries: tuple[str, ...]
    framework: str
    filters: dict[str, Any]


class NoteTaker(Protocol):
    """What the notebook's actions need of the screen that they are done from."""

    @property
    def app(self) -> App[Any]: ...

    @property
    def casebook(self) -> Host: ...

    def targets_at_hand(self) -> Sequence[NoteTarget]:
        """What a note could be on, the likeliest first; the last is the entry as a whole."""

    def entry_at_hand(self) -> str:
        """The slug of the entry that is chosen or shown; empty for none."""

    def note_at_hand(self) -> Note | None:
        """The note that is chosen."""

    def to_gather(self) -> Note | NoteTarget | None:
        """What goes into the essay basket; None where nothing is selected that could."""

    def view_at_hand(self) -> ViewAtHand | None:
        """What the screen shows, to be saved under a name; None where it cannot be."""

    def run_worker(self, work: Coroutine[Any, Any, None], *, group: str) -> object:
        """Does something away from the keyboard."""


class NotesController:
    """Does to the notebook what a key of a screen asks for, and says what it did."""

    def __init__(self, screen: NoteTaker) -> None:
        self._screen = screen

    @property
    def _host(self) -> Host:
        return self._screen.casebook

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._screen.run_worker(work, group="noting")

    async def write(self, action: Callable[[Notebook], Result]) -> Result | None:
        """Writes to the notebook and draws anew what shows it; a failure is told."""
        try:
            result = await self._host.keeper.write(action)
        except CasebookError as error:
            self._host.complain(error)
            return None
        self._host.notebook_changed()
        return result

    async def has_written(self, action: Callable[[Notebook], object]) -> bool:
        """Like `write`, for what has no result: whether it was written."""

        def done(notebook: Notebook) -> bool:
            action(notebook)
            return True

        return bool(await self.write(done))

    def _title_at_hand(self) -> tuple[str, str] | None:
        """Slug and title of the entry at hand; says so where there is none."""
        from casebook.book.entries import refs

        slug = self._screen.entry_at_hand()
        found = refs(self._host.book, [slug]).get(slug) if slug else None
        if found is None:
            self._host.say("No entry is selected.")
            return None
        return slug, found.title

    # Bookmarks and tags

    def toggle_bookmark(self) -> None:
        """Sets a bookmark on the entry at hand, or takes it away."""
        at_hand = self._title_at_hand()
        if at_hand is not None:
            self._start(self._toggle_bookmark(*at_hand))

    async def _toggle_bookmark(self, slug: str, title: str) -> None:
        from casebook.notebook import bookmarks

        book = self._host.volume_of(slug)
        is_set = await self.write(lambda n: bookmarks.toggle_bookmark(n, book, slug, title))
        if is_set is not None:
            what = "Bookmark added" if is_set else "Bookmark removed"
            self._host.say(f"{what}: {title}")

    def toggle_listed(self) -> None:
        """Puts the entry at hand on the reading list, or takes it off."""
        at_hand = self._title_at_hand()
        if at_hand is not None:
            self._start(self._toggle_listed(*at_hand))

    async def _toggle_listed(self, slug: str, title: str) -> None:
        from casebook.notebook import reading_list

        book = self._host.volume_of(slug)
        is_listed = await self.write(lambda n: reading_list.toggle_listed(n, book, slug, title))
        if is_listed is not None:
            did = "Added to the reading list" if is_listed else "Removed from the reading list"
            self._host.say(f"{did}: {title}")

    def ask_for_tags(self) -> None:
        """Asks which tags the entry at hand is to have."""
        from casebook.notebook import bookmarks
        from tui.dialogs.tags import TagScreen

        at_hand = self._title_at_hand()
        if at_hand is None:
            return
        slug, title = at_hand
        notebook = self._host.keeper.notebook
        try:
            mine = bookmarks.tags_of(notebook, self._host.volume_of(slug), slug)
            known = list(dict.fromkeys(tag.name for tag in bookmarks.tags(notebook)))
        except CasebookError as error:
            self._host.complain(error)
            return

        def answered(names: list[str] | None) -> None:
            if names is not None:
                self._start(self._set_tags(slug, title, names))

        self._screen.app.push_screen(TagScreen(title, mine, known), answered)

    async def _set_tags(self, slug: str, title: str, names: list[str]) -> None:
        from casebook.notebook import bookmarks

        book = self._host.volume_of(slug)
        kept = await self.write(lambda n: bookmarks.set_tags(n, book, slug, title, names))
        if kept is not None:
            told = ", ".join(f"#{name}" for name in kept) or "no tags"
            self._host.say(f"{title}: {told}")

    # Notes

    def _targets(self) -> Sequence[NoteTarget]:
        """What a note could be on; says so where there is nothing."""
        try:
            targets = self._screen.targets_at_hand()
        except CasebookError as error:
            self._host.complain(error)
            return ()
        if not targets:
            self._host.say("Nothing is selected that a note could be attached to.")
        return targets

    def write_note(self) -> None:
        """Opens the box in which a note on what is chosen is written."""
        targets = self._targets()
        if targets:
            self.open_note(targets)

    def open_note(
        self, targets: Sequence[NoteTarget], note: Note | None = None, *, text: str | None = None
    ) -> None:
        """Opens the box in which a note is written.

        Args:
            note: the note that is to be changed; None for a new one.
            text: what stands in the box to begin with.
        """
        from casebook.notebook.masking import is_hidden
        from tui.dialogs.note import NoteScreen

        if is_hidden(self._host.book.hidden, targets[0]):
            self._host.tells_of_hidden([targets[0].entry])
            return
        self._screen.app.push_screen(NoteScreen(targets, note, text=text), self._note_closed)

    def _note_closed(self, is_changed: bool | None) -> None:
        if is_changed:
            self._host.notebook_changed()

    def edit_in_editor(self) -> None:
        """Writes the chosen note, or a new one, in the reader's own editor."""
        self._start(self._edit_in_editor())

    async def _edit_in_editor(self) -> None:
        from tui.editor import write_in_editor

        note = self._screen.note_at_hand()
        targets = (note.target,) if note else self._targets()
        if not targets:
            return
        text = write_in_editor(self._host, note.text if note else "")
        if text is None or (note and text.strip() == note.text.strip()):
            self._host.say("Nothing was changed.")
        elif not await self._save_edited(note, targets[0], text):
            # It could not be saved: the words stay on the screen.
            self.open_note(targets, note, text=text)

    async def _save_edited(self, note: Note | None, target: NoteTarget, text: str) -> bool:
        from casebook.notebook import notes

        if not text.strip():
            self._host.say("The note is empty; nothing was changed.")
            return True
        saved = await self.write(
            lambda n: notes.change(n, note, text) if note else notes.add(n, target, text)
        )
        if saved is not None:
            self._host.say("Note saved.")
        return saved is not None

    def confirm_place(self) -> None:
        """Attaches the chosen note to the words that stand there now."""
        from casebook.book import pages
        from casebook.book.volumes import has_volume
        from casebook.notebook.targets import confirmed_target
        from casebook.page_documents import whole_page

        note = self._screen.note_at_hand()
        if note is None or not has_volume(self._host.book, note.target.book):
            self._host.say("No note on this book is selected.")
            return
        try:
            page = pages.page(self._host.book, note.target.entry)
            target = confirmed_target(note.target, note.target.book, page, whole_page(page))
        except CasebookError as error:
            self._host.say(error.message)
            return
        self._start(self._move(note, target))

    async def _move(self, note: Note, target: NoteTarget) -> None:
        from casebook.notebook import notes

        if await self.write(lambda n: notes.move(n, note, target)) is not None:
            self._host.say("The note is attached to the changed text; u undoes this.")

    # The essay basket

    def gather(self) -> None:
        """Puts what is chosen into the essay basket."""
        try:
            found = self._screen.to_gather()
        except CasebookError as error:
            self._host.complain(error)
            return
        if found is None:
            self._host.say("Nothing is selected that could be put into the essay basket.")
        else:
            self._start(self._gather(found))

    async def _gather(self, found: Note | NoteTarget) -> None:
        from casebook.notebook import NoteTarget, basket

        gathered = await self.write(
            lambda n: (
                basket.add(n, found) if isinstance(found, NoteTarget) else basket.add_note(n, found)
            )
        )
        if gathered is not None:
            done = "Put into" if gathered.is_new else "Already in"
            self._host.say(
                f"{done} the essay basket: {basket.named(gathered.item)}. ctrl+o opens it."
            )

    def undo(self) -> None:
        """Takes back the last change to the notebook."""
        self._start(self._undo())

    async def _undo(self) -> None:
        from casebook.notebook.undo import undo

        try:
            undone = await self._host.keeper.write(undo)
        except CasebookError as error:
            self._host.complain(error)
            return
        if undone is None:
            self._host.say("There is nothing more to undo in this window.")
            return
        told = f"Undone: {undone.words}"
        if not undone.is_done:
            told = f"Not undone, because another window has changed it since: {undone.words}"
        self._host.say(told)
        self._host.notebook_changed()

    # Comparisons and timelines under a name

    def ask_for_view_name(self) -> None:
        """Saves the comparison or the timeline of the screen under a name."""
        at_hand = self._screen.view_at_hand()
        if at_hand is None:
            self._host.say("Only a comparison or a timeline can be saved under a name.")
            return
        from tui.dialogs.name import NameScreen

        def answered(name: str | None) -> None:
            if name:
                self._start(self._save_view(at_hand, name))

        self._screen.app.push_screen(NameScreen(f"Save this {at_hand.kind} as"), answered)

    async def _save_view(self, view: ViewAtHand, name: str) -> None:
        from casebook.notebook import views

        book = self._host.book_slug
        saved = await self.write(
            lambda n: views.save(
                n, view.kind, book, name, view.entries, view.framework, view.filters
            )
        )
        if saved is not None:
            self._host.say(f"Saved in the notebook: {saved.name}")
