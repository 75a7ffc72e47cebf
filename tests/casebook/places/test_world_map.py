"""What a map shows, and how it is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from casebook.book.connection import open_book
from casebook.book.values import Coordinates
from casebook.errors import NotFoundError
from casebook.pack.build import build_book
from casebook.places.documents import map_document
from casebook.places.drawing import (
    CHOSEN,
    COUNTRY,
    LEGEND,
    TOWN,
    cells_view,
    drawn,
    legend_lines,
)
from casebook.places.projection import fitted, whole_world
from casebook.places.ways import ways_of
from casebook.places.world_map import WorldMap, world_map
from tests.conftest import SHIPPED_BOOK, SMALL_PACK, write_files

PLACES = """\
places:
  - {slug: japan, name: Japan, country: JP, latitude: 36.2, longitude: 138.3}
  - {slug: takaoka, name: 高岡市, country: JP, within: japan, latitude: 36.75, longitude: 137.0}
  - {slug: new-zealand, name: New Zealand, country: NZ, latitude: -41.5, longitude: 172.8}
  - {slug: chile, name: Chile, country: CL, latitude: -35.7, longitude: -71.5}
  - {slug: overseas, name: Overseas}
"""
EVENTS = """\
---
kind: alliance
title: Bell alliance
summary: They ring [@m, para. 2].
setting:
  place: takaoka, overseas [@m, para. 2]
outcome: "open: nobody knows [@m, para. 2]"
events:
  - key: vow
    what: They agree [@m, para. 2]
    when: {text: once, edtf: "[..2010]", inferred: "Before the talk [@m, para. 2]"}
    kind: alliance
    place: takaoka
  - key: visit
    what: They travel [@m, para. 3]
    when: {text: about the turn of the century, edtf: "[2000..2003]"}
    kind: other
    place: new-zealand
    after: vow [@m, para. 3]
  - key: sale
    what: They sell [@m, para. 4]
    when: {text: soon, edtf: "[2003..2005]"}
    kind: export
    place: chile
---
"""


@pytest.fixture(scope="module")
def bells(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bells")
    files: dict[str, str | bytes] = {**SMALL_PACK, "places.yaml": PLACES}
    files["alliances/bells.md"] = EVENTS
    build_book(write_files(folder / "pack", files), folder / "bells.sqlite")
    return folder / "bells.sqlite"


def map_of(book: Path, *slugs: str) -> WorldMap:
    with open_book(book) as opened:
        return world_map(opened, slugs or None)


def test_an_alliance_goes_from_event_to_event(bells: Path) -> None:
    value = map_of(bells, "bells")
    assert [point.place.slug for point in value.points] == ["takaoka", "new-zealand", "chile"]
    assert [(leg.start, leg.end, leg.is_certain) for leg in value.legs] == [
        ("takaoka", "new-zealand", True),
        ("new-zealand", "chile", False),
    ]


def test_a_place_without_coordinates_is_named_beside(bells: Path) -> None:
    value = map_of(bells, "bells")
    assert [place.place.slug for place in value.unplaced] == ["overseas"]
    words = "\n".join(block.text.plain for block in map_document(value).blocks)
    assert "Overseas: Bell alliance" in words


def test_the_book_has_all_of_its_places(bells: Path) -> None:
    value = map_of(bells)
    assert {point.place.slug for point in value.points} == {"takaoka", "new-zealand", "chile"}
    takaoka = value.point("takaoka")
    assert takaoka is not None
    assert {entry.slug for entry in takaoka.entries} == {"bells", "nosaku", "takaoka"}


def test_an_entry_that_is_not_there(bells: Path) -> None:
    with pytest.raises(NotFoundError):
        map_of(bells, "no-such")


@pytest.mark.parametrize("size", [(80, 20), (30, 8), (200, 50), (1, 1)])
def test_rows_fill_the_width(bells: Path, size: tuple[int, int]) -> None:
    """A name in Japanese takes two cells a letter, and pushes nothing off its row."""
    value = map_of(bells, "bells")
    view = fitted([point.at for point in value.points if point.at], 1, 1)
    for row in drawn(value, cells_view(view, *size), "takaoka").rows:
        assert sum(cell_len(run.text) for run in row) == size[0]


def test_towns_and_countries_have_signs_of_their_own(bells: Path) -> None:
    value = map_of(bells, "bells")
    view = fitted([point.at for point in value.points if point.at], 200, 100)
    picture = "\n".join(drawn(value, cells_view(view, 100, 25)).lines)
    assert picture.count(TOWN) == 1
    assert picture.count(COUNTRY) == 2
    assert "高岡市" in picture
    assert "New Zealand" in picture


def test_places_of_one_cell_are_counted() -> None:
    value = map_of(SHIPPED_BOOK)
    view = fitted([point.at for point in value.points if point.at], 160, 80)
    found = drawn(value, cells_view(view, 80, 20), "kyoto")
    assert re.search(r"Kyoto \+\d", "\n".join(found.lines))
    shown = [slug for slugs in found.places.values() for slug in slugs]
    assert sorted(shown) == sorted(point.place.slug for point in value.points)


def test_every_country_of_the_shipped_book_lies_in_its_country() -> None:
    """A slip of the pen between latitude and longitude would put it into the sea."""
    value = map_of(SHIPPED_BOOK)
    boxes = {
        "JP": (24, 46, 122, 146), "NZ": (-48, -34, 166, 179), "CL": (-56, -17, -76, -66),
        "US": (24, 50, -125, -66), "NL": (50, 54, 3, 8), "IT": (36, 48, 6, 19),
        "GB": (49, 61, -9, 2), "ID": (-11, 6, 95, 141), "TH": (5, 21, 97, 106),
        "VN": (8, 24, 102, 110), "CN": (18, 54, 73, 135), "TW": (21, 26, 119, 123),
        "SA": (16, 33, 34, 56), "AU": (-44, -10, 112, 154), "BR": (-34, 6, -74, -34),
        "CO": (-5, 14, -80, -66), "CR": (8, 12, -86, -82), "DE": (47, 56, 5, 16),
        "ES": (35, 44, -10, 5), "ET": (3, 15, 32, 48), "FI": (59, 71, 19, 32),
        "FR": (41, 52, -6, 10), "GH": (4, 12, -4, 2), "HK": (22, 23, 113, 115),
        "IE": (51, 56, -11, -5), "IN": (6, 36, 68, 98), "KE": (-5, 6, 33, 42),
        "KR": (33, 39, 124, 132), "LK": (5, 10, 79, 82), "MO": (22, 23, 113, 114),
        "MW": (-18, -9, 32, 36), "MY": (0, 8, 99, 120), "NP": (26, 31, 80, 89),
        "PK": (23, 38, 60, 78), "PL": (49, 55, 14, 25), "PT": (36, 43, -10, -6),
        "RO": (43, 49, 20, 30), "RW": (-3, -1, 28, 31), "SG": (1, 2, 103, 105),
        "TN": (30, 38, 7, 12), "CK": (-23, -8, -166, -157), "DK": (54, 58, 8, 16),
        "TO": (-23, -15, -177, -173), "TZ": (-12, 0, 29, 41), "AT": (46, 49, 9, 17),
        "GM": (13, 14, -17, -13),
    }  # fmt: skip
    for point in value.points:
        assert point.at is not None
        south, north, west, east = boxes[point.place.country]
        assert south <= point.at.latitude <= north, point.place.slug
        assert west <= point.at.longitude <= east, point.place.slug


def test_a_way_is_told_from_a_coast_by_its_strokes(bells: Path) -> None:
    """What is certain goes on and has an arrow; what is not is broken and points nowhere."""
    value = map_of(bells, "bells")
    view = fitted([point.at for point in value.points if point.at], 200, 100)
    strokes = ways_of(value, view)
    arrows = [cell for cell, stroke in strokes.items() if stroke in "→↗↑↖←↙↓↘"]
    assert len(arrows) == 1
    assert set(strokes.values()) <= {"━", "┃", "╱", "╲", *"→↗↑↖←↙↓↘"}


def test_a_certain_way_has_no_gap(bells: Path) -> None:
    value = map_of(bells, "bells")
    only = replace(value, legs=tuple(leg for leg in value.legs if leg.is_certain))
    view = fitted([point.at for point in value.points if point.at], 200, 100)
    rows = sorted({row for _, row in ways_of(only, view)})
    assert rows == list(range(rows[0], rows[-1] + 1))
    broken = replace(value, legs=tuple(leg._replace(is_certain=False) for leg in only.legs))
    assert len(ways_of(broken, view)) < len(ways_of(only, view)) * 0.7


def test_a_place_at_a_pole_is_drawn_at_the_edge(bells: Path) -> None:
    value = map_of(bells, "bells")
    for latitude in (-90.0, 90.0):
        point = value.points[0]._replace(at=Coordinates(latitude, 0.0))
        found = drawn(replace(value, points=(point,)), whole_world(160, 80))
        assert list(found.places.values()) == [(point.place.slug,)]


def test_a_cell_says_whose_sign_or_name_it_is(bells: Path) -> None:
    value = map_of(bells, "bells")
    view = fitted([point.at for point in value.points if point.at], 200, 100)
    found = drawn(value, view, "takaoka")
    ((column, row),) = [cell for cell, slugs in found.places.items() if "takaoka" in slugs]
    assert found.place_at(column, row) == "takaoka"
    named = [found.place_at(at, y) for y in range(25) for at in range(100)]
    assert named.count("takaoka") == 1 + cell_len("高岡市")
    assert found.place_at(500, row) == found.place_at(0, 500) == ""
    assert CHOSEN in found.lines[row]


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_the_legend_is_broken_between_its_signs(bells: Path, width: int) -> None:
    value = map_of(bells, "bells")
    lines = legend_lines(value, width, with_chosen=True)
    assert all(cell_len(line) <= max(width, 30) for line in lines)
    for sign, meaning in LEGEND:
        assert any(f"{sign} {meaning}" in line for line in lines)


def test_the_legend_has_no_sign_that_is_not_on_the_map(bells: Path) -> None:
    value = map_of(bells, "nosaku")
    assert legend_lines(value, 200) == [f"{TOWN} town or district"]
