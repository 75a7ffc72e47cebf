"""The reader's own words as blocks of a paper: paragraphs, items, emphasis and citations."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from casebook.citations import Citation
from casebook.document import DocBlock
from casebook.notebook.documents import words_as_blocks
from casebook.text import MarkKind, Text
from casebook.text_builder import TextBuilder

_MARKED = re.compile(
    r"\*\*(?P<strong>[^*\s](?:[^*]*[^*\s])?)\*\*"
    r"|\*(?P<em>[^*\s](?:[^*]*[^*\s])?)\*"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\[\]]+)\]\((?P<address>https?://[^\s()<>]+)\)"
    r"|[ \t]*\[(?P<cites>(?:inferred from )?@[^\[\]]+)\](?P<stop>[.,;:!?]*)"
)
_KINDS = {"strong": MarkKind.STRONG, "em": MarkKind.EMPHASIS, "code": MarkKind.CODE}
_CITED = re.compile(
    r"\s*(?P<inferred>inferred from\s+)?@(?P<source>\w[\w:.#$%&+?<>~/-]*)\s*"
    r"(?:,\s*(?P<locator>.+?))?\s*",
    re.DOTALL,
)


def own_blocks(words: str, sources: Container[str]) -> Iterator[DocBlock]:
    """The blocks of some words in Markdown.

    What a sentence needs of Markdown is known: paragraphs and lists, `*emphasis*`,
    `**strong**`, code, links, and pandoc's `[@source, para. 9]`. The rest stays as it was
    written, so nothing is lost.

    Args:
        sources: the ids of those that can be cited.
    """
    for block in words_as_blocks(words):
        yield block._replace(text=marked(block.text.plain, sources))


def sources_in(words: str) -> tuple[str, ...]:
    """The ids that some words cite, whatever they stand for."""
    groups = (_citations(match["cites"]) for match in _MARKED.finditer(words) if match["cites"])
    return tuple(dict.fromkeys(citation.source for group in groups for citation in group))


def marked(words: str, sources: Container[str]) -> Text:
    """One paragraph with its marks; a citation stands behind the stop that it stood before."""
    builder = TextBuilder()
    last = 0
    for match in _MARKED.finditer(words):
        citations = _citations(match["cites"]) if match["cites"] else ()
        is_known = all(citation.source in sources for citation in citations)
        if match["cites"] and not (citations and is_known):
            continue
        builder.add(words[last : match.start()])
        last = match.end()
        if citations:
            builder.add(match["stop"]).cite(citations)
        elif match["address"]:
            builder.add(match["label"], MarkKind.LINK, match["address"])
        else:
            name = next(name for name in _KINDS if match[name])
            builder.add(match[name], _KINDS[name])
    return builder.add(words[last:]).text()


def _citations(inside: str) -> tuple[Citation, ...]:
    """The citations between two brackets; none where something else stands there."""
    found = [_CITED.fullmatch(part) for part in inside.split(";")]
    if not all(found):
        return ()
    return tuple(
        Citation(
            match["source"], " ".join((match["locator"] or "").split()), bool(match["inferred"])
        )
        for match in found
        if match
    )
