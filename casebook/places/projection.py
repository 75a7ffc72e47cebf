"""From degrees on the globe to dots of a picture.

The projection is equirectangular: degrees of latitude are equally far apart everywhere, and
those of longitude as far as they are at the middle of the view (Snyder, Map Projections: A
Working Manual, 1987, chapter 12). The world may be cut at any meridian, so that the Pacific
can stand in the middle.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from casebook.book.values import Coordinates

NORTHERNMOST, SOUTHERNMOST = 84.0, -57.0
"""Degrees of the coasts that are known; there is nothing beyond."""
LEAST_DEGREES = 6.0
"""Degrees of latitude that a picture shows at the least: nearer, the coasts say nothing."""
_LEAST_FITTED = 36.0
"""Degrees that show all places at the least: those of one town are to be told from its coasts."""
_FLATTEST = 55.0
"""Degrees up to which longitudes are drawn closer together away from the equator."""
_ROOM = 1.35
"""How much more than its points a picture shows, so that labels and coasts have room."""


class MapWindow(NamedTuple):
    """The part of the world that is looked at.

    Attributes:
        longitude, latitude: the middle, in degrees.
        degrees: degrees of latitude that one dot stands for.
        width, height: dots of the picture; they are square.
    """

    longitude: float
    latitude: float
    degrees: float
    width: int
    height: int

    @property
    def degrees_across(self) -> float:
        """Degrees of longitude that one dot stands for."""
        return self.degrees / math.cos(math.radians(min(abs(self.latitude), _FLATTEST)))

    def dot(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place is drawn: dots from the left and from the top; it may be outside.

        What lies beyond the northernmost and the southernmost coast is drawn at the edge.
        """
        return next(self.dots([(longitude, latitude)]))

    def dots(self, line: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
        """Where the points of a line (longitude and latitude) are drawn, as `dot` says."""
        per_degree, half_width = 1 / self.degrees_across, self.width / 2
        east, middle, degrees = 180 - self.longitude, self.latitude, self.degrees
        top, highest, lowest = self.height / 2, NORTHERNMOST, SOUTHERNMOST + degrees / 2
        return (
            (
                half_width + ((longitude + east) % 360 - 180) * per_degree,
                top - (min(max(latitude, lowest), highest) - middle) / degrees
                if not lowest <= latitude <= highest
                else top - (latitude - middle) / degrees,
            )
            for longitude, latitude in line
        )

    def coordinates(self, x: float, y: float) -> Coordinates:
        """What is drawn at a dot."""
        longitude = self.longitude + (x - self.width / 2) * self.degrees_across
        latitude = self.latitude - (y - self.height / 2) * self.degrees
        return Coordinates(latitude, _wrapped(longitude))

    def with_at(self, at: Coordinates, x: float, y: float) -> MapWindow:
        """The view moved so that a place is drawn at a dot, as far as the world allows."""
        latitude = at.latitude + (y - self.height / 2) * self.degrees
        moved = self._replace(latitude=latitude).within_world()
        longitude = at.longitude - (x - self.width / 2) * moved.degrees_across
        return moved._replace(longitude=_wrapped(longitude))

    def zoomed_at(self, factor: float, at: Coordinates) -> MapWindow:
        """The view from nearer or from further away, around a place that stays where it is."""
        return self.zoomed(factor).with_at(at, *self.dot(at.longitude, at.latitude))

    def moved(self, right: float, down: float) -> MapWindow:
        """The view moved by parts of its width and its height."""
        longitude = self.longitude + right * self.width * self.degrees_across
        latitude = self.latitude - down * self.height * self.degrees
        return self._replace(longitude=_wrapped(longitude), latitude=latitude).within_world()

    def zoomed(self, factor: float) -> MapWindow:
        """The view from nearer (more than 1) or from further away, around its middle."""
        return self._replace(degrees=self.degrees / factor).within_world()

    def centred(self, at: Coordinates) -> MapWindow:
        """The view with a place in its middle."""
        return self._replace(longitude=at.longitude, latitude=at.latitude).within_world()

    def resized(self, width: int, height: int) -> MapWindow:
        """The same middle and scale in a picture of another size."""
        return self._replace(width=max(width, 1), height=max(height, 1)).within_world()

    def shown_in(self, width: int, height: int) -> MapWindow:
        """All that the view shows, in a picture of another shape."""
        degrees = self.degrees * max(self.width / max(width, 1), self.height / max(height, 1))
        view = self._replace(degrees=degrees, width=max(width, 1), height=max(height, 1))
        return view.within_world()

    def shows(self, at: Coordinates) -> bool:
        """Whether a place lies within the picture."""
        x, y = self.dot(at.longitude, at.latitude)
        return 0 <= x < self.width and 0 <= y < self.height

    def within_world(self) -> MapWindow:
        """The view, no further away than the whole world and no nearer than coasts tell."""
        tallest = (NORTHERNMOST - SOUTHERNMOST) / self.height
        broadest = 360.0 / self.width
        degrees = min(max(self.degrees, LEAST_DEGREES / self.height), max(tallest, broadest))
        half = degrees * self.height / 2
        lowest, highest = SOUTHERNMOST + half, NORTHERNMOST - half
        middle = (NORTHERNMOST + SOUTHERNMOST) / 2
        latitude = min(max(self.latitude, lowest), highest) if lowest < highest else middle
        return self._replace(degrees=degrees, latitude=latitude)


def whole_world(width: int, height: int, longitude: float = 0.0) -> MapWindow:
    """All continents, as large as a picture takes them.

    Args:
        width, height: dots.
        longitude: the meridian in the middle.
    """
    return MapWindow(longitude, 0.0, math.inf, max(width, 1), max(height, 1)).within_world()


def fitted(points: Iterable[Coordinates], width: int, height: int) -> MapWindow:
    """The nearest view that shows some places with room around them; without any, the world.

    Args:
        width, height: dots.
    """
    places = list(points)
    if not places:
        return whole_world(width, height)
    width, height = max(width, 1), max(height, 1)
    west, span = _shortest_arc([place.longitude for place in places])
    latitudes = [place.latitude for place in places]
    low, high = min(latitudes), max(latitudes)
    view = MapWindow(_wrapped(west + span / 2), (low + high) / 2, 1.0, width, height)
    flattening = view.degrees_across
    furthest = whole_world(width, height).degrees
    degrees = _ROOM * max((high - low) / height, span / flattening / width)
    view = view._replace(degrees=max(degrees, _LEAST_FITTED / height)).within_world()
    # Near the poles the middle is moved, and longitudes lie further apart there.
    while not all(view.shows(place) for place in places) and view.degrees < furthest:
        view = view.zoomed(1 / 1.1)
    return view


def around(middle: Coordinates, degrees: float, width: int, height: int) -> MapWindow:
    """The region around a place, so many degrees of latitude from top to bottom."""
    view = MapWindow(middle.longitude, middle.latitude, 1.0, max(width, 1), max(height, 1))
    return view._replace(degrees=degrees / view.height).within_world()


def _shortest_arc(longitudes: Sequence[float]) -> tuple[float, float]:
    """Where the shortest arc over some meridians begins in the west, and its degrees."""
    ordered = sorted(set(longitudes))
    gaps = [(east - west, east) for west, east in pairwise(ordered)]
    gaps.append((ordered[0] + 360 - ordered[-1], ordered[0]))
    widest, begin = max(gaps)
    return begin, 360 - widest


def _wrapped(longitude: float) -> float:
    """A longitude as one from -180 up to 180."""
    return (longitude + 180) % 360 - 180


@lru_cache(512)
def great_circle(start: Coordinates, end: Coordinates, steps: int = 48) -> tuple[Coordinates, ...]:
    """Points along the shortest way over the globe, both ends among them.

    Spherical interpolation: Williams, Aviation Formulary, "Intermediate points on a great
    circle". Between antipodes, where every way is as short, it goes over the pole.
    """
    latitude_1, longitude_1 = math.radians(start.latitude), math.radians(start.longitude)
    latitude_2, longitude_2 = math.radians(end.latitude), math.radians(end.longitude)
    haversine = (
        math.sin((latitude_1 - latitude_2) / 2) ** 2
        + math.cos(latitude_1)
        * math.cos(latitude_2)
        * math.sin((longitude_1 - longitude_2) / 2) ** 2
    )
    angle = 2 * math.asin(min(1.0, math.sqrt(haversine)))
    if math.sin(angle) < 1e-9:
        is_near = angle < 1
        return (start, end) if is_near else (start, Coordinates(90.0, start.longitude), end)
    way = []
    for step in range(steps + 1):
        part = step / steps
        first = math.sin((1 - part) * angle) / math.sin(angle)
        second = math.sin(part * angle) / math.sin(angle)
        x = first * math.cos(latitude_1) * math.cos(longitude_1)
        x += second * math.cos(latitude_2) * math.cos(longitude_2)
        y = first * math.cos(latitude_1) * math.sin(longitude_1)
        y += second * math.cos(latitude_2) * math.sin(longitude_2)
        z = first * math.sin(latitude_1) + second * math.sin(latitude_2)
        latitude = math.degrees(math.atan2(z, math.hypot(x, y)))
        way.append(Coordinates(latitude, math.degrees(math.atan2(y, x))))
    return tuple(way)
