"""The terms of the glossary in running text, and the pages that use them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.book.connection import Book, open_book
from casebook.book.entries import slugs
from casebook.book.lists import term, terms
from casebook.book.pages import page
from casebook.book.source_values import SourceLine, TermLine
from casebook.document import DocBlock, Document, Set
from casebook.glossary import TermFinder
from casebook.glossary_uses import term_document, used_in, uses_of
from casebook.page_documents import facts, references, story, whole_page
from casebook.text import Mark, MarkKind, Text
from tests.conftest import SHIPPED_BOOK


@pytest.fixture(scope="module")
def shipped() -> Iterator[Book]:
    with open_book(SHIPPED_BOOK) as book:
        yield book


def _term(slug: str, name: str, *aliases: str) -> TermLine:
    return TermLine(slug, name, aliases, "A definition.", None, ())


FINDER = TermFinder(
    (
        _term("cluster", "Industrial cluster", "cluster"),
        _term("niche", "Niche cluster"),
        _term("sme", "SME", "small firm"),
        _term("le", "LE"),
        _term("spin-out", "Spin-out"),
        _term("rindo", "Rindō", "gentian", "りんどう"),
        _term("industry", "Local industry"),
    )
)


def _found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], slug) for start, end, slug in FINDER.found_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An industrial cluster, a cluster.", ["industrial cluster", "cluster"]),
        ("Niche clusters and CLUSTERS", ["Niche clusters", "CLUSTERS"]),
        ("two local industries", ["local industries"]),
        ("SMEs, an SME; no smes, no sme", ["SMEs", "SME"]),
        ("le petit", []),
        ("a spin out of the spin-outs", ["spin out", "spin-outs"]),
        ("Rindo, RINDŌ and Ｒｉｎｄｏ", ["Rindo", "RINDŌ", "Ｒｉｎｄｏ"]),
        ("安代りんどうの花 and リンドウ", ["りんどう", "リンドウ"]),
        ("clustered, encluster, gentianella", []),
        ("small. Firm", []),
        ("small  firms", []),
        ("small-firm policy", ["small-firm"]),
        ("the cluster's edge", ["cluster"]),
    ],
)
def test_whole_words_are_found_however_they_are_spelt(text: str, found: list[str]) -> None:
    assert [words for words, _ in _found(text)] == found


def test_the_longest_name_is_meant() -> None:
    assert _found("niche cluster") == [("niche cluster", "niche")]
    assert _found("industrial niche cluster") == [("niche cluster", "niche")]


@given(
    st.lists(st.sampled_from(["niche", "clusters", "りんどう", "SME", "ß", "İ", ". ", " ", "x́"]))
)
def test_what_is_found_is_in_order_and_does_not_overlap(parts: list[str]) -> None:
    text = " ".join(parts)
    found = FINDER.found_in(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


def _marked(*blocks: DocBlock, sources: dict[str, SourceLine] | None = None) -> list[list[str]]:
    document = FINDER.marked(Document("", blocks, sources or {}))
    return [
        [
            f"{block.text.plain[mark.start : mark.end]} {mark.target}"
            for mark in block.text.marks
            if mark.kind is MarkKind.LINK
        ]
        for block in document.blocks
    ]


def test_a_term_is_marked_once_a_section() -> None:
    found = _marked(
        DocBlock(Set.TITLE, Text("A cluster")),
        DocBlock(Set.PARAGRAPH, Text("A cluster and a cluster")),
        DocBlock(Set.ITEM, Text("a cluster, an SME")),
        DocBlock(Set.HEADING, Text("The cluster"), level=2),
        DocBlock(Set.PARAGRAPH, Text("The cluster")),
        DocBlock(Set.CODE, Text("SME")),
    )
    assert found == [
        [],
        ["cluster term:cluster"],
        ["SME term:sme"],
        [],
        ["cluster term:cluster"],
        [],
    ]


def test_links_and_titles_of_sources_have_no_marks() -> None:
    link = Mark(0, 11, MarkKind.LINK, "entry:x")
    source = SourceLine(
        "s", "S", "S.", '{"id":"s","type":"book","title":"Niches for SME"}', True, None, ""
    )
    found = _marked(
        DocBlock(Set.PARAGRAPH, Text("The cluster", (link,))),
        DocBlock(Set.PARAGRAPH, Text("In niches for SME it says so")),
        DocBlock(Set.PARAGRAPH, Text("In Small firms", (Mark(3, 14, MarkKind.EMPHASIS),))),
        DocBlock(Set.PARAGRAPH, Text("a cluster of small firms")),
        sources={"s": source},
    )
    assert found == [
        ["The cluster entry:x"],
        [],
        [],
        ["cluster term:cluster", "small firms term:sme"],
    ]


def test_marks_change_no_words_and_no_citations(shipped: Book) -> None:
    finder = TermFinder(terms(shipped))
    marked = 0
    for slug in slugs(shipped):
        found = page(shipped, slug)
        before = story(found) + facts(found) + references(found)
        after = finder.marked(before)
        assert [b.text.plain for b in after.blocks] == [b.text.plain for b in before.blocks]
        for old, new in zip(before.blocks, after.blocks, strict=True):
            assert new.text.marks[: len(old.text.marks)] == old.text.marks
            assert new.text.citations == old.text.citations
            marked += len(new.text.marks) - len(old.text.marks)
    assert marked > 200


def test_a_term_is_used_by_the_entries_in_whose_texts_it_stands(shipped: Book) -> None:
    """Held against a reading of all pages, without the help of SQL."""
    finder = TermFinder(terms(shipped))
    using: dict[str, set[str]] = {slug: set() for slug in finder.terms}
    for slug in slugs(shipped):
        found = page(shipped, slug)
        texts = [p.text.plain for p in found.passages if p.block not in ("heading", "code")]
        texts += [found.entry.setting.size, *(line.evidence for line in found.assessments)]
        texts += [line.label for line in found.own_events] + [p.note for p in found.people]
        texts += [line.note for line in found.relations if not line.is_inverse]
        about = (f for f in found.figures if slug in [ref.slug for ref in f.about])
        texts += [figure.measures for figure in about]
        for text in texts:
            for occurrence in finder.found_in(text):
                using[occurrence.term].add(slug)
    for slug, expected in using.items():
        uses = uses_of(shipped, finder, slug)
        assert {use.entry.slug for use in uses} == expected, slug
        for use in uses:
            start, end = use.span
            occurrences = finder.found_in(use.words[start:end])
            assert [each.term for each in occurrences] == [slug]
            document = whole_page(page(shipped, use.entry.slug))
            assert document.index_of(use.anchor) is not None
    assert sum(map(len, using.values())) > 100


def test_the_page_of_a_term_names_its_entries(shipped: Book) -> None:
    found = term(shipped, "rindo")
    assert found is not None
    uses = uses_of(shipped, TermFinder(terms(shipped)), "rindo")
    document = term_document(found, {}, uses)
    words = [block.text.plain for block in document.blocks]
    assert words[0] == "Rindo"
    assert f"Used in {len(uses)} entries" in words
    targets = [mark.target for block in document.blocks for mark in block.text.marks]
    assert "entry:asiro-gentian-alliance#passage:0" in targets
    assert used_in([]) == "No entry uses this term"
    assert used_in(uses[:1]) == "Used in 1 entry"
    assert term(shipped, "no-such-term") is None
