"""A walk at random over all keys and sizes: wherever it leads, nothing ends the app.

What has the focus is always shown, and what is under a cursor is in sight.
"""

from __future__ import annotations

import asyncio
import random
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key

from casebook.book.connection import Book
from casebook.timeline.layout import bar_of
from tests.keys import LEAVING, bound_keys, key_name
from tests.tui.conftest import Driven
from tui.app import CasebookApp
from tui.screens.sizes import is_shown, is_too_small
from tui.widgets.lane_view import LaneView
from tui.widgets.row_list import RowList

Drive = Callable[..., Any]

SIZES = [
    (1, 1),
    (2, 40),
    (20, 5),
    (30, 10),
    (59, 19),
    (50, 15),
    (60, 20),
    (80, 24),
    (120, 40),
    (150, 20),
    (200, 60),
]

LONG_WAY = 10_000

LOOK_EVERY = 5
"""Keys between two looks at where the focus and the cursors are."""

LOOKS = 200
"""Looks at a screen that is still being laid out before it is taken as it is."""


def _walked(steps: int, seed: int) -> list[str | tuple[int, int]]:
    """Keys and sizes: mostly what does something, some letters, and now and then the way out."""
    dice = random.Random(seed)
    keys = [key for key in bound_keys() if key not in LEAVING]
    way: list[str | tuple[int, int]] = []
    while len(way) < steps:
        throw = dice.random()
        if throw < 0.04:
            there: list[str | tuple[int, int]] = [dice.choice(SIZES)]
            there += [*dice.choices(keys, k=2), (120, 40)]
            way += there[: dice.randint(1, 4)]
        elif throw < 0.12:
            way.append(dice.choice("abcxyz 0123[]é漢"))
        elif throw < 0.2:
            way += ["escape"] * dice.randint(1, 3)
        elif throw < 0.35:
            way.append(dice.choice(["enter", "down", "right", "tab"]))
        else:
            way.append(dice.choice(keys))
    return way[:steps]


def _out_of_sight(app: CasebookApp) -> Iterator[str]:
    """What is wrong with the focus and the cursors of the screen, in words."""
    screen = app.screen
    if is_too_small(app.size):
        return
    focused = screen.focused
    if focused is None:
        if screen.focus_chain:
            yield f"nothing has the focus on {screen}"
    elif not is_shown(focused) or not focused.region.overlaps(screen.region):
        yield f"{focused} has the focus and is not shown"
    for rows in screen.query(RowList):
        y, is_drawn = rows.cursor - rows.scroll_offset.y, rows.region.area and rows.line_count
        if is_drawn and not 0 <= y < rows.size.height:
            yield f"the cursor of {rows} is out of sight: line {y} of {rows.size.height}"
    for lanes in screen.query(LaneView):
        if lanes.chosen is not None and lanes.window is not None and lanes.region.area:
            if bar_of(lanes.chosen.bounds, lanes.window) is None:
                continue  # the reader has scrolled to other years
            rows_in_sight = [row for row in lanes._rows_in_sight() if row.lane != -2]
            if not any(map(lanes._is_chosen_row, rows_in_sight)):
                yield f"{lanes.chosen.event.key} is chosen and out of sight"


async def _look(app: Driven, way: list[str | tuple[int, int]]) -> None:
    """Fails if, when the screen is laid out, something is out of sight."""
    for _ in range(LOOKS):
        if app.app.crash is not None or not list(_out_of_sight(app.app)):
            return
        await asyncio.sleep(0.005)
    await app.settle()
    faults = list(_out_of_sight(app.app))
    assert not faults, f"{faults} after {way}"


async def _walk(app: Driven, way: list[str | tuple[int, int]]) -> None:
    running = app.app
    driver = running._driver
    assert driver is not None
    for number, step in enumerate(way):
        if isinstance(step, tuple):
            await app.pilot.resize_terminal(*step)
        else:
            name = key_name(step)
            driver.send_message(Key(name, step if len(step) == 1 else None))
        for _ in range(3):
            await asyncio.sleep(0)
        while running.typed_ahead.is_waiting and running.crash is None:
            await asyncio.sleep(0)
        if running.crash is not None:
            raise AssertionError(
                f"after {way[max(0, number - 12) : number + 1]}"
            ) from running.crash
        assert running.is_running, f"it ended after {way[max(0, number - 12) : number + 1]}"
        if isinstance(step, tuple) or number % LOOK_EVERY == 0:
            await _look(app, way[max(0, number - 30) : number + 1])
    await app.settle()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is exported goes to a folder of its own, and no browser opens."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(webbrowser, "open", lambda *_: True)


async def test_a_walk_over_keys_and_sizes(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        await _walk(app, _walked(180, 1))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
async def test_a_long_walk_over_keys_and_sizes(seed: int, shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        await _walk(app, _walked(LONG_WAY // 4, seed))
