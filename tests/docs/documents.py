"""The documents as tests read them: their blocks, links and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT

DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
]

_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>```+)(?P<info>[^\n`]*)$")


class Code(NamedTuple):
    """A fenced block.

    Attributes:
        language: the first word behind the fence.
        file: what stands behind `file=` there, else empty.
        line: of its first line in the document, from 0.
    """

    language: str
    file: str
    lines: list[str]
    line: int

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


def name_of(document: Path) -> str:
    """How a test's id names a document."""
    return document.relative_to(ROOT).as_posix()


def code_blocks(text: str) -> Iterator[Code]:
    """The fenced blocks of a document."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        if opening:
            end = at + 1
            while lines[end].strip() != opening["fence"]:
                end += 1
            words = opening["info"].split()
            file = next((word[5:] for word in words if word.startswith("file=")), "")
            indent = len(opening["indent"])
            inside = [line[indent:] for line in lines[at + 1 : end]]
            yield Code(words[0] if words else "", file, inside, at + 1)
            at = end
        at += 1


def without_code(text: str) -> str:
    """A document without its fenced blocks."""
    lines = text.splitlines()
    for block in code_blocks(text):
        for at in range(block.line - 1, block.line + len(block.lines) + 1):
            lines[at] = ""
    return "\n".join(lines)


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next of its level or above.

    Raises:
        AssertionError: there is no such heading.
    """
    lines = text.splitlines()
    assert heading in lines, f"there is no heading {heading!r}"
    start = lines.index(heading)
    level = len(heading) - len(heading.lstrip("#"))
    for end in range(start + 1, len(lines)):
        words = lines[end]
        if words.startswith("#") and len(words) - len(words.lstrip("#")) <= level:
            return "\n".join(lines[start + 1 : end])
    return "\n".join(lines[start + 1 :])


def table_rows(text: str) -> list[list[str]]:
    """The cells of every row of every table in a text, without the heads."""
    rows: list[list[str]] = []
    lines = text.splitlines()
    for at, line in enumerate(lines):
        follows_head = at + 1 < len(lines) and re.match(r"^\|[ :|-]+\|$", lines[at + 1])
        if line.startswith("|") and not re.match(r"^\|[ :|-]+\|$", line) and not follows_head:
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            rows.append([cell.strip().replace("\\|", "|") for cell in cells])
    return rows


def in_code_marks(text: str) -> list[str]:
    """What stands between backticks, one pair or two."""
    found = re.findall(r"(?<!`)(`{1,2})(?!`)(.+?)(?<!`)\1(?!`)", text)
    return [words.strip() for _, words in found]
