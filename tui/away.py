"""Waits for what may take long, such as a server, on threads that nobody waits for at the end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


async def away_from_the_keyboard(action: Callable[[], Result]) -> Result:
    """What an action answers, which runs on a thread that nobody waits for at the end."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Result] = loop.create_future()

    def tell(result: Result | None, error: BaseException | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, failure = None, None
        try:
            result = action()
        except Exception as error:  # raised anew where it is waited for
            failure = error
        with contextlib.suppress(RuntimeError):  # the app was left meanwhile
            loop.call_soon_threadsafe(tell, result, failure)

    Thread(target=run, name="away", daemon=True).start()
    return await answer
