"""A notebook that nobody has changed is not read whole at every opening; any change is noticed."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from casebook.notebook import Notebook, NoteTarget, integrity, notes, open_notebook
from casebook.notebook.files import State
from casebook.sqlite_log import Log, read_log

TARGET = NoteTarget("niches", "nosaku", "Nosaku")


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with every notebook that is read whole."""
    made: list[int] = []
    check_rows = integrity.check_rows

    def counted(connection: sqlite3.Connection, version: int) -> None:
        made.append(version)
        check_rows(connection, version)

    monkeypatch.setattr(integrity, "check_rows", counted)
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A notebook with a note, closed by the window that wrote it."""
    with open_notebook(tmp_path / "notebook.sqlite") as notebook:
        notes.add(notebook, TARGET, "Bells")
    return tmp_path / "notebook.sqlite"


def _opened(path: Path) -> tuple[bool, int]:
    """Whether a notebook is found to be damaged, and how many notes are shown."""
    with Notebook(path).open() as notebook:
        return notebook.is_damaged, len(notes.all_notes(notebook))


def _is_settled(path: Path) -> None:
    os.utime(path, (time.time() - 60, time.time() - 60))


def test_what_nobody_has_changed_is_read_once(path: Path, checks: list[int]) -> None:
    _is_settled(path)
    assert [_opened(path) for _ in range(3)] == [(False, 1)] * 3
    assert len(checks) == 1


def test_what_a_window_has_written_itself_it_need_not_read(path: Path, checks: list[int]) -> None:
    with open_notebook(path) as notebook:
        notes.add(notebook, TARGET, "More bells")
    assert _opened(path) == (False, 2)
    assert checks == []


@pytest.mark.skipif(
    sys.platform == "win32", reason="keeps no time of change beside that of writing"
)
def test_a_change_of_one_byte_is_noticed_though_size_and_time_are_the_same(path: Path) -> None:
    _is_settled(path)
    assert _opened(path) == (False, 1)
    status, data = path.stat(), path.read_bytes()
    path.write_bytes(data.replace(b"Bells", b"Balls"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert _opened(path)[0]


def test_a_change_by_another_program_while_it_was_open_is_noticed(path: Path) -> None:
    with open_notebook(path) as notebook:
        notes.add(notebook, TARGET, "More bells")
        with closing(sqlite3.connect(path)) as other, other:
            other.execute("UPDATE note SET text = 'Balls' WHERE text = 'Bells'")
    assert _opened(path)[0]


def test_a_change_in_the_log_alone_is_noticed(path: Path) -> None:
    assert _opened(path) == (False, 1)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE note SET text = 'Balls'")
        other.commit()
        assert Path(f"{path}-wal").stat().st_size
        assert _opened(path)[0]


def test_tomorrow_it_is_read_again(
    path: Path, checks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _opened(path) == (False, 1)
    assert checks == []
    monkeypatch.setattr("casebook.notebook.checked_files.time.strftime", lambda _: "2999-01-01")
    assert _opened(path) == (False, 1)
    assert len(checks) == 1


def test_where_nothing_can_be_remembered_it_is_read(
    path: Path, checks: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr("casebook.paths.checked_notebooks", lambda: tmp_path / "file" / "none")
    _is_settled(path)
    assert [_opened(path), _opened(path)] == [(False, 1)] * 2
    assert len(checks) == 2


def test_a_log_that_goes_away_while_it_is_looked_at(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever closes a notebook last takes its log away; that is no reason not to write."""
    other = open_notebook(path)
    notes.add(other, TARGET, "More bells")
    assert path.with_name(f"{path.name}-wal").exists()

    def closing_it(*arguments: Any) -> Log:
        log = read_log(*arguments)
        other.close()
        assert not path.with_name(f"{path.name}-wal").exists()
        return log

    monkeypatch.setattr("casebook.notebook.raw_file.read_log", closing_it)
    with open_notebook(path) as notebook:
        assert (notebook.state, notebook.trouble) == (State.OPEN, "")
        assert len(notes.all_notes(notebook)) == 2
