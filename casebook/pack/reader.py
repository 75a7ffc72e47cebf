"""Reads a pack: its shared files at once, its entries one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from casebook.pack.files import FRAMEWORKS, OUTLINES, PackFiles
from casebook.pack.form_values import Form
from casebook.pack.forms import (
    BookForm,
    EntryForm,
    FiguresForm,
    FrameworkForm,
    GlossaryForm,
    OutlineForm,
    PlacesForm,
    fill,
)
from casebook.pack.markdown import Written, read_markdown, read_text
from casebook.pack.problems import Problems, Spot
from casebook.pack.sources import SourceList, read_sources
from casebook.pack.yaml_tree import LONGEST, LONGEST_FILE, Node, read_yaml
from casebook.text import Block, PassageLine
from casebook.vocabulary import Kind

F = TypeVar("F", bound=Form)


@dataclass(frozen=True, slots=True)
class Filed(Generic[F]):
    """A filled form and the tree it was filled from, which knows the lines."""

    form: F
    node: Node

    def spot(self, *path: int | str) -> Spot:
        """Where the value at a path of keys and indexes stands."""
        return self.node.spot_of(path)


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry as its author wrote it.

    Attributes:
        slug: the name of its file.
        front: its front matter.
        passages: its summary and its narrative.
    """

    slug: str
    front: Filed[EntryForm]
    passages: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose shared files have been read.

    What could not be read is None or missing, with the reason among the problems.
    """

    files: PackFiles
    problems: Problems
    book: BookForm | None
    places: Filed[PlacesForm] | None
    sources: SourceList
    glossary: Filed[GlossaryForm] | None
    figures: Filed[FiguresForm] | None
    frameworks: dict[str, Filed[FrameworkForm]]
    outlines: list[Filed[OutlineForm]]

    def entries(self) -> Iterator[EntryDraft | None]:
        """Each entry in order of slug; None for one that could not be read."""
        for name, slug, kind in self.files.entries():
            yield _read_entry(self.files, name, slug, kind, self.problems)

    @property
    def slugs(self) -> dict[str, Kind]:
        """The kind of every entry that has a file."""
        return {slug: kind for _, slug, kind in self.files.entries()}


def read_pack(files: PackFiles, problems: Problems) -> Pack:
    """The shared files of a pack; entries are read when they are asked for."""
    book = _read_form("book.yaml", BookForm, files, problems)
    return Pack(
        files=files,
        problems=problems,
        book=book.form if book else None,
        places=_read_form("places.yaml", PlacesForm, files, problems),
        sources=read_sources(files, problems),
        glossary=_read_form("glossary.yaml", GlossaryForm, files, problems),
        figures=_read_form("figures.yaml", FiguresForm, files, problems),
        frameworks={
            name.partition("/")[2].removesuffix(".yaml"): filed
            for name in files.within(FRAMEWORKS, ".yaml")
            if (filed := _read_form(name, FrameworkForm, files, problems))
        },
        outlines=[
            outline
            for name in files.within(OUTLINES, ".yaml")
            if (outline := _read_form(name, OutlineForm, files, problems))
        ],
    )


def _read_form(name: str, form: type[F], files: PackFiles, problems: Problems) -> Filed[F] | None:
    if name not in files.names:
        return None
    text = files.text(name, problems)
    if text is None:
        return None
    node = read_yaml(text, name, problems, longest=LONGEST_FILE)
    if node is None:
        return None
    filled, kept = fill(form, node, problems)
    return Filed(filled, kept) if filled and kept else None


def _read_entry(
    files: PackFiles, name: str, slug: str, kind: Kind, problems: Problems
) -> EntryDraft | None:
    text = files.text(name, problems)
    if text is None:
        return None
    front, body, body_line = _split(text, name, problems)
    if front is None:
        return None
    node = read_yaml(front, name, problems, first_line=2, longest=LONGEST)
    written = read_markdown(body, Spot(name, body_line), problems)
    if node is None:
        return None
    form, kept = fill(EntryForm, node, problems)
    if form is None or kept is None:
        return None
    filed = Filed(form, kept)
    if form.kind is not kind:
        problems.add(filed.spot("kind"), f"a {form.kind} belongs in {form.kind.plural}/")
    spot = filed.spot("summary")
    summary = PassageLine(0, Block.SUMMARY, read_text(form.summary, spot, problems))
    return EntryDraft(slug, filed, (Written(summary, spot), *written))


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
