"""Waits until an app has nothing to do.

Textual's pilot sleeps in steps of a fiftieth of a second until the process hardly uses the
processor. A test that presses a hundred keys sleeps for most of its time, and on a machine that
is busy with other things silence means little. The event loop knows what is still to be done.
"""

from __future__ import annotations

import asyncio
from typing import Any

SOON = 0.05
"""Seconds: what is to happen within them, such as the next drawing of a screen, is waited for."""

LONGEST = 1.0
"""Seconds after which an app that is never quiet, as one that plays an animation, is let be."""


async def wait_until_quiet(min_sleep: float = 0.0, max_sleep: float = LONGEST) -> None:
    """Waits until no callback is ready to run and none is due soon.

    Args:
        min_sleep: not heeded; `wait_for_idle` of Textual, whose place this takes, has it.
        max_sleep: seconds to wait at the most.
    """
    loop: Any = asyncio.get_running_loop()
    end = loop.time() + max_sleep
    looks = 0
    while looks < 2 and loop.time() < end:  # the first look lets the loop ask its files
        await asyncio.sleep(0)
        now = loop.time()
        due = [handle.when() for handle in loop._scheduled if not handle.cancelled()]
        if loop._ready:
            looks = 0
        elif due and (first := min(due)) < now + SOON:
            looks = 0
            await asyncio.sleep(max(first - now, 0.0))
        else:
            looks += 1
