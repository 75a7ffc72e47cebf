"""What rests on a paragraph: all that cites it, each with what it says on its word."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.book.connection import Book, open_book
from casebook.book.pages import page
from casebook.book.resting import resting_on
from casebook.book.sources import source_page, sources, sources_by_slug
from casebook.citations import Citation
from casebook.evidence_documents import CitationPlace, evidence_of, paragraphs_label
from casebook.page_documents import whole_page
from casebook.renderings.text import document_lines
from casebook.statement_kinds import StatementKind
from tests.conftest import SHIPPED_BOOK


@pytest.fixture
def shipped() -> object:
    with open_book(Path(SHIPPED_BOOK)) as book:
        yield book


def test_the_same_entries_rest_on_a_paragraph_as_its_source_names(shipped: Book) -> None:
    seen = 0
    for source in sources(shipped):
        for paragraph in source_page(shipped, source.slug).paragraphs:
            lines = resting_on(shipped, source.slug, [paragraph.number]).lines
            found = {line.entry.slug for line in lines if line.entry}
            assert found == {ref.slug for ref in paragraph.cited_by}, paragraph
            assert all(line.numbers == (paragraph.number,) for line in lines)
            seen += len(found)
    assert seen > 300


def test_each_statement_is_found_where_it_is_said_to_stand(shipped: Book) -> None:
    lines = resting_on(shipped, "mitsui2010", range(61, 65)).lines
    on_pages = [line for line in lines if line.entry]
    assert {line.kind for line in on_pages} >= {
        StatementKind.PASSAGE,
        StatementKind.EVENT,
        StatementKind.ASSESSMENT,
        StatementKind.FIGURE,
        StatementKind.RELATION,
        StatementKind.SETTING,
    }
    documents = {}
    for line in on_pages:
        assert line.entry is not None
        slug = line.entry.slug
        if slug not in documents:
            documents[slug] = whole_page(page(shipped, slug))
        assert documents[slug].index_of(line.anchor) is not None, line


def test_of_a_passage_the_words_before_the_citation_are_told(shipped: Book) -> None:
    lines = resting_on(shipped, "mitsui2010", [62]).lines
    told = [
        line.words
        for line in lines
        if line.entry and line.entry.slug == "asiro-gentian-alliance" and "Chile" in line.words
    ]
    assert any(
        words.startswith("in 2003 production for the American market was put out") for words in told
    ), told


def test_what_stands_at_the_citation_itself_is_not_told_beside_it(shipped: Book) -> None:
    known = sources_by_slug(shipped, ["mitsui2010"])
    cited = [Citation("mitsui2010", "paras. 61-64", False)]
    whole = evidence_of(shipped, cited, known)
    rest = evidence_of(shipped, cited, known, CitationPlace("asiro-gentian-alliance", "passage:0"))
    summary = "Gentian growers of a remote village in northern Japan decided"
    assert any(summary in block.text.plain for block in whole.blocks)
    assert not any(summary in block.text.plain for block in rest.blocks)
    titles = [block.text.plain for block in rest.blocks]
    assert titles[0] == "Mitsui 2010 \N{PILCROW SIGN}61-64"
    assert titles[1] == "Grade A, read whole."
    assert titles[2] == "Asiro's gentian growers and their search for partners"
    assert "Asiro (region)" in titles
    assert titles.index("On this page") > titles.index("Asiro (region)")
    assert document_lines(rest, 60)


def test_the_books_own_words_rest_on_nothing(shipped: Book) -> None:
    found = evidence_of(shipped, [Citation("own", "", False)], {})
    assert "no source says this" in found.blocks[0].text.plain


@pytest.mark.parametrize(
    ("numbers", "label"),
    [((61,), "¶61"), ((61, 62, 63, 66), "¶61-63, 66"), ((1, 3, 4), "¶1, 3-4")],
)
def test_paragraphs_are_named_as_citations_name_them(numbers: tuple[int, ...], label: str) -> None:
    assert paragraphs_label(numbers) == label


def test_what_is_not_read_of_many_statements_is_said(
    shipped: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.book.resting.MOST_ROWS", 5)
    assert not resting_on(shipped, "mitsui2010", [61]).is_whole
    cited = [Citation("mitsui2010", "para. 61", False)]
    found = evidence_of(shipped, cited, sources_by_slug(shipped, ["mitsui2010"]))
    assert found.blocks[-1].text.plain == "and more entries, which the source's page names."
