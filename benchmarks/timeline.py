"""Timelines of 100 to 10,000 events: gathering, arranging, and a frame of the chart.

A frame is everything between a key and the lines of the screen: the lanes in sight laid
out in the new window, and each line of the view made into styled text.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import Row, in_turns, median, percentile, table
from casebook.book.connection import open_book
from casebook.book.page_values import EventLine
from casebook.book.values import EntryRef, PlaceLine
from casebook.dates import Bounds, first_day_of, last_day_of
from casebook.statement_kinds import EventKind
from casebook.timeline.chart import LanesBy, Material, arranged
from casebook.vocabulary import Kind

SIZES = (100, 1_000, 10_000)
LANES = 500
SIZE = (160, 48)
ROUNDS = 300
FRAME = 16.0


def made_events(count: int, lanes: int = LANES) -> tuple[EventLine, ...]:
    """Events strewn over some lanes and a century; half of them vague."""
    chance = random.Random(count)
    found = []
    for number in range(count):
        year = chance.randint(1910, 2010)
        lane = f"Place {chance.randrange(min(lanes, max(count // 20, 5)))}"
        found.append(
            EventLine(
                entry=EntryRef(f"case-{number % 977}", Kind.FIRM, f"Case {number % 977}"),
                key=f"e{number}",
                label=f"Something that happened, number {number}",
                short=f"Event {number}",
                kind=chance.choice(list(EventKind)),
                place=PlaceLine(lane.lower(), lane, "JP", "Japan", lane),
                date_text=chance.choice((str(year), "late in the decade", "no date given")),
                edtf=str(year),
                inferred=False,
                inferred_from="",
                bounds=_bounds(chance, year),
                participants=(),
                citations=(),
                position=number,
            )
        )
    return tuple(sorted(found, key=lambda event: event.bounds.sort_key))


def _bounds(chance: random.Random, year: int) -> Bounds:
    match chance.randrange(6):
        case 0:
            return Bounds(first_day_of(year), last_day_of(year), None, None)
        case 1:
            return Bounds.between(None, last_day_of(year))
        case 2:
            return Bounds.between(first_day_of(year), last_day_of(year + 4))
        case _:
            return Bounds.between(first_day_of(year), last_day_of(year))


def _frames(count: int) -> dict[str, list[float]]:
    return asyncio.run(_driven(count))


async def _driven(count: int) -> dict[str, list[float]]:
    """Milliseconds of CPU of a frame after each kind of key, in the running app."""
    from textual.geometry import Region

    from tests.conftest import SHIPPED_BOOK
    from tui.app import CasebookApp, Start
    from tui.screens.timeline import TimelineScreen

    material = Material("Made up", (), made_events(count))
    with tempfile.TemporaryDirectory() as folder, open_book(SHIPPED_BOOK) as book:
        app = CasebookApp(Start(book, Path(folder) / "notebook.sqlite"))
        async with app.run_test(size=SIZE) as pilot:
            screen = TimelineScreen(["nosaku"])
            await app.push_screen(screen)
            await pilot.pause()
            screen._take(material)
            await pilot.pause()
            chart = screen.lane_chart

            def frame(action: Callable[[], object]) -> float:
                start = time.process_time()
                action()
                chart.render_lines(Region(0, 0, *chart.outer_size))
                return (time.process_time() - start) * 1000

            chart.choose(chart.chart.items[count // 2] if chart.chart else None)
            chart.action_zoom(4)
            tasks = {
                "pan": lambda: frame(lambda: chart.action_pan(1)),
                "pan back": lambda: frame(lambda: chart.action_pan(-1)),
                "zoom in": lambda: frame(lambda: chart.action_zoom(1)),
                "zoom out": lambda: frame(lambda: chart.action_zoom(-1)),
                "next event": lambda: frame(chart.action_next_event),
                "lane down": lambda: frame(chart.action_cursor_down),
                "lane up": lambda: frame(chart.action_cursor_up),
                "all in sight": lambda: frame(chart.action_fit),
                "and back": lambda: frame(lambda: chart.action_zoom(4)),
            }
            return in_turns(tasks, ROUNDS)


def report() -> str:
    frames = {count: _frames(count) for count in SIZES}
    rows = []
    for name in ("pan", "zoom in", "zoom out", "next event", "lane down", "all in sight"):
        first = median(frames[SIZES[0]][name])
        for count in SIZES:
            values = frames[count][name]
            rows.append(
                Row(
                    f"{name}, {count:,} events",
                    f"{median(values):.1f} ms",
                    f"{median(values) / first:.2f}",
                    f"99 of 100 within {percentile(values, 0.99):.1f} ms",
                )
            )
    material = Material("Made up", (), made_events(SIZES[-1]))
    starts = []
    for _ in range(5):
        start = time.process_time()
        arranged(material, LanesBy.PLACE)
        starts.append((time.process_time() - start) * 1000)
    rows.append(Row(f"lanes made of {SIZES[-1]:,} events, once", f"{median(starts):.0f} ms"))
    note = (
        f"CPU time of a frame at {SIZE[0]}×{SIZE[1]}, {LANES} lanes at the most;"
        f" a frame of a screen has {FRAME:.0f} ms.\n"
    )
    return table("Timelines", rows) + note
