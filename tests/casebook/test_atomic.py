"""Files and folders are there whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.atomic import new_file, new_folder, write_file
from casebook.errors import CasebookError
from casebook.exports.files import write_export
from tests.conftest import ROOT

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def half_written(path: Path) -> None:
    path.write_text("half")
    raise OSError(28, "the disk is full")


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


@posix
def test_the_umask_is_obeyed(tmp_path: Path) -> None:
    """An export was readable by all, whatever the umask said."""
    before = os.umask(0o077)
    try:
        write_export(tmp_path / "a.md", "x")
        os.umask(0o022)
        write_export(tmp_path / "b.md", "x")
        write_export(tmp_path / "c.md", "x", private=True)
    finally:
        os.umask(before)
    assert [mode_of(tmp_path / name) for name in ("a.md", "b.md", "c.md")] == [0o600, 0o644, 0o600]


@posix
def test_what_replaces_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(0o640)
    write_export(path, "new", force=True)
    assert (path.read_text(), mode_of(path)) == ("new", 0o640)


def test_a_fault_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    with pytest.raises(OSError, match="full"), new_file(path, replace=True) as partial:
        half_written(partial)
    assert path.read_text() == "old"
    assert left_in(tmp_path) == ["a.md"]


def test_a_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "pack"
    with pytest.raises(OSError, match="full"), new_folder(path) as partial:
        half_written(partial / "a")
    assert left_in(tmp_path) == []
    with new_folder(path) as partial:
        (partial / "a").write_text("whole")
        assert not path.exists()
    assert left_in(path) == ["a"]
    assert left_in(path.parent) == ["pack"]
    with pytest.raises(FileExistsError), new_folder(path):
        raise AssertionError


@posix
def test_links_that_lead_nowhere_are_something(tmp_path: Path) -> None:
    """Neither a file nor a folder is written through a link."""
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        write_file(link, b"x")
    with pytest.raises(FileExistsError), new_folder(link):
        raise AssertionError
    write_file(link, b"x", replace=True)
    assert not link.is_symlink()
    assert left_in(tmp_path) == ["link"]


@posix
def test_a_device_is_no_place_for_a_file(tmp_path: Path) -> None:
    """As root, --force put a file in the place of /dev/full."""
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to("/dev/null")  # as /dev/stdout may be one
    for path, kind in ((pipe, "a pipe"), (link, "a device"), (Path("/dev/null"), "a device")):
        for force in (False, True):
            with pytest.raises(CasebookError, match=f"it is {kind}; name a file") as refused:
                write_export(path, "x", force=force)
            assert "--force" not in refused.value.message
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert left_in(tmp_path) == ["link", "pipe"]


def test_a_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(CasebookError, match="is a folder"):
        write_export(tmp_path, "x", force=True)


def test_text_that_is_written_commands_nothing(tmp_path: Path) -> None:
    write_export(tmp_path / "a.csv", "\ufeffa\x1b]0;x\x07\t\u202e\ud800\r\nb\n")
    assert (
        tmp_path / "a.csv"
    ).read_bytes().decode() == "\ufeffa\ufffd]0;x\ufffd\t\ufffd\ufffd\r\nb\n"


KILLED = """
import os, signal, sys
from pathlib import Path
from casebook.atomic import new_file
with new_file(Path(sys.argv[1])) as partial:
    partial.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
def test_what_a_killed_program_left_is_swept_away(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT, check=False)
    assert [name.startswith(".casebook-") for name in left_in(tmp_path)] == [True]
    (tmp_path / ".casebook-notes.part").write_text("somebody's own")
    with new_file(path) as partial:
        write_file(tmp_path / "other.md", b"x")
        assert partial.exists()  # this program is running
        partial.write_text("whole")
    assert left_in(tmp_path) == [".casebook-notes.part", "notes.md", "other.md"]
