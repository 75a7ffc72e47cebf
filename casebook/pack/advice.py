"""What to write for a value that has the wrong form."""

from __future__ import annotations

from typing import Any

from casebook.file_names import file_stem
from casebook.pack.yaml_hints import quoted

_ADVICE = {
    "slug": "; use small letters, digits and hyphens",
    "key": "; use small letters, digits and hyphens",
    "to": "; use the name of the entry's file, without .md",
    "entry": "; use the name of the entry's file, without .md",
    "surveyor": "; use the name of the entry's file, without .md",
    "about": "; use the name of the entry's file, without .md",
    "within": "; use a slug of places.yaml",
    "event": "; use the key of an event, or entry/key for one of another entry",
    "country": "; use a two-letter code such as NZ",
    "value": "; use a number such as 0.3, a range such as 30-40, or a word such as dozens",
}

_SLUGS = ("slug", "key", "to", "entry", "surveyor", "about", "within")
"""Keys whose values are slugs, so that one can be made of a name."""


def form_advice(key: str, value: str) -> str:
    """`; use small letters, digits and hyphens: first-line`, or nothing."""
    near = file_stem(value) if key in _SLUGS else ""
    return _ADVICE.get(key, "") + (f": {near}" if near else "")


def meant_as_words(value: Any) -> str:
    """How to write text that YAML has taken for a mapping or a list: `; … "Minutes: vote"`."""
    if isinstance(value, dict) and len(value) == 1:
        ((key, inner),) = value.items()
        if inner is None or isinstance(inner, str):
            words = f"{key}: {inner or ''}".rstrip()
            return f"; ': ' makes it a mapping, so put it in quotes: {quoted(words)}"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        words = ", ".join(value)
        return f"; brackets make it a list, so put it in quotes: {quoted(f'[{words}]')}"
    return ""
