"""The mouse: what is selected is seen, a drag never clicks, and what looks like a button is one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.events import MouseDown, MouseEvent, MouseMove, MouseUp

from casebook.book.connection import Book
from casebook.notebook import notes, open_notebook
from tests.tui.conftest import Driven, screen_text
from tui.screens.comparison import ComparisonScreen
from tui.screens.reader import ReaderScreen
from tui.widgets.bars import KeyBar, TitleBar
from tui.widgets.document_view import DocumentView
from tui.widgets.selection_bar import SelectionBar

Drive = Callable[..., Any]

ASIRO = "asiro-gentian-alliance"


async def _open(app: Driven, slug: str = ASIRO) -> DocumentView:
    app.app.open_entry(slug)
    await app.settle()
    return app.app.screen.query_one("#page", DocumentView)


async def _drag(
    app: Driven, start: tuple[int, int], end: tuple[int, int], where: str = "#page"
) -> None:
    """Presses the mouse on a cell of a widget, moves it and lets it go, as a terminal tells it."""
    region = app.app.screen.query_one(where).region
    between = (start[0] + end[0]) // 2, end[1]
    for kind, (x, y) in (
        (MouseDown, start),
        (MouseMove, between),
        (MouseMove, end),
        (MouseUp, end),
    ):
        await _send(app, kind, x + region.x, y + region.y)


async def _click(app: Driven, x: int, y: int, where: str = "#page") -> None:
    region = app.app.screen.query_one(where).region
    for kind in (MouseDown, MouseUp):
        await _send(app, kind, x + region.x, y + region.y)


async def _send(app: Driven, kind: type[MouseEvent], x: int, y: int) -> None:
    # Not through Textual's pilot: it passes by the part of the app that makes clicks.
    driver = app.app._driver
    assert driver is not None
    driver.send_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
    await app.settle()


def _contrast(style: Style) -> float:
    """How much words differ from what is behind them, as the W3C counts it: 1 is not at all."""

    def luminance(color: RichColor) -> float:
        parts = [part / 255 for part in Color.from_rich_color(color).rgb]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert style.color is not None
    assert style.bgcolor is not None
    low, high = sorted((luminance(style.color), luminance(style.bgcolor)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["casebook-dark", "casebook-light", "textual-dark", "nord"])
async def test_selected_words_are_seen(theme: str, shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        view = await _open(app)
        app.app.theme = theme
        await app.settle()
        plain = view.render_line(3)
        await _drag(app, (0, 2), (60, 6))
        selected = view.render_line(3)
        assert selected.text == plain.text
        for segment in selected:
            if segment.text.strip():
                assert segment.style is not None
                assert _contrast(segment.style) >= 4.5, (segment.text, segment.style)
        backs = {segment.style.bgcolor for segment in selected if segment.style}
        assert backs != {segment.style.bgcolor for segment in plain if segment.style}
        of_screen = app.app.screen.get_component_rich_style("screen--selection")
        assert _contrast(of_screen) >= 4.5


async def test_a_drag_that_ends_on_a_link_selects_and_follows_nothing(
    shipped: Book, drive: Drive, tmp_path: Path
) -> None:
    async with drive(shipped) as app:
        view = await _open(app)
        reader = app.app.screen
        number, (block, (start, _)) = next(enumerate(view._prepared.target_spans))
        y = view._row_of(number)
        x = 1 + start - view._rows[y].span[0] + 2
        assert view.line(y).runs[-1].start <= x
        await _drag(app, (1, y - 1), (x, y))
        assert app.app.screen is reader
        assert view.chosen is None
        words = view.document.blocks[block].text.plain
        begin, end = dict(view.selected_spans)[block]
        await app.press("A")
        assert not app.app.screen.selections
        # The same place is a link still, for a click.
        await _click(app, x, y)
        assert app.app.screen is not reader
    with open_notebook(tmp_path / "notebook.sqlite") as kept:
        (note,) = notes.all_notes(kept)
    assert note.target.entry == ASIRO
    assert note.target.quote is not None
    assert note.target.quote.exact == words[begin:end]


async def test_a_drag_in_a_list_opens_nothing(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await app.press("down")
        row = app.app.screen.entries.cursor
        await _drag(app, (5, row + 2), (5, row), "#entries")
        assert len(app.app.screen_stack) == 1
        assert app.app.screen.entries.cursor == row


async def test_a_selection_goes_when_other_words_stand_in_its_place(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        view = await _open(app)
        for change in ("another page", "another width", "no room"):
            await _drag(app, (3, 2), (40, 4))
            assert view.selected_spans
            if change == "another page":
                app.app.open_entry("nosaku")
            else:
                size = (70, 24) if change == "another width" else (30, 10)
                await app.pilot.resize_terminal(*size)
            await app.settle()
            assert not app.app.screen.selections
            assert not app.app.screen.query(SelectionBar)
            if change == "another page":
                await app.press("escape")
            await app.pilot.resize_terminal(80, 24)
            await app.settle()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_a_bar_beside_the_selection_offers_what_can_be_done(
    size: tuple[int, int], shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, size) as app:
        view = await _open(app)
        # The lowest line with words: nothing is selected of an empty one.
        low = max(y for y in range(view.size.height) if view.line(y).text.strip())
        lines = ((2, 4), (low - 3, low), (low, low), (0, low))
        for column, (first, last) in enumerate(lines, 40):  # twice on one cell is a double click
            await _drag(app, (2, first), (column, last))
            bar = app.app.screen.query_one(SelectionBar)
            for words in ("highlight", "copy with citation", "note", "esc close"):
                assert words in bar._words
                app.shows(words)
            y = bar.region.y - view.content_region.y
            assert 0 <= y < view.size.height
            if (first, last) != (0, low):
                assert not first <= y <= last
            await app.press("escape")
            assert isinstance(app.app.screen, ReaderScreen)
            assert not app.app.screen.selections
            assert not app.app.screen.query(SelectionBar)
        await app.press("escape")
        assert not isinstance(app.app.screen, ReaderScreen)


async def test_the_buttons_of_the_bar_do_what_they_say(
    shipped: Book, drive: Drive, tmp_path: Path
) -> None:
    async with drive(shipped) as app:
        view = await _open(app)
        app.app.choose_style("book")

        async def click(words: str) -> None:
            bar = app.app.screen.query_one(SelectionBar)
            await _click(app, bar._words.index(words), 0, "SelectionBar")

        await _drag(app, (1, 2), (20, 2))
        await click("copy")
        copied = view.document.blocks[view.selected_spans[0][0]].text.plain[:20]
        assert app.app.clipboard.startswith(copied)
        assert "[Mitsui 2010 ¶61-64]" in app.app.clipboard
        assert app.app.screen.selections
        await click("note")
        await app.press("text:mine", "ctrl+s")
        assert not app.app.screen.query(SelectionBar)
        await _drag(app, (1, 2), (20, 2))
        await click("highlight")
        assert not app.app.screen.query(SelectionBar)
        app.hides("esc close")
        await _drag(app, (1, 2), (20, 2))
        await click("close")
        app.hides("esc close")
        assert not app.app.screen.selections
        assert isinstance(app.app.screen, ReaderScreen)
    with open_notebook(tmp_path / "notebook.sqlite") as kept:
        found = notes.all_notes(kept)
    assert {note.text for note in found} == {"mine", ""}
    for note in found:
        assert note.target.quote is not None
        assert note.target.quote.exact == copied


async def test_the_bar_follows_the_page_and_offers_only_what_is_there(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        await _open(app)
        await _drag(app, (2, 8), (40, 10))
        bar = app.app.screen.query_one(SelectionBar)
        before = bar.region.y
        await app.press("down", "down")
        assert bar.region.y == before - 2
        app.app.open_glossary()
        await app.settle()
        await _drag(app, (2, 3), (20, 3))
        assert "highlight" not in app.app.screen.query_one(SelectionBar)._words
        await app.press("ctrl+y")
        app.notices("Copied.")


async def test_what_looks_like_a_button_answers_a_click(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        await app.press("down", "p", "down", "p", "f")
        facets = app.app.screen.facets
        row = next(y for y in range(facets.line_count) if facets.can_choose(y))
        await app.pilot.click("#facets", offset=(2, row + 1))
        await app.settle()
        assert app.app.screen.chosen, "a box is ticked by one click"
        await app.press("x")
        line = screen_text(app.app).splitlines()[0]
        await app.pilot.click(TitleBar, offset=(5, 0))
        await app.settle()
        assert len(app.app.screen_stack) == 1
        await app.pilot.click(TitleBar, offset=(line.index("Comparing") + 2, 0))
        await app.settle()
        assert isinstance(app.app.screen, ComparisonScreen)
        keys = screen_text(app.app).splitlines()[-1]
        await app.pilot.click(KeyBar, offset=(keys.index("back"), 0))
        await app.settle()
        assert len(app.app.screen_stack) == 1
