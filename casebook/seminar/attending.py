"""Attending a class on a server: joining it, and sending what the notebook has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.seminar.membership import (
    Membership,
    answers_given,
    joined,
    keep_membership,
    memberships,
    new_token,
)
from casebook.seminar.student_link import StudentLink

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.notebook import Notebook
    from casebook.seminar.student_link import ClassState, Exchanged


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
    from casebook.notebook.seminars import attendance, count_answers
    from casebook.seminar.server_address import code_typed

    slug_of_book = book.info.slug
    token = new_token()
    first = StudentLink(url, token)
    try:
        seminar, title = first.seminar_of(code_typed(code))
    finally:
        first.close()
    before = [
        known
        for known in memberships(notebook, slug_of_book)
        if known.seminar == seminar and known.url == url
    ]
    attended = attendance(notebook, slug_of_book, seminar) or count_answers(
        notebook, slug_of_book, seminar, title, name=name, number_of_round=1
    )
    link = StudentLink(url, before[0].token if before else token)
    identifier = before[0].identifier if before else attended.student
    try:
        state = link.join(code_typed(code), identifier, name)
    finally:
        link.close()
    membership = joined(slug_of_book, url, identifier, before[0].token if before else token, state)
    keep_membership(notebook, membership)
    return membership, state


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
    exchanged = link.exchange(membership.identifier, given, membership.sent)
    after = membership.after(exchanged)
    if after != membership:
        keep_membership(notebook, after)
    return after, exchanged
