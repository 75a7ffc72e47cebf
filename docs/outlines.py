"""Packs the world's coast lines for the map: `python -m docs.outlines land-110m.json`.

The file is `land-110m.json` of world-atlas 2.0.2 (ISC licence), which is Natural Earth 4.1,
1:110 million, "land" (public domain), as TopoJSON. What this writes,
`casebook/places/land.bin`, is the coast lines alone: Antarctica is left out, places are
rounded to a twentieth of a degree. `casebook.places.outlines` reads it and says its form.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from casebook.places.outlines import LAND, STEPS_IN_A_DEGREE

SOUTHERNMOST = -60.0
"""Degrees; what lies further south is Antarctica."""


def coast_lines(topology: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """The arcs of a quantized TopoJSON file, each a line of (longitude, latitude).

    The format: https://github.com/topojson/topojson-specification
    """
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x += step_x
            y += step_y
            line.append((x * scale_x + left, y * scale_y + bottom))
        yield line


def packed(lines: Sequence[Sequence[tuple[float, float]]]) -> bytes:
    """Lines as zigzag varints of the steps from point to point, compressed."""
    content = bytearray()
    for line in lines:
        steps = [
            (round(longitude * STEPS_IN_A_DEGREE), round(latitude * STEPS_IN_A_DEGREE))
            for longitude, latitude in line
        ]
        steps = [steps[0], *(new for old, new in pairwise(steps) if new != old)]
        content += _varint(len(steps))
        last_x = last_y = 0
        for x, y in steps:
            content += _varint(_zigzag(x - last_x)) + _varint(_zigzag(y - last_y))
            last_x, last_y = x, y
    return zlib.compress(bytes(content), 9)


def _zigzag(value: int) -> int:
    return 2 * value if value >= 0 else -2 * value - 1


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def main() -> None:
    """Writes the outlines that the map draws."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="land-110m.json of world-atlas 2.0.2")
    topology = json.loads(parser.parse_args().file.read_text(encoding="utf-8"))
    lines = [
        line
        for line in coast_lines(topology)
        if max(latitude for _, latitude in line) > SOUTHERNMOST
    ]
    LAND.write_bytes(packed(lines))
    points = sum(map(len, lines))
    print(f"{LAND.name}: {LAND.stat().st_size} bytes, {len(lines)} lines, {points} points")


if __name__ == "__main__":
    main()
