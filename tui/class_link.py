"""Sends what the reader rates to the classes that they have joined, away from the keyboard."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Protocol

from casebook.errors import CasebookError
from tui.away import away_from_the_keyboard

if TYPE_CHECKING:
    from casebook.book.connection import Book
    from casebook.seminar.membership import Membership
    from casebook.seminar.student_link import ClassState, Exchanged, StudentLink
    from tui.notebook_writer import Keeper

LOOKS_EVERY = 5.0
"""Seconds between two looks at a class while nothing is rated."""

LONGEST_WAIT = 60.0
"""Seconds between two tries while the server cannot be reached."""


class ClassHost(Protocol):
    """What the classes need of the app."""

    keeper: Keeper

    @property
    def book(self) -> Book: ...

    def say(self, message: str) -> None:
        """Tells something for a moment."""

    def complain(self, error: CasebookError) -> None:
        """Tells a failure."""

    def notebook_changed(self) -> None:
        """Draws anew what shows how things stand."""


class ClassLinks:
    """The classes that the reader has joined: answers go out, and how things stand comes in.

    All that waits for a server happens on threads that nobody waits for when the app is left:
    what has not been sent by then stands in the notebook.
    """

    def __init__(self, host: ClassHost) -> None:
        self._host = host
        self._joined: list[_JoinedClass] = []
        self._task: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()

    @property
    def words(self) -> str:
        """How things stand in the class, in a few words; empty without one."""
        return "; ".join(filter(None, (joined.words for joined in self._joined)))

    def wake(self) -> None:
        """Something was rated, or a class may have been joined."""
        if self._task is None:
            self._look_for_classes()
        self._woken.set()

    async def join(self, url: str, code: str, name: str) -> None:
        """Joins a class on a server, and keeps in touch with it from then on.

        Raises:
            CasebookError: the server does not let the reader in, or it could not be kept.
        """
        from casebook.seminar import attending
        from casebook.seminar.membership import keep_membership

        keeper, book = self._host.keeper, self._host.book.info.slug
        seminar, title = await away_from_the_keyboard(lambda: attending.seminar_of(url, code))
        known = await keeper.write(
            lambda notebook: attending.credentials(notebook, book, url, seminar, title, name)
        )
        membership, _ = await away_from_the_keyboard(
            lambda: attending.let_in(book, known, url, code, name)
        )
        await keeper.write(lambda notebook: keep_membership(notebook, membership))
        self.close()
        self.wake()

    def _look_for_classes(self) -> None:
        from casebook.seminar.membership import memberships

        host = self._host
        if not host.keeper.is_open:
            return
        with contextlib.suppress(CasebookError):
            found = memberships(host.keeper.notebook, host.book.info.slug)
            self._joined = [_JoinedClass(host, membership) for membership in found]
        if self._joined:
            self._task = asyncio.get_running_loop().create_task(self._keep_in_touch())

    async def _keep_in_touch(self) -> None:
        wait = LOOKS_EVERY
        while True:
            self._woken.clear()
            reached = [await joined.exchange() for joined in self._joined]
            wait = LOOKS_EVERY if all(reached) else min(wait * 2, LONGEST_WAIT)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), wait)

    def close(self) -> None:
        """Sends nothing more; what has not been sent stays in the notebook."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._joined = []


class _JoinedClass:
    """One class that the reader has joined."""

    def __init__(self, host: ClassHost, membership: Membership) -> None:
        self._host = host
        self._membership = membership
        self._link: StudentLink | None = None
        self._state: ClassState | None = None
        self._is_reached = True
        self._is_refused = False

    @property
    def words(self) -> str:
        if not self._is_reached:
            return "no connection"
        if self._state is None or not self._state.last_round:
            return ""
        if not self._state.open_round:
            return f"round {self._state.last_round} closed"
        return f"round {self._state.open_round}, {self._sent} sent"

    @property
    def _sent(self) -> int:
        sent = self._membership.sent
        is_of_round = self._state is not None and sent.round == self._state.open_round
        return len(sent.digests) if is_of_round else 0

    async def exchange(self) -> bool:
        """Sends what has not been sent; False where the server cannot be reached.

        A server that refuses the reader is told of once, and not asked again.
        """
        from casebook.seminar.membership import answers_given, keep_membership
        from casebook.seminar.server_errors import UnreachableError
        from casebook.seminar.student_link import StudentLink

        if self._is_refused:
            return True
        host, membership = self._host, self._membership
        link = self._link = self._link or StudentLink(membership.url, membership.token)
        before = self.words
        try:
            given = answers_given(host.book, host.keeper.notebook, membership)
            exchanged = await away_from_the_keyboard(lambda: link.exchange(given, membership.sent))
            self._membership = after = membership.after(exchanged)
            if after != membership:
                await host.keeper.write(lambda notebook: keep_membership(notebook, after))
        except UnreachableError:
            if self._is_reached:
                host.say("No connection to your class; your answers are kept and sent later.")
            self._is_reached = False
        except CasebookError as error:
            self._is_refused = True
            host.complain(error)
        else:
            self._tell(exchanged)
            self._is_reached = True
        if before != self.words:
            host.notebook_changed()
        return self._is_reached

    def _tell(self, exchanged: Exchanged) -> None:
        """Says what the reader did not know of the class."""
        was, state = self._state, exchanged.state
        self._state = state
        told = []
        if not self._is_reached:
            told.append("You are connected to your class again.")
        if was is None or was.said != state.said:
            told.append(state.said)
        new = [item for item in state.revealed if was is None or item not in was.revealed]
        if new:
            told.append(f"Revealed to your class: {', '.join(new)}.")
        if told:
            self._host.say(f"{self._membership.named}: {' '.join(told)}")
