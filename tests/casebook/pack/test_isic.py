"""Finding the code of an industry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.pack.isic import everyday_words, found_codes, labels


def test_every_everyday_word_belongs_to_a_class_that_there_is() -> None:
    assert set(everyday_words()) <= set(labels())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("knives", "2593"), ("knife", "2593"), ("knifes", "2593"), ("ice cream", "1050"), ("umbrellas", "3290"),
        ("growing of rice", "0112"), ("sake", "1102"), ("sofware publishing", "5820"), ("2432", "2432"),
        ("bell foundry", "2432"), ("Porcelain", "2393"),
    ],
)  # fmt: skip
def test_the_first_code_is_the_one_that_is_meant(words: str, code: str) -> None:
    assert found_codes(words)[0][0] == code


def test_a_group_has_its_classes() -> None:
    assert [code for code, _ in found_codes("259")] == ["259", "2591", "2592", "2593", "2599"]


@given(st.text(max_size=40))
def test_any_words_are_taken(words: str) -> None:
    assert all(labels()[code] == label for code, label in found_codes(words))
