"""A file is a book, or a sentence says why not; nothing is ever written."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from casebook.book import entries, pages
from casebook.book.checksum import Checked
from casebook.book.connection import CHANGED, LONGEST_QUERY_SECONDS, open_book
from casebook.errors import BookError, NotFoundError


@pytest.fixture
def book_copy(small_book: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(small_book.read_bytes())
    return copy


def _refused(path: Path) -> str:
    with pytest.raises(BookError) as caught:
        open_book(path)
    message = caught.value.message
    assert message.endswith(".")
    assert "\n" not in message
    return message


def test_a_missing_book_is_not_made(tmp_path: Path) -> None:
    assert "no book at" in _refused(tmp_path / "missing.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_no_books(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "text").write_text("x" * 500, encoding="utf-8")
    (tmp_path / "short").write_bytes(b"SQLite format 3\0")
    sqlite3.connect(tmp_path / "other").execute("CREATE TABLE t (x)").connection.close()
    assert "is empty" in _refused(tmp_path / "empty")
    assert "not an SQLite file" in _refused(tmp_path / "text")
    assert "not an SQLite file" in _refused(tmp_path / "short")
    assert "not a casebook" in _refused(tmp_path / "other")
    assert "a folder, not a casebook" in _refused(tmp_path)
    assert "not a path" in _refused(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in _refused(tmp_path / "pipe")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_book(book_copy: Path) -> None:
    book_copy.chmod(0)
    assert "cannot be read" in _refused(book_copy)


@pytest.mark.parametrize(("version", "words"), [(99, "A newer Casebook"), (0, "Build it again")])
def test_other_versions(version: int, words: str, book_copy: Path) -> None:
    with sqlite3.connect(book_copy) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    assert words in _refused(book_copy)


def test_every_truncation_is_refused_or_told(book_copy: Path, tmp_path: Path) -> None:
    data = book_copy.read_bytes()
    for length in [*range(0, 200, 13), *range(200, len(data), len(data) // 25)]:
        cut = tmp_path / "cut.sqlite"
        cut.write_bytes(data[:length])
        _refused(cut)


def test_a_book_in_write_ahead_mode_is_refused(book_copy: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(book_copy)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    assert "write-ahead" in _refused(book_copy)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER INSERT ON entry BEGIN SELECT 1; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE extra (x)",
        "DROP TABLE teaching_note",
        "ALTER TABLE entry ADD COLUMN x GENERATED ALWAYS AS (1)",
        "DROP TABLE place_alias; CREATE VIEW place_alias AS WITH RECURSIVE r(x, y) AS"
        " (SELECT 1, 1 UNION ALL SELECT x + 1, 1 FROM r) SELECT x AS place_id, y AS text FROM r",
    ],
)
def test_another_schema_is_refused(sql: str, book_copy: Path) -> None:
    with sqlite3.connect(book_copy) as connection:
        connection.executescript(sql)
    assert "its tables are not those of one" in _refused(book_copy)


def test_opening_writes_nothing(small_book: Path) -> None:
    before = (sorted(small_book.parent.iterdir()), small_book.read_bytes(), small_book.stat())
    with open_book(small_book) as book:
        entries.all_lines(book)
        pages.page(book, "nosaku")
        with pytest.raises(BookError):
            book.ask("DELETE FROM entry")
    after = (sorted(small_book.parent.iterdir()), small_book.read_bytes(), small_book.stat())
    assert before[:2] == after[:2]
    assert before[2].st_mtime_ns == after[2].st_mtime_ns


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such mode")
def test_a_book_in_a_read_only_folder_opens(small_book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "read only ?#%"
    folder.mkdir()
    path = folder / "b?#%20.sqlite"
    path.write_bytes(small_book.read_bytes())
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with open_book(path) as book:
            assert len(entries.all_lines(book)) == 3
    finally:
        folder.chmod(0o700)


def _vandalise(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)


def test_one_bad_row_hides_no_other(book_copy: Path) -> None:
    _vandalise(book_copy, "UPDATE entry SET kind = 'nonsense' WHERE slug = 'takaoka'")
    with open_book(book_copy) as book:
        assert [line.slug for line in entries.all_lines(book)] == ["nosaku", "growers"]
        assert book.faults[0] == CHANGED
        assert "is left out" in book.faults[1]


def test_wrong_types_and_bad_text_are_survived(book_copy: Path) -> None:
    _vandalise(
        book_copy,
        "UPDATE entry SET title = CAST(x'ff1b5b33316d' AS TEXT) WHERE slug = 'nosaku'",
        'UPDATE passage SET marks = \'[[0,999,"em",""],[1,2,"evil",""],7]\' WHERE position = 0',
        "UPDATE passage SET text = 17, level = 'deep' WHERE position = 1",
        "UPDATE event SET earliest_begin = -5, latest_begin = 'soon'",
        "UPDATE setting SET size = x'00ff'",
        "UPDATE citation SET locator = '\x1b]52;c;x\x07'",
    )
    with open_book(book_copy) as book:
        page = pages.page(book, "nosaku")
        assert page.is_damaged
        assert "\x1b" not in repr(page)
        assert len(entries.all_lines(book)) == 3


def test_a_file_may_be_held_against_its_checksum_later(book_copy: Path) -> None:
    with open_book(book_copy, is_checked_later=True) as book:
        assert book.checked is Checked.NOT_CHECKED
        book.check_file()
        assert (book.checked, book.faults) == (Checked.AS_BUILT, [])
    book_copy.write_bytes(book_copy.read_bytes()[:-2] + b"x\n")
    with open_book(book_copy, is_checked_later=True) as book:
        assert book.faults == []
        book.check_file()
        book.check_file()
        assert book.faults == [CHANGED]


def test_a_changed_page_is_noticed(book_copy: Path) -> None:
    data = book_copy.read_bytes()
    assert b"A wind-bell sells" in data
    book_copy.write_bytes(data.replace(b"A wind-bell sells", b"A wind-bull sells"))
    with open_book(book_copy) as book:
        assert pages.page(book, "nosaku").is_damaged
        assert not pages.page(book, "takaoka").is_damaged


def test_a_giant_passage_is_cut(book_copy: Path) -> None:
    _vandalise(book_copy, f"UPDATE passage SET text = '{'x' * 1_000_000}' WHERE position = 2")
    with open_book(book_copy) as book:
        texts = [passage.text.plain for passage in pages.page(book, "nosaku").passages]
        assert max(map(len, texts)) < 30_000
        assert any("cut here" in text for text in texts)


def test_an_endless_query_is_given_up(small_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert LONGEST_QUERY_SECONDS <= 10
    monkeypatch.setattr("casebook.book.connection.LONGEST_QUERY_SECONDS", 0.05)
    with open_book(small_book) as book, pytest.raises(BookError, match="took too long"):
        book.ask(
            "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT max(x) FROM r"
        )


def test_what_is_not_there(small_book: Path) -> None:
    with open_book(small_book) as book, pytest.raises(NotFoundError):
        pages.page(book, "\x1bnowhere")


@pytest.mark.soak
def test_any_flipped_byte_is_survived(book_copy: Path, tmp_path: Path) -> None:
    import random

    data = book_copy.read_bytes()
    random_ = random.Random(20101006)
    path = tmp_path / "flipped.sqlite"
    for _ in range(400):
        flipped = bytearray(data)
        for _ in range(random_.choice((1, 1, 8))):
            flipped[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
        path.write_bytes(flipped)
        try:
            with open_book(path) as book:
                for line in entries.all_lines(book):
                    assert "\x1b" not in repr(pages.page(book, line.slug))
        except (BookError, NotFoundError) as error:
            assert error.message


def test_giant_names_are_cut(small_book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "giant.sqlite"
    copy.write_bytes(small_book.read_bytes())
    with sqlite3.connect(copy, isolation_level=None) as connection:
        connection.execute("UPDATE entry SET title = ?", ["x" * 20_000])
    connection.close()
    with open_book(copy) as book:
        assert {len(line.title) for line in entries.all_lines(book)} == {251}
