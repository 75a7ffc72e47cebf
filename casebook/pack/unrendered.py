"""Markup that other programs take and Casebook does not render: found, named, and mended.

Whoever writes in Obsidian, Quarto, Pandoc or on GitHub is used to more than CommonMark. What
looks like such markup is refused with its line, so that nothing is shown that was not meant.
A backslash before it has it shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

HIDDEN = "\x00"
"""Stands for what is no markup: an escaped character, code, a citation, the ends of a link."""

_OPEN_MATH, _CLOSE_MATH = "\x01", "\x02"
_OPEN_BRACKET, _CLOSE_BRACKET = "\x03", "\x04"
_ESCAPES = {
    "\\(": _OPEN_MATH, "\\)": _CLOSE_MATH, "\\[": _OPEN_BRACKET, "\\]": _CLOSE_BRACKET,
}  # fmt: skip


class Markup(NamedTuple):
    """Markup that is not rendered.

    Attributes:
        what: what it is called.
        example: how it is written.
        pattern: finds it in the words of a block, with `HIDDEN` for what is no markup.
        mend: what to write instead.
    """

    what: str
    example: str
    pattern: re.Pattern[str]
    mend: str


class Unrendered(NamedTuple):
    """Markup that is not rendered, and on which line of its block it stands, from 0."""

    what: str
    mend: str
    line: int


def _markup(what: str, example: str, pattern: str, mend: str) -> Markup:
    return Markup(what, example, re.compile(pattern, re.MULTILINE), mend)


_REST = r"[\s\S]*"
_LIST_SIGN = r"[ \t]*\(?(?:[a-z]|[ivx]{2,4}|\d{1,2})[.)][ \t]+\S"
BULLETS = "•◦▪‣●○■・·"
"""Signs that word processors put before the items of a list."""

MARKUP = (
    _markup(
        "a table",
        "`| a | b |`",
        rf"^[ \t]*\|{_REST}"
        rf"|(?:^[^\n]+\n)?^(?=[^\n]*[|+])(?=[^\n]*-)[|+:=\t -]+$(?:\n{_REST})?",
        "write | between cells, | --- | --- | below the first row and a caption; or write a list",
    ),
    _markup(
        "a definition list",
        "`: what it means`",
        rf"^[ \t]*:[ \t]+\S{_REST}",
        "write each term and what it means as one item of a list, or put it into glossary.yaml",
    ),
    _markup(
        "a block of another program",
        "`::: note`, `!!! note`",
        rf"^(?:[ \t]*:::|!!![ \t]*\w|\?\?\?\+?[ \t]*\w){_REST}",
        "write it as a paragraph or a quotation",
    ),
    _markup(
        "a task list", "`- [ ] task`", r"\A\[[ xX]\](?=\s)", "write '- ' alone before the item"
    ),
    _markup("a callout", "`> [!NOTE]`", r"\A\[![A-Za-z]+\][+-]?", "remove the line with [!...]"),
    _markup(
        "a table of contents",
        "`[TOC]`",
        r"^\[\[?_?TOC_?\]?\][ \t]*$",
        "remove it; the book makes its own",
    ),
    _markup(
        "a heading without a space",
        "`##Heading`",
        r"^[ \t]*#{2,6}(?=[^\s#])|^[ \t]*#{1,6}\u00a0",
        "put a space after the last #",
    ),
    _markup(
        "a list that begins with another sign",
        "`• item`",
        rf"^[ \t]*(?:[{BULLETS}][ \t\u00a0]*|[-*+]\u00a0)(?=\S){_REST}",
        "begin each item with '- ', after an empty line",
    ),
    _markup(
        "a list of letters or bracketed numbers",
        "`a) item`",
        rf"^{_LIST_SIGN}[^\n]*\n(?:[^\n]*\n)*?(?={_LIST_SIGN}){_REST}",
        "begin each item with '1. ' or '- ', after an empty line",
    ),
    _markup(
        "an abbreviation",
        "`*[EDTF]: …`",
        r"^\*\[[^\]\n]{0,99}\]:",
        "explain it where it is used, or in glossary.yaml",
    ),
    _markup(
        "a wiki link", "`[[name]]`", r"!?\[\[[^\]\n]{0,300}\]\]", "write [words](../firms/name.md)"
    ),
    _markup(
        "a footnote",
        "`[^1]`, `^[note]`",
        r"\[\^[^\]\s]{1,99}\]:?|\^\[",
        "put what it says into the text, and its source into a citation: [@source, para. 1]",
    ),
    _markup(
        "a citation without brackets",
        "`@source`",
        r"(?<![\w.@/:+-])-?@(?:[A-Za-z0-9_]|\{)",
        "write [@source, para. 1] after the statement, or \\@ for the sign",
    ),
    _markup(
        "a link with spaces in its address",
        "`[words](a b.md)`",
        r"\]\([^)\n]{0,300}\)",
        "write %20 for each space",
    ),
    _markup(
        "a link to a label that no line defines",
        "`[words][label]`",
        r"\]\[[^\]\n]{0,300}\]",
        "write [words](address)",
    ),
    _markup(
        "a formula",
        "`$x^2$`",
        r"\$\$[^$]{1,2000}\$\$"
        r"|(?<![\w$])\$(?=\S)(?:[A-Za-z]|(?=[^$\n]{0,300}[\\^_={}])[^$\n]{1,300})(?<=\S)\$(?!\w)"
        rf"|{_OPEN_MATH}[^{_CLOSE_MATH}]{{0,300}}{_CLOSE_MATH}"
        rf"|{_OPEN_BRACKET}(?=[^{_CLOSE_BRACKET}]{{0,300}}[\\^_={{}}])[^{_CLOSE_BRACKET}]{{0,600}}"
        rf"{_CLOSE_BRACKET}",
        "write it in words, or put it in backticks",
    ),
    _markup("struck-out text", "`~~words~~`", r"~~[^~\n]{1,300}~~", "remove it"),
    _markup(
        "a subscript",
        "`H~2~O`",
        r"(?<=\w)~[\w+-]{1,10}~",
        "write the subscript itself, as in H₂O",
    ),
    _markup(
        "a superscript",
        "`m^2^`",
        r"(?<=\w)\^[\w+-]{1,10}\^",
        "write the superscript itself, as in m²",
    ),
    _markup(
        "a highlight",
        "`==words==`",
        r"==(?=[^=\s])[^=\n]{1,300}(?<=\S)==",
        "write *words* or **words**",
    ),
    _markup("a hidden comment", "`%%words%%`", r"%%[^%]{0,2000}%%", "remove it"),
    _markup(
        "a tracked change",
        "`{++words++}`",
        r"\{(?:\+\+|--|>>|~~|==)[^\n]{0,300}?(?:\+\+|--|<<|~~|==)\}",
        "accept or reject the change",
    ),
    _markup(
        "a template",
        "`{{ name }}`",
        r"\{\{[^\n]{0,300}?\}\}|\{%[^\n]{0,300}?%\}",
        "write what it would give",
    ),
    _markup(
        "an attribute",
        "`{#name}`, `{.name}`",
        r"\{(?:[#.][\w-]+|[\w-]+=)[^}\n]{0,300}\}",
        "remove it",
    ),
    _markup("a LaTeX command", "`\\textit{words}`", r"\\[A-Za-z]{1,40}\{", "write it as text"),
    _markup("the label of a block", "`… ^name`", r"[ \t]\^[A-Za-z0-9-]+$", "remove it"),
)


def unrendered(children: Sequence[Token]) -> Iterator[Unrendered]:
    """The markup in a block's inline tokens that is not rendered, in order; each once."""
    words = _without_what_is_rendered(children)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Markup]] = []
    for markup in MARKUP:
        for match in markup.pattern.finditer(words):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                found.append((match.start(), markup))
    for at, markup in sorted(found, key=lambda item: item[0]):
        yield Unrendered(markup.what, markup.mend, words.count("\n", 0, at))


def _without_what_is_rendered(children: Sequence[Token]) -> str:
    """The words of a block; `HIDDEN` stands for what is rendered, or escaped by its author."""
    words: list[str] = []
    for child in children:
        match child.type:
            case "text":
                words.append(child.content)
            case "text_special":
                # A backslash before a letter escapes nothing.
                stands = child.info == "escape" and child.content == child.markup
                words.append(child.content if stands else _ESCAPES.get(child.markup, HIDDEN))
            case "softbreak" | "hardbreak":
                words.append("\n")
            case "em_open" | "em_close" | "strong_open" | "strong_close":
                words.append(child.markup)
            case _:
                words.append(HIDDEN)
    return "".join(words)
