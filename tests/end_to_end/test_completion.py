"""The completion of command lines, by the shells themselves where they are installed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.cli.completion import words_for
from tests.conftest import ROOT, Ran
from tests.docs.test_commands import COMMANDS

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has none of the three shells"
)

FREE = {
    "query", "title", "text", "names", "name", "place", "milestone", "first", "last", "on",
    "quote", "tag", "find", "question", "rows", "columns", "slug of new", "doi", "words",
    "column of import", "sheet", "heading", "note", "after", "points of patterns",
    "scores of patterns", "url", "code", "item", "shown_class", "lecturer", "class_name", "host", "public_url", "because",
    *(f"seminar of {command}" for command in (
        "show", "students", "reveal", "export", "open-round", "close-round", "rounds", "send",
        "tally", "leave", "delete", "open",
    )),
}  # fmt: skip
"""Parameters whose words are the reader's own, or that a list would not help with."""


def test_every_parameter_has_its_words() -> None:
    """A new argument or option has words, or is named above as one that has none."""
    undecided = []
    for name, command in COMMANDS.items():
        for parameter in command.params:
            of_command = f"{parameter.name} of {name.rpartition(' ')[2]}"
            if parameter.type.name == "str" and words_for(parameter) is None:
                undecided.append((of_command, parameter.name))
    assert [one for one, name in undecided if one not in FREE and name not in FREE] == []


@pytest.fixture
def shell(tmp_path: Path, casebook: Callable[..., Ran]) -> Callable[..., str]:
    """Runs a line in a shell that has `casebook` on its path and its script in a file."""
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "casebook"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m casebook "$@"\n', encoding="utf-8")
    program.chmod(0o755)

    def run(name: str, line: str, **variables: str) -> str:
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed")
        script = tmp_path / f"casebook.{name}"
        script.write_text(casebook("completion", name).out, encoding="utf-8")
        environment = {
            **os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT), "SCRIPT": str(script), **variables,
        }  # fmt: skip
        command = [name, "-f", "-c", line] if name == "zsh" else [name, "-c", line]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        assert done.stderr == "", done.stderr
        return done.stdout

    return run


def _bash(shell: Callable[..., str], *words: str, **variables: str) -> list[str]:
    """What bash is offered behind some words, the last of which is begun."""
    quoted = " ".join(f"'{word}'" for word in words)
    line = (
        f'source "$SCRIPT"; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1};'
        ' _casebook_completion casebook; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return shell("bash", line, **variables).split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("show", "hiy"), ["hiyoshi-ya", "hiyoshi-yas-designers"]),
        (("gloss",), ["glossary"]),
        (("export", "hand"), ["handout"]),
        (("sources", "mitsui201"), ["mitsui2010", "mitsui2017takumi"]),
        (("compare", "hiyoshi-ya", "hiy"), ["hiyoshi-yas-designers"]),
        (("compare", "nosaku", "--framework", "succ"), ["success-checklist"]),
        (("list", "--country", "N"), ["NZ", "NL", "NP"]),
        (("list", "--outcome", "fail"), ["failed"]),
        (("cite", "nosaku", "--style", "chi"), ["chicago"]),
        (("show", "nosaku", "--for", "lec"), ["lecturer"]),
        (("new", "all"), ["alliance"]),
        (("show", "no-such-entry"), []),
    ],
)
def test_bash(shell: Callable[..., str], words: tuple[str, ...], offered: list[str]) -> None:
    assert _bash(shell, "casebook", *words) == offered


def test_bash_completes_names_of_files_itself(shell: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "my-pack").mkdir()
    assert _bash(shell, "casebook", "check", "my-") == []
    assert "-o default" in shell("bash", 'source "$SCRIPT"; complete -p casebook')


def test_the_slugs_are_those_of_the_book_that_the_line_names(
    shell: Callable[..., str], small_book: Path
) -> None:
    line = ("casebook", "--book", str(small_book), "show", "n")
    assert _bash(shell, *line) == ["nosaku"]
    assert _bash(shell, "casebook", "show", "--book", str(small_book), "g") == ["growers"]
    assert _bash(shell, "casebook", "show", "g", CASEBOOK_BOOK=str(small_book)) == ["growers"]


def test_a_book_that_cannot_be_read_is_no_noise_in_the_line(
    shell: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "damaged.sqlite").write_bytes(b"SQLite format 3\x00" + b"x" * 200)
    for name in ("missing.sqlite", "damaged.sqlite"):
        assert _bash(shell, "casebook", "--book", str(tmp_path / name), "show", "n") == []


def test_a_hostile_slug_is_not_offered(
    shell: Callable[..., str], small_book: Path, tmp_path: Path
) -> None:
    """zsh evaluates what it is offered."""
    book = tmp_path / "hostile.sqlite"
    book.write_bytes(small_book.read_bytes())
    connection = sqlite3.connect(book)
    for slug, hostile in [("nosaku", "n$(touch owned)"), ("takaoka", "n'`touch owned`'")]:
        connection.execute("UPDATE entry SET slug = ? WHERE slug = ?", (hostile, slug))
    connection.execute("UPDATE entry SET slug = 'nice' WHERE slug = 'growers'")
    connection.commit()
    connection.close()
    assert _bash(shell, "casebook", "--book", str(book), "show", "n") == ["nice"]


def test_zsh(shell: Callable[..., str], tmp_path: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    shell("zsh", "true")
    environment = {
        **os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "TERM": "dumb",
        "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PS1": "> ",
    }  # fmt: skip
    terminal = pexpect.spawn("zsh", ["-f"], env=environment, encoding="utf-8", timeout=180)
    script = tmp_path / "casebook.zsh"
    terminal.sendline(f"autoload -Uz compinit; compinit -u -D; source {script}; echo rea''dy")
    terminal.expect("ready")
    terminal.expect("> ")
    terminal.send("casebook show reno\t")
    terminal.expect("casebook show renown")
    terminal.sendline("| head -1")
    terminal.expect("Renown")
    terminal.close(force=True)


def test_fish(shell: Callable[..., str]) -> None:
    offered = shell("fish", 'source "$SCRIPT"; complete --do-complete "casebook show hiy"')
    assert offered.split() == ["hiyoshi-ya", "hiyoshi-yas-designers"]


def test_the_script_is_for_a_known_shell(casebook: Callable[..., Ran]) -> None:
    assert casebook("completion", "cmd").code == 2
