"""The entries as lists show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.book import entries, filters
from casebook.book.connection import Book, open_book
from casebook.book.filters import EntryFilter
from casebook.errors import NotFoundError
from casebook.renderings.columns import entry_lines
from casebook.vocabulary import Kind, Outcome
from tests.conftest import SHIPPED_BOOK
from tui.widgets.entry_list import entry_line


@pytest.fixture
def book(small_book: Path) -> Book:
    return open_book(small_book)


def _slugs(book: Book, chosen: EntryFilter) -> list[str]:
    return [line.slug for line in entries.all_lines(book, chosen)]


def test_cases_come_first(book: Book) -> None:
    assert _slugs(book, EntryFilter()) == ["nosaku", "takaoka", "growers"]


def test_what_lists_in_columns_show_is_the_same_without_the_rest() -> None:
    with open_book(SHIPPED_BOOK) as book:
        whole, brief = entries.all_lines(book), entries.all_lines(book, is_brief=True)
    assert list(entry_lines(brief, None)) == list(entry_lines(whole, None))
    for width in (40, 80, 130):
        assert [entry_line(entry, width) for entry in brief] == [
            entry_line(entry, width) for entry in whole
        ]
    assert any(entry.aliases and entry.setting.industries for entry in whole)
    assert not any(entry.aliases or entry.setting.industries for entry in brief)


@pytest.mark.parametrize(
    ("chosen", "slugs"),
    [
        (EntryFilter(kinds=(Kind.FIRM,)), ["nosaku"]),
        (EntryFilter(kinds=(Kind.FIRM, Kind.REGION)), ["nosaku", "takaoka"]),
        (EntryFilter(countries=("NZ",)), ["growers"]),
        (EntryFilter(industries=("C",)), ["nosaku"]),
        (EntryFilter(industries=("24",)), ["nosaku"]),
        (EntryFilter(industries=("2431",)), []),
        (EntryFilter(outcomes=(Outcome.SUCCESS,)), ["nosaku"]),
        (EntryFilter(kinds=(Kind.FIRM,), countries=("NZ",)), []),
    ],
)
def test_filters(chosen: EntryFilter, slugs: list[str], book: Book) -> None:
    assert _slugs(book, chosen) == slugs


def test_a_filter_is_a_value(book: Book) -> None:
    one = EntryFilter().toggled("kinds", "firm")
    assert one == EntryFilter(kinds=(Kind.FIRM,))
    assert one.toggled("kinds", "firm") == EntryFilter()
    assert not EntryFilter()
    assert bool(one)
    both = one.toggled("countries", "JP").toggled("outcomes", "success").toggled("industries", "C")
    assert filters.words_of(book, both) == "firms; success; in Japan; manufacturing"


def test_facets_count_what_each_value_would_leave(book: Book) -> None:
    facets = filters.facets(book, EntryFilter(kinds=(Kind.FIRM,)))
    kinds = {value.value: value.entries for value in facets["kinds"]}
    assert kinds == {"firm": 1, "region": 1, "organisation": 1}
    assert {value.value for value in facets["countries"]} == {"JP"}
    assert [value.is_chosen for value in facets["kinds"] if value.value == "firm"] == [True]


def test_every_count_is_what_choosing_it_shows(book: Book) -> None:
    chosen = EntryFilter(countries=("JP",))
    facets = filters.facets(book, chosen)
    for facet in filters.FACETS:
        for value in facets[facet]:
            narrowed = chosen.without(facet).toggled(facet, value.value)
            assert len(entries.ids(book, narrowed)) == value.entries


def test_names_of_countries_and_industries(book: Book) -> None:
    assert filters.country_codes(book, ["nz", "japan"]) == ["NZ", "JP"]
    assert filters.industry_codes(book, ["c", "casting of non"]) == ["C", "2432"]
    with pytest.raises(NotFoundError):
        filters.country_codes(book, ["Atlantis"])
    with pytest.raises(NotFoundError):
        filters.industry_codes(book, ["alchemy"])


def test_near_slugs(book: Book) -> None:
    assert entries.near_slugs(book, "nosak") == ["nosaku"]
