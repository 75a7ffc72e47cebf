"""Plans how sources are added to a pack.

They come from a list of references (BibTeX, BibLaTeX, RIS, EndNote XML or CSL-JSON), or are
begun with a DOI.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from casebook.citations import OWN
from casebook.errors import AlreadyThereError, CasebookError
from casebook.exports.extras import MissingError
from casebook.exports.pandoc import run_pandoc
from casebook.imports.bibliography import Bibliography
from casebook.imports.cells import Effect, Remark
from casebook.imports.plan import Plan, checked_problems
from casebook.imports.reference_text import with_addresses, with_capitals, with_ids_of
from casebook.imports.shared_files import with_sources
from casebook.pack.files import PackFiles, open_pack
from casebook.pack.problems import Problems
from casebook.pack.source_keys import is_key
from casebook.pack.sources import FILE, read_sources
from casebook.pack.unpacked import built_packs
from casebook.regular_file import read_regular
from casebook.safe_text import made_safe_line
from casebook.stored_json import StoredJsonError, decoded

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes; what becomes of it has to fit into sources.json."""

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
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


def plan_references(path: Path, folder: Path, *, on: Path | None = None) -> Plan:
    """What importing a list of references would write.

    Args:
        on: a built book that the pack stands on.

    Raises:
        MissingError: there is no pandoc.
        CasebookError: the list or the sources of the pack cannot be read.
    """
    form = _form(path)
    text, remarks = _text(path)
    items = _items(path, form, text)
    adding = _Adding.to(folder, on)
    for item in items:
        adding.bibliography.add(item)
    return adding.plan(made_safe_line(path.name), remarks)


def plan_doi(
    doi: str, folder: Path, *, title: str = "", key: str = "", on: Path | None = None
) -> Plan:
    """What adding a source would write of which the DOI is known, and what is to be filled in.

    Args:
        key: its citation key, instead of one that is made of the DOI.
        on: a built book that the pack stands on.

    Raises:
        AlreadyThereError: another source has the key.
        CasebookError: it is no DOI, or no key, or the sources of the pack cannot be read.
    """
    match = _DOI.fullmatch(doi.strip())
    if match is None:
        raise CasebookError(f"'{doi}' is not a DOI, such as 10.1093/cjres/rsq002.")
    if key and not is_key(key):
        raise CasebookError(f"'{key}' cannot be cited; use Latin letters, digits and _ : . -")
    adding = _Adding.to(folder, on)
    if key in (OWN, *adding.bibliography.there):
        raise AlreadyThereError(
            f"{folder / FILE} has a source '{key}' already; nothing was written."
        )
    plain = match[1].rstrip(".,;")
    made = re.sub(r"[^a-z0-9]+", "-", plain.partition("/")[2].lower()).strip("-")
    item = {"id": made, "type": "document", "title": title or "TODO", "DOI": plain}
    note = f"TODO: type, title, author, issued; see https://doi.org/{plain}"
    adding.bibliography.add(item, key=key, note=note)
    return adding.plan(plain)


class _Adding(NamedTuple):
    """Adding sources to a pack, of which nothing but the sources need be right.

    Attributes:
        text: sources.json as it is.
        below: the files of the volumes that the pack stands on.
    """

    folder: Path
    files: PackFiles
    text: str
    bibliography: Bibliography
    below: tuple[PackFiles, ...]

    @classmethod
    def to(cls, folder: Path, on: Path | None) -> Self:
        if not os.path.isfile(folder / "book.yaml"):
            raise CasebookError(
                f"{folder} is not a pack: it has no book.yaml."
                " `casebook new pack TITLE --slug NAME` makes one."
            )
        files = open_pack(folder, Problems())
        below = tuple(built_packs(on)) if on else ()
        there = {
            key: item
            for pack in below
            for key, item in read_sources(pack, Problems(), may_be_missing=True).items.items()
        }
        if FILE not in files.names:
            if os.path.lexists(folder / FILE):
                raise CasebookError(f"{folder / FILE} is a link; a pack holds only files.")
            return cls(folder, files, "[]\n", Bibliography(there), below)
        problems = Problems()
        sources = read_sources(files, problems)
        if problems:
            first = "; ".join(str(problem) for problem in problems.in_order()[:3])
            raise CasebookError(f"The sources of the pack have errors that come first: {first}")
        text = files.text(FILE, problems) or ""
        return cls(folder, files, text, Bibliography(there | sources.items), below)

    def plan(self, name: str, remarks: Sequence[Remark] = ()) -> Plan:
        """What is to be written.

        Args:
            name: of what the sources came from.
        """
        plan = Plan(self.folder, name, remarks=list(remarks), below=self.below)
        plan.sources = self.bibliography.outcomes
        after = with_sources(self.text, self.bibliography.added)
        if len(after.encode("utf-8")) > LARGEST_FILE:
            raise CasebookError(
                f"{name}: with these references {FILE} would be larger than"
                f" {LARGEST_FILE // 2**20} MiB; import fewer."
            )
        if after != self.text:
            plan.texts[FILE] = after
            plan.problems = checked_problems(plan, self.files, None)
        return plan


def _form(path: Path) -> BibliographyFormat:
    """What a file is by the ending of its name."""
    shown = made_safe_line(str(path))
    form = FORMS.get(path.suffix.lower())
    if form is None:
        endings = ", ".join(ending for ending, form in FORMS.items() if form.pandoc)
        raise CasebookError(f"{shown}: the name of a file of references ends in {endings}.")
    if not form.pandoc:
        raise CasebookError(f"{shown}: have EndNote export it as XML or RIS.")
    return form


def _text(path: Path) -> tuple[str, list[Remark]]:
    shown = made_safe_line(str(path))
    try:
        data = read_regular(path, LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise CasebookError(f"{shown}: {reason}.") from None
    if len(data) > LARGEST_FILE:
        raise CasebookError(f"{shown}: larger than {LARGEST_FILE // 2**20} MiB.")
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16"), []
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        why = "the file is not UTF-8; it is read as Windows-1252 (Latin-1)"
        remark = Remark("", 0, "", "", "", why, Effect.READ)
        return data.decode("cp1252", errors="replace"), [remark]


def _items(path: Path, form: BibliographyFormat, text: str) -> list[Any]:
    """The items of a list, as CSL-JSON."""
    shown = made_safe_line(str(path))
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
    if form.pandoc in ("endnotexml", "ris") and isinstance(items, list):
        items = with_ids_of(items, text)
    if isinstance(items, dict) and isinstance(items.get("items"), list):
        items = items["items"]
    if not isinstance(items, list):
        raise CasebookError(f"{shown}: this is not a list of references.")
    if not items:
        raise CasebookError(f"{shown}: there is no reference in it.")
    return items
