"""Values as JSON, as the commands print it and the exports write it."""

from __future__ import annotations

import json


def json_text(value: object, *, ascii_only: bool = False) -> str:
    """A value as JSON with two spaces for each level, and a line end.

    Args:
        ascii_only: everything else as escapes, for an output that knows no more.
    """
    return json.dumps(value, ensure_ascii=ascii_only, indent=2) + "\n"
