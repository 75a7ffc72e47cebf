"""The garbage collector works while the reader reads."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from casebook.book.connection import Book
from tests.tui.conftest import PATIENCE
from tui import garbage
from tui.widgets.document_view import DocumentView

Drive = Callable[..., Any]


@pytest.fixture
def full_passes() -> Iterator[list[int]]:
    """How many objects each full pass has freed."""
    passes: list[int] = []

    def noted(phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == 2:
            passes.append(info["collected"])

    before = gc.get_threshold()
    # So few objects are reason enough for a pass that any page would begin one.
    gc.set_threshold(100, 2, 2)
    gc.callbacks.append(noted)
    yield passes
    gc.callbacks.remove(noted)
    gc.set_threshold(*before)


async def test_all_objects_are_looked_at_in_a_rest_and_not_while_pages_are_drawn(
    niches: Book, drive: Drive, full_passes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "MOST_PASSES", 1_000_000)
    monkeypatch.setattr(garbage, "REST", 3600.0)
    async with drive(niches) as app:
        full_passes.clear()
        for slug in ("nosaku", "uniqlo"):
            app.app.open_entry(slug)
            await app.settle()
            await app.press("right", "enter", "escape", "escape")
        assert not full_passes
        monkeypatch.setattr(garbage, "REST", 0.01)
        app.app.garbage = garbage.GarbageAtRest(app.app)
        app.app.garbage.begin()
        app.app.open_entry("nosaku")
        await app.settle()
        await app.press("escape")
        for _ in range(PATIENCE):
            if full_passes:
                break
            await asyncio.sleep(0.01)
        assert full_passes


async def test_lines_that_are_drawn_anew_leave_nothing_to_the_garbage_collector(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches) as app:
        app.app.open_entry("nosaku")
        await app.settle()
        view = app.app.screen.query_one("#page", DocumentView)
        await app.press("j")
        gc.collect()
        gc.disable()
        try:
            held = len(view._strips)
            view.lines_changed()
            assert held
            assert not view._strips
            counts = gc.collect()
        finally:
            gc.enable()
        assert counts == 0
