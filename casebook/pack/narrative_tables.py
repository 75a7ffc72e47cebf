"""Small tables in a narrative: each becomes an exhibit of its entry.

A table is written as on GitHub, with a caption in a paragraph of its own above or below it:
`Table: what it shows [@source, para. 1]`. It joins the exhibits of the front matter, behind
them, as if it had been written there, and is held to the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markdown_it.rules_block.table import escapedSplit

from casebook.file_names import file_stem
from casebook.pack.problems import Problems, Spot
from casebook.pack.unrendered import unrendered
from casebook.pack.yaml_tree import Node

if TYPE_CHECKING:
    from markdown_it.token import Token

_CAPTION = re.compile(
    r"(?:Table)?:[ \t]+(?P<words>\S[\s\S]*?)(?:[ \t]+\{#(?P<key>[\w-]+)\})?[ \t]*"
)
_OF_CAPTIONS = ("a definition list", "an attribute")
"""What the signs of a caption, `:` and `{#key}`, are elsewhere."""

_LONGEST_KEY = 40


class TableTaker:
    """Takes the tables out of the tokens of a narrative.

    Attributes:
        exhibits: the tables so far, as front matter would say them.
    """

    def __init__(self, text: str, origin: Spot, problems: Problems) -> None:
        self.lines = text.split("\n")
        self.origin = origin
        self.problems = problems
        self.exhibits: list[Node] = []

    def rest(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens that are no part of a table or its caption."""
        rest: list[Token] = []
        at = 0
        while at < len(tokens):
            if tokens[at].type != "table_open":
                rest.append(tokens[at])
                at += 1
                continue
            end = _end_of(tokens, at)
            table, at = tokens[at:end], end
            if table[0].level:
                self._refuse("a table in a list or a quotation", "let it stand by itself", table[0])
                continue
            caption = _caption_in(tokens[at : at + 3])
            if caption:
                at += 3
            elif caption := _caption_in(rest[-3:]):
                del rest[-3:]
            self._take(table, caption)
        return rest

    def _take(self, table: Sequence[Token], caption: Token | None) -> None:
        if caption is None:
            self._refuse(
                "a table without a caption",
                "write 'Table: what it shows [@source, para. 1]' below it, after an empty line",
                table[0],
            )
            return
        found = _CAPTION.fullmatch(self._words(caption, caption))
        words = found["words"] if found else ""
        rows = self._rows(table)
        spot, place = self._spot(table[0]), self._spot(caption)
        width = len(rows[0][1])
        said = {
            "key": Node(place, self._key(found["key"] if found else "", words)),
            "caption": Node(place, words),
            "columns": Node(rows[0][0], [Node(rows[0][0], cell, {}, True) for cell in rows[0][1]]),
            "rows": Node(
                spot,
                [
                    Node(at, [Node(at, cell, {}, True) for cell in cells[:width]])
                    for at, cells in rows[1:]
                ],
            ),
        }
        self.exhibits.append(Node(spot, said, {key: node.spot for key, node in said.items()}))

    def _rows(self, table: Sequence[Token]) -> list[tuple[Spot, list[str]]]:
        """The words of the cells, the names of the columns first."""
        rows: list[tuple[Spot, list[str]]] = []
        row = table[0]
        columns = sum(token.type == "th_open" for token in table)
        for token in table:
            if token.type == "tr_open":
                row = token
                rows.append((self._spot(row), []))
                self._check_width(row, columns)
            elif token.type == "inline":
                rows[-1][1].append(self._words(token, row))
        return rows

    def _check_width(self, row: Token, columns: int) -> None:
        """Refuses a row of more cells than columns, of which Markdown drops what is too much."""
        line = self.lines[row.map[0]].strip() if row.map else ""
        cells = escapedSplit(line)
        count = len(cells[1:] if line.startswith("|") else cells)
        count -= line.endswith("|") and not line.endswith("\\|")
        if count > columns:
            self._refuse(
                f"a row of {count} cells in a table of {columns} columns",
                "join cells, or write \\| for the sign",
                row,
            )

    def _words(self, token: Token, where: Token) -> str:
        """The words of a caption or a cell with their citations; marks are refused."""
        children = token.children or []
        words: list[str] = []
        for found in unrendered(children):
            if token is not where or found.what not in _OF_CAPTIONS:
                self._refuse(found.what, found.mend, where)
        for child in children:
            match child.type:
                case "text" | "text_special":
                    words.append(child.content)
                case "softbreak":
                    words.append(" ")
                case "citation":
                    words.append(f"[{child.content}]")
                case "em_open" | "strong_open" | "code_inline" | "link_open" | "image":
                    self._refuse("markup in a table", "write plain words", where)
                    words.append(child.content)
                case "em_close" | "strong_close" | "link_close":
                    pass
                case other:
                    self._refuse(f"this ({other}) in a table", "write plain words", where)
        return "".join(words).strip()

    def _key(self, given: str, caption: str) -> str:
        """The key of an exhibit: the one that is given, else of its caption."""
        stem = file_stem(caption.partition("[@")[0])[:_LONGEST_KEY].strip("-")
        return given or stem or f"table-{len(self.exhibits) + 1}"

    def _spot(self, token: Token) -> Spot:
        return Spot(self.origin.file, self.origin.line + (token.map[0] if token.map else 0))

    def _refuse(self, what: str, mend: str, where: Token) -> None:
        self.problems.add(self._spot(where), f"{what} cannot be shown; {mend}")


def _end_of(tokens: Sequence[Token], start: int) -> int:
    """Where the tokens of a table end that begins somewhere."""
    return next(at for at in range(start, len(tokens)) if tokens[at].type == "table_close") + 1


def _caption_in(tokens: Sequence[Token]) -> Token | None:
    """The words of a paragraph that is a caption."""
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    _, words, _ = tokens
    is_caption = not tokens[0].level and _CAPTION.fullmatch(words.content)
    return words if is_caption else None


def with_exhibits(front: Node, exhibits: list[Node]) -> Node:
    """Front matter with more exhibits behind its own."""
    if not exhibits or not isinstance(front.value, dict):
        return front
    own = front.value.get("exhibits")
    if own is not None and not isinstance(own.value, list):
        return front  # it is told that this is no list
    held = own.value if own is not None and isinstance(own.value, list) else []
    spot = own.spot if own is not None else exhibits[0].spot
    value = {**front.value, "exhibits": Node(spot, [*held, *exhibits])}
    return Node(front.spot, value, {"exhibits": spot, **front.keys}, front.quoted)
