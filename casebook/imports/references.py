"""Plans the import of a list of references: BibTeX, BibLaTeX, RIS, EndNote XML or CSL-JSON."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any, NamedTuple

from casebook.errors import CasebookError
from casebook.exports.extras import MissingError
from casebook.exports.pandoc import run_pandoc
from casebook.imports.bibliography import Bibliography
from casebook.imports.cases import opened_pack
from casebook.imports.cells import Effect, Remark
from casebook.imports.plan import Plan, checked_problems
from casebook.imports.reference_text import with_addresses, with_capitals
from casebook.imports.shared_files import with_sources
from casebook.pack.problems import Problems
from casebook.pack.sources import FILE
from casebook.safe_text import made_safe_line
from casebook.stored_json import StoredJsonError, decoded

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes; what becomes of it has to fit into sources.json."""

_BIBLATEX = re.compile(r"(?im)^\s*(?:journaltitle|date|location|subtitle|entrysubtype)\s*=")
_ENTITIES = re.compile(r"<!(?:DOCTYPE[^>]*\[|ENTITY)")


class BibliographyFormat(NamedTuple):
    """A form of references: its name, and what pandoc calls it (nothing for CSL-JSON)."""

    name: str
    pandoc: str


FORMS = {
    ".bib": BibliographyFormat("BibTeX", "bibtex"),
    ".ris": BibliographyFormat("RIS", "ris"),
    ".xml": BibliographyFormat("EndNote XML", "endnotexml"),
    ".enw": BibliographyFormat("EndNote", ""),
    ".json": BibliographyFormat("CSL-JSON", "csljson"),
}


def is_references(path: Path) -> bool:
    """True of a file whose name ends as those of references do."""
    return path.suffix.lower() in FORMS


def plan_references(path: Path, folder: Path) -> Plan:
    """What importing a list of references would write.

    Raises:
        MissingError: there is no pandoc.
        CasebookError: the list or the pack cannot be read.
    """
    text, remarks = _text(path)
    items = _items(path, text)
    files, pack = opened_pack(folder)
    bibliography = Bibliography(pack.sources.items)
    for item in items:
        bibliography.add(item)
    plan = Plan(folder, made_safe_line(path.name), remarks=remarks)
    plan.sources = bibliography.outcomes
    before = files.text(FILE, Problems()) or ""
    after = with_sources(before, bibliography.added)
    if after != before:
        plan.texts[FILE] = after
        plan.problems = checked_problems(plan, files, None)
    if len(after.encode("utf-8")) > LARGEST_FILE:
        raise CasebookError(
            f"{path}: with these references {FILE} would be larger than"
            f" {LARGEST_FILE // 2**20} MiB; bring fewer."
        )
    return plan


def _text(path: Path) -> tuple[str, list[Remark]]:
    shown = made_safe_line(str(path))
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise CasebookError(f"{shown}: not a regular file.")
        if status.st_size > LARGEST_FILE:
            raise CasebookError(f"{shown}: larger than {LARGEST_FILE // 2**20} MiB.")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise CasebookError(f"{shown}: {reason}.") from None
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16"), []
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        why = "the file is not UTF-8; it is read as Windows-1252 (Latin-1)"
        remark = Remark("", 0, "", "", "", why, Effect.READ)
        return data.decode("cp1252", errors="replace"), [remark]


def _items(path: Path, text: str) -> list[Any]:
    """The items of a list, as CSL-JSON."""
    shown = made_safe_line(str(path))
    form = FORMS[path.suffix.lower()]
    if not form.pandoc:
        raise CasebookError(f"{shown}: have EndNote export it as XML or RIS.")
    if form.pandoc == "endnotexml" and _ENTITIES.search(text):
        raise CasebookError(f"{shown}: it declares entities, which no program writes; not read.")
    if form.pandoc == "csljson":
        written: str | bytes = text
    else:
        if form.pandoc == "bibtex":
            text = with_capitals(text)
        kind = "biblatex" if form.pandoc == "bibtex" and _BIBLATEX.search(text) else form.pandoc
        try:
            written = run_pandoc(["-f", kind, "-t", "csljson"], text.encode("utf-8"))
        except MissingError:
            raise
        except CasebookError:
            raise CasebookError(
                f"{shown}: pandoc cannot read it as {form.name}, or not within its time."
            ) from None
    try:
        items = decoded(written)
    except StoredJsonError as error:
        raise CasebookError(f"{shown}: as {form.name} {error}.") from None
    if form.pandoc == "endnotexml" and isinstance(items, list):
        items = with_addresses(items, text)
    if isinstance(items, dict) and isinstance(items.get("items"), list):
        items = items["items"]
    if not isinstance(items, list):
        raise CasebookError(f"{shown}: this is no list of references.")
    if not items:
        raise CasebookError(f"{shown}: there is no reference in it.")
    return items
