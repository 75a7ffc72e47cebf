"""The line of keys: each key in it does what it says, struck or clicked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casebook.book.connection import Book
from tests.tui.conftest import Driven
from tui.screens.base import CasebookScreen
from tui.widgets.bars import KeyBar
from tui.widgets.lane_chart import LaneChart
from tui.widgets.matrix_view import MatrixView

Drive = Callable[..., Any]

WAYS = {
    "library": [],
    "search": ["slash", "g"],
    "filter": ["f"],
    "page": ["j", "enter"],
    "sources": ["s"],
    "glossary": ["w"],
    "notebook": ["b"],
    "timeline": ["j", "t"],
    "timeline as a list": ["j", "t", "i"],
    "comparison": ["j", "p", "c"],
    "a point of it": ["j", "p", "c", "r"],
    "prediction": ["j", "p", "c", "P"],
    "revealed": ["j", "p", "c", "P", "1", "equals_sign"],
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_every_key_in_the_line_is_bound(way: list[str], shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (200, 60)) as app:
        await app.press(*way)
        screen = app.app.screen
        assert isinstance(screen, CasebookScreen)
        bound = {active.binding.action for active in screen.active_bindings.values()}
        for command in screen.footer_commands:
            if command.id == "rate":
                continue  # it stands for the four keys that rate
            if command.id in ("down", "open") and way == WAYS["search"]:
                continue  # the box reads these by itself
            assert command.action in bound, f"{command.key_shown} {command.footer}"


async def _click(app: Driven, word: str) -> None:
    bar = app.app.screen.query_one(KeyBar)
    at = app.text.splitlines()[-1].index(word)
    await app.pilot.click(bar, offset=(at, 0))
    await app.settle()


async def test_a_click_reaches_what_the_key_reaches(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        await app.press("j", "t")
        chart = app.app.screen.query_one(LaneChart)
        before = chart.window
        await _click(app, "zoom")
        assert chart.window != before
        await _click(app, "open")
        app.shows("alliance, success")
        await app.press("escape", "escape", "p", "c")
        await app.press("right", "left")
        await _click(app, "source")
        app.shows("¶")
        assert not app.app.screen.query(MatrixView)
