"""Checks the summary and the narrative of an entry: that they are cited, and where links lead."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from casebook.citations import Citation
from casebook.pack.markdown import WrittenPassage
from casebook.pack.problems import Problems, Spot
from casebook.pack.reader import Pack
from casebook.text import Block, MarkKind
from casebook.vocabulary import Kind

_CITED_BLOCKS = (Block.SUMMARY, Block.PARAGRAPH, Block.BULLET, Block.NUMBERED, Block.QUOTE)


class PassageChecks(Protocol):
    """What is known of a volume and those below it, and the checks that are shared."""

    @property
    def pack(self) -> Pack: ...
    @property
    def problems(self) -> Problems: ...
    @property
    def slugs(self) -> Mapping[str, Kind]: ...
    @property
    def terms(self) -> Collection[str]: ...

    def citations(
        self, citations: Iterable[Citation], spot: Spot, what: str, *, needed: bool = True
    ) -> None: ...
    def known_entry(self, slug: str, spot: Spot) -> None: ...


def check_passages(checks: PassageChecks, passages: Iterable[WrittenPassage]) -> None:
    """Checks that passages have good citations, and that their links lead somewhere."""
    files = checks.pack.files.names
    may_have_any_term = checks.pack.glossary is None and "glossary.yaml" in files
    for written in passages:
        passage, spot = written.passage, written.spot
        needed = passage.block in _CITED_BLOCKS
        checks.citations(passage.text.citations, spot, f"this {passage.block}", needed=needed)
        for mark in passage.text.marks:
            if mark.kind is not MarkKind.LINK:
                continue
            where, _, slug = mark.target.partition(":")
            if where == "entry":
                checks.known_entry(slug, spot)
            elif where == "term" and slug not in checks.terms and not may_have_any_term:
                checks.problems.add(spot, f"no term '{slug}' in glossary.yaml")
        _check_folders(checks, written)


def _check_folders(checks: PassageChecks, written: WrittenPassage) -> None:
    """Checks that links to entries name the folders that these are in."""
    for link in written.links:
        name = posixpath.basename(link.path)
        kind = checks.slugs.get(name.removesuffix(".md"))
        if kind is not None and link.path != (file := f"{kind.plural}/{name}"):
            wanted = posixpath.relpath(file, posixpath.dirname(written.spot.file))
            checks.problems.add(
                written.spot, f"the link '{link.href}' leads to no file; write {wanted}"
            )
