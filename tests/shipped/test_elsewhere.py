"""What the second volume of the shipped book says, and what it rests on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from casebook.book import entries, pages
from casebook.book.connection import Book, open_book
from casebook.book.page_values import Page
from casebook.vocabulary import Outcome, Rating
from tests.conftest import SHIPPED_BOOK, SHIPPED_PACKS

PACK = SHIPPED_PACKS[1]
CHECKLIST = "success-checklist"


@pytest.fixture(scope="module")
def book() -> Iterator[Book]:
    with open_book(SHIPPED_BOOK) as opened:
        yield opened


@pytest.fixture(scope="module")
def own_pages(book: Book) -> list[Page]:
    return [
        pages.page(book, line.slug) for line in entries.all_lines(book) if line.volume == PACK.name
    ]


@pytest.fixture(scope="module")
def grades() -> dict[str, str]:
    items = json.loads((PACK / "sources.json").read_text(encoding="utf-8"))
    found = {}
    for item in items:
        said = re.match(r"Grade: ([ABC])\. Read: (whole|in part)\.", item["custom"]["note"])
        assert said, item["id"]
        found[item["id"]] = said[1]
    return found


def test_every_case_has_what_a_case_needs(own_pages: list[Page]) -> None:
    assert len(own_pages) >= 34
    for page in own_pages:
        dated = [event for event in page.own_events if event.edtf]
        assert len(dated) >= 3, page.entry.slug
        assert page.entry.setting.places, page.entry.slug
        assert page.entry.outcome, page.entry.slug
        assert [one for one in page.assessments if one.framework == CHECKLIST], page.entry.slug
        assert all(one.citations for one in page.assessments), page.entry.slug


def test_every_case_rests_on_more_than_an_encyclopaedia(
    own_pages: list[Page], grades: dict[str, str]
) -> None:
    for page in own_pages:
        cited = {one.source for event in page.own_events for one in event.citations}
        cited |= {one.source for passage in page.passages for one in passage.text.citations}
        assert {grades.get(source) for source in cited} & {"A", "B"}, page.entry.slug


def test_failures_are_told_and_rated(book: Book, own_pages: list[Page]) -> None:
    poor = [
        page for page in own_pages if page.entry.outcome in (Outcome.FAILED, Outcome.STRUGGLING)
    ]
    assert len(poor) >= 8
    ((not_met,),) = book.ask(
        "SELECT count(*) FROM assessment WHERE rating = ?", [Rating.NOT_MET.value]
    )
    assert not_met >= 30


def test_it_tells_of_many_countries(own_pages: list[Page]) -> None:
    """By the first place of each case."""
    homes = {page.entry.setting.places[0].country for page in own_pages}
    assert len(homes - {"JP", ""}) >= 8
