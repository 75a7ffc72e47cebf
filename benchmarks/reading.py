"""Opening and resizing pages of 20 and 200 KB, in the running app."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from benchmarks.measuring import Row, Terminal, median, table
from benchmarks.start import casebook_command, hello_app
from casebook.pack.build import build_book

SIZES = (20_000, 200_000)

_SENTENCE = "Many words of a long narrative go on and on, each with its source [@m, para. 1]. "
_ENTRY = """---
kind: firm
title: {title}
summary: A long page [@m, para. 1].
setting:
  place: town [@m, para. 1]
outcome: "open: x [@m, para. 1]"
---

{body}
"""
_FILES = {
    "book.yaml": 'slug: b\ntitle: B\nedition: "1"\ndescription: x\n',
    "places.yaml": "places:\n  - {slug: town, name: Town, country: JP}\n",
    "sources.json": '[{"id": "m", "type": "book", "title": "T", "custom": {"paragraphs": 5}}]',
}


def _pack(folder: Path, size: int) -> Path:
    paragraph = _SENTENCE * 6
    body = "\n\n".join(paragraph for _ in range(max(size // len(paragraph), 1)))
    for name, content in _FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "firms").mkdir(exist_ok=True)
    for title in ("Page", "Other"):
        entry = _ENTRY.format(title=title, body=body)
        (folder / "firms" / f"{title.lower()}.md").write_text(entry, encoding="utf-8")
    return folder


def _measure(
    commands: dict[int, list[str]], rounds: int
) -> dict[int, tuple[list[float], list[float]]]:
    """Milliseconds of CPU that each program takes to open its page, and after a resize."""
    found: dict[int, tuple[list[float], list[float]]] = {size: ([], []) for size in commands}
    with ExitStack() as stack:
        terminals = {
            size: stack.enter_context(Terminal(command)) for size, command in commands.items()
        }
        for terminal in terminals.values():
            terminal.until(b"Other")
            terminal.until_quiet()
        for number in range(rounds):
            wide = (100 + number % 2 * 20, 40)
            for size, terminal in terminals.items():
                opened, resized = found[size]
                opened.append(_cpu_of(terminal, partial(terminal.press, "\r")))
                resized.append(_cpu_of(terminal, partial(terminal.resize, wide)))
                terminal.press("\x1b")
                terminal.until_quiet()
    return found


def _measure_hello(rounds: int) -> list[float]:
    resized = []
    with Terminal([sys.executable, str(hello_app())]) as terminal:
        terminal.until(b"HELLO WORLD")
        terminal.until_quiet()
        for number in range(rounds):
            size = (100 + number % 2 * 20, 40)
            resized.append(_cpu_of(terminal, partial(terminal.resize, size)))
    return resized


def _cpu_of(terminal: Terminal, action: Callable[[], None]) -> float:
    """Milliseconds of CPU from an action until the program is quiet."""
    before = terminal.cpu()
    action()
    terminal.until_quiet()
    return terminal.cpu() - before


def report(rounds: int = 15) -> str:
    hello = median(_measure_hello(rounds))
    rows = [Row("resize a hello-world Textual app", f"{hello:.0f} ms")]
    with tempfile.TemporaryDirectory() as name:
        commands = {}
        for size in SIZES:
            folder = Path(name) / str(size)
            (folder / "pack").mkdir(parents=True)
            build_book(_pack(folder / "pack", size), folder / "book.sqlite")
            paths = ["--book", str(folder / "book.sqlite"), "--notebook", str(folder / "notes")]
            commands[size] = [*casebook_command(), *paths]
        found = _measure(commands, rounds)
    for at, what in enumerate(("open", "resize")):
        base = median(found[SIZES[0]][at])
        for size in SIZES:
            value = median(found[size][at])
            words = f"{what} a page of {size // 1000} KB"
            rows.append(Row(words, f"{value:.0f} ms", f"{value / base:.2f}"))
    note = "CPU time of the program from the key, or the change of size, until it is quiet.\n"
    return table("Reading, 120×40", rows) + note
