"""Damaged books: a right answer, or a sentence. Never a wrong answer without a word."""

from __future__ import annotations

import random
import shutil
import sqlite3
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book import entries, filters, pages
from casebook.book.checksum import Checked, append_checksum, check
from casebook.book.connection import CHANGED, Book, check_header, open_book
from casebook.cli import run
from casebook.comparison.matrix import compare
from casebook.errors import BookError, CasebookError
from casebook.exports.handout import Handout, handout_draft
from casebook.pack.unpacked import write_pack
from casebook.page_documents import whole_page
from casebook.search.finder import search
from casebook.sqlite_errors import words_of
from casebook.timeline import timeline_of
from tests.casebook.book.test_bounds import remade

Casebook = Callable[..., Any]

COMMANDS = (
    ["list"],
    ["show", "nosaku"],
    ["search", "wind bells"],
    ["compare", "nosaku", "takaoka"],
    ["timeline", "nosaku"],
    ["cite", "nosaku#bell"],
    ["sources", "m"],
    ["glossary"],
    ["export", "handout", "nosaku"],
    ["unpack", "{folder}/pack"],
    ["doctor"],
)
WORDS_OF_DAMAGE = ("not as it was built", "damaged", "could not be read", "cannot be", "cut short")


def damaged(data: bytes, seed: int) -> bytes:
    """A book with some of its bits flipped, a part of it zeroed, or its end cut off."""
    random_ = random.Random(seed)
    changed = bytearray(data)
    match seed % 4:
        case 0 | 1:
            for _ in range(random_.choice((1, 1, 8, 40))):
                changed[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
        case 2:
            start = random_.randrange(1, len(data) // 4096) * 4096
            changed[start : start + 4096] = bytes(4096)
        case _:
            del changed[random_.randrange(100, len(data)) :]
    return bytes(changed)


@pytest.fixture
def run_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Path, list[str]], tuple[int, str, str]]:
    """Runs a command in this process: its code and what it printed."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CASEBOOK_NOTEBOOK", str(tmp_path / "notebook.sqlite"))

    def run_command(book: Path, arguments: list[str]) -> tuple[int, str, str]:
        shutil.rmtree(tmp_path / "pack", ignore_errors=True)
        code = run(["--book", str(book), *(one.format(folder=tmp_path) for one in arguments)])
        printed = capsys.readouterr()
        return int(code), printed.out, printed.err

    return run_command


def _survives(
    data: bytes, seed: int, sound: list[tuple[int, str, str]], run_here: Any, path: Path
) -> None:
    path.write_bytes(damaged(data, seed))
    for command, (_, right, _) in zip(COMMANDS, sound, strict=True):
        code, out, err = run_here(path, list(command))
        told = f"seed {seed}, {command}: {code}\n{out}\n{err}"
        assert code in (0, 1, 2, 3), told
        controls = [c for c in out + err if unicodedata.category(c) == "Cc" and c != "\n"]
        assert not controls, told
        if out != right:
            assert code == 3 or any(words in out + err for words in WORDS_OF_DAMAGE), told


def test_damage_is_told_by_every_command(
    small_book: Path, tmp_path: Path, run_here: Callable[[Path, list[str]], tuple[int, str, str]]
) -> None:
    path = tmp_path / "book.sqlite"
    data = small_book.read_bytes()
    path.write_bytes(data)
    sound = [run_here(path, list(command)) for command in COMMANDS]
    assert [code for code, _, _ in sound] == [0] * len(COMMANDS)
    for seed in range(10):
        _survives(data, seed, sound, run_here, path)


@pytest.mark.soak
def test_any_damage_is_told_by_every_command(
    small_book: Path, tmp_path: Path, run_here: Callable[[Path, list[str]], tuple[int, str, str]]
) -> None:
    path = tmp_path / "book.sqlite"
    data = small_book.read_bytes()
    path.write_bytes(data)
    sound = [run_here(path, list(command)) for command in COMMANDS]
    for seed in range(1000, 1300):
        _survives(data, seed, sound, run_here, path)


def test_the_real_command_tells_damage(
    casebook: Casebook, small_book: Path, tmp_path: Path
) -> None:
    path = tmp_path / "book.sqlite"
    path.write_bytes(small_book.read_bytes().replace(b"A wind-bell sells", b"A wind-bull sells"))
    for command in (["list"], ["cite", "nosaku#bell"], ["compare", "nosaku", "takaoka"]):
        ran = casebook("--book", path, *command)
        assert (ran.code, CHANGED in ran.err) == (0, True), ran


def test_every_byte_is_under_the_checksum(small_book: Path, tmp_path: Path) -> None:
    data = small_book.read_bytes()
    path = tmp_path / "book.sqlite"
    random_ = random.Random(7)
    for at in [*range(0, 100, 9), *(random_.randrange(len(data)) for _ in range(40)), -1]:
        changed = bytearray(data)
        changed[at] ^= 4
        path.write_bytes(changed)
        try:
            header = check_header(path)
        except BookError:
            continue
        assert check(path, header) is Checked.CHANGED


def test_a_large_book_is_checked_page_by_page(
    small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What reads parts of pages looks at the pages, where the file is too large to be checked."""
    assert check.__kwdefaults__ is not None
    monkeypatch.setitem(check.__kwdefaults__, "most", 1000)
    path = tmp_path / "book.sqlite"
    path.write_bytes(small_book.read_bytes().replace(b"A wind-bell sells", b"A wind-bull sells"))
    fault = "the page of nosaku is not as it was built"
    for ask in (
        lambda book: compare(book, ["nosaku", "takaoka"]),
        lambda book: timeline_of(book, ["nosaku"]),
        lambda book: handout_draft(book, Handout(compare(book, ["nosaku"]), "", False, ())),
        lambda book: pages.page(book, "nosaku"),
    ):
        with open_book(path) as book:
            assert book.checked is Checked.NOT_CHECKED
            ask(book)
            assert fault in book.faults


def test_each_page_of_a_large_book_is_checked_once(
    small_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search answers every key, mostly with the same hits."""
    assert check.__kwdefaults__ is not None
    monkeypatch.setitem(check.__kwdefaults__, "most", 1000)
    statements: list[str] = []
    with open_book(small_book) as book:
        book.connection.set_trace_callback(statements.append)
        assert search(book, "nosaku").hits
        of_pages = [sql for sql in statements if "FROM teaching_note" in sql]
        statements.clear()
        assert search(book, "nosak").hits
        assert of_pages
        assert not [sql for sql in statements if sql in of_pages]
        assert not book.faults


# Rows that are none


BAD_ROWS = {
    "framework": ("UPDATE framework SET title = ' \n '", "has no title"),
    "framework slug": ("UPDATE framework SET slug = '../x'", "framework"),
    "kind": ("UPDATE entry SET kind = 'nonsense' WHERE slug = 'takaoka'", "is left out"),
    "slug": ("UPDATE entry SET slug = '../../x' WHERE slug = 'takaoka'", "is left out"),
    "title": ("UPDATE entry SET title = '\n' WHERE slug = 'takaoka'", "has no title"),
    "long title": ("UPDATE entry SET title = printf('%.*c', 300, 'x')", "too long"),
    "outcome": ("UPDATE entry SET outcome = 'grand' WHERE slug = 'nosaku'", "an unknown outcome"),
    "csl": ("UPDATE source SET csl = '[1, 2'", "for other programs"),
    "csl types": (
        """UPDATE source SET csl = '{"type": "book", "author": [7], "issued": [1]}'""",
        "for other programs",
    ),
    "source id": ("UPDATE source SET slug = 'a b' WHERE slug = 'x'", "has no id"),
    "event key": ("UPDATE event SET key = 'a' || char(10) || 'b'", "is left out"),
    "event kind": ("UPDATE event SET kind = 'x'", "is left out"),
    "date": ("UPDATE event SET earliest_begin = 'soon'", ""),
    "mark": ("""UPDATE passage SET marks = '[[0,0,"cite","99"],[0,0,"cite","x"]]'""", ""),
    "rating": ("UPDATE assessment SET rating = 'so so'", "is left out"),
    "point": ("UPDATE criterion SET key = key || char(27)", "is left out"),
    "role": ("UPDATE relation SET role = 'x'", "is left out"),
    "alias": ("UPDATE alias SET kind = 'x'", "is left out"),
    "figure": ("UPDATE figure SET kind = 'x'", "is left out"),
    "term": ("UPDATE term SET name = ''", "is left out"),
    "locator": ("UPDATE citation SET locator = 'para. x'", ""),
    "paragraph": ("UPDATE paragraph SET number = 'x' || number", ""),
    "block": ("UPDATE passage SET block = 'x' WHERE position = 2", "is left out"),
    "level": ("UPDATE passage SET level = -4, number = 'x'", ""),
}


@pytest.mark.parametrize("what", BAD_ROWS)
def test_a_bad_row_is_named_and_the_rest_shown(
    what: str,
    small_book: Path,
    tmp_path: Path,
    run_here: Callable[[Path, list[str]], tuple[int, str, str]],
) -> None:
    statement, words = BAD_ROWS[what]
    path = remade(small_book, tmp_path / "bad.sqlite", statement)
    told = ""
    for command in (
        *COMMANDS[:4],
        *COMMANDS[-4:-1],
        ["export", "references", "--format", "ris"],
        ["timeline", "nosaku", "--format", "ics"],
    ):
        code, out, err = run_here(path, list(command))
        assert code in (0, 1), (command, code, err)
        assert out or code == 1, command
        told += err
    assert words in told


def test_facets_offer_what_can_be_chosen(small_book: Path, tmp_path: Path) -> None:
    path = remade(
        small_book, tmp_path / "bad.sqlite", "UPDATE entry SET kind = 'x' || id, outcome = 'y'"
    )
    with open_book(path) as book:
        found = filters.facets(book)
        assert (found["kinds"], found["outcomes"]) == ([], [])
        for values in found.values():
            for value in values:
                assert filters.EntryFilter().toggled(value.facet, value.value)


def test_one_long_word_anywhere_is_cut(small_book: Path, tmp_path: Path) -> None:
    long = "printf('%.*c', 200000, 'w')"
    path = remade(
        small_book,
        tmp_path / "long.sqlite",
        f"UPDATE entry SET outcome_note = {long}",
        f"UPDATE alias SET note = {long}",
        f"UPDATE event SET label = {long}, short = {long}, date_text = {long}",
        f"UPDATE person SET name = {long}, role = {long}, note = {long}",
        f"UPDATE assessment SET evidence = {long}",
        f"UPDATE figure SET measures = {long}, value = {long}",
        f"UPDATE place SET name = {long}, lane = {long}",
        f"UPDATE setting SET size = {long}, years = {long}",
        f"UPDATE source SET reference = {long}, label = {long}, note = {long}",
        f"UPDATE question SET text = {long}",
    )
    with open_book(path) as book:
        document = whole_page(pages.page(book, "nosaku"))
        assert max(len(block.text.plain) for block in document.blocks) < 60_000
        assert len(entries.all_lines(book)) == 3


# Reading that fails


def test_errors_are_told_in_fixed_words(small_book: Path, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.Error) as caught:
        sqlite3.connect(":memory:").execute('SELECT "\x1b]0;x\x07" FROM y')
    assert words_of(caught.value) == "its tables are not as they should be"
    assert words_of(MemoryError()) == "it needs more memory than there is"
    assert words_of(sqlite3.DatabaseError("\x1b[31mred")) == "its content cannot be read"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "more memory"),
        (sqlite3.OperationalError("disk I/O error"), "cannot be read"),
    ],
)
def test_what_fails_in_reading_is_a_sentence(
    error: Exception, words: str, small_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    with open_book(small_book) as book:
        monkeypatch.setattr("casebook.book.connection._rows", fail)
        with pytest.raises(BookError, match=words):
            entries.all_lines(book)


def test_a_file_that_is_cut_while_it_is_open(small_book: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    path.write_bytes(small_book.read_bytes())
    with open_book(path) as book:
        with open(path, "rb+") as file:
            file.truncate(8192)
        with pytest.raises(BookError, match=r"damaged|disk|as they should be"):
            pages.page(book, "nosaku")


def test_a_disk_that_fails_at_opening(small_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("casebook.book.connection.check", fail)
    with pytest.raises(BookError, match=r"cannot be read: Input/output error\."):
        open_book(small_book)


# Doctor, and unpacking


def test_doctor_answers_whatever_its_questions_meet(
    small_book: Path,
    run_here: Callable[[Path, list[str]], tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A deadline that is over, as it is on a large book, ends a question and not the command."""
    monkeypatch.setattr("casebook.book.connection.LONGEST_QUERY_SECONDS", 0.0)
    monkeypatch.setattr("casebook.cli.examination._SECONDS", -100.0)
    code, out, _ = run_here(small_book, ["doctor"])
    assert code == 0, out
    assert "3 more were not checked, because it would have taken too long" in out

    def fail(self: Book, *_: object, **__: object) -> None:
        raise BookError("It could not be read.")

    monkeypatch.setattr(Book, "ask", fail)
    code, out, _ = run_here(small_book, ["doctor"])
    assert code == 1
    assert "It could not be read." in out


def test_doctor_answers_on_a_zeroed_page(
    small_book: Path, tmp_path: Path, run_here: Callable[[Path, list[str]], tuple[int, str, str]]
) -> None:
    data = small_book.read_bytes()
    for page in range(1, len(data) // 4096):
        path = tmp_path / "zeroed.sqlite"
        path.write_bytes(data[: page * 4096] + bytes(4096) + data[page * 4096 + 4096 :])
        code, out, err = run_here(path, ["doctor"])
        assert (code, "Problems" in out) == (1, True), (page, out, err)


def test_a_damaged_book_is_unpacked_with_force_alone(
    casebook: Casebook, small_book: Path, tmp_path: Path
) -> None:
    bad = remade(
        small_book, tmp_path / "bad.sqlite", "UPDATE entry SET kind = 'x' WHERE slug = 'takaoka'"
    )
    before = sorted(tmp_path.iterdir())
    ran = casebook("unpack", tmp_path / "pack", "--book", bad)
    assert (ran.code, "--force" in ran.err, "is left out" in ran.err) == (1, True, True)
    assert sorted(tmp_path.iterdir()) == before
    forced = casebook("unpack", tmp_path / "pack", "--book", bad, "--force")
    assert (forced.code, "is left out" in forced.err) == (0, True)
    assert (tmp_path / "pack" / "firms" / "nosaku.md").exists()
    assert not (tmp_path / "pack" / "regions" / "takaoka.md").exists()


def test_a_pack_that_cannot_be_written_whole_is_not_written(
    small_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("casebook.pack.unpacked.screened_output", fill)
    with open_book(small_book) as book, pytest.raises(CasebookError, match="No space left"):
        write_pack(book, tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []


def test_a_checksum_is_for_books_just_built(small_book: Path) -> None:
    from casebook.sqlite_file import SqliteFileError

    with pytest.raises(SqliteFileError):
        append_checksum(small_book)
