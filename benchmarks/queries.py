"""Queries with planted faults and known targets, the same ones every time.

Every second query of a class was kept out of all tuning of the search; the two halves are
reported apart. A query is only asked if its answer is certain: a misspelt name must not be
as near to another name as to its own, and no other name may have the same beginning.
"""

from __future__ import annotations

import bisect
import random
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from benchmarks.generator import MadeEntry

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class AskedName(NamedTuple):
    """A query and what it is to find.

    Attributes:
        fault: the class of the query.
        is_held_out: it was kept out of tuning.
    """

    fault: str
    typed: str
    target: str
    is_held_out: bool


Name = tuple[str, str]
"""A name and the slug of its entry."""
Fault = Callable[[random.Random, str], str | None]


def names_of(entries: Iterable[MadeEntry]) -> list[Name]:
    """Titles and aliases with the slugs of their entries."""
    return [
        (name, entry.slug)
        for entry in entries
        for name in (entry.title, *(alias for alias, _ in entry.aliases))
    ]


def _is_latin(name: str) -> bool:
    return name.isascii()


def _one_typo(chance: random.Random, name: str) -> str:
    at = chance.randrange(1, len(name) - 1)
    match chance.randrange(4):
        case 0:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + chance.choice(LETTERS) + name[at:]
        case 2:
            return name[:at] + chance.choice(LETTERS) + name[at + 1 :]
        case _:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _long(least: int, most: int, typo: Fault) -> Fault:
    """A fault in Latin names of some lengths only."""

    def fault(chance: random.Random, name: str) -> str | None:
        is_fit = _is_latin(name) and least <= len(name.replace(" ", "").replace("-", "")) <= most
        typed = typo(chance, name.lower()) if is_fit else None
        return typed if typed and typed != name.lower() else None

    return fault


def _delete(chance: random.Random, name: str) -> str:
    at = chance.randrange(1, len(name))
    return name[:at] + name[at + 1 :]


def _insert(chance: random.Random, name: str) -> str:
    at = chance.randrange(1, len(name))
    return name[:at] + chance.choice(LETTERS) + name[at:]


def _substitute(chance: random.Random, name: str) -> str:
    at = chance.randrange(1, len(name))
    return name[:at] + chance.choice(LETTERS) + name[at + 1 :]


def _transpose(chance: random.Random, name: str) -> str:
    at = chance.randrange(0, len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _where(held: str, change: Callable[[random.Random, str], str]) -> Fault:
    """A change of names that hold some character."""

    def fault(chance: random.Random, name: str) -> str | None:
        return change(chance, name) if held in name and _is_latin(name) else None

    return fault


def _space_added(chance: random.Random, name: str) -> str | None:
    if not _is_latin(name) or len(name) < 6 or " " in name:
        return None
    at = chance.randrange(2, len(name) - 2)
    return f"{name[:at]} {name[at:]}"


def _turned(chance: random.Random, name: str) -> str | None:
    words = name.split()
    if len(words) < 2 or not _is_latin(name):
        return None
    turned = words[::-1] if len(words) == 2 else chance.sample(words, len(words))
    return " ".join(turned) if turned != words else None


def _macrons(_: random.Random, name: str) -> str | None:
    long = name.replace("ou", "ō").replace("uu", "ū").replace("oo", "ō")
    return long if long != name and _is_latin(name) else None


def _diacritics(chance: random.Random, name: str) -> str | None:
    at = [number for number, letter in enumerate(name) if letter in "aeiou"]
    if not at or not _is_latin(name):
        return None
    here = chance.choice(at)
    mark = chance.choice("\u0301\u0302\u0308\u0304")
    return unicodedata.normalize("NFC", f"{name[: here + 1]}{mark}{name[here + 1 :]}")


def _kunrei(_: random.Random, name: str) -> str | None:
    typed = name.lower()
    for hepburn, kunrei in (
        ("shi", "si"), ("chi", "ti"), ("tsu", "tu"), ("fu", "hu"), ("sho", "syo"),
        ("shu", "syu"), ("chu", "tyu"), ("ji", "zi"),
    ):  # fmt: skip
        typed = typed.replace(hepburn, kunrei)
    return typed if typed != name.lower() and _is_latin(name) else None


def _full_width(_: random.Random, name: str) -> str | None:
    if not _is_latin(name):
        return None
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in name)


def _is_katakana(name: str) -> bool:
    return all("\u30a1" <= letter <= "\u30fc" for letter in name)


def _hiragana(_: random.Random, name: str) -> str | None:
    if not _is_katakana(name) or len(name) < 3:
        return None
    return "".join(chr(ord(letter) - 0x60) for letter in name)


def _kanji(_: random.Random, name: str) -> str | None:
    return name if "\u4e00" <= name[0] <= "\u9fff" else None


def _two_kanji(_: random.Random, name: str) -> str | None:
    return name[:2] if len(name) > 2 and "\u4e00" <= name[0] <= "\u9fff" else None


FAULTS: dict[str, Fault] = {
    "exact": lambda _, name: name if _is_latin(name) else None,
    "case": lambda _, name: name.swapcase() if _is_latin(name) else None,
    "prefix": lambda _, name: None,
    "hyphen missing": _where("-", lambda _, name: name.replace("-", "")),
    "hyphen for space": _where(" ", lambda _, name: name.replace(" ", "-", 1)),
    "space missing": _where(" ", lambda _, name: name.replace(" ", "", 1)),
    "space added": _space_added,
    "word order": _turned,
    "macron": _macrons,
    "diacritic": _diacritics,
    "Kunrei": _kunrei,
    "full width": _full_width,
    "hiragana": _hiragana,
    "kanji": _kanji,
    "two kanji": _two_kanji,
    "short, one typo": _long(4, 7, _one_typo),
    "one deleted": _long(8, 60, _delete),
    "one inserted": _long(8, 60, _insert),
    "one substituted": _long(8, 60, _substitute),
    "two transposed": _long(8, 60, _transpose),
    "two typos": _long(10, 60, lambda chance, name: _one_typo(chance, _one_typo(chance, name))),
}
SINGLE_TYPOS = ("one deleted", "one inserted", "one substituted", "two transposed")
_MISSPELT = (*SINGLE_TYPOS, "short, one typo", "two typos")
LOSSLESS = tuple(fault for fault in FAULTS if fault not in _MISSPELT)


def asked(names: Sequence[Name], per_fault: int = 60, seed: int = 7) -> list[AskedName]:
    """Queries of every class, at most `per_fault` of a class."""
    folded = [name.lower() for name, _ in names]
    ordered = sorted(zip(folded, (slug for _, slug in names), strict=True))
    found: list[AskedName] = []
    for fault, change in FAULTS.items():
        chance = random.Random(f"{seed} {fault}")
        wanted: list[tuple[str, str]] = []
        for _ in range(60 * per_fault):
            name, slug = names[chance.randrange(len(names))]
            typed = _prefix(name, ordered) if fault == "prefix" else change(chance, name)
            if typed and (fault != "two kanji" or _fits(typed, ordered) == 1):
                wanted.append((typed, slug))
            if len(wanted) >= 3 * per_fault:
                break
        if fault in _MISSPELT:
            wanted = _certain(wanted, folded, [slug for _, slug in names])
        found += [
            AskedName(fault, typed, slug, bool(number % 2))
            for number, (typed, slug) in enumerate(wanted[:per_fault])
        ]
    return found


def _fits(start: str, ordered: Sequence[Name]) -> int:
    """How many names begin with some letters."""
    first = bisect.bisect_left(ordered, (start.lower(), ""))
    return bisect.bisect_left(ordered, (start.lower() + "\U0010ffff", "")) - first


def _prefix(name: str, ordered: Sequence[Name]) -> str | None:
    """The shortest beginning of a name that no other name has."""
    if not _is_latin(name):
        return None
    for end in range(3, len(name)):
        if _fits(name[:end], ordered) == 1:
            return name[:end]
    return None


def _certain(
    wanted: Sequence[tuple[str, str]], folded: Sequence[str], slugs: Sequence[str]
) -> list[tuple[str, str]]:
    """The queries to which no other entry's name is as near as the target's."""
    certain = []
    for typed, slug in wanted:
        near = process.extract(
            typed, folded, scorer=OSA.distance, limit=6, score_cutoff=len(typed) // 2
        )
        least: dict[str, float] = {}
        for _, distance, at in near:
            least[slugs[at]] = min(distance, least.get(slugs[at], 99))
        mine = least.pop(slug, 99)
        if mine < min(least.values(), default=99):
            certain.append((typed, slug))
    return certain
