"""One key after the other, on screens of any size, and what a failure does to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.events import Key

from casebook.book import pages
from casebook.book.connection import Book
from casebook.book.filters import FACETS, EntryFilter
from casebook.errors import BookError
from tui.safe_output import ScreenedLines
from tui.widgets.document_view import DocumentView
from tui.widgets.line_view import LineView

Drive = Callable[..., Any]


async def test_keys_that_come_at_once_do_what_they_do_one_by_one(
    shipped: Book, drive: Drive
) -> None:
    letters = [Key(letter, letter) for letter in "gentain"]
    async with drive(shipped, (100, 30)) as app:
        for event in (Key("slash", "/"), *letters, Key("enter", "\r"), Key("right", None)):
            app.app.post_message(event)
        await app.settle()
        app.shows("Asiro gentian alliance", "alliance, success")
        assert (
            app.app.screen.query(DocumentView).first().chosen == 1
        )  # after a word of the glossary
        # The box gets what comes while it is made, and the screen below what comes after it.
        for event in (Key("question_mark", "?"), Key("escape", None), Key("t", "t")):
            app.app.post_message(event)
        await app.settle()
        app.shows("› Timeline")


async def test_a_second_quick_escape_does_not_leave_the_page(niches: Book, drive: Drive) -> None:
    async with drive(niches, (100, 30)) as app:
        await app.press("j", "enter", "question_mark")
        for _ in range(2):
            app.app.post_message(Key("escape", None))
        await app.settle()
        app.shows("alliance, success")
        await app.press("escape")
        app.shows("115 entries")


async def test_keys_do_nothing_on_a_terminal_that_is_too_small(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (100, 30)) as app:
        await app.press("j", "tab")
        before = app.app.focused
        await app.pilot.resize_terminal(30, 10)
        await app.press("p", "enter", "question_mark", "ctrl+p")
        app.shows("Casebook needs a terminal of at least 60×20")
        assert not app.app.tray
        assert len(app.app.screen_stack) == 1
        await app.pilot.resize_terminal(100, 30)
        await app.settle()
        assert app.app.focused is before
        await app.press("shift+tab", "p")
        assert len(app.app.tray) == 1
        await app.pilot.resize_terminal(30, 10)
        app.app.post_message(Key("q", "q"))
        await app.settle()
        assert app.app.return_code == 0
        assert app.app._exit


@pytest.mark.parametrize("key", ["a", "ctrl+p", "question_mark", "E"])
async def test_a_box_gives_way_on_a_terminal_that_is_too_small(
    key: str, shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (100, 30)) as app:
        await app.press(key)
        before, depth = app.app.focused, len(app.app.screen_stack)
        await app.pilot.resize_terminal(40, 10)
        await app.press("x", "escape", "enter")
        app.shows("Casebook needs a terminal of at least 60×20")
        assert len(app.app.screen_stack) == depth
        await app.pilot.resize_terminal(100, 30)
        await app.settle()
        assert app.app.focused is before


async def test_a_page_that_was_shown_without_width_has_its_sections(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches, (120, 40)) as app:
        await app.press("j", "enter")
        view = app.app.screen.query(DocumentView).first()
        await app.pilot.resize_terminal(30, 10)
        view.action_next_section()
        view.action_previous_section()
        await app.pilot.resize_terminal(120, 40)
        await app.settle()
        await app.press("right_square_bracket", "left_square_bracket")
        app.shows("Asiro gentian alliance")


async def test_a_failure_is_told_on_its_screen_and_ends_nothing(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise BookError("This page is damaged.")

    async with drive(shipped, (100, 30)) as app:
        with monkeypatch.context() as patched:
            patched.setattr(pages, "page", broken)
            await app.press("j", "enter")
            app.notices("This page is damaged.")
            await app.press("escape")
            # In a line, in an action, and in a worker.
            patched.setattr(LineView, "line", broken)
            patched.setattr(type(app.app.screen.entries), "line", broken)
            patched.setattr(type(app.app.screen), "action_filter", broken)
            await app.press("j", "f")
            app.shows("This page is damaged.")
            patched.setattr(type(app.app.searcher), "answer", broken)
            await app.press("slash", "x", "escape")
        await app.press("j", "enter")
        assert app.app.crash is None
        assert len(app.app.screen_stack) == 2


def test_what_is_drawn_keeps_its_cells_and_commands_nothing() -> None:
    line = ScreenedLines()
    plain = [Segment("能作 e\u0301", Style(bold=True)), Segment(" ")]
    assert line.apply(plain, Color(0, 0, 0)) is plain
    evil = [Segment("a\x1b]0;x\x07\u202e能", Style(link="http://x/\x1b"))]
    drawn = line.apply(evil, Color(0, 0, 0))
    assert drawn[0].text.isprintable()
    assert drawn[0].cell_length == evil[0].cell_length
    assert drawn[0].style is not None
    assert drawn[0].style.link is None


def test_only_a_facet_of_the_filter_is_toggled() -> None:
    for facet, value in zip(
        FACETS, ("firm", "success", "JP", "A", "niches", "AB", "A", "outcome"), strict=True
    ):
        chosen = EntryFilter().toggled(facet, value)
        assert chosen.chosen(facet) == (value,)
        assert not chosen.without(facet)
    with pytest.raises(AssertionError):
        EntryFilter().toggled("colours", "blue")  # type: ignore[arg-type]
