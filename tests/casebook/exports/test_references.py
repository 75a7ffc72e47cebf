"""References for other programs, read back by programs that were made for them."""

from __future__ import annotations

import json
import re

import pytest
import rispy

from casebook.book.connection import Book
from casebook.book.source_values import SourceLine
from casebook.book.sources import sources
from casebook.exports.citation_styles import worded
from casebook.exports.formats import ReferenceFormat
from casebook.exports.pandoc import run_pandoc
from casebook.exports.paper import plain
from casebook.exports.references import references
from casebook.pack.sources import SourceItem
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


def _source(**item: object) -> SourceLine:
    return SourceLine("s1", "Label 1999", "", json.dumps({"id": "s1", **item}), True, None, "")


FOREIGN = _source(
    type="article-journal",
    title="Die Rolle der kleinen Betriebe",
    language="de",
    DOI="10.1000/x_y.1",
    author=[{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
    issued={"date-parts": [[1999]], "circa": True},
)


def test_bibtex_keeps_the_doi_circa_and_a_foreign_title() -> None:
    text = references([FOREIGN], ReferenceFormat.BIBTEX, "book")
    assert "doi = {10.1000/x_y.1}" in text
    assert "The date is inferred." in text
    assert "{{Die Rolle der kleinen Betriebe}}" in text
    (back,) = json.loads(run_pandoc(["-f", "bibtex", "-t", "csljson"], text.encode()))
    assert back["DOI"] == "10.1000/x_y.1"
    assert re.sub(r"<[^>]*>", "", back["title"]) == "Die Rolle der kleinen Betriebe"
    assert "author = {van den Berg, Jan}" in text


def test_biblatex_has_the_date_as_edtf_and_the_language() -> None:
    text = references([FOREIGN], ReferenceFormat.BIBLATEX, "book")
    assert "date = {1999~}" in text
    assert "doi = {10.1000/x_y.1}" in text
    assert text.count("doi =") == 1
    assert "langid = {de}" in text
    (back,) = json.loads(run_pandoc(["-f", "biblatex", "-t", "csljson"], text.encode()))
    assert back["issued"]["circa"]
    assert re.sub(r"<[^>]*>", "", back["title"]) == "Die Rolle der kleinen Betriebe"


def test_a_doi_cannot_leave_its_field() -> None:
    hostile = _source(type="book", title="T", DOI="10.1000/x}, note = {\\input{y}")
    text = references([hostile], ReferenceFormat.BIBTEX, "book")
    assert "doi =" not in text


def test_a_speech_is_no_hearing_in_ris() -> None:
    speech, hearing = _source(type="speech", title="T"), _source(type="hearing", title="T")
    back = rispy.loads(references([speech, hearing], ReferenceFormat.RIS, "book"))
    assert [item["type_of_reference"] for item in back] == ["SLIDE", "HEAR"]


def test_the_books_own_style_has_particles_and_italics() -> None:
    item = {
        "id": "berg1999", "type": "article-journal", "title": "Small firms",
        "author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
        "issued": {"date-parts": [[1999]]}, "container-title": "Firms",
    }  # fmt: skip
    read = SourceItem.model_validate(item)
    assert read.label == "van den Berg 1999"
    assert read.reference == "van den Berg, Jan (1999). Small firms. Firms."
    line = SourceLine("berg1999", read.label, read.reference, json.dumps(item), True, None, "")
    ((_, words),) = worded((), {"berg1999": line}, "book", all_sources=True).references
    assert [run.words for run in words if run.emphasis] == ["Firms"]
    assert plain(words) == f"{read.label}: {read.reference}"
    book = line._replace(csl=json.dumps({**item, "type": "book"}))
    ((_, words),) = worded((), {"berg1999": book}, "book", all_sources=True).references
    assert [run.words for run in words if run.emphasis] == ["Small firms"]
