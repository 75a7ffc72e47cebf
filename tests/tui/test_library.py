"""The library under a reader's hands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book, open_book
from casebook.dates import Bounds
from tests.tui.conftest import SIZES, check_golden
from tui.widgets.entry_list import years_label

Drive = Callable[..., Any]


@pytest.mark.parametrize("size", SIZES)
async def test_the_library_at_every_size(
    size: tuple[int, int], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, size) as app:
        check_golden(f"library-{size[0]}x{size[1]}", app.text)


async def test_the_cases_are_there_at_once_and_previewed(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        app.shows("115 entries", "ALLIANCES 5", "Asiro gentian alliance")
        await app.press("down")
        app.shows("Gentian growers of a remote village", "[Mitsui 2010 ¶61-64]")


async def test_moving(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        entries = app.app.screen.entries
        assert entries.slug == "aichi-steam-drying-venture"
        await app.press("j", "j")
        assert entries.slug == "hamamatsu-cooperative"
        await app.press("k", "up", "up", "up")
        assert entries.slug == "aichi-steam-drying-venture"
        await app.press("G")
        assert entries.slug == "yokohama-national-university"
        await app.press("pageup")
        assert entries.slug != "yokohama-national-university"
        await app.press("g")
        assert entries.slug == "aichi-steam-drying-venture"
        await app.press("space")
        assert entries.cursor > 5


async def test_headings_are_never_chosen(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        entries = app.app.screen.entries
        for _ in range(40):
            await app.pilot.press("down")
            assert entries.slug is not None


async def test_the_filter_counts_live(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press("f")
        app.shows("Kind", "[ ] firm")
        await app.press("down", "enter")
        app.shows("17 entries: firms", "[x] firm 17", "Charmyfood")
        app.hides("ALLIANCES")
        await app.press("enter", "escape")
        app.shows("115 entries")
        app.hides("[ ] firm")


async def test_narrowing_to_nothing_says_so_and_how_to_go_on(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        library = app.app.screen
        library.chosen = library.chosen.toggled("kinds", "firm").toggled("countries", "CL")
        await app.settle()
        app.shows("0 entries: firms; in Chile", "No entry matches the filter")
        await app.press("x")
        app.shows("115 entries")


async def test_the_cursor_stays_on_its_entry(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press(*["down"] * 12)
        entries = app.app.screen.entries
        slug = entries.slug
        library = app.app.screen
        library.chosen = library.chosen.toggled("kinds", "firm")
        await app.settle()
        assert entries.slug == slug
        await app.press("x")
        assert entries.slug == slug


async def test_searching_by_name(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press("slash", "text:first reta")
        app.shows("UNIQLO", "First Retailing")
        await app.press("enter", "enter")
        app.shows("UNIQLO", "firm, success")
        await app.press("escape", "escape")
        app.shows("115 entries")


async def test_mouse(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.pilot.click("#entries", offset=(10, 2))
        await app.settle()
        assert app.app.screen.entries.slug == "asiro-gentian-alliance"
        await app.pilot.click("#entries", offset=(10, 2))
        await app.settle()
        app.shows("alliance, success")


@pytest.mark.parametrize("size", [(59, 24), (80, 19), (20, 5), (1, 1)])
async def test_a_terminal_that_is_too_small(
    size: tuple[int, int], niches: Book, drive: Drive
) -> None:
    async with drive(niches, size) as app:
        if size[0] > 50:
            app.shows("Casebook needs a terminal of at least 60×20")
        await app.pilot.resize_terminal(80, 24)
        await app.settle()
        app.shows("115 entries", "Asiro gentian alliance")


async def test_resizing_storms_are_survived(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press("down", "enter")
        for width, height in [(200, 60), (61, 21), (10, 3), (500, 200), (80, 24)] * 2:
            await app.pilot.resize_terminal(width, height)
        await app.settle()
        app.shows("Asiro gentian alliance")


async def test_hostile_names_are_shown_and_do_nothing(
    write_pack: Callable[..., Path], tmp_path: Path, drive: Drive
) -> None:
    from casebook.pack.build import build_book
    from tests.conftest import SMALL_PACK

    evil = "[/] [b [[ [@click=app.quit]x[/] \\\\[red]"
    entry = SMALL_PACK["firms/nosaku.md"].replace("title: Nosaku\n", f"title: '{evil}'\n")
    entry = entry.replace("  - {text: 能作,", f"  - {{text: '{evil} alias',")
    build_book(write_pack({"firms/nosaku.md": entry}), tmp_path / "evil.sqlite")
    with open_book(tmp_path / "evil.sqlite") as book:
        async with drive(book, (120, 40)) as app:
            app.shows("[/] [b [[ [@click=app.quit]x[/]")
            await app.press("enter")
            app.shows("[/] [b [[ [@click=app.quit]x[/]")
            await app.press("escape", "slash", "text:click")
            app.shows("[@click=app.quit]x[/]")
            await app.press("enter", "down", "enter", "o", "escape", "question_mark")
            assert app.app.is_running


async def test_help_names_every_key_of_the_screen(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 60)) as app:
        await app.press("question_mark")
        app.shows("Filter the list", "Quit", "Go down a page", "space")
        await app.press("pagedown")
        app.shows("^p", "Find an action, an entry or a passage", "Theme: change the colours")
        await app.press("escape")
        app.shows("115 entries")


async def test_quitting(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("q")
        assert app.app.return_code == 0


async def test_the_books_own_colours_are_there_from_the_start(shipped: Book, drive: Drive) -> None:
    from tui import theme

    async with drive(shipped) as app:
        assert app.app.theme_variables["primary"].lower() == theme.DARK.primary
        style = app.app.screen.entries.render_line(0)._segments[0].style
        assert style.color.name == theme.DARK.primary or style.bgcolor.name == theme.DARK.background


async def test_the_help_says_each_action_once(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 60)) as app:
        await app.press("question_mark")
        assert app.text.count("Open the selected item") == 1
        assert app.text.count("Lists and pages") == 1
        app.shows("space pgdn  Go down a page")


async def test_on_a_narrow_terminal_names_come_before_years(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (60, 20)) as app:
        app.shows("Asiro gentian alliance", "Hamamatsu cooperative association", "success")
        app.hides("1995~99")
        await app.pilot.resize_terminal(80, 24)
        await app.settle()
        app.shows("1995~99")


def test_years_of_what_has_no_known_end_say_no_second_beginning() -> None:
    first, last = date(2005, 1, 1).toordinal(), date(2005, 12, 31).toordinal()
    assert years_label(Bounds(first, last, first, None)) == "2005\N{EN DASH}"
    assert years_label(Bounds(first, last, None, None)) == "2005\N{EN DASH}"
