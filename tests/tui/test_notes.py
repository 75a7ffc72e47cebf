"""Bookmarks, notes, highlights and tags in the app."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path

import pytest
from textual.widgets import TextArea

from casebook.book.connection import Book, open_book
from casebook.notebook import NoteTarget, Quote, bookmarks, drafts, history, notes, open_notebook
from casebook.notebook.copies import copies
from casebook.notebook.copy_files import folder_of
from tests.tui.conftest import Driven
from tui.dialogs.note import NoteScreen
from tui.screens.base import CasebookScreen
from tui.widgets.document_view import DocumentView

Drive = Callable[..., AbstractAsyncContextManager[Driven]]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "data" / "notebook.sqlite"


def page_of(app: Driven) -> DocumentView:
    """The page that is read."""
    screen = app.app.screen
    assert isinstance(screen, CasebookScreen)
    assert screen.pane is not None
    return screen.pane.main_view


@pytest.fixture
def small(small_book: Path) -> Book:
    return open_book(small_book)


async def test_a_bookmark_is_set_and_seen_tomorrow(small: Book, drive: Drive, place: Path) -> None:
    async with drive(small, notebook=place) as app:
        await app.press("B")
        app.shows("Bookmark added: Nosaku", "›* Nosaku")
    async with drive(small, notebook=place) as app:
        app.shows("›* Nosaku")
        await app.press("B")
        app.shows("Bookmark removed: Nosaku")
        app.hides("›* Nosaku")
        await app.press("u")
        app.shows("Undone: removed the", "›* Nosaku")


async def test_a_note_on_a_passage_stands_by_it(small: Book, drive: Drive, place: Path) -> None:
    async with drive(small, (100, 40), notebook=place) as app:
        await app.press("enter", "right", "right", "a")
        app.shows("Note: Nosaku", "Attached to “A foundry in Takaoka.”")
        await app.press("text:like our town", "enter", "text:#bells", "ctrl+s")
        app.shows("A foundry in Takaoka [Mitsui 2010 ¶9]. [note]", "Note saved.")
        await app.press("right")
        app.shows("like our town", "enter or e edits it")
        await app.press("enter")
        assert isinstance(app.app.screen, NoteScreen)
        assert app.app.screen.query_one(TextArea).text == "like our town\n#bells"
        await app.press("escape", "o")
        app.shows("Your notes")
    with open_notebook(place) as kept:
        (note,) = notes.all_notes(kept)
        assert note.target.quote is not None
        assert note.target.quote.exact == "A foundry in Takaoka."
        assert [one.locator for one in note.target.citations] == ["para. 9"]


async def test_where_a_note_goes_can_be_chosen(small: Book, drive: Drive, place: Path) -> None:
    async with drive(small, notebook=place) as app:
        await app.press("enter", "right", "right", "a", "f2")
        app.shows("Attached to the whole entry")
        await app.press("x", "ctrl+s")
    with open_notebook(place) as kept:
        assert notes.all_notes(kept)[0].target.place == ""


async def test_a_note_on_an_event_and_on_a_point(small: Book, drive: Drive, place: Path) -> None:
    async with drive(small, (100, 50), notebook=place) as app:
        await app.press("enter")
        view = page_of(app)
        for words in ("It has one", "A wind-bell sells"):
            at = next(n for n, b in enumerate(view.document.blocks) if words in b.text.plain)
            view.choose(next(n for n, target in enumerate(view.targets) if target.block == at))
            await app.press("a", "x", "ctrl+s")
        app.shows("A wind-bell sells [Mitsui 2010 ¶9-10]; with Growers as friends", "[note]")
    with open_notebook(place) as kept:
        assert {note.target.place for note in notes.all_notes(kept)} == {
            "point:checklist a",
            "event:nosaku bell",
        }


async def test_a_highlight_is_seen_and_taken_away(small: Book, drive: Drive, place: Path) -> None:
    async with drive(small, notebook=place) as app:
        await app.press("enter", "right", "right", "A")
        page_of(app).action_top()
        await app.settle()
        runs = page_of(app).line(2).runs
        assert any(run.style == "highlighted" for run in runs)
        await app.press("A")
        runs = page_of(app).line(2).runs
        assert not any(run.style == "highlighted" for run in runs)


async def test_selected_words_are_what_a_note_is_on(small: Book, drive: Drive, place: Path) -> None:
    async with drive(small, notebook=place) as app:
        await app.press("enter")
        await app.pilot.mouse_down("#page", offset=(3, 2))
        await app.pilot.hover("#page", offset=(9, 2))
        await app.pilot.mouse_up("#page", offset=(9, 2))
        await app.press("A")
    with open_notebook(place) as kept:
        (note,) = notes.all_notes(kept)
        assert note.is_highlight
        assert note.target.quote is not None
        assert note.target.quote.exact == "foundry"
        assert note.target.quote.prefix == "A "


async def test_tags(small: Book, drive: Drive, place: Path) -> None:
    async with drive(small, notebook=place) as app:
        await app.press("number_sign", "text:export, #bells, ,export", "enter")
        app.shows("Nosaku: #export, #bells")
        await app.press("j", "number_sign")
        app.shows("Used before: bells, export")
        await app.press("escape", "u")
        app.shows("Undone: tagged: Nosaku")
    with open_notebook(place) as kept:
        assert bookmarks.tags(kept) == []


async def test_where_the_reader_stopped(niches: Book, drive: Drive, place: Path) -> None:
    async with drive(niches, notebook=place) as app:
        await app.press("j", "enter", "space", "space")
        top = page_of(app).scroll_offset.y
        assert top > 10
        await app.press("escape")
    async with drive(niches, notebook=place) as app:
        await app.press("j", "enter")
        assert page_of(app).scroll_offset.y == top
        await app.press("G", "escape")
        app.shows("›✓ Asiro gentian alliance")
    with open_notebook(place) as kept:
        (found,) = history.recent(kept, niches.info.slug)
        assert found.is_read
        assert found.visits == 2


async def test_read_and_unread(small: Book, drive: Drive, place: Path) -> None:
    async with drive(small, notebook=place) as app:
        await app.press("enter", "M")
        app.shows("Marked as read.")
        await app.press("escape")
        app.shows("›✓ Nosaku")
        await app.press("enter", "M")
        app.shows("Marked as unread.")


async def test_a_draft_outlives_the_box_and_the_program(
    small: Book, drive: Drive, place: Path
) -> None:
    async with drive(small, notebook=place) as app:
        await app.press("enter", "a", "text:half a tho", "escape")
        app.shows("Saved as a draft")
    async with drive(small, notebook=place) as app:
        await app.press("enter", "a")
        app.shows("half a tho", "This is your unsaved draft.")
        await app.press("text:ught", "ctrl+s")
        app.shows("Note saved.")
        await app.press("a")
        app.hides("half a thought\n", "unsaved draft")
    with open_notebook(place) as kept:
        assert [note.text for note in notes.all_notes(kept)] == ["half a thought"]


async def test_deleting_asks_once_and_can_be_undone(small: Book, drive: Drive, place: Path) -> None:
    async with drive(small, (100, 40), notebook=place) as app:
        await app.press("enter", "right", "right", "a", "text:gone", "ctrl+s")
        await app.press("right", "enter", "f8")
        app.shows("Delete this note? f8 again deletes it.")
        await app.press("f8")
        app.shows("Deleted. u undoes this.")
        app.hides("[note]")
        await app.press("u")
        app.shows("[note]")


async def test_two_windows_on_one_note(small: Book, drive: Drive, place: Path) -> None:
    async with drive(small, (100, 40), notebook=place) as app:
        await app.press("enter", "right", "right", "a", "text:mine", "ctrl+s")
        await app.press("right", "enter", "text: too")
        with open_notebook(place) as other:
            notes.change(other, notes.all_notes(other)[0], "theirs")
        await app.press("ctrl+s")
        app.notices("changed in another window")
        app.shows("mine too")
        await app.press("ctrl+s")
    with open_notebook(place) as kept:
        assert {note.text for note in notes.all_notes(kept)} == {"theirs", "mine too"}


async def test_what_another_window_was_quicker_than_is_kept_as_a_draft(
    small: Book, drive: Drive, place: Path
) -> None:
    async with drive(small, (100, 40), notebook=place) as app:
        await app.press("enter", "right", "right", "a", "text:mine", "ctrl+s")
        await app.press("right", "enter", "text: too")
        box = app.app.screen
        assert isinstance(box, NoteScreen)
        box.save_draft()  # as it does every three seconds
        await app.settle()
        with open_notebook(place) as other:
            notes.change(other, notes.all_notes(other)[0], "theirs")
        await app.press("ctrl+s", "escape")
        app.shows("Saved as a draft")
    with open_notebook(place) as kept:
        assert [draft.text for draft in drafts.drafts(kept)] == ["mine too"]


async def test_a_locked_notebook_keeps_the_words_on_the_screen(
    small: Book, drive: Drive, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.notebook.files.PATIENCE", 0.1)
    async with drive(small, notebook=place) as app:
        await app.press("B")
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await app.press("a", "text:my words", "ctrl+s")
        app.notices("in use by another program", "Your words stay here")
        app.shows("my words")
        other.execute("ROLLBACK")
        other.close()
        await app.press("ctrl+s")
        app.shows("Note saved.")


async def test_a_notebook_that_was_locked_at_the_start_is_opened_later(
    small: Book, drive: Drive, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.notebook.files.PATIENCE", 0.1)
    with open_notebook(place) as notebook:
        notes.add(notebook, NoteTarget("small", "nosaku", "Nosaku"), "first")
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    async with drive(small, notebook=place) as app:
        await app.press("a", "text:my words", "ctrl+s")
        app.notices("in use by another program", "Your words stay here")
        other.execute("ROLLBACK")
        other.close()
        await app.press("ctrl+s")
        app.shows("Note saved.")
    with open_notebook(place) as notebook:
        assert {note.text for note in notes.all_notes(notebook)} == {"first", "my words"}


async def test_a_draft_is_said_to_be_kept_only_where_it_is(
    small: Book, drive: Drive, place: Path
) -> None:
    place.parent.mkdir()
    place.write_bytes(b"nonsense, but the reader's own nonsense" * 10)
    async with drive(small, notebook=place) as app:
        await app.press("escape", "a", "text:my words", "escape")
        app.notices("esc again discards them")
        app.shows("my words")
        app.hides("Saved as a draft")
        await app.press("text:!", "escape")
        app.shows("my words!")
        await app.press("escape")
        app.shows("The note was discarded.")
        app.hides("my words!")
        assert not app.app.keeper.lost_words
    assert not app.app.keeper.lost_words


async def test_a_draft_is_promised_only_where_it_can_be_kept(
    small: Book, drive: Drive, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line of keys said "draft saved" where the notebook takes nothing."""
    monkeypatch.setattr("casebook.notebook.files.PATIENCE", 0.1)
    foreign = tmp_path / "foreign.sqlite"
    foreign.write_bytes(b"nonsense, but the reader's own nonsense" * 10)
    async with drive(small, notebook=foreign) as app:
        await app.press("escape", "a", "text:my words")
        app.shows("esc close")
        app.hides("draft saved")
    async with drive(small, notebook=place) as app:
        await app.press("B", "a", "text:my words")
        app.shows("esc close (draft saved)")
        with closing(sqlite3.connect(place, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await app.press("ctrl+s")
            app.notices("Your words stay here")
            app.shows("esc close")
            app.hides("draft saved")
            other.execute("ROLLBACK")
        box = app.app.screen
        assert isinstance(box, NoteScreen)
        for _ in range(2):  # the next draft is kept, and the one after shows that
            box.draft_again()
            await app.settle()
        app.shows("esc close (draft saved)")
        await app.press("escape")
        app.shows("Saved as a draft")


async def test_words_that_could_not_be_kept_are_handed_back(
    small: Book, drive: Drive, place: Path
) -> None:
    """The app is left by ctrl+q or a signal while a note is written that nothing takes."""
    place.parent.mkdir()
    place.write_bytes(b"nonsense, but the reader's own nonsense" * 10)
    async with drive(small, notebook=place) as app:
        await app.press("escape", "a", "text:my words", "ctrl+q")
    assert app.app.keeper.lost_words == "my words"


async def test_a_notebook_that_is_none_does_not_stop_the_reading(
    small: Book, drive: Drive, place: Path
) -> None:
    place.parent.mkdir()
    place.write_bytes(b"nonsense, but the reader's own nonsense" * 10)
    before = place.read_bytes()
    async with drive(small, notebook=place) as app:
        app.notices("it is not an SQLite file")
        await app.press("enter", "a", "text:words", "ctrl+s")
        app.notices("Nothing was saved.")
        app.shows("words")
        for key in ("escape", "escape", "b"):  # each failed attempt to save takes its time
            await app.press(key)
        app.shows("Notebook, by time")
    assert place.read_bytes() == before


async def test_hostile_words_in_a_notebook_are_harmless(
    small: Book, drive: Drive, place: Path
) -> None:
    with open_notebook(place) as other:
        target = NoteTarget("small", "nosaku", "[@click=app.quit]Nosaku[/b]", "passage:0")
        target = target._replace(quote=Quote("A foundry"))
        notes.add(other, target, "[/b] [@click=app.quit]x[/] \x1b]0;owned\x07 " + "e\u0301" * 50)
        bookmarks.set_tags(other, "small", "nosaku", "N", ["[/b]", "[@click=app.quit]"])
    async with drive(small, (100, 40), notebook=place) as app:
        await app.press("enter", "G")
        app.shows("[/b] [@click=app.quit]x[/]")
        await app.press("b", "V", "V", "V", "ctrl+f", "text:[/b]", "enter")
        app.shows("Notebook")
        assert "\x1b" not in app.text


async def test_settings_that_are_not_understood_are_told(
    small: Book, drive: Drive, tmp_path: Path
) -> None:
    text = 'theme = "purple"\n[keys]\nbookmark = "Z"\nbokmark = "B"\n'
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    async with drive(small, (120, 40)) as app:
        app.notices("no theme 'purple'", "do not exist: bokmark")
        await app.press("Z")
        app.shows("Bookmark added: Nosaku")
        await app.press("question_mark", "text:bookmark")
        app.shows("Z Add or remove a bookmark")


async def test_a_damaged_notebook_names_what_is_lost(
    small: Book, drive: Drive, place: Path
) -> None:
    with open_notebook(place) as kept:
        for word in ("One", "Two", "Three"):
            notes.add(kept, NoteTarget("small", "nosaku", "Nosaku"), word)
    with sqlite3.connect(place) as other:
        other.execute("UPDATE note SET text = 'Too' WHERE text = 'Two'")
        other.execute("DELETE FROM note WHERE text = 'Three'")
        other.execute("PRAGMA user_version = 0")
    other.close()
    before = place.read_bytes()
    async with drive(small, (120, 40), notebook=place) as app:
        app.shows("Nosaku")
        app.notices("is damaged")
        await app.press("enter", "escape", "b")
        app.shows("Damaged: note", "Missing: 1 note.", "casebook notes rescue", "One")
        await app.press("escape", "B")
        app.notices("Nothing was saved.")
    assert place.read_bytes() == before
    assert not folder_of(place).exists()


async def test_the_app_makes_the_days_copy(small: Book, drive: Drive, place: Path) -> None:
    with open_notebook(place) as kept:
        notes.add(kept, NoteTarget("small", "nosaku", "Nosaku"), "One")
    async with drive(small, notebook=place):
        pass
    assert [copy.notes for copy in copies(place)] == [1]


async def test_changed_words_are_a_guess_until_confirmed(
    small: Book, drive: Drive, place: Path
) -> None:
    old = "A foundry from Takaoka."
    target = NoteTarget("small", "nosaku", "Nosaku", "passage:0", Quote(old))
    gone = NoteTarget("small", "nosaku", "Nosaku", "passage:0", Quote("Weavers of woollen cloth"))
    with open_notebook(place) as kept:
        notes.add(kept, gone, "Of weavers")
        notes.add(kept, target, "Like our town")
    async with drive(small, (110, 40), notebook=place) as app:
        await app.press("enter")
        app.shows("A foundry in Takaoka [Mitsui 2010 ¶9]. [note: the text has changed here]")
        await app.press("G")
        app.shows(f"[the text has changed here; it was on these words] “{old}”")
        app.shows("[its words are gone from this page] “Weavers of woollen cloth”")
        await app.press("escape", "b")
        app.shows("The text has changed here. It is now “A foundry in Takaoka.”")
        await app.press("Y")
        app.notices("attached to the changed text")
        app.hides("The text has changed here")
        await app.press("Y")
        app.notices("there is nothing to confirm")
        await app.press("down")
        app.shows("These words are gone from the page.")
        await app.press("Y")
        app.notices("are no longer on the page")
    with open_notebook(place) as kept:
        moved = next(note for note in notes.all_notes(kept) if note.text == "Like our town")
        assert moved.target.quote is not None
        assert moved.target.quote.exact == "A foundry in Takaoka."
        assert moved.target.citations
