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
from tests.casebook.cli.test_sealed import NOTHING_KNOWN
from tests.conftest import write_files
from tests.edition_packs import PACK, SEALS
from tests.tui.conftest import SIZES, Driven
from tests.tui.test_hiding import NOT_RUN, to_library
from tui import commands
from tui.palette import CasebookProvider
from tui.widgets.entry_list import EntryList

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


async def test_a_timeline_a_map_and_a_cell_say_that_they_are_sealed(
    sealed: Book, drive: Drive
) -> None:
    async with drive(sealed, (80, 24)) as app:
        app.app.open_timeline(["founder"])
        await app.settle()
        app.shows("founder: sealed until your lecturer reveals it.")
        await app.press("enter")
        app.notices("founder: sealed until your lecturer reveals it.")
        await app.press("i")
        app.shows("founder: sealed until your lecturer reveals it.")
        app.hides("No events")
        app.app.open_map(["founder", "nosaku"])
        await app.settle()
        app.shows("founder: sealed until your lecturer reveals it.")
        app.app.tray = ("nosaku", "founder")
        await app.press("c", "right", "enter")
        app.notices("Sealed until your lecturer reveals it.")


OF_THE_APP = (
    commands.HELP,
    commands.PALETTE,
    commands.HISTORY_BACK,
    commands.HISTORY_FORWARD,
)
"""Commands that say what there is of the app, not of the book."""


def _library(app: Driven) -> None:
    """Where every walk begins."""


def _page(app: Driven) -> None:
    app.app.open_entry("founder")


def _timeline(app: Driven) -> None:
    app.app.open_timeline(["founder"])


def _map(app: Driven) -> None:
    app.app.open_map(["founder"])


def _comparison(app: Driven) -> None:
    app.app.open_comparison()


@pytest.mark.soak
@pytest.mark.parametrize("go", [_library, _page, _timeline, _map, _comparison])
async def test_no_command_tells_what_is_sealed_as_if_nothing_were_known(
    sealed: Book,
    drive: Drive,
    go: Callable[[Driven], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with drive(sealed, (120, 40)) as app:

        async def there() -> None:
            await to_library(app)
            app.app.tray = ("founder", "nosaku")
            entries = app.app.screen.query_one(EntryList)
            entries.cursor = entries.contents.find("founder") or 0
            go(app)
            await app.settle()

        await there()
        offered = [
            command
            for command, _ in CasebookProvider(app.app.screen)._actions()
            if command not in (*NOT_RUN, *OF_THE_APP)
        ]
        assert len(offered) > 30
        for command in offered:
            await there()
            app.app.clear_notifications()
            doer = next(
                doer
                for each, doer in CasebookProvider(app.app.screen)._actions()
                if each is command
            )
            await app.app.run_action(command.action, doer)
            await app.settle()
            said = [notice.message for notice in app.app._notifications]
            for words in (app.text, *said):
                found = NOTHING_KNOWN.search(words)
                assert not found or "ealed until" in words, f"{command.name}: {words}"
