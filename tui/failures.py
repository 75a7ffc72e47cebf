"""What went wrong in one place is told there, and ends nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.message_pump import MessagePump

from casebook.errors import CasebookError

if TYPE_CHECKING:
    _Pump = MessagePump
else:
    _Pump = object


class Telling(_Pump):
    """The part of a screen, a view or the app that tells a failure and goes on.

    Textual ends the app when a message or an action fails. A `CasebookError` says in a
    sentence what could not be done; all else is a fault of the program and still ends it.
    """

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except CasebookError as error:
            complain_on(self.app, error)


def complain_on(app: Any, error: CasebookError) -> None:
    """Tells a failure on an app, once while it is on the screen."""
    if all(notice.message != error.message for notice in app._notifications):
        app.complain(error)
