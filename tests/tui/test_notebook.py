"""The notebook screen: all there is, in order, found, deleted, exported and reopened."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.widgets import Input

from casebook.book.connection import Book, open_book
from casebook.notebook import (
    NoteTarget,
    Quote,
    ViewKind,
    bookmarks,
    drafts,
    history,
    notes,
    open_notebook,
    predictions,
    views,
)
from casebook.vocabulary import Rating
from tests.tui.conftest import Driven, check_golden
from tui.screens.comparison import ComparisonScreen
from tui.screens.notebook import NotebookScreen
from tui.screens.timeline import TimelineScreen

Drive = Callable[..., AbstractAsyncContextManager[Driven]]
ASIRO = NoteTarget("niches", "asiro-gentian-alliance", "Asiro gentian alliance")
NOSAKU = NoteTarget("niches", "nosaku", "Nosaku")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook with one of everything, on two days."""
    place = tmp_path / "data" / "notebook.sqlite"
    day = "2026-05-01T10:00:00Z"
    for module in ("notes", "bookmarks", "history", "views", "predictions", "drafts"):
        monkeypatch.setattr(f"casebook.notebook.{module}.now", lambda: day)
    with open_notebook(place) as notebook:
        bookmarks.toggle_bookmark(notebook, "niches", "nosaku", "Nosaku")
        bookmarks.set_tags(notebook, "niches", "nosaku", "Nosaku", ["craft"])
        predictions.predict(
            notebook,
            "niches",
            "nosaku",
            "Nosaku",
            "success-checklist",
            "a",
            Rating.MET,
            "It had one",
        )
        day = "2026-05-02T09:30:00Z"
        on_words = ASIRO._replace(
            place="passage:0",
            quote=Quote("sold all over the world", "could be grown and ", ". They found"),
        )
        notes.add(notebook, on_words, "")
        notes.add(notebook, on_words, "The whole world as one market #export")
        notes.add(notebook, NOSAKU, "Compare with our own town\n\n- bells\n- tableware")
        notes.add(
            notebook, NoteTarget("niches", "gone-firm", "A firm of an older edition"), "Still here"
        )
    monkeypatch.undo()
    return place


@pytest.fixture
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_utc")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_notebook_by_time(
    shipped: Book, drive: Drive, place: Path, size: tuple[int, int]
) -> None:
    async with drive(shipped, size, notebook=place) as app:
        await app.press("b", "j", "j")
        check_golden(f"notebook-{size[0]}x{size[1]}", app.text)


async def test_orders(shipped: Book, drive: Drive, place: Path) -> None:
    async with drive(shipped, notebook=place) as app:
        await app.press("b")
        app.shows("Saturday 2 May 2026", "Friday 1 May 2026")
        await app.press("V")
        app.shows("Notebook, by entry", "A firm of an older edition")
        await app.press("V")
        app.shows("Notebook, by tag", "#craft", "#export", "Without a tag")
        await app.press("V")
        app.shows("recent pages and drafts")
    async with drive(shipped, notebook=place) as app:
        await app.press("b")
        app.shows("recent pages and drafts")


async def test_finding_forgives(shipped: Book, drive: Drive, place: Path) -> None:
    async with drive(shipped, notebook=place) as app:
        await app.press("b", "ctrl+f", "text:whole wrold")
        app.shows("1 found", "The whole world as one market")
        app.hides("our own town")
        await app.press("escape")
        app.shows("our own town")
        await app.press("ctrl+f", "text:zebra")
        app.shows("Nothing in the notebook matches.")


async def test_opening_goes_to_the_words(shipped: Book, drive: Drive, place: Path) -> None:
    async with drive(shipped, notebook=place) as app:
        await app.press("b", "j", "j", "enter")
        app.shows("alliance, success", "found partners", "[note]")


async def test_an_entry_that_is_gone_is_still_listed(
    shipped: Book, drive: Drive, place: Path
) -> None:
    async with drive(shipped, notebook=place) as app:
        await app.press("b")
        app.shows(
            "A firm of an older edition", "no longer in this edition of the book", "Still here"
        )
        await app.press("enter")
        app.notices("no longer in this edition")
        await app.press("a", "escape", "B")
        app.shows("No entry is selected.")


async def test_deleting_asks_once_and_is_undone(shipped: Book, drive: Drive, place: Path) -> None:
    async with drive(shipped, notebook=place) as app:
        await app.press("b", "j", "d")
        app.shows("Delete this note?", "our own town")
        await app.press("k", "j", "d")
        app.shows("our own town")
        await app.press("d")
        app.hides("our own town")
        await app.press("u")
        app.shows("our own town")


async def test_a_note_is_changed_in_the_notebook(shipped: Book, drive: Drive, place: Path) -> None:
    async with drive(shipped, notebook=place) as app:
        await app.press("b", "j", "a", "escape")
        app.shows("Notebook, by time")
        await app.press("enter", "escape")
    with open_notebook(place) as notebook:
        drafts.save(notebook, NOSAKU, "Half a thought")
    async with drive(shipped, notebook=place) as app:
        await app.press("b", "V", "V", "V")
        app.shows("Drafts", "Half a thought")
        await app.press("g", "enter", "text:!", "ctrl+s")
        app.shows("Note saved.")
        app.hides("Drafts")


async def test_an_empty_notebook_says_what_to_do(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("b")
        app.shows("Nothing here yet. On a page, a adds a note")
        await app.press("enter", "d", "e", "E", "escape", "y", "escape")
        assert not isinstance(app.app.screen, NotebookScreen)


async def test_copying_takes_statement_and_citation(
    shipped: Book, drive: Drive, place: Path
) -> None:
    with open_book(shipped.path) as book:
        from casebook.book import pages
        from casebook.notebook.targets import target_on
        from casebook.page_documents import whole_page

        page = pages.page(book, "nosaku")
        target = target_on("niches", page, whole_page(page), "wind-bell")
    assert target is not None
    with open_notebook(place) as notebook:
        notes.add(notebook, target, "Mine")
    async with drive(shipped, notebook=place) as app:
        await app.press("b", "y")
        assert app.app.clipboard.startswith("“wind-bell” [Mitsui 2010, para")
        assert "\n\nMine\n\n" in app.app.clipboard


async def test_the_notebook_is_exported(
    shipped: Book, drive: Drive, place: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.md"
    async with drive(shipped, notebook=place) as app:
        await app.press("b", "E", "enter")
        app.app.screen.query_one("#export-path", Input).value = str(target)
        await app.press("enter")
        app.notices("is written.")
        assert "The whole world as one market" in target.read_text(encoding="utf-8")
        target.write_text("mine", encoding="utf-8")
        await app.press("E", "enter")
        app.app.screen.query_one("#export-path", Input).value = str(target)
        await app.press("enter")
        app.notices("Press enter again to replace it")
        assert target.read_text(encoding="utf-8") == "mine"
        await app.press("enter")
        assert "The whole world" in target.read_text(encoding="utf-8")


async def test_a_comparison_reopens_as_it_was(shipped: Book, drive: Drive, place: Path) -> None:
    async with drive(shipped, (120, 40), notebook=place) as app:
        for slug in ("nosaku", "asiro-gentian-alliance", "renown"):
            app.app.pick(slug)
        await app.press("c", "D", "shift+right")
        before = app.text
        assert isinstance(app.app.screen, ComparisonScreen)
        await app.press("S", "text:Seminar 3", "enter")
        app.shows("Saved in the notebook: Seminar 3")
    with open_notebook(place) as notebook:
        (view,) = views.views(notebook, "niches", ViewKind.COMPARISON)
        assert len(view.entries) == 3
        history.keep(notebook, "niches", "tray", None)
    async with drive(shipped, (120, 40), notebook=place) as app:
        await app.press("b", "enter")
        assert isinstance(app.app.screen, ComparisonScreen)
        assert _without_notices(app.text) == _without_notices(before)


async def test_a_timeline_reopens_as_it_was(shipped: Book, drive: Drive, place: Path) -> None:
    async with drive(shipped, (120, 40), notebook=place) as app:
        app.app.open_timeline(("asiro-gentian-alliance", "nosaku"), "Two cases")
        await app.settle()
        await app.press("V", "plus", "plus", "j", "l", "l")
        before = app.text
        await app.press("S", "text:Paces", "enter")
    async with drive(shipped, (120, 40), notebook=place) as app:
        await app.press("b", "enter")
        await app.settle()
        assert isinstance(app.app.screen, TimelineScreen)
        assert _without_notices(app.text) == _without_notices(before)


def _without_notices(text: str) -> list[str]:
    """A screen without what differs with the way to it: crumbs, and notices."""
    title, *lines = text.splitlines()[:-6]
    return [*title.split(" \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ")[-1].split(), *lines]


async def test_the_tray_and_the_searches_are_there_tomorrow(
    shipped: Book, drive: Drive, place: Path
) -> None:
    async with drive(shipped, notebook=place) as app:
        await app.press("j", "p", "slash", "text:gentain", "enter")
        assert len(app.app.tray) == 1
    async with drive(shipped, notebook=place) as app:
        app.shows("Comparing 1")
        assert "gentain" in list(app.app.recent_searches)


async def test_notes_on_an_event_and_on_a_mark(shipped: Book, drive: Drive, place: Path) -> None:
    async with drive(shipped, (120, 40), notebook=place) as app:
        app.app.open_timeline(("nosaku",))
        await app.settle()
        await app.press("a", "x", "ctrl+s", "escape")
        app.app.pick("nosaku")
        await app.press("c", "a", "f2", "f2", "y", "ctrl+s")
    with open_notebook(place) as notebook:
        places = [note.target.place for note in notes.all_notes(notebook)[:2]]
    assert places[0].startswith("point:")
    assert places[1].startswith("event:")


async def test_ratings_are_folded_below_what_was_written(
    shipped: Book, drive: Drive, place: Path
) -> None:
    """A quiz leaves dozens of ratings, in which a note could not be found any more."""
    with open_notebook(place) as notebook:
        for slug, title in (("nosaku", "Nosaku"), ("renown", "Renown")):
            for point in "abcdef":
                predictions.predict(
                    notebook, "niches", slug, title, "success-checklist", point, Rating.MET, "So"
                )
        notes.add(notebook, NOSAKU, "Written last")
        notes.add(notebook, ASIRO, "Written before the ratings")
    async with drive(shipped, notebook=place) as app:
        await app.press("b")
        app.shows("12 ratings of Renown, Nosaku", "Written last", "Written before the ratings")
        app.hides("Success checklist a, met")
        lines = app.text.splitlines()
        folded = next(at for at, line in enumerate(lines) if "ratings of" in line)
        assert "Written" in lines[folded - 1]
        screen = app.app.screen
        assert isinstance(screen, NotebookScreen)
        noted = screen.noted
        while noted.fold is None:
            await app.press("down")
        app.shows("12 ratings of your own", "Nosaku: 6")
        await app.press("d")
        app.notices("There is nothing here to delete.")
        await app.press("enter")
        assert noted.fold is not None
        await app.press("down")
        app.shows("Success checklist")
        assert noted.item is not None
        await app.press("up", "enter")
        assert noted.fold is not None
        app.hides("Success checklist f, met")


async def test_a_search_shows_ratings_one_by_one(shipped: Book, drive: Drive, place: Path) -> None:
    with open_notebook(place) as notebook:
        for point in "bc":
            predictions.predict(
                notebook,
                "niches",
                "renown",
                "Renown",
                "success-checklist",
                point,
                Rating.PARTLY,
                "Heirlooms were sold",
            )
    async with drive(shipped, notebook=place) as app:
        await app.press("b")
        app.hides("Heirlooms")
        await app.press("ctrl+f", "text:heirlooms")
        app.shows("2 found", "Heirlooms")
