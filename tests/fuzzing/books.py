"""Damaged and hostile books, and every command that reads them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random

from tests.fuzzing import damage_bytes, damage_rows
from tests.fuzzing.cases import Case, Step
from tests.fuzzing.judging import Finding
from tests.fuzzing.running import Ran
from tests.fuzzing.world import SoundBook, World

BOOK = "book.sqlite"

Prepare = Callable[[Path], None]


def commands(book: SoundBook, random: Random) -> list[tuple[str, ...]]:
    """Every command that prints something of a book."""
    slug = random.choice(book.slugs)
    case = random.choice(book.cases)
    two = tuple(random.sample(book.cases, 2))
    word = random.choice(book.words)
    return [
        ("list",),
        ("list", "--json"),
        ("show", slug),
        ("show", case),
        ("show", slug, "--json"),
        ("show", case, "--for", "lecturer"),
        ("search", word),
        ("search", word, "--json"),
        ("search", f"kind:{random.choice(('firm', 'region'))}"),
        ("compare", *two),
        ("compare", *two, "--json"),
        ("compare", *two, "--format", random.choice(("md", "html", "csv"))),
        ("timeline", "--all"),
        ("timeline", case),
        ("timeline", "--all", "--lanes", random.choice(("entry", "place", "kind"))),
        *(
            ("timeline", "--all", "--format", form)
            for form in ("chart", "json", "svg", "csv", "ics", "timelinejs")
        ),
        ("export", "handout", case, "--format", random.choice(("md", "html"))),
        ("export", "references", "--style", "book"),
        ("export", "references", "--format", random.choice(("csl-json", "ris"))),
        ("cite", case, "--style", "book"),
        ("cite", random.choice(book.events), "--style", "book"),
        ("cite", f"{case}#{random.randint(0, 4)}", "--style", "book"),
        ("sources",),
        ("sources", "--json"),
        ("sources", random.choice(book.sources)),
        ("glossary",),
        ("glossary", "--json"),
        ("unpack", "unpacked"),
        ("doctor",),
        ("notes", "add", case, "A thought", "--notebook", "new.sqlite"),
        ("notes", "export", "--format", "anki", "--notebook", "new.sqlite"),
    ]


def dear_commands(book: SoundBook, random: Random) -> list[tuple[str, ...]]:
    """Those that start pandoc or write large formats."""
    two = tuple(random.sample(book.cases, 2))
    case = random.choice(book.cases)
    return [
        ("export", "references", "--format", "bibtex"),
        ("export", "references", "--style", "apa"),
        ("export", "handout", case, "-o", "handout.docx"),
        ("compare", *two, "-o", "matrix.xlsx"),
        ("compare", *two, "-o", "matrix.docx"),
        ("timeline", "--all", "--format", "csv", "-o", "timeline.csv"),
        ("timeline", "--all", "--format", "ics", "-o", "timeline.ics"),
        ("timeline", "--all", "--format", "svg", "-o", "timeline.svg"),
        ("export", "handout", case, "-o", "handout.html"),
    ]


def with_book(arguments: tuple[str, ...]) -> tuple[str, ...]:
    return (*arguments, "--book", BOOK)


def make_case(random: Random, world: World) -> Case:
    book = world.small if random.random() < 0.7 else world.shipped
    if random.random() < 0.55:
        is_signed = random.random() < 0.2
        damage, prepare = _damage_bytes(book, random, is_signed=is_signed)
    else:
        is_signed = random.random() < 0.5
        damage, prepare = damage_rows_of(book, random, damage_rows.BY_SQL, is_signed=is_signed)
    chosen = random.sample(commands(book, random), 7)
    if random.random() < 0.1:
        chosen.append(random.choice(dear_commands(book, random)))
    steps = tuple(Step(with_book(one), is_fresh=random.random() < 0.005) for one in chosen)

    def check(ran: Sequence[Ran], work: Path) -> Iterator[tuple[int, Finding]]:
        if not is_signed:
            for at, (one, step) in enumerate(zip(ran, steps, strict=False)):
                for found in silently_wrong(one, step, book, work / BOOK, damage):
                    yield at, found

    return Case(prepare, steps, f"{damage}{', signed' if is_signed else ''}", check)


def _damage_bytes(book: SoundBook, random: Random, *, is_signed: bool) -> tuple[str, Prepare]:
    damage = random.choice(damage_bytes.TO_SQLITE)
    seed = random.random()

    def prepare(work: Path) -> None:
        data = bytearray(book.data)
        damage(data, Random(seed))
        (work / BOOK).write_bytes(data)
        if is_signed:
            damage_rows.sign_file(work / BOOK)

    return damage_bytes.named(damage), prepare


def damage_rows_of(
    book: SoundBook,
    random: Random,
    choices: Sequence[damage_rows.Damage],
    *,
    is_signed: bool,
) -> tuple[str, Prepare]:
    """What makes a book with one damage to its rows, and the name of the damage.

    Args:
        is_signed: with hashes that fit: hostile, not damaged.
    """
    damage = random.choice(choices)
    seed = random.random()

    def prepare(work: Path) -> None:
        (work / BOOK).write_bytes(book.data)
        damage(work / BOOK, Random(seed))
        if is_signed:
            damage_rows.sign(work / BOOK)

    return damage_bytes.named(damage), prepare


def silently_wrong(
    ran: Ran, step: Step, book: SoundBook, path: Path, damage: str
) -> Iterator[Finding]:
    """An answer that is not the sound book's, without a word."""
    if ran.said_something or "unpack" in step.arguments or "new.sqlite" in step.arguments:
        return
    if "doctor" in step.arguments:
        if _content(path) != _content_of(book):
            yield Finding("silently wrong", f"all is well, after {damage}", step.name)
    elif "-o" not in step.arguments:
        sound, mine = _timeless(book.answer(step.arguments).out), _timeless(ran.out)
        if sound != mine and _NOTICE not in mine:
            yield Finding("silently wrong", damage, step.name, _difference(sound, mine))


_NOTICE = b"not as it was built"
"""A page says on itself that it is damaged."""


def _timeless(output: bytes) -> bytes:
    """An output without the moment at which it was made."""
    return re.sub(rb"DTSTAMP:\S+", b"", output)


_contents: dict[int, object] = {}


def _content_of(book: SoundBook) -> object:
    if id(book) not in _contents:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(book.data)
            _contents[id(book)] = _rows(connection)
    return _contents[id(book)]


def _content(path: Path) -> object:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
            return _rows(connection)
    except (sqlite3.Error, UnicodeDecodeError):
        return "unreadable"


def _rows(connection: sqlite3.Connection) -> object:
    connection.text_factory = bytes
    deadline = [200]

    def ends() -> int:
        deadline[0] -= 1
        return int(deadline[0] < 0)

    connection.set_progress_handler(ends, 100_000)
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name LIMIT 100"
    ).fetchall()
    return [
        connection.execute(f'SELECT * FROM "{name.decode()}" LIMIT 100000').fetchall()
        for (name,) in tables
        if not name.startswith((b"sqlite_", b"find_"))
    ]


def _difference(sound: bytes, other: bytes) -> str:
    before, after = sound.splitlines(), other.splitlines()
    for one, two in zip(before, after, strict=False):
        if one != two:
            return f"{one[:120]!r} became {two[:120]!r}"
    return f"{len(before)} lines became {len(after)}"
