"""The real app, driven by keys at several sizes."""

from __future__ import annotations

import asyncio
import gc
import os
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from casebook.book.connection import Book, open_book
from tests.conftest import SHIPPED_BOOK
from tests.tui.quiet import wait_until_quiet
from tui.app import CasebookApp, Start

GOLDEN = Path(__file__).parent.parent / "golden"
PATIENCE = 2_000
"""Looks at the screen before a test gives up; never a measure of speed."""
SIZES = [(80, 24), (120, 40), (200, 60)]


def screen_text(app: CasebookApp) -> str:
    """What stands on the screen, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


class Driven:
    """An app under the hands of a test."""

    def __init__(self, app: CasebookApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Presses keys; `"text:abc"` types letters."""
        for key in keys:
            if key.startswith("text:"):
                for letter in key.removeprefix("text:"):
                    await self.pilot.press({" ": "space"}.get(letter, letter))
            else:
                await self.pilot.press(key)
        await self.settle()

    async def settle(self) -> None:
        """Waits until workers and messages have done their work, and keys their turn."""
        while self.app.typed_ahead.is_waiting and self.app.is_running:
            await asyncio.sleep(0.005)
        for _ in range(3):
            await self.app.workers.wait_for_complete()
            await asyncio.to_thread(self.app.keeper.settle)
            await self.pilot.pause()
        while getattr(self.app.screen, "_previewing", None) is not None:
            await asyncio.sleep(0.01)
        await self.pilot.pause()

    async def wait_for(self, words: str) -> None:
        """Waits until words stand on the screen that come from what no worker tells of."""
        for _ in range(PATIENCE):
            await self.settle()
            if words in self.text:
                return
            await asyncio.sleep(0.01)
        self.shows(words)

    @property
    def text(self) -> str:
        return screen_text(self.app)

    def shows(self, *words: str) -> None:
        """Fails unless all words stand on the screen, however lines are broken."""
        flat = re.sub(r"\s+", " ", self.text)
        for one in words:
            assert re.sub(r"\s+", " ", one) in flat, f"{one!r} is not on:\n{self.text}"

    def notices(self, *words: str) -> None:
        """Fails unless all words were said in a notice or a box, however its lines are broken."""
        said = [notice.message for notice in self.app._notifications]
        said += [str(one.content) for one in self.app.screen.query(Static)]
        for one in words:
            assert any(one in message for message in said), f"{one!r} is not in {said}"

    def hides(self, *words: str) -> None:
        """Fails if any of the words stands on the screen."""
        for one in words:
            assert one not in self.text, f"{one!r} is on:\n{self.text}"


def _notices_last(app: CasebookApp) -> None:
    """Keeps notices on the screen until others replace them: a slow machine must not hide them."""
    notify = app.notify

    def lasting(message: str, **options: Any) -> None:
        notify(message, **{**options, "timeout": 3600.0})

    app.notify = lasting  # type: ignore[method-assign]


@pytest.fixture
def shipped() -> Iterator[Book]:
    with open_book(SHIPPED_BOOK) as book:
        yield book


@pytest.fixture
def niches(first_volume: Path) -> Iterator[Book]:
    """The first shipped volume alone, for what is said of its entries by number or place."""
    with open_book(first_volume) as book:
        yield book


@pytest.fixture
def drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """`async with drive(book, size) as driven:` runs the app."""
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.001)
    monkeypatch.setattr("textual.app.wait_for_idle", wait_until_quiet)
    monkeypatch.setattr("textual.pilot.wait_for_idle", wait_until_quiet)

    @asynccontextmanager
    async def run(
        book: Book,
        size: tuple[int, int] = (80, 24),
        *,
        notebook: Path | None = None,
        tour: bool = False,
    ) -> AsyncIterator[Driven]:
        place = notebook or tmp_path / "notebook.sqlite"
        app = CasebookApp(Start(book, place, tmp_path / "settings.toml", tour=tour))
        _notices_last(app)
        thresholds = gc.get_threshold()
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                driven = Driven(app, pilot)
                await driven.settle()
                yield driven
        finally:
            gc.set_threshold(*thresholds)

    return run


def check_golden(name: str, text: str) -> None:
    """Holds a screen against the one that was looked at; `UPDATE_GOLDEN=1` writes it anew."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text + "\n", encoding="utf-8")
    assert path.exists(), f"look at the screen and run with UPDATE_GOLDEN=1:\n{text}"
    assert text + "\n" == path.read_text(encoding="utf-8")
