"""ISIC Rev. 4, the industries of the United Nations Statistics Division (2008)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def labels() -> dict[str, str]:
    """The label of every section (`A`), division (`01`), group (`011`) and class (`0111`)."""
    text = (files("casebook.pack") / "isic4.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t", 1) for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@cache
def sections() -> dict[str, str]:
    """The section letter of every code."""
    section = ""
    found: dict[str, str] = {}
    for code in labels():
        section = code if code.isalpha() else section
        found[code] = section
    return found


def with_those_above(code: str) -> list[str]:
    """A code and the codes it belongs to, the section first: `A`, `01`, `011`, `0119`."""
    if code.isalpha():
        return [code]
    return [sections()[code], *(code[:length] for length in range(2, len(code) + 1))]
