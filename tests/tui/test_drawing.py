"""Views draw what has changed, and draw it as Textual would."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from casebook.book.connection import Book
from tui.textual_private.drawing import PlainScrollBar
from tui.widgets.document_view import DocumentView
from tui.widgets.line_view import Line, LineView
from tui.widgets.map_view import MapView

Drive = Callable[..., Any]


def _looks(strip: Strip) -> list[tuple[str, object]]:
    """A row letter by letter, with its colours: how it is cut into segments does not matter."""
    return [
        (letter, style and (style.color, style.bgcolor, style.bold, style.reverse))
        for text, style, _ in strip
        for letter in text
    ]


@pytest.mark.parametrize("keys", [("j", "enter", "right", "tab"), ("t",), ("m",), ("tab",)])
async def test_views_draw_what_textual_would(
    keys: tuple[str, ...], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (200, 60)) as app:
        await app.press(*keys)
        screen = app.app.screen
        views = [view for view in screen.query(LineView) if view.display and view.size]
        bars = [bar for bar in screen._compositor.visible_widgets if type(bar) is PlainScrollBar]
        assert views
        for widget in [*views, *bars]:
            region = Region(0, 0, *widget.outer_size)
            drawn = widget.render_lines(region)
            by_textual = Widget.render_lines(widget, region)
            assert [*map(_looks, drawn)] == [*map(_looks, by_textual)], widget
            taller = Region(0, 0, region.width, region.height + 2)
            assert len(widget.render_lines(taller)) == taller.height
            part = Region(2, 1, region.width - 3, region.height - 2)
            if part.area:
                by_textual = Widget.render_lines(widget, part)
                assert [*map(_looks, widget.render_lines(part))] == [*map(_looks, by_textual)]


async def test_a_scroll_bar_answers_the_mouse(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (80, 24)) as app:
        bar = app.app.screen.entries.vertical_scrollbar
        assert isinstance(bar, PlainScrollBar)
        region = Region(0, 0, *bar.outer_size)
        rows, by_textual = bar.render_lines(region), ScrollBar.render_lines(bar, region)
        assert [*map(_looks, rows)] == [*map(_looks, by_textual)]
        metas = [[segment.style.meta for segment in row if segment.style] for row in rows]
        assert metas == [[s.style.meta for s in row if s.style] for row in by_textual]
        await app.pilot.click(bar, offset=(0, bar.size.height - 1))
        await app.settle()
        assert app.app.screen.entries.scroll_offset.y > 0


async def test_only_lines_that_are_new_or_changed_are_made(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    made_by = DocumentView.line

    def noting(view: DocumentView, y: int) -> Line:
        if view.id == "page":
            made.append(y)
        return made_by(view, y)

    async with drive(shipped, (80, 24)) as app:
        app.app.open_entry("asiro-gentian-alliance")
        await app.settle()
        view = app.app.screen.query_one("#page", DocumentView)
        await app.press("right", "right")
        await app.press("j", "k")
        monkeypatch.setattr(DocumentView, "line", noting)
        await app.press("j")
        assert not made, "all these lines were seen before"
        before = view.chosen
        await app.press("right")
        assert made
        assert before != view.chosen
        of_targets = {row for number in (before, view.chosen) for row in _rows(view, number)}
        assert set(made) <= of_targets


def _rows(view: DocumentView, target: int) -> range:
    """The lines of the block that a target stands in."""
    block = view._place_of(target)[0]
    return range(view._row_at(block, 0), view._row_at(block, 10_000) + 1)


async def test_a_step_on_the_map_draws_the_rows_that_differ(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    made_by = MapView.line

    def noting(view: MapView, y: int) -> Line:
        made.append(y)
        return made_by(view, y)

    async with drive(shipped, (120, 40)) as app:
        app.app.open_map(["asiro-gentian-alliance"])
        await app.settle()
        monkeypatch.setattr(MapView, "line", noting)
        await app.press("right", "right", "left")
        view = app.app.screen.query_one(MapView)
        assert made
        assert len(made) < view.size.height
        drawn = view.render_lines(Region(0, 0, *view.outer_size))
        view.notify_style_update()
        assert [*map(_looks, view.render_lines(Region(0, 0, *view.outer_size)))] == [
            *map(_looks, drawn)
        ]


@pytest.mark.parametrize(
    ("opened", "dear"),
    [
        ("open_map", "casebook.places.drawing.ways_of"),
        ("open_timeline", "tui.screens.timeline_choice.arranged"),
    ],
)
async def test_what_is_of_a_whole_book_is_laid_out_away_from_the_keyboard(
    opened: str, dear: str, shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    module, _, name = dear.rpartition(".")
    made_by = getattr(importlib.import_module(module), name)

    def noting(*given: Any, **named: Any) -> Any:
        threads.append(threading.current_thread())
        return made_by(*given, **named)

    monkeypatch.setattr(dear, noting)
    async with drive(shipped, (120, 40)) as app:
        getattr(app.app, opened)(None)
        await app.settle()
        await app.app.workers.wait_for_complete()
        await app.settle()
        app.shows(app.app.book.info.title)
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()
