"""The packs that a book is made of, its volumes, in order: each may use those below it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from casebook.errors import CasebookError
from casebook.pack.accounts import Accounts
from casebook.pack.check import Checker
from casebook.pack.files import PackFiles, open_pack
from casebook.pack.forms import guess
from casebook.pack.problems import Problems, Spot
from casebook.pack.reader import AdditionDraft, Draft, EntryDraft, Pack, read_pack
from casebook.pack.readings import Readings
from casebook.pack.told import EventId, ToldOrders
from casebook.pack.unpacked import built_packs
from casebook.safe_text import made_safe_line
from casebook.told_bounds import Tightened

Progress = Callable[[int, int], None]
"""Called with how many files are done and how many there are."""


class Taker(Protocol):
    """Gets what has been checked, volume by volume."""

    def begin(self, checker: Checker) -> None:
        """Takes everything of a volume but its entries and additions."""

    def entry(self, draft: EntryDraft) -> None:
        """Takes an entry."""

    def addition(self, draft: AdditionDraft) -> None:
        """Takes what is added to an entry of an earlier volume."""


@dataclass(frozen=True, slots=True)
class CheckedPacks:
    """What is known once every file of every volume has been checked.

    Attributes:
        derived: what follows from told order for the dates of events.
    """

    told: ToldOrders = field(default_factory=ToldOrders)
    derived: Mapping[EventId, Tightened[EventId]] = field(default_factory=dict)
    accounts: Accounts = field(default_factory=Accounts)
    readings: Readings = field(default_factory=Readings)


class Volumes:
    """The volumes of a book, as far as their packs could be read.

    Attributes:
        problems: all that is wrong with them.
        packs: from the lowest to the topmost.
        can_be_checked: False where a shared file cannot be read, or a volume that another
            builds on is not there: then nothing that follows from it is told.
    """

    def __init__(self, files: Sequence[PackFiles], problems: Problems) -> None:
        several = len(files) > 1
        self.problems = problems
        self.packs = [
            read_pack(pack, problems.of_pack(pack.root) if several else problems) for pack in files
        ]
        self.can_be_checked = (
            not any(pack.unreadable for pack in self.packs) and self._are_founded()
        )

    @property
    def entries(self) -> int:
        """How many entries they have."""
        return sum(pack.files.entry_count for pack in self.packs)

    def _are_founded(self) -> bool:
        """Checks that each volume stands on what it builds on; whether all of that is there."""
        below: dict[str, Pack] = {}
        is_founded = True
        for pack in self.packs:
            if pack.book is None:
                continue
            slug = pack.book.form.slug
            for number, foundation in enumerate(pack.foundations):
                spot = pack.book.spot("builds_on", number, "slug")
                base = below.get(foundation.slug)
                if base is None:
                    near = guess(foundation.slug, below)
                    pack.problems.add(
                        spot,
                        f"this builds on the volume '{foundation.slug}', which is not below"
                        f" it{near}; name it with --on",
                    )
                    is_founded = False
                elif base.book and foundation.edition:
                    have = base.book.form.edition
                    if edition_order(have) < edition_order(foundation.edition):
                        where = base.problems.placed(base.book.spot("edition"))
                        pack.problems.add(
                            pack.book.spot("builds_on", number, "edition"),
                            f"this builds on edition {foundation.edition} of {foundation.slug};"
                            f" below it is edition {have} ({where})",
                        )
            if slug in below:
                first = below[slug]
                where = first.problems.placed(_spot_of_slug(first))
                pack.problems.add(_spot_of_slug(pack), f"the volume '{slug}' is taken by {where}")
            below.setdefault(slug, pack)
        return is_founded

    def check(self, progress: Progress | None = None, taker: Taker | None = None) -> CheckedPacks:
        """Adds to the problems all that is wrong; gives what spans files and volumes.

        Args:
            taker: gets what has been checked as long as there are no problems.
        """
        if not self.can_be_checked:
            return CheckedPacks()
        packs = [(pack, _drafts(pack)) for pack in self.packs]
        return self.check_drafts(packs, progress, taker)

    @property
    def files(self) -> int:
        """How many files say something of an entry."""
        return self.entries + sum(len(pack.files.additions()) for pack in self.packs)

    def check_drafts(
        self,
        packs: Iterable[tuple[Pack, Iterable[Draft | None]]],
        progress: Progress | None = None,
        taker: Taker | None = None,
        *,
        has_outcomes: bool = True,
    ) -> CheckedPacks:
        """Adds to the problems all that is wrong with packs, and with what they say of entries.

        Args:
            packs: those of this, or as much of them as an edition holds.
            has_outcomes: False where no case has one, because they are sealed.
        """
        added_to = {slug for pack in self.packs for _, slug in pack.files.additions()}
        total = self.files
        done = 0
        checker: Checker | None = None
        for pack, drafts in packs:
            checker = Checker(pack, checker, added_to, has_outcomes)
            checker.shared()
            if taker and not self.problems:
                taker.begin(checker)
            for draft in drafts:
                if isinstance(draft, EntryDraft):
                    checker.entry(draft)
                    if taker and not self.problems:
                        taker.entry(draft)
                elif draft is not None:
                    checker.addition(draft)
                    if taker and not self.problems:
                        taker.addition(draft)
                done += 1
                if progress:
                    progress(done, total)
        if checker is None:
            return CheckedPacks()
        return CheckedPacks(checker.told, checker.told_order(), checker.accounts, checker.readings)


def _drafts(pack: Pack) -> Iterator[Draft | None]:
    yield from pack.entries()
    yield from pack.additions()


def _spot_of_slug(pack: Pack) -> Spot:
    return pack.book.spot("slug") if pack.book else Spot("book.yaml")


_CHUNKS = re.compile(r"(\d+)|[^\W\d_]+")


def edition_order(edition: str) -> list[tuple[int, int, str]]:
    """What sorts editions: `1.9` before `1.10`, `2` before `2.1`, a word before a number."""
    return [
        (1, int(match[1]), "") if match[1] else (0, 0, match[0].casefold())
        for match in _CHUNKS.finditer(edition)
    ]


def open_volumes(
    paths: Sequence[Path], problems: Problems, *, on: Path | None = None
) -> list[PackFiles]:
    """The files of the packs at some paths, and of the built book below them.

    Args:
        on: a book whose volumes are below those of the paths.

    Raises:
        CasebookError: there is not a pack at one of the paths, or no book to build on.
    """
    places = [os.path.abspath(path) for path in paths]
    for path, place in zip(paths, places, strict=True):
        if places.count(place) > 1:
            raise CasebookError(f"{made_safe_line(str(path))} is named twice; name each pack once.")
    # Where nothing stands on it, nothing is told of it that would need a line.
    below = built_packs(on, has_lines=bool(paths)) if on else []
    several = len(below) + len(paths) > 1
    return [
        *below,
        *(open_pack(path, problems.of_pack(str(path)) if several else problems) for path in paths),
    ]


def check_packs(
    paths: Sequence[Path], progress: Progress | None = None, *, on: Path | None = None
) -> tuple[Problems, int]:
    """Everything that is wrong with some packs, and how many entries they have.

    Args:
        on: a built book that they stand on.

    Raises:
        CasebookError: there is not a pack at one of the paths, or no book to build on.
    """
    problems = Problems()
    volumes = Volumes(open_volumes(paths, problems, on=on), problems)
    volumes.check(progress)
    own = volumes.packs[-len(paths) :]
    return problems, sum(pack.files.entry_count for pack in own)


def check_pack(path: Path, progress: Progress | None = None) -> tuple[Problems, int]:
    """Everything that is wrong with the pack at a path, and how many entries it has.

    Raises:
        CasebookError: there is not a pack at the path.
    """
    return check_packs([path], progress)
