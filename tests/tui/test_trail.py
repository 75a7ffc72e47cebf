"""The way back: one step at a time, whatever way the reader came, to what they left."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from typing import Any

import pytest
from textual._styles_cache import StylesCache

from casebook.book.connection import Book
from tests.tui.conftest import Driven
from tui.screens.base import CasebookScreen
from tui.screens.library import LibraryScreen
from tui.screens.reader import ReaderScreen
from tui.textual_private.pumps import messages_shown
from tui.trail import MOST_PLACES
from tui.widgets.bars import TitleBar
from tui.widgets.document_view import DocumentView

Drive = Callable[..., Any]

FOUR = ("asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown")

WAYS: dict[str, list[str]] = {
    "a hit": ["slash", "text:renown", "enter"],
    "a hit of a search begun on a page": ["j", "enter", "slash", "text:renown", "enter"],
    "a link": ["j", "enter", "right", "enter"],
    "a citation and the page that cites it": ["j", "enter", "right", "enter", "right", "enter"],
    "the map": ["j", "m", "enter", "enter"],
    "the map as a list": ["j", "m", "i"],
    "the timeline": ["j", "t", "l", "l", "enter"],
    "the matrix": ["c", "l", "down", "enter", "escape", "r", "right", "enter"],
    "the notebook": ["j", "B", "b", "enter", "b", "j"],
    "the comparison twice": ["c", "l", "l", "up", "up", "up", "enter", "c", "down", "down"],
    "the palette": ["ctrl+p", "text:nosaku", "enter", "w", "s"],
    "a filter": ["f", "j", "space", "f", "j", "j", "enter", "slash", "text:gentian", "enter"],
}


def _seen(app: Driven) -> tuple[list[str], str | None]:
    """What is on the screen but for notices and marks of what was read, and what has the focus.

    The search box hands the focus to the list as it opens a hit.
    """
    lines = re.sub("[\N{CHECK MARK}*]", " ", app.text).splitlines()
    focused = app.app.focused.id if app.app.focused else None
    return lines[: len(lines) // 2], "entries" if focused == "search" else focused


@pytest.mark.parametrize("keys", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("back", ["escape", "backspace"])
async def test_each_step_back_leads_to_what_was_left(
    keys: list[str], back: str, niches: Book, drive: Drive
) -> None:
    async with drive(niches, (120, 40)) as app:
        # The line on the reading is there from the first page on.
        app.app.open_entry("uniqlo")
        await app.settle()
        await app.press("escape")
        app.app.fill_tray(FOUR)
        await app.settle()
        left: list[tuple[CasebookScreen, Any]] = []
        for key in keys:
            depth, here, seen = len(app.app.screen_stack), app.app.screen, _seen(app)
            await app.press(key)
            if key not in ("escape", "ctrl+p") and len(app.app.screen_stack) > depth:
                left.append((here, seen))
            elif key == "escape":
                assert (app.app.screen, _seen(app)) == left.pop()
        assert left or keys[0] == "ctrl+p"
        await app.press("ctrl+home")  # no key: lets what is on its way come in
        while left:
            here, seen = left.pop()
            await app.press(back)
            assert app.app.screen is here
            assert _seen(app) == seen


async def test_the_title_names_the_way_and_a_click_goes_back_along_it(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches, (120, 40)) as app:
        await app.press("j", "enter", "right", "enter")
        title = "Library \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} Asiro gentian alliance"
        app.shows(f"{title} \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} Mitsui 2010 ¶61")
        assert app.app.screen.crumb == "Mitsui 2010 \N{PILCROW SIGN}61-64"
        assert await app.pilot.click(TitleBar, offset=(14, 0))
        await app.settle()
        assert type(app.app.screen) is ReaderScreen
        await app.press("greater_than_sign")
        app.shows("Mitsui 2010 ¶61")
        assert await app.pilot.click(TitleBar, offset=(2, 0))
        await app.settle()
        assert app.app.trail.crumbs == []
        app.shows("Library, 115 entries")


async def test_crumbs_are_cut_from_the_left_where_there_is_little_room(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches, (60, 20)) as app:
        await app.press("j", "enter", "right", "enter")
        assert app.text.splitlines()[0].startswith(
            " \N{HORIZONTAL ELLIPSIS} \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} Asiro"
        )
        app.shows("Mitsui 2010 ¶61")
        assert await app.pilot.click(TitleBar, offset=(1, 0))
        await app.settle()
        assert isinstance(app.app.screen, LibraryScreen)


async def test_going_forward_finds_the_page_as_it_was(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press("j", "enter", "space", "right")
        page = app.app.screen
        seen = _seen(app)
        await app.press("less_than_sign", "greater_than_sign")
        assert app.app.screen is page
        assert _seen(app) == seen
        await app.press("backspace", "k", "enter", "greater_than_sign")
        app.shows("There is no page after this one.")
        assert not page.is_attached


async def test_a_note_written_meanwhile_is_on_the_page_one_goes_back_to(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches, (120, 40)) as app:
        await app.press("j", "enter", "right", "b")
        reader = app.app.trail.find(ReaderScreen)
        app.app.open_entry(reader.slug)
        await app.settle()
        await app.press("a", "text:twice", "ctrl+s")
        assert not reader.notes
        await app.press("escape", "escape")
        assert app.app.screen is reader
        assert [note.text for note in reader.notes] == ["twice"]


async def test_a_hint_does_not_cover_the_next_place(niches: Book, drive: Drive) -> None:
    async with drive(niches, (80, 24)) as app:
        for key in ("enter", "escape", "b"):
            await app.press("B")
            app.notices("Bookmark")
            app.app.notify("Something is wrong.", severity="warning")
            await app.press(key)
            assert messages_shown(app.app) == ["Something is wrong."]


async def test_the_oldest_places_are_given_up(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        pages = ("nosaku", "renown")
        for number in range(MOST_PLACES + 5):
            app.app.open_entry(pages[number % 2])
            await app.pilot.pause()
        await app.settle()
        assert len(app.app.screen_stack) == MOST_PLACES + 1
        assert isinstance(app.app.screen_stack[0], LibraryScreen)
        assert len(app.app.query(DocumentView)) < 3
        for _ in range(MOST_PLACES):
            assert not isinstance(app.app.screen, LibraryScreen)
            await app.press("escape")
        assert isinstance(app.app.screen, LibraryScreen)


async def test_what_was_put_on_the_stack_or_taken_off_by_another_hand_is_known(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches, (120, 40)) as app:
        app.app.push_screen(ReaderScreen("nosaku"))
        await app.settle()
        app.app.push_screen(ReaderScreen("renown"))
        await app.settle()
        assert app.app.trail.crumbs == ["Library", "Nosaku"]
        app.shows("Nosaku \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} Renown")
        app.app.pop_screen()
        await app.settle()
        assert app.app.trail.crumbs == ["Library"]
        await app.press("escape")
        assert isinstance(app.app.screen, LibraryScreen)


async def test_what_was_drawn_of_closed_pages_is_let_go_of(niches: Book, drive: Drive) -> None:
    """Else each page that was ever open costs memory, and every search for garbage takes longer."""
    async with drive(niches) as app:
        counts = []
        for slug in ("nosaku", "uniqlo", "nosaku", "uniqlo"):
            app.app.open_entry(slug)
            await app.settle()
            await app.press("escape", "m", "escape")
            app.app.trail.forget_after()
            await app.settle()
            gc.collect()
            counts.append(sum(type(it) is StylesCache for it in gc.get_objects()))
        assert counts[-1] == counts[0]
