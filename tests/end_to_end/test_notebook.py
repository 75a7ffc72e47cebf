"""The notebook under bad luck: the real program in processes of its own, and a real terminal."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Ran

if sys.platform == "win32":
    pytest.skip("needs a pty and signals", allow_module_level=True)

import resource

from tests.end_to_end.terminal import PATIENCE, Terminal

Casebook = Callable[..., Ran]

WRITER = """
import sys
from pathlib import Path
from casebook.notebook import NoteTarget, notes, open_notebook
with open_notebook(Path(sys.argv[1])) as notebook:
    for number in range(int(sys.argv[3])):
        text = f"{sys.argv[2]} {number} " + "words " * 40
        note = notes.add(notebook, NoteTarget("niches", "nosaku", "Nosaku"), text)
        print(note.uid, flush=True)
"""


def _writer(place: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(place), name, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def _uids(place: Path) -> set[str]:
    connection = sqlite3.connect(place)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    found = {row[0] for row in connection.execute("SELECT uid FROM note")}
    connection.close()
    return found


def test_kill_9_loses_nothing_that_was_confirmed(tmp_path: Path) -> None:
    """Five hundred writes, killed a dozen times at random moments."""
    place = tmp_path / "notebook.sqlite"
    chance = random.Random(20261121)
    confirmed: list[str] = []
    for round_ in range(100):
        writer = _writer(place, f"round {round_}", 500)
        assert writer.stdout is not None
        wanted = chance.randint(1, 80)
        for line in writer.stdout:
            confirmed.append(line.strip())
            wanted -= 1
            if wanted == 0:
                time.sleep(chance.random() * 0.003)
                break
        writer.send_signal(signal.SIGKILL)
        confirmed += [line for line in writer.communicate()[0].split() if len(line) == 32]
        assert writer.returncode == -signal.SIGKILL
        assert set(confirmed) <= _uids(place)
        if len(confirmed) >= 500:
            break
    assert len(set(confirmed)) >= 500


def test_two_instances_lose_nothing_of_each_other(tmp_path: Path) -> None:
    place = tmp_path / "notebook.sqlite"
    writers = [_writer(place, name, 100) for name in ("one", "two", "three")]
    confirmed: set[str] = set()
    for writer in writers:
        out, err = writer.communicate(timeout=180)
        assert writer.returncode == 0, err
        confirmed |= set(out.split())
    assert len(confirmed) == 300
    assert _uids(place) == confirmed


def _command(
    place: Path,
    *arguments: str,
    prelude: str = "",
    before: Callable[[], None] | None = None,
    typed: str = "",
) -> subprocess.CompletedProcess[str]:
    script = (
        f"{prelude}\nimport sys\nfrom casebook.cli import main\nsys.argv[0] = 'casebook'\nmain()"
    )
    return subprocess.run(
        [sys.executable, "-c", script, "--notebook", str(place), *arguments],
        capture_output=True,
        text=True,
        input=typed,
        cwd="/",
        env={"PATH": os.environ["PATH"], "HOME": str(place.parent), "PYTHONPATH": str(ROOT)},
        timeout=180,
        check=False,
        preexec_fn=before,
    )


def _told_once(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 4, (done.stdout, done.stderr)
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A notebook with one note."""
    place = tmp_path / "notebook.sqlite"
    done = _command(place, "notes", "add", "nosaku", "The first note")
    assert done.returncode == 0, done.stderr
    return place


def test_a_locked_notebook(place: Path) -> None:
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    soon = "import casebook.notebook.files as o; o.PATIENCE = 0.2"
    told = _told_once(_command(place, "notes", "add", "nosaku", "Words", prelude=soon))
    assert "in use by another program" in told
    other.execute("ROLLBACK")
    other.close()
    assert len(_uids(place)) == 1


@pytest.mark.parametrize("length", [0, 40, 99, 5000, -1])
def test_a_truncated_notebook_is_left_alone(place: Path, length: int) -> None:
    whole = place.read_bytes()
    place.write_bytes(whole[:length])
    before = place.read_bytes()
    done = _command(place, "notes", "add", "nosaku", "Words")
    if length == 0:
        # Nothing is lost by beginning anew where there is nothing.
        assert done.returncode == 0
        return
    assert "cut short" in _told_once(done)
    assert place.read_bytes() == before


def test_a_damaged_notebook_is_left_alone(place: Path) -> None:
    data = bytearray(place.read_bytes())
    data[4096:20480] = b"\xff" * (20480 - 4096)
    place.write_bytes(bytes(data))
    told = _told_once(_command(place, "notes", "list"))
    assert "damaged" in told
    assert place.read_bytes() == bytes(data)
    doctor = _command(place, "doctor")
    assert doctor.returncode == 1
    assert "damaged" in doctor.stdout


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    book = tmp_path / "cases.sqlite"
    shutil.copyfile(ROOT / "data" / "cases.sqlite", book)
    text = tmp_path / "essay.txt"
    text.write_text("My essay, of which there is no copy. " * 10, encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for other, words in (
        (book, "not a notebook of Casebook"),
        (text, "is not a notebook"),
        (folder, "is a folder"),
        (pipe, "is not a regular file"),
    ):
        before = other.read_bytes() if other.is_file() else b""
        assert words in _told_once(_command(other, "notes", "add", "nosaku", "Words"))
        assert (other.read_bytes() if other.is_file() else b"") == before


def test_a_newer_notebook_can_be_read_and_not_written(place: Path) -> None:
    with sqlite3.connect(place) as newer:
        newer.execute("ALTER TABLE note ADD COLUMN mood VARCHAR DEFAULT ''")
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    before = place.read_bytes()
    assert "newer Casebook" in _command(place, "notes", "add", "nosaku", "Words").stderr
    listed = _command(place, "notes", "list")
    assert listed.returncode == 0
    assert "The first note" in listed.stdout
    assert "newer Casebook" in listed.stderr
    assert place.read_bytes() == before


def test_a_full_disk(place: Path) -> None:
    """Files may grow no further: to SQLite, what a full disk is."""
    limit = place.stat().st_size + 60_000

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    told = _told_once(
        _command(place, "notes", "add", "nosaku", typed="Many words. " * 15_000, before=full)
    )
    assert "full" in told
    assert "Nothing was saved" in told
    assert len(_uids(place)) == 1
    assert _command(place, "notes", "add", "nosaku", "Few words").returncode == 0


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of one megabyte, where mounting is permitted."""
    folder = Path(tempfile.mkdtemp(prefix="casebook-disk-"))
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        folder.rmdir()
        pytest.skip("mounting is not permitted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def test_a_small_disk_that_fills(small_disk: Path) -> None:
    place = small_disk / "notebook.sqlite"
    assert _command(place, "notes", "add", "nosaku", "The first note").returncode == 0
    (small_disk / "filler").write_bytes(b"x" * (small_disk.stat().st_blksize))
    for _ in range(20):
        done = _command(place, "notes", "add", "nosaku", typed="Many words. " * 9_000)
        if done.returncode:
            break
    told = _told_once(done)
    assert "full" in told
    kept = len(_uids(place))
    assert kept >= 1
    assert _command(place, "notes", "list").returncode == 0
    (small_disk / "filler").unlink()
    assert len(_uids(place)) == kept


def _listed_and_untouched(place: Path) -> None:
    before = place.read_bytes()
    told = _command(place, "notes", "add", "nosaku", "Words")
    assert told.returncode == 4
    assert "Nothing was saved" in told.stderr
    listed = _command(place, "notes", "list")
    assert "The first note" in listed.stdout
    assert place.read_bytes() == before
    nowhere = _command(place.parent / "new.sqlite", "notes", "add", "nosaku", "x")
    assert "Nothing was saved" in _told_once(nowhere)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(place: Path) -> None:
    place.chmod(0o444)
    place.parent.chmod(0o555)
    try:
        _listed_and_untouched(place)
    finally:
        place.parent.chmod(0o755)


def test_a_read_only_disk(small_disk: Path) -> None:
    place = small_disk / "notebook.sqlite"
    assert _command(place, "notes", "add", "nosaku", "The first note").returncode == 0
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    _listed_and_untouched(place)


def test_a_clock_that_was_set_back(place: Path) -> None:
    past = "import casebook.notebook.files as o; o.now = lambda: '1970-01-01T00:00:00Z'"
    done = _command(place, "notes", "add", "nosaku", "From the past", prelude=past)
    assert done.returncode == 0, done.stderr
    lines = _command(place, "notes", "list").stdout.splitlines()
    assert "From the past" in lines[0]
    assert "1970-01-01" in lines[0]
    assert "The first note" in lines[1]


# In the app


def _wait_for_draft(place: Path, words: str) -> None:
    """Until some words are in a draft on the disk."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if place.exists():
            connection = sqlite3.connect(f"file:{place}?mode=ro", uri=True)
            try:
                if connection.execute(
                    "SELECT 1 FROM draft WHERE instr(text, ?)", (words,)
                ).fetchone():
                    return
            except sqlite3.OperationalError:
                pass
            finally:
                connection.close()
        time.sleep(0.05)
    raise AssertionError("no draft was saved")


def _begin_a_note(terminal: Terminal, words: str) -> None:
    terminal.wait_for("Asiro gentian alliance")
    terminal.wait_for("A-Team (Taiwan bicycles)")
    terminal.settle()
    terminal.send("a")
    terminal.wait_for("Attached to the whole entry")
    terminal.send(words)
    terminal.wait_for(words)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_the_draft(number: int, tmp_path: Path) -> None:
    place = tmp_path / "notebook.sqlite"
    arguments = ["--notebook", str(place)]
    with Terminal(arguments, home=tmp_path) as terminal:
        _begin_a_note(terminal, "half a thought")
        terminal.kill(number)
        assert terminal.exit_code() == 128 + number
        assert terminal.is_as_it_was
    with Terminal(arguments, home=tmp_path) as terminal:
        terminal.wait_for("A-Team (Taiwan bicycles)")
        terminal.settle()
        terminal.send("a")
        terminal.wait_for("half a thought")
        terminal.wait_for("This is your unsaved draft.")


def test_a_closed_window_saves_the_draft(tmp_path: Path) -> None:
    place = tmp_path / "notebook.sqlite"
    with Terminal(["--notebook", str(place)], home=tmp_path) as terminal:
        _begin_a_note(terminal, "half a thought")
        os.close(terminal.fd)
        _wait_for_draft(place, "half a thought")


def test_kill_9_leaves_the_draft_of_some_seconds_ago(tmp_path: Path) -> None:
    place = tmp_path / "notebook.sqlite"
    soon = "import tui.dialogs.note as n; n.SECONDS_BETWEEN_DRAFTS = 0.2"
    with Terminal(["--notebook", str(place)], home=tmp_path, prelude=soon) as terminal:
        _begin_a_note(terminal, "half a thought")
        _wait_for_draft(place, "half a thought")
        terminal.kill(signal.SIGKILL)
        assert terminal.exit_code() == -signal.SIGKILL
    with Terminal(["--notebook", str(place)], home=tmp_path) as terminal:
        terminal.wait_for("A-Team (Taiwan bicycles)")
        terminal.settle()
        terminal.send("a")
        terminal.wait_for("half a thought")


def test_a_fault_of_the_program_saves_the_draft(tmp_path: Path) -> None:
    place = tmp_path / "notebook.sqlite"
    broken = (
        "import tui.dialogs.note as n\n"
        "def broken(self): raise ValueError('broken')\n"
        "n.NoteScreen.action_copy_all = broken"
    )
    with Terminal(["--notebook", str(place)], home=tmp_path, prelude=broken) as terminal:
        _begin_a_note(terminal, "half a thought")
        terminal.send("\x1b[15~")
        assert terminal.exit_code() == 70
        assert terminal.is_as_it_was
        assert b"half a thought" not in terminal.raw.split(b"\x1b[?1049l")[-1]
    _wait_for_draft(place, "half a thought")


def test_a_full_disk_leaves_the_words_on_the_screen(tmp_path: Path) -> None:
    place = tmp_path / "notebook.sqlite"
    full = (
        "import resource, casebook.notebook.store as s\n"
        "made = s.Notebook.writing\n"
        "def writing(self, words=''):\n"
        "    if self._writer is not None: self._writer.execute('PRAGMA max_page_count = 1')\n"
        "    return made(self, words)\n"
        "s.Notebook.writing = writing"
    )
    done = _command(place, "notes", "add", "nosaku", "The first note")
    assert done.returncode == 0
    with Terminal(["--notebook", str(place)], home=tmp_path, prelude=full) as terminal:
        _begin_a_note(terminal, "x" * 60)
        terminal.send(f"\x1b[200~{'words ' * 600}\x1b[201~")
        terminal.settle()
        terminal.send("\x13")
        terminal.wait_for("Your words stay here")
        terminal.wait_for("is full")
        assert "words words" in terminal.text
        terminal.kill(signal.SIGTERM)
        terminal.exit_code()
    assert len(_uids(place)) == 1


def test_the_readers_own_editor(tmp_path: Path) -> None:
    place = tmp_path / "notebook.sqlite"
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\ncat "$1" > "$0.seen"\nprintf "From **my** editor" > "$1"\n')
    editor.chmod(0o755)
    (tmp_path / "tmp").mkdir()
    variables = {"EDITOR": f"'{editor}'", "TMPDIR": str(tmp_path / "tmp")}
    with Terminal(["--notebook", str(place)], home=tmp_path, variables=variables) as terminal:
        terminal.wait_for("A-Team (Taiwan bicycles)")
        terminal.settle()
        terminal.send("e")
        terminal.wait_for("Note saved.")
        terminal.send("b")
        terminal.wait_for("From **my** editor")
        terminal.send("q")
        assert terminal.exit_code() == 0
        assert terminal.is_as_it_was
    assert not list((tmp_path / "tmp").iterdir())


def test_the_colours_are_remembered(tmp_path: Path) -> None:
    variables = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    with Terminal([], home=tmp_path, variables=variables) as terminal:
        terminal.wait_for("A-Team (Taiwan bicycles)")
        terminal.settle()
        terminal.send("\x14")
        terminal.wait_for("Casebook light")
        terminal.send("j\r")
        terminal.wait_until_gone("Casebook light")
        terminal.send("q")
        assert terminal.exit_code() == 0
    settings = tmp_path / "config" / "casebook" / "settings.toml"
    assert 'theme = "casebook-light"' in settings.read_text(encoding="utf-8")
    settings.write_text(settings.read_text(encoding="utf-8") + '\n[keys]\nbookmark = "Z"\n')
    with Terminal([], home=tmp_path, variables=variables) as terminal:
        terminal.wait_for("A-Team (Taiwan bicycles)")
        terminal.settle()
        assert b"48;2;250;248;242" in terminal.raw
        terminal.send("Z")
        terminal.wait_for("Bookmark added")
        terminal.send("?")
        terminal.wait_for("Keys")
