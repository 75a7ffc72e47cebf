"""A table of cases becomes entries that check clean; what is not clear is told and left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.errors import CasebookError
from casebook.imports.plan import Status
from tests.casebook.imports.tables import (
    entry,
    imported,
    new_pack,
    planned,
    told,
    write_csv,
    write_workbook,
)
from tests.conftest import Ran

HEADER = ("Title", "Place", "Years", "Outcome", "Summary")


def test_a_dry_run_writes_nothing_and_says_what_it_would(
    tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    pack = new_pack(tmp_path)
    table = write_csv(
        tmp_path / "cases.csv",
        [HEADER, ("Harada Rope", "Oslo, Norway", "c. the war", "success", "It makes ropes.")],
    )
    before = {path: path.read_bytes() for path in pack.rglob("*") if path.is_file()}
    ran = casebook("import", table, "--pack", pack)
    assert ran.code == 0, ran
    assert {path: path.read_bytes() for path in pack.rglob("*") if path.is_file()} == before
    assert "new       firms/harada-rope.md  row 2  Harada Rope" in ran.out
    assert 'C2, Years: "c. the war" is not a clear date (left out)' in ran.out
    assert "Nothing is written yet. With --write, 3 files would be." in ran.out
    written = casebook("import", table, "--pack", pack, "--write", "--json")
    assert written.code == 0, written
    value = json.loads(written.out)
    assert value["written"]
    assert value["remarks"][0]["row"] == 2
    assert value["remarks"][0]["letter"] == "C"
    text = entry(pack, "harada-rope")
    assert '# TODO row 2, Years: "c. the war" is not a clear date' in text
    assert "It makes ropes. [@cases-csv, line 2]" in text
    assert casebook("check", pack).code == 0
    assert casebook("build", pack, "-o", tmp_path / "book.sqlite").code == 0
    shown = casebook("--book", tmp_path / "book.sqlite", "show", "harada-rope")
    assert "It makes ropes." in shown.out
    assert "Oslo, Norway" in shown.out


def test_what_a_row_does_not_tell_is_not_made_up(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    imported(write_csv(tmp_path / "t.csv", [("Title",), ("Alpha",)]), pack)
    text = entry(pack, "alpha")
    assert 'outcome: "open: not told [@own]"' in text
    assert "not-told" in text
    assert "years" not in text
    assert "industry" not in text
    assert "size" not in text


@pytest.mark.parametrize(
    ("cell", "edtf", "remark"),
    [
        ("late 1990s", "[1995..1999]", ""),
        ("2003", "2003", ""),
        ("37622", "2003-01-01", "spreadsheet's number of a day"),
        ("in the end (EDTF [2005..2009])", "[2005..2009]", ""),
        ("03/04/2005", "", "is not a clear date"),
        ("9999", "", "is not a clear date"),
        ("n/a", "", "is read as an empty cell"),
        ("#REF!", "", "is an error of the spreadsheet"),
        ("=A1", "", "is a formula whose value is not saved"),
    ],
)
def test_a_date_is_read_or_told(tmp_path: Path, cell: str, edtf: str, remark: str) -> None:
    if cell == "9999":
        cell, remark = "in 9999", "is not a clear date"
    pack = new_pack(tmp_path)
    plan = imported(write_csv(tmp_path / "t.csv", [("Title", "Years"), ("Alpha", cell)]), pack)
    text = entry(pack, "alpha")
    assert (f'edtf: "{edtf}"' in text) if edtf else ("edtf" not in text)
    assert remark in told(plan)
    if remark and "is read" not in remark and not edtf:
        assert "# TODO row 2, Years" in text


def test_equal_titles_are_told_and_the_first_is_taken(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    rows = [("Title", "Summary"), ("Alpha", "One."), ("alpha ", "Two."), ("", "No name.")]
    plan = imported(write_csv(tmp_path / "t.csv", rows), pack)
    assert 'row 3: "alpha" is the title of row 2 too; this row is left out' in told(plan)
    assert "row 4: the row has no title and is left out" in told(plan)
    assert "One." in entry(pack, "alpha")
    assert plan.count(Status.NEW) == 1


def test_an_entry_that_no_import_wrote_is_left_alone(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    imported(write_csv(tmp_path / "mine.csv", [("Title", "Other names"), ("Alpha", "ALP")]), pack)
    before = entry(pack, "alpha")
    table = write_csv(tmp_path / "t.csv", [("Title",), ("Alpha",), ("ALP",), ("Alpha!",)])
    plan = imported(table, pack)
    assert entry(pack, "alpha") == before
    assert '"Alpha" is already firms/alpha.md' in told(plan)
    assert '"ALP" is already firms/alpha.md' in told(plan)
    assert "Alpha!" in entry(pack, "alpha-2")


def test_columns_are_guessed_by_name_and_said(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    rows = [
        ("Company", "Town", "Employees", "Indutsry", "Remarks", "Remarks", ""),
        ("Alpha", "Oslo", "12", "1394 ropes", "a", "b", "c"),
    ]
    plan = imported(write_csv(tmp_path / "t.csv", rows), pack)
    found = {match.header: (match.column, match.how) for match in plan.sheets[0].matches}
    assert found["Company"] == ("title", "guessed")
    assert found["Town"] == ("place", "guessed")
    assert found["Indutsry"] == ("industry", "guessed")
    assert found["Remarks"] == ("", "not used")
    assert '"Remarks" columns E and F have the same header; E is read' in told(plan)
    assert "cells to the right of the last header are not read" in told(plan)
    assert "12 employees" in entry(pack, "alpha")
    assert "1394 ropes" in entry(pack, "alpha")


def test_a_column_is_what_the_person_says(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    rows = [("Firma", "Ort", "Title"), ("Alpha", "Oslo", "nonsense")]
    table = write_csv(tmp_path / "t.csv", rows)
    imported(table, pack, "Firma=title", "ort=place", "Title=")
    assert "oslo" in entry(pack, "alpha")
    with pytest.raises(CasebookError, match="did you mean 'title'"):
        planned(table, pack, "Firma=titel")
    with pytest.raises(CasebookError, match="no sheet has a column 'Frima'"):
        planned(table, pack, "Frima=title")
    with pytest.raises(CasebookError, match="has no '='"):
        planned(table, pack, "Firma")


def test_a_table_without_titles_is_refused(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    with pytest.raises(CasebookError, match="No column is the title"):
        planned(write_csv(tmp_path / "t.csv", [("Colour", "Weight"), ("red", "3")]), pack)


def test_rows_above_the_header_are_told(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    rows = [("Cases of 2024",), (), HEADER, ("Alpha", "", "", "", "")]
    plan = imported(write_csv(tmp_path / "t.csv", rows), pack)
    assert 'row 1: "Cases of 2024" is above the header and is not read' in told(plan)
    assert "@t-csv, line 4" in json.dumps(dict(plan.texts)) or plan.changes[0].row == 4


@pytest.mark.parametrize(
    ("rating", "word"),
    [("met", "met"), ("Not met", "not met"), ("yes", "met"), ("●", "met"), ("partial", "partly")],
)
def test_a_rating_stands_in_the_column_of_its_point(tmp_path: Path, rating: str, word: str) -> None:
    pack = new_pack(tmp_path)
    rows = [
        ("Title", "success-checklist a", "success-checklist a evidence"),
        ("Alpha", rating, "It went to a show."),
        ("Beta", "7", ""),
        ("Gamma", "", "It has evidence."),
        ("Delta", rating, ""),
    ]
    plan = imported(write_csv(tmp_path / "t.csv", rows), pack)
    assert f'rating: {word}\n    evidence: "It went to a show. [@t-csv, line 2]"' in entry(
        pack, "alpha"
    )
    assert "rating" not in entry(pack, "beta").replace("not a rating", "")
    assert '"7" is not a rating; use met, partly, not met' in told(plan)
    assert "is evidence without a rating" in told(plan)
    assert "which gives no reason" in entry(pack, "delta")


def test_a_row_cites_the_source_that_it_names(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    rows = [
        ("Title", "Summary", "Source", "Locator"),
        ("Alpha", "It makes ropes.", "source", "3"),
        ("Beta", "It makes nets.", "source", "99"),
        ("Gamma", "It makes hooks.", "nobody", ""),
        ("Delta", "It makes bells [@source, para. 4]", "", ""),
    ]
    plan = imported(write_csv(tmp_path / "t.csv", rows), pack)
    assert "It makes ropes. [@source, para. 3]" in entry(pack, "alpha")
    assert "It makes nets. [@t-csv, line 3]" in entry(pack, "beta")
    assert "It makes hooks. [@t-csv, line 4]" in entry(pack, "gamma")
    assert "It makes bells [@source, para. 4]" in entry(pack, "delta")
    assert "source has paragraphs 1 to 10, not 99" in told(plan)
    assert "is not a source in sources.json or on the sheet Sources" in told(plan)


def test_places_are_found_or_made(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    rows = [
        ("Title", "Place", "Country"),
        ("Alpha", "a TOWN", "Japan"),
        ("Beta", "Bergen", "Norway"),
        ("Gamma", "Bergen, Germany", ""),
        ("Delta", "A town; Bergen", ""),
        ("Epsilon", "", "Nrway"),
        ("Zeta", "Atlantis", "Nowhere"),
    ]
    plan = imported(write_csv(tmp_path / "t.csv", rows), pack)
    places = (pack / "places.yaml").read_text(encoding="utf-8")
    assert places.startswith("# Where things happen.")  # comments stay
    assert '{slug: norway, name: Norway, country: "NO"}' in places
    assert '{slug: bergen, name: Bergen, country: "NO", within: norway}' in places
    assert "{slug: bergen-de, name: Bergen, country: DE, within: germany}" in places
    assert 'place: "town [' in entry(pack, "alpha")
    assert 'place: "town, bergen [' in entry(pack, "delta")
    assert 'place: "norway [' in entry(pack, "epsilon")
    assert '"Nrway" is read as Norway' in told(plan)
    assert '"Nowhere" is not a country in ISO 3166' in told(plan)


def test_other_names_have_a_kind_or_are_left_out(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    rows = [
        ("Title", "Other names"),
        ("Harada Rope", "原田製綱; HRD; Cordage (brand); Whatever"),
        ("Other", "Harada Rope"),
    ]
    plan = imported(write_csv(tmp_path / "t.csv", rows), pack)
    text = entry(pack, "harada-rope")
    assert 'text: "原田製綱", kind: native script' in text
    assert "text: HRD, kind: short form" in text
    assert "text: Cordage, kind: brand" in text
    assert '"Whatever" may be a former name' in text
    assert '"Harada Rope" may be' in told(plan) or '"Harada Rope" is a name that is taken' in told(
        plan
    )


@settings(max_examples=60)
@given(
    words=st.lists(
        st.text(max_size=60)
        | st.sampled_from(["[@own]", "- x", "1. x", "# h", "a\n\nb", "[x](y)"]),
        min_size=5,
        max_size=5,
    )
)
def test_any_words_make_a_pack_that_checks(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    pack = new_pack(folder)
    header = ("Title", "Summary", "Text", "Outcome reason", "Size", "Place", "Other names")
    row = ("A" + words[0], *words, words[1])
    cells = [cell.encode("utf-8", "replace").decode().replace("\0", "") for cell in row]
    imported(write_csv(folder / "t.csv", [header, cells]), pack)


def test_a_text_becomes_paragraphs_that_say_the_same(
    tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    pack = new_pack(tmp_path)
    text = "# Nets\n\nIt *made* 2 < 3 [ropes] & nets.\nThen it went.\n\n- one\n- two\n\n1. A year."
    rows = [("Title", "Summary", "Text"), ("Alpha", "S.", text)]
    imported(write_csv(tmp_path / "t.csv", rows), pack)
    assert casebook("build", pack, "-o", tmp_path / "b.sqlite").code == 0
    shown = casebook("--book", tmp_path / "b.sqlite", "show", "alpha").out
    assert "Nets\n----" in shown
    assert "It *made* 2 < 3 [ropes] & nets. Then it went." in shown
    assert "1. A year." in shown


def test_a_long_row_is_told_and_what_can_be_kept_is_kept(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    rows = [
        ("Title", "Summary", "Size", "Text"),
        ("Alpha", "A sentence of it. " * 400, "x" * 6_000, "Long. " * 4_000),
        ("B" * 300, "", "", ""),
    ]
    plan = imported(write_csv(tmp_path / "t.csv", rows), pack)
    assert "A sentence of it." in entry(pack, "alpha").partition("\n---\n")[2]
    assert "it begins the text" in told(plan)
    assert "at most 4500 are allowed there" in told(plan)
    assert "is longer than 250 characters; the row is left out" in told(plan)


def test_fifty_cases_with_all_slips_become_a_book_that_opens(
    tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    pack = new_pack(tmp_path)
    years: list[object] = ["since 1950", 1999, 37622, "c. the war", "#N/A", None, True, "2003-13"]
    outcomes: list[object] = ["success", "failure", "gone", None, "sucess", "n/a"]
    rows: list[list[object]] = [
        ["My cases"],
        [],
        ["Company", "City", "Country", "Period", "Result", "Abstract", "Employees", "Years", ""],
    ]
    places = ["Bergen", "Oslo; Bergen", None, "Köln", 12]
    countries = ["Norway", "NO", "Nowhere", "Deutschland", "日本"]
    rows += [
        [
            "Firm 7" if number in (7, 8) else f"Firm {number}",
            places[number % 5],
            countries[number % 5],
            years[number % len(years)],
            outcomes[number % len(outcomes)],
            f"It [makes] *things* & @ {number}." if number % 3 else "=1+1",
            number,
            "again",
            "beyond the header",
        ]
        for number in range(50)
    ]
    table = write_workbook(tmp_path / "my cases.xlsx", {"Sheet1": rows, "Notes": [["x"]]})
    dry = casebook("import", table, "--pack", pack)
    assert dry.code == 0, dry
    assert casebook("import", table, "--pack", pack, "--write").code == 0
    assert casebook("check", pack).out == f"{pack}: 49 entries, nothing wrong.\n"
    assert casebook("build", pack, "-o", tmp_path / "book.sqlite").code == 0
    listed = casebook("--book", tmp_path / "book.sqlite", "list", "--json")
    assert len(json.loads(listed.out)) == 49
    assert "is the title of row 11 too" in dry.out


def test_a_citation_of_an_unknown_source_is_told_and_is_part_of_no_name(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    table = write_csv(
        tmp_path / "t.csv",
        [
            ("Title", "Place", "Country", "Years", "Outcome", "Summary"),
            ("A", "Bergen [@unknown, p. 3]", "Norway", "1950 [see @emi]", "failed", "Ropes [@x]."),
            (
                "B",
                "Oslo [@source, para. 2]",
                "Norway",
                "1951",
                "failed",
                "Nets [@source, para. 2].",
            ),
        ],
    )
    plan = imported(table, pack)
    assert "[@unknown, p. 3]" in told(plan)
    first, second = entry(pack, "a"), entry(pack, "b")
    written = [line for line in first.splitlines() if "TODO" not in line]
    assert not [line for line in written if "unknown" in line or "emi" in line or "@x" in line]
    assert first.count("cannot be cited: ") == 3
    assert 'summary: "Ropes. [@t-csv, line 2]"' in written
    assert 'summary: "Nets. [@source, para. 2]"' in second
    assert 'place: "oslo [@source, para. 2]"' in second
    assert "unknown" not in (pack / "places.yaml").read_text("utf-8")
