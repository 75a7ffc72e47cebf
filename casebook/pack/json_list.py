"""Adds items to a list in JSON, so that what is there stays as its author laid it out."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

_FIRST = ("id", "type", "title", "author", "issued")
_DATES = re.compile(r"\[\s*\[([\d,\s]+)\]\s*\]")


def with_items(text: str, items: Sequence[str]) -> str:
    """The text of a list in JSON with more items behind its last.

    Whether the outcome is the list that is wanted is for the caller to see: what is no list
    makes none here.

    Args:
        items: one or more, each written as JSON.
    """
    body = text.rstrip().removesuffix("]").rstrip()
    comma = "" if body.endswith("[") else ","
    lines = (f"  {item}".replace("\n", "\n  ") for item in items)
    return f"{body}{comma}\n" + ",\n".join(lines) + "\n]\n"


def item_text(item: dict[str, Any]) -> str:
    """An item of CSL-JSON as a person would write it: what matters first, a date on one line."""
    ordered = {key: item[key] for key in _FIRST if key in item} | item
    text = json.dumps(ordered, ensure_ascii=False, indent=2)
    return _DATES.sub(lambda found: f"[[{' '.join(found[1].split())}]]", text)
