"""The orders of a comparison, as the notebook keeps them and as a hand changes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casebook.comparison.options import MatrixOrder


def swapped(names: Iterable[str], at: int, step: int) -> list[str]:
    """The names with one moved a step, where there is room."""
    order = list(names)
    if 0 <= at + step < len(order):
        order[at], order[at + step] = order[at + step], order[at]
    return order


def kept_order(order: MatrixOrder | list[str]) -> str | list[str]:
    """An order as the notebook keeps it: its name, or the slugs or keys in their order."""
    return order.value if isinstance(order, MatrixOrder) else list(order)


def order_from(kept: Any) -> MatrixOrder | list[str]:
    """An order as it was kept; the usual one for anything else."""
    if isinstance(kept, list):
        return [name for name in kept if isinstance(name, str)]
    return MatrixOrder(kept) if kept in tuple(MatrixOrder) else MatrixOrder.FRAMEWORK
