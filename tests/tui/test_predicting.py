"""Predict, then reveal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casebook.book.connection import Book
from casebook.comparison.prediction import ReaderRating
from casebook.vocabulary import Rating
from tests.tui.conftest import check_golden
from tui.widgets.matrix_layout import MatrixPlace

Drive = Callable[..., Any]
FOUR = ("asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown")


async def _predict(app: Any, *slugs: str) -> Any:
    app.app.tray = slugs or FOUR
    await app.press("c", "P")
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
        await app.press("1", "2", "3", "0")
        app.shows("4 of 16 rated by you")
        assert screen.matrix.cursor == MatrixPlace(4, 0)
        check_golden("predicting-80x24", app.text)
        await app.press("up", "2")
        assert screen.matrix.cursor == MatrixPlace(3, 0)
        assert screen.prediction.answers["asiro-gentian-alliance", "d"].rating is Rating.PARTLY
        await app.press("enter", "text:They grew", "enter")
        app.shows("You rate it ◐ partly. Your reason: They grew")
        await app.press("equals_sign")
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


async def test_a_case_that_is_added_later_is_still_hidden(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        await _predict(app, "asiro-gentian-alliance")
        await app.press("1", "equals_sign")
        await app.press("P")
        app.app.pick("nosaku")
        await app.press("P")
        app.shows("● met =", "? rate")


async def test_what_cannot_be_kept_is_not_shown_as_kept(shipped: Book, drive: Drive) -> None:
    from casebook.errors import CasebookError

    class Full:
        def known(self, entries: object, framework: str) -> dict[Any, ReaderRating]:
            return {}

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
        await app.press("equals_sign")
        app.shows("Rate a cell first")


async def test_ratings_are_there_the_next_day(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await _predict(app, "nosaku")
        await app.press("1", "2", "up", "enter", "text:skill", "enter")
        app.shows("2 of 8 rated by you")
    async with drive(shipped) as app:
        await _predict(app, "nosaku")
        app.shows("2 of 8 rated by you", "● met", "◐ partly")
        await app.press("down", "down")
        app.shows("? rate")
        await app.press("up", "equals_sign")
        app.shows("0 of 2 agree")
    async with drive(shipped) as app:
        await _predict(app, "nosaku")
        app.shows("0 of 2 agree")


async def test_the_notebook_names_a_rating_s_framework_and_point(
    shipped: Book, drive: Drive
) -> None:
    async with drive(shipped) as app:
        await _predict(app, "nosaku")
        await app.press("1", "up", "enter", "text:skill", "enter", "b")
        app.shows("● met", "Framework Success checklist", "Point a Vision and strategy")
        app.shows("Reason skill")
