"""The addresses of servers, and the codes by which classes there are joined."""

from __future__ import annotations

import re
from itertools import pairwise

DRIVER = "postgresql+psycopg"

_CODE = re.compile(r"[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}")


def is_server(place: str) -> bool:
    """Whether a place is the address of a PostgreSQL, and no file."""
    return place.startswith(("postgresql://", "postgres://", f"{DRIVER}://"))


def code_typed(words: str) -> str:
    """A code as it is stored, however it was typed: `k7qm-3vtx-9pwz`."""
    return "".join(letter for letter in words.upper() if letter.isalnum())


def code_shown(code: str) -> str:
    """A code as a person reads it: in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def joining_line(line: str) -> tuple[str, str] | None:
    """The address and the code in a line that a lecturer hands out; None where it has not both.

    `casebook class join 'postgresql://…' --code K7QM-3VTX-9PWZ`, or these two alone.
    """
    words = [word.strip("'\"") for word in line.replace("--code=", "--code ").split()]
    urls = [word for word in words if is_server(word)]
    codes = [after for word, after in pairwise(words) if word == "--code"]
    if not codes:
        codes = [word for word in words if _CODE.fullmatch(word)]
    return (urls[0], codes[0]) if len(urls) == len(codes) == 1 else None
