"""Adds items of CSL-JSON to the sources of a pack: with keys that a pack takes, each once."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import ValidationError

from casebook.citations import OWN
from casebook.csl import is_item
from casebook.imports.shared_files import Item
from casebook.pack.source_keys import new_key
from casebook.pack.sources import SourceItem
from casebook.safe_text import made_safe_line
from casebook.stored_json import StoredJsonError, safe_value

LONGEST_FIELD = 20_000
"""Characters of a field; an abstract may be long."""

_MARKUP = re.compile(r"</?(?:i|b|sub|sup|sc|span)(?:\s[^>]*)?>")


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
        there: the pack's, by key.
        added: what is to be written, in the order in which it came.
    """

    there: dict[str, SourceItem]
    added: list[Item] = field(default_factory=list)
    outcomes: list[Added] = field(default_factory=list)
    _dois: dict[str, str] = field(default_factory=dict)
    _titles: dict[str, list[str]] = field(default_factory=dict)
    """The keys of sources by what `_plain` makes of their titles."""

    def __post_init__(self) -> None:
        for key, item in self.there.items():
            self._remember(key, item)

    def _remember(self, key: str, item: SourceItem) -> None:
        doi = _doi(item)
        if doi:
            self._dois.setdefault(doi, key)
        self._titles.setdefault(_plain(item.title), []).append(key)

    def add(self, raw: Any, *, key: str = "", note: str = "", custom: Item | None = None) -> Added:
        """Adds an item, unless the pack has it, and says what became of it.

        Args:
            key: the key it is to have, instead of the one that its id makes.
            note: what the author is to know of it.
            custom: Casebook's own remarks on it, such as its grade.
        """
        outcome = self._add(raw, key, (custom or {}) | ({"note": note} if note else {}))
        self.outcomes.append(outcome)
        return outcome

    def _add(self, raw: Any, wanted: str, custom: Item) -> Added:
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
        known = self._twin(asked, read)
        if known:
            return Added(asked, known, title, f"is {known}, which is there already")
        kept = {name: value for name, value in item.items() if _may_be_stored(name, value)}
        lost = ", ".join(made_safe_line(name) for name in item.keys() - kept.keys())
        key = wanted or new_key(item, {*self.there, OWN})
        kept["id"] = key
        if custom:
            kept["custom"] = custom
        self.added.append(kept)
        full = SourceItem.model_validate(kept)
        self.there[key] = full
        self._remember(key, full)
        told = [f"gets the key {key}"] if key != asked else []
        told += [f"is added without {lost}, which a book cannot hold"] if lost else []
        return Added(asked, key, title, " and ".join(told), is_new=True)

    def _twin(self, asked: str, item: SourceItem) -> str:
        """The key of the same work in the pack; empty where it has none.

        The same DOI makes the same work. Without one on both sides it is one of the same
        title that does not differ in its year or its first author, or has the same id.
        """
        doi = _doi(item)
        if doi in self._dois:
            return self._dois[doi]
        for key in self._titles.get(_plain(item.title), ()):
            other = self.there[key]
            is_other_doi = doi and _doi(other)
            if not is_other_doi and (asked == key or _agree(item, other)):
                return key
        return ""


def _agree(item: SourceItem, other: SourceItem) -> bool:
    """Whether two works of one title are of the same year, and of the same author if any."""
    authors = [_plain(work.author[0].short) for work in (item, other) if work.author]
    return item.issued.year == other.issued.year and len(set(authors)) <= 1


def _clean(raw: Any) -> Item | None:
    """An item with its texts made safe, without markup and Casebook's own remarks."""
    try:
        value = safe_value(raw)
    except StoredJsonError:
        return None
    if not isinstance(value, dict):
        return None
    item = {key: _unmarked(held) for key, held in value.items() if held not in (None, "", [], {})}
    item.pop("custom", None)
    for name in ("title", "container-title", "publisher"):
        if isinstance(item.get(name), str):
            item[name] = " ".join(item[name].split())
    item.setdefault("type", "document")
    return item


def _unmarked(value: Any) -> Any:
    """A value without the markup of CSL, which a book would show as signs."""
    match value:
        case str():
            return _MARKUP.sub("", value)
        case list():
            return [_unmarked(inner) for inner in value]
        case dict():
            return {key: _unmarked(inner) for key, inner in value.items()}
    return value


def _may_be_stored(name: str, value: Any) -> bool:
    """Whether a field is of a shape and a length that a book can hold."""
    written = json.dumps({"type": "document", name: value}, ensure_ascii=False)
    return len(written) <= LONGEST_FIELD and is_item(written)


def _doi(item: SourceItem) -> str:
    found = str((item.model_extra or {}).get("DOI", "")).strip().lower()
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", found)


def _plain(title: str) -> str:
    return re.sub(r"[\W_]+", " ", title.casefold()).strip()
