"""A lecturer's class on a server, in the app: live, and while the server is away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import open_book
from casebook.seminar.class_places import ClassPlace, server_typed
from casebook.seminar.student_link import OwnAnswer, Sent, StudentLink
from tests.classes_on_postgres import HeldClass, database, held, hold_class, postgres
from tests.postgres import Server
from tui.screens.class_answers import ClassScreen

__all__ = ["database", "held", "postgres"]

Drive = Callable[..., Any]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.class_answers.SECONDS_BETWEEN_LOOKS", 0.2)


def _answer(held: HeldClass, student: tuple[str, str], rating: str, reason: str = "") -> None:
    link = StudentLink(held.door.url, student[1])
    link.exchange({("nosaku", "a"): OwnAnswer(rating, reason)}, Sent())
    link.close()


async def test_answers_and_rounds_come_onto_the_screen_by_themselves(
    held: HeldClass, small_book: Path, postgres: Server, drive: Drive
) -> None:
    with open_book(small_book) as book:
        async with drive(book, (120, 40)) as app:
            app.app.open_class(ClassPlace(held.lecturer))
            await app.wait_for("round 1 open, 0 of 2 answered")
            app.shows("Bells and gentians", "a Vision: no answers.")
            _answer(held, held.anna, "met", "It has a vision.")
            await app.wait_for("round 1 open, 1 of 2 answered")
            await app.wait_for("It has a vision.")
            _answer(held, held.ben, "not met")
            await app.wait_for("●1 ✗1")
            held.close_round()
            await app.wait_for("round 1 closed, 2 of 2 answered")
            postgres.stop()
            try:
                await app.wait_for("no connection")
                app.shows("●1 ✗1")  # what was there stays
                told = len(app.app._notifications)
                await app.press("equals_sign", "enter")
                await app.settle()
            finally:
                postgres.start()
            await app.wait_for("round 1 closed, 2 of 2")
            assert told == 1
            await app.press("equals_sign")
            app.shows("Reveal the book's ratings to the class?")
            await app.press("down", "enter")
            await app.settle()
            with held.as_lecturer() as connection:
                assert not connection.execute("SELECT item FROM casebook.reveal").fetchall()
            await app.press("equals_sign", "enter")
            await app.wait_for("book ")
            app.notices("revealed to the students as well from now on")
            with held.as_lecturer() as connection:
                shown = connection.execute("SELECT item FROM casebook.reveal").fetchall()
            assert shown == [("ratings",)]


async def test_the_box_takes_an_address_and_says_which_classes_there_are(
    held: HeldClass, small_book: Path, drive: Drive
) -> None:
    second = hold_class(held.owner, held.lecturer, small_book, class_name="B")
    with open_book(small_book) as book:
        async with drive(book, (80, 24)) as app:
            app.app.screen.action_open_class()
            await app.settle()
            box = app.app.screen.query_one("Input")
            box.value = held.lecturer.replace("127.0.0.1:", "127.0.0.1:x")
            await app.press("enter")
            await app.wait_for("not an address")
            box.value = held.lecturer
            await app.press("enter")
            await app.wait_for("--class: bells (A), bells (B).")
            box.value = f"'{second.lecturer}' --class B"
            await app.press("enter")
            await app.wait_for("Class: Bells and gentians")
            assert isinstance(app.app.screen, ClassScreen)
            assert app.app.screen.place == ClassPlace(held.lecturer, class_name="B")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("postgresql://mori@h/d", ClassPlace("postgresql://mori@h/d")),
        (
            "'postgresql://mori@h/d?a=b' --slug bells --class 'Year 2'",
            ClassPlace("postgresql://mori@h/d?a=b", "bells", "Year 2"),
        ),
        ("class.sqlite", None),
        ("postgresql://a postgresql://b", None),
        ("it's", None),
    ],
)
def test_a_server_is_named_as_in_the_commands(line: str, place: ClassPlace | None) -> None:
    assert server_typed(line) == place
