"""Quotes: made from some words of a page, and found again after the text has moved.

A quote is a TextQuoteSelector of the W3C Web Annotation model: the words, and some of the
words on both sides. Like Hypothesis and the others that use it, we look where the words
were first, then everywhere, and then for what is nearest to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from casebook.notebook.values import Quote

AROUND = 32
"""Characters kept on each side."""

LONGEST_QUOTE = 2_000

_NEAR_ENOUGH = 80.0
"""RapidFuzz's ratio from which changed words are taken for the same statement."""

_SHORTEST_FOR_NEARNESS = 12
"""Characters from which a quote can be told from another by its likeness."""


class Certainty(StrEnum):
    """How a quote was found."""

    SAME = "same"
    """Where it was."""
    MOVED = "moved"
    """The same words at another place."""
    CHANGED = "changed"
    """Words that are much like them."""


class Found(NamedTuple):
    """Where a quote is.

    Attributes:
        place: the anchor of the block.
    """

    place: str
    start: int
    end: int
    certainty: Certainty


class _Stretch(NamedTuple):
    """A text with its white space made even, and where each character came from."""

    place: str
    words: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.offsets[start], self.offsets[end - 1] + 1


def quote_of(text: str, start: int, end: int) -> Quote:
    """A quote of the characters `start` to `end` of a text."""
    end = min(end, start + LONGEST_QUOTE)
    return Quote(text[start:end], text[max(start - AROUND, 0) : start], text[end : end + AROUND])


class Texts:
    """The blocks of a page, to find quotes in.

    Args:
        texts: anchor and words of every block, in order.
    """

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._texts = list(texts)
        self._made: dict[int, _Stretch] = {}
        self._places: dict[str, list[int]] = {}
        for number, (place, _) in enumerate(self._texts):
            self._places.setdefault(place, []).append(number)

    def at(self, place: str) -> list[_Stretch]:
        """The blocks of an anchor."""
        return [self._stretch(number) for number in self._places.get(place, ())]

    def all(self) -> list[_Stretch]:
        return [self._stretch(number) for number in range(len(self._texts))]

    def _stretch(self, number: int) -> _Stretch:
        if number not in self._made:
            self._made[number] = _stretch(*self._texts[number])
        return self._made[number]


def find(quote: Quote, place: str, texts: Texts) -> Found | None:
    """Where a quote is among the blocks of a page, or None.

    Args:
        place: the anchor at which it was.
    """
    wanted = _even(quote.exact)
    if not wanted:
        return None
    there = texts.at(place)
    found = _exact(quote, wanted, there, Certainty.SAME)
    if found is None:
        found = _exact(quote, wanted, texts.all(), Certainty.MOVED)
    return found or _nearest(wanted, there) or _nearest(wanted, texts.all())


def _exact(
    quote: Quote, wanted: str, stretches: Sequence[_Stretch], certainty: Certainty
) -> Found | None:
    best = _best_exact(quote, wanted, stretches)
    if best is None:
        return None
    stretch, at = best
    return Found(stretch.place, *stretch.span(at, at + len(wanted)), certainty)


def _stretch(place: str, text: str) -> _Stretch:
    offsets = []
    letters = []
    before = " "
    for at, letter in enumerate(text):
        even = " " if letter.isspace() else letter
        if even != " " or before != " ":
            letters.append(even)
            offsets.append(at)
        before = even
    return _Stretch(place, "".join(letters), tuple(offsets))


def _even(text: str) -> str:
    return " ".join(text.split())


def _occurrences(wanted: str, words: str) -> Iterator[int]:
    at = words.find(wanted)
    while at >= 0:
        yield at
        at = words.find(wanted, at + 1)


def _best_exact(
    quote: Quote, wanted: str, stretches: Iterable[_Stretch]
) -> tuple[_Stretch, int] | None:
    """The place with the words, among several the one with the most of the words around."""
    prefix, suffix = _even(quote.prefix), _even(quote.suffix)
    best: tuple[int, _Stretch, int] | None = None
    for stretch in stretches:
        for at in _occurrences(wanted, stretch.words):
            before = stretch.words[:at].rstrip()
            after = stretch.words[at + len(wanted) :].lstrip()
            score = _shared(before[::-1], prefix[::-1]) + _shared(after, suffix)
            if best is None or score > best[0]:
                best = (score, stretch, at)
    return best[1:] if best else None


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common from their beginning."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count


def _nearest(wanted: str, stretches: Sequence[_Stretch]) -> Found | None:
    """The words that are most like the quote, if they are like enough."""
    if len(wanted) < _SHORTEST_FOR_NEARNESS:
        return None
    from rapidfuzz.fuzz import partial_ratio_alignment

    best: Found | None = None
    best_score = _NEAR_ENOUGH
    for stretch in stretches:
        if len(stretch.words) * 2 < len(wanted):
            continue
        found = partial_ratio_alignment(wanted, stretch.words, score_cutoff=best_score)
        if found is not None and found.score >= best_score and found.dest_end > found.dest_start:
            best_score = found.score
            span = stretch.span(found.dest_start, found.dest_end)
            best = Found(stretch.place, *span, Certainty.CHANGED)
    return best
