"""The world's coast lines, for the map.

`land.bin` is made by `docs/outlines.py` from Natural Earth's land at 1:110 million, which is
in the public domain. It is zlib-compressed; each line is the number of its points and then,
for each point, the step from the one before in longitude and latitude, in twentieths of a
degree. All numbers are varints of seven bits, the lowest first; steps are zigzag-encoded.
"""

from __future__ import annotations

import zlib
from functools import cache
from itertools import accumulate
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
    start = 0
    while start < len(numbers):
        end = start + 1 + 2 * numbers[start]
        longitudes = accumulate(map(_unzigzag, numbers[start + 1 : end : 2]))
        latitudes = accumulate(map(_unzigzag, numbers[start + 2 : end : 2]))
        steps = STEPS_IN_A_DEGREE
        lines.append(
            tuple((x / steps, y / steps) for x, y in zip(longitudes, latitudes, strict=True))
        )
        start = end
    return tuple(lines)


def _varints(data: bytes) -> list[int]:
    found = []
    value = shift = 0
    for byte in data:
        if byte < 0x80:
            found.append(value | byte << shift)
            value = shift = 0
        else:
            value |= (byte & 0x7F) << shift
            shift += 7
    return found


def _unzigzag(value: int) -> int:
    return value >> 1 if value & 1 == 0 else -(value >> 1) - 1
