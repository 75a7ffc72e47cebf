"""The sources of a pack: a CSL-JSON file as Zotero exports it.

Casebook's own remarks stand in CSL's `custom` object:

- `paragraphs`: how many numbered paragraphs the document has; citations are held to it.
- `note`: what of the item is inferred, and from what.
- `cited`: where a source that was read cites this one, `[@mitsui2010, para. 38]`.
- `grade`: who stands behind it, `A`, `B` or `C`.
- `read`: how much of it was read, `whole` or `in part`; CSL's own `accessed` says when.
- `read_at`: the address of the copy that was read, where that is not CSL's own `URL`.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from casebook.citations import OWN, Citation
from casebook.limits import SOURCE_ID
from casebook.pack.files import PackFiles
from casebook.pack.form_values import Cited, CitedText
from casebook.pack.forms import guess
from casebook.pack.json_hints import json_trouble
from casebook.pack.problems import Problems, Spot
from casebook.pack.source_keys import LONGEST_KEY, citation_keys
from casebook.source_grades import Extent, Grade
from casebook.stored_json import StoredJsonError, safe_value

FILE = "sources.json"

_SourceId = Annotated[str, StringConstraints(pattern=f"^{SOURCE_ID}$", max_length=LONGEST_KEY)]


class Name(BaseModel):
    """A CSL name."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    family: str = ""
    given: str = ""
    literal: str = ""
    particle: str = Field(default="", alias="non-dropping-particle")
    dropping_particle: str = Field(default="", alias="dropping-particle")

    @property
    def short(self) -> str:
        """`van den Berg`, but `Humboldt` of Alexander von Humboldt, as its author wants it."""
        return _joined(self.particle, self.family) or self.literal or self.given

    @property
    def full(self) -> str:
        given = _joined(self.given, self.dropping_particle)
        family = _joined(self.particle, self.family)
        return ", ".join(filter(None, (family, given))) or self.literal


def _joined(*words: str) -> str:
    return " ".join(filter(None, words))


class Issued(BaseModel):
    """A CSL date."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    parts: list[list[int | str]] = Field(default=[], alias="date-parts")
    raw: str = ""
    literal: str = ""

    @property
    def year(self) -> str:
        if self.parts and self.parts[0]:
            return str(self.parts[0][0])
        return self.literal or self.raw


class Accessed(Issued):
    """The day on which a source was read."""

    @model_validator(mode="after")
    def _is_a_day(self) -> Accessed:
        for parts in self.parts:
            try:
                year, month, day = (*map(int, parts), 1, 1)[:3]
                date(year, month, day)
            except ValueError:
                named = "-".join(map(str, parts))
                raise ValueError(f"there is no day '{named}'; write [[2026, 11, 21]]") from None
        return self

    @property
    def iso(self) -> str:
        """`2026-11-21`, as much of it as is known, or the words that stand for it."""
        days = ("-".join(f"{int(part):02}" for part in parts) for parts in self.parts)
        return "/".join(filter(None, days)) or self.literal or self.raw


def _web_address(words: str) -> str:
    if not re.match(r"https?://\S+$", words):
        raise ValueError("must be an address that begins with https:// or http://")
    return words


class Custom(BaseModel):
    """Casebook's remarks on a source."""

    model_config = ConfigDict(extra="forbid")

    paragraphs: Annotated[int, Field(gt=0, le=1_000_000)] | None = None
    note: str = ""
    label: str = ""
    cited: CitedText | None = None
    grade: Grade | None = None
    read: Extent | None = None
    read_at: Annotated[str, AfterValidator(_web_address)] | None = None

    @model_validator(mode="after")
    def _is_read_or_only_cited(self) -> Custom:
        if self.cited is not None and (self.read or self.read_at):
            raise ValueError("a work with 'cited' was not read; leave out 'read' and 'read_at'")
        return self


class SourceItem(BaseModel):
    """A CSL-JSON item, as far as Casebook reads it; the rest is kept."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    id: _SourceId
    type: str
    title: str = Field(min_length=1)
    author: list[Name] = []
    issued: Issued = Issued()
    container: str = Field(default="", alias="container-title")
    publisher: str = ""
    accessed: Accessed = Accessed()
    url: str = Field(default="", alias="URL")
    custom: Custom = Custom()

    @property
    def is_read(self) -> bool:
        """False of works that the pack knows only through those it read."""
        return self.custom.cited is None

    @property
    def address(self) -> str:
        """Where it was read, or where it stands."""
        return self.custom.read_at or self.url

    @property
    def label(self) -> str:
        """How a citation names it: `Mitsui 2010`."""
        if self.custom.label:
            return self.custom.label
        authors = [author.short for author in self.author]
        if len(authors) > 2:
            names = f"{authors[0]} et al."
        else:
            names = " and ".join(authors) or self.publisher or self.title
        return f"{names} {self.issued.year}".strip()

    @property
    def reference(self) -> str:
        """Authors, year, title and where it appeared, in one line."""
        authors = "; ".join(author.full for author in self.author) or self.publisher
        year = f" ({self.issued.year})" if self.issued.year else ""
        publisher = self.publisher if self.author else ""
        place = ", ".join(part for part in (self.container, publisher) if part)
        line = f"{authors}{year}. {self.title}." if authors else f"{self.title}{year}."
        return f"{line} {place}." if place and place != authors else line


class SourceList:
    """The sources of a pack by id, with what is needed to check a citation."""

    def __init__(self) -> None:
        self.items: dict[str, SourceItem] = {}
        self.csl: dict[str, str] = {}
        self.spots: dict[str, Spot] = {}
        self.faulty: set[str] = set()
        """Ids of items with a fault of their own, which is told once, and not at each citation."""
        self.key_of: dict[str, str] = {}
        """The keys of items whose ids cannot be cited, by id."""
        self.is_readable = True
        """False if the file is missing or broken, which is told once, too."""
        self.below: SourceList | None = None
        """The sources of earlier volumes, which can be cited too."""

    def item(self, slug: str) -> SourceItem | None:
        """The source of an id, of this pack or of an earlier volume."""
        found = self.items.get(slug)
        return found or (self.below.item(slug) if self.below else None)

    def may_hold(self, slug: str) -> bool:
        """Whether a source may only be missing because it cannot be read."""
        return not self.is_readable or slug in self.faulty

    def fault_of(self, citation: Citation) -> str:
        """What is wrong with a citation, or nothing."""
        if citation.source == OWN:
            return "the book's own words have no locator" if citation.locator else ""
        item = self.item(citation.source)
        if item is None and self.may_hold(citation.source):
            return ""
        if item is None:
            return f"no source '{citation.source}' in {FILE}{self.near(citation.source)}"
        last = item.custom.paragraphs
        if last is None:
            return ""
        if not citation.locator:
            return f"@{citation.source} needs a paragraph: @{citation.source}, para. 1"
        if not citation.paragraphs:
            return f"'{citation.locator}' is not a paragraph number of {citation.source}"
        for number in citation.paragraphs:
            if not 1 <= number <= last:
                return f"{citation.source} has paragraphs 1 to {last}, not {number}"
        return ""

    def near(self, slug: str) -> str:
        """What the author may mean by an id that no source has."""
        if slug in self.key_of:
            return f"; cite it as @{self.key_of[slug]}"
        return guess(slug, self.every_id())

    def every_id(self) -> list[str]:
        """The ids of all sources that can be cited."""
        return [*(self.below.every_id() if self.below else ()), *self.items]

    def mentions(self) -> list[tuple[str, Cited]]:
        """The sources that were not read, and where they are cited."""
        return [
            (slug, item.custom.cited)
            for slug, item in self.items.items()
            if item.custom.cited is not None
        ]


def read_sources(
    files: PackFiles, problems: Problems, *, may_be_missing: bool = False
) -> SourceList:
    """The sources of a pack, as far as they could be read.

    Args:
        may_be_missing: a pack without the file has no sources of its own.
    """
    sources = SourceList()
    if may_be_missing and FILE not in files.names:
        return sources
    text = files.text(FILE, problems) if FILE in files.names else None
    items: Any = None
    twice: list[tuple[str, str]] = []
    if text is not None:
        items = _items(text, twice, problems)
    if text is None or items is None:
        sources.is_readable = False
        return sources
    lines = _lines_of_ids(text)
    for number, (raw, key) in enumerate(zip(items, citation_keys(items), strict=True), 1):
        try:
            item = safe_value(raw)
        except StoredJsonError as error:
            problems.add(Spot(FILE), f"item {number}: {error}")
            continue
        _read_item(item, key, number, lines, sources, problems)
    for key, slug in twice:
        problems.add(
            Spot(FILE, lines.get(slug, 0)), f"'{key}' occurs twice in one item; keep one of them"
        )
    return sources


def _items(text: str, twice: list[tuple[str, str]], problems: Problems) -> list[Any] | None:
    """The items of a file, and keys that stand twice in one object, with the id of that object."""

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        keys = [key for key, _ in pairs]
        twice.extend((key, str(found.get("id", ""))) for key in found if keys.count(key) > 1)
        return found

    try:
        items = json.loads(text, object_pairs_hook=object_of)
    except json.JSONDecodeError as error:
        line, column, words = json_trouble(text, error)
        spot = Spot(FILE, line, column)
        problems.add(spot, f"this is not JSON, at column {column}: {words}")
        return None
    except (RecursionError, ValueError) as error:
        problems.add(Spot(FILE), f"this is not JSON: {error}")
        return None
    if not isinstance(items, list):
        problems.add(Spot(FILE, 1), "this must be a list of CSL-JSON items")
        return None
    return items


def _read_item(
    raw: Any,
    key: str,
    number: int,
    lines: dict[str, int],
    sources: SourceList,
    problems: Problems,
) -> None:
    slug = str(raw.get("id", "")) if isinstance(raw, dict) else ""
    spot = Spot(FILE, lines.get(slug, 1)) if slug else Spot(FILE)
    if key:
        raw = raw | {"id": key}
        if key != slug:
            sources.key_of[slug] = key
    try:
        item = SourceItem.model_validate(raw)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            where = ".".join(str(step) for step in details["loc"] if not _is_internal(step))
            if details["type"] == "missing":
                what = f"item {slug or number}: '{where}' is missing"
            else:
                trouble = details["msg"].removeprefix("Value error, ")
                what = f"item {slug or number}: {where}: {trouble}"
            problems.add(spot, what)
        sources.faulty.add(slug)
        return
    if item.id == OWN:
        problems.add(spot, f"the id '{OWN}' is reserved for the book's own words")
    elif item.id in sources.items:
        problems.add(spot, f"the id '{item.id}' occurs twice")
    else:
        sources.items[item.id] = item
        sources.csl[item.id] = json.dumps(_without_custom(raw), ensure_ascii=False, sort_keys=True)
        sources.spots[item.id] = spot


def _is_internal(step: int | str) -> bool:
    return isinstance(step, str) and step.startswith("function-")


def _without_custom(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key != "custom"}


_ID = re.compile(r'"id"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(\d+))')


def _decoded(words: str) -> str:
    try:
        return str(json.loads(f'"{words}"'))
    except ValueError:
        return words


def _lines_of_ids(text: str) -> dict[str, int]:
    """The line on which each id stands for the first time."""
    lines: dict[str, int] = {}
    line, last = 1, 0
    for match in _ID.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        lines.setdefault(_decoded(match[1]) if match[1] is not None else match[2], line)
    return lines
