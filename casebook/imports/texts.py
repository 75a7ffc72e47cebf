"""The texts of entries that are to be written, held small: there may be tens of thousands."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, MutableMapping
from functools import lru_cache

_QUICK = 1
"""A level of zlib: entries are short, and harder work makes them hardly smaller."""


@lru_cache(maxsize=1)
def packed(text: str) -> bytes:
    """A text in a fraction of its memory.

    What is kept of an entry and what is written are mostly one text, and so one object.
    """
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _QUICK)


def unpacked(data: bytes) -> str:
    """The text that `packed` was given."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


class PackedTexts(MutableMapping[str, str]):
    """PackedTexts by the names of their files."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> str:
        return unpacked(self._held[name])

    def __setitem__(self, name: str, text: str) -> None:
        self._held[name] = packed(text)

    def __delitem__(self, name: str) -> None:
        del self._held[name]

    def __contains__(self, name: object) -> bool:
        return name in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)
