"""Reads a pack: its shared files at once, its entries one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from casebook.pack.files import (
    ADDITIONS,
    BOOK,
    FRAMEWORKS,
    OUTLINES,
    REQUIRED_FILES,
    PackFiles,
)
from casebook.pack.form_values import Form
from casebook.pack.forms import (
    AdditionForm,
    BookForm,
    EntryForm,
    FiguresForm,
    FoundationForm,
    FrameworkForm,
    GlossaryForm,
    OutlineForm,
    PartsForm,
    PlacesForm,
    fill,
)
from casebook.pack.markdown import WrittenPassage, read_narrative, read_summary
from casebook.pack.narrative_tables import with_exhibits
from casebook.pack.problems import Problems, Spot
from casebook.pack.sources import FILE as SOURCES
from casebook.pack.sources import SourceList, read_sources
from casebook.pack.yaml_tree import LONGEST, LONGEST_FILE, Node, read_yaml, tree_of
from casebook.vocabulary import Kind

F = TypeVar("F", bound=Form)
P = TypeVar("P", bound=PartsForm)
F_co = TypeVar("F_co", bound=Form, covariant=True)


@dataclass(frozen=True, slots=True)
class Filed(Generic[F_co]):
    """A filled form and the tree it was filled from, which knows the lines.

    Attributes:
        whole: the tree as it was written, with what does not fill the form.
    """

    form: F_co
    node: Node
    whole: Node

    def spot(self, *path: int | str) -> Spot:
        """Where the value at a path of keys and indexes stands."""
        return self.node.spot_of(path)

    def words_of(self, key: str) -> set[str]:
        """Whatever is written behind a key, anywhere, such as the slugs of faulty items too."""
        return set(_words_of(self.whole, key))


def _words_of(node: Node, key: str) -> Iterator[str]:
    inner = node.value
    if isinstance(inner, dict):
        if key in inner and isinstance(inner[key].value, str):
            yield str(inner[key].value)
        inner = list(inner.values())
    if isinstance(inner, list):
        for item in inner:
            yield from _words_of(item, key)


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry as its author wrote it.

    Attributes:
        slug: the name of its file.
        front: its front matter.
        passages: its summary and its narrative.
        is_sealed: it stands in the place of an entry that an edition does not hold.
    """

    slug: str
    front: Filed[EntryForm]
    passages: tuple[WrittenPassage, ...]
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class AdditionDraft:
    """What a pack adds to an entry of an earlier volume, as its author wrote it.

    Attributes:
        slug: of the entry.
        front: its front matter.
        passages: its narrative.
    """

    slug: str
    front: Filed[AdditionForm]
    passages: tuple[WrittenPassage, ...]


Draft: TypeAlias = EntryDraft | AdditionDraft
"""Anything that says something of an entry."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose shared files have been read.

    What could not be read is None or missing, with the reason among the problems.

    Attributes:
        unreadable: shared files that are no YAML or JSON. Then the problems of what is read are
            theirs alone, and nothing else can be checked.
    """

    files: PackFiles
    problems: Problems
    book: Filed[BookForm] | None
    places: Filed[PlacesForm] | None
    sources: SourceList
    glossary: Filed[GlossaryForm] | None
    figures: Filed[FiguresForm] | None
    frameworks: dict[str, Filed[FrameworkForm]]
    outlines: list[Filed[OutlineForm]]
    unreadable: set[str]

    def entries(self) -> Iterator[EntryDraft | None]:
        """Each entry in order of slug; None for one that could not be read."""
        for name, slug, kind in self.files.entries():
            yield _read_entry(self.files, name, slug, kind, self.problems)

    def additions(self) -> Iterator[AdditionDraft | None]:
        """What is added to each entry, in order of slug; None for what could not be read."""
        for name, slug in self.files.additions():
            yield _read_addition(self.files, name, slug, self.problems)

    @property
    def foundations(self) -> list[FoundationForm]:
        """The volumes that it builds on."""
        return self.book.form.builds_on if self.book else []

    @property
    def slugs(self) -> dict[str, Kind]:
        """The kind of every entry that has a file."""
        return {slug: kind for _, slug, kind in self.files.entries()}


def read_pack(files: PackFiles, problems: Problems) -> Pack:
    """The shared files of a pack; entries are read when they are asked for."""
    told_before = len(problems)
    shared = _SharedFiles(files, problems)
    book = shared.read(BOOK, BookForm)
    is_founded = bool(book and book.form.builds_on)
    if not is_founded:
        for name in REQUIRED_FILES:
            if name not in files.names:
                problems.add(Spot(name), "this file is missing")
    pack = Pack(
        files=files,
        problems=problems,
        book=book,
        places=shared.read("places.yaml", PlacesForm),
        sources=(sources := read_sources(files, problems, may_be_missing=is_founded)),
        glossary=shared.read("glossary.yaml", GlossaryForm),
        figures=shared.read("figures.yaml", FiguresForm),
        frameworks={
            name.partition("/")[2].removesuffix(".yaml"): filed
            for name in files.within(FRAMEWORKS, ".yaml")
            if (filed := shared.read(name, FrameworkForm))
        },
        outlines=[
            outline
            for name in files.within(OUTLINES, ".yaml")
            if (outline := shared.read(name, OutlineForm))
        ],
        unreadable=shared.unreadable,
    )
    if SOURCES in files.names and not sources.is_readable:
        shared.unreadable.add(SOURCES)
    if pack.unreadable:
        problems.found[told_before:] = [
            problem
            for problem in problems.found[told_before:]
            if problem.spot.file in pack.unreadable
        ]
    return pack


class _SharedFiles:
    """Reads the shared files of a pack, and keeps which of them are no YAML."""

    def __init__(self, files: PackFiles, problems: Problems) -> None:
        self.files = files
        self.problems = problems
        self.unreadable: set[str] = set()

    def read(self, name: str, form: type[F]) -> Filed[F] | None:
        if name not in self.files.names:
            return None
        node = self._tree(name)
        if node is None:
            self.unreadable.add(name)
            return None
        filled, kept = fill(form, node, self.problems)
        return Filed(filled, kept, node) if filled and kept else None

    def _tree(self, name: str) -> Node | None:
        if self.files.written is not None:
            return tree_of(self.files.written(name).front, Spot(name, 1))
        text = self.files.text(name, self.problems)
        if text is None:
            return None
        return read_yaml(text, name, self.problems, longest=LONGEST_FILE)


def _read_entry(
    files: PackFiles, name: str, slug: str, kind: Kind, problems: Problems
) -> EntryDraft | None:
    found = _read_front_and_body(files, name, EntryForm, problems)
    if found is None:
        return None
    filed, written = found
    form = filed.form
    if form.kind is not kind:
        problems.add(filed.spot("kind"), f"a {form.kind} belongs in {form.kind.plural}/")
    spot = filed.spot("summary")
    return EntryDraft(slug, filed, (read_summary(form.summary, spot, problems), *written))


def _read_addition(
    files: PackFiles, name: str, slug: str, problems: Problems
) -> AdditionDraft | None:
    found = _read_front_and_body(files, name, AdditionForm, problems)
    if found is None:
        return None
    filed, written = found
    wanted = filed.form.adds_to
    if wanted != slug:
        problems.add(
            filed.spot("adds_to"), f"what adds to '{wanted}' belongs in {ADDITIONS}/{wanted}.md"
        )
    return AdditionDraft(wanted, filed, written)


def _read_front_and_body(
    files: PackFiles, name: str, form: type[P], problems: Problems
) -> tuple[Filed[P], tuple[WrittenPassage, ...]] | None:
    """The front matter of a file and the narrative below it; None if it cannot be read."""
    if files.written is not None:
        known, body, body_line = *files.written(name), 1
        node: Node | None = tree_of(known, Spot(name, 1))
    else:
        text = files.text(name, problems)
        if text is None:
            return None
        front, body, body_line = _split(text, name, problems)
        if front is None:
            return None
        node = read_yaml(front, name, problems, first_line=2, longest=LONGEST)
    if node is None:
        return None
    written, tables = read_narrative(body, Spot(name, body_line), problems)
    node = with_exhibits(node, tables)
    filled, kept = fill(form, node, problems)
    if filled is None or kept is None:
        return None
    return Filed(filled, kept, node), tuple(written)


_FENCE = "---"


def _split(text: str, name: str, problems: Problems) -> tuple[str | None, str, int]:
    """Front matter, body, and the line on which the body begins."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        problems.add(
            Spot(name, 1), f"the file begins with a line '{_FENCE}', then the front matter"
        )
        return None, "", 0
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    problems.add(Spot(name, len(lines)), f"the front matter has no end; close it with '{_FENCE}'")
    return None, "", 0
