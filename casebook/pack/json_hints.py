"""What is wrong with a text that should be JSON, in an author's words."""

from __future__ import annotations

import json
from typing import NamedTuple


class JsonTrouble(NamedTuple):
    """Where JSON goes wrong, both from 1, and what would be right."""

    line: int
    column: int
    words: str


_WORDS = {
    "Expecting ':' delimiter": "a colon is missing between a key and its value",
    "Invalid control character at": "text is on one line; write \\n where it breaks, \\t for a tab",
    "Unterminated string starting at": "the quote that is opened here is not closed",
}
_QUOTES = {"'": "single", "‘": "curly", "’": "curly", "“": "curly", "”": "curly", "„": "curly"}


def json_trouble(text: str, error: json.JSONDecodeError) -> JsonTrouble:
    """What is wrong at the place where a reader of JSON stopped."""
    before = text[: error.pos].rstrip()
    here = text[error.pos : error.pos + 1]
    if error.msg.startswith("Illegal trailing comma"):
        return _at(text, error.pos, "remove this comma; nothing follows it")
    if here in ("]", "}") and before.endswith(","):
        return _at(text, len(before) - 1, "remove this comma; nothing follows it")
    if not before and not here:
        return _at(text, 0, "the file is empty; write [] where there are no sources yet")
    if not here and not error.msg.startswith("Unterminated"):
        return _at(text, len(before), "the file ends before all of its brackets are closed")
    if error.msg == "Expecting ',' delimiter":
        return _at(text, len(before), "a comma or a closing bracket is missing after this")
    if error.msg == "Extra data":
        return _at(text, error.pos, "the list has ended; put [ and ] round all items")
    return _at(text, error.pos, _WORDS.get(error.msg) or _of_a_value(error.msg, here))


def _of_a_value(message: str, here: str) -> str:
    if here in _QUOTES:
        return f'{here} is a {_QUOTES[here]} quotation mark; write " for it'
    if here in ("/", "#"):
        return "JSON has no comments; remove it"
    if message.startswith("Expecting property name"):
        return "a key stands in double quotes"
    if message == "Expecting value":
        return "a value is missing, or it is text without double quotes"
    if message.startswith("Invalid \\"):
        return "a backslash is written \\\\"
    return message[:1].lower() + message[1:]


def _at(text: str, at: int, words: str) -> JsonTrouble:
    return JsonTrouble(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), words)
