"""A book is made of a pack, the same from the same, and whole or not at all."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.book import pages
from casebook.book.connection import open_book
from casebook.errors import BookError
from casebook.pack.build import build_book
from casebook.pack.problems import PackError
from casebook.pack.unpacked import write_pack as write_out
from casebook.schema import APPLICATION_ID, SCHEMA_VERSION
from tests.conftest import SMALL_PACK, Ran, rows_of, write_files


def test_the_same_pack_gives_the_same_content(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    one, two = tmp_path / "one.sqlite", tmp_path / "two.sqlite"
    build_book(write_pack(name="a"), one)
    build_book(write_pack(name="b"), two)
    assert rows_of(one) == rows_of(two)


def test_another_pack_gives_another_content(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    changed = SMALL_PACK["regions/takaoka.md"].replace("A city", "A town")
    build_book(write_pack(name="a"), tmp_path / "a.sqlite")
    build_book(write_pack({"regions/takaoka.md": changed}, name="b"), tmp_path / "b.sqlite")
    with open_book(tmp_path / "a.sqlite") as one, open_book(tmp_path / "b.sqlite") as two:
        assert one.info.content_hash != two.info.content_hash


def test_the_file_is_marked_and_sound(small_book: Path) -> None:
    with sqlite3.connect(small_book) as connection:

        def one(sql: str) -> object:
            return connection.execute(sql).fetchone()[0]

        assert one("PRAGMA application_id") == APPLICATION_ID
        assert one("PRAGMA user_version") == SCHEMA_VERSION
        assert one("PRAGMA journal_mode") == "delete"
        assert one("PRAGMA integrity_check") == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO event SELECT 1, 99, 0, 'k', 'l', 's', 'founding', NULL, 'd', '2003', 0, '',"
        " 1, 1, 1, 1",
        "UPDATE entry SET kind = 'shop'",
        "UPDATE entry SET outcome = 'great'",
        "UPDATE event SET earliest_begin = 5, latest_begin = 4",
        "UPDATE assessment SET rating = 'silent'",
        "UPDATE assessment SET evidence = ''",
        "UPDATE relation SET object_id = 99",
        "DELETE FROM entry WHERE slug = 'takaoka'",
    ],
)
def test_sqlite_itself_guards_the_words(sql: str, small_book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(small_book.read_bytes())
    with sqlite3.connect(copy) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(sql)


def test_a_pack_with_errors_makes_no_book(write_pack: Callable[..., Path], tmp_path: Path) -> None:
    target = tmp_path / "out" / "book.sqlite"
    with pytest.raises(PackError) as caught:
        build_book(write_pack({"firms/nosaku.md": "nonsense"}), target)
    assert caught.value.problems
    assert not target.parent.exists()


def test_an_error_leaves_the_old_book_alone(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    target = tmp_path / "book.sqlite"
    build_book(write_pack(), target)
    before = target.read_bytes()
    with pytest.raises(PackError):
        build_book(write_pack({"firms/nosaku.md": "nonsense"}, name="b"), target)
    assert target.read_bytes() == before


def test_only_a_book_is_replaced_without_force(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    target = tmp_path / "thesis.docx"
    target.write_text("years of work", encoding="utf-8")
    with pytest.raises(BookError, match="--force"):
        build_book(write_pack(), target)
    assert target.read_text(encoding="utf-8") == "years of work"
    build_book(write_pack(), target, force=True)
    build_book(write_pack(), target)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such mode")
def test_a_folder_that_cannot_be_written(write_pack: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BookError, match="cannot be written"):
        build_book(write_pack(), tmp_path / "file" / "book.sqlite")


def test_what_is_written_back_builds_the_same(small_book: Path, tmp_path: Path) -> None:
    with open_book(small_book) as book:
        write_out(book, tmp_path / "pack")
        first = {slug: pages.page(book, slug) for slug in ("nosaku", "takaoka", "growers")}
    build_book(tmp_path / "pack", tmp_path / "again.sqlite")
    with open_book(tmp_path / "again.sqlite") as book:
        again = {slug: pages.page(book, slug) for slug in first}
    assert again == first


_ENTRY = """\
---
kind: region
title: {title}
summary: {summary}
setting:
  place: takaoka [@m, para. 9]
outcome: "open: x [@m, para. 9]"
---

{body} [@m, para. 9]
"""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(title=st.text(max_size=60), body=st.text(max_size=200))
def test_any_text_in_an_entry_builds_or_is_refused(
    title: str, body: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import json

    folder = tmp_path_factory.mktemp("any")
    entry = _ENTRY.format(
        title=json.dumps(title), summary=json.dumps(f"{body} [@m, para. 1]"), body=body
    )
    files: dict[str, str | bytes] = dict(SMALL_PACK)
    files["regions/x.md"] = entry.encode("utf-8", "replace")
    try:
        build_book(write_files(folder / "pack", files), folder / "book.sqlite")
    except PackError as error:
        assert all(problem.message for problem in error.problems)
        return
    with open_book(folder / "book.sqlite") as book:
        page = pages.page(book, "x")
        assert not page.is_damaged
        assert page.entry.title


def test_a_build_that_fails_leaves_no_folder(
    casebook: Callable[..., Ran], write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    pack = write_pack({"firms/bad.md": "---\nkind: firm\n---\n"})
    target = tmp_path / "missing" / "deep" / "a.sqlite"
    assert casebook("build", pack, "-o", target).code == 1
    assert not target.parent.parent.exists()
