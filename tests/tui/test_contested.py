"""A rating and an outcome on which sources disagree, in the library, on a page and in a matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from casebook.book.connection import Book, open_book
from tests.reading_packs import build_disagreeing
from tests.tui.conftest import Driven

Drive = Callable[..., AbstractAsyncContextManager[Driven]]
SIZES = [(80, 24), (120, 40), (200, 60), (60, 20)]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_disagreeing(tmp_path_factory.mktemp("disagreeing"))


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with open_book(path) as opened:
        yield opened


async def test_the_filter_has_what_sources_disagree_on(book: Book, drive: Drive) -> None:
    async with drive(book, (120, 50)) as app:
        await app.press("f")
        app.shows("Sources disagree on", "[ ] outcome 1", "[ ] rating 1")
        # Counts follow what is typed, as those of the other facets do.
        await app.press("/", "text:kind:organisation")
        app.shows("[ ] organisation 1")
        app.hides("Sources disagree on")
        await app.press("ctrl+u", "text:is:contested")
        app.shows("[ ] outcome 1", "[ ] rating 1")


async def test_ticking_it_narrows_the_list(book: Book, drive: Drive) -> None:
    async with drive(book, (120, 50)) as app:
        await app.press("f", "end", "space")
        app.shows("[x] rating 1", "Nosaku", "Library, 1 entry: contested rating")
        app.hides("Growers")


@pytest.mark.parametrize("size", SIZES)
async def test_preview_and_page_give_every_account(
    size: tuple[int, int], book: Book, drive: Drive
) -> None:
    async with drive(book, size) as app:
        await app.press("j", "enter")
        app.shows("success: it sells", "it closes")
        await app.press("ctrl+f", "text:contested", "enter")
        # Where a column stands beside the page, the lines of both are broken together.
        for words in ("contested – met:", "has one", "[Mitsui 2010 ¶11]", "partly:"):
            assert words in app.text, app.text


async def _matrix(app: Driven) -> None:
    await app.press("p", "j", "p", "c")


@pytest.mark.parametrize("size", SIZES)
async def test_the_matrix_has_every_mark(size: tuple[int, int], book: Book, drive: Drive) -> None:
    async with drive(book, size) as app:
        await _matrix(app)
        assert "● or ✗ or ◐" in app.text or "● met or ✗ not met or ◐ partly" in app.text, app.text
        await app.press("l")
        app.shows("It has one", "counted.")


async def test_a_prediction_of_it_is_not_scored(book: Book, drive: Drive) -> None:
    async with drive(book, (120, 40)) as app:
        await _matrix(app)
        await app.press("P", "l", "1", "equals_sign", "enter")
        app.shows("● or ✗ or ◐; ●", "nothing to compare, 1 of 4 rated")
