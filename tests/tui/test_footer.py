"""The line of keys: each key in it does what it says, struck or clicked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casebook.book.connection import Book
from tests.tui.conftest import Driven
from tui.command import Command
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
    "map": ["j", "m"],
    "map as a list": ["j", "m", "i"],
    "comparison": ["j", "p", "c"],
    "a point of it": ["j", "p", "c", "r"],
    "prediction": ["j", "p", "c", "P"],
    "revealed": ["j", "p", "c", "P", "1", "equals_sign", "down", "enter"],
}


ELSEWHERE = {
    "preview": ["tab"],
    "no hits": ["slash", *"qqqq", "enter"],
    "no hits in the list": ["slash", *"qqqq", "tab"],
    "filter of facets": ["f", "j"],
    "finding on a page": ["j", "enter", "ctrl+f"],
    "finding in the notebook": ["b", "ctrl+f"],
    "event of a timeline": ["j", "t", "tab"],
    "place of a map": ["j", "m", "tab"],
    "evidence of a cell": ["j", "p", "c", "tab"],
    "edge of a matrix": ["j", "p", "c", "up"],
}
"""Panes and states in which keys of the line have been without effect."""


def _shown_in_line(app: Driven) -> list[Command]:
    bar = app.app.screen.query_one(KeyBar)
    return list(bar.commands_now())


@pytest.mark.soak
@pytest.mark.parametrize("way", [*WAYS.values(), *ELSEWHERE.values()], ids=[*WAYS, *ELSEWHERE])
async def test_every_key_in_the_line_does_something_or_says_why_not(
    way: list[str], niches: Book, drive: Drive
) -> None:
    async with drive(niches, (200, 60)) as app:
        await app.press(*way)
        screen = app.app.screen
        assert isinstance(screen, CasebookScreen)
        for command in _shown_in_line(app):
            if not command.keys or command.id == "quit":
                continue  # others read these keys, or the app ends
            depth = len(app.app.screen_stack)
            app.app.clear_notifications()
            before = app.text
            key = command.keys.split(",")[0]
            await app.press(key)
            said = [notice.message for notice in app.app._notifications]
            assert said or app.text != before, f"{key} ({command.footer}) did nothing"
            if len(app.app.screen_stack) != depth or app.app.screen is not screen:
                if len(app.app.screen_stack) <= depth:
                    return  # the way back; it stands last
                while len(app.app.screen_stack) > depth:
                    app.app.pop_screen()
                    await app.settle()


@pytest.mark.parametrize("way", [*WAYS.values(), *ELSEWHERE.values()], ids=[*WAYS, *ELSEWHERE])
async def test_the_line_has_no_key_that_is_not_bound(
    way: list[str], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (200, 60)) as app:
        await app.press(*way)
        screen = app.app.screen
        bound = {active.binding.action for active in screen.active_bindings.values()}
        shown = _shown_in_line(app)
        assert shown
        for command in shown:
            assert not command.keys or command.action in bound, command.id


async def _click(app: Driven, word: str) -> None:
    bar = app.app.screen.query_one(KeyBar)
    at = app.text.splitlines()[-1].index(word)
    await app.pilot.click(bar, offset=(at, 0))
    await app.settle()


async def test_a_click_reaches_what_the_key_reaches(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 40)) as app:
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
