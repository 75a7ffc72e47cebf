"""Citation styles: how citations and references are worded.

The book has a style of its own, which needs nothing. The others are CSL styles
(https://citationstyles.org), worked by pandoc's citeproc; their files in `styles/` are the
CSL project's, under CC BY-SA 3.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from casebook.book.source_values import SourceLine
from casebook.citations import Citation
from casebook.csl import csl_item
from casebook.document import citation_label, citations_label
from casebook.errors import CasebookError
from casebook.exports.options import Style
from casebook.exports.pandoc import pandoc_path, run_document
from casebook.exports.paper import (
    Paper,
    PaperDraft,
    PaperRun,
    Runs,
    Wording,
    citation_groups,
    set_paper,
)
from casebook.safe_text import made_safe, made_safe_line
from casebook.temporary import temporary_folder

_FILES = {
    Style.APA: "apa.csl",
    Style.HARVARD: "harvard-cite-them-right.csl",
    Style.MLA: "modern-language-association.csl",
}
"""Chicago's author-date style is the one that pandoc has built in."""


def default_style() -> str:
    """APA where pandoc is at hand, else the book's own."""
    return Style.APA if pandoc_path() else Style.BOOK


def set_in_style(draft: PaperDraft, style: str) -> Paper:
    """A draft set in a citation style.

    Raises:
        CasebookError: there is no such style, or no pandoc to work it.
    """
    groups = citation_groups(draft.parts)
    return set_paper(draft, worded(groups, draft.sources, style, all_sources=draft.cites_all))


def worded(
    groups: Iterable[tuple[Citation, ...]],
    sources: dict[str, SourceLine],
    style: str,
    *,
    all_sources: bool = False,
) -> Wording:
    """The wording of some citations, and of the references to what they cite.

    Args:
        groups: the citations of each statement.
        sources: of the book, by id.
        style: a name of `Style`, or the path of a CSL file.
        all_sources: refer to every source, cited or not.

    Raises:
        CasebookError: there is no such style, or no pandoc to work it.
    """
    every = list(groups)
    cited = {citation.source for group in every for citation in group if citation.source in sources}
    wanted = {slug: source for slug, source in sources.items() if all_sources or slug in cited}
    if style == Style.BOOK:
        return _in_the_books_style(every, wanted)
    return _in_csl_style(every, wanted, style)


def _in_the_books_style(
    groups: list[tuple[Citation, ...]], sources: dict[str, SourceLine]
) -> Wording:
    in_text: dict[tuple[Citation, ...], Runs] = {
        group: (PaperRun(citations_label(dict.fromkeys(group), sources)),) for group in groups
    }
    references = tuple(
        (
            source.slug,
            (PaperRun(source.label, strong=True), PaperRun(": "), *_title_in_italics(source)),
        )
        for source in sorted(sources.values(), key=lambda source: source.label.casefold())
    )
    return Wording(in_text, references, Style.BOOK)


_PARTS = frozenset((
    "article-journal", "article-magazine", "article-newspaper", "chapter", "entry-dictionary",
    "entry-encyclopedia", "paper-conference", "post-weblog",
))  # fmt: skip
"""The types of works that appear in another, whose title is set in italics then."""


def _title_in_italics(source: SourceLine) -> Iterator[PaperRun]:
    """The words of a reference, with the title of the work in italics."""
    item = csl_item(source)
    is_part = item.get("type") in _PARTS and item.get("container-title")
    title = str(item.get("container-title" if is_part else "title") or "")
    words = source.reference
    # What the work appeared in stands after its own title, which may have the same words.
    at = (words.rfind(title) if is_part else words.find(title)) if title else -1
    if at < 0:
        yield PaperRun(words)
        return
    for run in (
        PaperRun(words[:at]), PaperRun(title, emphasis=True), PaperRun(words[at + len(title) :])
    ):  # fmt: skip
        if run.words:
            yield run


def _in_csl_style(
    groups: list[tuple[Citation, ...]], sources: dict[str, SourceLine], style: str
) -> Wording:
    from_sources = {
        group: [c for c in dict.fromkeys(group) if c.source in sources] for group in groups
    }
    asked = [group for group in groups if from_sources[group]]
    blocks = [{"t": "Para", "c": [_cite(from_sources[group])]} for group in asked]
    nocite = {"t": "MetaInlines", "c": [_cite([Citation(slug)]) for slug in sources]}
    document = {"blocks": blocks, "meta": {"nocite": nocite, "lang": _language(style)}}
    items = [csl_item(source) for source in sources.values()]
    try:
        with temporary_folder() as folder:
            bibliography = folder / "references.json"
            bibliography.write_text(json.dumps(items), encoding="utf-8")
            arguments = ["--citeproc", f"--bibliography={bibliography}", *_csl(style, folder)]
            made = run_document(document, arguments)["blocks"]
    except OSError as error:
        raise CasebookError(
            f"The references cannot be handed to pandoc: {error.strerror}. The book's own style,"
            " 'book', needs no pandoc."
        ) from None
    in_text: dict[tuple[Citation, ...], Runs] = {}
    for group, block in zip(asked, made, strict=False):
        in_text[group] = tuple(joined(inline_runs(block["c"])))
    for group in groups:
        own = [citation for citation in group if citation not in from_sources[group]]
        if own:
            label = "; ".join(citation_label(citation, sources) for citation in own)
            before = (*in_text[group], PaperRun(" ")) if group in in_text else ()
            in_text[group] = (*before, PaperRun(f"[{label}]"))
    return Wording(in_text, tuple(_references(made)), style)


def _csl(style: str, folder: Path) -> list[str]:
    """Pandoc's option for a style.

    Args:
        folder: where a CSL file of the reader's is written anew, checked, for pandoc to read.

    Raises:
        CasebookError: there is no such style.
    """
    if style == Style.CHICAGO:
        return []
    if style in tuple(Style):
        return [f"--csl={Path(__file__).parent / 'styles' / _FILES[Style(style)]}"]
    path = Path(style).expanduser()
    if style.endswith(".csl") and _is_there(path):
        from casebook.exports.csl_style import independent_style

        own = folder / "style.csl"
        own.write_bytes(independent_style(path))
        return [f"--csl={own}"]
    known = ", ".join(Style)
    raise CasebookError(
        f"There is no citation style '{made_safe_line(style)}'; use {known}, or a .csl file."
    )


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _language(style: str) -> dict[str, Any]:
    """The spelling and the quotation marks: British for Harvard, as the style has them else."""
    return {"t": "MetaString", "c": "en-GB" if style == Style.HARVARD else "en-US"}


def _cite(citations: Iterable[Citation]) -> dict[str, Any]:
    cited = [
        {
            "citationId": citation.source,
            "citationPrefix": _inlines("inferred from") if citation.inferred else [],
            "citationSuffix": _inlines(f", {citation.locator}") if citation.locator else [],
            "citationMode": {"t": "NormalCitation"},
            "citationNoteNum": 0,
            "citationHash": 0,
        }
        for citation in citations
    ]
    return {"t": "Cite", "c": [cited, []]}


def _inlines(words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for word in words.split(" "):
        found += [{"t": "Space"}, {"t": "Str", "c": word}]
    return found[1:]


def _references(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, Runs]]:
    for block in blocks:
        if block["t"] != "Div" or block["c"][0][0] != "refs":
            continue
        for entry in block["c"][1]:
            (identity, _, _), paragraphs = entry["c"]
            inlines = [inline for paragraph in paragraphs for inline in paragraph["c"]]
            yield identity.removeprefix("ref-"), tuple(joined(inline_runs(inlines)))


_QUOTES = {"DoubleQuote": ("\u201c", "\u201d"), "SingleQuote": ("\u2018", "\u2019")}


def inline_runs(
    inlines: Iterable[dict[str, Any]], emphasis: bool = False, strong: bool = False
) -> Iterator[PaperRun]:
    """Pandoc's inline elements (`Text.Pandoc.Definition.Inline`, in JSON) as runs."""
    for inline in inlines:
        content: Any = inline.get("c")
        match inline["t"]:
            case "Str":
                yield PaperRun(made_safe(str(content)), emphasis, strong)
            case "Space" | "SoftBreak" | "LineBreak":
                yield PaperRun(" ", emphasis, strong)
            case "Emph":
                yield from inline_runs(content, not emphasis, strong)
            case "Strong":
                yield from inline_runs(content, emphasis, True)
            case "Quoted":
                before, after = _QUOTES[content[0]["t"]]
                yield PaperRun(before, emphasis, strong)
                yield from inline_runs(content[1], emphasis, strong)
                yield PaperRun(after, emphasis, strong)
            case "Note":
                # A style that cites in footnotes has its words in one.
                for block in content:
                    yield from inline_runs(block["c"], emphasis, strong)
            case "Link" | "Span" | "Cite":
                yield from inline_runs(content[1], emphasis, strong)
            case "Underline" | "SmallCaps" | "Superscript" | "Subscript" | "Strikeout":
                yield from inline_runs(content, emphasis, strong)
            case "Code" | "Math":
                yield PaperRun(made_safe(str(content[1])), emphasis, strong)


def joined(runs: Iterable[PaperRun]) -> Iterator[PaperRun]:
    """Runs, with neighbours that look alike merged into one."""
    last: PaperRun | None = None
    for run in runs:
        if last is not None and last._replace(words="") == run._replace(words=""):
            last = last._replace(words=last.words + run.words)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last
