"""Files given to `notes import` that are not what export wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzzing import damage_bytes
from tests.fuzzing.books import BOOK
from tests.fuzzing.cases import Case, Step
from tests.fuzzing.hostile_text import JSON, hostile_text
from tests.fuzzing.judging import Finding
from tests.fuzzing.running import Ran
from tests.fuzzing.world import TOKENS, World, tokens_in

_FILE = "import.json"
_NAMES = ("--notebook", "notes.sqlite")
_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**400, 1e308, [], {}, "", "x" * 100_000, [[]], {"a": {"b": []}},
    "\ud800", "2024-99-99", "9999-12-31T23:59:59Z", "../../../x", "\x00", 2**63, [None], ["\udfff"],
)  # fmt: skip


def make_case(random: Random, world: World) -> Case:
    seed = random.random()
    how = random.choice((_change_values, _change_values, _change_values, _change_bytes, _not_one))
    is_empty = random.random() < 0.4

    def prepare(work: Path) -> None:
        mine = Random(seed)
        (work / BOOK).write_bytes(world.small.data)
        if not is_empty:
            (work / "notes.sqlite").write_bytes(world.notebook)
        if how is _not_one and mine.random() < 0.2:
            (work / _FILE).mkdir()
        else:
            (work / _FILE).write_bytes(how(world.json, mine))

    listing = Step(("notes", "list", "--json", *_NAMES))
    importing = Step(("notes", "import", _FILE, *world.mine, *_NAMES, "--json"))
    steps = (
        importing,
        importing,
        listing,
        Step(("notes", "list", *_NAMES)),
        Step(
            ("notes", "export", "--format", random.choice(("json", "md")), *_NAMES, "--book", BOOK)
        ),
        Step(("notes", "export", "--format", "obsidian", "-o", "vault", *_NAMES, "--book", BOOK)),
        Step(("notes", "undo", *_NAMES)),
        listing,
    )

    def check(ran: Sequence[Ran], work: Path) -> Iterator[tuple[int, Finding]]:
        if len(ran) < len(steps):
            return
        if ran[0].code == 0 and ran[1].code == 0 and _added(ran[1]) != 0:
            yield 1, Finding("doubled", "a second import adds", "notes import", str(ran[1].out))
        elif ran[0].code == 0 and ran[1].code != 0:
            yield 1, Finding("doubled", "a second import fails", "notes import", str(ran[1].err))
        for at in (2, 7):
            missing = frozenset(() if is_empty else TOKENS) - tokens_in(ran[at].out)
            if missing:
                yield at, Finding("silent loss", "by an import", "notes list", str(sorted(missing)))

    return Case(prepare, steps, how.__name__.strip("_").replace("_", " "), check)


def _added(ran: Ran) -> int:
    try:
        return int(json.loads(ran.out)["added"])
    except (ValueError, KeyError, TypeError):
        return 0


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from _paths(value[key], (*path, key))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _paths(one, (*path, at))


def _change_values(sound: bytes, random: Random) -> bytes:
    """Other values, other keys, doubled and missing ones, anywhere."""
    data = json.loads(sound)
    for _ in range(random.choice((1, 1, 2, 6))):
        path = random.choice([one for one in _paths(data) if one] or [()])
        if not path:
            break
        holder = data
        for step in path[:-1]:
            holder = holder[step]
        choice = random.random()
        if choice < 0.6:
            holder[path[-1]] = random.choice((*_ODD, hostile_text(random), hostile_text(random)))
        elif choice < 0.75:
            del holder[path[-1]]
        elif choice < 0.85 and isinstance(holder, list):
            holder.append(json.loads(json.dumps(holder[path[-1]])))
        elif isinstance(holder, dict):
            holder[hostile_text(random)] = holder[path[-1]]
    is_plain = random.random() < 0.3
    return json.dumps(data, ensure_ascii=not is_plain).encode("utf-8", "surrogatepass")


def _change_bytes(sound: bytes, random: Random) -> bytes:
    data = bytearray(sound)
    random.choice(damage_bytes.TO_ANY_FILE)(data, random)
    return bytes(data)


def _not_one(sound: bytes, random: Random) -> bytes:
    """Something else altogether."""
    return random.choice(
        (
            b"",
            b"\x00" * 1000,
            b"[" * 100_000,
            b'{"a":' * 100_000,
            sound.decode().encode("utf-16"),
            b"\xef\xbb\xbf" + sound,
            b'{"format":"casebook-notebook","version":99}',
            b'{"format":"casebook-notebook","version":1,"notes":{}}',
            b'{"format":"casebook-notebook","version":1}',
            *(one.encode("utf-8", "surrogatepass") for one in JSON),
            b"9" * 10_000,
            b'"' + b"x" * 1_000_000 + b'"',
        )
    )
