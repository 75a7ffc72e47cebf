"""A visitor's process: without a shell, in an environment of its own, and ended for sure."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from typing import Any

from textual_serve.app_service import AppService

LONGEST_FAREWELL = 5.0
"""Seconds that a process has to save what is being written, before it is killed."""

MOST_WIDE, MOST_HIGH = 500, 300
"""Cells of the largest terminal that a browser may ask for."""

FIRST_SCREEN = 1500
"""Bytes after which a process has drawn its first screen: what prepares the terminal has fewer."""

_HANDED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT", "PYTHONPATH")
"""What of the server's environment a visitor's process gets; nothing else of it is known there."""


def bounded_size(width: Any, height: Any) -> tuple[int, int]:
    """A size that a browser asks for, within bounds."""

    def cells(value: Any, usual: int, most: int) -> int:
        try:
            return min(max(int(value), 1), most)
        except (TypeError, ValueError, OverflowError):
            return usual

    return cells(width, 80, MOST_WIDE), cells(height, 24, MOST_HIGH)


class Session(AppService):
    """The process of one visitor.

    Args:
        book: the book that is read.
        folder: the visitor's own.
    """

    def __init__(self, book: Path, folder: Path, **options: Any) -> None:
        super().__init__("casebook", **options)
        self._book = book
        self._folder = folder
        self._sent = 0
        self.is_shown = asyncio.Event()
        """The first screen has been sent, or the process has ended."""

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        known = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
        home = str(self._folder)
        temporary = self._folder / "tmp"
        temporary.mkdir(mode=0o700, exist_ok=True)
        return {
            **known,
            "HOME": home,
            "USERPROFILE": home,
            "TMPDIR": str(temporary),
            "TEMP": str(temporary),
            "TMP": str(temporary),
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "TERM": "xterm-256color",
            "COLUMNS": str(width),
            "ROWS": str(height),
            "PYTHONSAFEPATH": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "CASEBOOK_TOUR": "no",
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        # The path is that of this program, wherever the server was started.
        root = str(Path(__file__).resolve().parents[2])
        environment = self._build_environment(width, height)
        environment["PYTHONPATH"] = os.pathsep.join(
            filter(None, (root, environment.get("PYTHONPATH", "")))
        )
        self._process = process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tui.served",
            str(self._book),
            str(self._folder),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=environment,
            cwd=self._folder,
            limit=2**20,
        )
        # Textual's server would keep all of it, and print it on the terminal of the server.
        process.stderr = asyncio.StreamReader()
        process.stderr.feed_eof()
        assert process.stdin is not None
        self._stdin = process.stdin
        return process

    async def run(self) -> None:
        try:
            await super().run()
        finally:
            self.is_shown.set()

    async def on_data(self, payload: bytes) -> None:
        self._sent += len(payload)
        if self._sent >= FIRST_SCREEN:
            self.is_shown.set()
        # After the browser has gone the process still writes, and must not be held up by it.
        with contextlib.suppress(ConnectionResetError):
            await super().on_data(payload)

    async def stop(self) -> None:
        """Has the process save and leave; after a while it is killed."""
        process, task = self._process, self._task
        if process is None or task is None:
            return
        self._task = None
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        try:
            # A process that reads nothing more would let the message wait for ever.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_FAREWELL):
                    await self.send_meta({"type": "quit"})
                    await process.wait()
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await task
