"""References for other programs, read back by programs that were made for them."""

from __future__ import annotations

import json

import pytest
import rispy

from casebook.book.connection import Book
from casebook.book.sources import sources
from casebook.exports.formats import ReferenceFormat
from casebook.exports.pandoc import run_pandoc
from casebook.exports.references import references
from tests.casebook.exports.conftest import SCRIPT


def test_csl_json_is_the_books(shipped: Book) -> None:
    every = sources(shipped)
    items = json.loads(references(every, ReferenceFormat.CSL_JSON, "book"))
    assert [item["id"] for item in items] == [source.slug for source in every]
    assert items[2]["author"] == [{"family": "Mitsui", "given": "Itsutomo"}]


def test_bibtex_reads_back(shipped: Book) -> None:
    every = sources(shipped)
    text = references(every, ReferenceFormat.BIBTEX, "book")
    back = json.loads(run_pandoc(["-f", "bibtex", "-t", "csljson"], text.encode()))
    assert {item["id"] for item in back} == {source.slug for source in every}
    mitsui = next(item for item in back if item["id"] == "mitsui2010")
    assert mitsui["title"].startswith("Niches for SME")


def test_ris_reads_back(shipped: Book) -> None:
    every = sources(shipped)
    back = rispy.loads(references(every, ReferenceFormat.RIS, "book"))
    assert [item["id"] for item in back] == [source.slug for source in every]
    by_id = {item["id"]: item for item in back}
    assert by_id["mitsui2010"]["authors"] == ["Mitsui, Itsutomo"]
    assert by_id["mitsui2010"]["year"] == "2010"
    assert by_id["mitsui2010"]["notes"] == ["The date is inferred."]
    assert by_id["florida2002"]["type_of_reference"] == "BOOK"
    assert by_id["asahi2010"]["date"] == "2010/08/16/"
    assert by_id["mitsui2007b"]["secondary_authors"] == ["Watanabe, Y."]


def test_a_list_to_read(shipped: Book) -> None:
    lines = references(sources(shipped), ReferenceFormat.TEXT, "apa").splitlines()
    assert len(lines) == len(sources(shipped))
    assert "Florida, R. (2002). The Rise of the Creative Class. Basic Books." in lines


@pytest.mark.parametrize("form", list(ReferenceFormat))
def test_hostile_titles_stay_titles(hostile: Book, form: ReferenceFormat) -> None:
    text = references(sources(hostile), form, "apa")
    assert "taken" in text
    if form is ReferenceFormat.BIBTEX:
        assert "\\input{x}" not in text
    if form is ReferenceFormat.RIS:
        assert SCRIPT in rispy.loads(text)[0]["title"]
