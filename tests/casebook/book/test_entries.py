"""The entries as lists show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.book import entries
from casebook.book.connection import Book, open_book
from casebook.book.entries import ShelfFilter
from casebook.errors import NotFoundError
from casebook.vocabulary import Kind, Outcome


@pytest.fixture
def book(small_book: Path) -> Book:
    return open_book(small_book)


def _slugs(book: Book, chosen: ShelfFilter) -> list[str]:
    return [line.slug for line in entries.all_lines(book, chosen)]


def test_cases_come_first(book: Book) -> None:
    assert _slugs(book, ShelfFilter()) == ["nosaku", "takaoka", "growers"]


@pytest.mark.parametrize(
    ("chosen", "slugs"),
    [
        (ShelfFilter(kinds=(Kind.FIRM,)), ["nosaku"]),
        (ShelfFilter(kinds=(Kind.FIRM, Kind.REGION)), ["nosaku", "takaoka"]),
        (ShelfFilter(countries=("NZ",)), ["growers"]),
        (ShelfFilter(industries=("C",)), ["nosaku"]),
        (ShelfFilter(industries=("24",)), ["nosaku"]),
        (ShelfFilter(industries=("2431",)), []),
        (ShelfFilter(outcomes=(Outcome.SUCCESS,)), ["nosaku"]),
        (ShelfFilter(kinds=(Kind.FIRM,), countries=("NZ",)), []),
    ],
)
def test_filters(chosen: ShelfFilter, slugs: list[str], book: Book) -> None:
    assert _slugs(book, chosen) == slugs


def test_a_filter_is_a_value(book: Book) -> None:
    one = ShelfFilter().toggled("kinds", "firm")
    assert one == ShelfFilter(kinds=(Kind.FIRM,))
    assert one.toggled("kinds", "firm") == ShelfFilter()
    assert not ShelfFilter()
    assert bool(one)
    both = one.toggled("countries", "JP").toggled("outcomes", "success").toggled("industries", "C")
    assert entries.said(book, both) == "firms; success; in Japan; manufacturing"


def test_facets_count_what_each_value_would_leave(book: Book) -> None:
    facets = entries.facets(book, ShelfFilter(kinds=(Kind.FIRM,)))
    kinds = {value.value: value.entries for value in facets["kinds"]}
    assert kinds == {"firm": 1, "region": 1, "organisation": 1}
    assert {value.value for value in facets["countries"]} == {"JP"}
    assert [value.is_chosen for value in facets["kinds"] if value.value == "firm"] == [True]


def test_every_count_is_what_choosing_it_shows(book: Book) -> None:
    chosen = ShelfFilter(countries=("JP",))
    facets = entries.facets(book, chosen)
    for facet in entries.FACETS:
        for value in facets[facet]:
            narrowed = chosen.without(facet).toggled(facet, value.value)
            assert len(entries.ids(book, narrowed)) == value.entries


def test_names_of_countries_and_industries(book: Book) -> None:
    assert entries.country_codes(book, ["nz", "japan"]) == ["NZ", "JP"]
    assert entries.industry_codes(book, ["c", "casting of non"]) == ["C", "2432"]
    with pytest.raises(NotFoundError):
        entries.country_codes(book, ["Atlantis"])
    with pytest.raises(NotFoundError):
        entries.industry_codes(book, ["alchemy"])


def test_near_slugs(book: Book) -> None:
    assert entries.near_slugs(book, "nosak") == ["nosaku"]
