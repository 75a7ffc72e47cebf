"""What the JSON of many commands is made of: citations, volumes, the names of entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casebook.book.values import EntryRef
from casebook.citations import Citation

Json = dict[str, Any]


def citation(value: Citation) -> Json:
    """A place in a source."""
    return {"source": value.source, "locator": value.locator}


def cited(citations: Iterable[Citation], volume: str = "") -> Json:
    """The keys that every cited statement has.

    Args:
        volume: that says it, in a book of several.
    """
    every = tuple(citations)
    keys: Json = {"citations": [citation(cite) for cite in every]}
    inferred = [citation(cite) for cite in every if cite.inferred]
    return keys | ({"inferred_from": inferred} if inferred else {}) | volume_said(volume)


def volume_said(slug: str) -> Json:
    """The volume that says something, in a book of several; nothing in others."""
    return {"volume": slug} if slug else {}


def ref(entry: EntryRef) -> Json:
    """An entry as another names it."""
    return {"slug": entry.slug, "kind": entry.kind, "title": entry.title}
