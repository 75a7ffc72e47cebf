"""Reads references that other programs have written, through pandoc, as items of CSL-JSON."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from casebook.csl import CslItem
from casebook.errors import CasebookError
from casebook.exports.pandoc import run_pandoc
from casebook.safe_text import made_safe_line
from casebook.stored_json import StoredJsonError, decoded

LARGEST = 4 * 1024 * 1024
FORMATS = {".bib": "biblatex", ".ris": "ris", ".json": "csljson", ".xml": "endnotexml"}
"""pandoc's names of the formats, by the ending of a file's name."""

_WITHOUT_KEYS = ("ris", "endnotexml")
"""Formats whose items have no keys; pandoc makes some of its own."""

_MARKUP = re.compile(r"</?(?:i|b|sub|sup|sc|span)(?:\s[^>]*)?>")


def read_references(path: Path) -> list[CslItem]:
    """The items of a file: BibTeX, BibLaTeX, RIS, CSL-JSON or EndNote XML.

    Raises:
        CasebookError: it cannot be read, or holds none.
        MissingError: there is no pandoc.
    """
    shown = made_safe_line(str(path))
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise CasebookError(
            f"{shown}: the name of a file of references ends in {', '.join(FORMATS)}."
        )
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise CasebookError(f"{shown}: {error.strerror}.") from None
    if len(data) > LARGEST:
        raise CasebookError(f"{shown}: larger than {LARGEST} bytes.")
    try:
        written = run_pandoc(["-f", form, "-t", "csljson"], data)
        items = decoded(written)
    except StoredJsonError:
        items = []
    found = [_plain(item) for item in items if isinstance(item, dict)]
    if form in _WITHOUT_KEYS:
        for item in found:
            item.pop("id", None)
    if not found:
        raise CasebookError(f"{shown} holds no references that can be read.")
    return found


def _plain(value: Any) -> Any:
    """An item without the markup of titles, which a book shows as signs."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return _MARKUP.sub("", value) if isinstance(value, str) else value
