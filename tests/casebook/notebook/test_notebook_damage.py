"""A damaged notebook is shown as far as it can be read, and what is lost is told."""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from casebook.errors import AlreadyThereError, CasebookError, NotebookError
from casebook.notebook import (
    Notebook,
    NoteTarget,
    Quote,
    bookmarks,
    drafts,
    history,
    notes,
    open_notebook,
)
from casebook.notebook.backup import as_json
from casebook.notebook.copies import rescue
from casebook.notebook.files import APPLICATION_ID, State
from casebook.notebook.listing import Order, counts, items, listing
from casebook.notebook.raw_file import RawFile
from casebook.notebook.values import Note
from tests.conftest import ROOT, Ran

ENTRY = NoteTarget("niches", "nosaku", "Nosaku")
HEADER = 100


def _fill(path: Path, count: int = 40) -> dict[str, Note]:
    """A notebook with something of each kind, short and long; its notes."""
    with open_notebook(path) as notebook:
        for number in range(count):
            place, quote = (
                ("passage:1", Quote("bells", "cast ", " and")) if number % 2 else ("", None)
            )
            target = NoteTarget(
                "niches", f"entry-{number % 7}", f"Entry {number % 7}", place, quote
            )
            notes.add(notebook, target, f"Note {number} " + "words é " * (number * 13 % 90))
        notes.add(notebook, ENTRY, "A long one. " * 3000)
        bookmarks.toggle_bookmark(notebook, "niches", "nosaku", "Nosaku")
        bookmarks.set_tags(notebook, "niches", "nosaku", "Nosaku", ["one", "two"])
        drafts.save(notebook, ENTRY, "A draft")
        for number in range(10):
            history.opened(notebook, "niches", f"entry-{number}", "Entry")
            history.searched(notebook, "niches", f"query {number}")
        return {note.uid: note for note in notes.all_notes(notebook)}


def _ask_everything(notebook: Notebook) -> dict[str, Note]:
    for order in Order:
        items(notebook, listing(notebook, order))
    counts(notebook)
    as_json(notebook)
    return {note.uid: note for note in notes.all_notes(notebook)}


def _count_told(losses: tuple[str, ...]) -> int:
    """How many notes are told to be damaged or missing."""
    missing = [re.match(r"Missing: (\d+) notes?\.", loss) for loss in losses]
    damaged = sum(loss.startswith("Damaged: note ") for loss in losses)
    return damaged + sum(int(found[1]) for found in missing if found)


def _check_flips(folder: Path, seed: int, rounds: int) -> None:
    base = folder / "base.sqlite"
    before = _fill(base)
    whole = base.read_bytes()
    chance = random.Random(seed)
    damaged = 0
    for round_ in range(rounds):
        at = chance.randrange(HEADER if round_ % 5 == 0 else len(whole))
        bit = 1 << chance.randrange(8)
        path = folder / f"{round_}" / "notebook.sqlite"
        path.parent.mkdir()
        path.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        where = f"seed {seed}, round {round_}, byte {at}, bit {bit}"
        try:
            with open_notebook(path) as notebook:
                found = _ask_everything(notebook)
                losses, is_damaged = notebook.losses, notebook.is_damaged
        except NotebookError as error:
            # Only what says which file it is can make it another one.
            assert at < HEADER, (where, error.message)
            continue
        lost = [uid for uid, note in before.items() if found.get(uid) != note]
        assert len(lost) <= _count_told(losses) or "cannot be read" in str(losses), where
        assert is_damaged or not lost, where
        damaged += is_damaged
        if is_damaged:
            assert path.read_bytes()[at] == whole[at] ^ bit, where
    assert damaged > rounds / 4


def test_a_flipped_bit_loses_nothing_without_a_word(tmp_path: Path) -> None:
    _check_flips(tmp_path, seed=20261121, rounds=60)


@pytest.mark.soak
def test_five_hundred_flipped_bits(tmp_path: Path) -> None:
    _check_flips(tmp_path, seed=7, rounds=500)


def _change(path: Path, *statements: str, parameters: tuple[object, ...] = ()) -> None:
    """Changes a notebook as another program does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement, parameters)
        connection.execute("PRAGMA journal_mode = DELETE")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "notebook.sqlite"
    with open_notebook(path) as notebook:
        for word in ("One", "Two", "Three"):
            notes.add(notebook, ENTRY, word)
    return path


def _texts(notebook: Notebook) -> set[str]:
    return {note.text for note in notes.all_notes(notebook)}


def test_a_version_of_zero_is_damage(path: Path) -> None:
    _change(path, "PRAGMA user_version = 0")
    with open_notebook(path) as notebook:
        assert _texts(notebook) == {"One", "Two", "Three"}
        assert (notebook.state, notebook.is_damaged) == (State.READ_ONLY, True)
        assert "Nothing in it is lost" in notebook.trouble
        with pytest.raises(NotebookError, match="rescue"):
            notes.add(notebook, ENTRY, "Four")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE note SET text = 'Too' WHERE text = 'Two'", "Damaged: note"),
        ("UPDATE note SET text = x'54776fff' WHERE text = 'Two'", "Damaged: note"),
        ("UPDATE note SET uid = CAST(x'ff' || substr(uid, 2) AS TEXT) WHERE text = 'Two'", "Damaged: note"),
        ("DELETE FROM note WHERE text = 'Two'", "Missing: 1 note."),
    ],
)  # fmt: skip
def test_what_is_not_as_it_was_written_is_named(path: Path, sql: str, told: str) -> None:
    _change(path, sql)
    with open_notebook(path) as notebook:
        assert {"One", "Three"} <= set(map(str, _texts(notebook)))
        assert any(told in loss for loss in notebook.losses), notebook.losses


def test_a_text_that_became_a_blob_is_shown_as_it_was(path: Path) -> None:
    _change(path, "UPDATE note SET text = CAST(text AS BLOB)")
    with open_notebook(path) as notebook:
        assert _texts(notebook) == {"One", "Two", "Three"}
        assert (notebook.is_damaged, notebook.losses) == (True, ())


def test_one_wrong_byte_in_the_schema(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace(b"CREATE TABLE note ", b"CREATE TABLE\xffnote "))
    with open_notebook(path) as notebook:
        assert _texts(notebook) == {"One", "Two", "Three"}
        assert "schema" in notebook.trouble


def test_what_stands_in_the_log_is_read(path: Path, tmp_path: Path) -> None:
    """A program that was killed leaves its last notes in the write-ahead log."""
    other = tmp_path / "other" / "notebook.sqlite"
    other.parent.mkdir()
    with open_notebook(path) as notebook:
        notes.add(notebook, ENTRY, "In the log")
        assert path.with_name("notebook.sqlite-wal").stat().st_size
        for ending in ("", "-wal"):
            data = path.with_name(f"notebook.sqlite{ending}").read_bytes()
            other.with_name(f"notebook.sqlite{ending}").write_bytes(data)
    rescued = rescue(other, tmp_path / "new.sqlite")
    assert (rescued.counts["note"], rescued.losses) == (4, [])


def test_rescue_saves_what_can_be_read(tmp_path: Path) -> None:
    path, new = tmp_path / "notebook.sqlite", tmp_path / "new.sqlite"
    before = _fill(path)
    _change(path, "UPDATE note SET text = 'Changed' WHERE sequence = 3", "PRAGMA user_version = 0")
    rescued = rescue(path, new)
    assert len(rescued.losses) == 1
    assert new.stat().st_mode & 0o777 == 0o600
    with open_notebook(new) as notebook:
        assert (notebook.state, notebook.losses) == (State.OPEN, ())
        found = _ask_everything(notebook)
        assert sum(found[uid] != note for uid, note in before.items()) == 1
        assert bookmarks.bookmarks(notebook)
        assert notes.add(notebook, ENTRY, "It takes notes again")
    with pytest.raises(AlreadyThereError):
        rescue(path, new)
    (tmp_path / "essay.txt").write_text("No notebook. " * 400, encoding="utf-8")
    with pytest.raises(NotebookError, match="Nothing of a notebook"):
        rescue(tmp_path / "essay.txt", tmp_path / "other.sqlite")
    assert not (tmp_path / "other.sqlite").exists()


def test_a_notebook_of_the_first_version_is_rescued(tmp_path: Path) -> None:
    from casebook.notebook import migrations

    path = tmp_path / "notebook.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for statement in migrations.statements(migrations.steps()[0].sql):
            old.execute(statement)
        old.execute("INSERT INTO notebook VALUES (1, 'abc', '2026-05-01T10:00:00Z')")
        old.execute(
            "INSERT INTO note VALUES (1, 'f00', 1, 'niches', 'nosaku', 'Nosaku', 'entry', '', '',"
            " '', '', '', '[]', 'From before', '2026-05-01T10:00:00Z', '2026-05-01T10:00:00Z', 1)"
        )
        old.execute("INSERT INTO bookmark VALUES (1, 2, 'niches', 'nosaku', 'Nosaku', '2026')")
    with open_notebook(path) as notebook:
        assert notebook.is_damaged
        assert _texts(notebook) == {"From before"}
        assert len(bookmarks.bookmarks(notebook)) == 1
    _change(path, "PRAGMA user_version = 1")
    with open_notebook(path) as notebook:
        assert notebook.state is State.OPEN
        assert notebook.copy == tmp_path / "notebook.version-1.sqlite"
        assert _texts(notebook) == {"From before"}


TRIGGER = "CREATE TRIGGER t AFTER INSERT ON note BEGIN DELETE FROM note WHERE id <> new.id; END"
ENDLESS = (
    "CREATE VIEW note AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
    " SELECT n AS uid, n AS sequence, n AS changed, n AS title, n AS text FROM c"
)


def test_a_trigger_in_a_strangers_notebook_deletes_nothing(
    path: Path, casebook: Callable[..., Ran]
) -> None:
    _change(path, TRIGGER)
    before = path.read_bytes()
    added = casebook("--notebook", path, "notes", "add", "nosaku", "Four")
    assert added.code == 4
    assert "schema is not that of a notebook" in added.err
    assert path.read_bytes() == before
    with open_notebook(path) as notebook:
        assert _texts(notebook) == {"One", "Two", "Three"}


@pytest.mark.parametrize("version", [2, 99])
def test_a_view_without_end_in_a_strangers_notebook(
    path: Path, casebook: Callable[..., Ran], version: int
) -> None:
    _change(path, "ALTER TABLE note RENAME TO gone", ENDLESS, f"PRAGMA user_version = {version}")
    listed = casebook("--notebook", path, "notes", "list")
    assert listed.code == 4
    assert "Three" in listed.out
    doctor = casebook("--notebook", path, "doctor")
    assert doctor.code == 1
    assert "damaged" in doctor.out


def test_commands_show_the_rest_and_end_with_a_code(
    path: Path, tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    _change(path, "UPDATE note SET text = x'ff1b5d303b' WHERE text = 'Two'")
    for command in (("list",), ("list", "--json"), ("export",), ("export", "--format", "json")):
        done = casebook("--notebook", path, "notes", *command)
        assert done.code == 4, done
        assert "One" in done.out
        assert "Damaged: note" in done.err
        assert "rescue" in done.err
        assert "restore" in done.err
        assert "\x1b" not in done.out + done.err
    done = casebook("--notebook", path, "notes", "rescue", "-o", tmp_path / "new.sqlite")
    assert done.code == 4
    assert "3 notes" in done.out
    assert casebook("--notebook", tmp_path / "new.sqlite", "notes", "list").code == 0


def test_the_words_of_sqlite_are_not_quoted(path: Path, casebook: Callable[..., Ran]) -> None:
    """Its messages carry names out of the file."""
    data = path.read_bytes()
    path.write_bytes(data.replace(b"CREATE TABLE note ", b"CREATE TABLE \x1b]0;note", 1))
    done = casebook("--notebook", path, "notes", "list")
    assert "]0;" not in done.err
    assert "malformed" not in done.err


def test_undo_of_damaged_rows_is_refused(path: Path) -> None:
    from casebook.notebook import row_digests
    from casebook.notebook.undo import undo

    for touched in (
        "[",
        "[[1]]",
        '[["note", {"uid\\" = 1 --": 2}, null]]',
        '[["sqlite_master", {}, {}]]',
    ):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("UPDATE change SET touched = ?, is_undone = 0", (touched,))
            connection.execute("BEGIN")
            row_digests.digest_all(connection)
            connection.execute("COMMIT")
        with open_notebook(path) as notebook:
            assert not notebook.is_damaged
            undone = undo(notebook, of_any_window=True)
            assert undone is not None
            assert not undone.is_done
            assert _texts(notebook) == {"One", "Two", "Three"}


KILLED = """
import os, signal, sys
from pathlib import Path
from casebook import atomic
from casebook.notebook import NoteTarget, notes, open_notebook
def move_to_free_place(made, target):
    os.kill(os.getpid(), signal.SIGKILL)
atomic.move_to_free_place = move_to_free_place
with open_notebook(Path(sys.argv[1])) as notebook:
    notes.add(notebook, NoteTarget("niches", "nosaku", "Nosaku"), "Words")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_kill_during_the_first_note_leaves_nothing_for_long(tmp_path: Path) -> None:
    path = tmp_path / "notebook.sqlite"
    subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT, check=False)
    left = list(tmp_path.glob(".casebook-*"))
    assert left
    others = [tmp_path / ".casebook-1-2.part", tmp_path / ".casebook-notes.part"]
    for other in others:
        other.write_text("Another program's", encoding="utf-8")
    with open_notebook(path) as notebook:
        notes.add(notebook, ENTRY, "Words")
    assert sorted(tmp_path.glob(".casebook-*")) == sorted(others)


def test_a_notebook_through_a_link_that_leads_nowhere_is_the_readers_alone(tmp_path: Path) -> None:
    link, target = tmp_path / "notebook.sqlite", tmp_path / "elsewhere" / "mine.sqlite"
    link.symlink_to(target)
    with open_notebook(link) as notebook:
        notes.add(notebook, ENTRY, "Private")
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600
    with open_notebook(link) as notebook:
        assert _texts(notebook) == {"Private"}


def test_a_failure_that_nobody_foresaw_is_one_sentence(path: Path) -> None:
    with open_notebook(path) as notebook, pytest.raises(CasebookError) as raised:
        notebook.ask("SELECT secret FROM nowhere")
    assert "secret" not in raised.value.message
    assert "nowhere" not in raised.value.message


def test_rows_that_share_their_pages_do_not_fill_the_memory(tmp_path: Path) -> None:
    """Every row of a page leads to the same long text: a small file that reads as a large one."""
    path = tmp_path / "notebook.sqlite"
    with open_notebook(path) as notebook:
        for number in range(300):
            notes.add(notebook, ENTRY, f"{number} " + "x" * 9_000)
        notes.add(notebook, ENTRY, "A long one " * 18_000)
        notebook.close()
    size = 4096
    data = bytearray(path.read_bytes())
    for page in range(size, len(data), size):
        if data[page] == 0x0D:
            first = data[page + 8 : page + 10]
            for slot in range(int.from_bytes(data[page + 3 : page + 5], "big")):
                data[page + 8 + 2 * slot : page + 10 + 2 * slot] = first
    path.write_bytes(bytes(data))
    with open_notebook(path) as notebook:
        assert notebook.is_damaged
        assert notebook.losses
    with RawFile(path) as file:
        read = sum(len(str(row.values)) for row in file.rows())
    assert read < 4 * len(data)


def test_the_pages_of_long_texts_are_not_searched_for_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text of megabytes looks like thousands of rows at any place of it."""
    path = tmp_path / "notebook.sqlite"
    _fill(path)
    _change(path, "UPDATE note SET title = replace(hex(zeroblob(20000)), '0', '- a')")
    tried = 0
    row_at = RawFile._row_at

    def counted(file: RawFile, page: bytes, at: int) -> object:
        nonlocal tried
        tried += 1
        return row_at(file, page, at)

    monkeypatch.setattr(RawFile, "_row_at", counted)
    with open_notebook(path) as notebook:
        assert len(notes.all_notes(notebook)) == 41
        assert sum(loss.startswith("Damaged: note") for loss in notebook.losses) == 41
    assert tried < 50_000


def test_a_text_that_is_no_note_is_cut_before_it_is_made_safe(path: Path) -> None:
    from casebook.notebook import files, row_digests

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE note SET text = ? WHERE text = 'Two'", ("\x1b" * 3_000_000,))
        connection.execute("BEGIN")
        row_digests.digest_all(connection)
        connection.execute("COMMIT")
    with open_notebook(path) as notebook:
        assert max(map(len, _texts(notebook))) == files.LONGEST_TEXT


def test_a_blob_in_a_newer_notebook_ends_in_a_sentence(
    path: Path, casebook: Callable[..., Ran]
) -> None:
    _change(path, "UPDATE note SET text = x'ff' WHERE text = 'Two'", "PRAGMA user_version = 99")
    listed = casebook("--notebook", path, "notes", "list")
    assert listed.code == 4
    assert "One" in listed.out
