"""From degrees to dots, and the ways between."""

from __future__ import annotations

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from casebook.book.values import Coordinates
from casebook.places.braille import BrailleCanvas
from casebook.places.outlines import LAND, coast_lines
from casebook.places.projection import MapWindow, fitted, great_circle, whole_world

latitudes = st.floats(-55, 80)
longitudes = st.floats(-180, 180)
places = st.builds(Coordinates, latitudes, longitudes)
sizes = st.tuples(st.integers(8, 400), st.integers(8, 200))


@given(st.lists(places, min_size=1, max_size=12), sizes)
def test_all_places_are_in_sight(points: list[Coordinates], size: tuple[int, int]) -> None:
    view = fitted(points, *size)
    for point in points:
        x, y = view.dot(point.longitude, point.latitude)
        assert -1e-6 <= x <= size[0] + 1e-6
        assert -1e-6 <= y <= size[1] + 1e-6


def test_places_on_both_sides_of_the_pacific_stand_around_it() -> None:
    """Japan, New Zealand and Chile: the world is cut where nothing lies."""
    japan, chile = Coordinates(36.2, 138.3), Coordinates(-35.7, -71.5)
    view = fitted([japan, Coordinates(-41.5, 172.8), chile], 160, 80)
    across = [view.dot(at.longitude, at.latitude)[0] for at in (japan, chile)]
    assert across[0] < across[1]
    assert abs(view.longitude) > 90


@given(places, sizes, st.floats(0.1, 10), st.floats(-3, 3), st.floats(-3, 3))
def test_no_step_leaves_the_world(
    at: Coordinates, size: tuple[int, int], factor: float, right: float, down: float
) -> None:
    view = whole_world(*size).centred(at).zoomed(factor).moved(right, down)
    assert -180 <= view.longitude <= 180
    assert -90 <= view.latitude <= 90
    assert 0 < view.degrees < math.inf
    assert view.within_world() == view


@given(places, places)
def test_the_shortest_way_begins_and_ends_where_it_should(
    start: Coordinates, end: Coordinates
) -> None:
    way = great_circle(start, end)
    for asked, found in ((start, way[0]), (end, way[-1])):
        assert math.isclose(asked.latitude, found.latitude, abs_tol=1e-5)
        assert math.isclose(
            math.cos(math.radians(asked.longitude - found.longitude)), 1, abs_tol=1e-6
        )


def test_the_shortest_way_goes_north_of_both_towns() -> None:
    """Tokyo and New York lie near 40 degrees, and the way between them near 70."""
    way = great_circle(Coordinates(35.7, 139.7), Coordinates(40.7, -74.0))
    assert 65 < max(at.latitude for at in way) < 75


def test_antipodes_have_a_way() -> None:
    assert len(great_circle(Coordinates(40, 10), Coordinates(-40, -170))) >= 3


def test_the_coasts_are_small_and_of_the_whole_world() -> None:
    assert LAND.stat().st_size <= 20_000
    points = [point for line in coast_lines() for point in line]
    assert len(points) > 4_000
    assert min(longitude for longitude, _ in points) == -180
    assert max(longitude for longitude, _ in points) == 180
    for longitude, latitude in ((172.7, -34.4), (141.9, 45.5), (-67.5, -55.0), (-9.5, 38.8)):
        # The north of New Zealand and of Japan, the south of America, the west of Europe.
        near = min(math.hypot(longitude - x, latitude - y) for x, y in points)
        assert near < 1.5, (longitude, latitude)


@given(st.tuples(*[st.floats(-500, 500)] * 4), st.integers(0, 30), st.integers(0, 12))
def test_a_line_is_cut_at_the_edges(
    ends: tuple[float, float, float, float], columns: int, rows: int
) -> None:
    canvas = BrailleCanvas(columns, rows)
    canvas.line(*ends)
    letters = {letter for row in range(rows) for letter in canvas.text(row)}
    assert letters <= {" ", *map(chr, range(0x2801, 0x2900))}


def test_dots_are_the_letters_of_braille() -> None:
    canvas = BrailleCanvas(1, 1)
    for x, y in ((0, 0), (1, 3)):
        canvas.line(x, y, x, y)
    assert canvas.text(0) == "\N{BRAILLE PATTERN DOTS-18}"


def test_no_view_is_nearer_than_the_coasts_tell() -> None:
    view = MapWindow(0, 0, 1e-9, 100, 50).within_world()
    assert view.degrees * view.height >= 6


@given(
    st.lists(st.tuples(st.integers(-9, 60), st.integers(-9, 60)), min_size=1, max_size=12),
    st.integers(1, 50),
)
def test_a_path_is_the_lines_from_dot_to_dot(dots: list[tuple[int, int]], gap: int) -> None:
    middles = [(x + 0.5, y + 0.5) for x, y in dots]
    path, lines = BrailleCanvas(20, 10), BrailleCanvas(20, 10)
    path.path(middles, gap)
    for x, y in middles:
        lines.line(x, y, x, y)
    for start, end in pairwise(middles):
        if abs(start[0] - end[0]) < gap:
            lines.line(*start, *end)
    assert [*map(path.text, range(10))] == [*map(lines.text, range(10))]
