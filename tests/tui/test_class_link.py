"""The app sends what is rated to the class that the reader has joined."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book, open_book
from casebook.notebook import open_notebook
from casebook.seminar.attending import join_class
from tests.classes_on_postgres import HeldClass, database, held, postgres
from tests.postgres import Server
from tests.tui.conftest import PATIENCE

__all__ = ["database", "held", "postgres"]

Drive = Callable[..., Any]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app looks at the class more often than a reader needs."""
    monkeypatch.setattr("tui.class_link.LOOKS_EVERY", 0.05)
    monkeypatch.setattr("tui.class_link.LONGEST_WAIT", 0.1)


@pytest.fixture
def student(held: HeldClass, small_book: Path, tmp_path: Path) -> Path:
    """The notebook of somebody who has joined the class."""
    path = tmp_path / "student.sqlite"
    with open_book(small_book) as book, open_notebook(path) as notebook:
        join_class(book, notebook, held.door.url, held.door.code, "Yuki")
    return path


async def _answers(held: HeldClass, *wanted: tuple[int, str, str]) -> None:
    """Waits until these answers, and no others, are on the server."""
    found: list[tuple[Any, ...]] = []
    for _ in range(PATIENCE):
        rows = await asyncio.to_thread(held.answers)
        found = [(row[1], row[3], row[4]) for row in rows]
        if found == list(wanted):
            return
        await asyncio.sleep(0.01)
    assert found == list(wanted)


async def _told(app: Any, words: str) -> None:
    """Waits until a notice says something."""
    said: list[str] = []
    for _ in range(PATIENCE):
        said = [notice.message for notice in app.app._notifications]
        if any(words in message for message in said):
            return
        await asyncio.sleep(0.01)
    assert words in said


async def test_ratings_are_sent_as_they_are_given(
    held: HeldClass, small_book: Path, student: Path, drive: Drive
) -> None:
    with open_book(small_book) as book:
        async with drive(book, (100, 30), notebook=student) as app:
            app.app.tray = ("nosaku",)
            await app.press("c", "P", "1")
            await _answers(held, (1, "a", "met"))
            await app.wait_for("(round 1, 1 sent)")
            await app.press("down", "3")
            await _answers(held, (1, "a", "met"), (1, "b", "not met"))
            await app.press("Z")
            await _answers(held)


async def test_what_the_lecturer_does_is_told(
    held: HeldClass, small_book: Path, student: Path, drive: Drive
) -> None:
    with open_book(small_book) as book:
        async with drive(book, (100, 30), notebook=student) as app:
            await _told(app, "Bells and gentians (A): Round 1 is open.")
            await asyncio.to_thread(held.close_round)
            await _told(app, "Round 1 is closed.")
            await asyncio.to_thread(held.reveal, "tally")
            await _told(app, "Revealed to your class: tally.")
            app.app.tray = ("nosaku",)
            await app.press("c", "P", "2")
            await app.wait_for("(round 1 closed)")
            await asyncio.to_thread(held.open_round)
            await _answers(held, (2, "a", "partly"))


async def test_a_lost_connection_is_told_and_made_up_for(
    held: HeldClass, small_book: Path, student: Path, drive: Drive, postgres: Server
) -> None:
    with open_book(small_book) as book:
        async with drive(book, (100, 30), notebook=student) as app:
            await _told(app, "Round 1 is open.")
            await asyncio.to_thread(postgres.stop)
            try:
                await _told(app, "No connection to your class")
                app.app.tray = ("nosaku",)
                await app.press("c", "P", "1")
                app.shows("1 of 2 rated", "no connection")
            finally:
                await asyncio.to_thread(postgres.start)
            await _told(app, "You are connected to your class again.")
            await _answers(held, (1, "a", "met"))


async def test_what_was_rated_without_a_connection_is_sent_by_the_next_start(
    held: HeldClass, small_book: Path, student: Path, drive: Drive, postgres: Server
) -> None:
    with open_book(small_book) as book:
        postgres.stop()
        try:
            async with drive(book, (100, 30), notebook=student) as app:
                app.app.tray = ("nosaku",)
                await app.press("c", "P", "1")
                await app.wait_for("no connection")
        finally:
            postgres.start()
    with open_book(small_book) as book:
        async with drive(book, (100, 30), notebook=student):
            await _answers(held, (1, "a", "met"))


async def test_a_class_that_is_joined_meanwhile_is_met_at_the_next_rating(
    held: HeldClass, small_book: Path, drive: Drive, tmp_path: Path
) -> None:
    path = tmp_path / "student.sqlite"
    with open_book(small_book) as book:
        async with drive(book, (100, 30), notebook=path) as app:
            app.app.tray = ("nosaku",)
            await app.press("c", "P", "1")

            def join() -> None:
                with open_book(small_book) as again, open_notebook(path) as notebook:
                    join_class(again, notebook, held.door.url, held.door.code, "")

            await asyncio.to_thread(join)
            await app.press("down", "2")
            await _answers(held, (1, "a", "met"), (1, "b", "partly"))


async def test_a_class_is_joined_in_the_app(
    held: HeldClass, small_book: Path, drive: Drive, tmp_path: Path
) -> None:
    code = f"{held.door.code[:4]}-{held.door.code[4:8]}-{held.door.code[8:]}"
    with open_book(small_book) as book:
        async with drive(book, (80, 24), notebook=tmp_path / "new.sqlite") as app:
            app.app.tray = ("nosaku",)
            await app.press("c", "P", "1")
            app.app.screen.action_join_class()
            await app.settle()
            app.shows("Join a class", "Paste the line that your lecturer gave you")
            line = app.app.screen.query_one("#join-line")
            line.value = "a line that is none"
            await app.press("enter", "enter")
            app.shows("That is not such a line.")
            line.value = f"casebook class join '{held.door.url}' --code 0000-0000-0000"
            await app.press("enter", "text:Yuki", "enter")
            await app.wait_for("No class has this code")
            line.value = line.value.replace("0000-0000-0000", code)
            await app.press("enter")
            await _told(app, "Bells and gentians (A): Round 1 is open.")
            await _answers(held, (1, "a", "met"))
            await app.wait_for("(round 1, 1 sent)")
    with held.as_lecturer() as connection:
        names = connection.execute("SELECT name FROM casebook.participant").fetchall()
    assert ("Yuki",) in names


async def test_the_app_is_left_at_once_while_a_server_does_not_answer(
    small_book: Path, student: Path, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from casebook.seminar.student_link import StudentLink

    asked, forever = threading.Event(), threading.Event()

    def wait(*_: object) -> None:
        asked.set()
        forever.wait()

    monkeypatch.setattr(StudentLink, "exchange", wait)
    book: Book
    with open_book(small_book) as book:
        async with drive(book, (100, 30), notebook=student) as app:
            await asyncio.to_thread(asked.wait)
            await app.press("down", "up")  # nothing waits for the server
            app.app.leave()
        assert app.app.return_code == 0
    forever.set()
