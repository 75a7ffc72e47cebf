"""A row of a view that stays as it is until the view lets it go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip


class _NothingKept(FIFOCache[Any, Any]):
    """Keeps nothing, so that all strips can share it."""

    def set(self, key: Any, value: Any) -> None:
        pass

    __setitem__ = set


_NOTHING = _NothingKept(0)


class DrawnStrip(Strip):
    """A strip without the seven caches of Textual's, of which a view has no use.

    They are fifteen objects for each line, through which the garbage collector has to look,
    and one of them makes the strip hold itself, so that only the collector frees it.
    """

    def __init__(self, segments: Iterable[Segment], cell_length: int) -> None:
        self._segments = list(segments)
        self._cell_length = cell_length
        self._divide_cache = self._crop_cache = self._style_cache = _NOTHING
        self._filter_cache = self._line_length_cache = _NOTHING
        self._crop_extend_cache = self._offsets_cache = _NOTHING
        self._render_cache = self._link_ids = self._cell_count = None

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        wanted = list(cuts)
        return (self,) if wanted == [self.cell_length] else super().divide(wanted)
