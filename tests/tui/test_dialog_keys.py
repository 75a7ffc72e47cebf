"""The line of keys below a box is the box's own, not that of the screen behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casebook.book.connection import Book
from tests.tui.conftest import SIZES
from tui.dialogs.base import Dialog
from tui.palette import Palette
from tui.widgets.bars import KeyBar

Drive = Callable[..., Any]

BOXES = {
    "help": (["question_mark"], "esc close"),
    "palette": (["ctrl+p"], "enter run or open"),
    "themes": (["ctrl+t"], "enter save"),
    "export": (["j", "E"], "tab to the file name"),
    "note": (["j", "a"], "^s save"),
    "tags": (["j", "number_sign"], "enter save"),
    "contents": (["j", "enter", "o"], "enter select"),
    "name of a view": (["j", "p", "c", "S"], "enter save"),
    "align": (["j", "p", "c", "ctrl+p", "text:timeline of the compared", "enter", "z"], "space"),
    "filter of events": (["j", "t", "f"], "⇧tab to the years"),
    "events": (["j", "t", "o"], "enter go to it"),
    "reading list": (["j", "W", "ctrl+r"], "space tick"),
    "quiz": (["j", "Q"], "enter select"),
    "filter of a matrix": (["j", "p", "c", "f"], "space tick"),
    "choice of patterns": (["ampersand", "f"], "tab to the scores"),
    "own words": (["ctrl+o", "a"], "^s save"),
    "reason": (["j", "p", "c", "P", "enter"], "enter save"),
}


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
@pytest.mark.parametrize(("keys", "named"), BOXES.values(), ids=BOXES)
async def test_a_box_has_a_line_of_keys_of_its_own(
    keys: list[str], named: str, size: tuple[int, int], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, size) as app:
        await app.press(*keys)
        box = app.app.screen
        assert isinstance(box, Dialog | Palette), box
        bar = box.query_one(KeyBar)
        assert bar.region.bottom == size[1]
        assert app.text.splitlines()[-1].strip() == str(bar.render()).strip()
        assert named in app.text.splitlines()[-1]
        assert "esc" in app.text.splitlines()[-1]
        shown = list(bar.commands_now())
        assert len({command.action for command in shown}) == len(shown)


async def test_a_click_in_the_line_of_a_box_does_what_the_key_does(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (120, 40)) as app:
        await app.press("j", "p", "c", "S", "text:Seminar 3")
        bar = app.app.screen.query_one(KeyBar)
        line = app.text.splitlines()[-1]
        await app.pilot.click(bar, offset=(line.index("save"), 0))
        await app.settle()
        assert not isinstance(app.app.screen, Dialog)
        app.notices("Seminar 3")
        await app.press("ctrl+t")
        line = app.text.splitlines()[-1]
        await app.pilot.click(app.app.screen.query_one(KeyBar), offset=(line.index("cancel"), 0))
        await app.settle()
        assert not isinstance(app.app.screen, Dialog)


async def test_the_line_of_a_box_follows_the_focus(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("j", "E", "tab")
        assert "enter write the file" in app.text.splitlines()[-1]
        await app.press("shift+tab")
        assert "tab to the file name" in app.text.splitlines()[-1]
