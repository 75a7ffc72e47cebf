"""The timeline under a reader's hands."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from casebook.book.connection import Book, open_book
from tests.tui.conftest import check_golden
from tests.tui.timelines import ASIRO, chosen, open_timeline
from tui.widgets.lane_chart import LaneChart

Drive = Callable[..., Any]


@pytest.mark.parametrize("size", [(80, 24), (160, 48), (200, 60)])
async def test_the_asiro_sequence_at_every_size(
    size: tuple[int, int], niches: Book, drive: Drive
) -> None:
    async with drive(niches, size) as app:
        await app.press("down", "t")
        app.shows(
            "Asiro, Iwate", "New Zealand", "Netherlands and", "Chile and America",
            "Decision and search", "Joint venture", "Exports to Europe",
            "Contract growing in Chile", "Red Rindo company",
        )  # fmt: skip
        check_golden(f"timeline-{size[0]}x{size[1]}", app.text)


async def test_the_signs_hold_without_colours(
    niches: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same screen, cell for cell; the chosen event is told apart by reversal and pointer."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with drive(niches, (80, 24)) as app:
        assert app.app.no_color
        await app.press("down", "t")
        check_golden("timeline-80x24", app.text)
        lines = app.text.splitlines()
        assert [line[0] for line in lines].count("›") == 1
        strips = app.app.screen._compositor.render_strips()
        segments = [s for strip in strips for s in strip if s.text == "Joint venture"]
        assert any(s.style and s.style.reverse for s in segments)


async def test_stepping_in_time_and_between_lanes(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        chart = await open_timeline(app)
        assert chosen(chart) == "joint-venture"
        app.shows("late 1990s; some time in 1995–1999; stated")
        await app.press("ctrl+n")
        app.shows("late 1990s; EDTF [1995..1999], some time in 1995–1999; stated")
        await app.press("ctrl+n")
        await app.press("right", "right", "right", "l")
        assert chosen(chart) == "breeding-company"
        await app.press("right")
        assert chosen(chart) == "breeding-company"
        await app.press("left")
        assert chosen(chart) == "chilean-production"
        await app.press("up")
        assert chosen(chart) == "european-exports"
        await app.press("k", "k")
        assert chart.chosen
        assert chart.chosen.event.lane == "Asiro, Iwate"
        await app.press("up")
        assert chart.chosen.event.lane == "Asiro, Iwate"
        app.shows("inferred:")
        await app.press("G")
        assert chosen(chart) == "breeding-company"
        await app.press("g", "j", "j", "j", "j", "j", "j")
        assert chart.chosen.lane == -1
        app.shows("Event Decades of LDP rule")


async def test_zooming_keeps_the_chosen_event_in_view(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        chart = await open_timeline(app)
        await app.press("right", "right", "right")
        assert chosen(chart) == "chilean-production"
        await app.press("plus", "plus")
        app.shows("Contract growing in Chile")
        await app.press(*["plus"] * 8)
        app.shows("Contract growing in Chile")
        assert chart.window
        assert chart.window.days[1] - chart.window.days[0] <= 31
        assert "2003" in app.text.splitlines()[1]
        await app.press(*["minus"] * 16)
        app.shows("Contract growing in Chile")
        assert chart.window.days[1] - chart.window.days[0] > 100 * 366
        await app.press("asterisk")
        app.shows("Joint venture", "Red Rindo company")


async def test_panning_stops_before_nothing_is_left(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        chart = await open_timeline(app)
        for keys in (["full_stop"] * 9, ["comma"] * 19):
            await app.press(*keys)
            assert chart.window
            assert chart.chart
            assert chart.chart.extent
            first, last = chart.window.days
            assert first <= chart.chart.extent[1]
            assert last >= chart.chart.extent[0]
        app.shows("1▸")
        await app.press("right")
        app.shows("Exports to Europe")


async def test_the_mouse_zooms_moves_and_chooses(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        chart = await open_timeline(app)
        before = chart.window
        assert before is not None

        def wheel(kind: type[MouseScrollUp] | type[MouseScrollDown], x: int, shift: bool) -> None:
            chart.post_message(kind(chart, x, 5, 0, 0, 0, shift, False, False, x, 6))

        wheel(MouseScrollUp, 50, False)
        await app.settle()
        assert chart.window
        assert chart.window.ruler.step.months < before.ruler.step.months
        first = chart.window.first
        wheel(MouseScrollDown, 50, True)
        await app.settle()
        assert chart.window.first > first
        await app.press("asterisk")
        assert chart.window == before
        row = next(y for y, line in enumerate(app.text.splitlines()) if "Red Rindo" in line)
        await app.pilot.click(
            LaneChart, offset=(app.text.splitlines()[row].index("Red Rindo"), row - 1)
        )
        await app.settle()
        assert chosen(chart) == "breeding-company"
        await app.pilot.mouse_down(LaneChart, offset=(60, 3))
        await app.pilot.hover(LaneChart, offset=(40, 3))
        await app.pilot.mouse_up(LaneChart, offset=(40, 3))
        await app.settle()
        assert chart.window.first == before.first + 20


async def test_a_count_opens_its_events(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        chart = await open_timeline(app)
        assert chart.chart is not None
        chart.choose(chart.chart.background.items[0])
        await app.settle()
        lines = app.text.splitlines()
        row = next(y for y, line in enumerate(lines) if "+5" in line)
        await app.pilot.click(LaneChart, offset=(lines[row].index("+5"), row - 1))
        await app.settle()
        app.shows("5 events", "Policy")
        await app.press("down", "enter")
        assert chart.chosen is not None
        assert chart.chosen.lane == -1
        label = chart.chosen.event.short
        app.shows(f"Event {label}")
        await app.press("o")
        app.shows(label)
        await app.press("home")
        app.shows("Growers' association")
        await app.press("escape")


async def test_lanes_and_what_policy_did(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        chart = await open_timeline(app)
        app.shows("7 events by place", "Policy")
        await app.press("O")
        app.hides("Policy", "LDP")
        await app.press("V")
        app.shows("7 events by entry", "Asiro gentian")
        assert chosen(chart) == "joint-venture"
        await app.press("V")
        app.shows("7 events by kind", "Founding", "Production", "Export")
        await app.press("V")
        app.shows("by place")


async def test_policy_is_a_faint_band_until_somebody_goes_there(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        chart = await open_timeline(app)
        band = next(line for line in app.text.splitlines() if line.startswith(" Policy"))
        assert set(band.removeprefix(" Policy")) <= set(" ◂▸░")
        app.hides("LDP")
        await app.press(*["down"] * 6)
        assert chart.chosen is not None
        assert chart.chosen.lane == -1
        app.shows("LDP", "Event " + chart.chosen.event.short)
        await app.press("up")
        app.hides("LDP")
        row = next(y for y, line in enumerate(app.text.splitlines()) if line.startswith(" Policy"))
        await app.pilot.click(LaneChart, offset=(40, row - 1))
        await app.settle()
        assert chart.chosen.lane == -1
        app.shows("LDP")


async def test_the_filter_is_seen_at_once(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 40)) as app:
        chart = await open_timeline(app)
        await app.press("f")
        app.shows("Filter the events", "[ ] export 1", "Chile and America 1")
        await app.press("shift+tab", "text:2003-2004")
        assert chart.chart is not None
        assert {one.key for one in chart.chart.events} == {
            "european-exports", "chilean-production", "association", "registration",
        }  # fmt: skip
        await app.press("enter", "G", "enter")
        app.shows("[x] only events that certainly")
        assert [one.key for one in chart.chart.events] == ["chilean-production"]
        await app.press("escape")
        app.shows("1 event by place, filtered")
        await app.press("x")
        app.shows("7 events by place")


async def test_years_that_are_none_are_told_and_change_nothing(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        chart = await open_timeline(app)
        await app.press("f", "shift+tab", "text:[/b] 99")
        app.shows("These are not years")
        await app.press("escape")
        assert chart.chart is not None
        assert len(chart.chart.events) == 7


async def test_the_looks_of_certain_and_possible(niches: Book, drive: Drive) -> None:
    """The styles of the chart by name, line by line: what colours are resolved from."""
    async with drive(niches) as app:
        chart = await open_timeline(app)
        lines = [chart.line(y) for y in range(chart.size.height)]
        looks = [
            f"{line.text.rstrip()}\n"
            + " ".join(f"{run.start}-{run.end}:{run.style}" for run in line.runs)
            for line in lines
        ]
        check_golden("timeline-looks-80x24", "\n".join(looks))
        bars = [
            chart.style_named(name).color for name in ("certain", "possible", "policy", "muted")
        ]
        assert bars[0] == bars[1] != bars[2]


async def test_the_citation_opens_its_paragraph_and_the_event_its_page(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches) as app:
        await open_timeline(app)
        await app.press("tab", "right", "enter")
        app.shows("¶61", "Mitsui 2010")
        await app.press("escape", "escape", "enter")
        app.shows("late 1990s (New Zealand)")
        assert type(app.app.screen).__name__ == "ReaderScreen"


async def test_it_opens_from_everywhere(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 40)) as app:
        await app.press("down", "enter", "t")
        assert "Library › Asiro gentian alliance › Timeline   " in app.text
        await app.press("p", "escape", "escape", "ctrl+l")
        app.shows("Timeline: Niches abroad", "110 events", "lanes 1-")
        await app.press("escape")
        app.app.pick("nosaku")
        await app.press("c", "t")
        app.shows("Timeline: Asiro gentian alliance, Nosaku", "by entry")
        await app.press("escape", "escape", "slash", "text:gentian", "enter")
        app.app.screen.action_timeline_of_list() if type(
            app.app.screen
        ).__name__ == "LibraryScreen" else None
        await app.settle()
        app.app.screen.action_timeline_of_tray()
        await app.settle()
        app.shows("Asiro gentian alliance, Nosaku")


async def test_a_timeline_is_kept_under_a_name_and_opens_as_it_was(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches) as app:
        await open_timeline(app, ASIRO, "nosaku")
        await app.press("f", "shift+tab", "text:1995-2004", "escape", "V")
        app.shows("by kind, filtered")
        await app.press("S", "text:Two paces", "enter")
        await app.press("escape", "b", "V", "V", "V")
        app.shows("Two paces")
        while "Two paces" not in app.text.splitlines()[app.app.screen.focused.cursor + 2]:
            await app.press("down")
        await app.press("enter")
        app.shows("Timeline: Asiro gentian alliance, Nosaku", "by kind, filtered")


async def test_writing_to_a_file(niches: Book, drive: Drive, tmp_path: Path) -> None:
    async with drive(niches) as app:
        await open_timeline(app)
        await app.press("E", "down", "space", "tab", "ctrl+u")
        app.app.screen.query_one("Input").value = str(tmp_path / "asiro.csv")
        await app.press("enter")
        written = (tmp_path / "asiro.csv").read_text(encoding="utf-8-sig")
        assert "late 1990s" in written
        await app.press("E", "tab")
        app.app.screen.query_one("Input").value = str(tmp_path / "asiro.csv")
        await app.press("enter")
        app.shows("This file exists. Press enter again to replace it.")
        assert (tmp_path / "asiro.csv").read_text(encoding="utf-8-sig") == written
        await app.press("enter")
        assert (tmp_path / "asiro.csv").read_text(encoding="utf-8").startswith("<svg")
        app.app.clear_notifications()
        await app.press("E", "tab")
        app.app.screen.query_one("Input").value = "/nowhere/at/all.svg"
        await app.press("enter")
        app.shows("cannot be written")


async def test_reading_and_copying(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await open_timeline(app)
        copied: list[str] = []
        app.app.copy_to_clipboard = copied.append
        await app.press("y")
        assert copied[0].startswith("late 1990s: A New Zealand research institute")
        assert "[Mitsui 2010 ¶61]\n" in copied[0]
        await app.press("i")
        app.shows("3. late 1990s (New Zealand)", "After Decision and search, as told")
        await app.press("escape")
        app.shows("7 events by place")


async def test_a_case_without_events_says_so(
    write_pack: Callable[..., Path], drive: Drive, tmp_path: Path
) -> None:
    from casebook.pack.build import build_book

    build_book(write_pack(), tmp_path / "small.sqlite")
    with open_book(tmp_path / "small.sqlite") as book:
        async with drive(book) as app:
            await open_timeline(app, "takaoka")
            app.shows("No events are known.")
            await app.press("right", "down", "plus", "asterisk", "C", "o", "i")
            app.shows("No events are known")


async def test_one_line_in_the_preview_and_on_the_page(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press("down")
        app.shows("─ 1995 ░░░░░░░░◆░◆ 2005, 3 vague ─")
        await app.press("enter")
        app.shows("Timeline 1995 ░░░░░░░░◆░◆ 2005, 3 vague")


async def test_words_of_others_are_never_markup(
    write_pack: Callable[..., Path], drive: Drive, tmp_path: Path
) -> None:
    from casebook.pack.build import build_book
    from tests.conftest import SMALL_PACK

    nosaku = SMALL_PACK["firms/nosaku.md"]
    hostile = nosaku.replace("what: A wind-bell sells", "what: A [b [/b] [[ bell").replace(
        "title: Nosaku", "title: 'Nosaku [b [[ [/]'"
    )
    build_book(write_pack({"firms/nosaku.md": hostile}), tmp_path / "x.sqlite")
    with open_book(tmp_path / "x.sqlite") as book:
        async with drive(book) as app:
            chart = await open_timeline(app, "nosaku")
            app.shows("Nosaku [b [[ [/]", "A [b [/b] [[ bell")
            for key in ("V", "V", "z", "escape", "f", "escape", "o", "escape", "C", "i", "escape"):
                await app.press(key)
            assert chart.chosen is not None


async def test_a_frame_leaves_nothing_to_the_garbage_collector(niches: Book, drive: Drive) -> None:
    """Looking for garbage among ten thousand events takes longer than a frame may."""
    async with drive(niches, (160, 48)) as app:
        chart = await open_timeline(app)

        def draw() -> None:
            chart.action_zoom(1)
            chart.action_pan(1)
            for y in range(chart.size.height):
                chart.render_line(y)

        draw()
        gc.collect()
        gc.disable()
        try:
            draw()
            assert gc.collect() == 0
        finally:
            gc.enable()


async def test_events_without_a_date_are_folded_until_somebody_goes_there(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches) as app:
        chart = await open_timeline(app)
        app.shows("No date 1 event: Growers' association")
        await app.press(*["down"] * 4)
        assert chosen(chart) == "association"
        app.shows("Growers' association, no date given")
        await app.press("up")
        app.hides("Growers' association, no date given")
        row = next(y for y, line in enumerate(app.text.splitlines()) if "No date" in line)
        await app.pilot.click(LaneChart, offset=(40, row - 1))
        await app.settle()
        assert chosen(chart) == "association"
        await app.press("C")
        app.shows("From Growers' association; C stops measuring")
        await app.press("V")
        app.shows("by entry")
        assert chosen(chart) == "association"
