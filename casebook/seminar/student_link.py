"""A student's connection to the class on a server: joins, sends answers, asks how things stand.

Each transaction says who the student is by a token that is set for this transaction alone, so
that a pool between here and the server hands it to nobody. What the student may read and write
is the database's to say; see `server.sql`.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from casebook.safe_text import made_safe_line
from casebook.seminar.server_errors import NO_DRIVER, ForbiddenError, ServerError, told

if TYPE_CHECKING:
    from psycopg import Connection

Cell = tuple[str, str]
"""The slug of a case and the key of a point."""

_LONGEST = 300
_MOST_ROWS = 1_000
_PATIENCE = 10
"""Seconds for a connection to be made, and for what was sent to arrive."""

_FRESH = 5.0
"""Seconds for which it is taken to be known how things stand. An answer in a round that was closed
meanwhile the database refuses, and then it is asked anew."""

_HAND_IN = "SELECT casebook.hand_in(%s, %s, %s, %s, %s, %s, %s, %s)"
_STATE = """
    SELECT kind, words, number FROM (
        SELECT 'seminar' AS kind, part.words, part.number
        FROM casebook.seminar AS held CROSS JOIN LATERAL (VALUES
            (held.id, 1), (held.slug, 2), (held.title, 3), (held.class_name, 4),
            (held.framework, 5)) AS part (words, number)
        UNION ALL SELECT 'round', closed, number FROM casebook.round WHERE opened <> ''
        UNION ALL SELECT 'reveal', item, row_number() OVER (ORDER BY revealed, item)
            FROM casebook.reveal
        UNION ALL SELECT 'case', slug, ordinality
            FROM casebook.my_cases() WITH ORDINALITY
        UNION ALL SELECT 'point', key, position FROM casebook.planned_point
    ) AS told ORDER BY kind, number
"""
"""All that a student may know of how things stand, in one question to the server."""

_PARTS_OF_SEMINAR = 5


class OwnAnswer(NamedTuple):
    """A rating of the student's, and the reason for it."""

    rating: str
    reason: str = ""

    @property
    def digest(self) -> str:
        """By which it is known that this, and no other answer, has been sent."""
        return hashlib.sha256(f"{self.rating}\0{self.reason}".encode()).hexdigest()[:16]


class ClassState(NamedTuple):
    """How things stand in a class, as far as a student may know.

    Attributes:
        seminar: its slug.
        open_round: the number of the round that takes answers; 0 for none.
        last_round: the number of the last round that has been opened; 0 before.
        revealed: what has been revealed: `ratings`, `outcomes`, `entry:SLUG`, `tally`.
        cases: their slugs; without those that are hidden still.
        points: their keys.
    """

    seminar_id: str
    seminar: str
    title: str
    class_name: str
    framework: str
    open_round: int
    last_round: int
    revealed: tuple[str, ...]
    cases: tuple[str, ...]
    points: tuple[str, ...]

    @property
    def said(self) -> str:
        """The state of the rounds in a sentence."""
        if self.open_round:
            return f"Round {self.open_round} is open."
        if self.last_round:
            return f"Round {self.last_round} is closed."
        return "No round has been opened yet."


@dataclass(frozen=True, slots=True)
class Sent:
    """What the server has taken in a round: the digest of each answer, by its cell."""

    round: int = 0
    digests: Mapping[Cell, str] = field(default_factory=dict)


class Exchanged(NamedTuple):
    """What an exchange with the server came to.

    Attributes:
        changed: how many answers were sent, changed or withdrawn.
    """

    state: ClassState
    sent: Sent
    changed: int


class TallyLine(NamedTuple):
    """How many students gave a rating."""

    entry: str
    criterion: str
    rating: str
    students: int


class _Changes(NamedTuple):
    """What is to be sent of answers, in the round that is open.

    Attributes:
        asked: the digests of all answers that the round takes.
        new: the cells that the server has not, or has otherwise.
        gone: the cells that the server has, and the student no more.
    """

    asked: dict[Cell, str]
    new: list[Cell]
    gone: list[Cell]

    @property
    def is_any(self) -> bool:
        return bool(self.new or self.gone)


def _changes(state: ClassState, answers: Mapping[Cell, OwnAnswer], sent: Sent) -> _Changes:
    if not state.open_round:
        return _Changes({}, [], [])
    before = sent.digests if sent.round == state.open_round else {}
    asked = {
        (entry, criterion): answer.digest
        for (entry, criterion), answer in answers.items()
        if entry in state.cases and criterion in state.points
    }
    new = [cell for cell, digest in asked.items() if before.get(cell) != digest]
    return _Changes(asked, new, [cell for cell in before if cell not in asked])


class StudentLink:
    """A connection that is made when it is needed, and anew after it was lost.

    Args:
        url: the address that the lecturer handed out.
        token: the student's secret.
    """

    def __init__(self, url: str, token: str) -> None:
        self._url = "postgresql://" + url.partition("://")[2]
        self._token = token
        self._connection: Connection[Any] | None = None
        self._is_prepared = False
        """Whether answers have been handed in over this connection, be it none."""
        self._known: ClassState | None = None
        self._asked = 0.0
        """When it was asked how things stand, by the clock that never goes back."""

    def close(self) -> None:
        """Lets go of the connection; nothing is lost by that."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def seminar_of(self, code: str) -> tuple[str, str]:
        """The slug and the title of the seminar that a code is for.

        Raises:
            ServerError: no class has the code, or the server is not there.
        """
        with self._transaction() as connection:
            found = connection.execute(
                "SELECT slug, title FROM casebook.seminar_of_code(%s)", [code]
            ).fetchone()
        if found is None:
            raise ServerError("No class has this code.")
        return _line(found[0]), _line(found[1])

    def join(self, code: str, identifier: str, name: str) -> ClassState:
        """Joins the class that has a code; again with the same token changes nothing.

        Raises:
            ServerError: no class has the code, the class is full, or the server is not there.
        """
        with self._transaction() as connection:
            found = connection.execute(
                "SELECT casebook.join_class(%s, %s, %s, %s)", [code, self._token, identifier, name]
            ).fetchone()
            if found is None or not found[0]:
                raise ServerError("The server did not say which class this is.")
            return _state(connection)

    def exchange(self, answers: Mapping[Cell, OwnAnswer], sent: Sent) -> Exchanged:
        """Sends what has changed since it was last sent, and asks how things stand.

        Sending the same twice changes nothing on the server, so that it may be tried again
        whenever it is not known what became of it.

        Args:
            answers: all that the student has given.
            sent: what the server is known to have.

        Raises:
            ServerError: the server is not there, or refuses the student.
        """
        known = self._known
        is_fresh = time.monotonic() - self._asked < _FRESH
        if known is not None and is_fresh and _changes(known, answers, sent).is_any:
            try:
                return self._exchange(answers, sent, known)
            except ForbiddenError:
                pass  # the round was closed meanwhile; asking says how things stand
        return self._exchange(answers, sent, None)

    def _exchange(
        self,
        answers: Mapping[Cell, OwnAnswer],
        sent: Sent,
        known: ClassState | None,
    ) -> Exchanged:
        """Sends what has changed; asks how things stand first where that is not known."""
        self._known = None
        if known is not None:
            state, changes = known, _changes(known, answers, sent)
            with self._connected() as connection:
                self._hand_in(connection, state, answers, changes)
        else:
            with self._transaction() as connection:
                state = _state(connection)
                changes = _changes(state, answers, sent)
                if changes.is_any or not self._is_prepared:
                    self._hand_in(connection, state, answers, changes)
        self._is_prepared = True
        # Known to be taken only now that the transaction has ended.
        if known is None:
            self._asked = time.monotonic()
        self._known = state
        if not state.open_round:
            return Exchanged(state, sent, 0)
        taken = Sent(state.open_round, changes.asked)
        return Exchanged(state, taken, len(changes.new) + len(changes.gone))

    def _hand_in(
        self,
        connection: Connection[Any],
        state: ClassState,
        answers: Mapping[Cell, OwnAnswer],
        changes: _Changes,
    ) -> None:
        """Sends changes as one statement, which the server takes whole or not at all.

        Without any, the server prepares itself for the first: that takes ten times as long as
        those after it, and when a round is opened all students answer at once.
        """
        given = [answers[cell] for cell in changes.new]
        connection.execute(
            _HAND_IN,
            [
                self._token,
                state.open_round,
                [entry for entry, _ in changes.new],
                [criterion for _, criterion in changes.new],
                [answer.rating for answer in given],
                [answer.reason for answer in given],
                [entry for entry, _ in changes.gone],
                [criterion for _, criterion in changes.gone],
            ],
        )

    def tally(self, number: int) -> list[TallyLine]:
        """What the class answered in a round.

        Raises:
            ServerError: it has not been revealed, or the server is not there.
        """
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT entry, criterion, rating, students FROM casebook.class_tally(%s)"
                " ORDER BY entry, criterion, rating",
                [number],
            ).fetchall()
        return [
            TallyLine(_line(entry), _line(criterion), _line(rating), int(students))
            for entry, criterion, rating, students in rows
        ]

    @contextmanager
    def _connected(self) -> Iterator[Connection[Any]]:
        """The connection, each statement on which is a transaction of its own."""
        try:
            import psycopg
        except ImportError:
            raise ServerError(NO_DRIVER) from None
        try:
            if self._connection is None or self._connection.closed:
                self._connection = _new_connection(self._url)
                self._is_prepared = False
            yield self._connection
        except psycopg.Error as error:
            self.close()
            raise told(error) from None
        except UnicodeError:
            raise ServerError("The server sends text that cannot be read.") from None

    @contextmanager
    def _transaction(self) -> Iterator[Connection[Any]]:
        """The connection within a transaction that knows who the student is."""
        with self._connected() as connection, connection.transaction():
            connection.execute("SELECT set_config('casebook.token', %s, true)", [self._token])
            yield connection


def _new_connection(url: str) -> Connection[Any]:
    import psycopg

    return psycopg.connect(
        url,
        autocommit=True,
        prepare_threshold=None,  # pools keep no prepared statements
        connect_timeout=_PATIENCE,
        tcp_user_timeout=_PATIENCE * 1_000,
        application_name="casebook",
    )


def _state(connection: Connection[Any]) -> ClassState:
    """How things stand; what the database does not show the student is not there.

    Raises:
        ServerError: the student is in no class.
    """
    found: dict[str, list[tuple[str, int]]] = {}
    for kind, words, number in connection.execute(_STATE).fetchmany(_MOST_ROWS):
        found.setdefault(kind, []).append((_line(words), int(number)))
    parts = [words for words, _ in found.get("seminar", ())]
    if len(parts) != _PARTS_OF_SEMINAR:
        raise ServerError("The server does not know you any more; join the class again.")
    seminar_id, seminar, title, class_name, framework = parts
    listed = {
        kind: tuple(words for words, _ in found.get(kind, ()))
        for kind in ("reveal", "case", "point")
    }
    return ClassState(
        seminar_id,
        seminar,
        title,
        class_name,
        framework,
        max((number for words, number in found.get("round", ()) if not words), default=0),
        max((number for _, number in found.get("round", ())), default=0),
        listed["reveal"],
        listed["case"],
        listed["point"],
    )


def _line(value: object) -> str:
    """Text of the server's, which is other people's."""
    return made_safe_line(str(value))[:_LONGEST]
