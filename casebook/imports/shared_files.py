"""Adds places and sources to the files of a pack, whose comments and layout stay."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import yaml

from casebook.imports.entry_text import scalar
from casebook.imports.place_book import KnownPlace
from casebook.pack.json_list import item_text, with_items

Item = dict[str, Any]


def with_places(text: str, added: Sequence[KnownPlace]) -> str:
    """The text of places.yaml with some more."""
    if not added:
        return text
    wanted = _places(text) + [_place(known) for known in added]
    body = re.sub(r"^places:\s*\[\s*\]", "places:", text, flags=re.MULTILINE).rstrip("\n")
    found = re.search(r"^( *)- ", body, flags=re.MULTILINE)
    indent = found[1] if found else "  "
    lines = [
        indent + "- {" + ", ".join(f"{key}: {_word(word)}" for key, word in place.items()) + "}"
        for place in map(_place, added)
    ]
    longer = "\n".join([body, *lines]) + "\n"
    try:
        if _places(longer) == wanted:
            return longer
    except yaml.YAMLError:
        pass
    # Laid out in a way that takes no more lines, such as one long flow of brackets.
    return yaml.safe_dump({"places": wanted}, allow_unicode=True, sort_keys=False, width=100)


def _word(word: str) -> str:
    # NO is Norway to a pack, but not to other readers of YAML.
    return f'"{word}"' if word in ("NO", "no") else scalar(word)


def _place(known: KnownPlace) -> dict[str, str]:
    pairs = {
        "slug": known.slug,
        "name": known.name,
        "country": known.country,
        "within": known.within,
    }
    return {key: word for key, word in pairs.items() if word}


def _places(text: str) -> list[Any]:
    value = yaml.load(text, yaml.BaseLoader)
    places = value.get("places") if isinstance(value, dict) else None
    return list(places) if isinstance(places, list) else []


def with_sources(text: str, added: Sequence[Item]) -> str:
    """The text of sources.json with some more items."""
    if not added:
        return text
    wanted = [*json.loads(text), *added]
    longer = with_items(text, [item_text(item) for item in added])
    try:
        if json.loads(longer) == wanted:
            return longer
    except ValueError:
        pass
    return f"{json.dumps(wanted, ensure_ascii=False, indent=2)}\n"
