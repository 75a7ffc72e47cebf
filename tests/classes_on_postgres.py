"""Fixtures of a class on a real PostgreSQL, for the tests of all rooms."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from casebook.book.connection import open_book
from casebook.seminar import server, server_rounds
from casebook.seminar.planned import PlannedCase, Seminar
from casebook.seminar.student_link import OwnAnswer, StudentLink
from tests.postgres import CannotRunError, Server, running

PLAN = Seminar(
    slug="bells",
    title="Bells and gentians",
    date="2026-12-04",
    framework="checklist",
    points=("a", "b"),
    cases=(PlannedCase("nosaku"), PlannedCase("takaoka", hidden=True)),
    reveal=("ratings", "entry:takaoka"),
)
MET = OwnAnswer("met", "It has one.")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL that runs; the tests that need one are skipped where none can."""
    with _running_or_skipped() as server_of_tests:
        yield server_of_tests


@contextmanager
def _running_or_skipped() -> Iterator[Server]:
    try:
        with running() as found:
            yield found
    except CannotRunError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def database(postgres: Server) -> str:
    """The address of a database that is ready for classes, with its owner, who is no superuser."""
    name = "of_the_tests"
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN CREATEROLE PASSWORD 'owner'")
        connection.execute(f"CREATE DATABASE {name} OWNER {name}")
    url = postgres.url(name, "owner", name)
    assert server.set_up(server.server_engine(url))
    return url


class HeldClass(NamedTuple):
    """A class on a server, whose first round is open, with two students."""

    owner: str
    lecturer: str
    door: server.Door
    seminar_id: str
    anna: tuple[str, str]
    """Identifier and token."""
    ben: tuple[str, str]

    def as_lecturer(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.lecturer, autocommit=True)

    def as_student(self, token: str = "") -> psycopg.Connection[Any]:
        """A connection with the students' role and, if given, somebody's token: plain SQL."""
        connection = psycopg.connect(self.door.url, autocommit=True)
        if token:
            connection.execute("SELECT set_config('casebook.token', %s, false)", [token])
        return connection

    def close_round(self) -> None:
        with server.transaction(server.server_engine(self.lecturer)) as session:
            server_rounds.close_round(session, self.seminar_id)

    def open_round(self) -> None:
        with server.transaction(server.server_engine(self.lecturer)) as session:
            server_rounds.open_round(session, self.seminar_id)

    def reveal(self, item: str) -> None:
        with server.transaction(server.server_engine(self.lecturer)) as session:
            server_rounds.reveal(session, self.seminar_id, item)

    def answers(self) -> list[tuple[Any, ...]]:
        """All answers, as the lecturer sees them."""
        with self.as_lecturer() as connection:
            return connection.execute(
                "SELECT participant_id, round, entry, criterion, rating, reason"
                " FROM casebook.answer ORDER BY 1, 2, 3, 4"
            ).fetchall()


def new_lecturer(owner: str) -> str:
    """The address of somebody who holds no class yet."""
    return server.add_lecturer(server.server_engine(owner), f"mori_{secrets.token_hex(4)}")


def new_student(door: server.Door, name: str = "") -> tuple[str, str]:
    """Somebody who joins a class: identifier and token."""
    identifier, token = secrets.token_hex(16), secrets.token_urlsafe(32)
    link = StudentLink(door.url, token)
    link.join(door.code, identifier, name)
    link.close()
    return identifier, token


def hold_class(
    owner: str, lecturer: str, book: Path, *, class_name: str = "A", plan: Seminar = PLAN
) -> HeldClass:
    """A class of a lecturer's on a server that is ready."""
    engine = server.server_engine(lecturer)
    with open_book(book) as opened:
        door = server.add_seminar(engine, plan, opened, class_name)
    with server.transaction(engine) as session:
        seminar_id = server.own_seminar(session, plan.slug, class_name).id
        server_rounds.open_round(session, seminar_id)
    anna, ben = new_student(door, "Anna"), new_student(door)
    return HeldClass(owner, lecturer, door, seminar_id, anna, ben)


@pytest.fixture
def held(database: str, small_book: Path) -> HeldClass:
    """A class of a lecturer's, who is not the owner of the database and has no other."""
    return hold_class(database, new_lecturer(database), small_book)
