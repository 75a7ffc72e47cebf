"""The app on a students' edition: what is sealed is shown as sealed, and nothing else of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from casebook.book.connection import Book, open_book
from casebook.pack.editions import build_for_students
from casebook.seal_file import reveal
from tests.conftest import write_files
from tests.edition_packs import PACK, SEALS
from tests.tui.conftest import SIZES, Driven

Drive = Callable[..., AbstractAsyncContextManager[Driven]]
SEALED = "ealed until your lecturer reveals it"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A students' edition with everything sealed that can be."""
    folder = tmp_path_factory.mktemp("editions")
    pack = write_files(folder / "pack", dict(PACK))
    return build_for_students([pack], folder / "sealed.sqlite", SEALS).book


@pytest.fixture
def sealed(edition: Path) -> Iterator[Book]:
    with open_book(edition) as book:
        yield book


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
async def test_what_is_sealed_is_shown_as_sealed(
    size: tuple[int, int], sealed: Book, drive: Drive
) -> None:
    async with drive(sealed, size) as app:
        app.shows("Sealed: founder")
        app.app.open_entry("founder")
        await app.settle()
        app.shows("Sealed: founder", SEALED)
        app.app.open_entry("nosaku")
        await app.settle()
        await app.press("T")
        app.notices("This students' edition does not hold the teaching notes.")
        app.app.tray = ("nosaku", "takaoka", "founder")
        await app.press("c")
        app.shows("▣ sealed")
        app.hides("● met", "· silent")


async def test_predicting_keeps_ratings_that_cannot_be_revealed(sealed: Book, drive: Drive) -> None:
    async with drive(sealed, (120, 40)) as app:
        app.app.tray = ("nosaku", "takaoka")
        await app.press("c", "P", "1", "down", "2", "equals_sign")
        app.notices("The ratings are sealed until your lecturer reveals them.")
        app.shows("2 of 4 rated by you", "● met")
        await app.press("3")
        app.hides("Already revealed")


async def test_search_and_quiz_say_what_is_sealed(sealed: Book, drive: Drive) -> None:
    async with drive(sealed, (120, 40)) as app:
        await app.press("slash", "text:met:a ", "text:bell")
        app.shows("sealed until your lecturer reveals it")


async def test_a_prediction_is_held_against_what_is_revealed_later(
    edition: Path, drive: Drive, tmp_path: Path
) -> None:
    book = Path(shutil.copy(edition, tmp_path / "mine.sqlite"))
    with open_book(book) as opened:
        async with drive(opened, (120, 40)) as app:
            app.app.tray = ("nosaku", "takaoka")
            await app.press("c", "P", "1", "down", "2")
            app.shows("2 of 4 rated by you")
    assert reveal(edition.with_suffix(".seal"), book).is_new
    with open_book(book) as opened:
        async with drive(opened, (120, 40)) as app:
            app.app.tray = ("nosaku", "takaoka")
            await app.press("c")  # the reader is still rating
            app.shows("2 of 4 rated by you")
            await app.press("equals_sign", "down", "enter")
            app.shows("● met =", "· silent ≠◐", "1 of 2 agree")
