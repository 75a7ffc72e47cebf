"""`casebook patterns`, as it is typed."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.pack.build import build_book
from tests.casebook.patterns.packs import rated_pack
from tests.conftest import Ran, write_files

FOUR = ("nosaku", "hiyoshi-ya", "charmyfood", "renown")


def test_coverage_comes_first(casebook: Callable[..., Ran]) -> None:
    ran = casebook("patterns")
    assert ran.code == 0
    assert ran.out.index("Coverage") < ran.out.index("Necessary and sufficient")
    assert "What would have to be found out first" in ran.out


def test_scores_and_points_are_chosen(casebook: Callable[..., Ran]) -> None:
    found = json.loads(
        casebook("patterns", *FOUR, "--points", "b,c", "--scores", "partly=0.6", "--json").out
    )
    assert found["points"] == ["b", "c"]
    scores = {case["entry"]: case["scores"] for case in found["cases"]}
    assert scores["nosaku"] == {"b": [1.0, 1.0], "c": [0.6, 0.6]}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("--points", "zz"), "has no point zz"),
        (("--scores", "partly"), "A score is written partly=0.6"),
        (("nosaku",), "at least two cases"),
        (("--framework", "nothing"), "nothing"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    casebook: Callable[..., Ran], typed: tuple[str, ...], sentence: str
) -> None:
    ran = casebook("patterns", *typed)
    assert ran.code in {1, 2}
    assert sentence in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_a_framework_that_rates_none_of_the_cases_is_said(casebook: Callable[..., Ran]) -> None:
    ran = casebook("patterns", "renown", "uniqlo", "--framework", "alliance-conditions")
    assert ran.code == 1
    assert "so there is no pattern to look for" in ran.err


@pytest.mark.parametrize(
    ("rows", "points", "sentence"),
    [
        ([("Alder", "11"), ("Elm", "01")], "a", "Every case with a known outcome has this one"),
        ([("Alder", "1?"), ("Elm", "0?")], "a", "No case has an outcome that is known"),
        ([("Alder", "1?1"), ("Elm", "0?0")], "ab", "b      0    0        2     no"),
        ([("Alder", "1" * 16), ("Elm", "0" * 16)], "abcdefghijklmno", "15 are chosen"),
        ([("Alder", "?1"), ("Elm", "?0")], "a", "None of these cases is rated"),
        ([("Alder", "11")], "a", "at least two cases"),
    ],
)
def test_what_cannot_be_asked_is_said(
    casebook: Callable[..., Ran],
    tmp_path: Path,
    rows: list[tuple[str, str]],
    points: str,
    sentence: str,
) -> None:
    pack = write_files(tmp_path / "pack", rated_pack(rows, points))
    build_book(pack, tmp_path / "rated.sqlite")
    ran = casebook(
        "patterns",
        *(["--points", "a,b"] if points == "ab" else []),
        "--book",
        str(tmp_path / "rated.sqlite"),
    )
    assert sentence in ran.out + ran.err
    assert "Traceback" not in ran.err
    assert ran.code == (1 if ran.err else 0)


def test_the_table_of_scores(casebook: Callable[..., Ran], tmp_path: Path) -> None:
    target = tmp_path / "scores.csv"
    assert casebook("patterns", *FOUR, "--points", "b,c", "-o", str(target)).code == 0
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert [row["case"] for row in rows] == list(FOUR)
    assert (rows[0]["b"], rows[0]["c"], rows[0]["success"]) == ("1", "0..1", "1")


def test_the_script_for_r_repeats_the_complete_cases(
    casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    target = tmp_path / "patterns.r"
    typed = ("patterns", "--points", "b,c", "--scores", "partly=0.6,mixed=0.4", "-o", str(target))
    assert casebook(*typed).code == 0
    script = target.read_text(encoding="utf-8")
    assert "library(QCA)" in script
    assert 'truthTable(cases, outcome = "OUT", incl.cut = 1' in script
    complete = json.loads(casebook(*typed[:-2], "--json").out)["coverage"]["complete"]
    (names,) = (line for line in script.splitlines() if "row.names" in line)
    assert names.count('"') == 2 * complete
    r = shutil.which("Rscript")
    if r is None:
        return
    has = [r, "-e", 'if (!requireNamespace("QCA", quietly = TRUE)) quit(status = 9)']
    if subprocess.run(has, check=False, capture_output=True).returncode == 0:
        done = subprocess.run([r, str(target)], check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_the_methods_paragraph_states_every_choice(casebook: Callable[..., Ran]) -> None:
    words = casebook(
        "patterns", "--points", "b,c", "--scores", "partly=0.6", "--format", "methods"
    ).out
    for choice in (
        "Success checklist",
        "b, c",
        "partly 0.6",
        "mixed either way",
        "consistency of 1",
    ):
        assert choice in words


def test_the_report_fits_eighty_columns_and_names_cases_by_their_titles(
    casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    rows = [
        (f"A case with quite a long name {letter}", signs)
        for letter, signs in zip(
            "ABCDEFGH", ("1111", "1101") * 2 + ("0000", "0010") * 2, strict=True
        )
    ]
    pack = write_files(tmp_path / "pack", rated_pack(rows))
    build_book(pack, tmp_path / "rated.sqlite")
    ran = casebook("patterns", "--book", str(tmp_path / "rated.sqlite"), COLUMNS="80")
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80
    table = ran.out[ran.out.index("Truth table") : ran.out.index("Necessary and")]
    assert "A case with quite a long" in table
    assert "a-case-with" not in ran.out
    assert "Evidence for the formulas" in ran.out
    assert "A case with quite a long name A on a [Mitsui 2010 \N{PILCROW SIGN}9]" in ran.out
