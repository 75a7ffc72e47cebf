"""Finds the words of a query in a text that is shown, to highlight them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebook.search.folding import fold_with_origin, is_cjk, word_spans
from casebook.search.similarity import best_word

Span = tuple[int, int]
"""The first character of a stretch of text, and the one after its last."""

LEAST_LIKENESS = 0.6


def spans_of(
    text: str, wanted: Sequence[str], *, least_beginning: int = 1, is_literal: bool = False
) -> tuple[Span, ...]:
    """The characters of a text that folded words match, in order, none overlapping.

    A word that is typed as it stands is highlighted as far as it is typed; one that is
    spelt otherwise is highlighted whole.

    Args:
        least_beginning: letters from which a word may be the beginning of another.
        is_literal: the words stand there as they are typed.
    """
    folded, origin = fold_with_origin(text)
    places = word_spans(folded)
    found: list[Span] = []
    missing: list[str] = []
    for word in wanted:
        here = list(_standing(word, folded, places, least_beginning))
        found.extend(here)
        if not here:
            missing.append(word)
    if missing and not is_literal:
        found.extend(_squeezed("".join(wanted), folded, places))
        if len(wanted) > 1:
            for word in missing:
                found.extend(_squeezed(word, folded, places))
    if not is_literal and not _covers(found, wanted):
        for word in missing:
            found.extend(_resembling(word, folded, places))
    return _merged((origin[start], _end(origin, end)) for start, end in found)


def _end(origin: list[int], end: int) -> int:
    """Where a span that ends at `end` in the fold ends in the text."""
    last = origin[end - 1]
    while end < len(origin) and origin[end] == last:
        end += 1
    return origin[end] if end < len(origin) else origin[-1]


def _covers(found: list[Span], wanted: Sequence[str]) -> bool:
    return sum(end - start for start, end in found) >= sum(map(len, wanted))


def _standing(word: str, folded: str, places: list[Span], least_beginning: int) -> Iterable[Span]:
    """Where a word stands letter by letter, from the beginning of a word on."""
    if is_cjk(word):
        at = folded.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = folded.find(word, at + len(word))
    else:
        for start, end in places:
            is_whole = end - start == len(word)
            if folded.startswith(word, start) and (is_whole or len(word) >= least_beginning):
                yield start, start + len(word)


def _squeezed(word: str, folded: str, places: list[Span]) -> Iterable[Span]:
    """Where a word stands if spaces and hyphens are taken away."""
    if len(word) < 3:
        return
    letters: list[int] = []
    for start, end in places:
        letters.extend(range(start, end))
    squeezed = "".join(folded[at] for at in letters)
    at = squeezed.find(word)
    while at >= 0:
        yield letters[at], letters[at + len(word) - 1] + 1
        at = squeezed.find(word, at + len(word))


def _resembling(word: str, folded: str, places: list[Span]) -> Iterable[Span]:
    """The words that resemble a word most."""
    likeness = [(best_word(word, [folded[start:end]]), (start, end)) for start, end in places]
    best = max((like for like, _ in likeness), default=0.0)
    if best >= LEAST_LIKENESS:
        yield from (span for like, span in likeness if like == best)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
