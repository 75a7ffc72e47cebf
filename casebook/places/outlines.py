"""The world's coast lines, for the map.

`land.bin` is made by `docs/outlines.py` from Natural Earth's land at 1:110 million, which is
in the public domain. It is zlib-compressed; each line is the number of its points and then,
for each point, the step from the one before in longitude and latitude, in twentieths of a
degree. All numbers are varints of seven bits, the lowest first; steps are zigzag-encoded.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

LAND = Path(__file__).with_name("land.bin")
STEPS_IN_A_DEGREE = 20

Line = tuple[tuple[float, float], ...]
"""Points of (longitude, latitude) in degrees east and north."""


@cache
def coast_lines() -> tuple[Line, ...]:
    """The coast lines of all continents but Antarctica, some 130 lines of 5,000 points."""
    numbers = _varints(zlib.decompress(LAND.read_bytes()))
    lines = []
    for count in numbers:
        x = y = 0
        points = []
        for _ in range(count):
            x += _unzigzag(next(numbers))
            y += _unzigzag(next(numbers))
            points.append((x / STEPS_IN_A_DEGREE, y / STEPS_IN_A_DEGREE))
        lines.append(tuple(points))
    return tuple(lines)


def _varints(data: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0


def _unzigzag(value: int) -> int:
    return value >> 1 if value & 1 == 0 else -(value >> 1) - 1
