"""Exhibits in the reader: in columns where they fit, else a block a row; citations at hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.selection import SELECT_ALL

from casebook.book.connection import Book, open_book
from tests.tui.conftest import Driven
from tui.screens.reader import ReaderScreen
from tui.widgets.document_view import DocumentView

Drive = Callable[..., Any]


@pytest.fixture
def small(small_book: Path) -> Book:
    return open_book(small_book)


async def _at_exhibits(app: Driven, anchor: str = "exhibit:bells") -> DocumentView:
    app.app.open_entry("nosaku", anchor)
    await app.settle()
    assert isinstance(app.app.screen, ReaderScreen)
    return app.app.screen.query_one("#page", DocumentView)


def _column_of(line: str, words: str) -> int:
    """The cell at which words begin on a line."""
    return cell_len(line[: line.index(words)])


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_a_table_stands_in_columns_that_line_up_by_cells(
    small: Book, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(small, size) as app:
        await _at_exhibits(app)
        lines = app.text.splitlines()
        heads = next(line for line in lines if "Bells" in line and "鋳物の鐘" in line)
        kept = next(line for line in lines if "Kept" in line)
        added = next(line for line in lines if "Added" in line)
        assert (
            _column_of(heads, "Bells") == _column_of(kept, "altar") == _column_of(added, "a wind")
        )
        assert _column_of(heads, "鋳物の鐘") == _column_of(added, "風鈴")
        app.shows("Exhibit 1. What it casts, and for whom [Mitsui 2010 ¶9]", "Note: The rows")


async def test_a_table_that_does_not_fit_is_a_block_a_row_and_comes_back(
    small: Book, drive: Drive
) -> None:
    async with drive(small, (60, 30)) as app:
        await app.pilot.resize_terminal(62, 40)
        view = await _at_exhibits(app)
        view.styles.width = 34  # narrower than any terminal that is not refused
        await app.settle()
        lines = [line.strip() for line in app.text.splitlines()]
        at = lines.index("Kept")
        assert lines[at + 1].startswith("Bells: altar goods")
        assert any(line.startswith("鋳物の鐘: 風鈴") for line in lines)
        view.styles.width = "1fr"
        await app.settle()
        assert any("Bells" in line and "鋳物の鐘" in line for line in app.text.splitlines())
        assert not any("Bells: " in line for line in app.text.splitlines())


async def test_every_citation_of_a_table_is_stepped_to_and_opened(
    small: Book, drive: Drive
) -> None:
    async with drive(small, (80, 40)) as app:
        view = await _at_exhibits(app)
        blocks = [b for b, block in enumerate(view.document.blocks) if block.cells]
        wanted = [n for n, target in enumerate(view.targets) if target.block in blocks]
        assert [len(view.targets[n].citations) for n in wanted] == [1, 2, 1]
        while view.chosen is None or view.chosen < wanted[0]:
            await app.press("right")
        for number in wanted:
            view.choose(number)
            await app.settle()
            chosen = [run for y in range(view.line_count) for run in view.line(y).runs
                      if run.style == "chosen"]  # fmt: skip
            assert chosen, "the chosen citation is drawn"
            assert view._is_visible(number)
        view.choose(wanted[1])
        await app.press("enter")
        app.shows("Mitsui 2010", "Paragraph summaries; the original text is not included")


async def test_words_are_found_where_they_are_drawn(small: Book, drive: Drive) -> None:
    async with drive(small, (80, 24)) as app:
        view = await _at_exhibits(app)
        assert view.find("campanology") == 1
        assert view.find("Bells") >= 1
        drawn = "\n".join(view.line(y).text for y in range(view.line_count))
        for words in ("Bells", "鋳物の鐘", "風鈴", "When"):
            assert view.find(words) == len(re.findall(words, drawn, re.IGNORECASE)), words
        view.find("風鈴")
        marked = [view.line(y).text[run.start : run.end] for y in range(view.line_count)
                  for run in view.line(y).runs if run.style == "current-match"]  # fmt: skip
        assert marked == ["風鈴"]


async def test_a_copied_table_has_tabs_between_its_cells(small: Book, drive: Drive) -> None:
    async with drive(small, (80, 24)) as app:
        view = await _at_exhibits(app)
        copied = view.get_selection(SELECT_ALL)
        assert copied is not None
        assert (
            "[Mitsui 2010 ¶9]\n\n\tBells\t鋳物の鐘\nKept\taltar goods [Mitsui 2010 ¶9]\t\n"
            "Added\ta wind-bell of campanology\t風鈴 [Mitsui 2010 ¶10; inferred from Mitsui 2010 ¶11]"
            "\n\nNote: The rows"
        ) in copied[0]


async def test_a_note_on_a_row_shows_its_sign_in_the_table(small: Book, drive: Drive) -> None:
    async with drive(small, (100, 40)) as app:
        view = await _at_exhibits(app)
        rows = [
            n for n, target in enumerate(view.targets) if view.document.blocks[target.block].cells
        ]
        view.choose(rows[0])
        await app.press("a")
        await app.press("text:who bought them", "ctrl+s")
        line = next(line for line in app.text.splitlines() if "Kept" in line)
        assert "[note]" in line


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_a_lecturer_sees_the_plan_and_the_answers(
    small: Book, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(small, size) as app:
        await _at_exhibits(app, "")
        app.hides("secretteachingword", "Unread")
        await app.press("T")
        beside = app.app.screen.query_one("#facts", DocumentView)
        view = beside if beside.display else app.app.screen.query_one("#page", DocumentView)
        assert view.go_to("teaching:step 1")
        await app.settle()
        app.shows("0-10 The bell", "10-35 The vote")
        assert view.go_to("teaching:answer 1")
        await app.settle()
        app.shows(
            "For bells speaks the secretteachingword [Mitsui 2010 ¶13; Unread]",
            "● met: Checklist a",
        )
        await app.press("T")
        assert view.document.index_of("teaching:step 1") is None
