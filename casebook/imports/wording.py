"""Turns the text of a cell into paragraphs of Markdown, each with its citation."""

from __future__ import annotations

import re

from casebook.imports.citing import Citing
from casebook.pack.markdown import LONGEST_PASSAGE
from casebook.pack.markdown_writer import markdown
from casebook.text import Text

_HEADING = re.compile(r"(?P<signs>#{1,6}) +(?P<words>\S.*)")
_BULLET = re.compile(r"[-*\N{BULLET}] +(?P<words>\S.*)")
_LONGEST = LONGEST_PASSAGE // 2
"""Half of what may be: each sign that could be markup gets a backslash."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\s+")


def body_paragraphs(text: str, cite: str, citing: Citing) -> list[str]:
    """The paragraphs of a narrative.

    Blank lines divide paragraphs; where there are none, lines do. A line that begins with `# `
    is a heading, one that begins with `- ` an item of a list.
    """
    parts = re.split(r"\n\s*\n", text) if re.search(r"\n\s*\n", text) else text.split("\n")
    found: list[str] = []
    for part in parts:
        found += _part(part, cite, citing)
    return found


def _part(part: str, cite: str, citing: Citing) -> list[str]:
    lines = [" ".join(line.split()) for line in part.splitlines() if line.strip()]
    if not lines:
        return []
    if heading := _HEADING.fullmatch(lines[0]):
        said = f"{heading['signs']} {markdown(Text(heading['words'][:_LONGEST]), {})}"
        return [said, *_part("\n".join(lines[1:]), cite, citing)]
    items = [_BULLET.fullmatch(line) for line in lines]
    if all(items):
        return ["\n".join(
            f"- {citing.markdown(piece, cite)}"
            for item in items if item for piece in _pieces(item["words"])
        )]  # fmt: skip
    return [citing.markdown(piece, cite) for piece in _pieces(" ".join(lines))]


def _pieces(words: str) -> list[str]:
    """Words in pieces that are short enough for a paragraph, cut at the ends of sentences."""
    pieces = []
    while len(words) > _LONGEST:
        cuts = [found.start() for found in _SENTENCE_END.finditer(words, 1, _LONGEST)]
        ends = [cut for cut in cuts if words[cut - 1] in ".!?"]
        at = ends[-1] if ends else cuts[-1] if cuts else _LONGEST
        pieces.append(words[:at].strip())
        words = words[at:].strip()
    return [*pieces, words]
