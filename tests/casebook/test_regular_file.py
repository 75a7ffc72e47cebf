"""Files that a person names are read to their end, or refused, and never waited for."""

from __future__ import annotations

import ast
import io
import os
import stat
import sys
from pathlib import Path

import pytest

from casebook import regular_file
from casebook.regular_file import copy_regular, open_regular, read_regular
from tests.conftest import ROOT
from tests.many_commands import run_commands

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links of POSIX")

KERNEL_LOG = Path("/proc/kmsg")
"""A regular file, of which the next byte comes when the system has something to say."""


def can_read_kernel_log() -> bool:
    try:
        os.close(os.open(KERNEL_LOG, os.O_RDONLY | os.O_NONBLOCK))
    except (OSError, AttributeError):
        return False
    return True


def test_as_much_is_read_as_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "file"
    data = os.urandom(3_000_000)
    path.write_bytes(data)
    for most in (0, 1, 5000, 2_000_000, 3_000_000, 3_000_001, 9_000_000):
        assert read_regular(path, most) == data[:most]
    copy_regular(path, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == data


@posix
def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    pipe, link, folder = tmp_path / "pipe", tmp_path / "link", tmp_path / "folder"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    folder.mkdir()
    for path in (pipe, link, folder, Path("/dev/zero"), Path("/dev/tty")):
        with pytest.raises(OSError, match="not a regular file"):
            read_regular(path, 10)
        with pytest.raises(OSError, match="not a regular file"):
            copy_regular(path, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@posix
def test_a_link_is_followed_only_where_it_may_be(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "file")
    (tmp_path / "file").write_bytes(b"x")
    assert read_regular(link, 10) == b"x"
    with pytest.raises(OSError, match="not a regular file"):
        read_regular(link, 10, follow_link=False)


@posix
def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at a path and its opening."""
    path = tmp_path / "file"
    path.write_bytes(b"x")
    look = os.stat

    def swapped(name: str, **options: bool) -> os.stat_result:
        status = look(name, **options)
        if stat.S_ISREG(status.st_mode):
            path.unlink()
            os.mkfifo(path)
        return status

    monkeypatch.setattr(os, "stat", swapped)
    with pytest.raises(OSError, match="not a regular file"):
        open_regular(path)


class Waiting(io.FileIO):
    """A file whose next bytes are not there yet."""

    def read(self, size: int = -1) -> bytes | None:  # type: ignore[override]
        return None


def test_what_would_be_waited_for_is_no_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"x")
    monkeypatch.setattr(regular_file, "FileIO", Waiting)
    with pytest.raises(OSError, match="does not come to an end"):
        read_regular(tmp_path / "file", 10)


@pytest.mark.skipif(not can_read_kernel_log(), reason="the system's log cannot be read here")
def test_a_file_of_the_system_that_waits_ends_no_command_in_waiting(tmp_path: Path) -> None:
    link = tmp_path / "kernel.csl"
    table = tmp_path / "kernel.csv"
    references = tmp_path / "kernel.bib"
    for one in (link, table, references):
        one.symlink_to(KERNEL_LOG)
    pack = tmp_path / "work" / "pack"
    tried: list[list[object]] = [
        ["new", "pack", "pack"],
        ["--book", KERNEL_LOG, "list"],
        ["--book", KERNEL_LOG, "doctor"],
        ["--notebook", KERNEL_LOG, "notes", "list"],
        ["--notebook", KERNEL_LOG, "notes", "rescue", "-o", "rescued.sqlite"],
        ["notes", "import", KERNEL_LOG],
        ["check", KERNEL_LOG],
        ["import", table, "--pack", pack],
        ["import", references, "--pack", pack],
        ["new", "source", "--from", references, "--pack", pack],
        ["export", "references", "--style", link],
    ]
    for done in run_commands(tried, tmp_path)[1:]:
        assert done.code in (1, 3, 4), done
        assert b"does not come to an end" in done.err + done.out or done.arguments[0] == "check"


OWN_FILES = {
    "casebook/schema.py",
    "casebook/pack/isic.py",
    "casebook/notebook/migrations.py",
    "casebook/places/outlines.py",
    "casebook/seminar/class_file.py",
    "casebook/seminar/server.py",
}
"""Modules that read nothing but what comes with the program."""


def test_no_other_module_opens_a_file_to_read_it() -> None:
    """Whatever a path leads to, it goes through the one gate."""
    found = []
    for path in [*ROOT.glob("casebook/**/*.py"), *ROOT.glob("tui/**/*.py")]:
        name = path.relative_to(ROOT).as_posix()
        if name in {*OWN_FILES, "casebook/regular_file.py"}:
            continue
        found += [
            f"{name}:{node.lineno}"
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and _reads_a_path(node)
        ]
    assert found == []


def _reads_a_path(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(attr="read_text" | "copyfile" | "copy2"):
            return True
        case ast.Attribute(attr="read_bytes", value=ast.Name(id="path")):
            return True
        case ast.Attribute(attr="open", value=ast.Name(id="path")):
            return True
        case ast.Name(id="open"):
            modes = [one.value for one in call.args[1:2] if isinstance(one, ast.Constant)]
            writes = any(isinstance(mode, str) and set(mode) & set("wax+") for mode in modes)
            # 0 is standard input, which is somebody else's to fill.
            is_number = isinstance(call.args[0], ast.Constant)
            return not writes and not is_number
    return False
