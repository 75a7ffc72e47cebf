"""Books that are sound but hostile, through everything that writes a file."""

from __future__ import annotations

from random import Random

from tests.fuzzing import damage_rows
from tests.fuzzing.books import commands, damage_rows_of, dear_commands, with_book
from tests.fuzzing.cases import Case, Step
from tests.fuzzing.world import World

_HOSTILE = (
    damage_rows.escapes_everywhere,
    damage_rows.escapes_everywhere,
    damage_rows.escapes_everywhere,
    damage_rows.json_columns,
    damage_rows.names,
    damage_rows.odd_values,
)
_WRITING = ("export", "compare", "timeline", "unpack", "notes", "cite")


def make_case(random: Random, world: World) -> Case:
    book = world.small if random.random() < 0.8 else world.shipped
    damage, prepare = damage_rows_of(book, random, _HOSTILE, is_signed=True)
    written = [one for one in commands(book, random) if one[0] in _WRITING]
    chosen = random.sample(written, 5)
    if random.random() < 0.5:
        chosen.append(random.choice(dear_commands(book, random)))
    steps = tuple(Step(_to_a_file(with_book(one), random)) for one in chosen)
    return Case(prepare, steps, f"{damage}, signed")


def _to_a_file(arguments: tuple[str, ...], random: Random) -> tuple[str, ...]:
    """The same with `-o`, for half of those that have it."""
    if "--format" not in arguments or "-o" in arguments or random.random() < 0.5:
        return arguments
    ending = arguments[arguments.index("--format") + 1]
    endings = {"chart": "txt", "csl-json": "json", "timelinejs": "json", "anki": "txt"}
    return (*arguments, "-o", f"written.{endings.get(ending, ending)}")
