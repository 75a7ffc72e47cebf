"""A notebook whose write-ahead log is damaged: nothing that was confirmed is lost silently."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.notebook import NoteTarget, notes, open_notebook
from casebook.notebook.copies import keep_daily, rescue, restore
from casebook.notebook.files import State
from casebook.notebook.values import Note
from tests.conftest import Ran

ENTRY = NoteTarget("niches", "nosaku", "Nosaku")
ENDINGS = ("", "-wal", "-shm")


class Killed:
    """The files of a notebook as a program leaves them that is killed."""

    def __init__(self, folder: Path) -> None:
        path = folder / "killed" / "notebook.sqlite"
        with open_notebook(path) as notebook:
            for number in range(10):
                notes.add(notebook, ENTRY, f"Before {number} " + "words " * (number * 97 % 300))
        with open_notebook(path) as notebook:
            for number in range(12):
                note = notes.add(notebook, ENTRY, f"In the log {number} " + "é " * 99 * number)
                if number % 3 == 0:
                    notes.change(notebook, note, f"Changed in the log {number}")
            self.notes = {note.uid: note for note in notes.all_notes(notebook)}
            self.files = {e: path.with_name(path.name + e).read_bytes() for e in ENDINGS}

    def put(self, folder: Path, **damaged: bytes) -> Path:
        """Puts the files into a folder; `log` and `memory` in place of those that were left."""
        folder.mkdir()
        names = {"file": "", "log": "-wal", "memory": "-shm"}
        files = {**self.files, **{names[what]: data for what, data in damaged.items()}}
        for ending, data in files.items():
            (folder / f"notebook.sqlite{ending}").write_bytes(data)
        return folder / "notebook.sqlite"

    @property
    def log(self) -> bytes:
        return self.files["-wal"]


@pytest.fixture
def killed(tmp_path: Path) -> Killed:
    return Killed(tmp_path)


def _read(path: Path) -> tuple[dict[str, Note], tuple[str, ...], bool]:
    with open_notebook(path) as notebook:
        found = {note.uid: note for note in notes.all_notes(notebook)}
        return found, notebook.losses, notebook.is_damaged


def _flipped(data: bytes, at: int, bit: int = 4) -> bytes:
    return data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]


def test_a_program_that_was_killed_leaves_a_whole_notebook(killed: Killed, tmp_path: Path) -> None:
    assert _read(killed.put(tmp_path / "own")) == (killed.notes, (), False)


def _check_flips(killed: Killed, folder: Path, seed: int, rounds: int) -> None:
    chance = random.Random(seed)
    told = 0
    for round_ in range(rounds):
        ending = ("", "-wal", "-wal", "-shm")[round_ % 4]
        whole = killed.files[ending]
        # The header of the file itself says which file it is.
        first, size = (100, len(whole)) if not ending else (0, min(len(whole), 1 << 20))
        at, bit = chance.randrange(first, size), 1 << chance.randrange(8)
        name = {"": "file", "-wal": "log", "-shm": "memory"}[ending]
        path = killed.put(folder / f"{round_}", **{name: _flipped(whole, at, bit)})
        where = f"seed {seed}, round {round_}, {name}, byte {at}, bit {bit}"
        found, losses, is_damaged = _read(path)
        lost = [uid for uid, note in killed.notes.items() if found.get(uid) != note]
        assert is_damaged or not lost, where
        assert losses or not lost, where
        told += is_damaged
        if ending == "-wal":
            assert is_damaged, where
            assert any("log" in loss for loss in losses), where
    assert told >= rounds // 2


def test_a_flipped_bit_in_any_of_the_three_files(killed: Killed, tmp_path: Path) -> None:
    _check_flips(killed, tmp_path, seed=20261121, rounds=60)


@pytest.mark.soak
def test_five_hundred_flipped_bits_in_the_three_files(killed: Killed, tmp_path: Path) -> None:
    _check_flips(killed, tmp_path, seed=10, rounds=500)


def test_a_log_that_was_cut_short_is_told(killed: Killed, tmp_path: Path) -> None:
    for number, size in enumerate((0, 20, 500, 30_000, len(killed.log) - 9)):
        path = killed.put(tmp_path / f"{number}", log=killed.log[:size])
        found, losses, is_damaged = _read(path)
        assert is_damaged
        assert any("log" in loss for loss in losses)
        before = {uid for uid, note in killed.notes.items() if note.text.startswith("Before")}
        assert before <= found.keys()


def test_rescue_keeps_every_frame_behind_the_damaged_one(killed: Killed, tmp_path: Path) -> None:
    """SQLite itself would drop all that follows the first damaged frame."""
    path = killed.put(tmp_path / "own", log=_flipped(killed.log, 40))
    rescued = rescue(path, tmp_path / "new.sqlite")
    assert any("log" in loss for loss in rescued.losses)
    with open_notebook(tmp_path / "new.sqlite") as notebook:
        assert notebook.state is State.OPEN
        assert {note.uid: note for note in notes.all_notes(notebook)} == killed.notes


def test_the_commands_tell_a_damaged_log(
    killed: Killed, tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    path = killed.put(tmp_path / "own", log=_flipped(killed.log, 5_000))
    listed = casebook("--notebook", path, "notes", "list")
    assert (listed.code, "In the log 11" in listed.out) == (4, True)
    assert "its log, with the last changes, is not as it was written" in listed.err
    doctor = casebook("--notebook", path, "doctor")
    assert (doctor.code, "pages of the log" in doctor.out) == (1, True)
    assert casebook("--notebook", path, "notes", "add", "nosaku", "More").code == 4
    assert path.with_name("notebook.sqlite-wal").read_bytes() == _flipped(killed.log, 5_000)


def test_a_damaged_log_is_kept_when_a_copy_is_restored(killed: Killed, tmp_path: Path) -> None:
    path = killed.put(tmp_path / "own")
    with open_notebook(path) as notebook:
        copy = keep_daily(notebook)
    assert copy is not None
    for ending, data in killed.files.items():
        path.with_name(path.name + ending).write_bytes(data)
    path.with_name(f"{path.name}-wal").write_bytes(_flipped(killed.log, 40))
    aside = restore(path, copy.stem)
    assert aside is not None
    assert _read(path) == (killed.notes, (), False)
    found, losses, _ = _read(aside)
    assert found == killed.notes
    assert any("log" in loss for loss in losses)
