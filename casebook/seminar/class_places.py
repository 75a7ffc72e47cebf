"""Where a class is: in a file, or on a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casebook.errors import CasebookError
from casebook.seminar.server_address import is_server

if TYPE_CHECKING:
    from casebook.seminar.class_values import ClassRecord


def read_class_at(place: str, seminar: str = "", class_name: str | None = None) -> ClassRecord:
    """Everything that a class has answered.

    Args:
        place: the path of its file, or the address of its server.
        seminar: its slug, where a lecturer holds several on the server.
        class_name: likewise.

    Raises:
        CasebookError: it is no class, cannot be read, or several are meant.
    """
    if not is_server(place):
        from casebook.seminar.class_file import read_class

        return read_class(Path(place))
    from casebook.seminar import class_store, server

    with server.transaction(server.server_engine(place)) as session:
        row = server.own_seminar(session, seminar, class_name)
        return class_store.record(session.connection(), row.id)


def set_revealed_at(
    place: str, item: str, seminar: str = "", class_name: str | None = None, *, wanted: bool
) -> None:
    """Keeps that a class has been shown something, or that it has not been after all.

    Raises:
        CasebookError: it is no class, cannot be written, or there is nothing of that name.
    """
    if not is_server(place):
        from casebook.book.edition import ENTRY, RATINGS
        from casebook.seminar.class_file import read_class, set_revealed

        hidden = [f"{ENTRY}{case.slug}" for case in read_class(Path(place)).cases if case.is_hidden]
        if item not in (RATINGS, *hidden):
            listed = " or ".join((RATINGS, *hidden))
            raise CasebookError(f"In this file, only {listed} can be revealed.")
        set_revealed(Path(place), [item], wanted=wanted)
        return
    from casebook.seminar import server, server_rounds

    with server.transaction(server.server_engine(place)) as session:
        row = server.own_seminar(session, seminar, class_name)
        server_rounds.reveal(session, row.id, item, wanted=wanted)
