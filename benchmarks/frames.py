"""Frames of the running app: what it does in one go for a key, and what reaches the terminal.

A frame is what the app does between getting control from the event loop and giving it back: it
handles messages, or draws the screen and hands the drawing to the terminal. Keys and clicks that
come meanwhile wait. The drawings end in a driver that takes them and shows them to nobody; all
that makes their text is as it is in a terminal.
"""

from __future__ import annotations

import asyncio
import gc
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.measuring import Row, median, percentile, table

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.pilot import Pilot

    from tui.app import CasebookApp

SIZES = ((120, 40), (200, 60))
QUIZZED = ("asiro-gentian-alliance", "nosaku", "uniqlo")
QUERIES = ("gentain", "new zealand", "rice")
QUESTIONS, LINKS, ROUNDS, STEPS = 8, 34, 20, 4
FRAME = 16.0
LEAST = 0.3
"""Milliseconds: what takes less in one go, and draws nothing, is not worth a line."""


class Frame(NamedTuple):
    """What was done in one go.

    Attributes:
        taken: milliseconds of CPU, without full passes of the garbage collector.
        collecting: milliseconds of such a pass, which Python begins wherever objects are made.
        is_drawn: whether the terminal was written to.
    """

    taken: float
    collecting: float
    is_drawn: bool


class Frames:
    """Times what the event loop runs, and knows what of it wrote to the terminal."""

    def __init__(self) -> None:
        self.has_written = False
        self._collecting = self._began = 0.0
        self._seen: list[Frame] = []

    def taken(self) -> list[Frame]:
        """The frames since this was last asked."""
        seen, self._seen = self._seen, []
        return seen

    def _note_pass(self, phase: str, info: dict[str, int]) -> None:
        if info["generation"] == 2:
            now = time.thread_time() * 1000
            if phase == "start":
                self._began = now
            else:
                self._collecting += now - self._began

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Times each callback of the event loop, and gives apps a driver that writes nowhere."""
        from textual.drivers import headless_driver

        handle: Any = asyncio.Handle
        run, driver = handle._run, headless_driver.HeadlessDriver

        def timed(callback: asyncio.Handle) -> None:
            self.has_written, self._collecting = False, 0.0
            start = time.thread_time()
            run(callback)
            taken = (time.thread_time() - start) * 1000 - self._collecting
            if taken >= LEAST or self.has_written:
                self._seen.append(Frame(taken, self._collecting, self.has_written))

        handle._run = timed
        gc.callbacks.append(self._note_pass)
        headless_driver.HeadlessDriver = _driver_for(self)  # type: ignore[assignment, misc]
        try:
            yield
        finally:
            gc.callbacks.remove(self._note_pass)
            handle._run = run
            headless_driver.HeadlessDriver = driver  # type: ignore[misc]


def _driver_for(frames: Frames) -> type[Driver]:
    from textual.drivers.headless_driver import HeadlessDriver

    class DrawnOn(HeadlessDriver):
        """What is drawn is made, as for a terminal, and thrown away."""

        @property
        def is_headless(self) -> bool:
            return False

        def flush(self) -> None:
            frames.has_written = True

    return DrawnOn


class Hand:
    """Presses keys in a running app, and gathers the frames that each kind of key took."""

    def __init__(self, app: CasebookApp, pilot: Pilot[int], frames: Frames) -> None:
        self.app = app
        self.pilot = pilot
        self.frames = frames
        self.found: dict[str, list[list[Frame]]] = {}

    async def quiet(self) -> None:
        from tests.tui.quiet import wait_until_quiet

        for _ in range(2):
            await self.app.workers.wait_for_complete()
            await asyncio.to_thread(self.app.keeper.settle)
            await wait_until_quiet()

    async def does(self, name: str, action: Callable[[], object]) -> None:
        """Acts, and gathers the frames until the app is quiet under a name."""
        await self.quiet()
        self.frames.taken()
        action()
        await self.quiet()
        self.found.setdefault(name, []).append(self.frames.taken())

    def resize(self, width: int, height: int) -> None:
        from textual import events
        from textual.geometry import Size

        size = Size(width, height)
        self.app._driver._size = width, height  # type: ignore[union-attr]
        self.app.post_message(events.Resize(size, size))

    async def presses(self, name: str, key: str) -> None:
        from textual import events

        letter = key if len(key) == 1 else None
        await self.does(name, lambda: self.app.post_message(events.Key(key, letter)))


async def _quiz(hand: Hand) -> None:
    """Each point is one question, and those that were missed come again."""
    for slug in QUIZZED:
        hand.app.open_quiz([slug])
        for _ in range(QUESTIONS):
            await hand.presses("quiz: a rating is chosen", "1")
            await hand.presses("quiz: the book's rating is revealed", "enter")
            await hand.presses("quiz: the next point", "enter")
        hand.app.go_back()


async def _links(hand: Hand) -> None:
    for slug in QUIZZED:
        hand.app.open_entry(slug)
        await hand.quiet()
        for _ in range(LINKS):
            await hand.presses("a page: the next link, with its evidence", "right")
        hand.app.go_back()


async def _pages(hand: Hand) -> None:
    """The link is a citation: the source's page opens, and its crumb stands in the title."""
    for _ in range(ROUNDS):
        hand.app.open_entry(QUIZZED[0])
        await hand.quiet()
        await hand.pilot.press("right")
        await hand.presses("a page is opened by a link", "enter")
        await hand.presses("back along the breadcrumb", "escape")
        hand.app.go_back()


async def _map(hand: Hand) -> None:
    for _ in range(ROUNDS):
        await hand.does("the map is opened", lambda: hand.app.open_map(None))
        for _ in range(STEPS):
            await hand.presses("the map: the next place", "right")
        hand.app.go_back()


async def _library(hand: Hand) -> None:
    for _ in range(STEPS * ROUNDS):
        await hand.presses("the library: the next entry", "down")
    for words in QUERIES:
        await hand.presses("the library: the search", "slash")
        for letter in words:
            await hand.presses("a letter of a query", letter)
        await hand.presses("a query is given up", "escape")


async def _long_page(hand: Hand) -> None:
    for slug in QUIZZED:
        hand.app.open_entry(slug)
        await hand.quiet()
        for key in ("j", "pagedown", "pagedown", "pageup", "G", "g"):
            for _ in range(STEPS):
                await hand.presses("a page is scrolled", key)
        hand.app.go_back()


async def _timeline(hand: Hand) -> None:
    for _ in range(STEPS):
        await hand.does("the timeline of the book is opened", lambda: hand.app.open_timeline(None))
        for key in ("right", "down", "plus", "left", "minus", "up"):
            for _ in range(STEPS):
                await hand.presses("the timeline: a step, a scroll, a zoom", key)
        hand.app.go_back()


async def _comparison(hand: Hand) -> None:
    for slug in QUIZZED:
        hand.app.pick(slug)
    for _ in range(ROUNDS):
        await hand.does("the comparison is opened", hand.app.open_comparison)
        for key in ("down", "right"):
            await hand.presses("the comparison: the next cell", key)
        hand.app.go_back()


async def _resized(hand: Hand) -> None:
    """The page is wrapped anew."""
    hand.app.open_entry(QUIZZED[0])
    await hand.quiet()
    width, height = hand.app.size
    for _ in range(ROUNDS):
        for less in (10, 0):
            await hand.does("a page is resized", partial(hand.resize, width - less, height))


PARTS: tuple[Callable[[Hand], Awaitable[None]], ...] = (
    _quiz,
    _links,
    _pages,
    _map,
    _library,
    _long_page,
    _timeline,
    _comparison,
    _resized,
)


async def _driven(size: tuple[int, int]) -> dict[str, list[list[Frame]]]:
    """The frames of each time that a kind of key was pressed."""
    from casebook.book.connection import open_book
    from tests.conftest import SHIPPED_BOOK
    from tui.app import CasebookApp, Start

    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    frames, found = Frames(), {}
    for part in PARTS:
        with (
            tempfile.TemporaryDirectory() as folder,
            open_book(SHIPPED_BOOK) as book,
            frames.watched(),
        ):
            app = CasebookApp(Start(book, Path(folder) / "notebook.sqlite"))
            async with app.run_test(size=size) as pilot:
                hand = Hand(app, pilot, frames)
                await part(hand)
        found.update(hand.found)
    return found


def _row(name: str, keys: Sequence[Sequence[Frame]]) -> Row:
    longest = [max((frame.taken for frame in frames), default=0.0) for frames in keys]
    every = sum(len(frames) for frames in keys)
    late = sum(frame.taken > FRAME for frames in keys for frame in frames)
    passes = [frame.collecting for frames in keys for frame in frames if frame.collecting]
    whole = median([sum(frame.taken for frame in frames) for frames in keys])
    return Row(
        f"{name}, {len(keys)} times",
        f"{median(longest):.1f} / {percentile(longest, 0.99):.1f} / {max(longest):.1f} ms",
        f"{late} of {every}",
        f"{whole:.1f} ms; {len(passes)} passes, {max(passes, default=0.0):.0f} ms at the most",
    )


def report() -> str:
    heads = (
        "longest frame: p50 / p99 / max",
        f"over {FRAME:.0f} ms",
        "all frames of a key; full passes of the collector",
    )
    tables = []
    for size in SIZES:
        found = asyncio.run(_driven(size))
        rows = [_row(name, keys) for name, keys in found.items()]
        tables.append(table(f"Frames at {size[0]}\N{MULTIPLICATION SIGN}{size[1]}", rows, heads))
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    note = f"CPU time of the app's thread, the shipped book; the machine's load was {load}.\n"
    return "\n".join([*tables, note])
