"""Scores how much a name resembles what was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from casebook.search.fields import Field
from casebook.search.folding import fold, is_cjk, skeleton, unfinished, word_skeleton, words


def least_likeness(length: int) -> float:
    """The likeness, from 0 to 1, from which on spellings are taken for the same name.

    It allows one fault in four letters, two in six, and two in five beyond.

    Args:
        length: letters of the skeleton of the query.
    """
    return 0.74 if length < 5 else 0.65 if length < 7 else 0.6


# The scores of names, by the way in which they match.
_EXACT = 100.0
_SAME_SKELETON = 99.0
_FIRST_WORDS, _BEGINNING, _ALIKE_BEGINNING = 91.0, 88.0, 75.0
_WORD_BEGINNING, _ALIKE_WORD_BEGINNING = 80.0, 70.0
_ONE_FAULT, _ONE_FAULT_ALIKE, _ONE_FAULT_SPAN = 80.0, 72.0, 4.0
"""Of a whole name with one fault; the beginning of another name with one is worth less."""
_INSIDE = 62.0
_SPAN = 8.0
"""What covering the whole name adds to a tier."""
_LIKE = 30.0
_LIKE_SPAN = 50.0
"""A name that is only alike has `_LIKE`, and this by its likeness."""
_LOSS = {Field.TITLE: 0.0, Field.ALIAS: 1.0, Field.PERSON: 3.0, Field.TERM: 5.0, Field.PLACE: 6.0}


_UNREADABLE = re.compile(r"^([^\W\d_aeiou])\1|([^\W\d_])\2\2")
"""A consonant that is doubled before any vowel, or any letter thrice."""


@lru_cache(maxsize=4096)
def _has_reading(word: str) -> bool:
    """Whether a folded word could be romanised so that its skeleton stands for it."""
    return not _UNREADABLE.search(word)


class Wanted(NamedTuple):
    """A query in the forms that names are compared with.

    Attributes:
        words: folded.
        joined: the words without spaces.
        skeleton: of all words together.
        beginnings: skeletons with which a name may begin while the query is still typed.
        word_skeletons: of each word.
        sorted_skeletons: those in alphabetical order, joined, for names in another order.
        has_reading: the letters could be a name that somebody romanises; `zzzz` could not.
    """

    words: tuple[str, ...]
    joined: str
    skeleton: str
    beginnings: tuple[str, ...]
    word_skeletons: tuple[str, ...]
    sorted_skeletons: str
    has_reading: bool = True

    @classmethod
    def of(cls, folded: Sequence[str]) -> Wanted:
        """The forms of some folded words."""
        letters = skeleton(list(folded))
        skeletons = tuple(word_skeleton(word) for word in folded)
        return cls(
            words=tuple(folded),
            joined="".join(folded),
            skeleton=letters,
            beginnings=tuple(dict.fromkeys((*unfinished(letters), "".join(skeletons)))),
            word_skeletons=skeletons,
            sorted_skeletons="".join(sorted(skeletons)),
            has_reading=all(map(_has_reading, folded)),
        )


def name_score(wanted: Wanted, field: Field, text: str, letters: str) -> float:
    """The score of a name from 0 to 100; 0 where it is another name.

    Args:
        letters: the skeleton of `text`.
    """
    name_words = words(fold(text))
    score = _score_before_loss(wanted, name_words, letters)
    return score - _LOSS[field] if score else 0.0


def _score_before_loss(wanted: Wanted, name_words: list[str], letters: str) -> float:
    joined = "".join(name_words)
    if joined == wanted.joined:
        return _EXACT
    if letters == wanted.skeleton and wanted.has_reading:
        return _SAME_SKELETON
    share = min(len(wanted.skeleton) / max(len(letters), 1), 1.0)
    if joined.startswith(wanted.joined):
        is_whole = tuple(name_words[: len(wanted.words)]) == wanted.words
        return (_FIRST_WORDS if is_whole else _BEGINNING) + _SPAN * share
    inside = wanted.has_reading and any(beginning in letters for beginning in wanted.beginnings)
    likeness = _likeness(wanted, joined, letters, name_words)
    score = _LIKE + _LIKE_SPAN * likeness
    if likeness < least_likeness(len(wanted.skeleton)):
        score = 0.0
    elif len(wanted.joined) > 3:
        score = max(score, _for_one_fault(wanted, joined, letters) + _ONE_FAULT_SPAN * share)
    if inside:
        score = max(score, _as_part(wanted, name_words, letters) + _SPAN * share)
    return score


def _for_one_fault(wanted: Wanted, joined: str, letters: str) -> float:
    """The score of a whole name with one fault in its spelling, or in its skeleton alone."""
    if OSA.distance(wanted.joined, joined, score_cutoff=1) == 1:
        return _ONE_FAULT
    if OSA.distance(wanted.skeleton, letters, score_cutoff=1) == 1:
        return _ONE_FAULT_ALIKE
    return -_ONE_FAULT_SPAN


def _as_part(wanted: Wanted, name_words: list[str], letters: str) -> float:
    """The score of a name whose skeleton holds that of the query."""
    if letters.startswith(wanted.beginnings):
        return _ALIKE_BEGINNING
    for at in range(1, len(name_words)):
        if "".join(name_words[at:]).startswith(wanted.joined):
            return _WORD_BEGINNING
    if any(
        skeleton(name_words[at:]).startswith(wanted.beginnings) for at in range(1, len(name_words))
    ):
        return _ALIKE_WORD_BEGINNING
    return _INSIDE if len(wanted.skeleton) >= 3 else -_SPAN


def _likeness(wanted: Wanted, joined: str, letters: str, name_words: list[str]) -> float:
    length = len(wanted.skeleton)
    if length < 3:
        return 0.0
    best = max(
        OSA.normalized_similarity(wanted.skeleton, letters),
        OSA.normalized_similarity(wanted.joined, joined),
    )
    if len(letters) > length > 4:
        distance = min(
            OSA.distance(wanted.skeleton, letters[:end]) for end in (length - 1, length, length + 1)
        )
        # A beginning with a fault is worth less than a whole name with the same fault.
        best = max(best, 0.97 * (1 - distance / length) - 0.01)
    if best > 0.9 or len(name_words) == 1 == len(wanted.words):
        return best
    if len(name_words) == len(wanted.words) > 1:
        turned = "".join(sorted(map(word_skeleton, name_words)))
        best = max(best, 0.98 * OSA.normalized_similarity(wanted.sorted_skeletons, turned))
    return max(best, 0.93 * word_likeness(wanted.words, name_words))


def closeness(wanted: Wanted, text: str, letters: str) -> float:
    """How near a name, or one of its words, comes to the query, from 0 to 1.

    Unlike a score it says so of any name: it is for what may have been meant.

    Args:
        letters: the skeleton of `text`.
    """
    parts = [letters, *map(word_skeleton, words(fold(text)))]
    return max(OSA.normalized_similarity(wanted.skeleton, part) for part in parts)


def stands_as_typed(wanted: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether folded words stand letter by letter in some texts, taken together.

    Hyphens and spaces do not count; each word may be the beginning of one that is there. A whole
    word in kana or in another romanisation is the same word.
    """
    names = [words(fold(text)) for text in texts]
    joined = "".join(wanted)
    for name in names:
        squeezed = "".join(name)
        if squeezed.startswith(joined) or (len(joined) > 2 and joined in squeezed):
            return True
    known = [word for name in names for word in name]
    return all(any(_stands(word, other) for other in known) for word in wanted)


def _stands(word: str, other: str) -> bool:
    if other.startswith(word):
        return True
    letters = word_skeleton(word)
    if is_cjk(word) or is_cjk(other):
        return word in other or word_skeleton(other).startswith(letters)
    return len(letters) > 2 and _has_reading(word) and letters == word_skeleton(other)


def word_likeness(wanted: Sequence[str], names: Sequence[str]) -> float:
    """How much of the wanted words is found among some names' words, from 0 to 1.

    All are folded. Each word counts by its letters; a beginning counts nearly as much as a
    whole word.
    """
    total = found = 0.0
    for word in wanted:
        weight = float(len(word))
        total += weight
        found += weight * best_word(word, names)
    return found / total if total else 0.0


def best_word(word: str, names: Sequence[str]) -> float:
    """How much the likeliest of some folded words resembles a folded word, from 0 to 1."""
    letters = word_skeleton(word)
    return max((_word_likeness(word, letters, name) for name in names), default=0.0)


def _word_likeness(word: str, letters: str, name: str) -> float:
    other = word_skeleton(name)
    if other == letters and (name == word or _has_reading(word)):
        return 1.0
    if name.startswith(word) or (other.startswith(letters) and _has_reading(word)):
        return 0.95
    length = len(letters)
    if length < 4:
        return 0.0
    if OSA.distance(letters, other, score_cutoff=1) == 1:
        # Short skeletons have too little left to tell one word from another.
        is_alike = length > 5 or OSA.distance(word, name, score_cutoff=1) <= 1
        return 0.97 - 0.5 / length if is_alike else 0.0
    fault = OSA.distance(letters, other[: length + 1], score_cutoff=2)
    if fault > 1:
        fault = min(fault, OSA.distance(letters, other[:length], score_cutoff=2))
    return 0.94 - fault / length if fault <= (1 if length < 8 else 2) else 0.0
