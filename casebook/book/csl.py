"""CSL-JSON as a book stores it, held against what those who read it expect."""

from __future__ import annotations

import json
from typing import Any

_NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator"
    " director editor editorial-director executive-producer guest host illustrator interviewer"
    " narrator organizer original-author performer producer recipient reviewed-author"
    " script-writer series-creator translator".split()
)
_DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
_LONGEST = 100_000


def csl_item(stored: str) -> str | None:
    """The JSON of an item if it is one: names are names, dates are dates, the rest is words.

    None if it is not.
    """
    if len(stored) > _LONGEST:
        return None
    try:
        item = json.loads(stored)
    except (ValueError, RecursionError):
        return None
    if not isinstance(item, dict) or not isinstance(item.get("type"), str):
        return None
    return stored if all(_is_field(name, value) for name, value in item.items()) else None


def _is_field(name: str, value: Any) -> bool:
    if name in _NAMES:
        return isinstance(value, list) and all(map(_is_flat, value))
    if name in _DATES:
        return isinstance(value, dict) and all(
            _is_date_parts(part) if key == "date-parts" else _is_plain(part)
            for key, part in value.items()
        )
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return _is_plain(value) or _is_flat(value)


def _is_flat(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_plain, value.values()))


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _is_date_parts(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(date, list) and all(isinstance(part, int | str) for part in date)
        for date in value
    )
