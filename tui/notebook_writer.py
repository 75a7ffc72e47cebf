"""The app's hand on the notebook: reads at once, writes away from the keyboard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, wait
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from casebook.errors import CasebookError

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from casebook.notebook import Notebook

Result = TypeVar("Result")

LONGEST_FAREWELL = 3.0
"""Seconds that leaving waits for what is still being written."""


class Keeper:
    """A notebook whose writes follow one another on a thread of their own.

    A write waits for the disk, and for another window that is writing; the screen does
    not. Nothing is said to be kept before it is.

    Args:
        path: where the notebook is, or will be.
        tell: shows a failure that nobody waits for.

    Attributes:
        lost_words: what could not be kept when the app was left; empty if all was.
    """

    def __init__(self, path: Path, tell: Callable[[CasebookError], None]) -> None:
        self.path = path
        self.tell = tell
        self.is_open = False
        self.lost_words = ""
        self._notebook: Notebook | None = None
        self._waiting: set[Future[object]] = set()
        self._precious: dict[Future[object], str] = {}
        self._is_closed = False

    @cached_property
    def _thread(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor  # not before the first screen stands

        return ThreadPoolExecutor(1, "notebook")

    @property
    def notebook(self) -> Notebook:
        """For reading; it is empty until it has been opened."""
        if self._notebook is None:
            from casebook.notebook import Notebook

            self._notebook = Notebook(self.path)
        return self._notebook

    async def open(self) -> None:
        """Opens the file.

        Raises:
            NotebookError: it cannot be opened, or only be read; the app goes on without it.
        """
        from casebook.errors import NotebookError

        try:
            await self._do(lambda notebook: notebook.open())
        finally:
            self.is_open = True
        if self.notebook.trouble:
            raise NotebookError(self.notebook.trouble)

    async def write(self, action: Callable[[Notebook], Result]) -> Result:
        """Does something to the notebook; what it answers is on the disk.

        Raises:
            NotebookError: it could not be written, and nothing was.
        """
        return await self._do(action)

    def later(self, action: Callable[[Notebook], object], *, words: str = "") -> None:
        """Does something to the notebook when there is time; a failure is told.

        Args:
            words: what the reader wrote that is lost if it fails; see `close`.
        """
        if self._is_closed:
            return
        future = self._submit(action)
        if words:
            self._precious = {future: words}

        future.add_done_callback(self._tell_failure)

    def forget_words(self) -> None:
        """What the reader wrote last is kept, or given up."""
        self._precious.clear()

    async def _do(self, action: Callable[[Notebook], Result]) -> Result:
        """Does something to the notebook, though whoever waits for it may be gone by then."""
        doing = asyncio.wrap_future(self._submit(action))
        try:
            # Leaving a screen cancels what waits on it, and without the shield the write too.
            return await asyncio.shield(doing)
        except asyncio.CancelledError:
            if not self._is_closed:
                doing.add_done_callback(self._tell_failure)
            raise

    def _tell_failure(self, done: asyncio.Future[Any] | Future[Any]) -> None:
        if not done.cancelled() and isinstance(error := done.exception(), CasebookError):
            self.tell(error)

    def _submit(self, action: Callable[[Notebook], Result]) -> Future[Result]:
        notebook = self.notebook
        if self._is_closed:
            from casebook.errors import NotebookError

            raise NotebookError("Nothing was saved, because Casebook is closing.")
        future = self._thread.submit(lambda: action(notebook))
        waiting: set[Future[object]] = self._waiting
        waiting.add(future)  # type: ignore[arg-type]
        future.add_done_callback(waiting.discard)
        return future

    def settle(self) -> None:
        """Waits until all that was asked for so far is written."""
        wait(set(self._waiting), LONGEST_FAREWELL)

    def close(self) -> None:
        """Waits a moment for what is still being written, and lets go of the file.

        What the reader wrote last, and could not be kept, is then in `lost_words`.
        """
        if self._is_closed:
            return
        self._is_closed = True
        _, unfinished = wait(set(self._waiting), LONGEST_FAREWELL)
        self._thread.shutdown(wait=False, cancel_futures=True)
        for future, words in self._precious.items():
            if not future.done() or future.cancelled() or future.exception() is not None:
                self.lost_words = words
        if self._notebook is not None and not unfinished:
            self._notebook.close()
