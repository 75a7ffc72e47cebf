"""The write-ahead log is read as SQLite reads it, and further where SQLite gives up."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from casebook.sqlite_log import FRAME_HEADER_SIZE, HEADER_SIZE, Log, open_log, read_log

PAGE = 4096
FRAME = FRAME_HEADER_SIZE + PAGE
ENDINGS = ("", "-wal", "-shm")

Files = dict[str, bytes]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A database as a program leaves it that is killed: some transactions, also long ones."""
    path = tmp_path / "killed.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE note (text)")
        connection.execute("PRAGMA wal_checkpoint")
        # The log is begun anew, so that frames of the old one stand behind the new ones.
        for round_ in range(2):
            for number in range(6 - 3 * round_):
                text = f"{round_} {number} " + "words " * 2_000 * number
                connection.execute("INSERT INTO note VALUES (?)", (text,))
            if not round_:
                connection.execute("PRAGMA wal_checkpoint")
        return {ending: path.with_name(path.name + ending).read_bytes() for ending in ENDINGS}


def log_of(path: Path, page_size: int) -> Log:
    with ExitStack() as until:
        file = open_log(path)
        if file is not None:
            until.enter_context(file)
        return read_log(path, page_size, file)


def _put(folder: Path, files: Files) -> Path:
    folder.mkdir()
    for ending, data in files.items():
        (folder / f"notes.sqlite{ending}").write_bytes(data)
    return folder / "notes.sqlite"


def _frames_read_by_sqlite(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA wal_checkpoint").fetchone()[1])


def test_a_log_is_read_as_sqlite_reads_it(files: Files, tmp_path: Path) -> None:
    path = _put(tmp_path / "whole", files)
    log = log_of(path, PAGE)
    assert (log.is_damaged, log.readable) == (False, log.confirmed)
    assert len(log.frames) == log.readable < (len(files["-wal"]) - HEADER_SIZE) // FRAME
    assert sum(frame.ends_transaction for frame in log.frames) == 3
    assert _frames_read_by_sqlite(path) == log.readable


def _flipped(data: bytes, chance: random.Random, size: int) -> bytes:
    at = chance.randrange(size)
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _zeroed(data: bytes, chance: random.Random, size: int) -> bytes:
    at = chance.randrange(size)
    return data[:at] + bytes(min(500, len(data) - at)) + data[at + 500 :]


def _cut(data: bytes, chance: random.Random, size: int) -> bytes:
    return data[: chance.randrange(size)]


@pytest.mark.parametrize("damage", [_flipped, _zeroed, _cut])
def test_what_sqlite_drops_of_a_log_is_known(
    files: Files, tmp_path: Path, damage: Callable[[bytes, random.Random, int], bytes]
) -> None:
    chance = random.Random(20261121)
    frames = log_of(_put(tmp_path / "whole", files), PAGE).confirmed
    size = HEADER_SIZE + frames * FRAME
    for number in range(40):
        damaged = {**files, "-wal": damage(files["-wal"], chance, size)}
        path = _put(tmp_path / f"{number}", damaged)
        log = log_of(path, PAGE)
        read = _frames_read_by_sqlite(path)
        assert log.is_damaged == (read < frames), number
        if len(damaged["-wal"]) > HEADER_SIZE:
            assert log.readable == max(0, read), number
        assert log.confirmed == frames or not log.readable, number


@pytest.mark.parametrize("has_memory", [True, False])
def test_every_frame_behind_a_damaged_one_is_still_known(
    files: Files, tmp_path: Path, has_memory: bool
) -> None:
    """With and without the file of shared memory that tells how much was confirmed."""
    whole = log_of(_put(tmp_path / "whole", files), PAGE)
    if not has_memory:
        del files["-shm"]
    for number in range(whole.confirmed):
        data = bytearray(files["-wal"])
        # In turns its page's number, its end, its salt, its checksum, and its page.
        data[HEADER_SIZE + number * FRAME + (3, 7, 9, 17, 1000)[number % 5]] ^= 4
        log = log_of(_put(tmp_path / f"{number}", {**files, "-wal": bytes(data)}), PAGE)
        assert log.is_damaged
        assert len(log.frames) == whole.confirmed
        assert [at for at, frame in enumerate(log.frames) if not frame.is_sound] == [number]


def test_a_write_that_was_never_finished_is_no_damage(files: Files, tmp_path: Path) -> None:
    """A program that is killed while it writes: what it had confirmed is what SQLite reads."""
    whole = log_of(_put(tmp_path / "whole", files), PAGE)
    end = HEADER_SIZE + whole.confirmed * FRAME
    for number, length in enumerate((10, FRAME_HEADER_SIZE, 700, FRAME, 2 * FRAME)):
        last = files["-wal"][end - FRAME : end]
        torn = files["-wal"][:end] + (last[:17] + b"torn" + last[21:] + last)[:length]
        log = log_of(_put(tmp_path / f"{number}", {**files, "-wal": torn}), PAGE)
        assert not log.is_damaged, length
        assert log.readable == log.confirmed == whole.confirmed


def test_what_is_no_log_is_none(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    assert not log_of(path, PAGE).is_damaged
    (tmp_path / "notes.sqlite-wal").write_bytes(b"")
    (tmp_path / "notes.sqlite-shm").write_bytes(b"\xff" * 32_768)
    assert not log_of(path, PAGE).is_damaged
    (tmp_path / "notes.sqlite-wal").write_bytes(b"No log. " * 4_000)
    assert log_of(path, PAGE).is_damaged
