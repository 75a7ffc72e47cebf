"""`casebook class` on a PostgreSQL: serving, joining, rounds and what is revealed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casebook.cli.app import BookFile, JsonFlag, NotebookFile, opened_book
from casebook.cli.classroom import ClassName, SeminarSlug, class_app
from casebook.cli.output import print_done, print_json, print_lines
from casebook.errors import CasebookError

if TYPE_CHECKING:
    from sqlmodel import Session

    from casebook.book.connection import Book
    from casebook.notebook import Notebook
    from casebook.seminar.class_tables import SeminarRow
    from casebook.seminar.membership import Membership
    from casebook.seminar.server import Door, RoundState
    from casebook.seminar.student_link import Exchanged

ServerAddress = Annotated[
    str,
    typer.Argument(
        metavar="URL",
        help="The address of the server: postgresql://ROLE@HOST/DATABASE. The password can stand"
        " in it, in ~/.pgpass, or in PGPASSWORD.",
    ),
]
JoinedSeminar = Annotated[
    str, typer.Option("--slug", help="The slug of the seminar, where you have joined several.")
]


# The lecturer's side


@class_app.command("serve-on")
def serve_on(
    url: ServerAddress,
    plan: Annotated[
        Path | None, typer.Argument(help="The plan of a seminar to hold there, seminar.yaml.")
    ] = None,
    class_name: Annotated[
        str, typer.Option("--class", help="The name of the class, where you hold it with several.")
    ] = "",
    most: Annotated[
        int, typer.Option(help="How many students may join the class.", min=1, max=10_000)
    ] = 200,
    withhold: Annotated[
        int,
        typer.Option(help="Tell students no tally of fewer answers than this.", min=1, max=1_000),
    ] = 1,
    lecturer: Annotated[
        str, typer.Option(help="Make a role for another lecturer instead, and print its address.")
    ] = "",
    book: BookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Make a PostgreSQL server ready for classes, and add a seminar to it.

    The first time, this makes the tables, the roles and the rules by which the database itself
    keeps students and lecturers apart. With a plan it adds the seminar and prints how students
    join. Running it again changes nothing, and prints the same.
    """
    from casebook.seminar import server

    engine = server.server_engine(url)
    made = server.set_up(engine)
    value: dict[str, Any] = {"made": made}
    lines = ["The server is ready for classes."] if made else []
    if lecturer:
        value |= {"lecturer": lecturer, "url": server.add_lecturer(engine, lecturer)}
        lines += [f"{lecturer} uses this address:", f"  {value['url']}"]
    elif plan is not None:
        from casebook.seminar.plan import read_plan

        with opened_book(book) as opened:
            seminar = read_plan(plan, opened)
            door = server.add_seminar(
                engine, seminar, opened, class_name, most=most, fewest=withhold
            )
        value |= {"seminar": seminar.slug, "class": class_name, **_door_json(door)}
        lines += _door_lines(door)
    print_done("\n".join(lines or ["The server was ready for classes before."]), value,
               as_json=as_json)  # fmt: skip


@class_app.command("open-round")
def open_round(
    url: ServerAddress,
    number: Annotated[
        int | None,
        typer.Option("--round", help="The round; without it, the next one.", min=1, max=99),
    ] = None,
    seminar: SeminarSlug = "",
    class_name: ClassName = None,
    as_json: JsonFlag = False,
) -> None:
    """Open a round of answers: from now on the server takes them."""
    from casebook.seminar import server_rounds

    with _own_seminar(url, seminar, class_name) as (session, row):
        opened = server_rounds.open_round(session, row.id, number).number
    print_done(f"Round {opened} is open.", {"round": opened, "open": True}, as_json=as_json)


@class_app.command("close-round")
def close_round(
    url: ServerAddress,
    seminar: SeminarSlug = "",
    class_name: ClassName = None,
    as_json: JsonFlag = False,
) -> None:
    """Close the round that is open: from now on the server refuses answers."""
    from casebook.seminar import server_rounds

    with _own_seminar(url, seminar, class_name) as (session, row):
        closed = server_rounds.close_round(session, row.id).number
    print_done(f"Round {closed} is closed.", {"round": closed, "open": False}, as_json=as_json)


@class_app.command("rounds")
def rounds(
    url: ServerAddress,
    seminar: SeminarSlug = "",
    class_name: ClassName = None,
    as_json: JsonFlag = False,
) -> None:
    """Print the rounds of a class, who has answered how much, and how it is joined."""
    from casebook.seminar import server, server_rounds

    with _own_seminar(url, seminar, class_name) as (session, row):
        states = server_rounds.round_states(session, row.id)
        students = server_rounds.student_count(session, row.id)
        door = server.door_of(server.server_engine(url), session, row.id)
        name = server.named(row)
    if as_json:
        print_json(
            {
                "seminar": name,
                "students": students,
                **_door_json(door),
                "rounds": [state._asdict() for state in states],
            }
        )
        return
    lines = [f"{name}: {students} {'student' if students == 1 else 'students'} joined."]
    print_lines([*lines, *map(_round_line, states), *_door_lines(door)])


@class_app.command("delete")
def delete(
    url: ServerAddress,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help="Delete it; without this option, the command only says what it would delete.",
        ),
    ] = False,
    seminar: SeminarSlug = "",
    class_name: ClassName = None,
    as_json: JsonFlag = False,
) -> None:
    """Delete a class from the server, with all its answers and names. This cannot be undone."""
    from casebook.seminar import server, server_rounds

    with _own_seminar(url, seminar, class_name) as (session, row):
        name, students = server.named(row), server_rounds.student_count(session, row.id)
        if yes:
            server_rounds.delete_class(session, row.id)
    who = f"{name} and what its {students} students answered"
    if not yes:
        raise CasebookError(f"This would delete {who}; say --yes to do it.")
    print_done(f"Deleted {who}.", {"deleted": name, "students": students}, as_json=as_json)


def _round_line(state: RoundState) -> str:
    stands = "not opened yet" if not state.opened else "closed" if state.closed else "open"
    students = "1 student" if state.students == 1 else f"{state.students} students"
    answers = "1 answer" if state.answers == 1 else f"{state.answers} answers"
    return f"Round {state.number}: {stands}, {answers} of {students}."


def _door_lines(door: Door) -> list[str]:
    from casebook.seminar.server_address import code_shown

    return [
        "Students join with:",
        f"  casebook class join '{door.url}' --code {code_shown(door.code)}",
    ]


def _door_json(door: Door) -> dict[str, str]:
    from casebook.seminar.server_address import code_shown

    return {"url": door.url, "code": code_shown(door.code)}


@contextlib.contextmanager
def _own_seminar(
    url: str, slug: str, class_name: str | None
) -> Iterator[tuple[Session, SeminarRow]]:
    """The seminar of the lecturer's that a command is about, within a transaction."""
    from casebook.seminar import server

    with server.transaction(server.server_engine(url)) as session:
        yield session, server.own_seminar(session, slug, class_name)


# The student's side


@class_app.command("join")
def join(
    url: ServerAddress,
    code: Annotated[str, typer.Option(help="The code of the class, as your lecturer gave it.")],
    name: Annotated[
        str | None, typer.Option(help="Your name, as your lecturer is to see it.")
    ] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Join without a name.")] = False,
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Join a class on a server.

    From then on, what you rate of its cases while the book's ratings are hidden is sent while a
    round is open. Without a connection it stays in your notebook and is sent later.
    """
    from casebook.seminar.attending import join_class

    if anonymous == (name is not None):
        raise CasebookError('Give your name with --name "…", or none with --anonymous.')
    with _student(book, notebook) as (opened, kept):
        membership, _ = join_class(opened, kept, url, code, (name or "").strip())
        _send(opened, kept, membership, as_json=as_json, begin=f"You joined {membership.named}.")


@class_app.command("send")
def send(
    seminar: JoinedSeminar = "",
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Send your class what has not been sent yet, and print the state of the round.

    The app does that by itself while it is open.
    """
    with _student(book, notebook) as (opened, kept):
        _send(opened, kept, _joined(opened, kept, seminar), as_json=as_json)


@class_app.command("tally")
def tally(
    number: Annotated[
        int | None, typer.Option("--round", help="The round; without it, the last one.", min=1)
    ] = None,
    seminar: JoinedSeminar = "",
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Print what your class answered in a round, once your lecturer has revealed it."""
    from casebook.rating_signs import SIGNS
    from casebook.seminar.student_link import StudentLink
    from casebook.vocabulary import Rating

    with _student(book, notebook) as (opened, kept):
        membership = _joined(opened, kept, seminar)
    link = StudentLink(membership.url, membership.token)
    try:
        lines = link.tally(number or max(membership.sent.round, 1))
    finally:
        link.close()
    if as_json:
        print_json([line._asdict() for line in lines])
        return
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for line in lines:
        counts.setdefault((line.entry, line.criterion), {})[line.rating] = line.students
    print_lines(
        f"{entry} {point}: "
        + "  ".join(f"{SIGNS[rating]} {found.get(rating.value, 0)}" for rating in Rating)
        for (entry, point), found in counts.items()
    )


@class_app.command("leave")
def leave(
    seminar: JoinedSeminar = "",
    book: BookFile = None,
    notebook: NotebookFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Leave a class: nothing more is sent. What was sent stays with your lecturer."""
    from casebook.seminar.membership import leave_class

    with _student(book, notebook) as (opened, kept):
        membership = _joined(opened, kept, seminar)
        leave_class(kept, membership)
    print_done(f"You left {membership.named}.", {"left": membership.seminar}, as_json=as_json)


@contextlib.contextmanager
def _student(book: Path | None, notebook: Path | None) -> Iterator[tuple[Book, Notebook]]:
    from casebook.cli.notes import opened_notebook

    with opened_book(book) as opened, opened_notebook(notebook, to_write=True) as kept:
        yield opened, kept


def _joined(book: Book, notebook: Notebook, seminar: str) -> Membership:
    """The class that a command is about.

    Raises:
        CasebookError: the reader has joined none, or several are meant.
    """
    from casebook.seminar.membership import memberships

    found = [
        each
        for each in memberships(notebook, book.info.slug)
        if not seminar or each.seminar == seminar
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise CasebookError(
            "You have not joined such a class with this book; `casebook class join` joins one."
        )
    names = ", ".join(each.seminar for each in found)
    raise CasebookError(f"You have joined several; say which with --slug: {names}.")


def _send(
    book: Book, notebook: Notebook, membership: Membership, *, as_json: bool, begin: str = ""
) -> None:
    from casebook.seminar.attending import send_answers

    after, exchanged = send_answers(book, notebook, membership)
    value = {
        "seminar": after.seminar,
        "class": after.class_name,
        "round": exchanged.state.open_round,
        "changed": exchanged.changed,
        "sent": _sent_in_round(exchanged),
        "revealed": list(exchanged.state.revealed),
    }
    words = " ".join(filter(None, (begin, exchanged.state.said, _sent_words(exchanged))))
    print_done(words, value, as_json=as_json)


def _sent_in_round(exchanged: Exchanged) -> int:
    is_of_round = exchanged.sent.round == exchanged.state.open_round
    return len(exchanged.sent.digests) if is_of_round else 0


def _sent_words(exchanged: Exchanged) -> str:
    if not exchanged.state.open_round:
        return ""
    sent = _sent_in_round(exchanged)
    return f"Your lecturer has {sent} {'answer' if sent == 1 else 'answers'} of yours in it."
