"""What the tests of the app wait for."""

from __future__ import annotations

import asyncio

from tests.tui.quiet import SOON, wait_until_quiet


async def test_what_follows_and_what_is_due_soon_is_waited_for_and_nothing_later() -> None:
    loop = asyncio.get_running_loop()
    done: list[str] = []

    def chain(left: int) -> None:
        if left:
            loop.call_soon(chain, left - 1)
        else:
            loop.call_later(SOON / 2, done.append, "soon")

    later = loop.call_later(3600, done.append, "later")
    loop.call_soon(chain, 20)
    loop.call_soon_threadsafe(done.append, "from a thread")
    await wait_until_quiet()
    assert done == ["from a thread", "soon"]
    later.cancel()
    await wait_until_quiet()
    assert len(done) == 2


async def test_what_is_never_quiet_is_let_be() -> None:
    loop = asyncio.get_running_loop()

    ticks: list[asyncio.TimerHandle] = []

    def play() -> None:
        ticks.append(loop.call_later(0.001, play))

    play()
    await wait_until_quiet(max_sleep=0.05)
    ticks[-1].cancel()
    assert len(ticks) > 1
