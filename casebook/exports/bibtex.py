"""References as BibTeX and BibLaTeX: pandoc's, with what pandoc leaves out or spoils put right."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from casebook.book.source_values import SourceLine
from casebook.csl import CslItem, csl_item
from casebook.exports.pandoc import run_pandoc
from casebook.safe_text import screened_output

CIRCA = "The date is inferred."
_DOI = re.compile(r"10\.\d{4,9}/[^\s{}\\%#~^$&\"]+")
_ENTRY = re.compile(r"^@\w+\{([^,\s]+),$")
_FIELD = re.compile(r"^  (\w+) = \{")


def bibtex(sources: Sequence[SourceLine], *, biblatex: bool = False) -> str:
    """The sources in BibTeX, or in BibLaTeX, which has more types, languages and dates.

    Raises:
        CasebookError: pandoc is not installed, or cannot read an item.
    """
    items = [csl_item(source) for source in sources]
    data = json.dumps([_for_pandoc(item, biblatex=biblatex) for item in items]).encode()
    made = run_pandoc(["-f", "csljson", "-t", "biblatex" if biblatex else "bibtex"], data)
    text = screened_output(made.decode("utf-8", "replace"))
    if biblatex:
        # EDTF's sign for "circa", which biber reads as it is and not as a command of TeX.
        text = re.sub(r"^(  date = \{.*?)\\textasciitilde\{\}", r"\1~", text, flags=re.MULTILINE)
    return _with_dois(text, {str(item["id"]): item for item in items}) + "\n"


def _for_pandoc(item: CslItem, *, biblatex: bool) -> CslItem:
    changed = dict(item)
    title = item.get("title")
    if isinstance(title, str) and not str(item.get("language", "")).lower().startswith("en"):
        # Titles are put into the capitals of English ones, unless they are said to be English.
        changed["title"] = f'<span class="nocase">{title}</span>'
    issued = item.get("issued")
    if not biblatex and isinstance(issued, dict) and issued.get("circa"):
        changed["note"] = f"{item.get('note', '')} {CIRCA}".strip()
    return changed


def _with_dois(text: str, items: dict[str, CslItem]) -> str:
    """Entries with the DOIs that pandoc leaves out of them."""
    lines: list[str] = []
    entry = ""
    fields: set[str] = set()
    for line in text.splitlines():
        if begun := _ENTRY.match(line):
            entry, fields = begun[1], set()
        elif field := _FIELD.match(line):
            fields.add(field[1])
        elif line == "}" and entry:
            doi = _DOI.fullmatch(str(items.get(entry, {}).get("DOI", "")).strip())
            if doi and "doi" not in fields and lines:
                lines[-1] = lines[-1].removesuffix(",") + ","
                lines.append(f"  doi = {{{doi[0]}}}")
            entry = ""
        lines.append(line)
    return "\n".join(lines)
