"""Wherever the reader is, esc leads back to the library."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from casebook.book.connection import Book
from tui.screens.library import LibraryScreen

Drive = Callable[..., Any]

WAYS: dict[str, list[str]] = {
    "the essay basket": ["ctrl+o"],
    "the essay basket from a page": ["j", "enter", "ctrl+o"],
    "the essay basket from the notebook": ["b", "ctrl+o", "b", "ctrl+o"],
    "the essay basket from the comparison": ["c", "ctrl+o"],
    "the quiz on a page": ["j", "enter", "Q"],
    "the quiz on the book": ["ctrl+p", "text:quiz on all", "enter"],
    "patterns": ["j", "p", "j", "p", "c", "ctrl+g"],
    "the reading list": ["ctrl+r"],
    "the glossary and a term": ["w", "right_curly_bracket", "enter"],
    "the map as a list": ["m", "i"],
    "the timeline": ["j", "t", "enter", "t", "enter"],
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_esc_leads_back_to_the_library(way: list[str], shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press(*way)
        for _ in range(12):
            if isinstance(app.app.screen, LibraryScreen) and not app.app.trail.crumbs:
                break
            await app.press("escape")
        assert isinstance(app.app.screen, LibraryScreen)


async def test_any_way_through_the_screens_leads_back(shipped: Book, drive: Drive) -> None:
    chance = random.Random(20_261_121)
    openers = ["j", "enter", "ctrl+o", "Q", "b", "c", "w", "s", "m", "t", "ctrl+r", "escape", "p"]
    async with drive(shipped) as app:
        await app.press(*(chance.choice(openers) for _ in range(60)))
        for _ in range(60):
            if isinstance(app.app.screen, LibraryScreen) and not app.app.trail.crumbs:
                break
            await app.press("escape")
        assert isinstance(app.app.screen, LibraryScreen)
