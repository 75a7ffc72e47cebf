"""What a system without POSIX would show: the program with all of that taken away."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, SHIPPED_BOOK
from tests.systems import WINDOWS, bare_environment
from tests.without_posix import MODULES

ROOMS = {"tui/lent_terminal.py", "tui/served.py", "tui/textual_private/driver.py"}
"""The files that name a module of POSIX alone: one asks for the system before, one does without
it where there is none, and the last is imported where Textual has its driver for POSIX."""

pytestmark = pytest.mark.skipif(WINDOWS, reason="takes away what Windows has not")


def _run(tmp_path: Path, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.without_posix", *map(str, arguments)],
        cwd=ROOT,
        env=bare_environment(tmp_path, PYTHONPATH=str(ROOT)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "--kind", "firm"), "Nosaku"),
        (("--help",), "casebook"),
        (("notes", "add", "nosaku", "Bells"), "on Nosaku"),
        (("timeline", "nosaku"), "Takaoka"),
        (("check", ROOT / "data" / "niches"), "nothing wrong"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value[:2])),
)
def test_the_command_runs_without_posix(
    arguments: tuple[object, ...], words: str, tmp_path: Path
) -> None:
    assert words in _run(tmp_path, *arguments)


def test_the_app_runs_without_posix(tmp_path: Path) -> None:
    keys = ("down", "enter", "B", "t", "escape", "escape", "E", "escape", "slash", "t", "i", "n")
    out = _run(tmp_path, "app", SHIPPED_BOOK, tmp_path / "notebook.sqlite", *keys)
    assert out.splitlines() == ["LibraryScreen", "left with 0"]
    assert (tmp_path / "notebook.sqlite").exists()


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]


def test_modules_of_posix_stand_in_rooms_of_their_own() -> None:
    files = [*(ROOT / "casebook").rglob("*.py"), *(ROOT / "tui").rglob("*.py")]
    found = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if not {*MODULES}.isdisjoint(_imported(path))
    }
    assert found == ROOMS
