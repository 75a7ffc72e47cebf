"""Grams, the pieces of names by which misspelt ones are found, and blobs of their postings."""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from casebook.search.folding import is_kanji, skeleton, word_skeleton

SHORT_WORD = range(3, 8)
"""Letters of a word that is also found by itself less any one letter.

Two spellings of a short word may share no three letters in a row: `ashro` and `asiro`. Less
one letter each they do agree (Garbe 2012, "Symmetric Delete").
"""


class Grams(NamedTuple):
    """The grams of a name.

    Attributes:
        pieces: beginnings of words, three and four letters in a row, one and two kanji.
        whole: its short words.
        shortened: its short words less any one letter.
    """

    pieces: frozenset[int]
    whole: frozenset[int]
    shortened: frozenset[int]


def grams_of(folded_words: list[str]) -> Grams:
    """The grams of a name given as the words of its fold."""
    short = _short(folded_words)
    return Grams(
        _hashed(_pieces(folded_words)),
        _hashed(f"#{word}" for word in short),
        _hashed(f"={less}" for word in short for less in _less_one(word)),
    )


def asked_grams(folded_words: list[str]) -> dict[int, int]:
    """The grams by which names like a query are found, each with its weight.

    A name that has a word of the query, or that has it with one letter more or less, is
    likelier than one that is alike after both have lost a letter.
    """
    short = _short(folded_words)
    shortened = {less for word in short for less in _less_one(word)}
    pieces = _pieces(folded_words)
    worth = dict.fromkeys(_hashed(pieces), 1)
    worth |= dict.fromkeys(_hashed(piece for piece in pieces if len(piece) == 4), 2)
    worth |= dict.fromkeys(_hashed(f"={less}" for less in shortened), 2)
    worth |= dict.fromkeys(_hashed(f"#{word}" for word in shortened | short), 4)
    worth |= dict.fromkeys(_hashed(f"={word}" for word in short), 4)
    return worth


def _pieces(folded_words: list[str]) -> set[str]:
    joined = skeleton(folded_words)
    pieces = {joined[at : at + 3] for at in range(len(joined) - 2)}
    pieces |= {joined[at : at + 4] for at in range(len(joined) - 3)}
    pieces |= {f"^{word_skeleton(word)[:2]}" for word in folded_words}
    for at, letter in enumerate(joined):
        if is_kanji(letter):
            pieces.add(letter)
            if is_kanji(joined[at + 1 : at + 2]):
                pieces.add(joined[at : at + 2])
    return pieces


def _short(folded_words: list[str]) -> set[str]:
    """The short words of a name, as they are spelt and by their skeletons."""
    every = {skeleton(folded_words), *folded_words, *(word_skeleton(word) for word in folded_words)}
    return {word for word in every if len(word) in SHORT_WORD and word.isascii()}


def _less_one(word: str) -> set[str]:
    """A word without any one of its letters."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _hashed(grams: Iterable[str]) -> frozenset[int]:
    return frozenset(zlib.crc32(gram.encode()) for gram in grams)


_HEAD = struct.Struct("<BI")
_WIDTHS = ((1, "B"), (2, "H"), (4, "I"))
_TYPE_OF = dict(_WIDTHS)


def packed(keys: Sequence[int]) -> bytes:
    """Rising whole numbers below 2**32 as a blob: the first number, then the differences.

    Each difference takes one, two or four little-endian bytes, as the largest needs.
    """
    steps = [after - before for before, after in pairwise(keys)]
    widest = max(steps, default=0)
    width, letter = next((w, t) for w, t in _WIDTHS if widest < 256**w)
    body = array(letter, steps)
    if sys.byteorder == "big":
        body.byteswap()
    return _HEAD.pack(width, keys[0]) + body.tobytes()


def unpacked(blob: object, most: int = 4_000_000) -> list[int]:
    """The numbers of a blob that `packed` made, at most `most`; none where it is damaged."""
    if not isinstance(blob, bytes) or len(blob) < _HEAD.size:
        return []
    width, first = _HEAD.unpack_from(blob)
    if width not in _TYPE_OF or (len(blob) - _HEAD.size) % width:
        return []
    body = array(_TYPE_OF[width])
    body.frombytes(blob[_HEAD.size : _HEAD.size + (most - 1) * width])
    if sys.byteorder == "big":
        body.byteswap()
    return list(accumulate(body, initial=first))
