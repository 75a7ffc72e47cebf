"""Sources as CSL-JSON items (https://docs.citationstyles.org), out of a book.

A book can be written by any hand, so items are looked at twice: `is_item` when a book is
read, to refuse what is no item at all, and `csl_item` before an item goes to pandoc, into a RIS
file or into a pack, to keep the fields that those can read: names are names, dates are dates,
the rest is words and numbers. Fields of another shape are left out, and `damaged_items` says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from casebook.stored_json import StoredJsonError, decoded

if TYPE_CHECKING:
    from casebook.book.source_values import SourceLine

CslItem = dict[str, Any]

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


_LONGEST = 100_000
"""Characters of an item; a source's abstract may be long."""


def is_item(stored: str) -> bool:
    """Whether some JSON is an item that a book may store.

    In one, names are lists of names, dates are dates, and the rest is words, numbers, or a list
    or an object of them.
    """
    item = _decoded_item(stored)
    return item is not None and all(_may_be_stored(name, held) for name, held in item.items())


def _decoded_item(stored: str) -> CslItem | None:
    try:
        item = decoded(stored, longest=_LONGEST)
    except StoredJsonError:
        return None
    return item if isinstance(item, dict) and isinstance(item.get("type"), str) else None


def _may_be_stored(name: str, value: Any) -> bool:
    if name in _NAMES:
        return isinstance(value, list) and all(map(_is_flat, value))
    # Some name a container that is no date.
    if name in _DATES and (name != "container" or isinstance(value, dict)):
        return isinstance(value, dict) and all(
            _is_list_of_dates(part) if key == "date-parts" else _is_plain(part)
            for key, part in value.items()
        )
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return _is_plain(value) or _is_flat(value)


def _is_flat(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_plain, value.values()))


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _is_list_of_dates(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(date, list) and all(isinstance(part, int | str) for part in date)
        for date in value
    )


def csl_item(source: SourceLine) -> CslItem:
    """A source as a CSL-JSON item of a sound shape; without one, its title alone."""
    return _read(source)[0]


def damaged_items(sources: Iterable[SourceLine]) -> list[str]:
    """A sentence for each source whose item is not whole, for the reader."""
    return [
        f"The details of the source {source.slug} are damaged; what could not be read is left out."
        for source in sources
        if not _read(source)[1]
    ]


def _read(source: SourceLine) -> tuple[CslItem, bool]:
    """A source's item, and whether it is all that is stored."""
    stored = _decoded_item(source.csl)
    if stored is None:
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


def _is_date(value: CslItem) -> bool:
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
