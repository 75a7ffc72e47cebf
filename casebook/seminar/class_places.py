"""Where a class is: in a file, or on a server."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casebook.errors import CasebookError
from casebook.file_stamp import FileStamp, stamp_of
from casebook.safe_text import made_safe_line
from casebook.seminar.class_words import of_another
from casebook.seminar.server_address import is_server

if TYPE_CHECKING:
    from sqlmodel import Session

    from casebook.seminar.class_tables import SeminarRow
    from casebook.seminar.class_values import ClassRecord


class ClassPlace(NamedTuple):
    """Where a class is.

    Attributes:
        where: the path of its file, or the address of its server.
        seminar: its slug, where a lecturer holds several on the server.
        class_name: likewise; None where any is meant.
    """

    where: str
    seminar: str = ""
    class_name: str | None = None

    @property
    def is_on_server(self) -> bool:
        return is_server(self.where)

    def check(self) -> None:
        """Looks whether there is a class.

        Raises:
            CasebookError: it is none, cannot be reached, or several are meant.
        """
        if self.is_on_server:
            with self._own_seminar():
                return
        from casebook.seminar.class_file import check_class

        check_class(Path(self.where))

    def read(self) -> ClassRecord:
        """Everything that the class has answered.

        Raises:
            CasebookError: it is no class, cannot be read, or several are meant.
        """
        return self.look()[0]

    def look(self) -> tuple[ClassRecord, str]:
        """Everything that the class has answered, and how its rounds stand in a few words.

        In a file there are no rounds that are open or closed, and no words.

        Raises:
            CasebookError: it is no class, cannot be read, or several are meant.
        """
        if not self.is_on_server:
            from casebook.seminar.class_file import read_class

            return read_class(Path(self.where)), ""
        from casebook.seminar import class_store, server_rounds

        with self._own_seminar() as (session, row):
            states = server_rounds.round_states(session, row.id)
            joined = server_rounds.student_count(session, row.id)
            record = class_store.record(session.connection(), row.id)
        return record, server_rounds.stands(states, joined)

    def check_seminar(self, slug: str) -> None:
        """Looks whether there is a class, and whether it is of a seminar.

        Raises:
            CasebookError: it is none or that of another seminar, cannot be reached, or several
                are meant.
        """
        if self.is_on_server:
            with self._own_seminar() as (_, row):
                held, named = row.slug, "This"
        else:
            held, named = self.read().slug, made_safe_line(self.where)
        if held != slug:
            raise CasebookError(
                f"{of_another(named, 'seminar', held, slug)} Name the class of this seminar with"
                " --class."
            )

    def stamp(self) -> FileStamp | None:
        """What is another once a file has changed; nothing for a server, or without the file."""
        return None if self.is_on_server else stamp_of(Path(self.where))

    def set_revealed(self, item: str, *, wanted: bool) -> None:
        """Keeps that the class has been shown something, or that it has not been after all.

        Raises:
            CasebookError: it is no class, cannot be written, or there is nothing of that name.
        """
        if self.is_on_server:
            from casebook.seminar import server_rounds

            with self._own_seminar() as (session, row):
                server_rounds.reveal(session, row.id, item, wanted=wanted)
            return
        from casebook.book.edition import ENTRY, RATINGS
        from casebook.seminar.class_file import set_revealed

        hidden = [f"{ENTRY}{case.slug}" for case in self.read().cases if case.is_hidden]
        if item not in (RATINGS, *hidden):
            listed = " or ".join((RATINGS, *hidden))
            raise CasebookError(f"In this file, only {listed} can be revealed.")
        set_revealed(Path(self.where), [item], wanted=wanted)

    @contextmanager
    def _own_seminar(self) -> Iterator[tuple[Session, SeminarRow]]:
        """The seminar of the lecturer's that is meant, within a transaction."""
        from casebook.seminar import server

        with server.transaction(server.server_engine(self.where)) as session:
            yield session, server.own_seminar(session, self.seminar, self.class_name)


def server_typed(line: str) -> ClassPlace | None:
    """The class of a line that names a server as the commands do; None where it names none.

    `postgresql://mori@db.example.org/seminars --slug bells --class A`, or the address alone.
    """
    try:
        words = shlex.split(line)
    except ValueError:
        return None
    urls = [word for word in words if is_server(word)]
    if len(urls) != 1:
        return None
    said = dict(pairwise(words))
    return ClassPlace(urls[0], said.get("--slug", ""), said.get("--class"))
