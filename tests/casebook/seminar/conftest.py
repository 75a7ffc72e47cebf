"""A class on a real PostgreSQL."""

from __future__ import annotations

from tests.classes_on_postgres import database, held, postgres

__all__ = ["database", "held", "postgres"]
