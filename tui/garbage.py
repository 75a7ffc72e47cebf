"""Looks for garbage while the reader reads, and not in the middle of a drawing.

Python begins a full pass of its garbage collector wherever objects are made, which is most
of all where a page is drawn, and such a pass takes longer than a frame may. What the program
was made of when the library stood is never garbage, so it is not looked through at all.
"""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

REST = 0.5
"""Seconds without a key or the mouse after which the reader is taken to read."""
SOON = 0.05
"""Seconds that a rest may begin too early."""
LEAST_PASSES, MOST_PASSES = 2, 30
"""Passes over young objects, each after some thousand of them, from which all are looked
through in a rest, and after which they are even while keys come."""


class GarbageAtRest:
    """Has the garbage collector look at all objects when nothing has been typed for a while."""

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._last = 0.0
        self._timer: Timer | None = None
        self._has_begun = False

    def begin(self) -> None:
        """Has the collector spare what there is now, and look at the rest while keys rest."""
        self._has_begun = True
        gc.freeze()
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, MOST_PASSES)
        gc.enable()

    def disturb(self) -> None:
        """The reader does something: the next rest begins after it."""
        self._last = time.monotonic()
        if self._timer is None and self._has_begun:
            self._wait(REST)

    def _wait(self, seconds: float) -> None:
        self._timer = self._app.set_timer(seconds, self._look, name="garbage")

    def _look(self) -> None:
        self._timer = None
        left = REST - (time.monotonic() - self._last)
        if left > SOON:
            self._wait(left)
        elif gc.get_count()[2] >= LEAST_PASSES:
            gc.collect()
