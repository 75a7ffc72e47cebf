"""A student's seminar in the app: rating its cases, handing in, and what is revealed meanwhile."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Input

from casebook.book.connection import Book, open_book
from casebook.seal_file import reveal
from casebook.seminar.answer_file import read_answers
from tests.conftest import SHIPPED_BOOK
from tests.edition_packs import seminar_edition
from tests.tui.conftest import SIZES, Driven
from tui.screens.library import LibraryScreen
from tui.screens.timeline import TimelineScreen
from tui.screens.world_map import MapScreen

Drive = Callable[..., AbstractAsyncContextManager[Driven]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seminar_edition(tmp_path_factory.mktemp("seminar"))


@pytest.fixture
def edition(built: Path, tmp_path: Path) -> Path:
    """A student's own copy, with the seals in a folder `later` beside it."""
    shutil.copytree(built.parent.parent / "later", tmp_path / "later")
    return Path(shutil.copy(built, tmp_path / "mine.sqlite"))


def _seal(edition: Path, part: str) -> Path:
    return next((edition.parent / "later").glob(f"*{part}.seal"))


async def _look(app: Driven) -> None:
    """Lets the app look at the book's file, often enough to see that it rests."""
    for _ in range(3):
        await app.app.look_at_book()
    await app.settle()


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
async def test_the_library_leads_to_the_ratings_and_these_to_handing_in(
    size: tuple[int, int],
    edition: Path,
    drive: Drive,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with open_book(edition) as book:
        async with drive(book, size) as app:
            app.shows("Bells first", "0 of 1 rated, 0 of 1 optional", "P rates")
            await app.pilot.click("#seminar-strip")
            await app.settle()
            app.shows("Bells first", "0 of 1 rated, 0 of 1", "a Vision", "? rate")
            app.hides("Comparison:")
            app.hides("b Products", "founder", "= reveal")  # all its ratings are sealed
            await app.press("right")
            app.shows("(optional)")
            await app.press("equals_sign")
            app.notices("sealed until your lecturer")
            await app.press("left", "1")
            app.hides("= reveal")
            app.shows("You have given the rating", "1 optional rating", "Hand your ratings in now")
            await app.press("escape", "escape")
            app.shows("1 of 1 rated, 0 of 1 optional", "ctrl+p: hand in")
            await app.pilot.click("#seminar-strip")
            await app.settle()
            await app.press("enter", "text:Ana", "enter", "enter", "enter")
            app.notices("Give this file to your lecturer")
            app.shows("1 of 1 rated", "round 1 handed in")
            await app.press("P", "2")
            await app.press("escape")
            app.shows("1 of 1 rated", "changed since round 1 was handed in")
    assert read_answers(tmp_path / "answers.json").round == 1


async def test_p_and_the_palette_gather_the_cases_of_the_seminar(
    edition: Path, drive: Drive
) -> None:
    with open_book(edition) as book:
        async with drive(book, (80, 24)) as app:
            await app.press("P")
            app.shows("0 of 1 rated, 0 of 1 optional")
            assert app.app.tray == ("nosaku", "takaoka")
            await app.press("escape")
            app.shows("P rates")
            app.app.fill_tray(["growers", "nosaku"])
            await app.settle()
            app.shows("ctrl+p: rate the cases")
            await app.press("c")
            app.shows("b Products", "0 of 4 rated by you")
            await app.press("ctrl+p", "text:rate the cases of", "enter")
            app.shows("0 of 1 rated, 0 of 1 optional", "a Vision")
            app.hides("b Products")
            await app.press("u")
            assert set(app.app.tray) == {"growers", "nosaku", "takaoka"}


async def test_ratings_of_a_screen_that_was_left_are_kept_and_counted(
    edition: Path, drive: Drive
) -> None:
    """The disk is slower than the reader, who rates and leaves at once."""
    with open_book(edition) as book:
        async with drive(book, (80, 24)) as app:
            await app.press("P")
            app.shows("0 of 1 rated, 0 of 1 optional")
            disk = Event()
            app.app.keeper.later(lambda _: disk.wait(60))
            await app.pilot.press("1", "escape")
            async with asyncio.timeout(60):
                while not isinstance(app.app.screen, LibraryScreen):
                    await asyncio.sleep(0.005)
            disk.set()
            await app.settle()
            app.shows("1 of 1 rated, 0 of 1 optional")


async def test_a_book_for_no_seminar_says_so(niches: Book, drive: Drive) -> None:
    async with drive(niches, (80, 24)) as app:
        assert not app.app.screen.query("SeminarStrip")
        await app.press("ctrl+p", "text:rate the cases of", "enter")
        app.notices("This book was not made for a seminar.")
        await app.press("ctrl+p", "text:reveal sealed", "enter")
        app.notices("Nothing is sealed in this book.")
        await app.press("ctrl+p", "text:read the book anew", "enter")
        app.notices("its file has not changed")


async def test_what_is_sealed_is_revealed_in_the_app_and_the_page_stays(
    edition: Path, drive: Drive
) -> None:
    with open_book(edition) as book:
        async with drive(book, (80, 24)) as app:
            app.app.open_entry("founder")
            await app.press("ctrl+p", "text:reveal sealed", "enter")
            app.shows("Reveal sealed answers")
            box = app.app.screen.query_one("#path", Input)
            for wrong, why in (
                (edition, "is not a seal of a students' edition"),
                (edition.with_name("none.seal"), "cannot be read"),
            ):
                box.value = str(wrong)
                await app.press("end", "enter")
                app.notices(why)
            box.value = str(_seal(edition, "founder"))
            await app.press("enter")
            app.notices("Founder of bells is revealed.")
            app.shows("Founder of bells", "It founds quietly")
            app.hides("Sealed: founder")
            await app.press("escape")
            app.shows("0 of 2 rated, 0 of 1 optional")
            app.app.open_timeline(["founder"])
            await app.settle()
            app.shows("hidden-event-words")


async def test_a_book_that_is_revealed_outside_is_noticed(edition: Path, drive: Drive) -> None:
    with open_book(edition) as book:
        async with drive(book, (80, 24)) as app:
            app.app.tray = ("nosaku", "takaoka")
            await app.press("c")
            app.shows("▣ sealed")
            assert reveal(_seal(edition, "ratings"), edition).is_new
            await app.press("slash")
            await _look(app)
            app.hides("has changed")  # words are being typed
            await app.press("escape", "c")
            await _look(app)
            app.shows("The file of this book has changed.", "Founder of bells and the ratings are")
            await app.press("down", "enter")
            app.shows("▣ sealed")
            await _look(app)
            assert not app.app.screen.is_modal
            await app.press("slash", "text:bells")  # not of the book that is shown
            app.notices("The file of this book has changed. To search it, read the book anew")
            await app.press("escape", "c", "ctrl+p", "text:read the book anew", "enter")
            app.shows("Comparison: Checklist", "● met")


async def test_a_book_that_was_overwritten_is_read_anew_at_once(
    edition: Path, drive: Drive, tmp_path: Path
) -> None:
    revealed = Path(shutil.copy(edition, tmp_path / "revealed.sqlite"))
    reveal(_seal(edition, "ratings"), revealed)
    with open_book(edition) as book:
        async with drive(book, (80, 24)) as app:
            edition.write_bytes(revealed.read_bytes()[:5000])
            await _look(app)
            app.notices("The file of this book has changed.")
            edition.write_bytes(revealed.read_bytes())
            await _look(app)
            app.notices("revealed.")
            app.app.tray = ("nosaku", "takaoka")
            await app.press("c")
            app.shows("● met")


async def test_timeline_and_map_stay_where_they_are_when_the_book_is_read_anew(
    drive: Drive,
) -> None:
    with open_book(SHIPPED_BOOK) as book, open_book(SHIPPED_BOOK) as anew:
        async with drive(book, (120, 40)) as app:
            app.app.open_map(["asiro-gentian-alliance"])
            await app.press("right", "right")
            world = app.app.screen
            assert isinstance(world, MapScreen)
            before = world.chosen
            assert before is not None
            app.app.open_timeline(["asiro-gentian-alliance"])
            await app.press("V", "right", "right", "right")
            timeline = app.app.screen
            assert isinstance(timeline, TimelineScreen)
            chosen, lanes = timeline.lane_chart.chosen, timeline.choice.lanes_by
            assert chosen is not None
            assert timeline.lane_chart.chosen is not timeline.chart.items[0]  # type: ignore[union-attr]
            app.app.replace_book(anew)
            await app.settle()
            assert timeline.choice.lanes_by is lanes
            again = timeline.lane_chart.chosen
            assert again is not None
            assert again.event.key == chosen.event.key
            await app.press("escape")
            assert world.chosen is not None
            assert world.chosen.place.slug == before.place.slug
