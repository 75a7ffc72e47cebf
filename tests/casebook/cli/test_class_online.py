"""A class on a PostgreSQL, through the real commands."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.classes_on_postgres import database, new_lecturer, postgres
from tests.conftest import Ran
from tests.postgres import Server

__all__ = ["database", "postgres"]

PLAN = """\
seminar: bells
title: Bells and gentians
date: 2026-12-04
framework: checklist
points: [a, b]
cases:
  - nosaku
  - {slug: takaoka, hidden: true}
reveal: [ratings, "entry:takaoka"]
"""

Casebook = Callable[..., Ran]


@pytest.fixture
def run(casebook: Casebook, small_book: Path, tmp_path: Path) -> Casebook:
    """The command with the small book, and without a failure."""
    (tmp_path / "seminar.yaml").write_text(PLAN, encoding="utf-8")

    def run(*arguments: object, code: int = 0, student: str = "lecturer") -> Ran:
        ran = casebook(
            *arguments,
            CASEBOOK_BOOK=str(small_book),
            CASEBOOK_NOTEBOOK=str(tmp_path / f"{student}.sqlite"),
        )
        assert ran.code == code, ran
        return ran

    return run


def _rated(run: Casebook, student: str, point: str, rating: str) -> None:
    run("answers", "rate", "nosaku", point, rating, "--framework", "checklist", student=student)


def test_a_round_from_the_plan_to_the_minutes(run: Casebook, database: str, tmp_path: Path) -> None:
    url = new_lecturer(database)
    served = run("class", "serve-on", url, "seminar.yaml", "--class", "A", "--json")
    value = json.loads(served.out)
    assert value["seminar"] == "bells"
    again = run("class", "serve-on", url, "seminar.yaml", "--class", "A")
    assert f"casebook class join '{value['url']}' --code {value['code']}" in again.out
    join = ("class", "join", value["url"], "--code", value["code"])
    assert "No round has been opened yet." in run(*join, "--name", "Anna", student="anna").out
    assert "Round 1 is open." in run("class", "open-round", url).out
    _rated(run, "anna", "a", "met")
    sent = run("class", "send", student="anna").out
    assert sent == "Round 1 is open. Your lecturer has 1 answer of yours in it.\n"
    _rated(run, "ben", "a", "partly")
    joined = run(*join, "--anonymous", student="ben").out
    assert joined.startswith("You joined Bells and gentians (A). Round 1 is open.")
    rounds = run("class", "rounds", url).out
    assert "bells (A): 2 students joined.\nRound 1: open, 2 answers of 2 students.\n" in rounds

    assert "Round 1 is closed." in run("class", "close-round", url).out
    _rated(run, "anna", "a", "not met")
    assert run("class", "send", student="anna").out == "Round 1 is closed.\n"
    refused = run("class", "tally", student="anna", code=1)
    assert "the tally of this round has not been revealed" in refused.err
    run("class", "reveal", url, "tally")
    assert run("class", "tally", student="anna").out == "nosaku a: ● 1  ◐ 1  ✗ 0  · 0\n"
    shown = json.loads(run("class", "show", url, "--json").out)
    assert "bells" in str(shown)
    students = json.loads(run("class", "students", url, "--json").out)
    assert sorted(each["name"] for each in students) == ["", "Anna"]
    run("class", "export", url, "--format", "csv", "-o", "answers.csv")
    assert "partly" in (tmp_path / "answers.csv").read_text(encoding="utf-8")
    (tmp_path / "drums.yaml").write_text(PLAN.replace("bells", "drums", 1), encoding="utf-8")
    other = run("seminar", "present", "drums.yaml", "--class", url, code=1)
    assert "This is a class of the seminar 'bells', not of 'drums'." in other.err
    run("class", "reveal", url, "entry:takaoka")
    run("class", "reveal", url)
    wrong = run("class", "reveal", url, "entry:nosaku", code=1)
    assert "not a hidden case" in wrong.err
    assert (
        "would delete bells (A) and what its 2 students" in run("class", "delete", url, code=1).err
    )
    run("class", "delete", url, "--yes")
    assert "there is none" in run("class", "rounds", url, code=1).err
    gone = run("class", "send", student="anna", code=1)
    assert "The server does not know you any more; join the class again." in gone.err
    left = run("class", "leave", student="ben")
    assert left.out == "You left Bells and gentians (A).\n"
    assert "You have not joined such a class" in run("class", "send", student="ben", code=1).err


def test_a_lecturer_is_added_and_sees_own_seminars_alone(run: Casebook, database: str) -> None:
    first = new_lecturer(database)
    run("class", "serve-on", first, "seminar.yaml", "--class", "A")
    name = f"sato_{secrets.token_hex(4)}"
    second = json.loads(run("class", "serve-on", database, "--lecturer", name, "--json").out)
    nothing = run("class", "rounds", second["url"], code=1)
    assert "There is no such seminar of yours on the server; there is none." in nothing.err
    run("class", "serve-on", second["url"], "seminar.yaml", "--class", "B")
    assert run("class", "rounds", second["url"]).out.startswith("bells (B): 0 students joined.")
    run("class", "serve-on", first, "seminar.yaml", "--class", "C")
    several = run("class", "open-round", first, code=1)
    assert "Say which with --slug and --class: bells (A), bells (C)." in several.err
    assert "Round 1 is open." in run("class", "open-round", first, "--class", "C").out


def test_what_cannot_be_done_is_a_sentence(run: Casebook, database: str, postgres: Server) -> None:
    for arguments, told in (
        (("serve-on", "sqlite:///x"), "begins with postgresql://"),
        (("serve-on", "postgresql://x@127.0.0.1:1/x"), "cannot be reached"),
        (("show", "postgresql://x@127.0.0.1:1/x"), "cannot be reached"),
        (("serve-on", postgres.url("nobody", "x")), "does not know this role"),
        (("rounds", database), "no such seminar of yours"),
        (("join", database, "--code", "x"), "--anonymous"),
        (("join", database, "--code", "x", "--anonymous"), "No class has this code"),
        (("serve-on", database, "--lecturer", 'x"; DROP'), "a word of letters"),
        (("send",), "You have not joined such a class"),
    ):
        failed = run("class", *arguments, code=1)
        assert told in failed.err, failed
        assert "of-the-tests" not in failed.err
