"""Reads what was typed: words, phrases, words to leave out, filters. Anything is a query."""

from __future__ import annotations

import re
from typing import NamedTuple

from casebook.safe_text import made_safe_line
from casebook.search.folding import fold, words

LONGEST_QUERY = 256
MOST_WORDS = 16

FILTERS = {
    "kind": "alliance, firm, region, programme or organisation",
    "country": "a country's code or name: NZ",
    "industry": "an ISIC code or part of a label: 24, textiles",
    "outcome": "success, mixed, struggling, failed, open or contested",
    "in": "a year or a period: 2003, 2000s, late-1990s, 1995-2004",
    "certainly-in": "a year or a period, for dates that fall there without doubt",
    "met": "a point of a framework: f, or conditions.a",
    "partly": "a point of a framework: f, or conditions.a",
    "silent": "a point of a framework on which the sources say nothing: h",
    "not-met": "a point of a framework: c, or conditions.a",
    "volume": "a volume of the book, by its slug or the beginning of its title",
    "is": "contested: sources contradict one another on an event or a figure",
    "only": "grades that all sources of an entry are of: A, AB",
    "has": "grades that at least one source of an entry is of: A, AB",
    "by": "an entry that supported, ran, funded or took part: JETRO",
}
"""The filters and what each takes, in words."""

_KEY = "[a-z]{2,12}(?:-[a-z]{2,3})?"
_PART = re.compile(
    rf"""(?P<minus>-)?
        (?: (?P<bare>{_KEY}):(?=\s|$)
          | (?:(?P<key>{_KEY}):)?
            (?: ["\u201c\u201d](?P<phrase>[^"\u201c\u201d]*)(?:["\u201c\u201d]|$)
              | (?P<word>\S+)) )""",
    re.VERBOSE | re.IGNORECASE,
)


class Filter(NamedTuple):
    """A filter as it was typed: `kind:firm`, `-outcome:failed`.

    Attributes:
        key: one of `FILTERS`.
        is_not: entries that meet it are left out.
    """

    key: str
    value: str
    is_not: bool


class Query(NamedTuple):
    """What was asked for.

    Attributes:
        text: what was typed, without the filters and what is to be left out.
        words: the folded words of it, those of phrases among them.
        phrases: folded words that must stand in a row.
        without: folded words that must not stand anywhere.
        hints: sentences on what could not be read.
    """

    text: str
    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    filters: tuple[Filter, ...]
    hints: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words or self.filters or self.without)


def read_query(typed: str) -> Query:
    """Reads what was typed; whatever is no filter, phrase or word to leave out is words."""
    text: list[str] = []
    phrases: list[tuple[str, ...]] = []
    without: list[str] = []
    filters: list[Filter] = []
    hints: list[str] = []
    for part in _PART.finditer(typed[:LONGEST_QUERY].replace("\0", " ")):
        key = (part["key"] or part["bare"] or "").lower()
        is_not = bool(part["minus"])
        value = part["phrase"] if part["phrase"] is not None else part["word"] or ""
        if key not in FILTERS and (meant := _likely(key)):
            hints.append(f"{made_safe_line(key)}: is not a filter; read as {meant}:.")
            key = meant
        if key in FILTERS:
            if value.strip():
                filters.append(Filter(key, value.strip(), is_not))
            else:
                hints.append(f"{key}: takes {FILTERS[key]}.")
            continue
        if key:
            value = f"{key} {value}"
        folded = tuple(words(fold(value)))
        if is_not:
            without.extend(folded)
            continue
        text.append(value)
        if part["phrase"] is not None and len(folded) > 1:
            phrases.append(folded)
    plain = " ".join(text)
    return Query(
        text=plain,
        words=tuple(words(fold(plain)))[:MOST_WORDS],
        phrases=tuple(phrases),
        without=tuple(without[:MOST_WORDS]),
        filters=tuple(filters[:MOST_WORDS]),
        hints=tuple(hints),
    )


def _likely(key: str) -> str | None:
    """The filter that a word before a colon was probably meant to be."""
    if len(key) < 3:
        return None
    from rapidfuzz.distance import OSA

    near = min(FILTERS, key=lambda known: OSA.distance(key, known))
    return near if OSA.distance(key, near) <= (1 if len(key) < 6 else 2) else None
