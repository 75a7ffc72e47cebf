"""Where on the globe the places of a book are."""

from __future__ import annotations

from casebook.book.connection import Book
from casebook.book.rows import coordinates, slug
from casebook.book.values import Coordinates


def coordinates_by_slug(book: Book) -> dict[str, Coordinates]:
    """The coordinates of every place that has any."""
    rows = book.ask("SELECT slug, latitude, longitude FROM place WHERE latitude IS NOT NULL")
    found: dict[str, Coordinates] = {}
    for stored, latitude, longitude in rows:
        known = coordinates(latitude, longitude)
        if known is None:
            book.fault(f"the coordinates of the place '{slug(stored)}' are none")
        elif key := slug(stored):
            found[key] = known
    return found
