"""The evidence beside a page: a frame from one citation to the next, in the running app.

A frame is everything between a key and the lines of the screen: what the paragraphs say and what
else rests on them read from the book, laid out, and each line of the page and of the evidence
made into styled text. What is kept of citations seen before is thrown away before each.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import Row, median, percentile, table

SIZES = ((120, 40), (200, 60))
SLUGS = ("asiro-gentian-alliance", "nosaku", "uniqlo")
ROUNDS = 3
FRAME = 16.0


async def _driven(size: tuple[int, int]) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of CPU of frames, and of whole keys with the evidence beside and below."""
    from textual.geometry import Region

    from casebook.book.connection import open_book
    from tests.conftest import SHIPPED_BOOK
    from tui.app import CasebookApp, Start
    from tui.screens.reader import ReaderScreen

    frames: list[float] = []
    keys: dict[bool, list[float]] = {True: [], False: []}
    with tempfile.TemporaryDirectory() as folder, open_book(SHIPPED_BOOK) as book:
        app = CasebookApp(Start(book, Path(folder) / "notebook.sqlite"))
        async with app.run_test(size=size) as pilot:
            for slug in SLUGS:
                app.open_entry(slug)
                await pilot.pause()
                screen = app.screen
                assert isinstance(screen, ReaderScreen)
                view, pane = screen.pane.main_view, screen.pane
                evidence = pane.evidence
                assert evidence is not None
                for _ in range(ROUNDS):
                    for number in range(len(view.targets)):
                        evidence.forget()
                        gc.collect()
                        start = time.process_time()
                        view.choose(number)
                        pane.show_target(view, view.targets[number])
                        for shown in (view, evidence):
                            shown.render_lines(Region(0, 0, *shown.outer_size))
                        frames.append((time.process_time() - start) * 1000)
                        if not number:
                            frames.pop()  # the evidence has no room yet
                            await pilot.pause()
                for is_beside in (True, False):
                    view.choose(0)
                    await pilot.pause()
                    for _ in range(min(len(view.targets) - 1, 20)):
                        start = time.process_time()
                        await pilot.press("right")
                        await pilot.pause()
                        keys[is_beside].append((time.process_time() - start) * 1000)
                    await pilot.press("v")
                await pilot.pause()
    return frames, keys[True], keys[False]


def report() -> str:
    rows = []
    for size in SIZES:
        frames, beside, below = asyncio.run(_driven(size))
        name = f"{size[0]}×{size[1]}"
        within = f"99 of 100 within {percentile(frames, 0.99):.1f} ms"
        rows.append(Row(f"{name}: a frame", f"{median(frames):.1f} ms", "", within))
        base = median(below)
        rows.append(Row(f"{name}: a key, evidence below", f"{base:.1f} ms", "1.00"))
        ratio = f"{median(beside) / base:.2f}"
        rows.append(Row(f"{name}: a key, evidence beside", f"{median(beside):.1f} ms", ratio))
    note = (
        f"CPU time; a frame of a screen has {FRAME:.0f} ms. A key is measured until the whole app\n"
        "is quiet, with all that Textual does to lay out and write a screen.\n"
    )
    return table("From one citation to the next, the shipped book", rows) + note
