"""A class on a PostgreSQL: sixty students who give eight answers each, and the tally of them."""

from __future__ import annotations

import random
import secrets
import time
from threading import Barrier, Thread

from benchmarks.measuring import Row, median, percentile, table
from casebook.book.connection import Book, open_book
from casebook.paths import shipped_book
from casebook.seminar import class_store, server, server_rounds
from casebook.seminar.planned import PlannedCase, Seminar
from casebook.seminar.student_link import OwnAnswer, Sent, StudentLink
from casebook.vocabulary import Rating
from tests.postgres import running

CLIENTS = 60
POINTS = tuple("abcdefgh")
CASE = "nosaku"
BURSTS = 5
"""How often all answer at once: a single time says much of what else the machine did then."""
_TALLIES = 50
_PLAN = Seminar(
    "measured", "Measured", "2026-12-04", "success", points=POINTS, cases=(PlannedCase(CASE),)
)
_MS = 1_000.0


def report(clients: int = CLIENTS) -> str:
    with running() as postgres, open_book(shipped_book()) as book:
        engine = server.server_engine(postgres.url())
        server.set_up(engine)
        rows = []
        times = _round(postgres.url(), book, clients, "paused", 4.0)
        rows.append(_row("an answer, one after another, with pauses of up to 4 s", times))
        bursts = [_round(postgres.url(), book, clients, f"burst {number}", 0.0)
                  for number in range(BURSTS)]  # fmt: skip
        name = f"an answer, all at once, without a pause ({BURSTS} times)"
        rows.append(_row(name, [each for times in bursts for each in times]))
        rows += _tallies(postgres.url())
    title = f"{clients} clients, {len(POINTS)} answers each, on {postgres.version}, milliseconds"
    return table(title, rows, ("median", "95 %", "slowest"))


def _row(name: str, seconds: list[float]) -> Row:
    figures = (median(seconds), percentile(seconds, 0.95), max(seconds))
    return Row(name, *(f"{figure * _MS:.1f}" for figure in figures))


def _round(url: str, book: Book, clients: int, class_name: str, pause: float) -> list[float]:
    """The seconds that each answer took, from being given to being known to be kept."""
    engine = server.server_engine(url)
    door = server.add_seminar(engine, _PLAN, book, class_name)
    with server.transaction(engine) as session:
        seminar = server.own_seminar(session, _PLAN.slug, class_name).id
        server_rounds.open_round(session, seminar)
    begin, times = Barrier(clients), list[float]()
    students = [Thread(target=_student, args=(door, begin, pause, number, times))
                for number in range(clients)]  # fmt: skip
    for student in students:
        student.start()
    for student in students:
        student.join()
    with server.transaction(engine) as session:
        states = server_rounds.round_states(session, seminar)
    assert (states[0].students, states[0].answers) == (clients, clients * len(POINTS)), states
    assert len(times) == clients * len(POINTS)
    return times


def _student(
    door: server.Door, begin: Barrier, pause: float, number: int, times: list[float]
) -> None:
    chance = random.Random(number)
    link = StudentLink(door.url, secrets.token_urlsafe(32))
    identifier = secrets.token_hex(16)
    link.join(door.code, identifier, "")
    given: dict[tuple[str, str], OwnAnswer] = {}
    sent = link.exchange(given, Sent()).sent  # as the app looks at a class that was joined
    begin.wait()
    for point in POINTS:
        time.sleep(chance.random() * pause)
        rating = chance.choice(list(Rating))
        given[CASE, point] = OwnAnswer(rating.value, f"Because of what stands there of {point}.")
        started = time.perf_counter()
        sent = link.exchange(given, sent).sent
        times.append(time.perf_counter() - started)
    link.close()


def _tallies(url: str) -> list[Row]:
    """The seconds that the tally takes: for a student, and all that the lecturer's screen reads."""
    engine = server.server_engine(url)
    with server.transaction(engine) as session:
        seminar = server.own_seminar(session, _PLAN.slug, "burst 0").id
        door = server.door_of(engine, session, seminar)
    link, student = StudentLink(door.url, secrets.token_urlsafe(32)), secrets.token_hex(16)
    link.join(door.code, student, "")
    with server.transaction(engine) as session:
        server_rounds.close_round(session, seminar)
        server_rounds.reveal(session, seminar, "tally")
    of_student, of_lecturer = [], []
    for _ in range(_TALLIES):
        started = time.perf_counter()
        counted = link.tally(1)
        of_student.append(time.perf_counter() - started)
    assert sum(line.students for line in counted) == CLIENTS * len(POINTS)
    link.close()
    with server.transaction(engine) as session:
        connection = session.connection()
        for _ in range(_TALLIES):
            started = time.perf_counter()
            record = class_store.record(connection, seminar)
            of_lecturer.append(time.perf_counter() - started)
    assert len(record.answers) == CLIENTS * len(POINTS)
    return [
        _row("the tally, for a student", of_student),
        _row("all answers with their reasons, for the lecturer's screen", of_lecturer),
    ]
