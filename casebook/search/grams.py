"""Grams: the pieces by which a misspelt name is found, and lists of keys as blobs."""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate, pairwise

from casebook.search.folding import KANJI, skeleton

SHORT_WORD = range(3, 9)
"""Letters of a word that is also found by itself less any one letter.

Two spellings of a short word may share no three letters in a row: `ashro` and `asiro`. Less
one letter each they do agree (Garbe 2012, "Symmetric Delete").
"""


def grams_of(folded_words: list[str]) -> set[int]:
    """The grams of a name, or of a query, given as the words of its fold."""
    joined = skeleton(folded_words)
    grams = {joined[at : at + 3] for at in range(len(joined) - 2)}
    for one, other in pairwise(joined):
        if KANJI.match(one):
            grams.add(one)
            if KANJI.match(other):
                grams.add(one + other)
    if joined and KANJI.match(joined[-1]):
        grams.add(joined[-1])
    keys = {joined}
    for word in folded_words:
        letters = skeleton([word])
        grams.add(f"^{letters[:2]}")
        keys.add(letters)
    for letters in keys:
        if len(letters) in SHORT_WORD and letters.isascii():
            grams.add(f"={letters}")
            grams.update(f"={letters[:at]}{letters[at + 1 :]}" for at in range(len(letters)))
    return {zlib.crc32(gram.encode()) for gram in grams}


_HEAD = struct.Struct("<BI")
_WIDTHS = ((1, "B"), (2, "H"), (4, "I"))
_TYPE_OF = dict(_WIDTHS)


def packed(keys: Sequence[int]) -> bytes:
    """Rising whole numbers below 2**32 as a blob: the first, then the steps between.

    The steps take one, two or four bytes each, as the widest needs.
    """
    steps = [after - before for before, after in pairwise(keys)]
    widest = max(steps, default=0)
    width, letter = next((w, t) for w, t in _WIDTHS if widest < 256**w)
    body = array(letter, steps)
    if sys.byteorder == "big":
        body.byteswap()
    return _HEAD.pack(width, keys[0]) + body.tobytes()


def unpacked(blob: object) -> list[int]:
    """The numbers of a blob; none where it is damaged."""
    if not isinstance(blob, bytes) or len(blob) < _HEAD.size:
        return []
    width, first = _HEAD.unpack_from(blob)
    if width not in _TYPE_OF or (len(blob) - _HEAD.size) % width:
        return []
    body = array(_TYPE_OF[width])
    body.frombytes(blob[_HEAD.size :])
    if sys.byteorder == "big":
        body.byteswap()
    return list(accumulate(body, initial=first))
