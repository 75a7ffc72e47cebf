"""The pack that an import fills, with what the volumes below it give to it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from casebook.errors import CasebookError
from casebook.pack.files import PackFiles, open_pack
from casebook.pack.forms import FrameworkForm, PlaceForm
from casebook.pack.problems import Problems
from casebook.pack.reader import EntryDraft, Filed, Pack, read_pack
from casebook.pack.sources import SourceItem, SourceList
from casebook.pack.unpacked import built_packs
from casebook.pack.volumes import Volumes


@dataclass(frozen=True, slots=True)
class TargetPack:
    """A pack whose shared files have been read, together with those of the volumes below.

    Attributes:
        files: of the pack itself.
        below: the files of the volumes that it stands on, the lowest first.
        sources: what can be cited; those that are added go to its `items`.
        entries_below: the slugs of the entries of the volumes below, and the volume of each.
    """

    files: PackFiles
    below: tuple[PackFiles, ...]
    sources: SourceList
    places: tuple[PlaceForm, ...]
    frameworks: Mapping[str, Filed[FrameworkForm]]
    entries_below: Mapping[str, str]

    def drafts_below(self) -> Iterator[EntryDraft]:
        """The entries of the volumes below."""
        for files in self.below:
            yield from filter(None, read_pack(files, Problems()).entries())


def target_pack(folder: Path, on: Path | None = None) -> TargetPack:
    """The pack in a folder, to be filled.

    Args:
        on: a built book whose volumes are below it.

    Raises:
        CasebookError: there is none, or its shared files have errors, which come first; or there
            is no book to stand on.
    """
    if not os.path.isdir(folder):
        raise CasebookError(
            f"{folder}is not the folder of a pack. `casebook new pack TITLE --slug NAME` makes one."
        )
    problems = Problems()
    below = tuple(built_packs(on)) if on else ()
    files = open_pack(folder, problems)
    packs = Volumes([*below, files], problems).packs
    if problems:
        first = "; ".join(str(problem) for problem in problems.in_order()[:3])
        raise CasebookError(f"The pack has errors that come first: {first}")
    own = packs[-1]
    own.sources.items.update(
        (key, item) for key, item in _items(packs[:-1]).items() if key not in own.sources.items
    )
    return TargetPack(
        files,
        below,
        own.sources,
        tuple(place for pack in packs if pack.places for place in pack.places.form.places),
        {slug: filed for pack in packs for slug, filed in pack.frameworks.items()},
        {slug: _slug_of(pack) for pack in packs[:-1] for slug in pack.slugs},
    )


def _items(packs: list[Pack]) -> dict[str, SourceItem]:
    return {key: item for pack in packs for key, item in pack.sources.items.items()}


def _slug_of(pack: Pack) -> str:
    return pack.book.form.slug if pack.book else ""
