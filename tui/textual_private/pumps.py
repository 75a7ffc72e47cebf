"""What screens, widgets and the app, Textual's message pumps, have still to do.

Textual hands keys on at once and says nowhere whether what they set off is done, so that is
read off its queues here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.message_pump import MessagePump

from casebook.errors import CasebookError

if TYPE_CHECKING:
    from textual._queue import Queue
    from textual.app import App
    from textual.screen import Screen

    _Pump = MessagePump
else:
    _Pump = object


def is_idle(pump: MessagePump) -> bool:
    """Whether a pump has handled all its messages; one that is being taken down has."""
    if pump._closing or pump._closed:
        return True
    queue: Queue[Message | None] = pump._message_queue
    # Empty and waited on: nothing is queued, and nothing is being handled either. The event
    # does not say by itself whether anybody waits for it.
    is_waiting = queue.empty() and bool(queue.ready_event._waiters)
    return is_waiting and pump._is_mounted and not pump._next_callbacks


def is_sent_by(pump: MessagePump, message: Message) -> bool:
    """Whether a message was made by a pump itself."""
    return message._sender is pump


def has_only(pump: MessagePump, kinds: tuple[type[Message], ...]) -> bool:
    """Whether nothing but messages of some kinds waits for a pump, and no callback."""
    if pump._next_callbacks:
        return False
    waiting = [*pump._message_queue.values, pump._pending_message]
    return all(message is None or isinstance(message, kinds) for message in waiting)


def is_settled(screen: Screen[Any]) -> bool:
    """Whether a screen is furnished and laid out, and each widget has seen its messages."""
    if screen._callbacks or screen._layout_required:
        return False
    return is_idle(screen) and all(map(is_idle, screen.walk_children()))


def messages_shown(app: App[Any]) -> list[str]:
    """What is told on the screen just now; Textual has no other way to ask."""
    return [notice.message for notice in app._notifications]


def dismiss_hints(app: App[Any]) -> None:
    """Takes off the screen what was told for a moment; warnings and errors stay their time.

    Textual can only clear all of them.
    """
    for notice in list(app._notifications):
        if notice.severity == "information":
            app._unnotify(notice)


class FailureCatcher(_Pump):
    """The part of a pump that goes on when a message fails with a `CasebookError`.

    Textual ends the app when a message or an action fails, and offers no place but this in
    which to decide otherwise.
    """

    def failed(self, error: CasebookError) -> None:
        """A message could not be handled."""
        raise NotImplementedError

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except CasebookError as error:
            self.failed(error)
