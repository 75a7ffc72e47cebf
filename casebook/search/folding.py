"""Makes two keys of a text, which are the same for different spellings of a name.

The **fold** takes away what a keyboard may lack: case, width, diacritics, the choice of
kana. The **skeleton** goes further and takes away what a romanisation may choose: Hepburn
or Kunrei, long vowels, doubled letters, spaces and hyphens. Both work from left to right,
so that the key of what has been typed so far is a prefix of that of the whole, but for a last
letter or two whose reading depends on the next (`unfinished`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_LATIN_MARKS = re.compile("[\u0300-\u036f]+")
_VOICING = "\u3099\u309a\uff9e\uff9f"
_CLUSTER = re.compile(f"(?s).[\u0300-\u036f{_VOICING}]*")
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
_NO_APOSTROPHES = re.compile(r"['\u2019\u02bc](?:s\b)?")

_CJK = "\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Characters that are written without spaces between words, as a class of a pattern."""

_ASCII_WORD = re.compile("[a-z0-9]+")


@cache
def _any_word() -> re.Pattern[str]:
    # It takes milliseconds to compile, which plain ASCII need not wait for.
    return re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+")


def _word_pattern(folded: str) -> re.Pattern[str]:
    return _ASCII_WORD if folded.isascii() else _any_word()


def is_kanji(letter: str) -> bool:
    """Whether a character is a kanji."""
    return (
        "\u3400" <= letter <= "\u9fff"
        or "\u3005" <= letter <= "\u3007"
        or "\uf900" <= letter <= "\ufaff"
    )


def _is_kana(letter: str) -> bool:
    return "\u3041" <= letter <= "\u30ff"


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    """The fold of a letter with its marks."""
    folded = unicodedata.normalize("NFKC", cluster).casefold().translate(_LETTERS)
    bare = _LATIN_MARKS.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", bare).translate(_KATAKANA_TO_HIRAGANA)


def fold(text: str) -> str:
    """A text without case, width, Latin diacritics and the difference of the two kana.

    `Kōchi` and `ＫＯＣＨＩ` become `kochi`, `ユニクロ` and `ﾕﾆｸﾛ` become `ゆにくろ`.
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_cluster, _CLUSTER.findall(text)))


def fold_with_origin(text: str) -> tuple[str, list[int]]:
    """The fold of a text, and for each of its characters the offset in the text.

    The list has one more item than the fold: the length of the text.
    """
    if text.isascii():
        return text.lower(), list(range(len(text) + 1))
    folded: list[str] = []
    origin: list[int] = []
    for found in _CLUSTER.finditer(text):
        letters = _fold_cluster(found[0])
        folded.append(letters)
        origin.extend([found.start()] * len(letters))
    origin.append(len(text))
    return "".join(folded), origin


def words(text: str) -> list[str]:
    """The words of a folded text. Hyphens separate words, apostrophes do not.

    A run of kana and kanji is one word.
    """
    bare = _NO_APOSTROPHES.sub("", text)
    return _word_pattern(bare).findall(bare)


def word_spans(folded: str) -> list[tuple[int, int]]:
    """The first character of each word of a folded text, and the one after its last."""
    return [found.span() for found in _word_pattern(folded).finditer(folded)]


def is_cjk(word: str) -> bool:
    """Whether a word is a run of kana and kanji."""
    first = word[:1]
    return is_kanji(first) or _is_kana(first)


# The skeleton

_ROMAJI_ROWS = """
あ:a い:i う:u え:e お:o ぁ:a ぃ:i ぅ:u ぇ:e ぉ:o か:ka き:ki く:ku け:ke こ:ko が:ga
ぎ:gi ぐ:gu げ:ge ご:go さ:sa し:si す:su せ:se そ:so ざ:za じ:zi ず:zu ぜ:ze ぞ:zo
た:ta ち:ti つ:tu て:te と:to だ:da ぢ:zi づ:zu で:de ど:do な:na に:ni ぬ:nu ね:ne
の:no は:ha ひ:hi ふ:hu へ:he ほ:ho ば:ba び:bi ぶ:bu べ:be ぼ:bo ぱ:pa ぴ:pi ぷ:pu
ぺ:pe ぽ:po ま:ma み:mi む:mu め:me も:mo や:ya ゆ:yu よ:yo ら:ra り:ri る:ru れ:re
ろ:ro わ:wa ゐ:i ゑ:e を:o ん:n ゔ:vu っ: ー: ゎ:wa
"""
_ROMAJI = dict(row.partition(":")[::2] for row in _ROMAJI_ROWS.split())
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
_SMALL_VOWELS = frozenset("ぁぃぅぇぉ")

_PATTERNS = (
    (re.compile("sh|sy(?=[auo])"), "s"),
    (re.compile("ch|ts|ty(?=[auo])"), "t"),
    (re.compile("dz|j"), "z"),
    (re.compile("zy(?=[auo])"), "z"),
    (re.compile("f"), "h"),
    (re.compile("m(?=[bp])"), "n"),
    (re.compile("ou|oh(?![aeiouy])"), "o"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)


def _romaji(word: str) -> str:
    """A folded word with its kana in Latin letters, Kunrei; kanji stay."""
    if word.isascii() or not any(map(_is_kana, word)):
        return word
    letters: list[str] = []
    for kana in word:
        if kana in _SMALL and letters and letters[-1][-1:] == "i":
            stem = letters[-1][:-1]
            glide = "" if stem in ("s", "t", "z") else "y"
            letters[-1] = stem + glide + _SMALL[kana]
        elif kana in _SMALL:
            letters.append("y" + _SMALL[kana])
        elif kana in _SMALL_VOWELS and letters and len(letters[-1]) > 1:
            letters[-1] = letters[-1][:-1] + _ROMAJI[kana]
        else:
            letters.append(_ROMAJI.get(kana, kana))
    return "".join(letters)


def _smoothed(letters: str) -> str:
    for pattern, letter in _PATTERNS:
        letters = pattern.sub(letter, letters)
    return letters


def skeleton(folded_words: list[str]) -> str:
    """The skeleton of a name, given as the words of its fold; it has no spaces.

    `Ashiro`, `Asiro` and `あしろ` become `asiro`; `Hiyoshi-ya` and `hiyoshiya` become
    `hiyosiya`; `Kōchi`, `Kouchi` and `Kochi` become `koti`.
    """
    return _smoothed("".join(map(_romaji, folded_words)))


@lru_cache(maxsize=16_384)
def word_skeleton(word: str) -> str:
    """The skeleton of one folded word."""
    return skeleton([word])


def unfinished(letters: str) -> tuple[str, ...]:
    """The skeletons of which a text that is still being typed may be the beginning."""
    others = [letters]
    for end, reading in (("c", "t"), ("m", "n"), ("sy", "s"), ("ty", "t"), ("zy", "z")):
        if letters.endswith(end):
            others.append(letters[: -len(end)] + reading)
    if letters.endswith("d"):
        others.append(letters[:-1] + "z")
    return tuple(others)
