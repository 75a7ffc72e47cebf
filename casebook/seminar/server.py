"""A class on PostgreSQL, from the lecturer's side: its tables and roles, its seminars and rounds.

Who may do what is held by the database: `server.sql`, beside this module. Nothing here is asked
before the database has refused what the role of the address may not do.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from casebook.seminar.server_address import DRIVER, is_server
from casebook.seminar.server_errors import NO_DRIVER, ServerError, told

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlmodel import Session

    from casebook.book.connection import Book
    from casebook.seminar.class_tables import SeminarRow
    from casebook.seminar.planned import Seminar

SCHEMA = "casebook"
LECTURERS = "casebook_lecturer"
VERSION = 2
MOST_STUDENTS = 200

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of codes: none is taken for another."""
_CODE = 12


class Door(NamedTuple):
    """How a class is joined.

    Attributes:
        url: the address that the students use, with their role and its password.
    """

    url: str
    code: str


class RoundState(NamedTuple):
    """A round and how many have answered in it."""

    number: int
    opened: str
    closed: str
    students: int
    answers: int


def server_engine(url: str) -> Engine:
    """What connects to the server of an address; the tables are found in their schema.

    Raises:
        ServerError: it is no address of a PostgreSQL, or psycopg is missing.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError
    from sqlalchemy.pool import NullPool

    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise ServerError(NO_DRIVER) from None
    if not is_server(url):
        raise ServerError("An address of a server begins with postgresql://.")
    try:
        address = make_url(url).set(drivername=DRIVER)
        return create_engine(
            address,
            poolclass=NullPool,
            connect_args={"connect_timeout": 10, "application_name": "casebook"},
        ).execution_options(schema_translate_map={None: SCHEMA})
    except (ArgumentError, ValueError):
        raise ServerError(
            "That is not an address: postgresql://ROLE:PASSWORD@HOST/DATABASE."
        ) from None


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """All of what is done with the tables of a class, or nothing.

    Raises:
        ServerError: the server cannot be reached, or refuses it.
    """
    from sqlalchemy.exc import SQLAlchemyError
    from sqlmodel import Session

    try:
        with Session(engine) as session, session.begin():
            yield session
    except SQLAlchemyError as error:
        raise told(error) from None


def set_up(engine: Engine) -> bool:
    """Makes the tables, roles and policies where they are not there yet.

    Returns:
        whether they were made now.

    Raises:
        ServerError: the role may not, or tables of another version are there.
    """
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with engine.begin() as connection:
            return _made(connection)
    except SQLAlchemyError as error:
        raise told(error) from None


def _made(connection: Connection) -> bool:
    if _asked(connection, "SELECT to_regnamespace('casebook') IS NOT NULL"):
        there = _asked(connection, "SELECT version FROM casebook.installation")
        if there != VERSION:
            raise ServerError(
                f"The tables on the server are of version {there}, and this Casebook knows"
                f" version {VERSION}."
            )
        return False
    from casebook.seminar.class_tables import tables

    _run(connection, f"CREATE SCHEMA {SCHEMA}")
    tables().create_all(connection)
    if not _asked(connection, f"SELECT FROM pg_roles WHERE rolname = '{LECTURERS}'", rows=True):
        _run(connection, f"CREATE ROLE {LECTURERS} NOLOGIN")
    student = f"casebook_student_{secrets.token_hex(4)}"
    password = secrets.token_urlsafe(12)
    statements = Path(__file__).with_name("server.sql").read_text(encoding="utf-8")
    _run(
        connection, statements.replace("{student}", student).replace("{password}", f"'{password}'")
    )
    # Values by name: no reader of the server's log needs to see them.
    connection.exec_driver_sql(
        "INSERT INTO casebook.installation VALUES (true, %s, %s, %s)", (VERSION, student, password)
    )
    return True


def _run(connection: Connection, statements: str) -> None:
    """Runs statements of Casebook's own, with no values in them that anybody typed."""
    cursor: Any = connection.connection.cursor()
    cursor.execute(statements)
    cursor.close()


def _asked(connection: Connection, question: str, *, rows: bool = False) -> Any:
    found = connection.exec_driver_sql(question).first()
    return found is not None if rows else (found[0] if found is not None else None)


def add_lecturer(engine: Engine, name: str) -> str:
    """Makes a login role for another lecturer, and says the address that they use.

    Raises:
        ServerError: there is such a role, or the role of the address may make none.
    """
    from sqlalchemy.exc import SQLAlchemyError

    if not name.isidentifier() or not name.isascii() or len(name) > 63:
        raise ServerError("The name of a lecturer's role is a word of letters and figures.")
    password = secrets.token_urlsafe(12)
    try:
        with engine.begin() as connection:
            _run(
                connection,
                f"CREATE ROLE \"{name.lower()}\" LOGIN PASSWORD '{password}' IN ROLE {LECTURERS}",
            )
    except SQLAlchemyError as error:
        raise told(error) from None
    return _with_role(engine, name.lower(), password)


def _with_role(engine: Engine, role: str, password: str) -> str:
    address = engine.url.set(drivername="postgresql", username=role, password=password)
    return address.render_as_string(hide_password=False)


# Seminars


def add_seminar(
    engine: Engine,
    plan: Seminar,
    book: Book,
    class_name: str = "",
    *,
    most: int = MOST_STUDENTS,
    fewest: int = 1,
) -> Door:
    """Adds a seminar for a class, with its first round not yet open; says how it is joined.

    Where it is there already, nothing changes, and the same door is told.

    Args:
        most: how many students may join.
        fewest: how many must have rated a cell before students are told its tally.

    Raises:
        ServerError: the role of the address may not.
        CasebookError: the book has no such framework or case.
    """
    from sqlalchemy import text
    from sqlmodel import select

    from casebook.seminar.class_store import make_seminar
    from casebook.seminar.class_tables import RoundRow, SeminarRow
    from casebook.seminar.collecting import planned_class

    with transaction(engine) as session:
        lecturer = str(session.connection().exec_driver_sql("SELECT current_user").scalar_one())
        there = session.exec(
            select(SeminarRow).where(
                SeminarRow.lecturer == lecturer,
                SeminarRow.class_name == class_name,
                SeminarRow.slug == plan.slug,
            )
        ).first()
        if there is None:
            planned = planned_class(book, plan, class_name)
            seminar_id = make_seminar(session.connection(), planned, lecturer)
            session.add(RoundRow(seminar_id=seminar_id, number=1))
            session.flush()
            session.connection().execute(
                text(
                    "INSERT INTO casebook.class_door (seminar_id, code, most, fewest)"
                    " VALUES (:seminar, :code, :most, :fewest)"
                ),
                {"seminar": seminar_id, "code": _new_code(), "most": most, "fewest": fewest},
            )
        else:
            seminar_id = there.id
        return door_of(engine, session, seminar_id)


def _new_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE))


def door_of(engine: Engine, session: Session, seminar_id: str) -> Door:
    """How a class is joined."""
    from sqlalchemy import text

    connection = session.connection()
    role, password = connection.exec_driver_sql(
        "SELECT student_role, student_password FROM casebook.installation"
    ).one()
    code = connection.execute(
        text("SELECT code FROM casebook.class_door WHERE seminar_id = :seminar"),
        {"seminar": seminar_id},
    ).scalar_one()
    return Door(_with_role(engine, role, password), str(code))


def own_seminar(session: Session, slug: str = "", class_name: str | None = None) -> SeminarRow:
    """The seminar that a lecturer means: by its slug and class where there are several.

    Raises:
        ServerError: there is none, or several are meant.
    """
    from sqlmodel import select

    from casebook.seminar.class_tables import SeminarRow

    lecturer = str(session.connection().exec_driver_sql("SELECT current_user").scalar_one())
    own = session.exec(select(SeminarRow).where(SeminarRow.lecturer == lecturer)).all()
    meant = [
        row
        for row in own
        if (not slug or row.slug == slug) and (class_name is None or row.class_name == class_name)
    ]
    if len(meant) == 1:
        return meant[0]
    names = ", ".join(sorted(named(row) for row in meant or own)) or "none"
    if meant:
        raise ServerError(f"Say which with --slug and --class: {names}.")
    raise ServerError(f"There is no such seminar of yours on the server; there is {names}.")


def named(seminar: SeminarRow) -> str:
    """A seminar and its class in a few words."""
    return f"{seminar.slug} ({seminar.class_name})" if seminar.class_name else seminar.slug
