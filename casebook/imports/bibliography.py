"""Adds items of CSL-JSON to the sources of a pack: with keys that a pack takes, each once."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import ValidationError

from casebook.citations import OWN
from casebook.csl import is_item
from casebook.imports.shared_files import Item
from casebook.pack.sources import SourceItem
from casebook.safe_text import made_safe_line
from casebook.stored_json import StoredJsonError, safe_value

LONGEST_KEY = 80
LONGEST_FIELD = 20_000
"""Characters of a field; an abstract may be long."""


class Added(NamedTuple):
    """What became of an item.

    Attributes:
        asked: its id in the file it came from.
        key: its id in the pack; empty where it was not added.
        title: its title.
        why: what to tell of it; empty where nothing is to be told.
    """

    asked: str
    key: str
    title: str
    why: str = ""
    is_new: bool = False


@dataclass(slots=True)
class Bibliography:
    """The sources of a pack and those that are added.

    Attributes:
        there: the pack's, by id.
        added: what is to be written, in the order in which it came.
    """

    there: dict[str, SourceItem]
    added: list[Item] = field(default_factory=list)
    outcomes: list[Added] = field(default_factory=list)
    _dois: dict[str, str] = field(default_factory=dict)
    _titles: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, item in self.there.items():
            self._remember(key, item)

    def _remember(self, key: str, item: SourceItem) -> None:
        doi = _doi(item)
        if doi:
            self._dois.setdefault(doi, key)
        self._titles.setdefault((_plain(item.title), item.issued.year), key)

    def add(self, raw: Any) -> Added:
        """Adds an item, unless the pack has it, and says what became of it."""
        outcome = self._add(raw)
        self.outcomes.append(outcome)
        return outcome

    def _add(self, raw: Any) -> Added:
        asked = made_safe_line(str(raw.get("id", ""))) if isinstance(raw, dict) else ""
        item = _clean(raw)
        title = str(item.get("title", "")) if item else ""
        if item is None or not title:
            return Added(asked, "", title, "has no title and is left out")
        try:
            read = SourceItem.model_validate(item | {"id": "x"})
        except ValidationError as error:
            where = ".".join(map(str, error.errors()[0]["loc"][:1]))
            return Added(
                asked, "", title, f"has a field of the wrong form, {where}; it is left out"
            )
        known = self._dois.get(_doi(read) or "-") or self._titles.get(
            (_plain(read.title), read.issued.year)
        )
        if known:
            return Added(asked, known, title, f"is {known}, which is there already")
        kept = {name: value for name, value in item.items() if _may_be_stored(name, value)}
        lost = ", ".join(made_safe_line(name) for name in item.keys() - kept.keys())
        item = kept
        key = self._free_key(asked, read)
        item = {"id": key, **{name: value for name, value in item.items() if name != "id"}}
        self.added.append(item)
        full = SourceItem.model_validate(item)
        self.there[key] = full
        self._remember(key, full)
        told = [f"gets the key {key}"] if key != asked else []
        told += [f"is added without {lost}, which no book can hold"] if lost else []
        return Added(asked, key, title, " and ".join(told), is_new=True)

    def _free_key(self, asked: str, item: SourceItem) -> str:
        stem = source_key(asked) or source_key(f"{item.label}".replace(" ", "")) or "source"
        key, number = stem, 1
        while key in self.there or key == OWN:
            number += 1
            key = f"{stem[: LONGEST_KEY - 6]}-{number}"
        return key


def source_key(words: str) -> str:
    """A key that a pack takes, of an id that another program made; empty if nothing is left.

    `http://zotero.org/users/1/items/AB12` is `AB12`, `müller/2003` is `muller-2003`.
    """
    if re.match(r"https?://", words):
        words = words.rstrip("/").rpartition("/")[2]
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    key = re.sub(r"[^A-Za-z0-9_:.-]+", "-", plain)
    return re.sub(r"^[^A-Za-z0-9]+", "", key)[:LONGEST_KEY].rstrip("-:._")


def _clean(raw: Any) -> Item | None:
    """An item with its texts made safe, without Casebook's own remarks."""
    try:
        value = safe_value(raw)
    except StoredJsonError:
        return None
    if not isinstance(value, dict):
        return None
    item = {key: held for key, held in value.items() if held not in (None, "", [], {})}
    item.pop("custom", None)
    for name in ("title", "container-title", "publisher"):
        if isinstance(item.get(name), str):
            item[name] = " ".join(
                re.sub(r"</?(?:i|b|sup|sub|span)\b[^>]*>", "", item[name]).split()
            )
    item.setdefault("type", "document")
    return item


def _may_be_stored(name: str, value: Any) -> bool:
    """Whether a field is of a shape and a length that a book can hold."""
    written = json.dumps({"type": "document", name: value}, ensure_ascii=False)
    return len(written) <= LONGEST_FIELD and is_item(written)


def _doi(item: SourceItem) -> str:
    found = str((item.model_extra or {}).get("DOI", "")).strip().lower()
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", found)


def _plain(title: str) -> str:
    return re.sub(r"[\W_]+", " ", title.casefold()).strip()
