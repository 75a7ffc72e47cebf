"""Citations as authors write them and as they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.citations import (
    Citation,
    CitationError,
    each_place_once,
    numbers_of,
    paragraph_locator,
)
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


def cited(*groups: str) -> list[Citation]:
    return [citation for group in groups for citation in parse_group(group)]


@pytest.mark.parametrize(
    ("groups", "once"),
    [
        (["inferred from @m, para. 66", "@m, para. 66", "inferred from @m, paras. 46, 66"],
         ["@m, para. 66", "inferred from @m, para. 46"]),
        (["@m, para. 27", "@m, paras. 27-28"], ["@m, paras. 27-28"]),
        (["@m, para. 66", "@m, paras. 46, 66"], ["@m, paras. 46, 66"]),
        (["@b, para. 2", "@a, para. 1", "@b, para. 1"], ["@b, paras. 1-2", "@a, para. 1"]),
        (["@a, p. 4", "@a, p. 4", "inferred from @a", "@a"], ["@a, p. 4", "@a"]),
        (["inferred from @m, para. 4", "@m, para. 4"], ["@m, para. 4"]),
        (["@own", "@own"], ["@own"]),
        ([], []),
    ],
)  # fmt: skip
def test_each_place_once(groups: list[str], once: list[str]) -> None:
    assert [citation.pandoc() for citation in each_place_once(cited(*groups))] == once


@given(
    st.lists(
        st.builds(
            Citation,
            st.sampled_from("ab"),
            st.lists(st.integers(1, 9), min_size=1, max_size=4).map(paragraph_locator),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_no_place_is_lost_or_named_twice(citations: list[Citation]) -> None:
    once = each_place_once(citations)
    places = [(cite.source, number) for cite in once for number in cite.paragraphs]
    assert len(places) == len(set(places))
    every = {(cite.source, number): cite for cite in citations for number in cite.paragraphs}
    assert set(places) == set(every)
    stated = {(c.source, n) for c in citations if not c.inferred for n in c.paragraphs}
    assert {(c.source, n) for c in once if not c.inferred for n in c.paragraphs} == stated
    assert [cite.inferred for cite in once] == sorted(cite.inferred for cite in once)


@pytest.mark.parametrize("locator", ["paras. 9-3", "paras. 1-99999", "paras. 1-9999999", "p. 9"])
def test_an_absurd_place_is_kept_as_it_is(locator: str) -> None:
    absurd = Citation("m", locator)
    assert each_place_once([absurd, Citation("m", "para. 2"), absurd]) == (
        absurd,
        Citation("m", "para. 2"),
    )
