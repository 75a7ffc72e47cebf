"""Decodes JSON out of files: columns of a book or notebook, exports, pandoc's output.

A text that was safe as it stood is not safe once it is parsed, for JSON can write any
character as an escape. So there is one way to decode it, and what comes out is safe to show.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from casebook.safe_text import made_safe

LONGEST_JSON = 16 * 1024 * 1024
"""Characters of JSON that are decoded at once."""

DEEPEST_JSON = 32
"""Lists and objects that may stand one within another."""


class StoredJsonError(ValueError):
    """The text is no JSON that Casebook stores; the message says why, and quotes none of it."""


def decoded(
    stored: str | bytes,
    *,
    longest: int = LONGEST_JSON,
    deepest: int = DEEPEST_JSON,
    is_strict: bool = False,
) -> Any:
    """The value of some JSON, with every text in it made safe, the names of members too.

    Args:
        stored: the JSON; bytes are UTF-8.
        longest: characters, or bytes, that it may have.
        deepest: lists and objects that may stand one within another.
        is_strict: refuse an object in which a name stands twice, instead of taking the last.

    Raises:
        StoredJsonError: it is not JSON, longer or deeper than it may be, or has a number
            that is none (`NaN`, `1e999`).
    """
    if len(stored) > longest:
        raise StoredJsonError("it is too long")
    try:
        text = stored.decode("utf-8") if isinstance(stored, bytes) else stored
        value = (_STRICT_DECODER if is_strict else _DECODER).decode(text)
    except UnicodeDecodeError:
        raise StoredJsonError("it is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise StoredJsonError(f"it is not JSON (line {error.lineno})") from None
    except StoredJsonError:
        raise
    except ValueError:  # a whole number of more digits than Python reads
        raise StoredJsonError("it has a number that is too large") from None
    except (RecursionError, MemoryError):
        raise StoredJsonError("it is nested too deeply") from None
    if _is_plain(text, deepest):
        return value
    return safe_value(value, deepest)


def _is_plain(text: str, deepest: int) -> bool:
    """True where nothing has to be made safe and nothing can be too deep; found out quickly."""
    return (
        text.isascii()
        and text.isprintable()
        and "\\" not in text
        and text.count("[") + text.count("{") <= deepest
    )


def safe_value(value: Any, deepest: int = DEEPEST_JSON) -> Any:
    """A value that was parsed elsewhere, with every text in it made safe.

    Raises:
        StoredJsonError: it is nested too deeply.
    """
    match value:
        case str():
            return made_safe(value)
        case list() | tuple() | dict() if deepest <= 0:
            raise StoredJsonError("it is nested too deeply")
        case list() | tuple():
            return [safe_value(member, deepest - 1) for member in value]
        case dict():
            return {
                made_safe(name): safe_value(member, deepest - 1) for name, member in value.items()
            }
        case _:
            return value


def _refused_constant(_name: str) -> NoReturn:
    raise StoredJsonError("it has a number that is not valid")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise StoredJsonError("it has a number that is too large")
    return number


def _without_repeats(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        raise StoredJsonError("a name stands twice in one of its objects")
    return found


_DECODER = json.JSONDecoder(parse_constant=_refused_constant, parse_float=_finite)
_STRICT_DECODER = json.JSONDecoder(
    parse_constant=_refused_constant, parse_float=_finite, object_pairs_hook=_without_repeats
)
