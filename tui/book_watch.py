"""Notices that the file of the book was replaced while it is read, and reads it anew."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.widgets import Input, TextArea

from casebook.book.connection import Book, open_book
from casebook.book.edition import ENTRY
from casebook.errors import CasebookError
from casebook.file_stamp import FileStamp, stamp_of
from tui.screens.base import CasebookScreen
from tui.screens.presenting import PresentScreen

if TYPE_CHECKING:
    from textual.app import App

    from tui.host import Host

_UNCHANGED = "The book is as it was opened: its file has not changed."


class BookWatch:
    """Asks the reader, when nothing else is being asked or typed, whether to read the book anew.

    Args:
        stamp: of the book's file when it was opened.
    """

    def __init__(self, host: Host, app: App[Any], stamp: FileStamp | None) -> None:
        self._host = host
        self._app = app
        self._known = stamp
        self._last_seen = stamp
        self._is_looking = False

    async def look(self) -> None:
        """Looks at the file; one that is still being written is left until it rests."""
        now = stamp_of(self._host.book.path)
        before, self._last_seen = self._last_seen, now
        if now is None or now in (self._known, None) or now != before:
            return
        if self._is_looking or not self._is_free:
            return
        self._is_looking = True
        try:
            await self._look_into(now)
        finally:
            self._is_looking = False

    @property
    def _is_free(self) -> bool:
        """Whether a question would not fall into what is typed, asked or shown to a hall."""
        screen = self._app.screen
        return (
            isinstance(screen, CasebookScreen)
            and not isinstance(screen, PresentScreen)
            and not isinstance(screen.focused, Input | TextArea)
        )

    async def _look_into(self, now: FileStamp) -> None:
        is_in_place = self._known is not None and now[2] == self._known[2]
        self._known = now
        try:
            book = await asyncio.to_thread(open_book, self._host.book.path)
        except CasebookError as error:
            self._host.complain(
                CasebookError(f"The file of this book has changed. {error.message}")
            )
            return
        if _is_same(book, self._host.book):
            book.close()
        elif is_in_place:
            # What was open is gone: pages of two files would be mixed.
            self.take(book)
        else:
            self._ask(book)

    def _ask(self, book: Book) -> None:
        from tui.dialogs.question import QuestionScreen

        revealed = _revealed(self._host.book, book)
        what = f"{revealed[0].upper()}{revealed[1:]} revealed." if revealed else ""
        question = f"The file of this book has changed. {what}".strip()
        answers = {
            "reload": "Read it now; you stay where you are",
            "keep": "Go on with the book as it was opened",
        }

        def take(answer: str | None) -> None:
            if answer == "reload":
                self.take(book)
            else:
                book.close()
                self._host.say("ctrl+p, then read the book anew, shows what has changed.")

        self._app.push_screen(QuestionScreen(question, answers), take)

    def take(self, book: Book) -> None:
        """Shows a book that was read anew in the place of the one that is open."""
        revealed = _revealed(self._host.book, book)
        self._known = self._last_seen = stamp_of(book.path)
        self._host.replace_book(book)
        self._host.say(
            f"{revealed[0].upper()}{revealed[1:]} revealed." if revealed else "Read anew."
        )
        if book.faults:
            self._host.complain(CasebookError(f"{'; '.join(book.faults)}."))

    async def reload(self) -> None:
        """Reads the book anew, because the reader wishes it."""
        try:
            book = await asyncio.to_thread(open_book, self._host.book.path)
        except CasebookError as error:
            self._host.complain(error)
            return
        if _is_same(book, self._host.book):
            book.close()
            self._host.say(_UNCHANGED)
        else:
            self.take(book)


def _is_same(one: Book, other: Book) -> bool:
    return one.holds_the_same_as(other) and one.checked is other.checked


def _revealed(before: Book, after: Book) -> str:
    """What an edition holds that an earlier one did not: `the ratings and Renown are`."""
    from casebook.book.entries import refs
    from casebook.comparison.documents import listed

    parts = [part for part in before.edition.seals if part not in after.edition.seals]
    if not parts:
        return ""
    titles = refs(after, [part.removeprefix(ENTRY) for part in parts if part.startswith(ENTRY)])
    names = []
    for part in parts:
        found = titles.get(part.removeprefix(ENTRY))
        names.append(found.title if found else f"the {part}")
    is_one = len(names) == 1 and parts[0].startswith(ENTRY)
    return f"{listed(names)} {'is' if is_one else 'are'}"
