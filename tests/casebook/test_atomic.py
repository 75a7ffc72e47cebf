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
from casebook.staging import new_name, sweep
from casebook.temporary import temporary_folder
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


KILLED_IN_A_FOLDER = """
import os, signal, sys
from pathlib import Path
from casebook.atomic import new_folder
from casebook.temporary import temporary_folder
with new_folder(Path(sys.argv[1])) as partial, temporary_folder() as copy:
    (partial / "firms").mkdir()
    (partial / "firms" / "half.md").write_text("half")
    (copy / "notebook.sqlite").write_text("private")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
def test_a_folder_that_a_killed_program_left_is_swept_away(
    small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`unpack` left half a pack for good, and what reads a notebook a copy of it."""
    place, temporary = tmp_path / "place", tmp_path / "temporary"
    place.mkdir()
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    for _ in range(2):
        subprocess.run(
            [sys.executable, "-c", KILLED_IN_A_FOLDER, str(place / "pack")],
            cwd=ROOT, env=environment, check=False,
        )  # fmt: skip
        for folder in (place, temporary):
            (left,) = left_in(folder)  # of the second only: it has swept away the first
            assert left.startswith(".casebook-")
            assert left.endswith(".part")
    (place / ".casebook-0123456789ab").mkdir()
    somebody = place / ".casebook-12345678-1-0123456789ab.part"  # of another machine
    somebody.mkdir()
    subprocess.run(
        [sys.executable, "-m", "casebook", "--book", str(small_book), "unpack", str(place / "p")],
        cwd=ROOT, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    assert left_in(place) == [".casebook-0123456789ab", somebody.name, "p"]
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    with temporary_folder() as folder:
        assert left_in(temporary) == [folder.name]
        assert mode_of(folder) == 0o700
        with temporary_folder() as other:
            assert left_in(temporary) == sorted((folder.name, other.name))  # both are held
    assert left_in(temporary) == []


@posix
def test_sweeping_follows_no_link(tmp_path: Path) -> None:
    """In a shared folder anybody may put a link under such a name."""
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("kept")
    (tmp_path / "place").mkdir()
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    ours = new_name(tmp_path / "place").name
    name = ours.replace(f"-{os.getpid()}-", f"-{dead.pid}-")
    (tmp_path / "place" / name).symlink_to(tmp_path / "precious")
    sweep(tmp_path / "place")
    assert left_in(tmp_path / "place") == []
    assert (tmp_path / "precious" / "file").read_text() == "kept"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs two users")
def test_what_another_user_left_is_left_alone(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    other = tmp_path / new_name(tmp_path).name.replace(f"-{os.getpid()}-", f"-{dead.pid}-")
    other.mkdir()
    os.chown(other, 12345, 12345)
    sweep(tmp_path)
    assert other.exists()
    os.chown(other, os.geteuid(), os.getegid())
    sweep(tmp_path)
    assert not other.exists()
