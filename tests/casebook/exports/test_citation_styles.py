"""Citations and references in the words of a style."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from casebook.book.connection import Book
from casebook.book.source_values import SourceLine
from casebook.book.sources import sources
from casebook.citations import OWN, Citation
from casebook.csl import csl_item
from casebook.errors import CasebookError
from casebook.exports import citation_styles, pandoc
from casebook.exports.citation_styles import default_style, worded
from casebook.exports.extras import MissingError
from casebook.exports.options import Style
from casebook.exports.paper import plain

RANGE = (Citation("mitsui2010", "paras. 61-64, 66"),)
INFERRED = (Citation("kawai2012", "para. 3", True), Citation("mitsui2010", "para. 9"))


def _sources(book: Book) -> dict[str, SourceLine]:
    return {source.slug: source for source in sources(book)}


@pytest.mark.parametrize(
    ("style", "in_text", "reference"),
    [
        ("book", "[Mitsui 2010 ¶61-64, 66]", "Mitsui 2010: Mitsui, Itsutomo (2010). Niches for"),
        ("apa", "(Mitsui, ca. 2010, paras. 61–64, 66)", "Mitsui, I. (ca. 2010). Niches for SME"),
        ("harvard", "(Mitsui, 2010, paras. 61-64, 66)", "Mitsui, I. (2010) ‘Niches for SME"),
        ("chicago", "(Mitsui [2010?], paras. 61–64, 66)", "Mitsui, Itsutomo. [2010?]. “Niches"),
        ("mla", "(Mitsui, pars. 61–64, 66)", "Mitsui, Itsutomo. “Niches for SME"),
    ],
)
def test_styles(shipped: Book, style: str, in_text: str, reference: str) -> None:
    found = worded([RANGE], _sources(shipped), style)
    assert plain(found.in_text[RANGE]) == in_text
    assert [slug for slug, _ in found.references] == ["mitsui2010"]
    assert plain(found.references[0][1]).startswith(reference)


def test_inferences_and_the_books_own_words_are_said(shipped: Book) -> None:
    own, both = (Citation(OWN),), (Citation("mitsui2010", "p. 3"), Citation(OWN))
    found = worded([INFERRED, own, both], _sources(shipped), "apa").in_text
    assert plain(found[INFERRED]) == (
        "(inferred from Kawai, ca. 2012, para. 3; Mitsui, ca. 2010, para. 9)"
    )
    assert plain(found[own]) == "[the book's own words]"
    assert plain(found[both]) == "(Mitsui, ca. 2010, p. 3) [the book's own words]"


def test_titles_are_emphasised_as_the_style_wants(shipped: Book) -> None:
    (_, runs), *_ = worded([RANGE], _sources(shipped), "apa").references
    assert [run.words for run in runs if run.emphasis] == [
        "Niches for SME in Regionalization and Globalization:"
        " Japanese experiences in the 21st Century"
    ]


def test_two_works_of_a_year_are_told_apart(shipped: Book) -> None:
    group = (Citation("mitsui2007a"), Citation("mitsui2007b"))
    found = worded([group], _sources(shipped), "apa")
    assert plain(found.in_text[group]) == "(Mitsui, 2007a, 2007b)"


def test_every_source_has_its_reference_in_every_style(shipped: Book) -> None:
    every = _sources(shipped)
    for style in Style:
        found = worded([], every, style, all_sources=True)
        assert {slug for slug, _ in found.references} == set(every)
        assert all(len(plain(words)) > 8 for _, words in found.references)


def test_a_style_of_ones_own(shipped: Book, tmp_path: Path) -> None:
    own = tmp_path / "own.csl"
    styles = Path(citation_styles.__file__).parent / "styles"
    own.write_bytes((styles / "harvard-cite-them-right.csl").read_bytes())
    assert "Mitsui, 2010" in plain(worded([RANGE], _sources(shipped), str(own)).in_text[RANGE])
    own.write_text("no style at all", encoding="utf-8")
    with pytest.raises(CasebookError, match="is not XML, and so not a citation style"):
        worded([RANGE], _sources(shipped), str(own))


def test_an_unknown_style_is_said(shipped: Book) -> None:
    with pytest.raises(CasebookError, match="no citation style 'vancouver'; use book, apa"):
        worded([RANGE], _sources(shipped), "vancouver")


def test_without_pandoc_the_book_has_its_own_style(
    shipped: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pandoc, "pandoc_path", lambda: None)
    monkeypatch.setattr(citation_styles, "pandoc_path", lambda: None)
    assert default_style() == "book"
    assert plain(worded([RANGE], _sources(shipped), "book").in_text[RANGE])
    with pytest.raises(MissingError, match=r"pip install 'casebook\[export\]'"):
        worded([RANGE], _sources(shipped), "apa")


@pytest.mark.parametrize(
    "csl",
    [
        "",
        "[]",
        "{" * 5000,
        '{"type": 3, "title": ["x"]}',
        '{"title": "<script>x</script> [@m] *a* ![](file:///etc/passwd)", "id": "evil"}',
        '{"title": "x", "author": "nobody", "issued": "yesterday"}',
    ],
)
def test_a_damaged_source_is_referred_to_or_refused_in_words(csl: str) -> None:
    source = SourceLine("s", "S 2000", "S (2000). Title.", csl, True, None, "")
    group = (Citation("s", "para. 1"),)
    try:
        found = worded([group], {"s": source}, "apa")
    except CasebookError as error:
        assert "pandoc gave up" in error.message
        return
    assert plain(found.in_text[group])
    assert "root:" not in plain(found.references[0][1])


def test_the_item_goes_without_what_is_casebooks_own(shipped: Book) -> None:
    for source in sources(shipped):
        item = csl_item(source)
        assert item["id"] == source.slug
        assert "custom" not in item
        assert json.loads(json.dumps(item)) == item


@pytest.mark.skipif(os.name != "posix", reason="the limit is that of a POSIX shell")
def test_pandoc_is_ended_within_its_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It had a minute, and any command is to end within ten seconds of CPU."""
    assert pandoc.LONGEST_CPU_SECONDS < 10
    endless = tmp_path / "pandoc"
    endless.write_text("#!/bin/sh\nwhile :; do :; done\n", encoding="utf-8")
    endless.chmod(0o755)
    monkeypatch.setattr(pandoc, "pandoc_path", lambda: str(endless))
    monkeypatch.setattr(pandoc, "LONGEST_CPU_SECONDS", 1)
    with pytest.raises(CasebookError, match="took longer than 1 s"):
        pandoc.run_pandoc([], b"")
