"""The shipped packs are clean, and the shipped book is made of them, volume by volume."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.book import entries, pages
from casebook.book.connection import Book, open_book
from casebook.book.page_values import Page
from casebook.book.volumes import volumes
from casebook.pack.build import build_volumes
from casebook.pack.unpacked import write_pack
from casebook.pack.volumes import check_packs
from tests.conftest import SHIPPED_BOOK, SHIPPED_PACKS, rows_of


@pytest.fixture(scope="module")
def book() -> Book:
    return open_book(SHIPPED_BOOK)


@pytest.fixture(scope="module")
def every_page(book: Book) -> dict[str, Page]:
    return {line.slug: pages.page(book, line.slug) for line in entries.all_lines(book)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("built") / "built.sqlite"
    build_volumes(SHIPPED_PACKS, place)
    return place


def test_the_packs_are_clean() -> None:
    problems, count = check_packs(SHIPPED_PACKS)
    assert [str(problem) for problem in problems.in_order()] == []
    assert count > 140


def test_every_pack_is_a_volume(book: Book) -> None:
    assert [volume.slug for volume in volumes(book)] == [pack.name for pack in SHIPPED_PACKS]


def test_the_book_equals_its_packs(built: Path, book: Book) -> None:
    with open_book(built) as anew:
        assert anew.info == book.info, "run `make book` and commit data/cases.sqlite"
    assert rows_of(built) == rows_of(SHIPPED_BOOK)


def test_the_book_written_out_builds_the_same(built: Path, book: Book, tmp_path: Path) -> None:
    write_pack(book, tmp_path / "packs")
    folders = [tmp_path / "packs" / pack.name for pack in SHIPPED_PACKS]
    build_volumes(folders, tmp_path / "again.sqlite")
    # What is built on the book depends on it: not the content alone, every byte.
    assert (tmp_path / "again.sqlite").read_bytes() == built.read_bytes()


def test_a_volume_on_the_first_one_built_gives_the_same_book(
    built: Path, first_volume: Path, tmp_path: Path
) -> None:
    build_volumes(SHIPPED_PACKS[1:], tmp_path / "on.sqlite", on=first_volume)
    assert (tmp_path / "on.sqlite").read_bytes() == built.read_bytes()


def test_no_page_is_damaged_and_nothing_is_left_out(
    book: Book, every_page: dict[str, Page]
) -> None:
    assert [slug for slug, page in every_page.items() if page.is_damaged] == []
    assert book.faults == []


def test_the_first_volume_says_what_it_says_alone(book: Book, first_volume: Path) -> None:
    """What another volume adds stands apart: nothing of the first is changed or hidden."""
    with open_book(first_volume) as alone:
        for slug in entries.slugs(alone):
            before, after = pages.page(alone, slug), pages.page(book, slug).of_own_volume
            assert [one.text for one in after.passages] == [one.text for one in before.passages]
            assert [one.key for one in after.events] == [one.key for one in before.events]
            assert [one.rating for one in after.assessments] == [
                one.rating for one in before.assessments
            ]
            assert [one.slug for one in after.figures] == [one.slug for one in before.figures]
