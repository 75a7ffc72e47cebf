"""A forgiving search over a notebook: typos, beginnings of words, accents and case.

Every word of every note stands once in a list; a query's words are held against that list
by RapidFuzz, and the notes follow from the words. So the judgement costs as much as there
are different words, and not as much as there are notes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from casebook.notebook.listing import ItemKind, NotebookItem, key_of, other_items
from casebook.notebook.notes import all_notes
from casebook.notebook.store import Notebook
from casebook.notebook.values import Note
from casebook.search.folding import fold

LONGEST_QUERY = 256
MOST_WORDS = 16

_BEGINNING = 92.0
_INSIDE = 85.0
_LEAST_LIKENESS = 74.0
_SHORTEST_FOR_TYPOS = 4
_WORDS = re.compile(r"\w+")


class FoundItem(NamedTuple):
    """Something that was found.

    Attributes:
        key: as a listing names it.
        score: up to 100.
    """

    key: str
    score: float


class Finder:
    """The words of a notebook, read once and asked many times."""

    def __init__(self, notebook: Notebook) -> None:
        """Reads the words.

        Raises:
            NotebookError: the file cannot be read.
        """
        self._places: dict[str, set[int]] = defaultdict(set)
        self._keys: list[str] = []
        self._texts: list[str] = []
        for note in all_notes(notebook):
            self._add(note.uid, _words_of(note))
        for item in other_items(notebook):
            self._add(key_of(item.value), _words_of_item(item))
        self._known = list(self._places)

    def _add(self, key: str, parts: Iterable[str]) -> None:
        number = len(self._keys)
        self._keys.append(key)
        text = fold(" ".join(part for part in parts if part))
        self._texts.append(text)
        for word in set(_WORDS.findall(text)):
            self._places[word].add(number)

    def find(self, query: str) -> list[FoundItem]:
        """What holds every word of a query, the best first; with no word, nothing.

        A word of the query is held by the same word, by one that it begins or stands in,
        or by one that it is a slip of the pen away from.
        """
        words = _WORDS.findall(fold(query[:LONGEST_QUERY]))[:MOST_WORDS]
        scores: dict[int, float] = {}
        for number, word in enumerate(dict.fromkeys(words)):
            found = self._scores(word)
            if number == 0:
                scores = found
            else:
                scores = {at: scores[at] + found[at] for at in scores.keys() & found.keys()}
            if not scores:
                break
        share = len(dict.fromkeys(words)) or 1
        hits = [FoundItem(self._keys[at], score / share) for at, score in sorted(scores.items())]
        return sorted(hits, key=lambda hit: -hit.score)

    def _scores(self, word: str) -> dict[int, float]:
        """How well each place holds one word."""
        best: dict[int, float] = {}
        for known, score in self._alike(word):
            for at in self._places[known]:
                if score > best.get(at, 0.0):
                    best[at] = score
        return best

    def _alike(self, word: str) -> list[tuple[str, float]]:
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        found = []
        for known in self._known:
            if known == word:
                found.append((known, 100.0))
            elif known.startswith(word):
                found.append((known, _BEGINNING))
            elif (len(word) > 2 or not word.isascii()) and word in known:
                found.append((known, _INSIDE))
        if len(word) >= _SHORTEST_FOR_TYPOS:
            near = process.extract(
                word,
                self._known,
                scorer=DamerauLevenshtein.normalized_similarity,
                score_cutoff=_LEAST_LIKENESS / 100,
                limit=None,
            )
            found += [(known, score * _INSIDE) for known, score, _ in near]
        return found


def _words_of(note: Note) -> Iterable[str]:
    quote = note.target.quote
    return (note.text, quote.exact if quote else "", note.target.title, note.target.context)


def _words_of_item(item: NotebookItem) -> Iterable[str]:
    if item.kind is ItemKind.VIEW:
        return (item.title, item.words)
    return (item.title, item.words, item.entry)
