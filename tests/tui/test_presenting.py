"""A seminar on a projector."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book, open_book
from casebook.book.ratings import rated_entries
from casebook.comparison.cells import RatingCounts
from casebook.seminar.class_places import ClassPlace
from casebook.seminar.planned import PlannedCase, Seminar, Step
from casebook.seminar.slides import slides_of
from casebook.step_clock import StepClock
from casebook.vocabulary import Rating
from tests.casebook.seminar.classes import simulated
from tests.casebook.seminar.shipped_class import CASES, POINTS, make_class
from tests.conftest import SHIPPED_BOOK
from tests.tui.conftest import Driven, screen_text
from tui.app import CasebookApp, Start
from tui.big_letters import can_be_large, large_mark, large_words
from tui.screens.presenting import PresentScreen, place_of

PLAN = Seminar(
    slug="rights-before-markets",
    title="Rights before markets",
    date="2026-12-04",
    framework="success",
    points=("a", "b"),
    cases=(
        PlannedCase("asiro-gentian-alliance"),
        PlannedCase("nosaku"),
        PlannedCase("renown", optional=True),
        PlannedCase("kitagawa-yuzu", hidden=True),
    ),
    steps=(
        Step("Reading", 10),
        Step("Who held the rights?", 15, point="a"),
        Step("The foundry", 20, case="nosaku"),
        Step("What would you do?", 5, question="Whom should the growers have asked first?"),
    ),
)


@pytest.fixture
def plan(shipped: Book) -> Seminar:
    from casebook.comparison.matrix import assessed_frameworks

    return replace(PLAN, framework=assessed_frameworks(shipped)[0].slug)


@asynccontextmanager
async def _presented(
    book: Book,
    plan: Seminar,
    folder: Path,
    size: tuple[int, int] = (80, 24),
    shown_class: Path | None = None,
    *,
    begins_anew: bool = False,
) -> AsyncIterator[Any]:
    start = Start(
        book,
        folder / "notebook.sqlite",
        folder / "settings.toml",
        shown_class=ClassPlace(str(shown_class)) if shown_class else None,
        presented=plan,
        begins_anew=begins_anew,
    )
    app = CasebookApp(start)
    async with app.run_test(size=size, notifications=True) as pilot:
        driven = Driven(app, pilot)
        await driven.settle()
        for _ in range(400):
            if isinstance(app.screen, PresentScreen):
                break
            await pilot.pause(0.01)
        await driven.settle()
        yield driven


def test_each_step_has_its_slides() -> None:
    slides = slides_of(PLAN, PLAN.points)
    assert [(slide.step, slide.point, slide.cases) for slide in slides] == [
        (0, "", ()),
        (1, "a", ("asiro-gentian-alliance", "nosaku")),
        (2, "a", ("nosaku",)),
        (2, "b", ("nosaku",)),
        (3, "", ()),
    ]
    assert slides[-1].question == "Whom should the growers have asked first?"


def test_a_question_about_a_case_comes_before_its_rows() -> None:
    step = Step("The foundry", 20, case="nosaku", question="Whom did it ask first?")
    slides = slides_of(replace(PLAN, steps=(step,)), PLAN.points)
    assert [(slide.question, slide.point, slide.cases) for slide in slides] == [
        ("Whom did it ask first?", "", ("nosaku",)),
        ("", "a", ("nosaku",)),
        ("", "b", ("nosaku",)),
    ]


async def test_the_line_of_keys_names_what_does_something_on_the_slide(
    shipped: Book, plan: Seminar, tmp_path: Path
) -> None:
    async with _presented(shipped, plan, tmp_path) as driven:
        driven.shows("next")
        driven.hides("= reveal", "v evidence", "% class")
        await driven.press("right")
        driven.shows("= reveal", "v evidence")
        driven.hides("% class")
        await driven.press("equals_sign")
        driven.shows("= hide")


@pytest.mark.parametrize(("size", "is_large"), [((60, 20), False), ((80, 24), True)])
async def test_a_question_is_large_wherever_that_fits(
    shipped: Book, plan: Seminar, tmp_path: Path, size: tuple[int, int], is_large: bool
) -> None:
    question = "Whom should the growers of the valley have asked before the first sale abroad?"
    plan = replace(plan, steps=(Step("Asking", 5, question=question),))
    async with _presented(shipped, plan, tmp_path, size) as app:
        app.hides("more below")
        board = [line.text for line in app.app.screen.board.lines]
        assert (len(board) > 9) == is_large
        assert (large_words("sale abroad?", 70)[0].strip() in "\n".join(board)) == is_large


async def test_a_question_says_that_its_ratings_follow(
    shipped: Book, plan: Seminar, tmp_path: Path
) -> None:
    step = Step("The foundry", 20, case="nosaku", question="Whom did it ask first?")
    async with _presented(shipped, replace(plan, steps=(step,)), tmp_path) as app:
        await app.press("equals_sign")
        app.notices("the ratings follow on the next slide")
        await app.press("right", "equals_sign")
        assert large_mark(Rating.PARTLY)[1] in app.text


def test_the_clock_counts_down_and_then_up() -> None:
    now = [100.0]
    clock = StepClock(2, now=lambda: now[0])
    assert clock.said == "2:00"
    now[0] += 61
    assert clock.said == "0:59"
    now[0] += 59 + 75
    assert clock.said == "+1:15"
    assert StepClock(2, passed=30, now=lambda: now[0]).said == "1:30"
    assert StepClock(2, passed=-30, now=lambda: now[0]).said == "2:00"


def test_letters_and_marks_are_told_apart_by_shape() -> None:
    letters = [tuple(large_words(each, 80)) for each in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"]
    assert len(set(letters)) == len(letters)
    marks = [tuple(large_mark(each)) for each in (*Rating, None)]
    assert len(set(marks)) == len(marks)
    assert not can_be_large("能作")
    assert large_words("能作", 80) == []
    assert max(map(len, large_words("Who held the rights?", 80))) <= 80


def test_a_place_that_cannot_be_read_is_the_beginning() -> None:
    for kept in (None, 1, {"slide": 9}, {"slide": "1"}, {"slide": 99, "since": 0.0, "revealed": [],
                 "evidence": False, "tally": False}):  # fmt: skip
        assert place_of(kept, 5).slide == 0


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_a_seminar_from_its_first_step_to_its_last(
    shipped: Book, plan: Seminar, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with _presented(shipped, plan, tmp_path, size) as app:
        app.shows("Reading", "Step 1 of 4", "next")
        await app.press("left")
        app.notices("This is the beginning of the plan.")
        await app.press("right")
        app.shows("Who held the rights?", "Step 2 of 4", "Asiro gentian alliance", "Nosaku")
        hidden = "\n".join(large_mark(None))
        assert hidden.splitlines()[0].strip() in app.text
        met = large_mark(Rating.MET)[1]
        assert met not in app.text
        await app.press("v")
        app.notices("Reveal the row first")
        await app.press("equals_sign")
        assert met in app.text
        await app.press("v")
        if size == (60, 20):
            await app.press(*["down"] * 4)  # what does not fit scrolls
        app.shows("decided")
        await app.press("percent_sign")
        app.notices("No class is open")
        await app.press("pagedown", "pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
        app.notices("This is the end of the plan.")
        app.shows("What would you do?", "Step 4 of 4")


async def test_the_class_stands_beside_the_row(
    shipped: Book, plan: Seminar, tmp_path: Path
) -> None:
    async with _presented(shipped, plan, tmp_path, (120, 40)) as app:
        screen = app.app.screen
        screen.shown_class = ClassPlace(str(tmp_path / "class.sqlite"))
        await app.press("right", "percent_sign")
        app.notices("class.sqlite")
        screen._take({("nosaku", "a"): RatingCounts(12, 5, 2, 1)}, 2)
        await app.settle()
        app.shows("● ", "12", "◐ ", "No answers to show.", "class: round 2")
        await app.press("percent_sign")
        app.hides("No answers to show.", "round 2")


async def test_the_round_of_the_class_is_told(
    shipped: Book, plan: Seminar, tmp_path: Path, answered: Path
) -> None:
    async with _presented(shipped, plan, tmp_path, (60, 20), answered) as app:
        await app.press("right")
        app.hides("round")
        await app.press("percent_sign")
        app.shows("class: round 2")
        await app.press("right")
        app.hides("round")


@pytest.fixture
def answered(shipped: Book, tmp_path: Path) -> Path:
    """A class that has answered in two rounds."""
    handed_in = simulated(25, (1, 2), cases=tuple(CASES), points=POINTS)
    return make_class(shipped, tmp_path, handed_in)


async def test_the_slides_stay_on_a_round_while_few_have_answered_the_next(
    shipped: Book, plan: Seminar, tmp_path: Path
) -> None:
    handed_in = simulated(12, (1, 2), cases=tuple(CASES), points=POINTS)
    few = [each for each in handed_in if each.round == 1 or each.student == handed_in[1].student]
    path = make_class(shipped, tmp_path, few)
    async with _presented(shipped, plan, tmp_path, shown_class=path) as app:
        await app.press("right", "percent_sign")
        app.shows("class: round 1")
        app.notices("Round 2 has begun, with 1 student: too few to be shown yet.")


async def test_the_class_is_shown_again_after_a_restart(
    shipped: Book, plan: Seminar, tmp_path: Path, answered: Path
) -> None:
    async with _presented(shipped, plan, tmp_path, shown_class=answered) as app:
        await app.press("right", "percent_sign")
        app.hides("No answers to show.")
        shown = app.text.splitlines()[4:-1]
    with open_book(SHIPPED_BOOK) as again:
        async with _presented(again, plan, tmp_path, shown_class=answered) as app:
            assert app.text.splitlines()[4:-1] == shown


async def test_a_slide_begins_without_evidence_and_class(
    shipped: Book, plan: Seminar, tmp_path: Path, answered: Path
) -> None:
    async with _presented(shipped, plan, tmp_path, (120, 40), answered) as app:
        await app.press("right", "equals_sign", "v", "percent_sign")
        app.shows("decided", "\N{FULL BLOCK} ")
        place = app.app.screen.place
        assert (place.has_evidence, place.has_tally) == (True, True)
        await app.press("right", "equals_sign")
        assert (place.has_evidence, place.has_tally) == (False, False)
        evidence = app.app.screen.comparison.cell("a", "nosaku").evidence
        app.hides(evidence[:20])


async def test_what_was_to_be_done_first_goes_when_it_is_done(
    shipped: Book, plan: Seminar, tmp_path: Path
) -> None:
    async with _presented(shipped, plan, tmp_path) as app:
        await app.press("right", "v")
        app.shows("Reveal the row first")
        await app.press("equals_sign")
        await app.pilot.pause(0.5)
        app.hides("Reveal the row first")


async def test_the_place_is_kept(
    shipped: Book, plan: Seminar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _presented(shipped, plan, tmp_path) as app:
        await app.press("right", "equals_sign", "right", "right")
        app.shows("The foundry", "Step 3 of 4, 4 of 5")
    later = time.time() + 300
    monkeypatch.setattr("tui.screens.presenting.time.time", lambda: later)
    with open_book(SHIPPED_BOOK) as again:
        async with _presented(again, plan, tmp_path) as app:
            app.shows("The foundry", "Step 3 of 4, 4 of 5")
            assert app.app.screen.clock.said.startswith(("15:", "14:"))
            await app.press("left", "left")
            assert large_mark(Rating.MET)[1] in app.text


async def test_a_rehearsal_is_forgotten_on_demand(
    shipped: Book, plan: Seminar, tmp_path: Path
) -> None:
    async with _presented(shipped, plan, tmp_path) as app:
        await app.press("right", "equals_sign")
        assert large_mark(Rating.MET)[1] in app.text
    with open_book(SHIPPED_BOOK) as again:
        async with _presented(again, plan, tmp_path) as app:
            app.notices("Continued at step 2; --restart begins anew.")
    for begins_anew in (True, False):
        with open_book(SHIPPED_BOOK) as again:
            async with _presented(again, plan, tmp_path, begins_anew=begins_anew) as app:
                app.shows("Step 1 of 4")
                assert not app.app._notifications
                if not begins_anew:
                    await app.press("right")
                    assert large_mark(Rating.MET)[1] not in app.text


async def test_what_is_being_rated_is_not_revealed_on_the_projector(
    shipped: Book, plan: Seminar, tmp_path: Path
) -> None:
    async with _presented(shipped, plan, tmp_path) as app:
        app.app.fill_tray(("nosaku",))
        app.app.hide_ratings(is_on=True)
        await app.press("right", "equals_sign")
        app.notices("are hidden while you rate")
        assert large_mark(Rating.MET)[1] not in app.text


async def test_all_cases_of_a_row_fit_at_80_by_24(
    shipped: Book, plan: Seminar, tmp_path: Path
) -> None:
    three = (*plan.cases[:2], PlannedCase("renown"))
    async with _presented(shipped, replace(plan, cases=three), tmp_path) as app:
        await app.press("right")
        for key in ("equals_sign", "percent_sign", "equals_sign"):
            app.app.screen.shown_class = ClassPlace(str(tmp_path / "class.sqlite"))
            app.shows("Asiro gentian alliance", "Nosaku", "Renown")
            app.hides("more below")
            await app.press(key)
        app.hides("more below")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_arrows_leave_a_slide_that_is_taller_than_the_screen(
    shipped: Book, plan: Seminar, tmp_path: Path, size: tuple[int, int]
) -> None:
    many = [slug for slug in rated_entries(shipped, plan.framework) if slug != "nosaku"][:16]
    cases = tuple(PlannedCase(slug) for slug in (*many, "nosaku"))
    async with _presented(shipped, replace(plan, cases=cases), tmp_path, size) as app:
        await app.press("right", "equals_sign", "v")
        app.shows("Step 2 of 4", "more below: pgdn")
        await app.press("pagedown")
        app.shows("Step 2 of 4")
        app.app.screen.board.action_bottom()
        await app.settle()
        app.hides("more below")
        await app.press("right")
        app.shows("Step 3 of 4")
        await app.press("left", "v")
        app.shows("Step 2 of 4", "more below: pgdn")
        await app.press("left")
        app.shows("Step 1 of 4")


async def test_nothing_else_of_the_app_comes_on_the_projector(
    shipped: Book, plan: Seminar, tmp_path: Path
) -> None:
    async with _presented(shipped, plan, tmp_path) as app:
        app.hides("search", "library")
        for key in (
            *("slash", "ctrl+p", "alt+left", "t", "m", "c", "P", "Q", "n", "N", "b", "s", "x", "o"),
            *("ampersand", "ctrl+e", "tab", "shift+tab", "enter", "colon", "B", "R", "T", "O"),
        ):
            await app.press(key)
            assert isinstance(app.app.screen, PresentScreen), key
        await app.press("question_mark")
        app.hides("Search the book", "notebook")
        await app.press("escape")
        app.shows("Reading", "Step 1 of 4")


async def test_the_library_is_not_seen_before_the_first_slide(
    shipped: Book, plan: Seminar, tmp_path: Path
) -> None:
    start = Start(shipped, tmp_path / "notebook.sqlite", tmp_path / "settings.toml", presented=plan)
    app = CasebookApp(start)
    seen = []
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(400):
            seen.append(screen_text(app))
            if isinstance(app.screen, PresentScreen):
                break
            await pilot.pause(0.01)
    for text in seen[:-1]:
        assert not text.strip()


async def test_leaving_keeps_the_place(shipped: Book, plan: Seminar, tmp_path: Path) -> None:
    async with _presented(shipped, plan, tmp_path) as app:
        await app.press("right", "right")
        app.shows("esc leave")
        await app.pilot.press("escape")
        for _ in range(400):
            if not app.app.is_running:
                break
            await app.pilot.pause(0.01)
        assert app.app._exit
        assert app.app.return_code == 0
        assert isinstance(app.app.screen, PresentScreen)
    with open_book(SHIPPED_BOOK) as again:
        async with _presented(again, plan, tmp_path) as app:
            app.shows("The foundry", "Step 3 of 4, 3 of 5")
