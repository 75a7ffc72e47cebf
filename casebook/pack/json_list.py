"""Adds items to a list in JSON, so that what is there stays as its author laid it out."""

from __future__ import annotations

import json
from collections.abc import Sequence


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


def item_text(item: object) -> str:
    """An item as JSON, over several lines."""
    return json.dumps(item, ensure_ascii=False, indent=2)
