"""References for other programs: BibTeX, BibLaTeX, CSL-JSON, RIS, or a list in a citation style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from casebook.book import pages
from casebook.book.connection import Book
from casebook.book.source_values import SourceLine
from casebook.book.sources import sources as every_source
from casebook.csl import CslItem, csl_item, damaged_items
from casebook.exports.bibtex import CIRCA, bibtex
from casebook.exports.citation_styles import worded
from casebook.exports.extras import needed
from casebook.exports.formats import ReferenceFormat
from casebook.exports.paper import plain
from casebook.renderings.json_text import json_text


def references_of(
    book: Book, slugs: Iterable[str] | None, form: ReferenceFormat, style: str
) -> str:
    """The sources of some entries, or of the whole book, in a format.

    Sources whose details are damaged are noted among the book's faults.

    Args:
        slugs: of the entries; None for every source of the book.
        style: of the list to read.

    Raises:
        NotFoundError: the book has no entry of some slug.
        MissingError: a package that the format needs is not installed.
        CasebookError: there is no such style.
    """
    found: dict[str, SourceLine] = {}
    if slugs is None:
        found = {source.slug: source for source in every_source(book)}
    else:
        for slug in slugs:
            found.update(pages.page(book, slug).sources)
    for words in damaged_items(found.values()):
        book.fault(words)
    return references(list(found.values()), form, style)


def references(sources: Sequence[SourceLine], form: ReferenceFormat, style: str) -> str:
    """The sources in a format.

    Args:
        style: of the list to read.

    Raises:
        MissingError: a package that the format needs is not installed.
        CasebookError: there is no such style.
    """
    match form:
        case ReferenceFormat.TEXT:
            by_slug = {source.slug: source for source in sources}
            found = worded((), by_slug, style, all_sources=True).references
            return "".join(f"{plain(words)}\n" for _, words in found)
        case ReferenceFormat.BIBTEX:
            return bibtex(sources)
        case ReferenceFormat.BIBLATEX:
            return bibtex(sources, biblatex=True)
        case ReferenceFormat.RIS:
            return ris(sources)
        case ReferenceFormat.CSL_JSON:
            items = [csl_item(source) for source in sources]
            return json_text(items)
        case _:
            assert_never(form)


_RIS_TYPES = {
    "article": "GEN",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "hearing": "HEAR",
    "interview": "PCOMM",
    "legislation": "STAT",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "personal_communication": "PCOMM",
    "report": "RPRT",
    "speech": "SLIDE",
    "thesis": "THES",
    "webpage": "ELEC",
}
"""CSL's types in RIS, as Zotero's RIS translator pairs them where it does."""

_RIS_FIELDS = {
    "title": "title",
    "container-title": "secondary_title",
    "publisher": "publisher",
    "publisher-place": "place_published",
    "volume": "volume",
    "issue": "number",
    "edition": "edition",
    "language": "language",
    "ISSN": "issn",
    "ISBN": "issn",
    "DOI": "doi",
    "abstract": "abstract",
    "event": "tertiary_title",
    "event-title": "tertiary_title",
    "number": "custom7",
}


def ris(sources: Sequence[SourceLine]) -> str:
    """The sources as RIS, by rispy.

    Raises:
        MissingError: rispy is not installed.
    """
    rispy = needed("rispy", "RIS")

    class Writer(rispy.RisWriter):  # type: ignore[misc,name-defined]
        """Without the number that rispy sets above each reference and RIS does not know."""

        def set_header(self, count: int) -> str:
            return ""

    entries = [_ris_entry(csl_item(source)) for source in sources]
    return str(rispy.dumps(entries, implementation=Writer)).lstrip("\n")


def _ris_entry(item: CslItem) -> CslItem:
    entry: CslItem = {
        "type_of_reference": _RIS_TYPES.get(str(item.get("type")), "GEN"),
        "id": item["id"],
    }
    for role, field in (("author", "authors"), ("editor", "secondary_authors")):
        names = [_name(person) for person in item.get(role, ())]
        if names:
            entry[field] = names
    for key, field in _RIS_FIELDS.items():
        if item.get(key):
            entry.setdefault(field, _one_line(item[key]))
    first, _, last = str(item.get("page", "")).replace("\N{EN DASH}", "-").partition("-")
    if first:
        entry["start_page"] = first
    if last:
        entry["end_page"] = last
    parts = _date(item)
    if parts:
        entry["year"] = parts[0]
        entry["date"] = "/".join([*parts, "", "", ""][:3]) + "/"
    if item.get("URL"):
        entry["urls"] = [_one_line(item["URL"])]
    note = _one_line(item.get("note", ""))
    if isinstance(item.get("issued"), dict) and item["issued"].get("circa"):
        note = f"{note} {CIRCA}".strip()
    if note:
        entry["notes"] = [note]
    return entry


def _one_line(value: object) -> str:
    """A value on one line, so that it cannot begin another tag of RIS."""
    return " ".join(str(value).split())


def _name(name: CslItem) -> str:
    def part(key: str) -> str:
        return _one_line(name.get(key) or "")

    family = " ".join(filter(None, (part("non-dropping-particle"), part("family"))))
    return ", ".join(filter(None, (family, part("given")))) or part("literal")


def _date(item: CslItem) -> list[str]:
    issued = item.get("issued")
    try:
        parts = issued["date-parts"][0] if isinstance(issued, dict) else []
        return [f"{int(part):0{4 if at == 0 else 2}}" for at, part in enumerate(parts[:3])]
    except (KeyError, IndexError, TypeError, ValueError):
        return []
