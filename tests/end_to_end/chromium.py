"""A real Chromium without a window, driven over its debugging protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)


class Chromium:
    """One page of a browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.events: list[dict[str, Any]] = []

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Calls a method of the protocol, and answers its result."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            message = await self._socket.receive_json(timeout=60)
            if message.get("id") == number:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result
            self.events.append(message)

    async def run(self, script: str) -> Any:
        """Runs a script in the page, and answers its value."""
        found = await self.call("Runtime.evaluate", expression=script, returnByValue=True)
        return found["result"].get("value")

    async def go(self, url: str) -> None:
        await self.call("Page.enable")
        await self.call("Log.enable")
        await self.call("Page.navigate", url=url)

    async def wait_for(self, script: str) -> None:
        """Waits until a script answers something true."""
        for _ in range(600):
            if await self.run(f"Boolean({script})"):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{script} is not true: {await self.run('document.body.outerHTML')}")

    async def type(self, letter: str) -> None:
        """Presses a key."""
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=letter, key=letter)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=letter)

    async def picture(self) -> bytes:
        """The page as PNG."""
        found = await self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(found["data"])

    @property
    def complaints(self) -> list[str]:
        """What the browser has refused or reported as an error."""
        entries = (event["params"]["entry"] for event in self.events if "Log." in event["method"])
        return [entry["text"] for entry in entries if entry["level"] == "error"]


@asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Chromium]:
    """A browser with a profile of its own in a folder."""
    process = await asyncio.create_subprocess_exec(
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--no-first-run", "--remote-debugging-port=0", f"--user-data-dir={folder}",
        "--window-size=1000,700", "about:blank",
        stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        address = ""
        while not address:
            line = (await process.stderr.readline()).decode()
            assert line, "the browser has ended"
            if "ws://" in line:
                address = line[line.index("ws://") :].strip()
        http = address.replace("ws://", "http://").partition("/devtools")[0]
        async with aiohttp.ClientSession() as client:
            async with client.get(f"{http}/json") as answer:
                pages = [page for page in await answer.json() if page["type"] == "page"]
            async with client.ws_connect(
                pages[0]["webSocketDebuggerUrl"], max_msg_size=64 * 2**20
            ) as socket:
                yield Chromium(socket)
    finally:
        process.kill()
        await process.wait()
