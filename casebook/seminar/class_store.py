"""Writes and reads the tables of a class, over any engine that holds them.

A connection of SQLAlchemy comes in, within a transaction that the caller began; nothing here
knows whether it leads to a file or to a server.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlmodel import SQLModel

from casebook.seminar.answers import Answers
from casebook.seminar.class_tables import (
    AnswerRow,
    ParticipantRow,
    PlannedCaseRow,
    PlannedPointRow,
    RevealRow,
    RoundRow,
    SeminarRow,
    SubmissionRow,
)
from casebook.seminar.class_values import ClassAnswer, ClassCase, ClassPoint, ClassRecord, Student
from casebook.vocabulary import Rating

Row = dict[str, Any]


class PlannedClass(NamedTuple):
    """What a class is to rate."""

    slug: str
    title: str
    date: str
    class_name: str
    book: str
    edition: str
    framework: str
    framework_title: str
    cases: tuple[ClassCase, ...]
    points: tuple[ClassPoint, ...]


class SeminarKey(NamedTuple):
    """What answers have to be for, to be taken."""

    id: str
    slug: str
    book: str
    edition: str
    framework: str
    cases: frozenset[str]
    points: frozenset[str]


def now() -> str:
    """The time as a class writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _table(row: type[SQLModel]) -> Table:
    found: Table = row.__table__  # type: ignore[attr-defined]
    return found


SEMINAR, CASE, POINT = _table(SeminarRow), _table(PlannedCaseRow), _table(PlannedPointRow)
ROUND, PARTICIPANT = _table(RoundRow), _table(ParticipantRow)
SUBMISSION, ANSWER, REVEAL = _table(SubmissionRow), _table(AnswerRow), _table(RevealRow)


# The seminar


def seminar_ids(connection: Connection) -> list[str]:
    """The seminars that are there."""
    return list(connection.execute(select(SEMINAR.c.id).order_by(SEMINAR.c.created)).scalars())


def make_seminar(connection: Connection, planned: PlannedClass, lecturer: str = "") -> str:
    """Writes what a class is to rate, and says the identifier that it gets."""
    seminar = secrets.token_hex(16)
    values = planned._asdict()
    del values["cases"], values["points"]
    connection.execute(
        insert(SEMINAR), [{"id": seminar, "lecturer": lecturer, "created": now(), **values}]
    )
    _put_plan(connection, seminar, planned)
    return seminar


def change_seminar(connection: Connection, seminar: str, planned: PlannedClass) -> None:
    """Writes anew what a class is to rate; cases and points that were answered stay."""
    connection.execute(
        update(SEMINAR)
        .where(SEMINAR.c.id == seminar)
        .values(
            title=planned.title,
            date=planned.date,
            edition=planned.edition,
            framework_title=planned.framework_title,
        )
    )
    _put_plan(connection, seminar, planned)


def _put_plan(connection: Connection, seminar: str, planned: PlannedClass) -> None:
    cases: list[Row] = [
        {"slug": slug, "title": title, "is_optional": is_optional, "is_hidden": is_hidden}
        for slug, title, is_optional, is_hidden in planned.cases
    ]
    points: list[Row] = [{"key": key, "title": title} for key, title in planned.points]
    for table, key, rows, answered in (
        (CASE, "slug", cases, ANSWER.c.entry),
        (POINT, "key", points, ANSWER.c.criterion),
    ):
        kept = set(
            connection.execute(
                select(answered).where(ANSWER.c.seminar_id == seminar).distinct()
            ).scalars()
        )
        before = [
            dict(row._mapping)
            for row in connection.execute(
                select(table).where(table.c.seminar_id == seminar).order_by(table.c.position)
            )
        ]
        wanted = {row[key] for row in rows}
        rest = [row for row in before if row[key] in kept and row[key] not in wanted]
        for row in before:
            if row[key] not in kept:
                connection.execute(
                    delete(table).where(table.c.seminar_id == seminar, table.c[key] == row[key])
                )
        there = {row[key] for row in before if row[key] in kept}
        for position, row in enumerate([*rows, *rest], 1):
            values = {**row, "seminar_id": seminar, "position": position}
            if row[key] in there:
                connection.execute(
                    update(table)
                    .where(table.c.seminar_id == seminar, table.c[key] == row[key])
                    .values(**values)
                )
            else:
                connection.execute(insert(table), [values])


def seminar_key(connection: Connection, seminar: str) -> SeminarKey:
    """What answers have to be for."""
    row = connection.execute(select(SEMINAR).where(SEMINAR.c.id == seminar)).one()
    cases = connection.execute(select(CASE.c.slug).where(CASE.c.seminar_id == seminar)).scalars()
    points = connection.execute(select(POINT.c.key).where(POINT.c.seminar_id == seminar)).scalars()
    return SeminarKey(
        seminar,
        row.slug,
        row.book,
        row.edition,
        row.framework,
        frozenset(cases),
        frozenset(points),
    )


# Answers


@dataclass(slots=True)
class Submissions:
    """What has been handed in, and what is to be written of it.

    Reading many files decides from this which of them count; `put_submissions` then writes
    what is new in a few statements.
    """

    held: dict[tuple[str, int], Row] = field(default_factory=dict)
    """By student and round: the number, the time and the digest of what was taken last."""
    names: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By student: the number of the last submission and the name that it gave."""
    is_known: set[str] = field(default_factory=set)
    """The students that the tables have."""
    changed: dict[tuple[str, int], Answers] = field(default_factory=dict)
    """What is to be written, by student and round."""


def submissions(connection: Connection, seminar: str) -> Submissions:
    """What has been handed in for a seminar."""
    found = Submissions()
    for row in connection.execute(
        select(PARTICIPANT.c.id, PARTICIPANT.c.name).where(PARTICIPANT.c.seminar_id == seminar)
    ):
        found.is_known.add(row.id)
        found.names[row.id] = 0, row.name
    for row in connection.execute(select(SUBMISSION).where(SUBMISSION.c.seminar_id == seminar)):
        found.held[row.participant_id, row.round] = dict(row._mapping)
        before = found.names.get(row.participant_id, (0, ""))
        found.names[row.participant_id] = max(before[0], row.number), before[1]
    return found


def digest_of(answers: Answers) -> str:
    """A digest of what answers say, by which the same are known again."""
    said = repr((answers.name, sorted(answers.answers)))
    return sha256(said.encode("utf-8", "surrogateescape")).hexdigest()


def put_submissions(connection: Connection, seminar: str, found: Submissions) -> None:
    """Writes what has changed: each student's answers of a round in place of earlier ones."""
    received = now()
    rounds = {number for _, number in found.changed}
    known = set(
        connection.execute(select(ROUND.c.number).where(ROUND.c.seminar_id == seminar)).scalars()
    )
    _insert(
        connection,
        ROUND,
        [
            {"seminar_id": seminar, "number": number, "opened": received, "closed": ""}
            for number in sorted(rounds - known)
        ],
    )
    students = dict.fromkeys(student for student, _ in found.changed)
    _insert(
        connection,
        PARTICIPANT,
        [
            {
                "seminar_id": seminar,
                "id": student,
                "name": found.names[student][1],
                "role": "",
                "joined": received,
            }
            for student in students
            if student not in found.is_known
        ],
    )
    for student in students:
        if student in found.is_known:
            connection.execute(
                update(PARTICIPANT)
                .where(PARTICIPANT.c.seminar_id == seminar, PARTICIPANT.c.id == student)
                .values(name=found.names[student][1])
            )
    for student, number in found.changed:
        if student in found.is_known:
            for table in (ANSWER, SUBMISSION):
                connection.execute(
                    delete(table).where(
                        table.c.seminar_id == seminar,
                        table.c.participant_id == student,
                        table.c.round == number,
                    )
                )
    _insert(connection, SUBMISSION, _submission_rows(seminar, found.changed.values(), received))
    _insert(connection, ANSWER, _answer_rows(seminar, found.changed.values()))
    found.is_known |= students.keys()


def reasons_gone(connection: Connection, seminar: str, found: Submissions) -> int:
    """How many reasons that a class has go with the answers in whose place others are to be put,
    although the same students rate the same points of the same cases again."""
    gone = 0
    for (student, number), answers in found.changed.items():
        if student not in found.is_known:
            continue
        unreasoned = {(each.entry, each.criterion) for each in answers.answers if not each.reason}
        rows = connection.execute(
            select(ANSWER.c.entry, ANSWER.c.criterion).where(
                ANSWER.c.seminar_id == seminar,
                ANSWER.c.participant_id == student,
                ANSWER.c.round == number,
                ANSWER.c.reason != "",
            )
        )
        gone += sum((row.entry, row.criterion) in unreasoned for row in rows)
    return gone


def _submission_rows(seminar: str, handed_in: Iterable[Answers], received: str) -> list[Row]:
    return [
        {
            "seminar_id": seminar,
            "participant_id": answers.student,
            "round": answers.round,
            "number": answers.number,
            "made": answers.made,
            "digest": digest_of(answers),
            "edition": answers.edition,
            "received": received,
        }
        for answers in handed_in
    ]


def _answer_rows(seminar: str, handed_in: Iterable[Answers]) -> list[Row]:
    return [
        {
            "seminar_id": seminar,
            "participant_id": answers.student,
            "round": answers.round,
            "entry": answer.entry,
            "criterion": answer.criterion,
            "rating": answer.rating.value,
            "reason": answer.reason,
            "answered": answers.made,
        }
        for answers in handed_in
        for answer in answers.answers
    ]


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


# What the class has been shown


def set_revealed(
    connection: Connection, seminar: str, items: Iterable[str], *, wanted: bool
) -> None:
    """Keeps what the class has been shown, or that it has not been shown it after all."""
    for item in dict.fromkeys(items):
        connection.execute(
            delete(REVEAL).where(REVEAL.c.seminar_id == seminar, REVEAL.c.item == item)
        )
        if wanted:
            connection.execute(
                insert(REVEAL), [{"seminar_id": seminar, "item": item, "revealed": now()}]
            )


# All of it


def record(connection: Connection, seminar: str) -> ClassRecord:
    """Everything that a class has answered for a seminar."""
    row = connection.execute(select(SEMINAR).where(SEMINAR.c.id == seminar)).one()
    cases = tuple(
        ClassCase(*case)
        for case in connection.execute(
            select(CASE.c.slug, CASE.c.title, CASE.c.is_optional, CASE.c.is_hidden)
            .where(CASE.c.seminar_id == seminar)
            .order_by(CASE.c.position)
        )
    )
    points = tuple(
        ClassPoint(*point)
        for point in connection.execute(
            select(POINT.c.key, POINT.c.title)
            .where(POINT.c.seminar_id == seminar)
            .order_by(POINT.c.position)
        )
    )
    by_value = {rating.value: rating for rating in Rating}
    answers = tuple(
        ClassAnswer(student, number, entry, criterion, by_value[rating], reason)
        for student, number, entry, criterion, rating, reason in connection.execute(
            select(
                ANSWER.c.participant_id,
                ANSWER.c.round,
                ANSWER.c.entry,
                ANSWER.c.criterion,
                ANSWER.c.rating,
                ANSWER.c.reason,
            )
            .where(ANSWER.c.seminar_id == seminar)
            .order_by(ANSWER.c.participant_id, ANSWER.c.round, ANSWER.c.entry, ANSWER.c.criterion)
        )
    )
    rated: dict[str, dict[int, int]] = {}
    for answer in answers:
        by_round = rated.setdefault(answer.student, {})
        by_round[answer.round] = by_round.get(answer.round, 0) + 1
    students = tuple(
        Student(student, name, tuple(sorted(rated.get(student, {}).items())))
        for student, name in connection.execute(
            select(PARTICIPANT.c.id, PARTICIPANT.c.name)
            .where(PARTICIPANT.c.seminar_id == seminar)
            .order_by(PARTICIPANT.c.id)
        )
    )
    reveals = connection.execute(
        select(REVEAL.c.item).where(REVEAL.c.seminar_id == seminar)
    ).scalars()
    return ClassRecord(
        row.slug,
        row.title,
        row.date,
        row.class_name,
        row.book,
        row.edition,
        row.framework,
        row.framework_title,
        cases,
        points,
        students,
        tuple(sorted({answer.round for answer in answers})),
        answers,
        frozenset(reveals),
    )
