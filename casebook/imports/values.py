"""From the words of a cell to the words of the closed lists, to dates, codes and countries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple, TypeVar

from casebook.dates import year_of
from casebook.imports.cells import CellKind, SheetCell
from casebook.imports.columns import plain_name
from casebook.rating_signs import SIGNS
from casebook.statement_kinds import EventKind
from casebook.vocabulary import AliasKind, Kind, Outcome, Rating

_Word = TypeVar("_Word", bound=StrEnum)

NOT_TOLD = frozenset(
    ("n a", "na", "none", "unknown", "not known", "not told", "not available", "no data", "nil")
)
_ONLY_SIGNS = re.compile(r"[-\N{EN DASH}\N{EM DASH}?./\s]+")

_OUTCOMES = {
    "successful": Outcome.SUCCESS, "succeeded": Outcome.SUCCESS, "good": Outcome.SUCCESS,
    "partly successful": Outcome.MIXED, "partial success": Outcome.MIXED,
    "mixed results": Outcome.MIXED, "in trouble": Outcome.STRUGGLING,
    "difficult": Outcome.STRUGGLING, "failure": Outcome.FAILED, "bankrupt": Outcome.FAILED,
    "closed": Outcome.FAILED, "insolvent": Outcome.FAILED, "ongoing": Outcome.OPEN,
    "under way": Outcome.OPEN, "too early to say": Outcome.OPEN,
}  # fmt: skip
_RATINGS = {
    "yes": Rating.MET, "y": Rating.MET, "true": Rating.MET, "fully": Rating.MET, "x": None,
    "fulfilled": Rating.MET, "partial": Rating.PARTLY, "partially": Rating.PARTLY,
    "partly met": Rating.PARTLY, "in part": Rating.PARTLY, "no": Rating.NOT_MET,
    "n": Rating.NOT_MET, "false": Rating.NOT_MET, "not": Rating.NOT_MET, "unmet": Rating.NOT_MET,
    "not fulfilled": Rating.NOT_MET, "silent": Rating.SILENT,
}  # fmt: skip
_SIGNS = {sign: rating for rating, sign in SIGNS.items()} | {
    "+": Rating.MET, "\N{CHECK MARK}": Rating.MET, "\N{PLUS-MINUS SIGN}": Rating.PARTLY,
}  # fmt: skip
_KINDS = {
    "company": Kind.FIRM, "business": Kind.FIRM, "enterprise": Kind.FIRM, "sme": Kind.FIRM,
    "cluster": Kind.REGION, "district": Kind.REGION, "town": Kind.REGION, "city": Kind.REGION,
    "network": Kind.ALLIANCE, "partnership": Kind.ALLIANCE, "joint venture": Kind.ALLIANCE,
    "program": Kind.PROGRAMME, "organization": Kind.ORGANISATION, "agency": Kind.ORGANISATION,
}  # fmt: skip
_EVENT_KINDS = {
    "founded": EventKind.FOUNDING, "foundation": EventKind.FOUNDING, "exports": EventKind.EXPORT,
    "support": EventKind.SUPPORT, "subsidy": EventKind.SUPPORT, "law": EventKind.LAW,
    "policy": EventKind.LAW, "crisis": EventKind.TROUBLE, "products": EventKind.PRODUCT,
    "production": None,
}  # fmt: skip
_ALIKE = 84


class WordMatch(NamedTuple):
    """What words are taken for.

    Attributes:
        word: of a closed list; None where it is not clear.
        is_exact: the words are those of the list.
    """

    word: StrEnum | None
    is_exact: bool = True


def is_not_told(words: str) -> bool:
    """True of `n/a`, `unknown`, `-` and the like: the table says that it does not know."""
    return bool(words) and (plain_name(words) in NOT_TOLD or bool(_ONLY_SIGNS.fullmatch(words)))


def outcome(words: str) -> WordMatch:
    return _found(words, Outcome, _OUTCOMES)


def kind(words: str) -> WordMatch:
    return _found(words, Kind, {**_KINDS, **{kind.plural: kind for kind in Kind}})


def event_kind(words: str) -> WordMatch:
    return _found(words, EventKind, _EVENT_KINDS)


def rating(words: str) -> WordMatch:
    """What a rating says; bare numbers are not clear, for scales differ."""
    sign = words.strip()
    if sign in _SIGNS:
        return WordMatch(_SIGNS[sign])
    bare = next((sign[1:].strip() for known in SIGNS.values() if sign.startswith(known)), sign)
    return _found(bare, Rating, _RATINGS)


def alias_kind(words: str) -> WordMatch:
    return _found(words, AliasKind, {})


def _found(words: str, known: Iterable[_Word], others: Mapping[str, _Word | None]) -> WordMatch:
    name = plain_name(words)
    own = {plain_name(word): word for word in known}
    if name in own:
        return WordMatch(own[name])
    if name in others:
        return WordMatch(others[name], is_exact=False)
    from rapidfuzz import fuzz, process

    best = process.extractOne(name, list(own), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return WordMatch(own[best[0]], is_exact=False) if best and len(name) > 3 else WordMatch(None)


class DateRead(NamedTuple):
    """A date out of a cell: its words, its EDTF, and what to tell of how it was read."""

    words: str
    edtf: str
    remark: str = ""


_FIRST_SERIAL, _LAST_SERIAL = 2_201, 80_000
"""Day numbers from 1906 to 2119; smaller numbers are years."""
_WITH_EDTF = re.compile(r"(?P<words>.+?)\s*\(EDTF (?P<edtf>[^()]+)\)")


def date_of(cell: SheetCell) -> DateRead | None:
    """What a cell says of a date; None where it is not clear."""
    from casebook.pack.date_guesses import from_serial

    words = cell.line
    if cell.kind is CellKind.DATE:
        if 1000 <= cell.serial < _FIRST_SERIAL:
            return None  # the year 2003, shown as a date, is a day of 1905
        words = words.partition(" ")[0]
        return _guess(words)
    if re.fullmatch(r"\d{4,5}(\.\d+)?", words):
        number = float(words)
        if _FIRST_SERIAL <= number <= _LAST_SERIAL:
            day = from_serial(number)
            return DateRead(day, day, f"is a spreadsheet's number of a day; read as {day}")
    if found := _WITH_EDTF.fullmatch(words):
        read = _guess(found["edtf"])
        return DateRead(found["words"], read.edtf) if read else None
    return _guess(words)


def why_unclear(cell: SheetCell) -> str:
    """What to tell of a cell that `date_of` makes nothing of."""
    if cell.kind is CellKind.DATE:
        return f"is the day of number {cell.serial:.0f}, which may be meant as a year"
    return "is not a clear date"


def _guess(words: str) -> DateRead | None:
    from casebook.pack.check import FIRST_PLAUSIBLE_YEAR, LAST_PLAUSIBLE_YEAR
    from casebook.pack.date_guesses import guessed

    found = guessed(words)
    if found is None:
        return None
    years = [year_of(day) for day in found.bounds.possible if day is not None]
    if any(not FIRST_PLAUSIBLE_YEAR <= year <= LAST_PLAUSIBLE_YEAR for year in years):
        return None
    return DateRead(words, found.edtf)


_CODE = re.compile(r"(?P<code>[A-Za-z]|\d{1,2}(?:\.\d{1,2})?|\d{3,4})(?![\w.])")


class IndustryRead(NamedTuple):
    """An ISIC code, empty where none is clear, its words, and what to tell."""

    code: str
    words: str
    remark: str = ""


def industry_of(code: str, words: str) -> IndustryRead:
    """The industry that two cells tell: a code, and words of the author's own."""
    from casebook.pack import isic

    remark = ""
    if not code and (found := _CODE.match(words)) and _known_code(found["code"]):
        code, words = found["code"], words[found.end() :].strip(" :,;-\N{EN DASH}")
    if code:
        known = _known_code(code)
        if known and known != code.upper():
            remark = f"is read as the ISIC code {known}"
        return IndustryRead(known, words, remark)
    codes = [pair for pair in isic.found_codes(words) if len(pair[0]) == 4]
    if len(codes) == 1:
        chosen, label = codes[0]
        return IndustryRead(chosen, words, f"has no code; read as ISIC {chosen}, {label}")
    return IndustryRead("", words)


def _known_code(code: str) -> str:
    """A code as ISIC has it: `13.94` is 1394, and a spreadsheet makes 111 of 0111."""
    from casebook.pack import isic

    plain = code.strip().upper().replace(".", "")
    for tried in (plain, f"0{plain}" if len(plain) in (1, 3) else plain):
        if tried in isic.labels():
            return tried
    return ""


def industries_near(words: str) -> str:
    """Codes that words may mean, for a remark."""
    from casebook.pack import isic

    return ", ".join(f"{code} {label}" for code, label in isic.found_codes(words)[:3])


_COUNTRIES = {
    "uk": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "usa": "US", "us": "US", "u s a": "US", "u s": "US", "america": "US",
    "united states": "US", "south korea": "KR", "korea": "KR", "russia": "RU", "vietnam": "VN",
    "the netherlands": "NL", "holland": "NL", "czech republic": "CZ", "taiwan": "TW",
    "iran": "IR", "turkey": "TR", "tanzania": "TZ", "bolivia": "BO", "venezuela": "VE",
    "deutschland": "DE", "日本": "JP",
}  # fmt: skip


class CountryRead(NamedTuple):
    """A country's code, empty where none is clear, and whether it was named exactly."""

    code: str
    is_exact: bool = True


@cache
def country_of(words: str) -> CountryRead:
    """The ISO 3166-1 code of a country's name or code."""
    name = plain_name(words)
    if name in _country_names():
        return CountryRead(_country_names()[name])
    if name in _COUNTRIES:
        return CountryRead(_COUNTRIES[name])
    from rapidfuzz import fuzz, process

    if len(name) > 4:
        known = process.extractOne(name, list(_country_names()), scorer=fuzz.ratio, score_cutoff=88)
        if known:
            return CountryRead(_country_names()[known[0]], is_exact=False)
    return CountryRead("")


@cache
def _country_names() -> dict[str, str]:
    from iso3166 import countries

    found: dict[str, str] = {}
    for country in countries:
        for name in (country.name, country.apolitical_name, country.alpha2, country.alpha3):
            found.setdefault(plain_name(name), country.alpha2)
    return found
