"""A map as a picture for slides and handouts: one SVG, no fonts, styles or scripts of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from casebook.exports.xml_text import escaped, quoted
from casebook.places.outlines import coast_lines
from casebook.places.projection import MapWindow, great_circle
from casebook.places.world_map import Leg, PlaceOnMap, WorldMap

_HEAD, _FOOT = 44, 34
_MARGIN = 16
_FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
_INK, _MUTED, _COAST, _BLUE = "#26241f", "#6b675e", "#a9a497", "#33459c"
_LETTER = 6.2
"""Units of a letter, on the wide side."""


def map_svg(value: WorldMap, view: MapWindow) -> str:
    """The map as an SVG element that can stand in a file or in a page.

    Args:
        view: what of the world is drawn; a dot is a unit of the picture.
    """
    width, height = view.width, view.height
    notes = [f"Not on the map: {', '.join(place.place.name for place in value.unplaced)}"]
    notes = notes if value.unplaced else []
    total = height + _HEAD + _FOOT + 16 * len(notes)
    title = f"Map: {value.title}"
    parts = [
        f'<g transform="translate(0 {_HEAD})">',
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f'<path d="{_path(view)}" fill="none" stroke="{_COAST}" stroke-width="1"/>',
        *_legs(value, view),
        *_points(value, view),
        "</svg>",
        "</g>",
        *_legend(height + _HEAD + 20),
        *(_text(_MARGIN, height + _HEAD + 38, note, _MUTED) for note in notes),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {total}" width="{width}"'
        f' height="{total}" role="img" aria-label={quoted(title)} font-family="{_FONT}"'
        f' font-size="11" fill="{_INK}">\n<title>{escaped(title)}</title>\n'
        f'<rect width="{width}" height="{total}" fill="#ffffff"/>\n'
        f'<text x="{_MARGIN}" y="28" font-size="16" font-weight="bold">'
        f"{escaped(value.title)}</text>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _text(x: float, y: float, words: str, color: str = _INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{color}">{escaped(words)}</text>'


def _path(view: MapWindow) -> str:
    """All coasts; a line begins anew where it would go over the edge of the world."""
    return " ".join(_line(view, line) for line in coast_lines())


def _line(view: MapWindow, points: Iterable[tuple[float, float]]) -> str:
    dots = list(view.dots(points))
    half = 180 / view.degrees_across
    parts = [f"M{dots[0][0]:.1f} {dots[0][1]:.1f}"]
    for start, end in pairwise(dots):
        letter = "L" if abs(start[0] - end[0]) < half else "M"
        parts.append(f"{letter}{end[0]:.1f} {end[1]:.1f}")
    return "".join(parts)


def _legs(value: WorldMap, view: MapWindow) -> Iterator[str]:
    for leg in value.legs:
        start, end = value.point(leg.start), value.point(leg.end)
        if start and start.at and end and end.at:
            way = [(at.longitude, at.latitude) for at in great_circle(start.at, end.at)]
            dash = "" if leg.is_certain else ' stroke-dasharray="6 5"'
            yield (
                f'<path d="{_line(view, way)}" fill="none" stroke="{_BLUE}" stroke-width="2"'
                f"{dash}><title>{escaped(_leg_words(leg))}</title></path>"
            )


def _leg_words(leg: Leg) -> str:
    first = f"{leg.before.short} ({leg.before.date_text})"
    second = f"{leg.after.short} ({leg.after.date_text})"
    return f"{first}, then {second}" if leg.is_certain else f"{first}; {second}; order not known"


def _points(value: WorldMap, view: MapWindow) -> Iterator[str]:
    taken: list[tuple[float, float, float, float]] = []
    spots = [
        (point, view.dot(point.at.longitude, point.at.latitude))
        for point in value.points
        if point.at
    ]
    taken += [(x - 5, y - 5, x + 5, y + 5) for _, (x, y) in spots]
    for point, (x, y) in spots:
        fill = "#ffffff" if point.is_country else _BLUE
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{_BLUE}"'
            f' stroke-width="1.5"><title>{escaped(_point_words(point))}</title></circle>'
        )
        left, top = _label_at(point.place.name, x, y, view, taken)
        yield (
            f'<text x="{left:.1f}" y="{top:.1f}" stroke="#ffffff" stroke-width="3"'
            f' paint-order="stroke">{escaped(point.place.name)}</text>'
        )


def _point_words(point: PlaceOnMap) -> str:
    return f"{point.place.full_name}: {', '.join(entry.title for entry in point.entries)}"


def _label_at(
    name: str, x: float, y: float, view: MapWindow, taken: list[tuple[float, float, float, float]]
) -> tuple[float, float]:
    """Where a name stands: the first spot around its place that is free, nearest first."""
    length = len(name) * _LETTER
    first = (x + 8, y + 4)
    for step in range(12):
        down = (step + 1) // 2 * 13 * (1 if step % 2 else -1)
        for left in (x + 8, x - 8 - length):
            box = (left, y + down - 7, left + length, y + down + 5)
            is_inside = min(box) >= 0 and box[2] <= view.width and box[3] <= view.height
            if is_inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                return left, y + down + 4
    return first


def _overlap(
    box: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _legend(y: float) -> Iterator[str]:
    x = float(_MARGIN)
    for sign, width, words in (
        (f'<circle cx="4" cy="-4" r="4" fill="{_BLUE}"/>', 8, "town or district"),
        (
            f'<circle cx="4" cy="-4" r="4" fill="#ffffff" stroke="{_BLUE}" stroke-width="1.5"/>',
            8,
            "somewhere in this country",
        ),
        (_stroke(), 30, "from one event to the next"),
        (_stroke(' stroke-dasharray="6 5"'), 30, "their order is not known"),
        ("", 0, "Coasts: Natural Earth, 1:110 million"),
    ):
        yield f'<g transform="translate({x:.0f} {y:.0f})">{sign}</g>'
        x += width + 6
        yield _text(x, y, words, _MUTED)
        x += len(words) * _LETTER + 14


def _stroke(dash: str = "") -> str:
    return f'<path d="M0 -4h30" stroke="{_BLUE}" stroke-width="2"{dash}/>'
