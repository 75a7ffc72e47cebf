"""Timelines of cases that are aligned, and what is measured from an event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casebook.book.connection import Book
from tests.tui.conftest import check_golden
from tests.tui.timelines import ASIRO, chosen, open_timeline

Drive = Callable[..., Any]


async def test_the_measured_event_has_a_table_of_what_came_before_and_after(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches) as app:
        await open_timeline(app)
        await app.press("C")
        app.shows(
            "From Joint venture; C stops measuring",
            "After Exports to Europe; Contract growing in Chile; Red Rindo company",
            "Told Decision and search (before); Brands and breeds registered (after)",
            "Unknown Growers' association",
        )
        await app.press("C")
        app.hides("Unknown", "From ")


async def test_cases_aligned_at_a_milestone(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 40)) as app:
        chart = await open_timeline(app, ASIRO, "hamamatsu-cooperative", "renown")
        app.shows("by entry", "Renown")
        await app.press("z")
        app.shows("(x) no alignment", "alliance 2 of 3: Joint venture (late 1990s)")
        row = next(
            y
            for y, line in enumerate(app.text.splitlines())
            if "alliance  " in line and "2 of" in line
        )
        await app.pilot.click(offset=(30, row))
        await app.pilot.click(offset=(30, row))
        await app.settle()
        app.shows("from alliance", "0: alliance", "+4 y", "has no such event", "◆ Joint venture")
        while chosen(chart) != "chilean-production":
            await app.press("right")
        app.shows("3 to 9 years later than Joint venture: certainly after")
        check_golden("timeline-aligned-120x40", app.text)
        await app.press("x")
        app.shows("by entry", "2005")


async def test_the_chosen_event_can_be_its_cases_milestone(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 40)) as app:
        chart = await open_timeline(app, ASIRO, "hamamatsu-cooperative")
        while chosen(chart) != "breeding-company":
            await app.press("right")
        await app.press("z")
        app.shows("the selected event Red Rindo company (2005), for its case only")
        await app.press("G", "enter")
        app.shows("from alliance", "◆ Red Rindo company", "◆ Visit to Indonesia")
        app.shows("time in this lane is counted from here")
        while chosen(chart) != "joint-venture":
            await app.press("left")
        app.shows("5 to 11 years earlier than Red Rindo company: certainly before")


async def test_measuring_from_an_event(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await open_timeline(app)
        await app.press("C", "right", "right")
        app.shows("up to 10 years later than Joint venture: certainly after")
        await app.press(*["down"] * 3)
        app.shows("Growers' association", "which came first cannot be known")
        await app.press("C", "right")
        app.hides("than Joint venture")


async def test_measuring_is_stopped_at_any_event(niches: Book, drive: Drive) -> None:
    """At a second event the key began anew, while the screen said that it stops."""
    async with drive(niches, (120, 40)) as app:
        chart = await open_timeline(app)
        assert "C measure " in app.text.splitlines()[-1]
        await app.press("C", "right", "right")
        assert "C stop measuring" in app.text.splitlines()[-1]
        await app.press("C")
        assert chart.measured is None
        app.hides("than Joint venture")
        assert "C measure " in app.text.splitlines()[-1]
