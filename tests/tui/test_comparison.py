"""The comparison under a reader's hands: the tray, the matrix, and what is behind a mark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book, open_book
from tests.conftest import SMALL_PACK
from tests.tui.conftest import SIZES, check_golden
from tui.widgets.document_view import DocumentView
from tui.widgets.matrix_layout import MatrixPlace
from tui.widgets.matrix_view import MatrixView

Drive = Callable[..., Any]
FOUR = ("asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown")


async def _compare(app: Any, *slugs: str) -> MatrixView:
    app.app.tray = slugs or FOUR
    await app.press("c")
    matrix: MatrixView = app.app.screen.matrix
    return matrix


@pytest.mark.parametrize("size", SIZES)
async def test_the_four_cases_at_every_size(
    size: tuple[int, int], niches: Book, drive: Drive
) -> None:
    async with drive(niches, size) as app:
        await _compare(app)
        check_golden(f"comparison-{size[0]}x{size[1]}", app.text)


async def test_the_evidence_in_the_matrix(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 40)) as app:
        await _compare(app)
        await app.press("v")
        check_golden("comparison-texts-120x40", app.text)


async def test_the_tray_is_filled_and_seen_everywhere(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        app.hides("Comparing")
        await app.press("down", "p")
        app.shows("Comparing 1", "+Asiro gentian alliance")
        await app.press("enter")
        app.shows("Comparing 1", "alliance, success")
        await app.press("p")
        app.hides("Comparing")
        await app.press("p")
        app.app.open_entry("nosaku")
        await app.press("p", "s")
        app.shows("Sources", "Comparing 2")
        await app.press("escape", "escape", "escape")
        app.shows("Comparing 2", "115 entries")
        assert app.app.tray == ("asiro-gentian-alliance", "nosaku")
        await app.press("slash", "text:hiyoshi", "enter", "p", "c")
        app.shows("Success checklist", "Hiyoshi-ya", "Comparing 3")


async def test_an_empty_tray_says_how_to_fill_it(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press("c")
        app.shows("The comparison is empty; p adds", "115 entries")


async def test_every_mark_opens_its_evidence_and_its_paragraph(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 40)) as app:
        matrix = await _compare(app)
        comparison = app.app.screen.comparison
        for row, line in enumerate(comparison.rows):
            for column, cell in enumerate(line.cells):
                matrix.cursor = MatrixPlace(row, column)
                await app.pilot.pause()
                text = app.app.screen.evidence.document.blocks[0].text.plain
                if cell.is_silent:
                    assert "silent. The sources say nothing." in text
                    continue
                assert cell.evidence in text
                await app.press("enter")
                first = cell.citations[0]
                view = app.app.screen.query(DocumentView).first()
                assert view.top_block == view.document.index_of(f"paragraph:{first.paragraphs[0]}")
                await app.press("escape")
        assert app.app.screen.matrix is matrix


async def test_moving_by_keys_and_mouse(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        matrix = await _compare(app)
        await app.press("down", "right", "l", "j")
        assert matrix.cursor == MatrixPlace(2, 2)
        app.shows("Hiyoshi-ya – b1 Manufacturing base")
        await app.press("h", "k", "k", "k", "k")
        assert matrix.cursor == MatrixPlace(-1, 1)
        app.shows("Ratings   4 met, 2 partly, 5 silent")
        await app.press("enter")
        app.shows("Nosaku", "firm, success")
        await app.press("escape", "down", "left", "left")
        assert matrix.cursor == MatrixPlace(0, -1)
        app.shows("A sound vision and business strategy")
        await app.press("G", "g")
        assert matrix.cursor.row == 0
        await app.pilot.click(matrix, offset=(45, 8))
        await app.settle()
        assert matrix.cursor == MatrixPlace(2, 1)


async def test_a_wide_tray_scrolls_sideways_with_the_names_in_sight(
    niches: Book, drive: Drive
) -> None:
    slugs = [row[0] for row in niches.ask("SELECT slug FROM entry ORDER BY shelf, id LIMIT 40")]
    async with drive(niches) as app:
        matrix = await _compare(app, *slugs)
        app.shows("1–4 of 40 ›", "a Vision and strategy")
        await app.press(*["right"] * 6)
        app.shows("‹ 4–7 of 40 ›", "a Vision and strategy")
        await app.press(*["down"] * 30)
        app.shows("h Long-term local", "Outcome")
        await app.press(*["right"] * 60)
        app.shows("‹ 37–40 of 40")
        assert matrix.cursor.column == 39


async def test_only_what_differs_and_back(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await _compare(app)
        await app.press("D")
        app.shows("3 points that differ", "d Networks reshaped")
        app.hides("f Best partners abroad")
        await app.press("F")
        app.shows("Conditions for alliances", "No point matches. x shows all points again.")
        await app.press("x")
        app.shows("5 points", "c Complementary partners")


async def test_choosing_what_is_shown(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 50)) as app:
        await _compare(app)
        await app.press("f")
        app.shows(
            "Filter and sort the comparison",
            "(x) Success checklist",
            "(x) in the order in which they were added",
        )
        await app.press("down", "enter", "escape")
        app.shows("Conditions for alliances", "a Clear objectives")
        await app.press("f", "G", "enter", "f")
        assert app.app.screen.comparison.slugs[0] == "asiro-gentian-alliance"


async def test_reading_a_point_across_and_a_case_down(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 40)) as app:
        await _compare(app)
        await app.press("r")
        app.shows("a Vision and strategy", "Ratings", "· silent. The sources say nothing.")
        await app.press("right", "enter")
        app.shows("Mitsui 2010")
        await app.press("escape", "escape", "right", "R")
        app.shows("Nosaku", "b1 Manufacturing base", "its technological skill as world-class")
        await app.press("escape", "up", "left", "left", "r")
        app.shows("Known to differ", "Met by the successes, as far as is known")


async def test_moving_cases_and_points_by_hand(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        matrix = await _compare(app)
        await app.press("shift+right")
        assert app.app.tray[:2] == ("nosaku", "asiro-gentian-alliance")
        assert matrix.cursor == MatrixPlace(0, 1)
        app.shows("Asiro gentian alliance – a Vision and strategy")
        await app.press("shift+down")
        assert matrix.names_at(matrix.cursor) == ("a", "asiro-gentian-alliance")
        assert matrix.cursor.row == 1
        await app.press("shift+up", "shift+up", "shift+left", "shift+left")
        assert matrix.cursor == MatrixPlace(0, 0)


async def test_taking_cases_out_of_the_comparison(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await _compare(app)
        await app.press("right", "p")
        app.hides("Nosaku")
        app.shows("Comparing 3")
        await app.press("X", "enter")
        app.shows("The comparison is empty.", "115 entries")


async def test_coming_back_shows_what_was_picked_meanwhile(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        matrix = await _compare(app, "nosaku", "renown")
        app.app.open_entry("uniqlo")
        await app.press("p", "c")
        app.shows("UNIQLO", "Renown", "Comparing 3")
        assert app.app.screen.matrix is matrix


async def test_no_colour_is_needed(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await _compare(app)
        lines = app.text.splitlines()
        shapes = {line.split()[-2] for line in lines if line.endswith(("silent", "met", "partly"))}
        assert "·" in shapes
        for mark in ("● met", "◐ partly", "· silent"):
            assert mark in app.text


async def test_hostile_titles_do_nothing(
    write_pack: Callable[..., Path], tmp_path: Path, drive: Drive
) -> None:
    from casebook.pack.build import build_book

    evil = "[/] [b [[ [@click=app.quit]x[/] =1+1"
    nosaku = SMALL_PACK["firms/nosaku.md"].replace("title: Nosaku\n", f"title: '{evil}'\n")
    nosaku = nosaku.replace("It has one [@m", "<b>=1+1 @click=app.quit</b> [@m")
    build_book(write_pack({"firms/nosaku.md": nosaku}), tmp_path / "evil.sqlite")
    with open_book(tmp_path / "evil.sqlite") as book:
        async with drive(book, (120, 40)) as app:
            await _compare(app, "nosaku", "takaoka")
            app.shows("[/] [b [[", "[@click=app.quit]x[/]", "<b>=1+1 @click")
            await app.press("v", "r", "escape", "R", "escape", "f", "escape", "question_mark")
            assert app.app.is_running


async def test_resizing_keeps_the_cell(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        matrix = await _compare(app)
        await app.press("down", "down", "right", "right", "right", "v")
        for width, height in [(200, 60), (61, 21), (10, 3), (120, 40), (60, 20)]:
            await app.pilot.resize_terminal(width, height)
        await app.settle()
        assert matrix.names_at(matrix.cursor) == ("b1", "renown")
        app.shows("Renown")


async def test_evidence_fills_the_rows_that_are_free(niches: Book, drive: Drive) -> None:
    async with drive(niches, (200, 60)) as app:
        app.app.tray = ("asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown")
        await app.press("c")
        matrix = app.app.screen.query_one(MatrixView)
        layout = matrix.layout_shown
        assert layout is not None
        assert len(layout.body) + matrix.header_height <= matrix.size.height
        assert len(layout.body) > matrix.size.height // 2
        for row, line in enumerate(layout.comparison.rows):
            for column, cell in enumerate(line.cells):
                lines = layout.cell_lines(row, column)
                assert bool(lines) != cell.is_silent
                shown = " ".join(lines).removesuffix("…")
                assert " ".join(cell.evidence.split()).startswith(shown[:40].strip())
        await app.pilot.resize_terminal(80, 24)
        await app.settle()
        assert matrix.layout_shown is not None
        assert len(matrix.layout_shown.body) == len(layout.comparison.rows)


async def test_no_evidence_is_shown_of_cells_that_are_hidden(niches: Book, drive: Drive) -> None:
    async with drive(niches, (200, 60)) as app:
        app.app.tray = ("asiro-gentian-alliance", "nosaku")
        await app.press("P")
        app.hides("The growers decided strategically", "What else rests on")


async def test_what_else_rests_on_the_paragraphs_of_a_cell(niches: Book, drive: Drive) -> None:
    async with drive(niches, (200, 60)) as app:
        app.app.tray = ("asiro-gentian-alliance", "nosaku")
        await app.press("c")
        app.shows("What else rests on these paragraphs", "• Asiro (region)")
        await app.press("right")
        evidence = app.app.screen.query_one("#evidence", DocumentView)
        words = [block.text.plain for block in evidence.document.blocks]
        assert words[0].startswith("Nosaku")
        assert any(each.startswith("What else rests on") for each in words)
        await app.pilot.resize_terminal(120, 40)
        await app.press("left")
        app.hides("What else rests on")
