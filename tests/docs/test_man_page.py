"""The manual page: what the program says of itself, in a form that manual readers accept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from docs.man_page import PAGE, manual
from tests.docs.test_commands import COMMANDS


def test_the_page_is_what_the_program_says() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(manual(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == manual(), "`make man` writes it anew"


def test_every_command_and_option_is_in_it() -> None:
    page = PAGE.read_text(encoding="utf-8").replace("\\-", "-")
    for name, command in COMMANDS.items():
        if not getattr(command, "commands", None):
            assert f".SS {name.removeprefix('casebook ')} [OPTION ...]" in page
        for parameter in command.params:
            assert all(option in page for option in parameter.opts if option.startswith("--"))


@pytest.mark.parametrize(
    "command",
    [
        ["mandoc", "-Tlint", "-Werror"],
        ["groff", "-man", "-ww", "-Tutf8", "-z"],
        pytest.param(
            ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"],
            marks=pytest.mark.skipif(sys.platform != "linux", reason="another man elsewhere"),
        ),
    ],
    ids=lambda command: command[0],
)
def test_readers_of_manuals_accept_it(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run([*command, str(PAGE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
