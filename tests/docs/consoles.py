"""Runs the examples in the documents.

A block marked `console` holds commands behind `$ ` and what they print; a line `…` stands for
any lines. A block with `file=NAME` is written to that file first. All blocks of a document
run in one folder, in order, with a home of their own and the shipped book.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT
from tests.docs.documents import Code, code_blocks

LEFT_OUT = "…"
_PROMPT = "$ "


class Example(NamedTuple):
    """A command and what the document says it prints.

    Attributes:
        line: of the command in the document, from 0.
    """

    command: str
    printed: list[str]
    line: int


def examples(block: Code) -> Iterator[Example]:
    """The commands of a `console` block."""
    command, start = "", 0
    printed: list[str] = []
    for at, line in enumerate([*block.lines, _PROMPT]):
        if line.startswith(_PROMPT):
            if command:
                yield Example(command, printed, start)
            command, printed, start = line.removeprefix(_PROMPT), [], block.line + at
        else:
            printed.append(line)


def agrees(wanted: list[str], got: list[str]) -> bool:
    """Whether an output is as a document shows it, `…` standing for any lines."""
    if LEFT_OUT not in wanted:
        return wanted == got
    at = wanted.index(LEFT_OUT)
    head, rest = wanted[:at], wanted[at + 1 :]
    if got[:at] != head:
        return False
    return any(agrees(rest, got[start:]) for start in range(at, len(got) + 1))


def shown_like(wanted: list[str], got: list[str]) -> list[str]:
    """An output with as many lines left out, and where, as in what a document showed.

    What leaves lines out in more than one place is for a person to mend, and stays.
    """
    if LEFT_OUT not in wanted:
        return got
    if wanted.count(LEFT_OUT) > 1:
        return wanted
    at = wanted.index(LEFT_OUT)
    after = len(wanted) - at - 1
    return [*got[:at], LEFT_OUT, *got[len(got) - after :]]


class Shell:
    """A folder in which examples are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "work"
        home, programs = folder / "home", folder / "bin"
        for path in (self.folder, home, programs):
            path.mkdir()
        script = programs / "casebook"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m casebook "$@"\n')
        script.chmod(0o755)
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            "PYTHONUTF8": "1",
        }

    def write(self, block: Code) -> None:
        path = self.folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def run(self, command: str) -> list[str]:
        """What a command prints, its errors among it."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
        printed = done.stdout.decode("utf-8", "replace")
        return printed.rstrip("\n").split("\n") if printed.strip() else []


def run_document(path: Path, shell: Shell) -> list[tuple[Example, list[str]]]:
    """The examples of a document that print something else than it says, with what they print."""
    wrong = []
    for block in code_blocks(path.read_text(encoding="utf-8")):
        if block.file:
            shell.write(block)
        if block.language == "console":
            for example in examples(block):
                got = shell.run(example.command)
                if not agrees(example.printed, got):
                    wrong.append((example, got))
    return wrong


def corrected(path: Path, wrong: list[tuple[Example, list[str]]]) -> str:
    """A document with what its examples really print."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for example, got in reversed(wrong):
        start = example.line + 1
        lines[start : start + len(example.printed)] = shown_like(example.printed, got)
    return "\n".join(lines) + "\n"
