"""Predict, then reveal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casebook.book.connection import Book
from casebook.comparison.cells import MatrixCell
from casebook.comparison.prediction import ReaderRating
from casebook.vocabulary import Rating
from tests.tui.conftest import check_golden
from tui.widgets.matrix_layout import MatrixPlace
from tui.widgets.matrix_view import MatrixView

Drive = Callable[..., Any]
FOUR = ("asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown")


async def _predict(app: Any, *slugs: str) -> Any:
    app.app.tray = slugs or FOUR
    await app.press("c")
    if not app.app.is_predicting:  # it may have been begun the day before
        await app.press("P")
    return app.app.screen


async def test_nothing_of_the_books_ratings_is_seen(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 50)) as app:
        screen = await _predict(app)
        app.shows("0 of 32 rated by you", "? rate", "0-3 rate")
        for row in range(-1, 8):
            for column in range(-1, 4):
                screen.matrix.cursor = MatrixPlace(row, column)
                await app.pilot.pause()
                app.hides("● met", "◐ partly", "✗ not met", "· silent", "leadership is not")
        await app.press("v")
        app.hides("● met", "The growers saw")
        await app.press("v", "r")
        app.shows("The book's ratings are hidden; = reveals them.")
        await app.press("R", "y")
        assert app.app.screen is screen
        app.shows("Nothing is selected to copy.")


async def test_sub_points_and_orders_give_nothing_away(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 50)) as app:
        app.app.tray = FOUR
        await app.press("c")
        app.shows("b1 Manufacturing base")
        await app.press("D", "P")
        app.hides("b1 Manufacturing base")
        app.shows("e Telling the world")


async def test_rating_revealing_and_reading_how_far_one_agrees(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        screen = await _predict(app, "asiro-gentian-alliance", "nosaku")
        await app.press("1", "down", "2", "down", "3", "down", "0")
        app.shows("4 of 16 rated by you")
        assert screen.matrix.cursor == MatrixPlace(3, 0)
        check_golden("predicting-80x24", app.text)
        await app.press("2")
        assert screen.matrix.cursor == MatrixPlace(3, 0)
        assert screen.prediction.answers["asiro-gentian-alliance", "d"].rating is Rating.PARTLY
        await app.press("enter", "text:They grew", "enter")
        app.shows("You rate it ◐ partly. Your reason: They grew")
        await app.press("equals_sign", "down", "enter")
        app.shows("● met =", "● met ≠◐", "◐ partly ≠✗", "2 of 4 agree")
        app.shows("You: ◐ partly: They grew The book: ◐ partly. The growers set up", "= agreement")
        await app.press("equals_sign")
        app.shows("Your ratings and the book's", "Rated differently", "the book ● met. The growers")
        await app.press("escape", "1")
        app.shows("Already revealed. Z")
        await app.press("P")
        app.shows("11 points")
        app.hides("≠◐")
        await app.press("P")
        app.shows("≠◐")
        await app.press("Z")
        app.shows("0 of 16 rated by you", "? rate")


async def test_over_several_volumes_each_step_is_undone_at_once(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (120, 40)) as app:
        await _predict(app, "nosaku", "dilmah")
        await app.press("1", "down", "right", "2")
        app.shows("2 of 16 rated by you")
        await app.press("equals_sign", "down", "enter")
        app.shows("● met ")
        await app.press("u")
        app.shows("Undone: revealed the book's ratings", "2 of 16 rated by you")
        app.hides("≠", "= agreement")
        await app.press("Z")
        app.shows("0 of 16 rated by you")
        await app.press("u")
        app.shows("Undone: started the prediction again", "2 of 16 rated by you")


async def test_a_case_that_is_added_later_is_still_hidden(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        await _predict(app, "asiro-gentian-alliance")
        await app.press("1", "equals_sign", "down", "enter")
        await app.press("P")
        app.app.pick("nosaku")
        await app.press("P")
        app.shows("● met =", "? rate")


async def test_what_cannot_be_kept_is_not_shown_as_kept(shipped: Book, drive: Drive) -> None:
    from casebook.errors import CasebookError

    class Full:
        def known(self, entries: object, framework: str) -> dict[Any, ReaderRating]:
            return {}

        def revealed_entries(self, framework: str) -> frozenset[str]:
            return frozenset()

        async def predict(self, answer: ReaderRating, title: str, framework: str) -> None:
            raise CasebookError("The disk is full.")

    async with drive(shipped) as app:
        app.app.predictions = Full()
        await _predict(app)
        await app.press("1")
        app.shows("The disk is full.", "0 of 32 rated by you")


async def test_keys_that_make_no_sense_yet_say_what_would(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        app.app.tray = FOUR
        await app.press("c", "1")
        app.shows("P hides the book's ratings")
        await app.press("equals_sign")
        app.shows("Nothing is hidden.")
        await app.press("P", "enter")
        app.shows("Rate it first: 1 met")
        await app.press("escape", "equals_sign")
        app.shows("Rate a cell first")


async def test_ratings_are_there_the_next_day(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await _predict(app, "nosaku")
        await app.press("1", "down", "2", "up", "enter", "text:skill", "enter")
        app.shows("2 of 8 rated by you")
    async with drive(shipped) as app:
        await _predict(app, "nosaku")
        app.shows("2 of 8 rated by you", "● met", "◐ partly")
        await app.press("down", "down")
        app.shows("? rate")
        await app.press("up", "equals_sign", "down", "enter")
        app.shows("0 of 2 agree")
    async with drive(shipped) as app:
        await _predict(app, "nosaku")
        app.shows("0 of 2 agree")


async def test_the_notebook_names_a_rating_s_framework_and_point(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        await _predict(app, "nosaku")
        await app.press("1", "enter", "text:skill", "enter", "b")
        app.shows("● met", "Framework Success checklist", "Point a Vision and strategy")
        app.shows("Reason skill")


async def test_a_prediction_begins_without_the_answers(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for way in (["P"], ["j", "enter", "P"], ["ctrl+p", "text:rate the compared", "enter"]):
        async with drive(shipped, (120, 50)) as app:
            app.app.fill_tray(FOUR)
            shown: list[str] = []

            def body_of(_: MatrixView, cell: MatrixCell, shown: list[str] = shown) -> str:
                shown.append(cell.entry)
                return cell.evidence

            monkeypatch.setattr(MatrixView, "body_of", body_of)
            await app.press(*way)
            app.shows("0 of 32 rated by you", "? rate")
            assert not shown


async def test_beginning_a_prediction_needs_cases(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        await app.press("P")
        app.notices("The comparison is empty; p adds an entry, P hides")
        app.shows("115 entries")


async def test_a_prediction_begins_in_the_comparison_below(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        app.app.fill_tray(FOUR)
        await app.press("c")
        screen = app.app.screen
        app.app.open_entry("nosaku")
        await app.press("P")
        assert app.app.screen is screen
        app.shows("0 of 32 rated by you")


async def test_what_is_typed_after_enter_is_never_a_command(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        screen = await _predict(app, "nosaku")
        await app.press("enter", "text:Query exports Pq 1995", "enter")
        app.notices("Rate it first: 1 met")
        await app.press("down", "enter")
        app.shows("1 of 8 rated by you")
        answer = screen.prediction.answers["nosaku", "a"]
        assert (answer.rating, answer.reason) == (Rating.MET, "Query exports Pq 1995")
        await app.press("down", "enter", "2", "text:2 lines", "enter")
        answer = screen.prediction.answers["nosaku", "b"]
        assert (answer.rating, answer.reason) == (Rating.PARTLY, "2 lines")
        await app.press("enter", "down", "enter")
        assert screen.prediction.answers["nosaku", "b"].rating is Rating.NOT_MET
        assert app.app.screen is screen


async def test_only_what_was_rated_is_revealed(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 50)) as app:
        screen = await _predict(app)
        await app.press("1", "right", "3", "equals_sign")
        app.shows("You have rated 2 of 32 cells.", "Reveal all 32 cells")
        await app.press("escape")
        app.shows("2 of 32 rated by you")
        app.hides("● met =", "≠")
        await app.press("equals_sign", "enter")
        app.shows("1 of 2 agree, 2 of 32 rated", "● met =", "◐ partly ≠✗", "? rate")
        screen.matrix.cursor = MatrixPlace(1, 0)
        await app.settle()
        app.shows("Not rated by you.")
        await app.press("r")
        app.notices("The book's ratings are hidden")
        await app.press("0", "equals_sign")
        app.shows("Reveal only the 3 cells")
        await app.press("enter", "equals_sign", "enter")
        app.shows("Your ratings and the book's", "1 of 3 agree")
    async with drive(shipped, (120, 50)) as app:
        await _predict(app)
        app.shows("1 of 3 agree, 3 of 32 rated", "? rate")
        await app.press("equals_sign", "down", "enter")
        app.shows("1 of 3 agree")
        app.hides("? rate")
    async with drive(shipped, (120, 50)) as app:
        await _predict(app)
        app.hides("? rate")


async def test_undoing_shows_what_is_kept_then(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 50)) as app:
        await _predict(app)
        await app.press("1", "down", "2", "Z")
        app.shows("0 of 32 rated by you")
        await app.press("u")
        app.shows("2 of 32 rated by you", "● met", "◐ partly")
        await app.press("u")
        app.shows("1 of 32 rated by you")
        await app.press("equals_sign", "down", "enter")
        app.hides("? rate")
        await app.press("u")
        app.shows("1 of 32 rated by you", "? rate")
        await app.press("equals_sign", "down", "enter", "Z", "1", "equals_sign", "enter")
        app.shows("1 of 1 agree, 1 of 32 rated", "? rate")


async def test_the_reader_s_reason_and_the_book_s_stand_apart(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 50)) as app:
        await _predict(app, "nosaku")
        await app.press("1", "enter", "text:skill", "enter", "equals_sign", "enter")
        lines = [line.strip() for line in app.text.splitlines()]
        assert any(line.startswith("You:") and line.endswith("met: skill") for line in lines)
        assert any(line.startswith("The book:") for line in lines)
        await app.press("equals_sign", "enter")
        lines = [line.strip() for line in app.text.splitlines()]
        assert "You: skill" in lines
        assert any(line.startswith("The book: ") for line in lines)


async def test_a_note_on_a_hidden_cell_does_not_tell_its_rating(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped, (120, 50)) as app:
        await _predict(app)
        await app.press("a")
        app.shows("Note: ", "Attached to the whole entry")
        app.hides(": met")
