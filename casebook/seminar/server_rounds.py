"""The rounds of a class on PostgreSQL, and what has been revealed to it: the lecturer's side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.book.edition import ENTRY, OUTCOMES, RATINGS
from casebook.notebook.files import now
from casebook.seminar.class_limits import LAST_ROUND
from casebook.seminar.class_values import TALLY
from casebook.seminar.server import RoundState
from casebook.seminar.server_errors import ServerError

if TYPE_CHECKING:
    from sqlmodel import Session

    from casebook.seminar.class_tables import RoundRow


def rounds(session: Session, seminar_id: str) -> list[RoundRow]:
    """The rounds of a seminar, in their order."""
    from sqlmodel import col, select

    from casebook.seminar.class_tables import RoundRow

    return list(
        session.exec(
            select(RoundRow).where(RoundRow.seminar_id == seminar_id).order_by(col(RoundRow.number))
        )
    )


def open_round(session: Session, seminar_id: str, number: int | None = None) -> RoundRow:
    """Takes answers in a round from now on: in the next that has not been, or in one by its number.

    A round that was closed can be opened again by its number.

    Raises:
        ServerError: another round is open, or the number is no round's.
    """
    from casebook.seminar.class_tables import RoundRow

    held = rounds(session, seminar_id)
    is_open = [row for row in held if row.opened and not row.closed]
    if number is None:
        waiting = [row.number for row in held if not row.opened]
        number = waiting[0] if waiting else max((row.number for row in held), default=0) + 1
    if is_open and is_open[0].number != number:
        raise ServerError(f"Round {is_open[0].number} is open; close it first.")
    if not 1 <= number <= LAST_ROUND:
        raise ServerError(f"A round has a number from 1 to {LAST_ROUND}.")
    row = next((row for row in held if row.number == number), None)
    if row is None:
        row = RoundRow(seminar_id=seminar_id, number=number)
    row.opened, row.closed = row.opened or now(), ""
    session.add(row)
    session.flush()
    return row


def close_round(session: Session, seminar_id: str) -> RoundRow:
    """Takes no more answers in the round that is open.

    An answer that is being written is waited for; what comes after it the database refuses.

    Raises:
        ServerError: none is open.
    """
    is_open = [row for row in rounds(session, seminar_id) if row.opened and not row.closed]
    if not is_open:
        raise ServerError("No round is open.")
    is_open[0].closed = now()
    session.add(is_open[0])
    session.flush()
    return is_open[0]


def reveal(session: Session, seminar_id: str, item: str, *, wanted: bool = True) -> None:
    """Shows the class something, or hides it again: `ratings`, `outcomes`, `entry:SLUG`, `tally`.

    Raises:
        ServerError: it is none of these, or no hidden case of the seminar.
    """
    from casebook.seminar.class_store import set_revealed
    from casebook.seminar.class_tables import PlannedCaseRow

    if item.startswith(ENTRY):
        case = session.get(PlannedCaseRow, (seminar_id, item.removeprefix(ENTRY)))
        if case is None or not case.is_hidden:
            raise ServerError(f"'{item}' is not a hidden case of this seminar.")
    elif item not in (RATINGS, OUTCOMES, TALLY):
        raise ServerError(f"What is revealed is {RATINGS}, {OUTCOMES}, {TALLY} or {ENTRY}SLUG.")
    set_revealed(session.connection(), seminar_id, [item], wanted=wanted)


def round_states(session: Session, seminar_id: str) -> list[RoundState]:
    """The rounds of a seminar, with how many students have answered how much."""
    from sqlalchemy import func
    from sqlmodel import select

    from casebook.seminar.class_tables import AnswerRow

    counted = {
        number: (students, answers)
        for number, students, answers in session.exec(
            select(
                AnswerRow.round,
                func.count(func.distinct(AnswerRow.participant_id)),
                func.count(),
            )
            .where(AnswerRow.seminar_id == seminar_id)
            .group_by(AnswerRow.round)  # type: ignore[arg-type]
        )
    }
    return [
        RoundState(row.number, row.opened, row.closed, *counted.get(row.number, (0, 0)))
        for row in rounds(session, seminar_id)
    ]


def stands(states: list[RoundState], joined: int) -> str:
    """How the rounds of a class stand, in a few words: `round 2 open, 12 of 25 answered`."""
    begun = [state for state in states if state.opened]
    if not begun:
        return f"no round opened yet, {joined} joined"
    last = next((state for state in begun if not state.closed), begun[-1])
    return (
        f"round {last.number} {'closed' if last.closed else 'open'},"
        f" {last.students} of {joined} answered"
    )


def student_count(session: Session, seminar_id: str) -> int:
    """How many students have joined a seminar."""
    from sqlalchemy import func
    from sqlmodel import select

    from casebook.seminar.class_tables import ParticipantRow

    return session.exec(select(func.count()).where(ParticipantRow.seminar_id == seminar_id)).one()


def delete_class(session: Session, seminar_id: str) -> None:
    """Deletes a seminar with its class from the server: answers, names, rounds, and the door."""
    from sqlalchemy import delete

    from casebook.seminar import class_store

    own = (
        class_store.ANSWER,
        class_store.SUBMISSION,
        class_store.PARTICIPANT,
        class_store.REVEAL,
        class_store.ROUND,
        class_store.CASE,
        class_store.POINT,
    )
    connection = session.connection()
    for table in own:
        connection.execute(delete(table).where(table.c.seminar_id == seminar_id))
    seminar = class_store.SEMINAR
    connection.execute(delete(seminar).where(seminar.c.id == seminar_id))
