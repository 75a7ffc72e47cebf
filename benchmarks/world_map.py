"""The map: reading it, and a frame after each kind of key.

A frame is everything between a key and the lines of the screen: coasts, ways and names drawn
in the new view, and each line of it made into styled text.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.measuring import Row, in_turns, median, percentile, table
from casebook.book.connection import open_book
from casebook.book.values import Coordinates, PlaceLine
from casebook.places import drawing
from casebook.places.world_map import PlaceOnMap, WorldMap, world_map

SIZE = (200, 60)
ROUNDS = 40
FRAME = 20.0
PLACES, LEGS = 1_000, 100


def made_up(value: WorldMap) -> WorldMap:
    """A map of many places all over the world, with the ways of many alliances between them."""
    chance = random.Random(PLACES)
    points = tuple(
        PlaceOnMap(
            PlaceLine(f"place-{number}", f"Place {number}", "JP", "Japan", f"Place {number}"),
            Coordinates(chance.uniform(-50, 75), chance.uniform(-180, 180)),
            value.points[0].settings,
            (),
        )
        for number in range(PLACES)
    )
    legs = []
    for _ in range(LEGS):
        start, end = chance.sample(points, 2)
        leg = chance.choice(value.legs)
        legs.append(leg._replace(start=start.place.slug, end=end.place.slug))
    return replace(value, points=points, legs=tuple(legs), unplaced=())


async def _driven(*, is_large: bool) -> dict[str, list[float]]:
    """Milliseconds of CPU of a frame after each kind of key, in the running app."""
    from textual.geometry import Region

    from tests.conftest import SHIPPED_BOOK
    from tui.app import CasebookApp, Start
    from tui.screens.world_map import MapScreen

    with tempfile.TemporaryDirectory() as folder, open_book(SHIPPED_BOOK) as book:
        value = world_map(book, None)
        app = CasebookApp(Start(book, Path(folder) / "notebook.sqlite"))
        async with app.run_test(size=SIZE) as pilot:
            screen = MapScreen(["asiro-gentian-alliance"])
            await app.push_screen(screen)
            await pilot.pause()
            screen._take(made_up(value) if is_large else value)
            await pilot.pause()
            chart = screen.map

            def frame(action: Callable[[], object], *, is_new: bool = True) -> float:
                if is_new:  # else each round would find what the one before has drawn
                    drawing._coasts.cache_clear()
                    drawing._ways.cache_clear()
                start = time.process_time()
                action()
                chart.render_lines(Region(0, 0, *chart.outer_size))
                return (time.process_time() - start) * 1000

            tasks = {
                "next place": lambda: frame(chart.action_next_place, is_new=False),
                "previous place": lambda: frame(chart.action_previous_place, is_new=False),
                "zoom in": lambda: frame(lambda: chart.action_zoom(1)),
                "scroll": lambda: frame(lambda: chart.action_pan(1)),
                "scroll by a cell": lambda: frame(lambda: chart._pan(-1 / chart.size.width, 0)),
                "all in sight": lambda: frame(chart.action_fit),
            }
            return in_turns(tasks, ROUNDS)


def _reading() -> list[float]:
    from tests.conftest import SHIPPED_BOOK

    found = []
    with open_book(SHIPPED_BOOK) as book:
        for _ in range(20):
            start = time.process_time()
            world_map(book, None)
            found.append((time.process_time() - start) * 1000)
    return found


def report() -> str:
    rows = [Row("reading the map of the shipped book", f"{median(_reading()):.0f} ms")]
    for said, is_large in (("the shipped book", False), (f"{PLACES:,} places, {LEGS} legs", True)):
        frames = asyncio.run(_driven(is_large=is_large))
        for name in ("next place", "zoom in", "scroll", "scroll by a cell", "all in sight"):
            values = frames[name]
            within = f"99 of 100 within {percentile(values, 0.99):.1f} ms"
            rows.append(Row(f"{name}, {said}", f"{median(values):.1f} ms", "", within))
    note = f"CPU time of a frame at {SIZE[0]}×{SIZE[1]}; {FRAME:.0f} ms are what it may take.\n"
    return table("The map", rows) + note
