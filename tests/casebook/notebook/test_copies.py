"""A copy is made each day before it is needed, and comes back when it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from casebook.errors import NotebookError, NotFoundError
from casebook.notebook import NoteTarget, notes, open_notebook
from casebook.notebook.copies import copies, keep_daily, restore
from casebook.notebook.copy_files import folder_of
from tests.conftest import Ran

ENTRY = NoteTarget("niches", "nosaku", "Nosaku")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "notebook.sqlite"
    with open_notebook(path) as notebook:
        notes.add(notebook, ENTRY, "First")
    return path


def _texts(path: Path) -> list[str]:
    with open_notebook(path) as notebook:
        return sorted(note.text for note in notes.all_notes(notebook))


def _day(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr("casebook.notebook.copies.now", lambda: f"2026-05-{number:02}T10:00:00Z")


def test_one_copy_a_day_and_seven_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder_of(path)).mkdir(mode=0o700)
    mine = folder_of(path) / "mine.sqlite"
    mine.write_text("Not a copy of Casebook's", encoding="utf-8")
    for day in range(1, 11):
        _day(monkeypatch, day)
        with open_notebook(path) as notebook:
            notes.add(notebook, ENTRY, f"Note of day {day}")
            assert keep_daily(notebook)
            assert keep_daily(notebook) is None
    found = copies(path)
    assert [copy.name for copy in found] == [f"2026-05-{day:02}" for day in range(10, 3, -1)]
    assert [copy.notes for copy in found] == list(range(11, 4, -1))
    assert mine.exists()
    assert folder_of(path).stat().st_mode & 0o777 == 0o700
    for copy in found:
        assert copy.path.stat().st_mode & 0o777 == 0o600


def test_no_copy_is_made_of_what_is_damaged(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _day(monkeypatch, 1)
    with open_notebook(path) as notebook:
        keep_daily(notebook)
        _day(monkeypatch, 2)
        with closing(sqlite3.connect(path)) as other:
            other.execute("UPDATE note SET text = 'Else'")
            other.commit()
        # It was whole when it was opened, and is not now.
        assert keep_daily(notebook) is None
    with open_notebook(path) as notebook:
        assert notebook.is_damaged
        assert keep_daily(notebook) is None
    assert [copy.name for copy in copies(path)] == ["2026-05-01"]


def test_a_copy_comes_back_and_what_was_there_is_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _day(monkeypatch, 1)
    with open_notebook(path) as notebook:
        keep_daily(notebook)
        notes.add(notebook, ENTRY, "Second")
        with pytest.raises(NotebookError, match="open in another window"):
            restore(path, "2026-05-01")
    with pytest.raises(NotFoundError):
        restore(path, "../notebook")
    aside = restore(path, "2026-05-01")
    assert aside is not None
    assert (_texts(path), _texts(aside)) == (["First"], ["First", "Second"])
    assert path.stat().st_mode & 0o777 == 0o600
    damaged = b"\xff" * 9000
    path.write_bytes(damaged)
    second = restore(path, "2026-05-01")
    assert second not in (None, aside)
    assert second is not None
    assert second.read_bytes() == damaged
    assert _texts(path) == ["First"]
    path.unlink()
    assert restore(path, "2026-05-01") is None
    assert _texts(path) == ["First"]


def test_a_damaged_copy_is_not_brought_back(path: Path) -> None:
    with open_notebook(path) as notebook:
        copy = keep_daily(notebook)
    assert copy is not None
    with closing(sqlite3.connect(copy)) as other:
        other.execute("UPDATE note SET text = 'Else'")
        other.commit()
    assert [one.notes for one in copies(path)] == [None]
    with pytest.raises(NotebookError, match="is damaged"):
        restore(path, copy.stem)
    assert _texts(path) == ["First"]


def test_commands_make_the_copy_and_bring_it_back(
    tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    path = tmp_path / "own" / "notebook.sqlite"
    assert casebook("--notebook", path, "notes", "restore").code == 1
    assert casebook("--notebook", path, "notes", "list").code == 0
    assert not path.parent.exists()
    assert casebook("--notebook", path, "notes", "add", "nosaku", "Words").code == 0
    (name,) = [copy.stem for copy in folder_of(path).iterdir()]
    path.write_bytes(path.read_bytes()[:5000])
    listed = casebook("--notebook", path, "notes", "restore")
    assert (listed.code, name in listed.out, "1 notes" in listed.out) == (0, True, True)
    restored = casebook("--notebook", path, "notes", "restore", name)
    assert restored.code == 0
    assert "The notebook that was there is kept" in restored.out
    assert _texts(path) == ["Words"]
