"""Attending a class on a server: joining it, and sending what the notebook has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from casebook.seminar.membership import (
    Membership,
    answers_given,
    joined,
    keep_membership,
    memberships,
    new_token,
)
from casebook.seminar.server_address import code_typed
from casebook.seminar.student_link import StudentLink

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.notebook import Notebook
    from casebook.seminar.student_link import ClassState, Exchanged


class Credentials(NamedTuple):
    """Under what a reader joins a class: an identifier, and a token, which is a secret."""

    identifier: str
    token: str


def join_class(
    book: Book, notebook: Notebook, url: str, code: str, name: str
) -> tuple[Membership, ClassState]:
    """Joins a class on a server; again, where the reader has joined it before.

    Args:
        code: as it was handed out, in whatever case and with or without its hyphens.
        name: empty for none.

    Raises:
        ServerError: no class has the code, the class is full, or the server is not there.
        NotebookError: it could not be kept.
    """
    of_book = book.info.slug
    known = credentials(notebook, of_book, url, *seminar_of(url, code), name)
    membership, state = let_in(of_book, known, url, code, name)
    keep_membership(notebook, membership)
    return membership, state


# The steps of joining: the first and the third wait for a server, the second asks the notebook.


def seminar_of(url: str, code: str) -> tuple[str, str]:
    """The slug and the title of the seminar that a code is for.

    Raises:
        ServerError: no class has the code, or the server is not there.
    """
    link = StudentLink(url, new_token())
    try:
        return link.seminar_of(code_typed(code))
    finally:
        link.close()


def credentials(
    notebook: Notebook, book: str, url: str, seminar: str, title: str, name: str
) -> Credentials:
    """Under what the reader joins: as before where they have joined this class before.

    Raises:
        NotebookError: the notebook cannot be read, or written.
    """
    from casebook.notebook.seminars import attendance, count_answers

    for known in memberships(notebook, book):
        if known.seminar == seminar and known.url == url:
            return Credentials(known.identifier, known.token)
    attended = attendance(notebook, book, seminar) or count_answers(
        notebook, book, seminar, title, name=name, number_of_round=1
    )
    return Credentials(attended.student, new_token())


def let_in(
    book: str, known: Credentials, url: str, code: str, name: str
) -> tuple[Membership, ClassState]:
    """Has the server take the reader into a class.

    Raises:
        ServerError: the class is full, the identifier is known with another token, or the server
            is not there.
    """
    link = StudentLink(url, known.token)
    try:
        state = link.join(code_typed(code), known.identifier, name)
    finally:
        link.close()
    return joined(book, url, known.identifier, known.token, state), state


def send_answers(
    book: Book, notebook: Notebook, membership: Membership
) -> tuple[Membership, Exchanged]:
    """Sends what has not been sent to a class yet, and keeps that it was.

    Raises:
        ServerError: the server is not there, or refuses the student.
        NotebookError: the notebook cannot be read or written.
    """
    link = StudentLink(membership.url, membership.token)
    try:
        return exchange(book, notebook, membership, link)
    finally:
        link.close()


def exchange(
    book: Book, notebook: Notebook, membership: Membership, link: StudentLink
) -> tuple[Membership, Exchanged]:
    """The same as `send_answers`, over a connection that is there already."""
    given = answers_given(book, notebook, membership)
    exchanged = link.exchange(given, membership.sent)
    after = membership.after(exchanged)
    if after != membership:
        keep_membership(notebook, after)
    return after, exchanged
