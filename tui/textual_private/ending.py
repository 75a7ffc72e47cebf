"""The end of the app after a fault.

Textual prints the traceback with the values of all variables, a private note among them,
and ends as if all were well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

    _App = App[int]
else:
    _App = object


class QuietEnd(_App):
    """The part of the app that decides what a fault does."""

    @property
    def is_leaving(self) -> bool:
        """Whether the app has been told to end."""
        return self._exit

    def failed_with(self, error: Exception) -> None:
        """A fault that nothing has caught."""
        raise NotImplementedError

    def end_with(self, error: Exception, code: int) -> None:
        """Ends the app at once, without a word on the terminal; tests are handed the error."""
        self._return_code = code
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        self.failed_with(error)


def cause_of(error: Exception) -> Any:
    """What has gone wrong; a worker wraps it."""
    return getattr(error, "error", error)
