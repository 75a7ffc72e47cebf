"""The served app: thirty visitors at once, their memory and the time to their first list."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import Row, median, table
from tests.end_to_end.browser import Browser, RunningServer, browser, served

VISITORS = 30
FIRST_LIST = "Library, "


def report(visitors: int = VISITORS) -> str:
    with tempfile.TemporaryDirectory() as name, served(Path(name) / "visitors") as server:
        rows = asyncio.run(_measured(server, visitors))
    return table(f"{visitors} visitors of `casebook serve`", rows, ("", "", ""))


async def _measured(server: RunningServer, visitors: int) -> list[Row]:
    contexts = [browser(server) for _ in range(visitors)]
    browsers = [await context.__aenter__() for context in contexts]
    try:
        for each in browsers:
            assert await each.log_in() == 303
        alone = []
        for each in browsers[:5]:
            alone.append(await _first_list(each))
            await each.close()
        await asyncio.sleep(1)
        began = time.perf_counter()
        together = await asyncio.gather(*map(_first_list, browsers))
        whole = time.perf_counter() - began
        await asyncio.sleep(2)
        memory = [_memory(pid) for pid in _visitors_of(server)]
        return [
            Row("first list, one visitor alone", f"{median(alone):.2f} s"),
            Row(f"first list, {visitors} at once: median", f"{median(together):.1f} s"),
            Row(f"first list, {visitors} at once: the last", f"{whole:.1f} s"),
            Row("memory of a visitor (proportional)", f"{median(memory):.0f} MiB"),
            Row(f"memory of all {len(memory)}", f"{sum(memory):.0f} MiB"),
            Row("memory of the server", f"{_memory(server.process.pid):.0f} MiB"),
        ]
    finally:
        for context in contexts:
            await context.__aexit__(None, None, None)


async def _first_list(visitor: Browser) -> float:
    began = time.perf_counter()
    await visitor.open()
    await visitor.shows(FIRST_LIST)
    return time.perf_counter() - began


def _visitors_of(server: RunningServer) -> list[int]:
    path = Path(f"/proc/{server.process.pid}/task")
    return [
        int(pid)
        for task in path.iterdir()
        for pid in (task / "children").read_text(encoding="ascii").split()
    ]


def _memory(pid: int) -> float:
    """Memory of a process in MiB, what it shares with others divided among them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
