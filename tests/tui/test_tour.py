"""The guided tour: it goes on when something was done, and is in nobody's way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book import entries
from casebook.book.connection import Book, open_book
from tests.tui.conftest import SIZES, Driven
from tui.tour import MOST_IGNORED, misspelt_name
from tui.widgets.tour_box import TourBox

Drive = Callable[..., Any]


async def _looked(app: Driven) -> None:
    """Lets the tour look, whatever the clock says."""
    await app.settle()
    if app.app.tour is not None:
        app.app.tour.look()
    await asyncio.sleep(0)
    await app.settle()


@pytest.mark.parametrize("size", [(60, 20), *SIZES])
async def test_the_tour_goes_through_the_real_app(
    size: tuple[int, int], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, size, tour=True) as app:
        await _looked(app)
        tour = app.app.tour
        word = tour.words.split("type ")[1].split(".")[0]
        app.shows("Guided tour 1/8", "Press / and type")
        for keys, words in (
            (["slash", f"text:{word}"], "Press enter to open"),
            (["enter"], "Every statement has its source"),
            (["right", "enter"], "p to add this case"),
            (["escape", "p"], "select another case"),
            (["escape", "escape", "j", "p", "c"], "Press t to see"),
            (["t"], "Press a to write a note"),
            (["a", "text:A first note", "ctrl+s"], "That is the tour."),
        ):
            await app.press(*keys)
            await _looked(app)
            app.shows("Guided tour", words)
            assert len(app.app.screen.query(TourBox)) == 1
        await app.press("b")
        await _looked(app)
        assert tour.is_over
        assert not app.app.screen.query(TourBox)
        app.shows("A first note")


async def test_escape_leaves_the_tour_and_does_what_it_does(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (100, 30), tour=True) as app:
        await _looked(app)
        await app.press("slash", "text:zz", "escape")
        await _looked(app)
        assert app.app.tour.is_over
        app.hides("Guided tour")
        app.shows(f"{len(entries.slugs(shipped))} entries")


async def test_the_tour_stands_over_no_rating_and_begins_over_no_box(
    small_book: Path, drive: Drive
) -> None:
    with open_book(small_book) as book:
        async with drive(book, (80, 24), tour=True) as app:
            await _looked(app)
            app.shows("Guided tour")
            app.app.fill_tray(["nosaku", "takaoka"])
            await app.press("c", "P")
            await _looked(app)
            app.shows("? rate")
            app.hides("Guided tour")
            await app.press("enter")  # how the cell is rated, and why
            await _looked(app)
            app.hides("Guided tour")
            await app.press("escape", "escape")
            await _looked(app)
            assert not app.app.tour.is_over
            app.shows("Guided tour")
            await app.press("question_mark")
            app.app.notebook_opened()  # as where the reader is quicker than the disk
            await _looked(app)
            assert app.app.screen.is_modal
            app.hides("Guided tour")
            await app.press("escape")
            await _looked(app)
            app.shows("Guided tour 1/")


async def test_a_tour_that_is_ignored_ends(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (100, 30), tour=True) as app:
        await _looked(app)
        for _ in range(MOST_IGNORED + 1):
            await app.pilot.press("j")
        await _looked(app)
        assert app.app.tour.is_over
        assert app.app.screen.entries.cursor > 20  # every key did what it does


async def test_the_tour_is_shown_once_unless_it_is_asked_for(
    shipped: Book, drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.front_door import _is_first_start

    notebook, settings = tmp_path / "none.sqlite", tmp_path / "settings.toml"
    monkeypatch.delenv("CASEBOOK_TOUR", raising=False)
    assert _is_first_start(notebook, settings)
    monkeypatch.setenv("CASEBOOK_TOUR", "no")
    assert not _is_first_start(notebook, settings)
    monkeypatch.delenv("CASEBOOK_TOUR")
    async with drive(shipped, (100, 30)) as app:
        app.hides("Guided tour")
        await app.press("p")  # what is compared before is not what the tour asks for
        await app.press("ctrl+p", "text:guided tour", "enter")
        await _looked(app)
        app.shows("Guided tour 1/8")
    assert 'tour = "shown"' in settings.read_text(encoding="utf-8")
    assert not _is_first_start(notebook, settings)


async def test_a_small_book_has_the_steps_that_it_can_give(small_book: Path, drive: Drive) -> None:
    with open_book(small_book) as book:
        async with drive(book, (100, 30), tour=True) as app:
            await _looked(app)
            words = [step.words for step in app.app.tour.steps]
            assert words[0].startswith("Press / and type")
            assert words[-1].startswith("That is the tour.")


def test_the_misspelt_name_is_found_by_the_search(shipped: Book) -> None:
    from casebook.search.finder import search

    word = misspelt_name(shipped, ["Nosaku"])
    assert word == "noasku"
    assert search(shipped, word, 3).hits[0].title == "Nosaku"
    assert misspelt_name(shipped, ["", "a b", "能作", "\x1b[31m"]) == ""
