"""The quiz: nothing of what is asked is seen before it is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book, open_book
from casebook.errors import CasebookError
from casebook.notebook import open_notebook, predictions
from casebook.notebook.quiz_cards import keep_answer, quiz_cards
from casebook.quiz.points import askable_points, point_at
from casebook.vocabulary import Rating
from tests.tui.conftest import SIZES
from tui.screens.quiz import QuestionView, QuizScreen

Drive = Callable[..., Any]
NOSAKU = "Its managing director realised"
"""The beginning of the book's words on the first point of Nosaku."""


async def _quiz(app: Any, slug: str = "nosaku") -> QuizScreen:
    app.app.open_quiz([slug])
    await app.settle()
    assert isinstance(app.app.screen, QuizScreen)
    return app.app.screen


@pytest.mark.parametrize("size", [(60, 20), *SIZES])
async def test_a_question_has_evidence_and_no_rating(
    shipped: Book, drive: Drive, size: tuple[int, int]
) -> None:
    async with drive(shipped, size) as app:
        screen = await _quiz(app)
        app.shows("Quiz: Nosaku", "1 of 8", "a Vision and strategy", "1 ● met", "0 · silent")
        await app.press("G")
        app.hides(NOSAKU, "The book:")
        await app.press("right", "down", "y", "o", "A")
        app.hides(NOSAKU)
        assert app.app.screen is screen


async def test_a_guess_with_a_reason_reveals_this_point_alone(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        await _quiz(app)
        await app.press("2")
        app.shows("Because …", "enter reveal")
        app.hides(NOSAKU)
        # Letters are the reason, and no commands.
        await app.press("text:qPcQ 1", "enter")
        app.shows("Right. You: ◐ partly: qPcQ 1", f"The book: ◐ partly. {NOSAKU}", "1 of 1 right")
        app.shows("Right. enter goes on.", "enter next")
        await app.press("3")
        app.notices("Already revealed. enter goes on.")
        await app.press("enter")
        app.shows("b Local resources rethought", "2 of 8")
        app.hides("Old casting skill")
        kept = predictions.predictions(app.app.keeper.notebook)
        assert [(one.criterion, one.reason, bool(one.revealed)) for one in kept] == [
            ("a", "qPcQ 1", True)
        ]


async def test_enter_asks_for_a_rating_and_esc_changes_it(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        screen = await _quiz(app)
        await app.press("enter")
        app.notices("Rate it first: 1 met, 2 partly, 3 not met, 0 silent.")
        await app.press("1", "text:half a thought", "escape")
        assert app.app.screen is screen
        app.hides("half a thought", NOSAKU)
        await app.press("0", "enter")
        app.shows("Not the same. You: · silent.", "It is asked again at the end.")


async def test_what_was_missed_comes_again_and_the_score_tells_it(
    niches: Book, drive: Drive
) -> None:
    async with drive(niches) as app:
        screen = await _quiz(app)
        cells = [point_at(niches, key).cell for key in screen.keys]
        ratings = [cell.known_rating or Rating.SILENT for cell in cells]
        figures = {Rating.MET: "1", Rating.PARTLY: "2", Rating.NOT_MET: "3", Rating.SILENT: "0"}
        await app.press("1", "enter", "enter")
        for rating in ratings[1:]:
            await app.press(figures[rating], "enter", "enter")
        app.shows("9 of 9, again", "a Vision and strategy")
        app.hides(NOSAKU)
        await app.press("2", "enter", "enter")
        app.shows("7 of 8 right.", "Missed", "You: ● met. The book: ◐ partly.", "Q another round")
        await app.press("G")
        app.shows("By point", "h Long-term local development: 1 of 1")
        await app.press("1")
        app.notices("The round is over.")
        await app.press("Q")
        app.shows("1 of 8")
        await app.press("escape", "escape")
        assert not isinstance(app.app.screen, QuizScreen)


async def test_points_that_are_due_come_first_and_missed_ones_before_those(
    shipped: Book, drive: Drive, tmp_path: Path
) -> None:
    path = tmp_path / "kept.sqlite"
    with open_notebook(path) as notebook:
        for point, is_right in (("d", True), ("g", False)):
            keep_answer(
                notebook, "niches", "nosaku", "Nosaku", "success-checklist", point, Rating.MET,
                is_right=is_right,
            )  # fmt: skip
        before = datetime.now(UTC) - timedelta(days=5)
        with notebook.writing() as writing:
            key = {"book": "niches", "entry": "nosaku", "framework": "success-checklist"}
            writing.put("quiz_card", {**key, "criterion": "d"}, {"answered": before.isoformat()})
    async with drive(shipped, notebook=path) as app:
        screen = await _quiz(app)
        assert [key.criterion for key in screen.round.keys] == list("gdabcefh")


async def test_undo_takes_an_answer_back_and_asks_again(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        screen = await _quiz(app)
        await app.press("1", "enter")
        app.shows("Not the same.", "1 of 9")
        await app.press("u")
        app.shows("1 of 8", "1 ● met")
        app.hides(NOSAKU, "Not the same.")
        assert quiz_cards(app.app.keeper.notebook) == []
        # From the next question as well.
        await app.press("2", "enter", "enter", "u")
        app.shows("a Vision and strategy")
        assert screen.round.answers == []
        await app.press("2", "enter")
        app.shows("1 of 1 right")


async def test_what_cannot_be_kept_is_not_revealed(
    shipped: Book, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with drive(shipped) as app:
        await _quiz(app)

        async def full(action: object) -> None:
            raise CasebookError("The disk is full.")

        monkeypatch.setattr(app.app.keeper, "write", full)
        await app.press("1", "text:why", "enter")
        app.shows("The disk is full.", "why")
        app.hides(NOSAKU)


async def test_the_ratings_answer_a_click(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        screen = await _quiz(app)
        bar = screen.rating_bar
        assert await app.pilot.click(bar, offset=(bar.render().plain.index("◐"), 0))
        await app.settle()
        assert screen.guess is Rating.PARTLY
        assert app.app.focused is screen.reason_box
        await app.press("enter")
        app.shows("Right.")


async def test_the_library_asks_on_what_and_a_page_begins(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        app.app.tray = ("nosaku", "renown", "uniqlo")
        await app.press("Q")
        app.shows(
            "Quiz on", "Aichi steam-drying venture", "The 3 added cases: 16 points", "All cases"
        )
        await app.press("down", "enter")
        app.shows("Quiz: 3 cases", "1 of 16")
        await app.press("escape", "Q", "G", "enter")
        app.shows("Quiz: all cases", "1 of 10")
        await app.press("escape")
        app.app.open_entry("hiyoshi-ya")
        await app.press("Q")
        assert "Hiyoshi-ya › Quiz   " in app.text
        await app.press("1", "enter", "Q")
        app.notices("This is the quiz.")


async def test_a_case_without_ratings_gets_a_sentence(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        app.app.open_entry("kagoshima")
        await app.press("Q")
        app.notices("The book has no ratings of Kagoshima and its Shirokuma ice, so there is")


async def test_when_nothing_is_due_the_day_is_told_and_one_may_go_on(
    shipped: Book, drive: Drive, tmp_path: Path
) -> None:
    path = tmp_path / "kept.sqlite"
    with open_notebook(path) as notebook:
        for key in askable_points(shipped, ["nosaku"]):
            keep_answer(
                notebook, "niches", key.entry, "Nosaku", key.framework, key.criterion,
                Rating.MET, is_right=True,
            )  # fmt: skip
    async with drive(shipped, notebook=path) as app:
        await _quiz(app)
        app.shows("Nothing is due today.", "The next question is due on", "Q asks anyway.")
        await app.press("enter")
        app.notices("The round is over.")
        await app.press("Q")
        app.shows("1 of 8")


async def test_resizing_keeps_the_question_and_what_was_typed(shipped: Book, drive: Drive) -> None:
    async with drive(shipped, (120, 40)) as app:
        screen = await _quiz(app)
        await app.press("1", "text:because")
        for size in ((40, 12), (60, 20), (200, 60)):
            await app.pilot.resize_terminal(*size)
            await app.settle()
        assert app.app.focused is screen.reason_box
        app.shows("because", "a Vision and strategy", "enter reveal")
        await app.press("enter")
        app.shows(NOSAKU)


async def test_a_citation_of_the_evidence_opens_its_source(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        screen = await _quiz(app)
        await app.press("right", "enter")
        app.shows("Mitsui 2010")
        assert app.app.screen is not screen
        await app.press("escape")
        assert app.app.screen is screen
        assert isinstance(app.app.focused, QuestionView)


async def test_it_works_on_any_book(small_book: Path, drive: Drive) -> None:
    with open_book(small_book) as book:
        async with drive(book) as app:
            await _quiz(app)
            app.shows("1 of 2", "a Vision")
            await app.press("1", "enter")
            app.shows("Right.", "It has one")
