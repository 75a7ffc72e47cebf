"""The narrative of an entry: Markdown in, passages out.

CommonMark with pandoc's citations and small tables. What the reader cannot draw (HTML, images,
footnotes) is a problem, told with its line; nothing that was written is left out silently.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from casebook.citations import OWN, Citation, CitationError
from casebook.pack.citations import parse_group
from casebook.pack.narrative_tables import TableTaker
from casebook.pack.problems import Problems, Spot
from casebook.pack.unrendered import unrendered
from casebook.pack.yaml_tree import Node
from casebook.safe_text import made_safe
from casebook.text import Block, Mark, MarkKind, PassageLine, Text

LONGEST_BODY = 256 * 1024
LONGEST_PASSAGE = 10_000
"""Characters in one paragraph; a longer one is no paragraph."""

DEEPEST_LIST = 6
"""Lists within one another; the parser itself drops what is nested twice as deep."""


class LinkedFile(NamedTuple):
    """A link to a file of the pack.

    Attributes:
        href: as it is written.
        path: of the file, from the pack's root.
    """

    href: str
    path: str


@dataclass(frozen=True, slots=True)
class WrittenPassage:
    """A passage, where its author wrote it, and the files of entries that it links to."""

    passage: PassageLine
    spot: Spot
    links: tuple[LinkedFile, ...] = ()


@dataclass(slots=True)
class _Inline:
    """The words of one block as they come together."""

    plain: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    def add(self, words: str) -> None:
        self.plain.append(words)
        self.length += len(words)

    def text(self) -> Text:
        joined = "".join(self.plain)
        plain = joined.rstrip()
        marks = (
            Mark(min(m.start, len(plain)), min(m.end, len(plain)), m.kind, m.target)
            for m in self.marks
        )
        return Text(
            plain, tuple(sorted(marks, key=lambda m: (m.start, m.end))), tuple(self.citations)
        )


def read_narrative(
    text: str, spot: Spot, problems: Problems
) -> tuple[list[WrittenPassage], list[Node]]:
    """The passages of a narrative, and its tables, which are exhibits, as front matter says them.

    Args:
        text: the Markdown, without front matter.
        spot: the file, and the line on which the text begins.
    """
    tables = TableTaker(text, spot, problems)
    return read_markdown(text, spot, problems, tables=tables), tables.exhibits


def read_markdown(
    text: str,
    spot: Spot,
    problems: Problems,
    *,
    first_position: int = 1,
    tables: TableTaker | None = None,
) -> list[WrittenPassage]:
    """The passages of a text.

    Args:
        text: the Markdown, without front matter.
        spot: the file, and the line on which the text begins.
        first_position: the position of the first passage.
        tables: takes the tables, which are refused otherwise.
    """
    if len(text) > LONGEST_BODY:
        problems.add(spot, f"{len(text)} characters of narrative; at most {LONGEST_BODY} are read")
        return []
    definitions: dict[str, Any] = {}
    reader = _NarrativeReader(spot, problems, first_position)
    tokens = _parser(with_tables=tables is not None).parse(text, definitions)
    written = reader.read(tables.rest(tokens) if tables is not None else tokens)
    reader.link_definitions(definitions)
    return written


def read_summary(text: str, spot: Spot, problems: Problems) -> WrittenPassage:
    """A summary, which is one paragraph."""
    written = read_markdown(text, spot, problems, first_position=0)
    if not written:
        return WrittenPassage(PassageLine(0, Block.SUMMARY, Text("")), spot)
    first = written[0]
    if len(written) > 1 or first.passage.block is not Block.PARAGRAPH:
        problems.add(spot, "this must be one paragraph")
    summary = PassageLine(0, Block.SUMMARY, first.passage.text)
    return WrittenPassage(summary, spot, first.links)


class _Markdown(MarkdownIt):
    """markdown-it, but for links it would leave standing as text: their author is told."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


@cache
def _parser(*, with_tables: bool) -> MarkdownIt:
    parser = _Markdown("commonmark", {"html": True, "store_labels": True})
    if with_tables:
        parser.enable("table")
    # An escaped character is told from one that may be markup.
    parser.disable("text_join")
    parser.inline.ruler.before("link", "citation", _citation_rule)
    return parser


_CITATION = re.compile(r"\[([^\[\]]*@[^\[\]]*)\](?!\()")


def _citation_rule(state: StateInline, silent: bool) -> bool:
    """markdown-it's rule for `[@source, para. 1]`."""
    if state.src[state.pos] != "[":
        return False
    match = _CITATION.match(state.src, state.pos)
    if not match or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match[1]
    state.pos = match.end()
    return True


_REFUSED_BLOCKS = {
    "html_block": ("HTML", "write it as text"),
    "hr": ("a rule", "remove it, or write a heading; write the rows of a table as a list"),
}
_BOUNDS = frozenset((
    "paragraph_open", "paragraph_close", "heading_open", "heading_close", "list_item_open",
    "list_item_close", "bullet_list_open", "bullet_list_close", "ordered_list_open",
    "ordered_list_close", "blockquote_open", "blockquote_close",
))  # fmt: skip
_DRAWN_BY_OTHERS = ("mermaid", "math", "dataview", "plantuml", "graphviz", "dot", "tikz")
"""Words behind the signs of a code block that have other programs draw or run it."""
_WRAPS = {"em": MarkKind.EMPHASIS, "strong": MarkKind.STRONG}


class _NarrativeReader:
    def __init__(self, spot: Spot, problems: Problems, first_position: int) -> None:
        self.origin = spot
        self.problems = problems
        self.position = first_position
        self.found: list[WrittenPassage] = []
        self.lists: list[tuple[Block, int]] = []
        self.quoted = 0
        self.in_item = 0
        """Blocks so far in the innermost item of a list."""
        self.labels: set[str] = set()
        self.links: list[LinkedFile] = []
        """Those of the block that is being read."""

    def spot(self, line: int) -> Spot:
        return Spot(self.origin.file, self.origin.line + line)

    def refuse(self, what: str, mend: str, line: int) -> None:
        self.problems.add(self.spot(line), f"{what} cannot be shown; {mend}")

    def read(self, tokens: Sequence[Token]) -> list[WrittenPassage]:
        heading = 0
        for token in tokens:
            line = token.map[0] if token.map else 0
            self.check_nesting(token, line)
            match token.type:
                case "heading_open":
                    heading = int(token.tag[1])
                case "heading_close":
                    heading = 0
                case "bullet_list_open":
                    self.lists.append((Block.BULLET, 0))
                case "ordered_list_open":
                    start = token.attrGet("start")
                    self.lists.append((Block.NUMBERED, int(start) - 1 if start is not None else 0))
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                    self.in_item = 1
                case "list_item_open":
                    block, number = self.lists[-1]
                    self.lists[-1] = (block, number + 1)
                    self.in_item = 0
                case "blockquote_open":
                    self.quoted += 1
                case "blockquote_close":
                    self.quoted -= 1
                case "inline":
                    self.add(self.inline(token, line), heading, line)
                case "fence" | "code_block":
                    self.code(token, line)
                case refused if refused in _REFUSED_BLOCKS:
                    self.refuse(*_REFUSED_BLOCKS[refused], line)
                case other if other not in _BOUNDS:
                    self.refuse(f"this ({other})", "write it as text", line)
        return self.found

    def check_nesting(self, token: Token, line: int) -> None:
        """Refuses blocks within blocks that a page has no form for."""
        mend = "let it stand by itself, with an empty line before and after it"
        if token.type == "paragraph_open" and self.lists:
            self.in_item += 1
            if self.in_item > 1:
                self.refuse(
                    "a second paragraph in an item of a list",
                    "make it an item of its own, or one paragraph with the first",
                    line,
                )
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            if self.quoted:
                self.refuse("a list in a quotation", mend, line)
            elif len(self.lists) == DEEPEST_LIST:
                self.refuse(f"a list more than {DEEPEST_LIST} deep", "write fewer levels", line)
        elif token.type == "blockquote_open" and (self.lists or self.quoted == 1):
            self.refuse(f"a quotation in a {'list' if self.lists else 'quotation'}", mend, line)
        elif token.type in ("heading_open", "fence", "code_block") and (self.lists or self.quoted):
            block = "a heading" if token.type == "heading_open" else "a code block"
            self.refuse(f"{block} in a {'list' if self.lists else 'quotation'}", mend, line)

    def code(self, token: Token, line: int) -> None:
        language = token.info.strip(" {.}").split(" ")[0].lower()
        if language in _DRAWN_BY_OTHERS:
            self.refuse(f"a block of {language}", "say in words what it would show", line)
        elif token.type == "code_block" and _CITATION.search(token.content):
            self.refuse(
                "a citation in indented text, which is code,",
                "remove the spaces before it",
                line,
            )
        self.append(Block.CODE, Text(made_safe(token.content.rstrip("\n"))), line)

    def link_definitions(self, env: dict[str, Any]) -> None:
        """Refuses lines `[label]: address` that no link uses, for they are not shown."""
        twice = env.get("duplicate_refs", [])
        unused = [
            definition
            for label, definition in env.get("references", {}).items()
            if label not in self.labels
        ]
        for definition in (*twice, *unused):
            line = (definition.get("map") or [0])[0]
            self.refuse(
                "a line '[label]: …' that no link uses",
                "write it as text; if it is a footnote, put its words into the text",
                line,
            )

    def add(self, text: Text, heading: int, line: int) -> None:
        if not text.plain:
            if text.citations:
                self.problems.add(self.spot(line), "a citation without a statement")
            return
        if heading:
            self.append(Block.HEADING, text, line, level=heading)
        elif self.lists:
            block, number = self.lists[-1]
            self.append(block, text, line, level=len(self.lists), number=number)
        else:
            self.append(Block.QUOTE if self.quoted else Block.PARAGRAPH, text, line)

    def append(
        self, block: Block, text: Text, line: int, *, level: int = 0, number: int = 0
    ) -> None:
        spot = self.spot(line)
        if len(text.plain) > LONGEST_PASSAGE:
            self.problems.add(
                spot,
                f"a paragraph of {len(text.plain)} characters; at most {LONGEST_PASSAGE} are read",
            )
            return
        if block is not Block.NUMBERED:
            number = 0
        self.found.append(
            WrittenPassage(
                PassageLine(self.position, block, text, level, number), spot, tuple(self.links)
            )
        )
        self.position += 1

    def inline(self, token: Token, line: int) -> Text:
        out = _Inline()
        self.links = []
        opened: list[tuple[MarkKind, int, str]] = []
        tags: set[str] = set()
        if len(token.content) <= LONGEST_PASSAGE:
            for found in unrendered(token.children or []):
                self.refuse(found.what, found.mend, line + found.line)
        for child in token.children or []:
            match child.type:
                case "text" | "text_special":
                    out.add(made_safe(child.content))
                case "softbreak":
                    line += 1
                    out.add(" ")
                case "hardbreak":
                    line += 1
                    out.add("\n")
                case "code_inline":
                    words = made_safe(child.content)
                    out.marks.append(Mark(out.length, out.length + len(words), MarkKind.CODE))
                    out.add(words)
                case "em_open" | "strong_open":
                    opened.append((_WRAPS[child.tag], out.length, ""))
                case "link_open":
                    opened.append((MarkKind.LINK, out.length, self.link(child, line)))
                case "em_close" | "strong_close" | "link_close":
                    kind, start, target = opened.pop()
                    if kind is MarkKind.LINK and start == out.length:
                        self.refuse("a link without words", "put words in its brackets", line)
                    elif kind is not MarkKind.LINK or target:
                        out.marks.append(Mark(start, out.length, kind, target))
                case "citation":
                    self.cite(out, child.content, line)
                case "html_inline":
                    name = child.content.strip("</>").lower()
                    if not (child.content.startswith("</") and name in tags):
                        mend = "end the line in a backslash" if name.strip() == "br" else ""
                        self.refuse(f"HTML ({child.content})", mend or "write it as text", line)
                    tags.add(name.split(" ")[0])
                case "image":
                    self.labels.add(str(child.meta.get("label", "")))
                    self.refuse("a picture", "describe it", line)
                case other:
                    self.refuse(f"this ({other})", "write it as text", line)
        return out.text()

    def link(self, token: Token, line: int) -> str:
        """Where a link leads, or nowhere if it is refused."""
        label = str(token.meta.get("label", ""))
        self.labels.add(label)
        if label.startswith("^"):
            self.refuse("a footnote", "put its words into the text", line)
            return ""
        if title := str(token.attrGet("title") or ""):
            self.refuse(f"the title of a link ('{title}')", "put it into the text", line)
        return self.target(str(token.attrGet("href") or ""), line)

    def cite(self, out: _Inline, inside: str, line: int) -> None:
        try:
            group = parse_group(inside)
        except CitationError as error:
            self.problems.add(self.spot(line), str(error))
            return
        _drop_blank(out)
        for citation in group:
            out.marks.append(Mark(out.length, out.length, MarkKind.CITE, str(len(out.citations))))
            out.citations.append(citation)

    def target(self, href: str, line: int) -> str:
        """Where a link leads: `entry:SLUG`, `term:SLUG`, an address, or nowhere."""
        parts = urlsplit(href)
        if parts.scheme in ("http", "https") and parts.netloc:
            return href
        here = posixpath.dirname(self.origin.file)
        path = posixpath.normpath(posixpath.join(here, unquote(parts.path)))
        if not parts.scheme and path.endswith(".md"):
            if parts.query or parts.fragment:
                self.refuse(f"a link into an entry ('{href}')", "link to the entry", line)
            self.links.append(LinkedFile(href, path))
            return f"entry:{posixpath.basename(path).removesuffix('.md')}"
        if not parts.scheme and path == "glossary.yaml" and parts.fragment:
            return f"term:{unquote(parts.fragment)}"
        self.problems.add(
            self.spot(line),
            f"a link to '{href}'; link to an entry (../firms/name.md), a term"
            " (../glossary.yaml#name) or an http address",
        )
        return ""


def _drop_blank(out: _Inline) -> None:
    """Takes back the blank before a citation, which is drawn with a blank of its own."""
    if out.plain and out.plain[-1].endswith(" "):
        out.plain[-1] = out.plain[-1].rstrip(" ")
        out.length = sum(map(len, out.plain))


def is_own(citations: Sequence[Citation]) -> bool:
    """True if the words are marked as the book's own."""
    return any(citation.source == OWN for citation in citations)
