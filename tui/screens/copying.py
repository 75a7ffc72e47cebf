"""Copying: the selection, or what is chosen with its citation."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from casebook.errors import CasebookError

if TYPE_CHECKING:
    from textual.app import App

    from casebook.exports.cite import CitableStatement
    from tui.host import Host


class CopySource(Protocol):
    """What copying needs of the screen that it copies from."""

    @property
    def app(self) -> App[Any]: ...

    @property
    def casebook(self) -> Host: ...

    def get_selected_text(self) -> str | None:
        """The words that are selected with the mouse."""

    def statement_to_copy(self) -> CitableStatement | None:
        """What is cited while nothing is selected; None where that is nothing."""

    def text_to_copy(self) -> str:
        """What is copied while nothing is selected and nothing can be cited."""

    def notify_plainly(self, message: str) -> None:
        """Tells something for a moment."""

    def run_worker(self, work: Coroutine[Any, Any, None], *, group: str, exclusive: bool) -> object:
        """Does something away from the keyboard."""


class Copier:
    """Copies what is chosen on a screen, and says so."""

    def __init__(self, screen: CopySource) -> None:
        self._screen = screen

    def copy(self) -> None:
        """Copies the selection, else the chosen statement with its citation, else other text."""
        selected = self._screen.get_selected_text()
        statement = None if selected else self._screen.statement_to_copy()
        if statement is not None:
            self.copy_statement(statement)
            return
        text = selected or self._screen.text_to_copy()
        if text:
            self._put(text)
        else:
            self._screen.notify_plainly("Nothing is selected to copy.")

    def copy_statement(self, statement: CitableStatement) -> None:
        """Copies a statement with its citation."""
        style = self._screen.casebook.citation_style
        self._screen.run_worker(self._copy_cited(statement, style), group="copy", exclusive=True)

    async def _copy_cited(self, statement: CitableStatement, style: str) -> None:
        """Copies a statement with its citation; where the style cannot be had, in the book's."""
        from casebook.exports.cite import cited
        from casebook.exports.options import Style

        try:
            ready = await asyncio.to_thread(cited, statement, style)
        except CasebookError as error:
            self._screen.casebook.complain(error)
            ready = cited(statement, Style.BOOK)
        self._put(ready.text)

    def _put(self, text: str) -> None:
        self._screen.app.copy_to_clipboard(text)
        self._screen.notify_plainly("Copied.")

    def statement_of(self, slug: str) -> CitableStatement | None:
        """An entry as a whole, to be cited; None where it cannot be read."""
        from casebook.exports.cite import statement_at

        try:
            return statement_at(self._screen.casebook.book, slug)
        except CasebookError as error:
            self._screen.casebook.complain(error)
            return None
