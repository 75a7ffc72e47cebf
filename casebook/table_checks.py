"""Constraints that several tables of a book have."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint


def one_of(
    column: str, words: type[StrEnum] | list[str], *, or_null: bool = False
) -> CheckConstraint:
    """That a column holds one of some words."""
    values = words if isinstance(words, list) else [word.value for word in words]
    listed = ", ".join(f"'{value}'" for value in values)
    null = f"{column} IS NULL OR " if or_null else ""
    return CheckConstraint(f"{null}{column} IN ({listed})", name=f"{column}_is_known")


def flag(column: str) -> CheckConstraint:
    """That a column holds 0 or 1."""
    return CheckConstraint(f"{column} IN (0, 1)", name=f"{column}_is_a_flag")


def ordered_bounds() -> CheckConstraint:
    """That the four columns of bounds hold bounds."""
    return CheckConstraint(
        "(earliest_begin IS NULL OR latest_begin IS NULL OR earliest_begin <= latest_begin)"
        " AND (earliest_end IS NULL OR latest_end IS NULL OR earliest_end <= latest_end)"
        " AND (earliest_begin IS NULL OR earliest_end IS NULL OR earliest_begin <= earliest_end)"
        " AND (latest_begin IS NULL OR latest_end IS NULL OR latest_begin <= latest_end)",
        name="bounds_are_ordered",
    )
