"""How much of a time is left, also after the lid was closed or the program was started again."""

from __future__ import annotations

import time
from collections.abc import Callable

_BOOTTIME = getattr(time, "CLOCK_BOOTTIME", None)


def running_seconds() -> float:
    """Seconds that only grow, and that go on while the machine sleeps where it can tell them."""
    if _BOOTTIME is not None:
        return time.clock_gettime(_BOOTTIME)
    return time.monotonic()


class StepClock:
    """Counts the seconds of a step down.

    Args:
        minutes: that the step takes.
        passed: seconds of it that have passed already.
        now: the seconds of a clock that never goes back.
    """

    def __init__(
        self, minutes: int, passed: float = 0.0, now: Callable[[], float] = running_seconds
    ) -> None:
        self._now = now
        self.seconds = minutes * 60
        self._begun = now() - max(passed, 0.0)

    @property
    def passed(self) -> float:
        """Seconds since the step began."""
        return self._now() - self._begun

    @property
    def left(self) -> int:
        """Whole seconds that are left; less than 0 once the time is over."""
        return self.seconds - int(self.passed)

    @property
    def said(self) -> str:
        """`12:05`; once the time is over, how long ago: `+1:20`."""
        minutes, seconds = divmod(abs(self.left), 60)
        return f"{'+' if self.left < 0 else ''}{minutes}:{seconds:02}"
