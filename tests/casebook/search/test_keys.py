"""The keys of a name: fold, skeleton, grams, and lists of numbers as blobs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.search.folding import fold, fold_with_origin, skeleton, unfinished, words
from casebook.search.grams import asked_grams, grams_of, packed, unpacked
from casebook.search.tokens import tokens_of, wanted_tokens


def skeleton_of(text: str) -> str:
    return skeleton(words(fold(text)))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kōchi", "Kouchi", "Kochi", "ＫＯＣＨＩ", "コウチ", "こうち", "ｺｳﾁ", "Kôchi", "Koti"),
        ("Asiro", "Ashiro", "アシロ", "あしろ"),
        ("Hiyoshi-ya", "hiyoshiya", "HIYOSHI YA", "Hiyoshi‐ya", "ひよしや", "Hiyosiya"),
        ("Nosaku", "Nousaku", "Nōsaku", "のうさく"),
        ("shimbun", "shinbun", "シンブン"),
        ("Jusei", "Zyusei", "ジュセイ"),
        ("Satoh", "Satou", "Satō", "さとう"),
        ("Fuji", "Huzi", "フジ", "ﾌｼﾞ"),
        ("O'Brien", "OBrien", "O’Brien"),
        ("Łódź", "Lodz"),
    ],
)
def test_spellings_of_one_name_are_one(spellings: tuple[str, ...]) -> None:
    assert len({skeleton_of(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("name", "other"), [("かき", "がき"), ("Nosaku", "Nosoku"), ("ハ", "バ")])
def test_other_names_stay_other(name: str, other: str) -> None:
    assert skeleton_of(name) != skeleton_of(other)


@given(st.text(alphabet="abcdefghijkmnosuy āōū-'", max_size=20), st.integers(0, 20))
def test_what_is_typed_so_far_stays_a_beginning(name: str, end: int) -> None:
    letters = "".join(words(fold(name)))
    typed = letters[:end]
    assert skeleton([letters]).startswith(unfinished(skeleton([typed])) if typed else "")


@given(st.text(max_size=60))
def test_the_fold_knows_where_each_letter_comes_from(text: str) -> None:
    folded, origin = fold_with_origin(text)
    assert folded == fold(text)
    assert len(origin) == len(folded) + 1
    assert origin == sorted(origin)
    assert origin[-1] == len(text)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.sets(st.integers(0, 2**32 - 1), min_size=1, max_size=50))
def test_numbers_come_back_from_their_blob(numbers: set[int]) -> None:
    assert unpacked(packed(sorted(numbers))) == sorted(numbers)


@pytest.mark.parametrize("damaged", [b"", b"\x01", b"\x09aaaa", b"\x04aaaab", None, "text", 7])
def test_a_damaged_blob_holds_nothing(damaged: object) -> None:
    assert unpacked(damaged) == []


@pytest.mark.parametrize("typo", ["ashro", "asro", "aisro", "asixo", "asiiro", "sairo"])
def test_a_typo_in_a_short_name_leaves_grams_in_common(typo: str) -> None:
    name = grams_of(["asiro"])
    worth = asked_grams([typo])
    assert (name.whole | name.shortened) & worth.keys()


def test_kanji_have_grams_of_one_and_two() -> None:
    held = grams_of(["日吉屋"]).pieces
    for part in ("日吉", "吉屋", "屋"):
        assert grams_of([part]).pieces & held


def test_tokens_of_running_text() -> None:
    tokens = tokens_of(fold("Hiyoshi-ya's 日吉屋 in Kyōto"))
    assert {"hiyoshi", "ya", "hiyoshiya", "日吉", "吉屋", "屋", "in", "kyoto"} <= tokens
    assert wanted_tokens("日吉屋") == ["日吉", "吉屋"]
