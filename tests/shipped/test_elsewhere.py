"""What the second volume of the shipped book says, and what it rests on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from casebook.book import entries, pages
from casebook.book.connection import Book, open_book
from casebook.book.entries import slugs
from casebook.book.filters import EntryFilter
from casebook.book.page_values import Page
from casebook.book.sources import sources
from casebook.vocabulary import Outcome, Rating
from tests.conftest import SHIPPED_BOOK, SHIPPED_PACKS

PACK = SHIPPED_PACKS[1]
CHECKLIST = "success-checklist"
WITHOUT_ADDRESS = "yun2007"
"""It was read in a copy whose address is not known."""


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
def grades(book: Book) -> dict[str, str]:
    read = [source for source in sources(book) if source.is_read]
    for source in read:
        assert source.grade, source.slug
        assert source.extent, source.slug
    return {source.slug: source.grade or "" for source in read}


def test_every_source_of_the_second_volume_says_when_and_where_it_was_read(book: Book) -> None:
    own = {item["id"] for item in json.loads((PACK / "sources.json").read_text(encoding="utf-8"))}
    for source in sources(book):
        if source.slug in own:
            assert source.accessed, source.slug
            assert source.address.startswith("http") or source.slug == WITHOUT_ADDRESS
        assert "Grade:" not in source.note


def test_a_list_is_narrowed_by_what_pages_rest_on(book: Book) -> None:
    """The grades of an entry are those of the sources that its page names."""
    for line in entries.all_lines(book):
        found = {source.grade for source in pages.page(book, line.slug).sources.values()}
        for grades in ("A", "B", "C", "AB", "BC", "ABC"):
            only = line.slug in entries.slugs(book, EntryFilter(only=(grades,)))
            has = line.slug in entries.slugs(book, EntryFilter(has=(grades,)))
            assert only is (bool(found) and found <= set(grades)), line.slug
            assert has is bool(found & set(grades)), line.slug


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
        page
        for page in own_pages
        if {Outcome.FAILED, Outcome.STRUGGLING} & set(page.entry.outcomes)
    ]
    assert len(poor) >= 10
    ((not_met,),) = book.ask(
        "SELECT count(*) FROM assessment WHERE rating = ?", [Rating.NOT_MET.value]
    )
    assert not_met >= 40


def test_what_its_sources_disagree_on_stands_side_by_side(book: Book) -> None:
    daegu = pages.page(book, "daegu-milano-project")
    assert daegu.entry.outcomes == (Outcome.FAILED, Outcome.MIXED)
    contested = [line for line in daegu.assessments if line.accounts]
    assert [(line.key, [one.rating for one in line.accounts]) for line in contested] == [
        ("g", [Rating.NOT_MET, Rating.PARTLY])
    ]
    assert all(account.citations for line in contested for account in line.accounts)
    for outcome in daegu.entry.outcomes:
        assert "daegu-milano-project" in slugs(book, EntryFilter(outcomes=(outcome,)))


def test_it_tells_of_many_countries(own_pages: list[Page]) -> None:
    """By the first place of each case."""
    homes = {page.entry.setting.places[0].country for page in own_pages}
    assert len(homes - {"JP", ""}) >= 8


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ("zespri-kiwifruit", "ghana-pineapples", ("Ghana", "Zespri")),
        ("taiwan-orchids", "asiro-gentian-alliance", ("Asiro", "orchids")),
        ("koshu-of-japan", "asiro-gentian-alliance", ("Asiro", "Koshu")),
        ("steiff", "waterford-wedgwood", ("Waterford", "Steiff")),
        ("tuttlingen-surgical", "sialkot-footballs", ("Sialkot", "Tuttlingen")),
        ("kuapa-kokoo-divine", "kenya-flowers", ("Kenya", "Divine")),
        ("daegu-milano-project", "kitagawa-yuzu", ("Kitagawa", "Daegu")),
        ("harris-tweed", "ajisen", ("Ajisen", "Harris Tweed")),
    ],
)
def test_pairs_that_teach_are_linked_and_asked_about(
    book: Book, one: str, other: str, names: tuple[str, str]
) -> None:
    first, second = pages.page(book, one), pages.page(book, other)
    assert other in {line.other.slug for line in first.relations}
    assert one in {line.other.slug for line in second.relations}
    asked = [*((names[0], line) for line in first.questions)]
    asked += [(names[1], line) for line in second.questions]
    assert any(name in line.text for name, line in asked)


def test_places_can_be_put_on_a_map(book: Book) -> None:
    """All but regions of the world, which have no middle to name."""
    rows = book.ask("SELECT slug FROM place WHERE latitude IS NULL")
    assert {slug for (slug,) in rows} == {
        "africa", "america", "asia", "europe", "latin-america", "north-america", "not-told",
        "overseas", "southeast-asia",
    }  # fmt: skip


def test_the_method_note_counts_what_the_volume_has(own_pages: list[Page]) -> None:
    own = json.loads((PACK / "sources.json").read_text(encoding="utf-8"))
    read = Counter(item["custom"]["read"] for item in own)
    grades = Counter(item["custom"]["grade"] for item in own)
    note = " ".join((PACK / "glossary.yaml").read_text(encoding="utf-8").split())
    assert f"There are {len(own_pages)} cases" in note
    assert (
        f"Of {len(own):,} sources {read['whole']} were read whole and {read['in part']} in part"
    ) in note
    assert f"{grades['A']} are of grade A, {grades['B']} of B and {grades['C']} of C" in note
