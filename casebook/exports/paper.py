"""A paper: what leaves the book to be read elsewhere, before it is Markdown, HTML or DOCX.

A paper is drafted with texts whose citations are still pointers into sources. Setting it in
a citation style makes runs of words of them; the writers of formats know nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby, pairwise
from typing import NamedTuple

from casebook.book.source_values import SourceLine
from casebook.citations import OWN, Citation
from casebook.document import DocBlock, Set, citations_at
from casebook.text import MarkKind, Text
from casebook.vocabulary import BookRating


class PaperRun(NamedTuple):
    """Some words that look alike.

    Attributes:
        link: an http(s) address, or `#` and the anchor of a block of the same paper.
        footnote: the footnote that stands here in formats that have footnotes; `words` stand
            here in the others.
    """

    words: str
    emphasis: bool = False
    strong: bool = False
    code: bool = False
    link: str = ""
    is_citation: bool = False
    footnote: Footnote | None = None

    @property
    def is_address(self) -> bool:
        """True of an address that stands there as it is, and not of words that lead to one."""
        return bool(self.link) and self.words in self.link


Runs = tuple[PaperRun, ...]


class Footnote(NamedTuple):
    """A footnote, and its number in the paper, from 1."""

    number: int
    runs: Runs


# Drafts: citations are pointers


class DraftCell(NamedTuple):
    """A cell of a table; a rating gives it its sign and its colour."""

    text: Text
    rating: BookRating | None = None


class DraftTable(NamedTuple):
    """A table with its heads; the first cell of a row names it.

    Attributes:
        caption: what it shows, where that is not said around it.
        is_worksheet: its cells are to be written in, and need room.
    """

    heads: tuple[DraftCell, ...]
    rows: tuple[tuple[DraftCell, ...], ...]
    caption: Text = Text("")
    is_worksheet: bool = False


class Drawing(NamedTuple):
    """A picture for formats that can show one.

    Attributes:
        svg: one `<svg>` element of Casebook's own making.
        words: what it shows, for those who cannot see it.
    """

    svg: str
    words: str


class PageBreak(NamedTuple):
    """What follows begins on a new page, where the format has pages.

    Attributes:
        is_wide: pages lie on their long side from here to the next break.
    """

    is_wide: bool = False


DraftPart = DocBlock | DraftTable | Drawing | PageBreak


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A paper whose citations have not been set in a style.

    Attributes:
        cites_all: every source stands among the references, cited or not.
        has_references: what is cited is listed at the end.
        colophon: where it is from; it stands last.
        running_head: what stands at the head of every page, where the format has pages.
        has_footnotes: its citations stand in footnotes.
    """

    title: str
    parts: tuple[DraftPart, ...]
    sources: dict[str, SourceLine] = field(default_factory=dict)
    language: str = "en"
    cites_all: bool = False
    has_references: bool = True
    colophon: str = ""
    running_head: str = ""
    has_footnotes: bool = False


# Papers: citations are words


class PaperBlock(NamedTuple):
    """A block as it is set."""

    set: Set
    runs: Runs
    lead: str = ""
    level: int = 0
    anchor: str = ""

    @property
    def plain(self) -> str:
        """Its words alone."""
        return plain(self.runs)


class PaperCell(NamedTuple):
    """A cell as it is set."""

    runs: Runs
    rating: BookRating | None = None

    @property
    def plain(self) -> str:
        """Its words alone."""
        return plain(self.runs)


_LETTERS_ACROSS = 110
"""Letters of a line of a table on a page of A4."""

_LONG_NAME = 40
"""Letters of the name of a row that would make its column wider than those beside it."""

_SHORT_TABLE = 22
"""Lines of a table that is kept on one page."""


class PaperTable(NamedTuple):
    """A table as it is set."""

    heads: tuple[PaperCell, ...]
    rows: tuple[tuple[PaperCell, ...], ...]
    caption: Runs = ()
    is_worksheet: bool = False

    @property
    def is_short(self) -> bool:
        """True if it takes less than half a page, so that no page need tear it apart."""
        across = max(_LETTERS_ACROSS // max(len(self.heads), 1), 1)
        lines = sum(1 + max(len(cell.plain) for cell in row) // across for row in self.rows)
        return lines <= _SHORT_TABLE and not self.is_worksheet

    @property
    def has_long_names(self) -> bool:
        """True if what stands in the first column would take the room of the others."""
        return any(len(row[0].plain) > _LONG_NAME for row in self.rows)

    @property
    def is_matrix(self) -> bool:
        """True if it has ratings."""
        return any(cell.rating for row in self.rows for cell in row)


PaperPart = PaperBlock | PaperTable | Drawing | PageBreak


class Paper(NamedTuple):
    """What a format writes."""

    title: str
    parts: tuple[PaperPart, ...]
    language: str = "en"
    running_head: str = ""

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """Its footnotes, in their order."""
        blocks = (part for part in self.parts if isinstance(part, PaperBlock))
        return tuple(run.footnote for block in blocks for run in block.runs if run.footnote)


def plain(runs: Iterable[PaperRun]) -> str:
    """The words of some runs."""
    return "".join(run.words for run in runs)


_UNPARTED = re.compile(
    r"(\b(?:[Pp]aras?|pp?|ca|no|vol)\.|\N{PILCROW SIGN}|\N{SECTION SIGN}) (?=\d)"
)


def unparted(words: str) -> str:
    """Words in which a line cannot end between `para.` and its number."""
    return _UNPARTED.sub("\\1\N{NO-BREAK SPACE}", words)


_JAPANESE = re.compile(
    "[\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]"
    "[\u3001-\u3011\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]*"
)


def pieces(words: str) -> Iterator[tuple[str, bool]]:
    """Words cut where Japanese begins and ends, each piece with whether it is Japanese."""
    words = unparted(words)
    last = 0
    for match in _JAPANESE.finditer(words):
        if last < match.start():
            yield words[last : match.start()], False
        yield match[0], True
        last = match.end()
    if last < len(words):
        yield words[last:], False


def address_parts(address: str) -> list[str]:
    """An address cut where it may go on on the next line, so that no word of it is broken."""
    return re.findall(r"[^/._?&=%+-]*[/._?&=%+-]+|[^/._?&=%+-]+", address)


def upright(runs: Iterable[PaperRun]) -> Iterator[PaperRun]:
    """Runs in which Japanese is not slanted: its letters have no italics."""
    for run in runs:
        if not run.emphasis or run.footnote is not None:
            yield run
            continue
        for words, is_japanese in pieces(run.words):
            yield run._replace(words=words, emphasis=not is_japanese)


_ADDRESS = re.compile(r"https?://[^\s<>]+|(?:doi:\s?)?\b10\.\d{4,9}/[^\s<>]+", re.IGNORECASE)


def with_links(runs: Iterable[PaperRun]) -> Iterator[PaperRun]:
    """Runs in which addresses and DOIs lead where they say."""
    for run in runs:
        last = 0
        for match in () if run.link else _ADDRESS.finditer(run.words):
            words = match[0].rstrip(".,;:)]\"'\N{RIGHT DOUBLE QUOTATION MARK}")
            start = match.start()
            yield run._replace(words=run.words[last:start])
            last = start + len(words)
            doi = words[words.index("10.") :] if words[:4].lower() != "http" else ""
            yield run._replace(words=words, link=f"https://doi.org/{doi}" if doi else words)
        yield run._replace(words=run.words[last:])


def texts_of(parts: Iterable[DraftPart]) -> Iterator[Text]:
    """Every text of a draft."""
    for part in parts:
        if isinstance(part, DocBlock):
            yield part.text
        elif isinstance(part, DraftTable):
            yield part.caption
            for row in (part.heads, *part.rows):
                yield from (cell.text for cell in row)


def citation_groups(parts: Iterable[DraftPart]) -> list[tuple[Citation, ...]]:
    """The citations of a draft as they stand together, each group once."""
    found: dict[tuple[Citation, ...], None] = {}
    for text in texts_of(parts):
        found.update(dict.fromkeys(citations_at(text).values()))
    return list(found)


class Wording(NamedTuple):
    """How a citation style words a paper's citations and its references.

    Attributes:
        in_text: the words of each group of citations, in their brackets.
        references: the sources in the style's order, each with its words.
        style: the name of the style.
    """

    in_text: dict[tuple[Citation, ...], Runs]
    references: tuple[tuple[str, Runs], ...]
    style: str


def reference_anchor(source: str) -> str:
    """By which a reference is found in its paper."""
    return f"ref-{source}"


def set_paper(draft: PaperDraft, wording: Wording) -> Paper:
    """A paper with its citations worded and its references at the end."""
    references = wording.references if draft.has_references else ()
    here = frozenset(
        part.anchor for part in draft.parts if isinstance(part, DocBlock) and part.anchor
    ) | frozenset(reference_anchor(source) for source, _ in references)

    numbers = count(1)

    def runs(text: Text) -> Runs:
        return tuple(_runs(text, wording, here))

    def noted(text: Text) -> Runs:
        if not draft.has_footnotes:
            return runs(text)
        return tuple(_in_footnotes(_runs(text, wording, here, lead=""), numbers))

    parts: list[PaperPart] = []
    for part in draft.parts:
        match part:
            case DocBlock():
                anchor = part.anchor
                parts.append(PaperBlock(part.set, noted(part.text), part.lead, part.level, anchor))
            case DraftTable():
                rows = tuple(tuple(_cell(cell, runs(cell.text)) for cell in r) for r in part.rows)
                heads = tuple(_cell(cell, runs(cell.text)) for cell in part.heads)
                caption = runs(part.caption)
                parts.append(PaperTable(heads, rows, caption, part.is_worksheet))
            case _:
                parts.append(part)
    if references:
        parts.append(
            PaperBlock(Set.HEADING, (PaperRun("References"),), level=2, anchor="references")
        )
        parts += [
            PaperBlock(
                Set.PARAGRAPH,
                tuple(run for run in with_links(words) if run.words),
                anchor=reference_anchor(source),
            )
            for source, words in references
        ]
    if draft.colophon:
        parts.append(PaperBlock(Set.PARAGRAPH, (PaperRun(draft.colophon),)))
    return Paper(draft.title, tuple(parts), draft.language, draft.running_head)


def _cell(cell: DraftCell, runs: Runs) -> PaperCell:
    return PaperCell(runs, cell.rating)


def _runs(
    text: Text, wording: Wording, anchors: frozenset[str], *, lead: str = " "
) -> Iterator[PaperRun]:
    """A text cut where a mark begins or ends, with the worded citations set in.

    Args:
        lead: what stands before a citation.
    """
    cites = citations_at(text)
    length = len(text.plain)
    cuts = {0, length, *cites}
    for mark in text.marks:
        cuts |= {mark.start, mark.end}
    edges = sorted(cut for cut in cuts if 0 <= cut <= length)
    if 0 in cites:
        yield from _cited(cites[0], wording, anchors, lead="")
    for start, end in pairwise(edges):
        kinds = {mark.kind for mark in text.marks if mark.start <= start and end <= mark.end}
        target = next(
            (
                mark.target
                for mark in text.marks
                if mark.kind is MarkKind.LINK and mark.start <= start and end <= mark.end
            ),
            "",
        )
        yield PaperRun(
            text.plain[start:end],
            MarkKind.EMPHASIS in kinds,
            MarkKind.STRONG in kinds,
            MarkKind.CODE in kinds,
            _link(target, anchors),
        )
        if end in cites:
            yield from _cited(cites[end], wording, anchors, lead=lead)


def _cited(
    group: Sequence[Citation], wording: Wording, anchors: frozenset[str], lead: str
) -> Iterator[PaperRun]:
    source = next((citation.source for citation in group if citation.source != OWN), "")
    anchor = reference_anchor(source)
    link = f"#{anchor}" if anchor in anchors else ""
    yield PaperRun(lead)
    for run in wording.in_text.get(tuple(group), ()):
        yield run._replace(link=link, is_citation=True)


_BRACKETS = {"(": ")", "[": "]"}


def _in_footnotes(runs: Iterable[PaperRun], numbers: Iterator[int]) -> Iterator[PaperRun]:
    """Runs with each worded citation in a footnote, and no blank before its number."""
    for is_citation, group in groupby(runs, key=lambda run: run.is_citation):
        found = list(group)
        if is_citation:
            yield PaperRun(f" {plain(found)}", footnote=Footnote(next(numbers), _as_a_note(found)))
        else:
            yield from (run for run in found if run.words)


def _as_a_note(runs: Sequence[PaperRun]) -> Runs:
    """A citation as a footnote has it: without the brackets around it, and with a full stop."""
    bare = [run._replace(is_citation=False) for run in runs]
    words = plain(bare)
    closing = _BRACKETS.get(words[:1], "")
    if closing and words.endswith(closing) and words.count(words[0]) == 1:
        bare[0] = bare[0]._replace(words=bare[0].words[1:])
        bare[-1] = bare[-1]._replace(words=bare[-1].words[:-1])
    if plain(bare)[-1:] not in (".", "!", "?"):
        bare.append(bare[-1]._replace(words="."))
    first = bare[0]
    bare[0] = first._replace(words=first.words[:1].upper() + first.words[1:])
    return tuple(run for run in bare if run.words)


def _link(target: str, anchors: frozenset[str]) -> str:
    """Where a link leads outside the book: an address, or a case of the same paper."""
    if target.startswith(("http://", "https://")):
        return target
    anchor = f"case-{target.removeprefix('entry:')}"
    return f"#{anchor}" if target.startswith("entry:") and anchor in anchors else ""
