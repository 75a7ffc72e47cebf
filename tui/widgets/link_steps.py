"""From one thing that can be opened on a page to the next: links and citations, or terms."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from tui.widgets.document_layout import LinkTarget, TargetKind


def stops(targets: Sequence[LinkTarget], *, terms: bool) -> list[int]:
    """The places of terms among some targets, or those of all others.

    Words of the glossary stand between the citations of a page and would be in their way. On
    a page that has nothing but terms these are its links.
    """
    chosen = [at for at, target in enumerate(targets) if (target.kind is TargetKind.TERM) is terms]
    return chosen or ([] if terms else list(range(len(targets))))


def stop_from(
    held: Sequence[int],
    step: int,
    place: tuple[int, int],
    place_of: Callable[[int], tuple[int, int]],
) -> int | None:
    """The stop at or after a place in a document, or with -1 the one before; None without any.

    Args:
        place: a block, and where in its words.
        place_of: where a target begins.
    """
    at = bisect_left(held, place, key=place_of) - (step < 0)
    return held[min(max(at, 0), len(held) - 1)] if held else None


def stop_beside(
    held: Sequence[int],
    chosen: int | None,
    step: int,
    is_visible: Callable[[int], bool],
    is_above: Callable[[int], bool],
) -> int | None:
    """The stop to go to; None where there is none.

    Args:
        held: the stops, in the order of the page.
        chosen: the target where the cursor is.
        step: 1 for the next, -1 for the previous.
        is_visible: whether a target is on the screen.
        is_above: whether it is above what is on the screen.
    """
    if not held:
        return None
    last = len(held) - 1
    if chosen is not None and is_visible(chosen):
        at = bisect_right(held, chosen) if step > 0 else bisect_left(held, chosen) - 1
    elif visible := [at for at, number in enumerate(held) if is_visible(number)]:
        at = visible[0] if step > 0 else visible[-1]
    else:
        below = next((at for at, number in enumerate(held) if not is_above(number)), last + 1)
        at = below if step > 0 else below - 1
    return held[min(max(at, 0), last)]
