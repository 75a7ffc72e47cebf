"""Keys that are typed ahead are kept, and obeyed one after the other.

A key means what it means on the screen that the keys before it have led to. Textual hands
a key on as soon as it comes in, even while that screen is still being made; here it waits
until everything that the keys before it have set off is done.
"""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.events import Event, InputEvent, Key, MouseMove, Paste
from textual.screen import ModalScreen

from tui import commands
from tui.textual_private.pumps import has_only, is_idle, is_settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.app import App
    from textual.screen import Screen
    from textual.widget import Widget

    from tui.command import Command

PAUSE = 0.002
"""Seconds between two looks at whether a key's turn has come."""

LOOKS_WITHOUT_PAUSE = 10

LONGEST_WAIT_FOR_ANSWERS = 5.0
"""Seconds that a key waits for a search, or for the notebook, before it goes without."""

LONG_WORK = frozenset(("copy", "export", "notebook-words"))
"""Groups of workers that take their time; no key waits for them."""

WHILE_TYPING = frozenset(("search", "notebook-search", "--textual-command-palette-gather-commands"))
"""Groups of workers that answer what is being typed; letters do not wait for them."""

OPENING = "notebook"
"""The group of the worker that opens the notebook; letters and steps do not wait for it."""


class TypeAhead:
    """Holds back keys, pastes and clicks until the app is ready for them.

    Args:
        keys: the keys that the reader's settings have given to commands, by command id.
    """

    def __init__(self, app: App[Any], keys: Mapping[str, str]) -> None:
        self._app = app
        self._moved_keys = keys
        self._held: deque[Event] = deque()
        self._released: Event | None = None
        self._task: asyncio.Task[None] | None = None
        self._typed_into: Widget | None = None
        self._last_key = ""
        self._last_screen: Screen[object] | None = None
        self._quitting = self._keys_of((commands.QUIT,))
        self._leaving = self._quitting | self._keys_of((commands.BACK,))
        self._moving = self._keys_of(commands.MOVING)

    def _keys_of(self, wanted: Iterable[Command]) -> frozenset[str]:
        """The keys of some commands, as the reader's settings have them."""
        moved = self._moved_keys
        return frozenset(
            key.strip()
            for command in wanted
            for key in moved.get(command.id, command.keys).split(",")
        )

    @property
    def is_waiting(self) -> bool:
        """Whether anything that was typed is still to be obeyed."""
        return bool(self._held) or self._released is not None

    def admits(self, event: Event) -> bool:
        """Whether an event is to be obeyed now; what is not comes back when it is its turn."""
        if event is self._released:
            self._released = None
        elif self.is_waiting or not self._may_go(event, is_first=True):
            self._hold(event)
            return False
        self._note(event)
        return True

    def _hold(self, event: Event) -> None:
        """Keeps an event for later; of moves of the mouse only the last of a drag counts."""
        if isinstance(event, MouseMove):
            if not event.button:
                return
            if self._held and isinstance(self._held[-1], MouseMove):
                self._held.pop()
        self._held.append(event)
        if self._task is None:
            self._task = asyncio.create_task(self._release(), name="typed ahead")

    def _note(self, event: Event) -> None:
        """Remembers what the next event is judged by."""
        if isinstance(event, Key):
            self._typed_into = self._app.focused if self._is_letter(event) else None
            self._last_key, self._last_screen = event.key, self._app.screen
        elif not isinstance(event, MouseMove):
            self._typed_into, self._last_key = None, ""

    async def _release(self) -> None:
        """Gives back what is held, each event when its turn has come."""
        try:
            while self._held:
                await self._turn_of(self._held[0])
                event = self._held.popleft()
                if self._answers_closed_box(event):
                    continue
                self._released = event
                if not self._app.post_message(event):
                    return
                while self._released is not None:
                    await asyncio.sleep(0)
        finally:
            self._task = None

    async def _turn_of(self, event: Event) -> None:
        looks, begun = 0, monotonic()
        while not self._may_go(event, has_waited=monotonic() - begun > LONGEST_WAIT_FOR_ANSWERS):
            looks += 1
            await asyncio.sleep(0 if looks < LOOKS_WITHOUT_PAUSE else PAUSE)

    def _answers_closed_box(self, event: Event) -> bool:
        """Whether a key is the one that has just closed a box, struck a second time before
        the box was gone: it is no answer to the screen below."""
        closed = self._last_screen
        return (
            isinstance(event, Key)
            and event.key == self._last_key
            and isinstance(closed, ModalScreen)
            and closed not in self._app.screen_stack
        )

    def quits(self, event: Key) -> bool:
        """Whether a key leaves the app, and is no letter of what is being typed."""
        return event.key in self._quitting and not self._is_letter(event)

    # When it is an event's turn

    def _may_go(self, event: Event, *, is_first: bool = False, has_waited: bool = False) -> bool:
        """Whether all that came before is done.

        Args:
            is_first: the app is just looking at the event.
            has_waited: it has waited long enough for answers.
        """
        app = self._app
        if not app.screen_stack:
            return False
        if isinstance(event, Key) and self._typed_into is not None and self._is_letter(event):
            return app.focused is self._typed_into
        is_app_done = has_only(app, (InputEvent, Paste)) if is_first else is_idle(app)
        return (
            is_app_done
            and is_settled(app.screen)
            and (has_waited or not self._waits_for_workers(event))
        )

    def _is_letter(self, event: Key) -> bool:
        """Whether a key is a letter of what is being typed into a box."""
        focused = self._app.focused
        return focused is not None and focused.check_consume_key(event.key, event.character)

    def _waits_for_workers(self, event: Event) -> bool:
        if not isinstance(event, Key):
            return False
        is_letter = self._is_letter(event)
        if event.key in self._leaving and not is_letter:
            return False
        passed = LONG_WORK | WHILE_TYPING if is_letter else LONG_WORK
        if is_letter or event.key in self._moving:
            passed |= {OPENING}
        return any(
            not worker.is_finished and worker.group not in passed for worker in self._app.workers
        )
