"""Values as JSON, as the commands print it and the exports write it, with safe texts."""

from __future__ import annotations

import json

from casebook.stored_json import safe_value

_ESCAPES = ("\\u", "\\b", "\\f")
"""How JSON writes control characters; `\\n`, `\\r` and `\\t` command nothing."""


def json_text(value: object, *, ascii_only: bool = False) -> str:
    """A value as JSON with two spaces for each level, and a line end.

    Args:
        ascii_only: everything else as escapes, for an output that knows no more.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if ascii_only or any(escape in text for escape in _ESCAPES):
        # Whoever parses it has the characters again that no net on the way out has seen.
        text = json.dumps(safe_value(value), ensure_ascii=ascii_only, indent=2)
    return text + "\n"
