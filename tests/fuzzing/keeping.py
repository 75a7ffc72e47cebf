"""Keeps what was found: once each, with its input, its output and a line that repeats it."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzzing.judging import Finding
from tests.fuzzing.running import ROOT, Place, Ran

if TYPE_CHECKING:
    from tests.fuzzing.cases import Case

Key = tuple[str, str, str, str]


class Findings:
    """The findings of a run of the fuzzer.

    Args:
        folder: where they are kept; None keeps their numbers alone.
    """

    def __init__(self, folder: Path | None, seed: int) -> None:
        self.folder = folder
        self.seed = seed
        self.runs: Counter[str] = Counter()
        self.cases: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self.times: Counter[Key] = Counter()
        self.first: dict[Key, tuple[str, Finding, str]] = {}

    def add(self, part: str, number: int, case: Case, step: int, ran: Ran, found: Finding) -> None:
        """Counts a finding, and keeps the first of its sort."""
        # Lines move; functions stay.
        where = re.sub(r":\d+ ", " ", found.where)
        key = (part, found.kind, found.what, where)
        self.times[key] += 1
        if key in self.first:
            return
        identity = f"{part}:{self.seed}:{number}"
        name = ""
        if self.folder is not None:
            name = (
                f"{part}-{_plain(found.kind)}-{hashlib.sha256(repr(key).encode()).hexdigest()[:8]}"
            )
            self._keep(self.folder / name, identity, case, step, ran, found)
        self.first[key] = (identity, found, name)

    def _keep(
        self, folder: Path, identity: str, case: Case, step: int, ran: Ran, found: Finding
    ) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        made = Place(folder / "made")
        made.make()
        case.prepare(made.work)
        shutil.copytree(made.work, folder / "work", symlinks=True)
        shutil.rmtree(made.top)
        (folder / "out").write_bytes(ran.out)
        (folder / "err").write_bytes(ran.err)
        (folder / "log").write_text(ran.log, "utf-8", "backslashreplace")
        lines = [
            "#!/bin/bash",
            'cd "$(dirname "$0")" && rm -rf again && cp -r work again && cd again',
            'export HOME="$PWD/../home" TMPDIR="${TMPDIR:-/tmp}"',
            f"export PYTHONPATH=${{CASEBOOK:-{ROOT}}}",
            *(one.as_shell() for one in case.steps[: step + 1]),
            'echo "exit code $?"',
        ]
        (folder / "repro.sh").write_text("\n".join(lines) + "\n", "utf-8", "surrogateescape")
        (folder / "README.md").write_text(
            f"{found.kind} {found.what} at {found.where}\n\n{found.told}\n\n"
            f"damage: {case.label}\ncase: python -m tests.fuzzing --only {identity}\n"
            f"exit code {ran.code}, {ran.cpu:.2f} s of CPU, {ran.memory >> 20} MiB\n",
            "utf-8",
            "backslashreplace",
        )

    def summary(self) -> str:
        """Runs and findings by part, then every finding once."""
        lines = [
            f"Seed {self.seed}.",
            "",
            "| Part | Cases | Runs | Runs a second | Findings | Different ones |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        for part in self.runs:
            mine = [key for key in self.times if key[0] == part]
            rate = self.runs[part] / max(self.seconds[part], 0.001)
            lines.append(
                f"| {part} | {self.cases[part]} | {self.runs[part]} | {rate:.1f} |"
                f" {sum(self.times[key] for key in mine)} | {len(mine)} |"
            )
        lines += ["", "| Part | What | Which | Where | Times | Case | Kept |"]
        lines += ["| --- | --- | --- | --- | --- | --- | --- |"]
        for key in sorted(self.times):
            identity, found, name = self.first[key]
            cells = (key[0], key[1], key[2], found.where, str(self.times[key]), identity, name)
            lines.append("| " + " | ".join(_cell(one) for one in cells) + " |")
        return "\n".join(lines) + "\n"

    def told(self) -> Sequence[str]:
        """Every finding in a line."""
        return [
            f"{part}: {kind} {what} at {where} ({self.first[part, kind, what, where][0]})"
            for part, kind, what, where in sorted(self.times)
        ]


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _cell(words: str) -> str:
    shown = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in words)
    return shown.replace("|", "\\|")[:160]
