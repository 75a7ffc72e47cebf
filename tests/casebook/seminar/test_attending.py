"""Attending a class: answers go once, however the connection comes and goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from casebook.book.connection import Book, open_book
from casebook.errors import CasebookError
from casebook.notebook import Notebook, open_notebook
from casebook.notebook.backup import as_json
from casebook.notebook.predictions import begin_anew, predict
from casebook.notebook.seminars import attendance
from casebook.seminar.answers import last_handed_in
from casebook.seminar.attending import exchange, join_class, send_answers
from casebook.seminar.membership import leave_class, memberships
from casebook.seminar.server_errors import ServerError, UnreachableError
from casebook.seminar.student_link import StudentLink
from casebook.vocabulary import Rating
from tests.classes_on_postgres import HeldClass
from tests.postgres import Server


@pytest.fixture
def book(small_book: Path) -> Iterator[Book]:
    with open_book(small_book) as opened:
        yield opened


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with open_notebook(tmp_path / "notebook.sqlite") as opened:
        yield opened


def _rate(notebook: Notebook, point: str, rating: Rating, reason: str = "") -> None:
    predict(notebook, "small", "nosaku", "Nosaku", "checklist", point, rating, reason)


def _own(held: HeldClass, notebook: Notebook) -> list[tuple[object, ...]]:
    """The round, point, rating and reason of each answer of the reader's on the server."""
    attended = attendance(notebook, "small", "bells")
    assert attended is not None
    return [(row[1], *row[3:]) for row in held.answers() if row[0] == attended.student]


def test_what_was_rated_before_and_after_joining_is_sent(
    held: HeldClass, book: Book, notebook: Notebook
) -> None:
    _rate(notebook, "a", Rating.MET, "A vision.")
    _rate(notebook, "a1", Rating.MET)  # the seminar does not rate this point
    membership, state = join_class(book, notebook, held.door.url, held.door.code.lower(), "Yuki")
    assert state.said == "Round 1 is open."
    assert (state.cases, state.points) == (("nosaku",), ("a", "b"))
    assert last_handed_in(notebook, "small", "bells") is None  # no file
    membership, first = send_answers(book, notebook, membership)
    assert first.changed == 1
    _rate(notebook, "b", Rating.SILENT)
    _rate(notebook, "a", Rating.PARTLY, "Half of one.")
    membership, second = send_answers(book, notebook, membership)
    assert second.changed == 2
    assert _own(held, notebook) == [(1, "a", "partly", "Half of one."), (1, "b", "silent", "")]
    _, third = send_answers(book, notebook, membership)
    assert third.changed == 0
    with held.as_lecturer() as connection:
        names = connection.execute("SELECT name FROM casebook.participant").fetchall()
    assert ("Yuki",) in names


def test_what_is_taken_back_is_withdrawn(held: HeldClass, book: Book, notebook: Notebook) -> None:
    _rate(notebook, "a", Rating.MET)
    membership, _ = join_class(book, notebook, held.door.url, held.door.code, "")
    membership, _ = send_answers(book, notebook, membership)
    begin_anew(notebook, {"small": ["nosaku"]}, "checklist")
    _, exchanged = send_answers(book, notebook, membership)
    assert exchanged.changed == 1
    assert _own(held, notebook) == []


def test_a_lost_connection_keeps_answers_and_sends_them_once(
    held: HeldClass, book: Book, notebook: Notebook, postgres: Server
) -> None:
    membership, _ = join_class(book, notebook, held.door.url, held.door.code, "")
    link = StudentLink(membership.url, membership.token)
    _rate(notebook, "a", Rating.MET)
    membership, _ = exchange(book, notebook, membership, link)
    postgres.stop()
    try:
        _rate(notebook, "a", Rating.PARTLY, "Offline.")
        _rate(notebook, "b", Rating.MET, "Offline.")
        for _ in range(2):
            with pytest.raises(UnreachableError):
                exchange(book, notebook, membership, link)
        assert memberships(notebook, "small") == [membership]
    finally:
        postgres.start()
    membership, later = exchange(book, notebook, membership, link)
    assert later.changed == 2
    expected = [(1, "a", "partly", "Offline."), (1, "b", "met", "Offline.")]
    assert _own(held, notebook) == expected
    _, again = exchange(book, notebook, membership, link)
    assert again.changed == 0
    link.close()


def test_what_was_taken_without_our_hearing_of_it_is_there_once(
    held: HeldClass, book: Book, notebook: Notebook
) -> None:
    """The connection breaks after the server has kept it: the same is sent again."""
    _rate(notebook, "a", Rating.MET, "Once.")
    membership, _ = join_class(book, notebook, held.door.url, held.door.code, "")
    send_answers(book, notebook, membership)
    # `membership` is as it was before: as if the answer to the first had never arrived.
    _, again = send_answers(book, notebook, membership)
    assert again.changed == 1
    assert _own(held, notebook) == [(1, "a", "met", "Once.")]


def test_what_comes_after_the_close_waits_for_the_next_round(
    held: HeldClass, book: Book, notebook: Notebook
) -> None:
    _rate(notebook, "a", Rating.MET)
    membership, _ = join_class(book, notebook, held.door.url, held.door.code, "")
    membership, _ = send_answers(book, notebook, membership)
    held.close_round()
    _rate(notebook, "a", Rating.NOT_MET, "After the discussion.")
    membership, closed = send_answers(book, notebook, membership)
    assert (closed.changed, closed.state.said) == (0, "Round 1 is closed.")
    held.open_round()
    membership, opened = send_answers(book, notebook, membership)
    assert (opened.changed, opened.state.open_round) == (1, 2)
    assert _own(held, notebook) == [
        (1, "a", "met", ""),
        (2, "a", "not met", "After the discussion."),
    ]


def test_a_close_that_nobody_has_heard_of_is_heard_of_by_the_next_answer(
    held: HeldClass, book: Book, notebook: Notebook
) -> None:
    """How things stand is not asked before every answer; the database refuses what is late."""
    membership, _ = join_class(book, notebook, held.door.url, held.door.code, "")
    link = StudentLink(membership.url, membership.token)
    _rate(notebook, "a", Rating.MET)
    membership, _ = exchange(book, notebook, membership, link)
    held.close_round()
    _rate(notebook, "b", Rating.MET)
    membership, late = exchange(book, notebook, membership, link)
    assert (late.changed, late.state.said) == (0, "Round 1 is closed.")
    held.open_round()
    membership, opened = exchange(book, notebook, membership, link)
    held.close_round()
    held.open_round()
    _rate(notebook, "b", Rating.PARTLY)
    _, third = exchange(book, notebook, membership, link)
    assert (opened.state.open_round, third.state.open_round) == (2, 3)
    assert [row[:3] for row in _own(held, notebook)] == [
        (1, "a", "met"), (2, "a", "met"), (2, "b", "met"), (3, "a", "met"), (3, "b", "partly"),
    ]  # fmt: skip
    link.close()


def test_joining_twice_is_once(held: HeldClass, book: Book, notebook: Notebook) -> None:
    first, _ = join_class(book, notebook, held.door.url, held.door.code, "Yuki")
    code = held.door.code
    second, _ = join_class(book, notebook, held.door.url, f"{code[:4]}-{code[4:]}", "Yuki M.")
    assert (second.identifier, second.token) == (first.identifier, first.token)
    assert memberships(notebook, "small") == [second]
    with held.as_lecturer() as connection:
        found = connection.execute("SELECT name FROM casebook.participant").fetchall()
    assert sorted(found) == [("",), ("Anna",), ("Yuki M.",)]


def test_the_secret_is_in_no_copy_that_is_handed_on(
    held: HeldClass, book: Book, notebook: Notebook
) -> None:
    membership, _ = join_class(book, notebook, held.door.url, held.door.code, "")
    assert membership.token not in str(as_json(notebook))
    assert membership.url not in str(as_json(notebook))
    with psycopg.connect(held.owner) as connection:
        stored = connection.execute("SELECT * FROM casebook.student_secret").fetchall()
    assert membership.token not in str(stored)
    leave_class(notebook, membership)
    assert memberships(notebook, "small") == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://nobody:x@127.0.0.1:{port}/of_the_tests", "does not know this role"),
        ("postgresql://postgres:of-the-tests@127.0.0.1:{port}/nowhere", "does not exist"),
        ("postgresql://x@127.0.0.1:1/x", "cannot be reached"),
        ("postgresql://x@no.such.host.invalid/x", "cannot be reached"),
        ("postgresql://x@127.0.0.1/x?nonsense=1", "nonsense"),
    ],
)
def test_a_wrong_address_is_a_sentence(
    held: HeldClass, book: Book, notebook: Notebook, postgres: Server, url: str, told: str
) -> None:
    with pytest.raises(ServerError) as caught:
        join_class(book, notebook, url.replace("{port}", str(postgres.port)), "ABCD", "")
    assert told in caught.value.message
    assert memberships(notebook, "small") == []


def test_a_wrong_code_is_a_sentence(held: HeldClass, book: Book, notebook: Notebook) -> None:
    with pytest.raises(CasebookError, match="No class has this code"):
        join_class(book, notebook, held.door.url, "0000-0000-0000", "")


def test_what_another_program_has_left_is_no_membership(
    held: HeldClass, book: Book, notebook: Notebook
) -> None:
    from casebook.notebook.history import keep

    others: list[Any] = [[], {}, {"sent": 1}, {"sent": {"round": 1, "answers": [1]}}, "x"]
    for value in others:
        keep(notebook, "small", "class bells", value)
        assert memberships(notebook, "small") == []
