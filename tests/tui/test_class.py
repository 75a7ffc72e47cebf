"""What a class has answered, in the app; and handing in the reader's own ratings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book
from casebook.seminar.answer_file import read_answers
from casebook.seminar.answers import Answer
from casebook.seminar.class_file import read_class
from casebook.seminar.class_places import ClassPlace
from casebook.seminar.collecting import collect
from casebook.vocabulary import Rating
from tests.casebook.seminar.classes import identifier, simulated, write_answer_files
from tests.casebook.seminar.shipped_class import CASES, POINTS, SEMINAR, make_class, of_book
from tests.tui.conftest import SIZES
from tui.screens.class_answers import ClassScreen, agreement_said


@pytest.fixture
def path(shipped: Book, tmp_path: Path) -> Path:
    handed_in = simulated(25, (1, 2), cases=tuple(CASES), points=POINTS)
    return make_class(shipped, tmp_path, handed_in)


async def _opened(driven: Any, path: Path) -> ClassScreen:
    screen = ClassScreen(ClassPlace(str(path)))
    driven.app.open_place(screen)
    await driven.settle()
    await driven.wait_for("Bells and flowers")
    return screen


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
async def test_the_class_is_whole_at_every_size(
    drive: Callable[..., Any], shipped: Book, path: Path, size: tuple[int, int]
) -> None:
    async with drive(shipped, size) as driven:
        screen = await _opened(driven, path)
        driven.shows("Nosaku", "round 2", "● met", "◐ partly", "✗ not met", "· silent")
        assert screen.shown is not None
        first = screen.shown.points[0]
        driven.shows(first.title[:12], "Division", "Since round 1")
        assert re.search(r"agreement -?\.\d\d(?!\d)", driven.text), driven.text
        cell = screen.shown.cell("asiro-gentian-alliance", first.key)
        assert cell.counts is not None
        driven.shows(f"●{cell.counts.met}", f"✗{cell.counts.not_met}")
        driven.hides("The book:")


async def test_the_book_is_shown_on_demand_and_that_is_kept(
    drive: Callable[..., Any], shipped: Book, path: Path
) -> None:
    async with drive(shipped, (120, 40)) as driven:
        await _opened(driven, path)
        await driven.press("equals_sign")
        await driven.wait_for("The book:")
        driven.notices("revealed in class.sqlite from now on; = hides them again")
        driven.app.clear_notifications()
        await driven.settle()
        driven.shows("last: the book", "figures: students")
        assert read_class(path).reveals == {"ratings"}
        await driven.press("equals_sign")
        await driven.settle()
        driven.notices("hidden again in class.sqlite")
        assert read_class(path).reveals == frozenset()


async def test_keys_read_the_point_the_case_and_the_whole_class(
    drive: Callable[..., Any], shipped: Book, path: Path
) -> None:
    async with drive(shipped, (120, 40)) as driven:
        await _opened(driven, path)
        await driven.press("r")
        driven.shows("Agreement", "because of")
        await driven.press("escape", "right", "R")
        driven.shows("Nosaku", "Agreement")
        await driven.press("escape", "k", "h", "h", "enter")
        driven.shows("Students", "25 in round 1, 25 in round 2")


async def test_round_order_and_withheld_tallies_are_chosen(
    drive: Callable[..., Any], shipped: Book, path: Path, tmp_path: Path
) -> None:
    async with drive(shipped, (120, 40)) as driven:
        screen = await _opened(driven, path)
        await driven.press("f")
        driven.shows("Withheld tallies", "the most divided first")
        await driven.press("space")
        assert screen.choice.round == 1
        await driven.press("j", "j", "j", "space", "escape")
        await driven.settle()
        assert screen.choice.order == "plan"
        driven.shows("round 1, 25 students")
        assert screen.shown is not None
        assert [point.key for point in screen.shown.points] == list(POINTS)
        await driven.press("x")
        await driven.wait_for("round 2")


@pytest.mark.parametrize(
    "rounds", ["", "round 1 open, 12 of 25 answered", "round 1 closed, 125 of 250 answered"]
)
async def test_the_figure_in_the_title_is_never_cut(
    drive: Callable[..., Any], shipped: Book, tmp_path: Path, rounds: str
) -> None:
    path = make_class(shipped, tmp_path, simulated(12, cases=tuple(CASES), points=POINTS))
    async with drive(shipped, (80, 24)) as driven:
        screen = await _opened(driven, path)
        assert screen.shown is not None
        screen._rounds = rounds
        for tray in ((), ("nosaku", "renown")):
            driven.app.fill_tray(tray)
            screen._show_state()
            await driven.settle()
            driven.shows(agreement_said(screen.shown))


async def test_few_answers_are_withheld(
    drive: Callable[..., Any], shipped: Book, tmp_path: Path
) -> None:
    path = make_class(shipped, tmp_path, simulated(4, cases=tuple(CASES), points=POINTS))
    async with drive(shipped, (120, 40)) as driven:
        screen = await _opened(driven, path)
        screen.take(screen.choice._replace(fewest=5))
        await driven.wait_for("fewer than 5")
        driven.hides("because of", "●1", "●2")


async def test_what_is_collected_meanwhile_comes_onto_the_screen(
    drive: Callable[..., Any], shipped: Book, path: Path, tmp_path: Path
) -> None:
    async with drive(shipped, (120, 40)) as driven:
        screen = await _opened(driven, path)
        driven.shows("25 students")
        late = simulated(26, (2,), cases=tuple(CASES), points=POINTS)[-1]
        late = of_book(shipped, late)._replace(student=identifier(99))
        collect(path, write_answer_files(tmp_path / "late", [late]))
        screen._look()
        await driven.wait_for("26 students")


async def test_a_round_that_has_just_begun_does_not_take_the_place_of_the_class(
    drive: Callable[..., Any], shipped: Book, tmp_path: Path
) -> None:
    path = make_class(shipped, tmp_path, simulated(12, cases=tuple(CASES), points=POINTS))

    def collected(first: int, last: int) -> None:
        late = simulated(last, (2,), cases=tuple(CASES), points=POINTS)[first - 1 :]
        late = [of_book(shipped, each) for each in late]
        assert not collect(path, write_answer_files(tmp_path / f"late{last}", late)).refused

    async with drive(shipped, (120, 40)) as driven:
        screen = await _opened(driven, path)
        driven.shows("round 1, 12 students")
        collected(1, 1)
        screen._look()
        for _ in range(400):
            if screen.shown is not None and screen.shown.record.rounds == (1, 2):
                break
            await driven.pilot.pause(0.01)
        await driven.settle()
        driven.notices("Round 2 has begun, with 1 student; f chooses the round.")
        driven.shows("round 1, 12 students")
        await driven.press("escape")
        screen = await _opened(driven, path)
        driven.shows("round 1, 12 students")
        await driven.press("f", "j", "space", "escape")
        await driven.wait_for("round 2, 1 student")
        await driven.press("escape")
        collected(2, 5)
        await _opened(driven, path)
        driven.shows("round 2, 5 students")


async def test_a_class_that_cannot_be_read_is_told(
    drive: Callable[..., Any], shipped: Book, tmp_path: Path
) -> None:
    path = tmp_path / "class.sqlite"
    path.write_bytes(b"no class")
    async with drive(shipped, (80, 24)) as driven:
        driven.app.open_place(ClassScreen(ClassPlace(str(path))))
        await driven.wait_for("is not a class")
        await driven.press("r", "R", "f", "E", "equals_sign", "v", "x", "enter", "escape")
        driven.shows("Library")


async def test_the_palette_asks_for_the_file_of_the_class(
    drive: Callable[..., Any], shipped: Book, path: Path
) -> None:
    async with drive(shipped, (80, 24)) as driven:
        driven.app.screen.action_open_class()
        await driven.settle()
        driven.shows("Open a class")
        driven.app.screen.query_one("Input").value = str(path.with_name("none.sqlite"))
        await driven.press("enter")
        driven.notices("There is no class")
        driven.app.screen.query_one("Input").value = str(path)
        await driven.press("enter")
        await driven.wait_for("Class: Bells")


async def test_the_minutes_are_exported_from_the_box(
    drive: Callable[..., Any], shipped: Book, path: Path, tmp_path: Path
) -> None:
    async with drive(shipped, (120, 40)) as driven:
        await _opened(driven, path)
        await driven.press("E")
        driven.shows("Export what the class has answered")
        driven.app.screen.path_box.value = str(tmp_path / "out.json")
        await driven.press("j", "j", "j", "j", "space", "tab", "enter")
        await driven.settle()
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert written["seminar"] == "bells"


# A student


async def test_ratings_are_handed_in_from_the_app(
    drive: Callable[..., Any], shipped: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.dialogs.hand_in.seminar_in", lambda _book: SEMINAR)
    target = tmp_path / "mine.json"
    async with drive(shipped, (80, 24)) as driven:
        driven.app.screen.action_hand_in()
        await driven.settle()
        driven.notices("rated none of the cases")
        driven.app.tray = ("nosaku", "renown")
        await driven.press("P", "1", "j", "3")
        driven.app.screen.action_hand_in()
        await driven.settle()
        driven.shows("Hand in 2 ratings")
        driven.app.screen.query_one("#export-name").value = "Ana \x1b Q."
        driven.app.screen.path_box.value = str(target)
        driven.app.screen.path_box.focus()
        await driven.press("enter")
        await driven.settle()
        driven.notices("Give this file to your lecturer")
        first = read_answers(target)
        assert "\x1b" not in first.name
        assert first.name.startswith("Ana")
        assert (first.round, first.number) == (1, 1)
        assert first.answers == (
            Answer("nosaku", "a", Rating.MET),
            Answer("nosaku", "b", Rating.NOT_MET),
        )
        driven.app.screen.action_hand_in()
        await driven.settle()
        driven.shows("as Ana")
        driven.hides("handed in already")
        await driven.press("k", "space")
        driven.shows("Round 1 was handed in already; it is replaced")
        await driven.press("j", "space")
        driven.hides("handed in already")
        driven.app.screen.path_box.value = str(target)
        driven.app.screen.path_box.focus()
        await driven.settle()
        await driven.press("enter")
        driven.notices("This file exists")
        await driven.press("enter")
        await driven.settle()
        again = read_answers(target)
        assert (again.student, again.name, again.number) == (first.student, first.name, 2)
        assert again.round == 2


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_box_for_handing_in_asks_in_the_order_in_which_it_stands(
    drive: Callable[..., Any],
    shipped: Book,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("tui.dialogs.hand_in.seminar_in", lambda _book: SEMINAR)
    async with drive(shipped, size) as driven:
        driven.app.tray = ("nosaku",)
        # Textual's own list of options, which the palette brings along, must not change ours.
        await driven.press("P", "1", "ctrl+p", "text:hand in", "enter")
        driven.shows("Hand in 1 rating: Bells and flowers")
        driven.shows("Your name", "without a name", "1, before", "2, after", "3", "answers.json")
        driven.shows("enter next")
        await driven.press("text:Ana", "enter", "j", "enter", "enter")
        driven.shows("enter write the file")
        await driven.press("enter")
        driven.notices("Give this file to your lecturer")
    handed_in = read_answers(tmp_path / "answers.json")
    assert (handed_in.name, handed_in.round) == ("Ana", 2)


async def test_a_book_for_no_seminar_says_what_to_do(
    drive: Callable[..., Any], shipped: Book
) -> None:
    async with drive(shipped, (80, 24)) as driven:
        driven.app.screen.action_hand_in()
        await driven.settle()
        driven.notices("not made for a seminar")
