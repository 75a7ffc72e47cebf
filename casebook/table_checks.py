"""CHECK constraints that several tables of a book share."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint


def one_of(
    column: str, words: type[StrEnum] | list[str], *, or_null: bool = False
) -> CheckConstraint:
    """A constraint that a column holds one of some words, or NULL where `or_null` is given."""
    values = words if isinstance(words, list) else [word.value for word in words]
    listed = ", ".join(f"'{value}'" for value in values)
    null = f"{column} IS NULL OR " if or_null else ""
    return CheckConstraint(f"{null}{column} IN ({listed})", name=f"{column}_is_known")


def flag(column: str) -> CheckConstraint:
    """A constraint that a column holds 0 or 1."""
    return CheckConstraint(f"{column} IN (0, 1)", name=f"{column}_is_a_flag")


def ordered_bounds() -> CheckConstraint:
    """A constraint that the four columns of bounds are in order, as `dates.Bounds` wants them."""
    return CheckConstraint(
        "(earliest_begin IS NULL OR latest_begin IS NULL OR earliest_begin <= latest_begin)"
        " AND (earliest_end IS NULL OR latest_end IS NULL OR earliest_end <= latest_end)"
        " AND (earliest_begin IS NULL OR earliest_end IS NULL OR earliest_begin <= earliest_end)"
        " AND (latest_begin IS NULL OR latest_end IS NULL OR latest_begin <= latest_end)",
        name="bounds_are_ordered",
    )
