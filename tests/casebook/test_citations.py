"""Citations as authors write them and as they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.citations import Citation, CitationError, numbers_of
from casebook.pack.citations import pandoc_group, parse_group, split_trailing


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("@mitsui2010, para. 63", [("mitsui2010", "para. 63", False)]),
        ("@a, paras. 62-64; @b, para. 5", [("a", "paras. 62-64", False), ("b", "para. 5", False)]),
        ("@a, paragraph 3", [("a", "para. 3", False)]),
        ("@a, paras. 3 – 5 , 7", [("a", "paras. 3-5, 7", False)]),
        ("@a, para. 3-5", [("a", "paras. 3-5", False)]),
        ("@a, pp. 12-13", [("a", "pp. 12-13", False)]),
        ("@a, p. iv", [("a", "p. iv", False)]),
        ("@a, ch. 3", [("a", "chap. 3", False)]),
        ("@a", [("a", "", False)]),
        ("@own", [("own", "", False)]),
        ("inferred from @a, para. 2", [("a", "para. 2", True)]),
    ],
)
def test_reading(inside: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [tuple(citation) for citation in parse_group(inside)] == expected


@pytest.mark.parametrize(
    "wrong", ["a, para. 3", "@a, foo 3", "@a, para. three", "see @a, para. 3", "@", "@a, para. -3"]
)
def test_what_is_no_citation_says_so(wrong: str) -> None:
    with pytest.raises(CitationError):
        parse_group(wrong)


def test_paragraph_numbers() -> None:
    assert Citation("a", "paras. 62-64, 66").paragraphs == (62, 63, 64, 66)
    assert Citation("a", "para. 3").paragraphs == (3,)
    assert Citation("a", "p. 3").paragraphs == ()
    assert Citation("a").paragraphs == ()


@pytest.mark.parametrize("wrong", ["5-3", "1-9999999", "x"])
def test_absurd_ranges_are_refused(wrong: str) -> None:
    with pytest.raises(CitationError):
        numbers_of(wrong)


def test_citations_that_end_a_text() -> None:
    plain, citations = split_trailing("It sells [@a, para. 1] [@b, para. 2].")
    assert (plain, citations) == ("It sells [@a, para. 1] [@b, para. 2].", ())
    plain, citations = split_trailing("It sells [@a, para. 1] [@b, para. 2]")
    assert plain == "It sells"
    assert [citation.source for citation in citations] == ["a", "b"]


@given(
    st.lists(
        st.builds(
            Citation,
            st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
            st.sampled_from(["", "para. 3", "paras. 3-5, 9", "p. 4", "chap. 2"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_is_read_again(citations: list[Citation]) -> None:
    group = pandoc_group(tuple(citations))
    assert parse_group(group[1:-1]) == tuple(citations)
    assert split_trailing(f"Words {group}") == ("Words", tuple(citations))
