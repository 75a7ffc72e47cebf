"""What a comparison shows and in which order: chosen, changed by hand, and saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from casebook.comparison.options import MatrixOrder, Shown, SubPoints


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


class MatrixChoice(NamedTuple):
    """What is chosen; an order is a rule, or names by hand."""

    framework: str
    shown: Shown = Shown.ALL
    subpoints: SubPoints = SubPoints.RATED
    rows: MatrixOrder | list[str] = MatrixOrder.FRAMEWORK
    columns: MatrixOrder | list[str] = MatrixOrder.FRAMEWORK

    @property
    def kept(self) -> dict[str, Any]:
        """All but the framework, in values that JSON can hold."""
        return {
            "shown": self.shown.value,
            "subpoints": self.subpoints.value,
            "rows": kept_order(self.rows),
            "columns": kept_order(self.columns),
        }

    def as_kept(self, kept: Mapping[str, Any]) -> MatrixChoice:
        """The choice that was kept, as far as it is known; this one for the rest."""
        shown, subpoints = kept.get("shown"), kept.get("subpoints")
        return MatrixChoice(
            self.framework,
            Shown(shown) if shown in tuple(Shown) else self.shown,
            SubPoints(subpoints) if subpoints in tuple(SubPoints) else self.subpoints,
            order_from(kept.get("rows")),
            order_from(kept.get("columns")),
        )
