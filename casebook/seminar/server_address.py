"""The addresses of servers, and the codes by which classes there are joined."""

from __future__ import annotations

DRIVER = "postgresql+psycopg"


def is_server(place: str) -> bool:
    """Whether a place is the address of a PostgreSQL, and no file."""
    return place.startswith(("postgresql://", "postgres://", f"{DRIVER}://"))


def code_typed(words: str) -> str:
    """A code as it is stored, however it was typed: `k7qm-3vtx-9pwz`."""
    return "".join(letter for letter in words.upper() if letter.isalnum())


def code_shown(code: str) -> str:
    """A code as a person reads it: in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
