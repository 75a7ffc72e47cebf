"""Damaged and hostile notebooks: nothing may be missing without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzzing import damage_bytes, damage_rows
from tests.fuzzing.books import BOOK
from tests.fuzzing.cases import Case, Step
from tests.fuzzing.judging import Finding
from tests.fuzzing.running import Ran
from tests.fuzzing.world import IN_LOG, TOKENS, World, tokens_in

_NOTES = "notes.sqlite"
_NAMES = ("--notebook", _NOTES)
_ADDED = "keepsakeadded"


def make_case(random: Random, world: World) -> Case:
    has_log = random.random() < 0.3
    by_bytes = random.random() < 0.6
    damage: Any = random.choice(damage_bytes.TO_SQLITE if by_bytes else damage_rows.BY_SQL)
    damages_log = by_bytes and has_log and random.random() < 0.5
    seed = random.random()

    def prepare(work: Path) -> None:
        mine = Random(seed)
        data = bytearray(world.notebook_with_log if has_log else world.notebook)
        log = bytearray(world.log)
        if by_bytes:
            damage(log if damages_log else data, mine)
        (work / BOOK).write_bytes(world.small.data)
        (work / _NOTES).write_bytes(data)
        if has_log:
            (work / f"{_NOTES}-wal").write_bytes(log)
            (work / f"{_NOTES}-shm").write_bytes(world.memory)
        if not by_bytes:
            damage(work / _NOTES, mine)
        (work / "import.json").write_bytes(world.json)

    known = frozenset((*TOKENS, IN_LOG) if has_log else TOKENS)
    steps = _steps(random, world)
    name = damage_bytes.named(damage) + (" of the log" if damages_log else "")

    def check(ran: Sequence[Ran], work: Path) -> Iterator[tuple[int, Finding]]:
        seen = known
        was_added = False
        for at, (one, step) in enumerate(zip(ran, steps, strict=False)):
            verb = step.arguments[1] if step.arguments[0] == "notes" else step.arguments[0]
            if verb in ("list", "export"):
                found = _output(one, step, work)
                expected = seen | {_ADDED} if was_added else seen
                missing = expected - tokens_in(found, (*TOKENS, IN_LOG, _ADDED))
                if missing and not one.said_something:
                    told = f"{len(missing)} of {len(expected)} notes are missing: {sorted(missing)[:3]}"
                    yield at, Finding("silent loss", name, step.name, told)
            elif verb == "add" and one.code == 0:
                was_added = True
            elif verb == "undo":
                # It takes back the last change, and that may be the last note.
                was_added = False
                seen -= {IN_LOG, TOKENS[-1]}
            elif verb == "doctor" and not one.said_something and _is_hurt(ran, steps, work, seen):
                yield at, Finding("silent loss", f"all is well, after {name}", step.name)

    return Case(prepare, steps, name + (", with a log" if has_log else ""), check)


def _steps(random: Random, world: World) -> tuple[Step, ...]:
    book = ("--book", BOOK)
    listing = Step(("notes", "list", "--json", *_NAMES))
    looking = [
        listing,
        Step(("notes", "list", *_NAMES)),
        Step(("notes", "export", "--format", "json", *_NAMES, *book)),
        Step(("notes", "export", "--format", "md", *_NAMES, *book)),
        Step(("notes", "export", "--format", "obsidian", "-o", "vault", *_NAMES, *book)),
        Step(("notes", "export", "--format", "anki", *_NAMES, *book)),
        Step(("doctor", *book), {"CASEBOOK_NOTEBOOK": _NOTES}),
        Step(("quiz", "--score", *_NAMES, *book)),
    ]
    writing = [
        Step(("notes", "add", "nosaku", f"New: {_ADDED}", *_NAMES, *book)),
        Step(("notes", "import", "import.json", *world.mine, *_NAMES)),
        Step(("notes", "tag", "nosaku", "new", *_NAMES, *book)),
        Step(("notes", "bookmark", "takaoka", *_NAMES, *book)),
        Step(("notes", "undo", *_NAMES)),
    ]
    first = random.sample(looking, 2)
    changes = random.sample(writing, 2)
    return (*first, *changes, listing, random.choice(looking))


def _output(ran: Ran, step: Step, work: Path) -> bytes:
    if "obsidian" in step.arguments:
        return b"".join(path.read_bytes() for path in (work / "vault").rglob("*") if path.is_file())
    if "anki" in step.arguments:
        return b" ".join(one.encode() for one in (*TOKENS, IN_LOG, _ADDED))  # cards have no notes
    return ran.out


def _is_hurt(ran: Sequence[Ran], steps: Sequence[Step], work: Path, known: frozenset[str]) -> bool:
    """Whether another command of the case missed a note or failed."""
    for one, step in zip(ran, steps, strict=False):
        if step.arguments[0] != "notes":
            continue
        if one.code in (4, 70):
            return True
        if step.arguments[1] == "undo":
            return False  # from now on a note may be missing rightly
        if step.arguments[1] == "list" and not known <= tokens_in(one.out):
            return True
    return False
