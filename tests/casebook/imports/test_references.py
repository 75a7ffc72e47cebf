"""Lists of references, as other programs write them, become sources of a pack."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.errors import CasebookError
from casebook.imports.reference_text import with_capitals
from casebook.imports.references import plan_references
from casebook.imports.writing import write_plan
from casebook.pack.volumes import check_pack
from tests.casebook.imports.tables import new_pack
from tests.conftest import Ran

BIBTEX = """\
@article{minato:2019, author = {Minato, Hana and M{\\"u}ller, Jo}, title = {Ropes of the
 {Coast}}, journal = {Nets}, year = 2019, doi = {10.1000/ABC}, pages = {3--9}}
@book{vandenBerg/2001, author = {van den Berg, Anna}, title = {Knots}, year = 2001}
"""
BIBLATEX = """\
@article{m19, author = {Minato, Hana}, title = {Ropes of the Coast}, journaltitle = {Nets},
 date = {2019-05}, doi = {10.1000/abc}}
"""
RIS = """\
TY  - JOUR
AU  - Minato, Hana
TI  - Ropes of the Coast
JO  - Nets
PY  - 2019
DO  - 10.1000/abc
ER  -
"""
ENDNOTE = """\
<?xml version="1.0" encoding="UTF-8"?><xml><records><record><ref-type name="Journal Article">17
</ref-type><contributors><authors><author>Minato, Hana</author></authors></contributors>
<titles><title>Ropes of the Coast</title><secondary-title>Nets</secondary-title></titles>
<dates><year>2019</year></dates><electronic-resource-num>10.1000/abc</electronic-resource-num>
</record></records></xml>
"""
CSL = json.dumps([
    {"id": "http://zotero.org/users/1/items/AB12", "type": "article-journal", "DOI": "10.1000/abc",
     "title": "<i>Ropes</i> of the Coast", "author": [{"family": "Minato", "given": "Hana"}],
     "container-title": "Nets", "issued": {"date-parts": [["2019"]]}, "custom": {"x": 1}},
])  # fmt: skip


def _sources(pack: Path) -> dict[str, dict[str, object]]:
    items = json.loads((pack / "sources.json").read_text(encoding="utf-8"))
    return {item["id"]: item for item in items}


@pytest.mark.parametrize(
    ("name", "text"),
    [("r.bib", BIBTEX), ("l.bib", BIBLATEX), ("r.ris", RIS), ("r.xml", ENDNOTE), ("r.json", CSL)],
)
def test_references_become_sources_once(
    tmp_path: Path, name: str, text: str, casebook: Callable[..., Ran]
) -> None:
    pack = new_pack(tmp_path)
    (tmp_path / name).write_text(text, encoding="utf-8")
    before = (pack / "sources.json").read_bytes()
    dry = casebook("import", tmp_path / name, "--pack", pack)
    assert dry.code == 0, dry
    assert (pack / "sources.json").read_bytes() == before
    assert casebook("import", tmp_path / name, "--pack", pack, "--write").code == 0
    added = next(item for item in _sources(pack).values() if "Ropes" in str(item["title"]))
    assert added["title"] == "Ropes of the Coast"
    assert added["type"] == "article-journal"
    assert added["container-title"] == "Nets"
    assert str(added["DOI"]).lower() == "10.1000/abc"
    assert "custom" not in added
    assert casebook("check", pack).code == 0
    # The same work in every other form is there already.
    for other, again in (("2.bib", BIBLATEX), ("2.ris", RIS), ("2.json", CSL)):
        (tmp_path / other).write_text(again, encoding="utf-8")
        ran = casebook("import", tmp_path / other, "--pack", pack)
        assert f"is {added['id']}, which is there already" in ran.out
        assert "There is nothing to write." in ran.out


def test_keys_are_made_ones_that_a_pack_takes_and_told(
    tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    pack = new_pack(tmp_path)
    (tmp_path / "r.json").write_text(CSL, encoding="utf-8")
    ran = casebook("import", tmp_path / "r.json", "--pack", pack, "--write")
    told = "source    minato2019 (was http://zotero.org/users/1/items/AB12)  Ropes of the Coast"
    assert told in ran.out
    assert "minato2019" in _sources(pack)


def test_a_key_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    items = [
        {"id": key, "type": "book", "title": f"Work {number}"}
        for number, key in enumerate(("source", "own", "x", "x", "", "原田"))
    ]
    (tmp_path / "r.json").write_text(json.dumps(items), encoding="utf-8")
    plan = plan_references(tmp_path / "r.json", pack)
    keys = [one.key for one in plan.sources]
    assert keys == ["source-2", "own-2", "x", "x-2", "work", "work-2"]
    write_plan(plan)
    assert not check_pack(pack)[0]


@pytest.mark.parametrize(
    "item",
    [
        {"id": "a"},
        {"id": "a", "title": ""},
        {"id": "a", "type": "book", "title": "T", "author": "Somebody"},
        {"id": "a", "type": 3, "title": "T"},
        "words",
        None,
        {"id": "a", "type": "book", "title": "T", "note": {"deep": {"deeper": []}}},
        {"id": "a", "type": "book", "title": "T", "abstract": "x" * 30_000},
        {"id": "a", "type": "book", "title": "\x1b]0;x\x07T", "issued": {"date-parts": "2019"}},
        {"id": "a", "type": "book", "title": "T", "issued": [2019]},
    ],
)
def test_a_hostile_item_is_told_or_cut_and_the_pack_checks(tmp_path: Path, item: object) -> None:
    pack = new_pack(tmp_path)
    good = {"id": "good", "type": "book", "title": "Good"}
    (tmp_path / "r.json").write_text(json.dumps([item, good]), encoding="utf-8")
    plan = plan_references(tmp_path / "r.json", pack)
    assert [one.key for one in plan.sources][1] == "good"
    assert plan.sources[0].why or plan.sources[0].is_new
    write_plan(plan)
    assert not check_pack(pack)[0]
    assert "\x1b" not in (pack / "sources.json").read_text("utf-8")
    from casebook.pack.build import build_book

    build_book(pack, tmp_path / "book.sqlite")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("r.bib", b"@article{x, title = {", "pandoc cannot read it as BibTeX"),
        ("r.bib", b"", "there is no reference in it"),
        ("r.json", b"{", "it is not JSON"),
        ("r.json", b'"x"', "this is not a list of references"),
        ("r.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><xml/>", "it declares entities"),
        ("r.enw", b"%0 Book", "have EndNote export it"),
        ("none.bib", None, "No such file"),
    ],
)
def test_what_is_no_list_is_one_sentence(
    tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(CasebookError, match=words):
        plan_references(tmp_path / name, new_pack(tmp_path))


def test_a_title_keeps_its_capitals_and_its_signs(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    (tmp_path / "r.bib").write_text(
        "@book{a, title = {Ropes of Japan: A {US} View}, subtitle = {In {\\'E}vry}, year = 2001}\n"
        '@book{b, title = "The {\\"O}resund and Kyoto", year = 2002}\n'
        "@book{c, shorttitle = {x}, title = {Nets {of} Norway}, year = 2003}",
        encoding="utf-8",
    )
    titles = [one.title for one in plan_references(tmp_path / "r.bib", pack).sources]
    assert titles[0] == "Ropes of Japan: A US View: In Évry"
    assert titles[1:] == ["The Öresund and Kyoto", "Nets of Norway"]


@given(st.text(alphabet='title={}"\\ abc,\n', max_size=60))
def test_any_bibtex_keeps_all_but_braces(text: str) -> None:
    changed = with_capitals(text)
    assert changed.replace("{", "").replace("}", "").replace('"', "") == text.replace(
        "{", ""
    ).replace("}", "").replace('"', "")


def test_latin_1_references_are_read_and_told(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    (tmp_path / "r.ris").write_bytes(RIS.replace("Minato", "Müller").encode("latin-1"))
    plan = plan_references(tmp_path / "r.ris", pack)
    assert "Windows-1252" in str(plan.remarks[0])
    assert "Müller" in plan.texts["sources.json"]


def test_ids_of_ris_are_kept_and_those_that_pandoc_makes_are_not(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    other = RIS.replace("Ropes", "Knots").replace("/abc", "/def")
    given = RIS.replace("AU  -", "ID  - ropes-of-the-coast\nAU  -")
    (tmp_path / "r.ris").write_text(f"{given}\n{other}", encoding="utf-8")
    plan = plan_references(tmp_path / "r.ris", pack)
    assert [one.key for one in plan.sources] == ["ropes-of-the-coast", "minato2019"]


@pytest.mark.parametrize(
    ("changed", "is_same"),
    [
        ({}, True),
        ({"DOI": "https://doi.org/10.1000/ABC", "title": "Quite other words"}, True),
        ({"DOI": "10.1000/other"}, False),
        ({"DOI": ""}, True),
        ({"DOI": "", "title": "Ropes: of the coast!"}, True),
        ({"DOI": "", "author": [{"family": "Sato"}]}, False),
        ({"DOI": "", "author": []}, True),
        ({"DOI": "", "issued": {"date-parts": [[2020]]}}, False),
        ({"DOI": "", "issued": {}, "id": "minato2019"}, True),
    ],
)
def test_the_same_work_is_known_again(
    tmp_path: Path, changed: dict[str, object], is_same: bool
) -> None:
    pack = new_pack(tmp_path)
    first = json.loads(CSL)[0]
    (tmp_path / "r.json").write_text(json.dumps([first, first | changed]), encoding="utf-8")
    plan = plan_references(tmp_path / "r.json", pack)
    assert [one.is_new for one in plan.sources] == [True, not is_same]


@pytest.mark.parametrize("name", ["r.bib", "r.ris", "r.xml", "r.json"])
def test_both_commands_add_the_same(
    tmp_path: Path, name: str, casebook: Callable[..., Ran]
) -> None:
    text = {"r.bib": BIBTEX, "r.ris": RIS, "r.xml": ENDNOTE, "r.json": CSL}[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    packs = [new_pack(tmp_path / part) for part in ("imported", "added")]
    assert casebook("import", tmp_path / name, "--pack", packs[0], "--write").code == 0
    assert casebook("new", "source", "--from", tmp_path / name, "--pack", packs[1]).code == 0
    imported, added = ((pack / "sources.json").read_bytes() for pack in packs)
    assert imported == added


def test_an_item_that_is_left_out_is_told(tmp_path: Path, casebook: Callable[..., Ran]) -> None:
    pack = new_pack(tmp_path)
    (tmp_path / "r.json").write_text('[{"id": "a", "type": "book"}]', encoding="utf-8")
    ran = casebook("new", "source", "--from", tmp_path / "r.json", "--pack", pack)
    assert ran.out == "a has no title and is left out.\n"


def test_a_source_is_added_to_a_pack_with_other_errors(
    tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    pack = new_pack(tmp_path)
    (pack / "glossary.yaml").write_text("terms: [", encoding="utf-8")
    (tmp_path / "r.json").write_text(CSL, encoding="utf-8")
    ran = casebook("new", "source", "--from", tmp_path / "r.json", "--pack", pack)
    assert ran.out.endswith("sources.json: @minato2019\n")
