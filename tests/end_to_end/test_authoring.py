"""An author at a real terminal: a pack is opened, a file edited in an editor, the page comes back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.casebook.seminar.classes import PLAN
from tests.conftest import SMALL_PACK, Ran

if sys.platform == "win32":
    pytest.skip("needs a pty and signals", allow_module_level=True)

from tests.end_to_end.terminal import Terminal

VI = """#!/bin/sh
echo "$@" >> "$0.seen"
sed 's/A foundry in/A smithy in/' "$2" > "$2.new" && mv "$2.new" "$2"
"""


def test_a_pack_is_opened_edited_and_read_again(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    pack = write_pack()
    editor = tmp_path / "vi"
    editor.write_text(VI)
    editor.chmod(0o755)
    variables = {"EDITOR": str(editor), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    with Terminal(["--pack", str(pack)], home=tmp_path, variables=variables) as terminal:
        terminal.wait_for("Kind")
        terminal.send("/nosaku\r")
        terminal.wait_for("A foundry in")
        terminal.wait_for("back")
        terminal.send("\x05")
        terminal.wait_for("A smithy in")
        terminal.settle()
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was
    seen = (tmp_path / "vi.seen").read_text().split()
    assert seen == ["+3", str(pack / "firms" / "nosaku.md")]
    assert len(list((tmp_path / "cache" / "casebook" / "packs").glob("*.sqlite"))) == 2


def test_commands_read_a_pack_as_they_read_a_book(
    write_pack: Callable[..., Path], casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    pack = write_pack()
    home = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    ran = casebook("--pack", pack, "show", "nosaku", **home)
    assert "A foundry in Takaoka" in ran.out, ran
    wrong = SMALL_PACK["firms/nosaku.md"].replace("kind: firm", "kind: frim")
    (pack / "firms" / "nosaku.md").write_text(wrong, encoding="utf-8")
    ran = casebook("--pack", pack, "show", "nosaku", **home)
    assert ran.code == 1
    assert "firms/nosaku.md:2:" in ran.err
    both = casebook("--pack", pack, "--book", "x", "list", **home)
    assert "name one of them" in both.err


def test_building_a_seminar_says_what_it_does_meanwhile(small_book: Path, tmp_path: Path) -> None:
    (tmp_path / "seminar.yaml").write_text(PLAN, encoding="utf-8")
    build = ["seminar", "build", str(tmp_path / "seminar.yaml"), "-o", str(tmp_path / "out")]
    arguments = ["--book", str(small_book), *build, "--style", "book"]
    with Terminal(arguments, home=tmp_path, size=(120, 24)) as terminal:
        assert terminal.exit_code() == 0
        for told in ("Checking the book", "Building the students' book", "Writing the papers"):
            assert told.encode() in terminal.raw
        assert "Writing the papers" not in terminal.text  # the bar is gone
        assert "worksheet.html" in terminal.text
