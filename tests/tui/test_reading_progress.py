"""Where to go on reading: the strip of the library, the reading list, the marks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book
from casebook.errors import CasebookError
from casebook.notebook import Notebook, NoteTarget, history, notes, open_notebook, reading_list
from casebook.notebook.progress import progress
from casebook.notebook.quiz_cards import keep_answer
from casebook.vocabulary import Rating
from tui.dialogs.reading_list import ReadingListScreen
from tui.screens.library import LibraryScreen
from tui.screens.reader import ReaderScreen

Drive = Callable[..., Any]
ASIRO = "asiro-gentian-alliance"


def _read(notebook: Notebook, entry: str, title: str, share: float) -> None:
    history.opened(notebook, "niches", entry, title)
    history.stopped(notebook, "niches", entry, place="passage:5", line=12, share=share)


async def _without_notices(app: Any) -> None:
    """Takes away notices, which cover the last lines for a moment."""
    app.app.clear_notifications()
    await app.settle()


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A notebook with a case that was read, one that was begun, and one to read."""
    path = tmp_path / "begun.sqlite"
    with open_notebook(path) as notebook:
        _read(notebook, ASIRO, "Asiro", 0.81)
        for words in ("One", "Two"):
            notes.add(notebook, NoteTarget("niches", ASIRO, "Asiro"), words)
        _read(notebook, "nosaku", "Nosaku", 1.0)
        _read(notebook, "jetro", "JETRO", 1.0)
        reading_list.set_listed(notebook, "niches", "renown", "Renown")
    return path


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_strip_says_where_to_go_on(
    niches: Book, drive: Drive, begun: Path, size: tuple[int, int]
) -> None:
    async with drive(niches, size, notebook=begun) as app:
        line = app.text.splitlines()[-2]
        assert line.startswith(" Continue: Asiro gentian")
        assert " 81%, 2 notes · 1 of 35 cases read" in line


async def test_the_strip_gives_way_on_a_low_terminal(
    shipped: Book, drive: Drive, begun: Path
) -> None:
    async with drive(shipped, (60, 20), notebook=begun) as app:
        app.hides("Continue:")
        await app.pilot.resize_terminal(60, 24)
        await app.settle()
        app.shows("Continue: Asiro gentian", "81%")
        await app.pilot.resize_terminal(80, 23)
        await app.settle()
        app.hides("Continue:")


async def test_enter_and_a_click_go_on_at_the_place(
    shipped: Book, drive: Drive, begun: Path
) -> None:
    async with drive(shipped, notebook=begun) as app:
        app.app.screen.query_one("#reading-strip").focus()
        await app.press("enter")
        screen = app.app.screen
        assert isinstance(screen, ReaderScreen)
        app.shows("Asiro gentian alliance")
        assert screen.pane.main_view.scroll_offset.y > 0
        await app.press("escape")
        assert await app.pilot.click("#reading-strip", offset=(5, 0))
        await app.settle()
        assert isinstance(app.app.screen, ReaderScreen)


async def test_the_strip_is_not_there_before_anything_was_read(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        assert not app.app.screen.query("#reading-strip")
        assert isinstance(app.app.screen, LibraryScreen)
        app.app.screen.action_continue_reading()
        await app.settle()
        app.notices("You have not begun to read a page yet.")
        await app.press("enter", "escape")
        await _without_notices(app)
        app.shows("Continue: Aichi steam-drying venture", "0 of 35 cases read")


async def test_a_page_that_is_read_to_its_end_gives_way_to_the_next(
    niches: Book, drive: Drive, begun: Path
) -> None:
    async with drive(niches, notebook=begun) as app:
        app.app.open_entry(ASIRO)
        await app.press("M", "escape")
        await _without_notices(app)
        app.shows("Next to read: Renown · 2 of 35 cases read · 1 to read")
        await app.press("u")
        await _without_notices(app)
        app.shows("Continue: Asiro gentian")


async def test_an_entry_is_put_on_the_reading_list_and_taken_off(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches) as app:
        await app.press("W")
        app.notices("Added to the reading list: Aichi")
        await _without_notices(app)
        app.shows("Next to read: Aichi")
        await app.press("enter", "W")
        app.notices("Removed from the reading list: Aichi")
        await app.press("escape", "ctrl+r")
        app.shows("Reading list", "The reading list is empty. W adds the selected entry")
        await app.press("enter", "space", "d", "J", "escape")
        assert isinstance(app.app.screen, LibraryScreen)


async def test_the_list_is_put_in_order_ticked_and_opened(
    shipped: Book, drive: Drive, tmp_path: Path
) -> None:
    path = tmp_path / "listed.sqlite"
    with open_notebook(path) as notebook:
        for slug in ("renown", "uniqlo", "nosaku"):
            reading_list.set_listed(notebook, "niches", slug, slug.title())
    async with drive(shipped, notebook=path) as app:

        def listed() -> list[tuple[str, bool]]:
            found = reading_list.reading_list(app.app.keeper.notebook, "niches")
            return [(one.entry, one.is_read) for one in found]

        await app.press("ctrl+r", "J", "J", "K")
        assert [slug for slug, _ in listed()] == ["uniqlo", "renown", "nosaku"]
        await app.press("space")
        app.shows("[ ] Uniqlo", "[x] Renown")
        assert listed()[1] == ("renown", True)
        await app.press("u")
        assert listed()[1] == ("renown", False)
        await app.press("d")
        app.hides("[ ] Renown")
        await app.press("u", "u")
        assert [slug for slug, _ in listed()] == ["uniqlo", "nosaku", "renown"]
        await app.press("g", "enter")
        assert isinstance(app.app.screen, ReaderScreen)
        app.shows("UNIQLO")


async def test_what_cannot_be_kept_is_not_shown_as_kept(
    shipped: Book, drive: Drive, begun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with drive(shipped, notebook=begun) as app:
        await app.press("down", "down", "W", "ctrl+r")
        screen = app.app.screen
        assert isinstance(screen, ReadingListScreen)
        before = [one.entry for one in screen.rows.entries]
        assert len(before) == 2

        async def full(action: object) -> None:
            raise CasebookError("The disk is full.")

        monkeypatch.setattr(app.app.keeper, "write", full)
        await app.press("J")
        app.notices("The disk is full.")
        assert [one.entry for one in screen.rows.entries] == before


def test_the_progress_counts_cases_of_this_edition_alone(niches: Book, tmp_path: Path) -> None:
    with open_notebook(tmp_path / "n.sqlite") as notebook:
        assert progress(notebook, niches) is None
        _read(notebook, "gone", "No longer there", 0.5)
        _read(notebook, "gone-too", "No longer there either", 1.0)
        found = progress(notebook, niches)
        assert found is not None
        assert (found.entry, found.lead, found.read, found.cases) == ("", "", 0, 35)
        keep_answer(
            notebook, "niches", "nosaku", "Nosaku", "success-checklist", "a", Rating.MET,
            is_right=False,
        )  # fmt: skip
        found = progress(notebook, niches)
        assert found is not None
        assert found.counts == ("0 of 35 cases read", "quiz: 1 due")
