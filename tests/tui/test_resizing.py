"""A terminal whose size changes: the page, the focus, the filter, the timeline, the cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.geometry import Region
from textual.strip import Strip

from casebook.book.connection import Book
from casebook.timeline.scale import STEPS
from casebook.timeline.text_chart import whole_window
from tests.tui.conftest import Driven
from tui.widgets.covered import CoveredBox
from tui.widgets.document_view import DocumentView
from tui.widgets.line_view import LineView

Drive = Callable[..., Any]


async def _resize(app: Driven, *sizes: tuple[int, int]) -> None:
    for size in sizes:
        await app.pilot.resize_terminal(*size)
        await app.settle()


async def test_a_screen_is_laid_out_for_its_size_at_once(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: dict[str, set[tuple[int, int]]] = {}
    resized = LineView.on_resize

    def noting(view: LineView) -> None:
        sizes.setdefault(view.id or "", set()).add(view.size)
        resized(view)

    monkeypatch.setattr(LineView, "on_resize", noting)
    async with drive(shipped, (120, 40)) as app:
        await app.press("down", "enter")
    assert sizes["entries"] == {(120, 21)}
    assert len(sizes["page"]) == 1


async def test_a_long_list_is_drawn_with_its_scroll_bar_at_once(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    bars: list[bool] = []
    drawn = LineView.render_lines

    def noting(view: LineView, crop: Region) -> list[Strip]:
        if view.id == "entries":
            bars.append(bool(view.vertical_scrollbar.region.area))
        return drawn(view, crop)

    monkeypatch.setattr(LineView, "render_lines", noting)
    async with drive(shipped, (120, 40)):
        assert bars
    assert all(bars)


async def test_what_lies_behind_has_no_colour_where_there_is_to_be_none(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with drive(shipped, (80, 24)) as app:
        for box in (app.app.screen, *app.app.screen.query(CoveredBox)):
            lines = box.render_lines(Region(0, 0, 3, 2))
            assert [line.text for line in lines] == ["   "] * 2
            colours = [segment.style.bgcolor for line in lines for segment in line if segment.style]
            assert all(colour is None or len(set(colour.triplet or ())) == 1 for colour in colours)


async def test_a_page_without_width_and_back(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 40)) as app:
        await app.press("down", "enter", "right")
        view = app.app.screen.query_one("#page", DocumentView)
        for action in (
            view.action_next_section,
            view.action_previous_section,
            view.action_next_link,
            view.action_previous_link,
            view.action_bottom,
            view.action_top,
            lambda: view.find("gentian"),
            lambda: view.step_match(1),
            lambda: view.go_to("passage:1"),
            lambda: view.show_again(view.document),
            lambda: view.go_to_place(*view.place),
        ):
            await _resize(app, (30, 10))
            action()
            await _resize(app, (120, 40))
            action()
            await app.settle()
        app.shows("Asiro gentian alliance")


@pytest.mark.parametrize(
    "keys",
    [(), ("enter",), ("slash",), ("f",), ("question_mark",), ("a",), ("ctrl+p",), ("t",), ("b",)],
)
async def test_the_focus_stays_where_it_was(
    keys: tuple[str, ...], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (80, 24)) as app:
        await app.press("down", *keys)
        before = app.app.focused
        assert before is not None
        for size in [(40, 12), (59, 24), (80, 19)]:
            await _resize(app, size, (80, 24))
            assert app.app.focused is before


@pytest.mark.parametrize("keys", [(), ("enter",), ("t",), ("question_mark",)])
async def test_what_is_opened_on_a_small_terminal_has_the_focus_later(
    keys: tuple[str, ...], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (80, 24)) as app:
        await app.press("down", *keys)
        expected = app.app.focused.id
    async with drive(shipped, (50, 15)) as app:
        await _resize(app, (80, 24))
        await app.press("down", *keys)
        assert app.app.focused.id == expected


async def test_what_is_hidden_gives_the_focus_away(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (200, 60)) as app:
        app.app.screen.facets.focus()
        await app.settle()
        assert app.app.focused is app.app.screen.facets
        await _resize(app, (120, 40))
        assert app.app.focused is app.app.screen.entries
        app.app.screen.set_focus(app.app.screen.search_box)
        await _resize(app, (30, 10), (200, 60))
        assert app.app.focused is app.app.screen.search_box


async def test_the_filter_is_filled_when_there_is_room_for_it(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        app.hides("[ ] alliance")
        await _resize(app, (200, 60))
        app.shows("Kind", "[ ] alliance", "Outcome")


async def test_a_whole_timeline_fits_itself_to_another_width(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (80, 24)) as app:
        await app.press("down", "t")
        chart = app.app.screen.lane_chart
        for size in [(200, 60), (60, 20), (30, 10), (120, 40)]:
            await _resize(app, size)
            if size != (30, 10):
                assert chart.window == whole_window(chart.chart, chart.window.width)
                app.shows(chart.chart.lanes[0].name)
        await app.press("down", "down", "down")
        await _resize(app, (60, 20), (120, 40))
        app.shows(chart.chart.lanes[0].name)


async def test_a_stretch_of_time_that_was_chosen_stays_in_the_window(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (80, 24)) as app:
        await app.press("down", "t", "plus", "plus")
        chart = app.app.screen.lane_chart
        before = chart.window
        first, last = before.days
        for size in [(120, 40), (81, 25), (200, 60), (60, 20), (30, 10), (80, 24)] * 3:
            await _resize(app, size)
            if size != (30, 10):
                left, right = chart.window.days
                assert left <= first
                assert last <= right
                # No coarser than need be: with finer cells it would have no room.
                ruler, width = chart.window.ruler, chart.window.width
                finer = ruler.with_step(STEPS[STEPS.index(ruler.step) - 1])
                assert finer.cells_of(last)[1] - finer.cells_of(first)[0] >= width
        assert chart.window == before


async def test_a_stretch_is_chosen_anew_at_another_width(shipped: Book, drive: Drive) -> None:
    """What is zoomed and moved after a change of size is what the next one keeps."""
    async with drive(shipped, (80, 24)) as app:
        await app.press("down", "t", "plus", "plus")
        chart = app.app.screen.lane_chart
        await _resize(app, (120, 40))
        await app.press("minus", "comma")
        first, last = chart.window.days
        await _resize(app, (80, 24))
        left, right = chart.window.days
        assert left <= first
        assert last <= right


@pytest.mark.parametrize("shape", [(80, 20), (60, 20), (200, 21), (120, 60)])
async def test_the_cursor_of_a_list_stays_in_sight(
    shape: tuple[int, int], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (80, 30)) as app:
        entries = app.app.screen.entries

        def is_in_sight() -> bool:
            return bool(0 <= entries.cursor - entries.scroll_offset.y < entries.size.height)

        for keys in (("G",), ("g",), ("slash", "text:gentian", "down", "down", "down", "down")):
            await app.press(*keys)
            assert is_in_sight()
            await _resize(app, shape)
            assert is_in_sight()
            await _resize(app, (80, 30))
            assert is_in_sight()


async def test_the_cursor_is_in_sight_on_coming_back_to_a_list_that_is_lower(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (120, 40)) as app:
        await app.press("G", "enter")
        await _resize(app, (60, 20))
        await app.press("escape")
        entries = app.app.screen.entries
        assert 0 <= entries.cursor - entries.scroll_offset.y < entries.size.height


async def test_the_cursor_is_in_sight_after_a_search(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (80, 24)) as app:
        entries = app.app.screen.entries

        def is_in_sight() -> bool:
            return bool(0 <= entries.cursor - entries.scroll_offset.y < entries.size.height)

        await app.press("G")
        entries.scroll_to(y=0, animate=False, immediate=True)
        # Of a list that is as short as its view the cursor goes back into one that is longer.
        for words in ("firm", "zzqqzz", "new zealand"):
            for way in (("G", "slash", f"text:{words}"), ("down",) * 3, ("escape",)):
                await app.press(*way)
                assert is_in_sight()
        # Two steps before the first is drawn: the second starts where the list will be.
        entries.cursor = 100
        entries.cursor = 5
        await app.settle()
        assert is_in_sight()


async def test_on_a_terminal_that_is_too_small_quit_alone_does_something(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (80, 24)) as app:
        await app.press("down", "enter", "ctrl+f")
        await _resize(app, (40, 12))
        for key in ("p", "c", "x", "down", "enter", "escape", "tab", "slash", "A", "ctrl+t"):
            await app.press(key)
        assert not app.app.picked
        await _resize(app, (80, 24))
        assert app.app.screen.pane.is_typing
        assert app.app.focused.value == ""
        await app.press("escape")
        await _resize(app, (40, 12))
        await app.press("ctrl+c")
        app.notices("quit")
        await app.press("q")
        assert app.app.return_code == 0


async def test_the_place_on_a_page_stays_where_the_facts_move_beside_it(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        app.app.open_entry("asiro-gentian-alliance")
        await app.settle()
        await app.press("pagedown", "pagedown")
        view = app.app.screen.query(DocumentView).first()
        before = view.place
        assert before[0] != "top"
        for size in ((200, 60), (80, 24)):
            await app.pilot.resize_terminal(*size)
            await app.settle()
            assert view.place == before
