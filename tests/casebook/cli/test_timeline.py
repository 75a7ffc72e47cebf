"""`casebook timeline`, as it is run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT, SHIPPED_BOOK, Ran

Casebook = Callable[..., Ran]


def test_a_list_to_read_from_top_to_bottom(casebook: Casebook) -> None:
    ran = casebook("timeline", "asiro-gentian-alliance")
    assert (ran.code, ran.err) == (0, "")
    flat = " ".join(ran.out.split())
    assert flat.startswith("Timeline: Asiro gentian alliance ====")
    assert "3. late 1990s (New Zealand): A New Zealand research institute" in flat
    assert "EDTF [1995..1999]. After Decision and search, as told [Mitsui 2010 ¶61]. May" in flat
    assert "May be before or after 2 4. no date given" in flat
    assert max(map(len, ran.out.splitlines())) <= 88
    places = ("Asiro", "New Zealand", "Netherlands", "Chile")
    assert all(f"({place}):" in flat for place in places)


def test_several_cases_each_have_a_list(casebook: Casebook) -> None:
    ran = casebook("timeline", "nosaku", "hiyoshi-ya", "--policy")
    titles = [above for above, line in _pairs(ran.out) if line and set(line) == {"-"}]
    assert titles == ["Nosaku", "Hiyoshi-ya", "Policy meanwhile"]
    by_kind = casebook("timeline", "nosaku", "--lanes", "kind").out
    assert "Public support\n----" in by_kind


def _pairs(text: str) -> list[tuple[str, str]]:
    lines = text.splitlines()
    return list(pairwise(lines))


def test_the_json_is_the_contract(casebook: Casebook, small_book: Path) -> None:
    ran = casebook("timeline", "nosaku", "--json", "--book", small_book)
    answer = json.loads(ran.out)
    assert list(answer) == ["lanes", "lanes_by", "entries", "events", "background"]
    (event,) = answer["events"]
    assert {
        "entry", "label", "date_text", "edtf", "inferred", "earliest_begin", "latest_begin",
        "earliest_end", "latest_end", "lane", "citations",
    } <= {*event}  # fmt: skip
    assert (event["date_text"], event["edtf"]) == ("late 1990s", "[1995..1999]")
    assert (event["earliest_begin"], event["latest_end"]) == ("1995-01-01", "1999-12-31")
    assert answer["lanes"] == [event["lane"]] == ["Takaoka"]


def test_alignment_counts_from_each_milestone(casebook: Casebook) -> None:
    ran = casebook("timeline", "asiro-gentian-alliance", "nosaku", "--align", "alliance", "--json")
    answer = json.loads(ran.out)
    assert answer["milestones"]["asiro-gentian-alliance"] == "joint-venture"
    exports = next(one for one in answer["events"] if one["key"] == "european-exports")
    assert exports["elapsed"]["words"] == "up to 10 years later"
    production = next(one for one in answer["events"] if one["key"] == "chilean-production")
    assert production["elapsed"]["words"] == "3 to 9 years later"
    assert (production["elapsed"]["fewest_days"], production["elapsed"]["most_days"]) == (
        1097,
        3286,
    )
    named = casebook(
        "timeline", "asiro-gentian-alliance", "--align", "alliance", "--json",
        "--milestone", "asiro-gentian-alliance#chilean-production",
    )  # fmt: skip
    words = {
        one["key"]: one.get("elapsed", {}).get("words") for one in json.loads(named.out)["events"]
    }
    assert words["breeding-company"] == "1 to 3 years later"
    assert words["chilean-production"] is None
    text = casebook("timeline", "asiro-gentian-alliance", "hamamatsu", "--align", "export").out
    assert "Hamamatsu (has no such event)" in text
    assert "The time is counted from here" in text


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        (["--kind", "export"], ["european-exports"]),
        (["--place", "chile and america"], ["chilean-production"]),
        (["--from", "2003", "--to", "2004-06", "--certainly"], ["chilean-production"]),
        (["--from", "2011"], []),
        (["--from", "late 2000s", "--place", "new zealand"], ["breeding-company"]),
        (
            ["--from", "2001", "--to", "2001-12-31"],
            ["association", "registration", "european-exports"],
        ),
    ],
)
def test_filters(
    options: list[str], keys: list[str], first_volume: Path, casebook: Casebook
) -> None:
    ran = casebook("--book", first_volume, "timeline", "asiro-gentian-alliance", "--json", *options)
    assert [event["key"] for event in json.loads(ran.out)["events"]] == keys


def test_the_chart_of_the_whole_book_fits_its_lines(casebook: Casebook) -> None:
    ran = casebook("timeline", "--all", "--format", "chart")
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 100
    for words in ("Japan", "Place not said", "Joint venture", "certain", "possible"):
        assert words in ran.out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, "Name the entries, or give --all."),
        (["nosaku", "--all"], 2, "Name the entries, or give --all."),
        (["nosako"], 1, "Did you mean nosaku?"),
        (["nosaku", "--place", "\x1b[31m"], 1, "No event is in"),
        (["nosaku", "--from", "soon"], 1, "--from: a period is written"),
        (["nosaku", "--from", "99999999999"], 1, "--from: a period is written"),
        (["nosaku", "--from", "2003-02-31"], 1, "--from: a period is written"),
        (["nosaku", "--from", "2009", "--to", "2008"], 1, "--from is later than --to"),
        (["nosaku", "--align", "nonsense"], 2, "nonsense"),
        (
            ["nosaku", "--align", "export", "--milestone", "nosaku#x"],
            1,
            "There is no event 'nosaku#x' here.",
        ),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], code: int, words: str, casebook: Casebook
) -> None:
    ran = casebook("timeline", *arguments, CASEBOOK_BOOK=str(SHIPPED_BOOK))
    assert ran.code == code, ran
    assert words in " ".join(ran.err.split())
    assert "\x1b" not in ran.err


def test_files_are_written_once(casebook: Casebook, tmp_path: Path) -> None:
    target = tmp_path / "asiro.svg"
    written = casebook("timeline", "asiro-gentian-alliance", "--format", "svg", "-o", target)
    assert (written.code, written.out.strip()) == (0, str(target))
    assert target.read_text(encoding="utf-8").startswith("<svg ")
    target.write_text("mine", encoding="utf-8")
    again = casebook("timeline", "nosaku", "--format", "svg", "-o", target)
    assert again.code == 1
    assert "already exists" in again.err
    assert target.read_text(encoding="utf-8") == "mine"
    assert casebook("timeline", "nosaku", "--format", "svg", "-o", target, "--force").code == 0
    assert "Nosaku" in target.read_text(encoding="utf-8")
    for bad in (tmp_path, tmp_path / "none" / "x.svg"):
        ran = casebook("timeline", "nosaku", "--format", "svg", "-o", bad)
        assert ran.code == 1, ran
    assert not list(tmp_path.glob(".casebook*"))


def test_a_calendar_in_a_pipe_keeps_the_ends_of_its_lines(small_book: Path) -> None:
    command = [sys.executable, "-m", "casebook", "--book", str(small_book)]
    ran = subprocess.run(
        [*command, "timeline", "nosaku", "--format", "ics"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert ran.stdout.startswith(b"BEGIN:VCALENDAR\r\n")
    assert ran.stdout.count(b"\n") == ran.stdout.count(b"\r\n")
