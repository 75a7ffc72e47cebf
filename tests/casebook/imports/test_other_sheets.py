"""The sheets of events, ratings and sources beside the cases."""

from __future__ import annotations

import json
from pathlib import Path

from tests.casebook.imports.tables import Rows, entry, imported, new_pack, told, write_workbook

CASES = [("Title", "Slug"), ("Harada Rope", ""), ("Kvalheim Net", "net")]


def test_events_stand_in_the_case_that_they_name(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    events = [
        ("Case", "When", "Event", "Kind", "Place", "Source", "Locator"),
        ("harada rope", "late 1990s", "It sells in Norway", "export", "Norway", "source", "3"),
        ("net", 2003, "A new net", "Products", "", "", ""),
        ("net", "some day", "It ends", "", "", "", ""),
        ("net", "2005", "A new net", "wedding", "", "", ""),
        ("nobody", "2005", "x", "", "", "", ""),
        ("", "2005", "x", "", "", "", ""),
        ("net", "2006", "", "", "", "", ""),
    ]
    plan = imported(write_workbook(tmp_path / "t.xlsx", {"Events": events, "Cases": CASES}), pack)
    text = entry(pack, "harada-rope")
    assert 'what: "It sells in Norway [@source, para. 3]"' in text
    assert 'when: {text: late 1990s, edtf: "[1995..1999]"}\n    kind: export' in text
    assert "place: norway" in text
    net = entry(pack, "net")
    assert "key: a-new-net\n" in net
    assert "key: a-new-net-2\n" in net
    assert "[@t-xlsx, sec. Events, line 3]" in net
    assert "the event 'It ends' is left out" in net
    for line in (
        'Events D3, Kind: "Products" is read as product (read)',
        "Events D5, Kind: \"wedding\" is not a kind of event; 'other' is used (left out)",
        'Events A6, Case: "nobody" is not a case in this table; the row is left out (left out)',
        "Events row 7: the row names no case and is left out",
        "Events row 8: the row does not say what happened and is left out",
    ):
        assert line in told(plan), line


def test_ratings_stand_in_the_case_that_they_name(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    ratings = [
        ("Case", "Framework", "Point", "Rating", "Evidence"),
        ("net", "success-checklist", "a", "partly", "It tried."),
        ("net", "Success checklist", "A first point", "met", "Twice."),
        ("Harada Rope", "", "A first point", "no", ""),
        ("net", "success-checklist", "z", "met", "x"),
        ("Harada Rope", "success-checklist", "a", "perhaps", "x"),
    ]
    plan = imported(write_workbook(tmp_path / "t.xlsx", {"Cases": CASES, "Ratings": ratings}), pack)
    assert 'rating: partly\n    evidence: "It tried. [@t-xlsx, sec. Assessments, line 2]"' in entry(
        pack, "net"
    )
    assert "rating: not met" in entry(pack, "harada-rope")
    assert "is rated twice; the first rating is used" in told(plan)
    assert "is not a point of a framework in the pack" in told(plan)
    assert '"perhaps" is not a rating' in told(plan)


def test_what_a_source_is_judged_by_is_read_or_told(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    sources = [
        ("Id", "Title", "Grade", "Read", "Accessed"),
        ("one", "Ropes", "b", "In part", "2026-11-05"),
        ("two", "Nets", "D", "partly", "last autumn"),
    ]
    sheets: dict[str, Rows] = {"Cases": [("Title",), ("Alpha",)], "Sources": sources}
    plan = imported(write_workbook(tmp_path / "t.xlsx", sheets), pack)
    items = {item["id"]: item for item in json.loads((pack / "sources.json").read_text("utf-8"))}
    assert items["one"]["custom"] == {"grade": "B", "read": "in part"}
    assert items["one"]["accessed"] == {"date-parts": [[2026, 11, 5]]}
    assert "custom" not in items["two"]
    assert items["two"]["accessed"] == {"raw": "last autumn"}
    assert '"D" is not one of A, B, C' in told(plan)
    assert '"partly" is not one of whole, in part' in told(plan)


def test_sources_are_added_once_with_keys_that_a_pack_takes(tmp_path: Path) -> None:
    pack = new_pack(tmp_path)
    cases = [("Title", "Summary", "Source", "Locator"), ("Alpha", "Ropes.", "minato2019", "p. 4")]
    sources = [
        ("Id", "Type", "Authors", "Year", "Title", "Publication", "DOI"),
        (
            "minato2019",
            "Journal article",
            "Minato, Hana; Sato, Ken",
            2019,
            "Ropes",
            "Nets",
            "10.1/A",
        ),
        ("m 2", "report", "The Ministry and Co", "2018", "Nets", "", ""),
        ("again", "", "", "", "Something else", "", "https://doi.org/10.1/a"),
        ("again2", "", "", "2020", "a document", "", ""),
        ("", "pamphlett", "", "n.d.", "Hooks", "", ""),
        ("none", "", "", "", "", "", ""),
    ]
    plan = imported(write_workbook(tmp_path / "t.xlsx", {"Cases": cases, "Sources": sources}), pack)
    items = {item["id"]: item for item in json.loads((pack / "sources.json").read_text("utf-8"))}
    assert set(items) == {"source", "t-xlsx", "minato2019", "m-2", "hooks"}
    assert items["minato2019"]["type"] == "article-journal"
    assert items["minato2019"]["author"][1] == {"family": "Sato", "given": "Ken"}
    assert "Ropes. [@minato2019, p. 4]" in entry(pack, "alpha")
    for line in (
        '"m 2" gets the key m-2',
        '"again" is minato2019, which is there already',
        '"again2" is source, which is there already',
        '"pamphlett" is not a type of source',
        '"n.d." is not a year; it is kept as words',
        "Sources row 7: the row has no title and is left out",
    ):
        assert line in told(plan), line
    again = imported(tmp_path / "t.xlsx", pack)
    assert "sources.json" not in again.texts
