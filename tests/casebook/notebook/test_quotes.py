"""Quotes are found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.notebook.quotes import Certainty, QuotePlace, Texts, quote_of
from casebook.notebook.quotes import find as find_among
from casebook.notebook.values import AROUND, Quote

STORY = [
    ("passage:0", "A foundry in Takaoka that began with altar fittings."),
    ("passage:1", "It cast bells, and the bells sold. Then it cast tableware, and that sold too."),
    ("passage:2", "A buyer asked for wind-bells; the shop assistants asked for tableware."),
]


def find(quote: Quote, place: str, texts: list[tuple[str, str]]) -> QuotePlace | None:
    return find_among(quote, place, Texts(texts))


def _quote(number: int, words: str, nth: int = 0) -> tuple[Quote, str]:
    place, text = STORY[number]
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return quote_of(text, at, at + len(words)), place


def _words(found: QuotePlace | None, texts: list[tuple[str, str]]) -> str:
    assert found is not None
    return dict(texts)[found.place][found.start : found.end]


def test_where_it_was() -> None:
    quote, place = _quote(1, "bells", 1)
    found = find(quote, place, STORY)
    assert found == QuotePlace(
        place, STORY[1][1].rindex("bells"), STORY[1][1].rindex("bells") + 5, Certainty.SAME
    )


def test_after_a_passage_was_put_before_it() -> None:
    quote, place = _quote(1, "cast tableware")
    moved = [
        ("passage:0", "New."),
        *((f"passage:{n + 1}", text) for n, (_, text) in enumerate(STORY)),
    ]
    found = find(quote, place, moved)
    assert found is not None
    assert (found.place, found.certainty) == ("passage:2", Certainty.MOVED)
    assert _words(found, moved) == "cast tableware"


def test_the_words_around_tell_two_like_places_apart() -> None:
    texts = [("passage:0", "The levy rose. The levy fell. The levy rose again.")]
    for start in (0, 15, 30):
        quote = quote_of(texts[0][1], start, start + 8)
        found = find(quote, "passage:0", texts)
        assert found is not None
        assert found.start == start


def test_after_the_words_were_reworked() -> None:
    quote, place = _quote(2, "the shop assistants asked for tableware")
    changed = [
        *STORY[:2],
        (
            "passage:2",
            "A buyer asked for wind-bells. The shop's assistants had asked for tableware.",
        ),
    ]
    found = find(quote, place, changed)
    assert found is not None
    assert found.certainty is Certainty.CHANGED
    assert "assistants had asked for tableware" in _words(found, changed)


def test_after_lines_were_broken_otherwise() -> None:
    quote, place = _quote(2, "asked for wind-bells; the shop")
    broken = [(place, STORY[2][1].replace("for wind-bells; the", "for\n  wind-bells;\tthe"))]
    found = find(quote, place, broken)
    assert found is not None
    assert found.certainty is Certainty.SAME
    assert _words(found, broken) == "asked for\n  wind-bells;\tthe shop"


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [("passage:1", "")],
        [("passage:1", "Quite another story about woollen cloth from Bishu.")],
    ],
)
def test_gone_is_gone(texts: list[tuple[str, str]]) -> None:
    quote, place = _quote(1, "It cast bells, and the bells sold")
    assert find(quote, place, texts) is None


def test_a_short_word_is_not_found_by_likeness() -> None:
    assert find(Quote("bells"), "passage:1", [("passage:1", "belts and balls")]) is None


@given(st.text(min_size=1, max_size=200), st.data())
def test_any_words_are_found_where_they_are(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = quote_of(text, start, end)
    assert len(quote.prefix) <= AROUND
    found = find(quote, "p", [("p", text)])
    if text[start:end].strip():
        assert found is not None
        assert " ".join(text[found.start : found.end].split()) == " ".join(text[start:end].split())
    else:
        assert found is None


@given(
    st.text(max_size=40),
    st.text(max_size=40),
    st.lists(st.tuples(st.text(max_size=3), st.text(max_size=60)), max_size=4),
)
def test_nothing_that_is_stored_makes_it_fail(
    exact: str, around: str, texts: list[tuple[str, str]]
) -> None:
    found = find(Quote(exact, around, around), "p", texts)
    if found is not None:
        assert any(
            place == found.place and 0 <= found.start < found.end <= len(text)
            for place, text in texts
        )


_SENTENCE = "In 2009 the sales of Nosaku fell by 30 % and the foundry did not hire."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fell by 30 %", "fell by 80 %"),
        ("fell by 30 %", "rose by 30 %"),
        ("fell by 30 %", "rose by 80 %"),
        ("did not hire", "did hire"),
        ("fell by", "never fell by"),
        ("Nosaku", "Kinoshita"),
        ("2009", "2010"),
    ],
)
@pytest.mark.parametrize("place", ["passage:0", "passage:5"])
def test_a_note_does_not_move_to_a_lookalike(old: str, new: str, place: str) -> None:
    quote = quote_of(_SENTENCE, 0, len(_SENTENCE))
    assert find(quote, "passage:0", [(place, _SENTENCE.replace(old, new))]) is None
    at = _SENTENCE.index(old)
    few = quote_of(_SENTENCE, at, at + len(old))
    found = find(few, "passage:0", [(place, _SENTENCE.replace(old, new))])
    assert found is None or found.certainty is Certainty.CHANGED


def test_a_few_words_among_others_are_a_guess() -> None:
    """The words "30 %" stand in both, and say the opposite in one."""
    at = _SENTENCE.index("30 %")
    quote = quote_of(_SENTENCE, at, at + 4)
    for text in (_SENTENCE.replace("fell by", "rose by"), "Of these 30 % were women."):
        found = find(quote, "passage:0", [("passage:0", text)])
        assert found is not None
        assert found.certainty is Certainty.CHANGED
    assert find(quote, "passage:0", [("passage:0", _SENTENCE)]).certainty is Certainty.SAME  # type: ignore[union-attr]


@given(
    st.integers(2, 5000),
    st.integers(2, 5000),
    st.sampled_from(["rose", "fell"]),
    st.sampled_from(["rose", "fell"]),
    st.sampled_from(["", " not"]),
    st.sampled_from(["", " not"]),
    st.sampled_from(["Nosaku", "Asiro"]),
    st.sampled_from(["Nosaku", "Asiro"]),
)
def test_what_is_offered_agrees_in_numbers_negations_and_names(
    number: int, other_number: int, verb: str, other_verb: str,
    negation: str, other_negation: str, name: str, other_name: str,
) -> None:  # fmt: skip
    def said(number: int, verb: str, negation: str, name: str) -> str:
        return f"According to the survey the sales of {name} did{negation} change; they {verb} to {number} bells."

    before = said(number, verb, negation, name)
    after = said(other_number, other_verb, other_negation, other_name) + " That was all."
    found = find(quote_of(before, 0, len(before)), "p", [("p", after)])
    is_same = (number, verb, negation, name) == (
        other_number, other_verb, other_negation, other_name
    )  # fmt: skip
    assert (found is not None) == is_same
