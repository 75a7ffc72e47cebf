"""The classes on servers that a reader has joined, kept in the notebook.

The notebook is the outbox, too: what the reader has rated stands in it, and beside it what the
server has taken. The difference is what is still to be sent, however often the connection, the
app or the machine has gone in between. The secret token is in no export of the notebook.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from casebook.notebook.history import keep
from casebook.seminar.student_link import Cell, OwnAnswer, Sent
from casebook.stored_json import StoredJsonError, decoded

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.notebook import Notebook
    from casebook.seminar.student_link import ClassState, Exchanged

_PREFIX = "class "


@dataclass(frozen=True, slots=True)
class Membership:
    """A class that the reader has joined.

    Attributes:
        book: the slug of the book that was at hand when the reader joined.
        seminar: its slug.
        identifier: the reader's in this seminar, random.
        token: the secret by which the server knows the reader.
        cases: the slugs of the cases, as the server last told.
    """

    book: str
    seminar: str
    url: str
    identifier: str
    token: str
    title: str
    class_name: str
    framework: str
    cases: tuple[str, ...]
    points: tuple[str, ...]
    sent: Sent = field(default_factory=Sent)

    @property
    def named(self) -> str:
        """The seminar and the class in a few words."""
        return f"{self.title} ({self.class_name})" if self.class_name else self.title

    def after(self, exchanged: Exchanged) -> Membership:
        """The membership after an exchange with the server."""
        state = exchanged.state
        return replace(
            self,
            title=state.title,
            class_name=state.class_name,
            framework=state.framework,
            cases=state.cases,
            points=state.points,
            sent=exchanged.sent,
        )


def new_token() -> str:
    """A secret that nobody guesses."""
    return secrets.token_urlsafe(32)


def joined(book: str, url: str, identifier: str, token: str, state: ClassState) -> Membership:
    """The membership of a reader whom a server has let into a class."""
    return Membership(
        book=book,
        seminar=state.seminar,
        url=url,
        identifier=identifier,
        token=token,
        title=state.title,
        class_name=state.class_name,
        framework=state.framework,
        cases=state.cases,
        points=state.points,
    )


def keep_membership(notebook: Notebook, membership: Membership) -> None:
    """Keeps a class that the reader has joined, in place of what was kept of it.

    Raises:
        NotebookError: it could not be written.
    """
    values = asdict(membership)
    values["sent"] = {
        "round": membership.sent.round,
        "answers": [[*cell, digest] for cell, digest in membership.sent.digests.items()],
    }
    keep(notebook, membership.book, _PREFIX + membership.seminar, values)


def leave_class(notebook: Notebook, membership: Membership) -> None:
    """Forgets a class. What was sent stays with the lecturer.

    Raises:
        NotebookError: it could not be written.
    """
    keep(notebook, membership.book, _PREFIX + membership.seminar, None)


def memberships(notebook: Notebook, book: str) -> list[Membership]:
    """The classes that the reader has joined with a book.

    Raises:
        NotebookError: the notebook cannot be read.
    """
    rows = notebook.ask(
        "SELECT value FROM kept WHERE book = ? AND name >= ? AND name < ? ORDER BY name",
        [book, _PREFIX, _PREFIX[:-1] + chr(ord(_PREFIX[-1]) + 1)],
    )
    found = (_membership(row[0]) for row in rows)
    return [membership for membership in found if membership is not None]


def _membership(stored: Any) -> Membership | None:
    """What a row of the notebook says; None where that is no membership."""
    try:
        values = decoded(stored)
        sent = values.pop("sent")
        digests = {(entry, criterion): digest for entry, criterion, digest in sent["answers"]}
        cases, points = tuple(values.pop("cases")), tuple(values.pop("points"))
        membership = Membership(
            **values, cases=cases, points=points, sent=Sent(int(sent["round"]), digests)
        )
    except (StoredJsonError, AttributeError, KeyError, TypeError, ValueError):
        return None
    words = (*values.values(), *cases, *points)
    return membership if all(isinstance(word, str) for word in words) else None


def answers_given(
    book: Book, notebook: Notebook, membership: Membership
) -> Mapping[Cell, OwnAnswer]:
    """What the reader has rated of a class's cases, on its points.

    Raises:
        NotebookError: the notebook cannot be read.
    """
    from casebook.book.volumes import volumes_of
    from casebook.notebook.predictions import predictions
    from casebook.safe_text import made_safe_line
    from casebook.seminar.class_limits import LONGEST_REASON

    return {
        (rated.entry, rated.criterion): OwnAnswer(
            rated.rating.value, made_safe_line(rated.reason)[:LONGEST_REASON]
        )
        for volume, some in volumes_of(book, membership.cases).items()
        for rated in predictions(notebook, volume, some, membership.framework)
        if rated.criterion in membership.points
    }
