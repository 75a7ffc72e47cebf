"""Outputs that are full or closed, and disks that take no more: a sentence, and nothing by halves."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.errors import Exit
from casebook.notebook import NoteTarget, notes, open_notebook
from casebook.notebook.listing import counts
from tests.conftest import ROOT
from tests.many_commands import run_commands

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="redirections of a POSIX shell")

needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


def run(
    arguments: list[object], folder: Path, book: Path, *, redirected: str = "", before: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """The real command as a shell starts it."""
    script = f'{before}exec "$@" {redirected}'
    done = subprocess.run(
        ["sh", "-c", script, "sh", sys.executable, "-m", "casebook", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "CASEBOOK_BOOK": str(book),
            "CASEBOOK_NOTEBOOK": str(folder / "notebook.sqlite"),
        },
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr
    assert b"Exception ignored" not in done.stderr, done.stderr
    return done


@needs_full
@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["list"], ["doctor", "--json"]], ids=" ".join
)
def test_a_full_disk_takes_no_output(
    arguments: list[object], small_book: Path, tmp_path: Path
) -> None:
    done = run(arguments, tmp_path, small_book, redirected=">/dev/full")
    assert done.returncode == Exit.FAILED
    assert done.stderr == b"casebook: The output cannot be written: No space left on device.\n"


@pytest.mark.parametrize("redirected", [">/dev/full", ">&-", ">&- 2>&- <&-"])
def test_what_is_done_is_said_to_be_done(redirected: str, small_book: Path, tmp_path: Path) -> None:
    """A note that is kept is not taken for lost, and not written twice."""
    if "full" in redirected and not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    words: list[object] = ["notes", "add", "nosaku", "A note"]
    done = run(words, tmp_path, small_book, redirected=redirected)
    assert done.returncode == Exit.FAILED
    if "2>&-" not in redirected:
        assert done.stderr.startswith(b"casebook: The output cannot be written: ")
        assert done.stderr.endswith(b". What was asked for is done.\n")
    with open_notebook(tmp_path / "notebook.sqlite") as notebook:
        assert counts(notebook).notes == 1


def test_closed_streams_are_no_fault(small_book: Path, tmp_path: Path) -> None:
    done = run(["list"], tmp_path, small_book, redirected=">&-")
    assert (done.returncode, done.stderr.count(b"\n")) == (Exit.FAILED, 1)
    done = run(["show", "nope"], tmp_path, small_book, redirected="2>&-")
    assert done.returncode == Exit.FAILED
    done = run(["list"], tmp_path, small_book, redirected="<&- 2>&-")
    assert done.returncode == Exit.OK
    assert b"nosaku" in done.stdout
    done = run(["notes", "add", "nosaku"], tmp_path, small_book, redirected="<&-")
    assert done.returncode == Exit.NOTEBOOK
    done = run([], tmp_path, small_book, redirected="<&-")
    assert done.returncode == Exit.TERMINAL


def test_an_argument_that_is_no_text(small_book: Path, tmp_path: Path) -> None:
    no_text = os.fsdecode(b"\xff")
    tried: list[list[object]] = [
        ["show", no_text],
        ["search", no_text],
        ["notes", "list", "--find", no_text],
    ]
    for done in run_commands(tried, tmp_path, CASEBOOK_BOOK=str(small_book)):
        assert done.code in (Exit.OK, Exit.FAILED)
        done.err.decode("utf-8")


@pytest.mark.skipif(sys.platform == "darwin", reason="names of files are UTF-8 there")
def test_paths_that_are_no_text(
    small_book: Path, write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    odd = tmp_path / os.fsdecode(b"x\xff")
    odd.mkdir()
    book, pack = odd / "b.sqlite", write_pack(name=os.fsdecode(b"x\xff/pack"))
    commands: list[list[object]] = [
        ["build", pack, "-o", book],
        ["check", pack],
        ["--book", book, "list"],
        ["--book", book, "unpack", odd / "unpacked"],
        ["--book", book, "export", "handout", "nosaku", "--style", "book", "-o", odd / "h.md"],
        ["--book", book, "--notebook", odd / "n.sqlite", "notes", "add", "nosaku", "A note"],
        ["--book", book, "--notebook", odd / "n.sqlite", "doctor", "--json"],
        ["new", "firm", "A firm", "--pack", pack],
    ]
    for done in run_commands(commands, tmp_path, CASEBOOK_BOOK=str(small_book)):
        assert done.code == Exit.OK, done
        done.out.decode("utf-8")


def test_a_path_that_is_too_long_is_told(small_book: Path, tmp_path: Path) -> None:
    giant = "x" * 10_000
    tried: list[tuple[int, list[object]]] = [
        (Exit.BOOK, ["--book", giant, "list"]),
        (Exit.FAILED, ["check", giant]),
        (Exit.FAILED, ["export", "handout", "nosaku", "--style", "book", "-o", f"{giant}.md"]),
        (Exit.FAILED, ["notes", "import", giant]),
        (Exit.NOTEBOOK, ["--notebook", giant, "notes", "list"]),
        (Exit.FAILED, ["unpack", giant]),
        (Exit.BOOK, ["build", tmp_path, "-o", giant]),
        (Exit.FAILED, ["new", "firm", "A firm", "--pack", giant]),
    ]
    for code, arguments in tried:
        done = run(arguments, tmp_path, small_book)
        assert done.returncode == code, (arguments[:2], done.stderr[-400:])
        assert done.stderr.startswith(b"casebook: ") or code == Exit.FAILED


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_full_disk_leaves_no_half_of_a_pack_or_a_book(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    """A limit on the size of files stands for the disk that is full."""
    pack, place = write_pack({"firms/long.md": _long_entry()}), tmp_path / "place"
    place.mkdir()
    book = tmp_path / "long.sqlite"
    build: list[object] = ["build", pack, "-o"]
    (done,) = run_commands([[*build, place / "b.sqlite"]], tmp_path, largest_file=4096)
    assert done.code == Exit.BOOK
    assert b"b.sqlite cannot be written: " in done.err
    assert left_in(place) == []
    (done,) = run_commands([[*build, book]], tmp_path)
    assert done.code == Exit.OK
    unpack: list[object] = ["--book", book, "unpack", place / "pack"]
    (done,) = run_commands([unpack], tmp_path, largest_file=4096)
    assert done.code == Exit.FAILED
    assert b"pack cannot be written: " in done.err
    assert left_in(place) == []


def _long_entry() -> str:
    story = "\n\n".join("Bells and more bells [@m, para. 9]." for _ in range(120))
    return (
        "---\nkind: firm\ntitle: Long\nsummary: Long [@m, para. 9].\nsetting:\n"
        f'  place: takaoka [@m, para. 9]\noutcome: "open: so far [@m, para. 9]"\n---\n\n{story}\n'
    )


def test_a_pack_of_very_deep_folders(write_pack: Callable[..., Path], tmp_path: Path) -> None:
    """1,200 folders within one another ended the walk through them in a fault."""
    pack = write_pack()
    descriptor = os.open(pack, os.O_RDONLY)
    for _ in range(1200):  # step by step, for the path is longer than a path may be
        os.mkdir("deep", dir_fd=descriptor)
        below = os.open("deep", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
    os.close(descriptor)
    try:
        (done,) = run_commands([["check", pack]], tmp_path)
    finally:  # pytest cannot clean up after it
        subprocess.run(["rm", "-rf", pack], check=True)
    assert done.code == Exit.FAILED
    assert b"folders are nested too deep" in done.out


def test_new_writes_through_no_link(
    small_book: Path, write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    pack, elsewhere = write_pack({"firms/nosaku.md": None}), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (pack / "firms").symlink_to(elsewhere)
    done = run(["new", "firm", "A firm", "--pack", pack], tmp_path, small_book)
    assert done.returncode == Exit.FAILED
    assert b"is a link" in done.stderr
    assert left_in(elsewhere) == []


def test_a_device_is_refused_in_words_that_hit_the_cause(small_book: Path, tmp_path: Path) -> None:
    """It was said to be there already; and --force, which that asks for, did not help."""
    os.mkfifo(tmp_path / "pipe")
    words: list[object] = ["export", "references", "--format", "csl-json", "-o"]
    tried = [(tmp_path / "pipe", b"pipe"), (Path("/dev/null"), b"device")]
    for path, kind in tried:
        commands = [[*words, path], [*words, path, "--force"]]
        for done in run_commands(commands, tmp_path, CASEBOOK_BOOK=str(small_book)):
            assert done.code == Exit.FAILED
            assert b" cannot be written: it is a " + kind + b"; name a file.\n" in done.err
    (done,) = run_commands([["build", tmp_path, "-o", "/dev/null"]], tmp_path)
    assert b"--force" not in done.err


def test_no_temporary_folder_can_be_written(small_book: Path, tmp_path: Path) -> None:
    """On a full disk the system has no room for what is needed for a moment, either."""
    notebook = tmp_path / "notebook.sqlite"
    with open_notebook(notebook) as opened:
        notes.add(opened, NoteTarget("small", "nosaku", "Nosaku"), "A note")
    with sqlite3.connect(notebook) as connection:
        connection.execute("UPDATE note SET text = 'another'")
    connection.close()
    handout: list[object] = ["export", "handout", "nosaku", "-o"]
    tried: list[tuple[int, list[object]]] = [
        (Exit.FAILED, [*handout, "a.docx"]),
        (Exit.FAILED, [*handout, "a.html"]),
        (Exit.FAILED, [*handout, "a.md", "--style", "chicago"]),
        (Exit.FAILED, ["compare", "nosaku", "-o", "a.xlsx"]),
        (Exit.FAILED, ["export", "references", "--style", "apa"]),
        (Exit.FAILED, ["cite", "nosaku", "--style", "apa"]),
        (Exit.NOTEBOOK, ["--notebook", notebook, "notes", "list"]),
        (Exit.NOTEBOOK, ["--notebook", notebook, "notes", "rescue", "-o", "rescued.sqlite"]),
        (Exit.FAILED, ["--notebook", notebook, "doctor"]),
    ]
    for code, arguments in tried:
        done = run_full(arguments, tmp_path, small_book)
        assert done.returncode == code, done
        assert done.stderr.count(b"\n") <= 1, done
        assert b"a fault in" not in done.stderr
        assert b"TMPDIR" in done.stderr + done.stdout or b"cannot be written: " in done.stderr


def run_full(
    arguments: list[object], folder: Path, book: Path
) -> subprocess.CompletedProcess[bytes]:
    """The real command on disks that take no byte."""
    return run(arguments, folder, book, before="ulimit -f 0; ")


def test_a_note_without_an_end_is_refused(small_book: Path, tmp_path: Path) -> None:
    """What is piped in may never end."""
    words: list[object] = ["notes", "add", "nosaku", "-"]
    done = run(words, tmp_path, small_book, redirected="</dev/zero", before="ulimit -v 4000000; ")
    assert done.returncode == Exit.NOTEBOOK
    assert b"longer than 200000 characters" in done.stderr
