"""A browser as far as the served app knows one: cookies, a websocket, and a terminal's screen."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import pyte

from tests.conftest import ROOT, SHIPPED_BOOK

CODE = "gentian-42"
PATIENCE = 120.0
"""Seconds before a test gives up; never a measure of speed."""


class RunningServer(NamedTuple):
    """A server in a process of its own."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(folder: Path, *options: str, **environment: str) -> Iterator[RunningServer]:
    """`casebook serve` on a free port; its visitors' folders are in `folder`."""
    port = _free_port()
    command = [
        sys.executable, "-m", "casebook", "serve", "--port", str(port), "--code", CODE,
        "--folder", str(folder), "--book", str(SHIPPED_BOOK), *options,
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if b"stops it" in line:
                break
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("localhost", port), 1):
                break
            if process.poll() is not None:
                raise AssertionError("the server has ended")
        yield RunningServer(process, port, folder)
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


class Browser:
    """One visitor's browser."""

    def __init__(self, server: RunningServer, client: aiohttp.ClientSession) -> None:
        self.server = server
        self.client = client
        self.screen = pyte.Screen(80, 24)
        self.downloads: list[str] = []
        self._stream = pyte.ByteStream(self.screen)
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reading: asyncio.Task[None] | None = None
        self.received = b""

    async def log_in(self, code: str = CODE) -> int:
        """Types the code and says the status of the answer."""
        headers = {"Origin": self.server.url}
        async with self.client.post(
            f"{self.server.url}/login", data={"code": code}, headers=headers, allow_redirects=False
        ) as answer:
            return answer.status

    async def open(self) -> None:
        """Opens the app."""
        self.screen.reset()
        self._socket = await self.client.ws_connect(
            f"{self.server.url}/ws?width=80&height=24", origin=self.server.url
        )
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._socket is not None
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self.received += message.data
                self._stream.feed(message.data)
            elif message.type is aiohttp.WSMsgType.TEXT:
                match json.loads(message.data):
                    case ["deliver_file_start", str(key)]:
                        self.downloads.append(key)

    @property
    def is_open(self) -> bool:
        return self._reading is not None and not self._reading.done()

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    async def send(self, *messages: Any) -> None:
        """Sends messages as they are."""
        assert self._socket is not None
        for message in messages:
            await self._socket.send_str(
                message if isinstance(message, str) else json.dumps(message)
            )

    async def type(self, *keys: str) -> None:
        """Sends what the keys of a terminal send, one after another."""
        for key in keys:
            await self.send(["stdin", key])
            await asyncio.sleep(0.05)

    async def shows(self, *words: str) -> None:
        """Waits until words stand on the screen."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while not all(each in self.text for each in words):
            assert loop.time() < end, f"{words} not on:\n{self.text}"
            await asyncio.sleep(0.02)

    async def downloaded(self) -> bytes:
        """Waits for a download, and answers it."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while not self.downloads:
            assert loop.time() < end, f"nothing is downloaded:\n{self.text}"
            await asyncio.sleep(0.02)
        async with self.client.get(f"{self.server.url}/download/{self.downloads[-1]}") as answer:
            assert answer.status == 200
            return await answer.read()

    async def close(self) -> None:
        """Closes the window."""
        if self._socket is not None:
            await self._socket.close()
        if self._reading is not None:
            await self._reading


@asynccontextmanager
async def browser(server: RunningServer) -> AsyncIterator[Browser]:
    """A browser that knows nothing of others."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as client:
        found = Browser(server, client)
        try:
            yield found
        finally:
            await found.close()


@asynccontextmanager
async def visitor(server: RunningServer) -> AsyncIterator[Browser]:
    """A browser in which the app is open."""
    async with browser(server) as found:
        assert await found.log_in() == 303
        await found.open()
        await found.shows("Library, ")
        yield found
