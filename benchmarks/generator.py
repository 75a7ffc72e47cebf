"""Made-up casebooks of any size, the same ones every time.

Entry number `n` of a seed is the same in a book of a thousand and of a million, so sizes
can be compared. Names are English, romanised Japanese with their characters, or coined;
about 2.2 an entry. Bodies are prose of a Zipf-like vocabulary with the names of other
entries strewn in.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from casebook.book.checksum import append_checksum
from casebook.schema import APPLICATION_ID, SCHEMA_VERSION, statements
from casebook.search.index import build_index
from casebook.vocabulary import Kind

SEED = 2026

with open(Path(__file__).with_name("made_up.toml"), "rb") as _file:
    _WORDS = {name: text.split() for name, text in tomllib.load(_file).items()}


def _pairs(name: str) -> list[tuple[str, str]]:
    return [(left, right) for left, _, right in (pair.partition(":") for pair in _WORDS[name])]


_KANJI = dict(_pairs("kanji"))
_KANJI_LIST = list(_KANJI)
_TRADES = _pairs("japanese_trades")
_SYLLABLES = _pairs("syllables")
_FIRST = _WORDS["english_first"]
_SECOND = _WORDS["english_second"]
_PLACES = (
    ("jp", "Japan", "JP", None),
    ("nz", "New Zealand", "NZ", None),
    ("nl", "Netherlands", "NL", None),
    ("cl", "Chile", "CL", None),
    ("fr", "France", "FR", None),
    ("us", "United States", "US", None),
    ("takaoka", "Takaoka", "JP", "jp"),
    ("kyoto", "Kyoto", "JP", "jp"),
    ("hamamatsu", "Hamamatsu", "JP", "jp"),
    ("nelson", "Nelson", "NZ", "nz"),
)
_INDUSTRIES = ("0119", "1079", "1102", "1313", "1410", "2393", "2432", "2599", "2790", "3100")
_OUTCOMES = ("success", "success", "mixed", "struggling", "failed", "open")


class MadeEvent(NamedTuple):
    """An event; its date is the years `first_year` to `last_year`, whole."""

    key: str
    label: str
    date_text: str
    edtf: str
    first_year: int
    last_year: int
    kind: str
    place: str


class MadeEntry(NamedTuple):
    """One entry, of which a file or rows are made."""

    number: int
    slug: str
    kind: Kind
    title: str
    aliases: tuple[tuple[str, str], ...]
    """Texts with their kinds."""
    place: str
    industry: str
    outcome: str
    summary: str
    person: str
    events: tuple[MadeEvent, ...]
    assessments: tuple[tuple[str, str], ...]
    """Points with ratings."""
    passages: tuple[str, ...]


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """20,000 made-up words after some real ones, with Zipf-like weights (cumulative)."""
    chance = random.Random("words")
    words = dict.fromkeys(_WORDS["common"])
    while len(words) < 20_000:
        parts = chance.choice((1, 2, 2, 3))
        word = "".join(
            chance.choice(_WORDS["onsets"]) + chance.choice(_WORDS["rhymes"]) for _ in range(parts)
        )
        words[word] = None
    total = 0.0
    cumulative = []
    for rank in range(len(words)):
        total += 1 / (rank + 2.7)
        cumulative.append(total)
    return list(words), cumulative


def _names(chance: random.Random) -> tuple[str, list[tuple[str, str]]]:
    """A title, and its aliases with their kinds."""
    style = chance.random()
    if style < 0.4:
        kanji = chance.choices(_KANJI_LIST, k=chance.choice((2, 2, 3)))
        trade, reading = chance.choice(_TRADES)
        family = "".join(_KANJI[letter] for letter in kanji).capitalize()
        joined = f"{family}-{reading}" if reading.islower() else f"{family} {reading}"
        aliases = [("".join(kanji) + trade, "native script")]
        if chance.random() < 0.3:
            aliases.append((f"{family} {chance.choice(_SECOND)}", "translation"))
        return joined, aliases
    if style < 0.6:
        picked = chance.choices(_SYLLABLES, k=chance.choice((2, 3, 4, 5)))
        katakana = "".join(kana for kana, _ in picked)
        name = "".join(romaji for _, romaji in picked)
        written = name.upper() if chance.random() < 0.2 else name.capitalize()
        return written, [(katakana, "native script")]
    if style < 0.9:
        title = f"{chance.choice(_FIRST)} {chance.choice(_FIRST)}"
        title = f"{title} {chance.choice(_SECOND)}"
        aliases = []
        if chance.random() < 0.6:
            aliases.append(("".join(word[0] for word in title.split()), "short form"))
        if chance.random() < 0.6:
            aliases.append((f"{title.replace(' ', '-', 1)} Ltd", "full name"))
        return title, aliases
    words, _ = vocabulary()
    coined = chance.choice(words[200:]).capitalize()
    title = f"{coined} {chance.choice(_SECOND)}"
    return title, [(f"{coined} and Sons {chance.choice(_SECOND)}", "former name")]


def _event(chance: random.Random, number: int) -> MadeEvent:
    year = chance.randint(1945, 2012)
    label = " ".join(_sentence_words(chance, 6)).capitalize()
    kind = chance.choice(("founding", "product", "export", "alliance", "law and policy", "trouble"))
    place = chance.choice(_PLACES)[0]
    first = last = year
    match chance.randrange(4):
        case 0:
            text = edtf = str(year)
        case 1:
            first = year - year % 10 + 5
            last = first + 4
            text, edtf = f"late {first - 5}s", f"[{first}..{last}]"
        case 2:
            last = year + 5
            text, edtf = f"{year} to {last}", f"{year}/{last}"
        case _:
            last = year + 2
            text, edtf = f"{year} or {last}", f"[{year},{last}]"
    return MadeEvent(
        key=f"e{number}",
        label=label,
        date_text=text,
        edtf=edtf,
        first_year=first,
        last_year=last,
        kind=kind,
        place=place,
    )


def _sentence_words(chance: random.Random, count: int) -> list[str]:
    words, cumulative = vocabulary()
    return chance.choices(words, cum_weights=cumulative, k=count)


def _passage(chance: random.Random, count: int, mentioned: str) -> str:
    words = _sentence_words(chance, count)
    if mentioned:
        words.insert(chance.randrange(len(words)), mentioned)
    sentences = []
    while words:
        length = chance.randint(8, 24)
        sentences.append(" ".join(words[:length]).capitalize() + ".")
        words = words[length:]
    return " ".join(sentences)


def made_entry(
    number: int, *, seed: int = SEED, body_words: tuple[int, int] = (300, 1500)
) -> MadeEntry:
    """Entry `number` of a seed.

    Args:
        body_words: fewest and most words of its body; (0, 0) for none.
    """
    # A whole number seeds a generator ten times faster than text does.
    chance = random.Random(seed * 10_000_019 + number)
    title, aliases = _names(chance)
    words = chance.randint(*body_words)
    passages = []
    while words > 0:
        length = min(chance.randint(60, 160), words)
        mentioned = ""
        if number and chance.random() < 0.3:
            mentioned, _ = _names(random.Random(seed * 10_000_019 + chance.randrange(number)))
        passages.append(_passage(chance, length, mentioned))
        words -= length
    family = "".join(_KANJI[letter] for letter in chance.choices(_KANJI_LIST, k=2)).capitalize()
    # The order of these is that in which the generator is asked: another makes other entries.
    return MadeEntry(
        number=number,
        slug=f"entry-{number:07}",
        kind=chance.choice(list(Kind)),
        title=title,
        aliases=tuple(aliases),
        place=chance.choice(_PLACES)[0],
        industry=chance.choice(_INDUSTRIES),
        outcome=chance.choice(_OUTCOMES),
        summary=_passage(chance, 20, ""),
        person=f"{chance.choice(_FIRST)} {family}",
        events=tuple(_event(chance, position) for position in range(chance.randint(1, 4))),
        assessments=tuple(
            (point, chance.choice(("met", "partly", "not met")))
            for point in "abcdefgh"
            if chance.random() < 0.3
        ),
        passages=tuple(passages),
    )


def made_entries(
    count: int, *, seed: int = SEED, body_words: tuple[int, int] = (300, 1500)
) -> Iterator[MadeEntry]:
    """The entries 0 to `count - 1` of a seed, with every name given once.

    Args:
        seed, body_words: see `made_entry`.
    """
    taken: set[str] = set()
    for number in range(count):
        entry = made_entry(number, seed=seed, body_words=body_words)
        title = entry.title
        if title.casefold() in taken:
            title = f"{title} {_FIRST[number % len(_FIRST)]}"
        if title.casefold() in taken:
            title = f"{title} {number}"
        taken.add(title.casefold())
        aliases = []
        for alias in entry.aliases:
            if alias[0].casefold() not in taken:
                taken.add(alias[0].casefold())
                aliases.append(alias)
        yield entry._replace(title=title, aliases=tuple(aliases))


# As a pack

_SHARED = {
    "book.yaml": 'slug: made-up\ntitle: Made up\nedition: "1"\ndescription: For measuring.\n',
    "sources.json": ('[{"id": "m", "type": "book", "title": "M", "custom": {"paragraphs": 200}}]'),
    "places.yaml": "places:\n"
    + "".join(
        f"  - {{slug: {slug}, name: {name}, country: {code}"
        + (f", within: {within}}}\n" if within else "}\n")
        for slug, name, code, within in _PLACES
    ),
    "frameworks/checklist.yaml": (
        'title: Checklist\nposition: 1\ndescription: "Points [@m, para. 1]"\npoints:\n'
        + "".join(
            f'  - {{key: {key}, title: Point {key}, text: "It has it [@m, para. 1]"}}\n'
            for key in "abcdefgh"
        )
    ),
}


def pack_file(entry: MadeEntry) -> str:
    """The entry as a file of a pack."""
    cite = f"[@m, para. {entry.number % 200 + 1}]"
    lines = ["---", f"kind: {entry.kind}", f"title: {entry.title}"]
    if entry.aliases:
        lines.append("aliases:")
        lines += [f"  - {{text: {text}, kind: {kind}}}" for text, kind in entry.aliases]
    lines += [
        f'summary: "{entry.summary} {cite}"',
        "setting:",
        f"  place: {entry.place} {cite}",
        f"  industry: {entry.industry} {cite}",
        f'outcome: "{entry.outcome}: so it is told {cite}"',
        "people:",
        f'  - {{name: {entry.person}, role: founder, note: "{cite}"}}',
        "events:",
    ]
    for event in entry.events:
        lines += [
            f"  - key: {event.key}",
            f'    what: "{event.label} {cite}"',
            f'    when: {{text: "{event.date_text}", edtf: "{event.edtf}"}}',
            f"    kind: {event.kind}",
            f"    place: {event.place}",
        ]
    if entry.assessments and entry.kind.is_case:
        lines.append("assessments:")
        lines += [
            f'  - {{point: checklist {point}, rating: {rating}, evidence: "So it is {cite}"}}'
            for point, rating in entry.assessments
        ]
    lines += ["---", ""]
    lines += [f"{passage[:-1]} {cite}.\n" for passage in entry.passages]
    return "\n".join(lines)


def write_pack(folder: Path, entries: Iterator[MadeEntry]) -> Path:
    """Writes entries as a pack that has no errors."""
    for name, text in _SHARED.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for kind in Kind:
        (folder / kind.plural).mkdir(exist_ok=True)
    for entry in entries:
        path = folder / entry.kind.plural / f"{entry.slug}.md"
        path.write_text(pack_file(entry), encoding="utf-8")
    return folder


# As a book

_ROWS_AT_ONCE = 2_000


def write_book(path: Path, entries: Iterator[MadeEntry]) -> tuple[float, float]:
    """Writes entries straight into a book, by the rows that reading and searching need.

    Returns:
        CPU seconds for the rows and for the search index.
    """
    started = time.process_time()
    with closing(sqlite3.connect(path, isolation_level=None)) as book:
        book.execute("PRAGMA journal_mode = OFF")
        book.execute("PRAGMA synchronous = OFF")
        for statement in statements():
            book.execute(statement)
        book.execute("BEGIN")
        book.execute("INSERT INTO book VALUES (1, 'made-up', 'Made up', '1', '', 'en', '', '')")
        book.execute("INSERT INTO volume VALUES (1, 'made-up', 'Made up', '1', '', 'en', '')")
        places = {slug: number for number, (slug, *_) in enumerate(_PLACES, 1)}
        for slug, name, country, within in _PLACES:
            place = (places[slug], slug, name, country, name, places.get(within or ""), name, 0)
            book.execute(
                "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', NULL, NULL, 1)", place
            )
        statement_ids = count(1)
        batch: dict[str, list[tuple[object, ...]]] = {}
        for entry in entries:
            for table, row in _rows(entry, places, statement_ids):
                rows = batch.setdefault(table, [])
                rows.append(row)
                if len(rows) >= _ROWS_AT_ONCE:
                    _insert(book, table, batch.pop(table))
        for table, rows in batch.items():
            _insert(book, table, rows)
        book.execute("COMMIT")
        written = time.process_time()
        build_index(book)
        indexed = time.process_time()
        book.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        book.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    append_checksum(path)
    return written - started, indexed - written


def _insert(book: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    book.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _rows(
    entry: MadeEntry, places: dict[str, int], statement_ids: Iterator[int]
) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The rows of an entry, each with its table."""
    key = entry.number + 1
    shelf = list(Kind).index(entry.kind)
    title = entry.title
    yield "entry", (
        key, entry.slug, entry.kind.value, title, title.casefold(), shelf, 0, entry.outcome,
        "so it is told", "", "", 1,
    )  # fmt: skip
    yield "setting_place", (key, 0, places[entry.place])
    for position, (text, kind) in enumerate(entry.aliases):
        yield "alias", (next(statement_ids), key, position, text, kind, "")
    yield "person", (next(statement_ids), key, 0, entry.person, "founder", "")
    for position, event in enumerate(entry.events):
        first = date(event.first_year, 1, 1).toordinal()
        last = date(event.last_year, 12, 31).toordinal()
        yield "event", (
            next(statement_ids), key, position, event.key, event.label, event.label[:28],
            event.kind, places[event.place], event.date_text, event.edtf, 0, "",
            first, last, first, last,
        )  # fmt: skip
    for position, text in enumerate((entry.summary, *entry.passages)):
        block = "paragraph" if position else "summary"
        yield "passage", (next(statement_ids), key, position, block, 0, 0, text, "[]")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.generator", description="Writes a made-up pack or book."
    )
    parser.add_argument("count", type=int, help="how many entries")
    parser.add_argument("path", type=Path, help="the pack's folder; a name in .sqlite for a book")
    parser.add_argument("--names-only", action="store_true", help="without bodies")
    parser.add_argument("--timing", type=Path, help="where CPU seconds of rows and index go")
    arguments = parser.parse_args()
    words = (0, 0) if arguments.names_only else (300, 1500)
    made = made_entries(arguments.count, body_words=words)
    if arguments.path.suffix == ".sqlite":
        timing = write_book(arguments.path, made)
        if arguments.timing:
            arguments.timing.write_text(json.dumps(timing), encoding="utf-8")
    else:
        write_pack(arguments.path, made)
