"""Quotes: made from some words of a page, and found again after the text has moved.

A quote is a TextQuoteSelector of the W3C Web Annotation model: the words, and some of the
words on both sides. Like Hypothesis and the others that use it, we look where the words
were first, then everywhere, and then for what is nearest to them. What is nearest is a guess,
and so are a few words that are there still, but among others: whoever shows a guess says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from casebook.notebook.agreement import may_say_the_same, negations_in
from casebook.notebook.values import AROUND, LONGEST_QUOTE, Quote

_NEAR_ENOUGH = 80.0
"""RapidFuzz's ratio from which changed words are taken for the same statement."""

_SHORTEST_FOR_NEARNESS = 12
"""Characters from which a quote can be told from another by its likeness."""

_LONG_ENOUGH = 24
"""Characters from which the same words are the same statement, whatever is around them."""

_CONTEXT = 16
"""Characters on each side by which a shorter quote is known."""

_LONGEST_WORD = 24
_FIRST_IDEOGRAPH = "\u2e80"

_WORDS_BESIDE = 2
"""Words on each side of changed ones in which a "not" would count."""


class Certainty(StrEnum):
    """How a quote was found."""

    SAME = "same"
    """Where it was."""
    MOVED = "moved"
    """The same words at another place."""
    CHANGED = "changed"
    """A guess: words that are much like them, or the same few words among others. The reader
    is asked to confirm it."""


class QuotePlace(NamedTuple):
    """Where a quote is.

    Attributes:
        place: the anchor of the block.
    """

    place: str
    start: int
    end: int
    certainty: Certainty


class _QuoteStretch(NamedTuple):
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
        self._made: dict[int, _QuoteStretch] = {}
        self._places: dict[str, list[int]] = {}
        for number, (place, _) in enumerate(self._texts):
            self._places.setdefault(place, []).append(number)

    def at(self, place: str) -> list[_QuoteStretch]:
        """The blocks of an anchor."""
        return [self._stretch(number) for number in self._places.get(place, ())]

    def words_of(self, found: QuotePlace) -> str:
        """The words that were found, with their white space made even."""
        at = self._places[found.place][0]
        return _even(self._texts[at][1][found.start : found.end])

    def all(self) -> list[_QuoteStretch]:
        return [self._stretch(number) for number in range(len(self._texts))]

    def _stretch(self, number: int) -> _QuoteStretch:
        if number not in self._made:
            self._made[number] = _stretch(*self._texts[number])
        return self._made[number]


def find(quote: Quote, place: str, texts: Texts) -> QuotePlace | None:
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
    return found or _nearest(quote, wanted, there) or _nearest(quote, wanted, texts.all())


def _exact(
    quote: Quote, wanted: str, stretches: Sequence[_QuoteStretch], certainty: Certainty
) -> QuotePlace | None:
    best = _best_exact(quote, wanted, stretches)
    if best is None:
        return None
    stretch, at = best
    if len(wanted) < _LONG_ENOUGH and not _has_context(quote, stretch.words, at, len(wanted)):
        certainty = Certainty.CHANGED
    return QuotePlace(stretch.place, *stretch.span(at, at + len(wanted)), certainty)


def _has_context(quote: Quote, words: str, at: int, length: int) -> bool:
    """Whether a text has around some words what the quote has around them."""
    prefix, suffix = _even(quote.prefix)[-_CONTEXT:], _even(quote.suffix)[:_CONTEXT]
    return words[:at].rstrip().endswith(prefix) and words[at + length :].lstrip().startswith(suffix)


def _stretch(place: str, text: str) -> _QuoteStretch:
    offsets = []
    letters = []
    before = " "
    for at, letter in enumerate(text):
        even = " " if letter.isspace() else letter
        if even != " " or before != " ":
            letters.append(even)
            offsets.append(at)
        before = even
    return _QuoteStretch(place, "".join(letters), tuple(offsets))


def _even(text: str) -> str:
    return " ".join(text.split())


def _occurrences(wanted: str, words: str) -> Iterator[int]:
    at = words.find(wanted)
    while at >= 0:
        yield at
        at = words.find(wanted, at + 1)


def _best_exact(
    quote: Quote, wanted: str, stretches: Iterable[_QuoteStretch]
) -> tuple[_QuoteStretch, int] | None:
    """The place with the words, among several the one with the most of the words around."""
    prefix, suffix = _even(quote.prefix), _even(quote.suffix)
    best: tuple[int, _QuoteStretch, int] | None = None
    for stretch in stretches:
        for at in _occurrences(wanted, stretch.words):
            before = stretch.words[:at].rstrip()
            after = stretch.words[at + len(wanted) :].lstrip()
            score = _shared(before[::-1], prefix[::-1]) + _shared(after, suffix)
            if best is None or score > best[0]:
                best = (score, stretch, at)
    return best[1:] if best else None


def _shared(text: str, other: str) -> int:
    """How many letters two words have in common from their beginning."""
    count = 0
    for first, second in zip(text, other, strict=False):
        if first != second:
            break
        count += 1
    return count


def _nearest(quote: Quote, wanted: str, stretches: Sequence[_QuoteStretch]) -> QuotePlace | None:
    """The words that are most like the quote, if they are like enough and can say the same."""
    if len(wanted) < _SHORTEST_FOR_NEARNESS:
        return None
    from rapidfuzz.fuzz import partial_ratio_alignment

    around = f"{quote.prefix}{quote.exact}{quote.suffix}"
    start = len(quote.prefix)
    start, end = _whole_words(around, start, start + len(quote.exact))
    said, beside = around[start:end], _with_words_beside(around, start, end)
    best: QuotePlace | None = None
    best_score = _NEAR_ENOUGH
    for stretch in stretches:
        words = stretch.words
        if len(words) * 2 < len(wanted):
            continue
        found = partial_ratio_alignment(wanted, words, score_cutoff=best_score)
        if found is None or found.score < best_score or found.dest_end <= found.dest_start:
            continue
        start, end = _whole_words(words, found.dest_start, found.dest_end)
        if may_say_the_same(said, words[start:end]) and negations_in(beside) == negations_in(
            _with_words_beside(words, start, end)
        ):
            best_score = found.score
            best = QuotePlace(stretch.place, *stretch.span(start, end), Certainty.CHANGED)
    return best


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A span made a little wider, so that it cuts no word and no number of letters with blanks."""
    least, most = max(start - _LONGEST_WORD, 0), min(end + _LONGEST_WORD, len(text))
    while start > least and _is_inside(text, start):
        start -= 1
    while end < most and _is_inside(text, end):
        end += 1
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_inside(text: str, at: int) -> bool:
    """Whether a word goes on at a place. Scripts that write without blanks have no such places."""
    before, after = text[at - 1], text[at]
    return not (before.isspace() or after.isspace()) and max(before, after) < _FIRST_IDEOGRAPH


def _with_words_beside(text: str, start: int, end: int) -> str:
    """Some words, and a few on each side."""
    before = text[:start].split()[-_WORDS_BESIDE:]
    after = text[end:].split()[:_WORDS_BESIDE]
    return " ".join([*before, text[start:end], *after])
