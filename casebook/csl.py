"""Sources as CSL-JSON items (https://docs.citationstyles.org), out of a book.

A book can be written by any hand, so the shape of an item is looked at before it goes to
pandoc, into a RIS file or into a pack: names are names, dates are dates, the rest is words
and numbers. What has another shape is left out, and that can be told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casebook.book.page_values import SourceLine
from casebook.stored_json import StoredJsonError, decoded

Item = dict[str, Any]

_NAMES = frozenset((
    "author", "chair", "collection-editor", "compiler", "composer", "container-author",
    "contributor", "curator", "director", "editor", "editor-translator", "editorial-director",
    "executive-producer", "guest", "host", "illustrator", "interviewer", "narrator", "organizer",
    "original-author", "performer", "producer", "recipient", "reviewed-author",
    "script-writer", "series-creator", "translator",
))  # fmt: skip
_DATES = frozenset((
    "accessed", "available-date", "container", "event-date", "issued", "original-date",
    "submitted",
))  # fmt: skip


def csl_item(source: SourceLine) -> Item:
    """A source as a CSL-JSON item of a sound shape; without one, its title alone."""
    return _read(source)[0]


def damaged_items(sources: Iterable[SourceLine]) -> list[str]:
    """A sentence for each source whose item is not whole, for the reader."""
    return [
        f"The details of the source {source.slug} are damaged; what could not be read is left out."
        for source in sources
        if not _read(source)[1]
    ]


def _read(source: SourceLine) -> tuple[Item, bool]:
    """A source's item, and whether it is all that is stored."""
    try:
        stored = decoded(source.csl)
    except StoredJsonError:
        stored = None
    if not isinstance(stored, dict) or not isinstance(stored.get("type"), str):
        return {"type": "document", "title": source.reference, "id": source.slug}, False
    stored.pop("custom", None)
    item = {name: value for name, value in stored.items() if _is_sound(name, value)}
    return {"title": source.reference, **item, "id": source.slug}, len(item) == len(stored)


def _is_sound(name: str, value: Any) -> bool:
    if name in _NAMES:
        return isinstance(value, list) and all(map(_is_name, value))
    if name in _DATES and isinstance(value, dict):
        return _is_date(value)
    if name == "categories":
        return isinstance(value, list) and all(isinstance(member, str) for member in value)
    return isinstance(value, str | int | float)


def _is_name(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(part, str | bool | int) for part in value.values()
    )


def _is_date(value: Item) -> bool:
    parts = value.get("date-parts", [])
    return (
        isinstance(parts, list)
        and all(isinstance(part, list) and all(map(_is_day_part, part)) for part in parts)
        and all(
            isinstance(held, str | int | float)
            for key, held in value.items()
            if key != "date-parts"
        )
    )


def _is_day_part(value: Any) -> bool:
    return isinstance(value, int | str) and len(str(value)) <= 8
