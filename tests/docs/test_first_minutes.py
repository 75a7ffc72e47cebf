"""The steps of the README work as they stand there.

In a numbered list under a heading that speaks of first minutes, `<kbd>` names the keys to press,
`code` behind "type" is typed, and **bold** words are on the screen afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from casebook.book.connection import Book
from tests.conftest import ROOT
from tests.docs.documents import section
from tests.keys import key_name
from tests.tui.conftest import drive, shipped

__all__ = ["drive", "shipped"]

_STEP = re.compile(r"<kbd>(?P<key>[^<]+)</kbd>|type `(?P<typed>[^`]+)`|\*\*(?P<seen>[^*]+)\*\*")
_KEYS = {"→": "right", "←": "left", "↓": "down", "↑": "up", "esc": "escape"}


def _steps(text: str) -> Iterator[tuple[str, str]]:
    items = re.findall(r"^\d+\. (.*?)(?=^\d+\. |^$|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(items) >= 4, "the steps are a numbered list"
    for item in items:
        for match in _STEP.finditer(" ".join(item.split())):
            kind = str(match.lastgroup)
            yield kind, match[kind]


async def test_a_students_first_five_minutes(shipped: Book, drive: Callable[..., Any]) -> None:
    text = section(
        (ROOT / "README.md").read_text(encoding="utf-8"), "## A student's first five minutes"
    )
    async with drive(shipped, (100, 30)) as app:
        for kind, words in _steps(text):
            if kind == "seen":
                app.shows(words)
            elif kind == "typed":
                await app.press(f"text:{words}")
            else:
                await app.press(_KEYS.get(words) or key_name(words))
        assert app.app.return_code == 0
