"""The terms of the glossary in running text: where they stand, and which pages use them.

A term is found by its name and its other names, word by word, whatever the case, the width of
letters, diacritics and hyphens, in the singular and the plural. Where names overlap, the longest
is meant. A name in capitals, such as an abbreviation, is found in capitals alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from casebook.book.source_values import SourceLine, TermLine
from casebook.document import DocBlock, Document, Set
from casebook.line_wrap import Span
from casebook.search.folding import fold, fold_with_origin, is_cjk, word_spans, words
from casebook.stored_json import StoredJsonError, decoded
from casebook.text import Mark, MarkKind

_BETWEEN_WORDS = re.compile("[ \N{NO-BREAK SPACE}\n\N{HYPHEN}\N{NON-BREAKING HYPHEN}-]")
_RUNNING = frozenset((Set.PARAGRAPH, Set.ITEM, Set.FACT, Set.QUOTE))
"""Blocks in which terms are marked."""

_LONGEST_NAME = 12
"""Words of a name; a longer one is a sentence."""


class Occurrence(NamedTuple):
    """A term in a text: from where to where."""

    start: int
    end: int
    term: str


class _TermName(NamedTuple):
    """A name of a term, its words folded.

    Attributes:
        as_written: of a name in capitals, how it stands in a text; else empty.
    """

    words: tuple[str, ...]
    term: str
    as_written: str


class TermFinder:
    """Finds the terms of a glossary in texts."""

    def __init__(self, terms: Iterable[TermLine]) -> None:
        self.terms = {term.slug: term for term in terms}
        self._names: dict[str, list[_TermName]] = defaultdict(list)
        """By their first words, the longest first."""
        self._cjk: list[tuple[str, str]] = []
        for term in self.terms.values():
            for name in (term.name, *term.aliases):
                self._add(name, term.slug)
        for names in self._names.values():
            names.sort(key=lambda name: -len(name.words))
        self._cjk.sort(key=lambda name: -len(name[0]))
        self._first_words = frozenset(self._names)

    def _add(self, name: str, slug: str) -> None:
        parts = words(fold(name))
        if not parts or len(parts) > _LONGEST_NAME:
            return
        if any(map(is_cjk, parts)):
            self._cjk.append((fold(name).strip(), slug))
            return
        as_written = name if name.isupper() and len(parts) == 1 else ""
        singular = tuple(map(_singular, parts))
        self._names[singular[0]].append(_TermName(singular, slug, as_written))

    def __bool__(self) -> bool:
        return bool(self.terms)

    def found_in(self, text: str) -> list[Occurrence]:
        """The terms in a text, in reading order, none overlapping."""
        folded, origin = fold_with_origin(text)
        found = [*self._spelt(text, folded, origin), *self._in_runs(folded, origin)]
        return sorted(found)

    def _spelt(self, text: str, folded: str, origin: Sequence[int]) -> Iterator[Occurrence]:
        if not self._names:
            return
        places = word_spans(folded)
        singulars = [_singular(folded[start:end]) for start, end in places]
        if self._first_words.isdisjoint(singulars):
            return
        at = 0
        while at < len(places):
            for name in self._names.get(singulars[at], ()):
                last = at + len(name.words) - 1
                if tuple(singulars[at : last + 1]) != name.words:
                    continue
                if not _are_joined(folded, places[at : last + 1]):
                    continue
                start, end = origin[places[at][0]], origin[places[last][1]]
                if name.as_written and not _is_written(text[start:end], name.as_written):
                    continue
                yield Occurrence(start, end, name.term)
                at = last
                break
            at += 1

    def _in_runs(self, folded: str, origin: Sequence[int]) -> Iterator[Occurrence]:
        """Names in scripts that put no blanks between words."""
        taken: list[Span] = []
        for name, term in self._cjk:
            start = folded.find(name)
            while start >= 0:
                end = start + len(name)
                if not any(start < after and end > before for before, after in taken):
                    taken.append((start, end))
                    yield Occurrence(origin[start], origin[end], term)
                start = folded.find(name, end)

    def marked(self, document: Document) -> Document:
        """A document in which each term is a link where it first stands in a section.

        Titles, headings, tables and code have none, nor have links, and titles of the sources.
        """
        if not self:
            return document
        titles = _titles_of(document.sources)
        seen: set[str] = set()
        blocks = list(document.blocks)
        for at, block in enumerate(blocks):
            if block.set is Set.HEADING:
                seen = set()
            elif block.set in _RUNNING and block.text:
                blocks[at] = self._with_marks(block, seen, titles)
        return Document(document.title, tuple(blocks), document.sources)

    def _with_marks(self, block: DocBlock, seen: set[str], titles: Sequence[str]) -> DocBlock:
        text = block.text
        found = self.found_in(text.plain)
        if not found:
            return block
        closed = [(m.start, m.end) for m in text.marks if m.kind in _CLOSED]
        closed += _places_of(titles, text.plain)
        marks = []
        for start, end, term in found:
            if any(start < after and end > before for before, after in closed):
                continue
            if term not in seen:
                seen.add(term)
                marks.append(Mark(start, end, MarkKind.LINK, f"term:{term}"))
        return block._replace(text=text._replace(marks=(*text.marks, *marks))) if marks else block


_CLOSED = frozenset((MarkKind.LINK, MarkKind.CODE, MarkKind.EMPHASIS))
"""Emphasis in running text is what sets titles of works apart."""


def _is_written(words_found: str, name: str) -> bool:
    """Whether an abbreviation stands in capitals, in the plural or not."""
    return words_found in (name, f"{name}s")


def _are_joined(folded: str, places: Sequence[Span]) -> bool:
    """Whether nothing but a blank or a hyphen stands between words."""
    return all(
        second[0] == first[1]
        or (second[0] == first[1] + 1 and _BETWEEN_WORDS.match(folded, first[1]))
        for first, second in pairwise(places)
    )


def _singular(word: str) -> str:
    """A folded word without the ending of an English plural."""
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "zes", "sses")):
        return word[:-2]
    return word[:-1]


_SHORTEST_TITLE = 8


def _titles_of(sources: Mapping[str, SourceLine]) -> list[str]:
    """The titles of sources, without case."""
    titles = []
    for source in sources.values():
        try:
            item = decoded(source.csl)
        except StoredJsonError:
            continue
        title = item.get("title") if isinstance(item, dict) else None
        if isinstance(title, str) and len(title) >= _SHORTEST_TITLE:
            titles.append(title.casefold())
    return titles


def _places_of(titles: Iterable[str], text: str) -> Iterator[Span]:
    """Where titles stand in a text."""
    bare = text.casefold()
    if len(bare) != len(text):
        return
    for title in titles:
        at = bare.find(title)
        while at >= 0:
            yield at, at + len(title)
            at = bare.find(title, at + len(title))
