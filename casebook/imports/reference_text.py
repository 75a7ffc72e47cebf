"""Keeps what pandoc would lose of references: capitals in titles, DOIs in EndNote's XML."""

from __future__ import annotations

import html
import re
from typing import Any

_TITLE = re.compile(
    r"\b(?:title|subtitle|booktitle|booksubtitle|maintitle|shorttitle)\s*=\s*(?=[{\"])",
    re.IGNORECASE,
)
_RECORD = re.compile(r"<record>.*?</record>", re.DOTALL)
_FIELDS = (
    ("DOI", re.compile(r"<electronic-resource-num>(.*?)</electronic-resource-num>", re.DOTALL)),
    ("URL", re.compile(r"<related-urls>\s*<url>(.*?)</url>", re.DOTALL)),
)
_RIS_ID = re.compile(r"^ID {2}- *(.*?) *$", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")


def with_capitals(bibtex: str) -> str:
    """BibTeX with braces around every title.

    Without them pandoc takes an English title for one in capitals, and Japan becomes japan.
    """
    out: list[str] = []
    at = 0
    for found in _TITLE.finditer(bibtex):
        start = found.end()
        if start < at:
            continue  # within a title
        end = _end_of_value(bibtex, start)
        if end is None:
            continue
        out += [bibtex[at:start], "{{", bibtex[start + 1 : end], "}}"]
        at = end + 1
    return "".join([*out, bibtex[at:]])


def _end_of_value(text: str, start: int) -> int | None:
    """Where the brace or quotation mark at a place is closed; None where it is not."""
    is_quoted = text[start] == '"'
    depth = 0
    for at in range(start + is_quoted, len(text)):
        character = text[at]
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth < 0:
                return None
            if not depth and not is_quoted:
                return at
        elif character == '"' and is_quoted and not depth:
            return at
    return None


def with_addresses(items: list[Any], endnote: str) -> list[Any]:
    """Items of EndNote's XML with their DOIs and addresses, which pandoc passes over."""
    records = _RECORD.findall(endnote)
    if len(records) != len(items):
        return items
    for item, record in zip(items, records, strict=True):
        for name, pattern in _FIELDS:
            found = pattern.search(record)
            words = html.unescape(_TAG.sub("", found[1])).strip() if found else ""
            if words and isinstance(item, dict):
                item.setdefault(name, words)
    return items


def with_ids_of(items: list[Any], text: str) -> list[Any]:
    """Items with the ids that their author gave them, and without those that pandoc made.

    Args:
        text: RIS, whose items may have an `ID`, or EndNote's XML, which only counts them.
    """
    given = set(_RIS_ID.findall(text))
    return [
        {name: value for name, value in item.items() if name != "id" or value in given}
        if isinstance(item, dict)
        else item
        for item in items
    ]
