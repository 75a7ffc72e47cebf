"""The keys that a form of a pack takes, at any place within it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel


def keys_at(form: type[BaseModel], loc: Sequence[int | str]) -> list[str]:
    """The keys that the form would take where a wrong one stands."""
    current: Any = form
    for step in loc[:-1]:
        if isinstance(step, int):
            continue
        field = next((f for n, f in current.model_fields.items() if step in (n, f.alias)), None)
        current = next(_models_in(field.annotation), None) if field else None
        if current is None:
            return []
    return [field.alias or name for name, field in current.model_fields.items()]


def _models_in(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)
