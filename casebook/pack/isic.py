"""ISIC Rev. 4, the industries of the United Nations Statistics Division (2008)."""

from __future__ import annotations

import re
from collections.abc import Sequence
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


MOST_FOUND = 12


@cache
def everyday_words() -> dict[str, str]:
    """Words by the class whose label does not say them: `knives` for `2593`."""
    text = (files("casebook.pack") / "isic_words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t", 1) for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def found_codes(words: str) -> list[tuple[str, str]]:
    """Codes and labels of industries that some words are about, the best first.

    Args:
        words: in English, misspelt or not; or a code or its beginning.
    """
    wanted = words.split()
    if not wanted:
        return []
    below = [pair for pair in labels().items() if pair[0].startswith(wanted[0].upper())]
    if len(wanted) == 1 and below:
        return below[:MOST_FOUND]
    scored = []
    for code, label in labels().items():
        meant = _EXCEPT.sub("", label)
        own = _shared(wanted, f"{everyday_words().get(code, '')} {meant}".lower().split())
        if own:
            # Of industries that fit alike, the narrower one says more.
            scored.append((-own, -len(code), code, label))
    return [(code, label) for _, _, code, label in sorted(scored)[:MOST_FOUND]]


def _shared(wanted: Sequence[str], known: Sequence[str]) -> float:
    """How well words are found among others: 1 where each is there, 0 where one is not."""
    from rapidfuzz import fuzz, process

    total = 0.0
    for word in wanted:
        if word.lower() in _IDLE:
            continue
        best = process.extractOne(
            _stem(word.lower()), [_stem(other.strip(",;()")) for other in known], scorer=fuzz.ratio
        )
        if best is None or best[1] < 84:
            return 0
        total += best[1]
    return total / len(wanted)


_EXCEPT = re.compile(r"\(?except [^)]*\)?|n\.e\.c\.")
"""What a label says that its industry is not."""
_IDLE = frozenset(("and", "of", "the", "for", "in", "making", "maker", "makers", "other"))


def _stem(word: str) -> str:
    """A word without the ending of its plural: `knives` and `knife` are one."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("ves"):
        return word[:-3] + "f"
    if word.endswith("fe"):
        return word[:-1]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def with_those_above(code: str) -> list[str]:
    """A code and the codes it belongs to, the section first: `A`, `01`, `011`, `0119`."""
    if code.isalpha():
        return [code]
    return [sections()[code], *(code[:length] for length in range(2, len(code) + 1))]
