"""Writes the narrative of a page, and any text with its marks, as the Markdown of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casebook.book.values import EntryRef
from casebook.document import citations_at
from casebook.pack.citations import pandoc_group
from casebook.pack.unrendered import BULLETS
from casebook.text import Block, Mark, MarkKind, PassageLine, Text


def body(passages: Iterable[PassageLine], links: dict[str, EntryRef]) -> str:
    """A narrative.

    Args:
        links: the entries that it links to, by target.
    """
    parts: list[str] = []
    before: PassageLine | None = None
    for passage in passages:
        tight = before is not None and before.block is passage.block and passage.block in _LISTS
        parts.append("" if tight else "\n" if before else "")
        parts.append(_block(passage, links) + "\n")
        before = passage
    return "".join(parts)


_LISTS = (Block.BULLET, Block.NUMBERED)


def _block(passage: PassageLine, links: dict[str, EntryRef]) -> str:
    words = markdown(passage.text, links)
    indent = "   " * (passage.level - 1)
    match passage.block:
        case Block.HEADING:
            return f"{'#' * passage.level} {words}"
        case Block.BULLET:
            return f"{indent}-  {words}"
        case Block.NUMBERED:
            return f"{indent}{passage.number}. {words}"
        case Block.QUOTE:
            return f"> {words}"
        case Block.CODE:
            fence = "`" * max(
                3, 1 + max(map(len, re.findall(r"`+", passage.text.plain)), default=0)
            )
            return f"{fence}\n{passage.text.plain}\n{fence}"
        case _:
            return words


_SPECIAL = re.compile(r"([\\`*_\[\]<>&#~|!$^@={}%])")
_LINE_START = re.compile(r"^(\s*\(?)(\d*|[a-z]|[ivx]+)([-+.)])(?=\s|$|[-=:])", re.MULTILINE)
_COLON = re.compile(r"^(\s*)(:|\?\?\?)", re.MULTILINE)
_BULLET = re.compile(rf"^(\s*)([{BULLETS}])", re.MULTILINE)


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words).replace("\n", "\\\n")


def _as_reference(match: re.Match[str]) -> str:
    """A sign that no backslash escapes, as a character reference."""
    return f"{match[1]}&#{ord(match[2])};"


def markdown(text_: Text, links: dict[str, EntryRef]) -> str:
    """A text with its marks as Markdown, citations as pandoc writes them.

    Args:
        links: the entries that the text links to, by target.
    """
    opens: dict[int, list[Mark]] = {}
    closes: dict[int, list[Mark]] = {}
    cites = citations_at(text_)
    for mark in text_.marks:
        if mark.kind is not MarkKind.CITE:
            opens.setdefault(mark.start, []).append(mark)
            closes.setdefault(mark.end, []).append(mark)
    edges = sorted({0, len(text_.plain), *opens, *closes, *cites})
    out: list[str] = []
    code = False
    for at, following in zip(edges, [*edges[1:], len(text_.plain)], strict=True):
        for mark in sorted(closes.get(at, ()), key=lambda mark: -mark.start):
            out.append(_closing(mark, links))
            code = code and mark.kind is not MarkKind.CODE
        if at in cites:
            out.append(f" {pandoc_group(cites[at])}")
        for mark in sorted(opens.get(at, ()), key=lambda mark: -mark.end):
            out.append(_opening(mark))
            code = code or mark.kind is MarkKind.CODE
        words = text_.plain[at:following]
        out.append(words if code else _escaped(words))
    written = _LINE_START.sub(r"\1\2\\\3", "".join(out)).replace("\\\\\n", "\\\n")
    return _BULLET.sub(_as_reference, _COLON.sub(r"\1\\\2", written))


def _opening(mark: Mark) -> str:
    return {MarkKind.EMPHASIS: "*", MarkKind.STRONG: "**", MarkKind.CODE: "`"}.get(mark.kind, "[")


def _closing(mark: Mark, links: dict[str, EntryRef]) -> str:
    if mark.kind is not MarkKind.LINK:
        return _opening(mark)
    where, _, slug = mark.target.partition(":")
    if where == "entry":
        folder = f"../{links[mark.target].kind.plural}/" if mark.target in links else ""
        return f"]({folder}{slug}.md)"
    if where == "term":
        return f"](../glossary.yaml#{slug})"
    return f"](<{mark.target}>)"
