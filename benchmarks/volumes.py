"""What a second volume costs: the shipped book beside one of the first volume alone, in turns."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.measuring import ROOT, Row, median, start_until, table
from benchmarks.start import casebook_command

PACKS = (ROOT / "data" / "niches", ROOT / "data" / "elsewhere")
COMMANDS = {
    "`casebook list`": ["list"],
    "`casebook list --volume niches`": ["list", "--volume", "niches"],
    "`casebook search gentain`": ["search", "gentain"],
    "`casebook show takaoka`": ["show", "takaoka"],
    "`casebook show nosaku`, to which the second volume adds": ["show", "nosaku"],
}


def report(rounds: int = 40) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        books = {"the first": folder / "first.sqlite", "both": folder / "both.sqlite"}
        command = casebook_command()
        for (_, path), packs in zip(books.items(), (PACKS[:1], PACKS), strict=True):
            subprocess.run(
                [*command, "build", *map(str, packs), "-o", str(path)],
                check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        tasks: dict[str, Callable[[Path], float]] = {
            "the app, its library on the screen": partial(_start, command)
        }
        tasks |= {name: partial(_cpu, [*command, *words]) for name, words in COMMANDS.items()}
        rows = [_row(name, task, list(books.values()), rounds) for name, task in tasks.items()]
    heads = ("first volume", "both", "ratio")
    return table("Two volumes beside one, CPU of whole processes", rows, heads)


def _row(name: str, task: Callable[[Path], float], books: list[Path], rounds: int) -> Row:
    """One task with each book in turns, and the median of the ratios of the pairs."""
    pairs = []
    for number in range(-1, rounds):
        order = books if number % 2 else books[::-1]
        taken = {book: task(book) for book in order}
        if number >= 0:  # the first has caches to fill
            pairs.append([taken[book] for book in books])
    first, both = (median([pair[at] for pair in pairs]) for at in (0, 1))
    ratio = median([pair[1] / pair[0] for pair in pairs])
    return Row(name, f"{first:.0f} ms", f"{both:.0f} ms", f"{ratio:.2f}")


def _start(command: list[str], book: Path) -> float:
    return start_until([*command, "--book", str(book)], b"Asiro gentian alliance").cpu


def _cpu(command: list[str], book: Path) -> float:
    """CPU milliseconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env={**os.environ, "CASEBOOK_BOOK": str(book)},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
