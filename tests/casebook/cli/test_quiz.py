"""`casebook quiz` and `casebook notes reading`: the real command, answers through a pipe."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.notebook import open_notebook, predictions
from casebook.notebook.quiz_cards import quiz_cards
from casebook.vocabulary import Rating
from tests.conftest import ROOT, Ran
from tests.systems import bare_environment

Quiz = Callable[..., Ran]


@pytest.fixture
def quiz(first_volume: Path, tmp_path: Path) -> Quiz:
    """Runs the quiz of the first volume, whose ratings the answers are for, and types into it."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)

    def run(typed: str | bytes, *arguments: object) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "casebook", "--notebook", str(tmp_path / "notebook.sqlite"),
             "quiz", *map(str, arguments)],
            input=typed if isinstance(typed, bytes) else typed.encode(),
            capture_output=True,
            cwd=tmp_path,
            env=bare_environment(home, PYTHONPATH=str(ROOT), CASEBOOK_BOOK=str(first_volume)),
            timeout=120,
            check=False,
        )  # fmt: skip
        ran = Ran(done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in ran.err, ran
        return ran

    return run


def test_points_are_asked_with_evidence_and_revealed_one_by_one(quiz: Quiz, tmp_path: Path) -> None:
    ran = quiz("partly: a step\n2\n", "nosaku", "--framework", "success-checklist")
    assert ran.code == 0, ran
    first, _, rest = ran.out.partition("Right. You: ◐ partly: a step")
    assert "Question 1 of 8" in first
    assert "Nosaku – a Vision and strategy" in first
    assert "Paragraphs of the sources" in first
    assert "is not described" not in first, "the book's words come after the guess"
    assert "The book: ◐ partly. Its managing director realised" in rest
    assert "Not the same. You: ◐ partly." in rest
    assert "Question 3 of 9" in rest, "what is missed is asked again"
    assert "1 of 2 right." in rest
    assert rest.endswith("7 questions not answered.\n")
    with open_notebook(tmp_path / "notebook.sqlite") as notebook:
        cards = {card.criterion: card for card in quiz_cards(notebook)}
        assert {key: card.box for key, card in cards.items()} == {"a": 2, "b": 1}
        kept = {one.criterion: one for one in predictions.predictions(notebook)}
        assert (kept["a"].rating, kept["a"].reason) == (Rating.PARTLY, "a step")


def test_what_was_missed_comes_first_the_next_time(quiz: Quiz) -> None:
    quiz("partly\n2\n", "nosaku", "--framework", "success-checklist")
    ran = quiz("", "nosaku", "--framework", "success-checklist")
    assert ran.code == 0, ran
    assert "Nosaku – b Local resources rethought" in ran.out
    assert "Question 1 of 7" in ran.out, "what is known rests"
    assert "nothing answered" in ran.out.lower()


def test_the_end_of_the_input_passing_over_and_stopping_end_well(quiz: Quiz) -> None:
    for typed, left in (("", 2), ("\n", 1), ("\n\n", 0), ("q\nmet\n", 2), ("met", 1)):
        ran = quiz(typed, "hamamatsu-cooperative", "--limit", "2", "--json", "--all")
        assert ran.code == 0, ran
        assert json.loads(ran.out)["left"] - json.loads(ran.out)["asked"] <= left
    assert "Question 1 of 2" in ran.err


def test_what_is_no_rating_is_told_and_asked_for_again(quiz: Quiz) -> None:
    ran = quiz("great\n\x1b[31m\n1\n", "nosaku", "--limit", "1")
    assert ran.code == 0, ran
    assert ran.err.count("is not a rating. Answer with 1 met, 2 partly, 3 not met, 0 silent") == 2
    assert "\x1b" not in ran.err
    assert "The book: ◐ partly." in ran.out


def test_any_bytes_may_be_typed_without_end(quiz: Quiz) -> None:
    ran = quiz(b"\xff\xfe" * 50_000 + b"\n2: " + b"\xc3\xa9" * 50_000, "nosaku", "--limit", "1")
    assert ran.code == 0, ran
    assert "1 of 1 right." in ran.out
    assert len(ran.out) < 10_000


def test_the_results_are_json(quiz: Quiz) -> None:
    ran = quiz("2: why\n1\n", "nosaku", "--limit", "2", "--json")
    result = json.loads(ran.out)
    assert (result["right"], result["asked"], result["left"]) == (2, 2, 0)
    assert result["by_case"] == [{"name": "Nosaku", "right": 2, "asked": 2}]
    first = result["answers"][0]
    assert {key: first[key] for key in ("entry", "framework", "criterion", "guess", "reason")} == {
        "entry": "nosaku", "framework": "success-checklist", "criterion": "a",
        "guess": "partly", "reason": "why",
    }  # fmt: skip
    assert first["citations"] == [{"source": "mitsui2010", "locator": "para. 66"}]
    scores = quiz("", "--score", "--json")
    assert json.loads(scores.out)["right"] == 2
    assert "a Vision and strategy: 1 of 1" in quiz("", "--score").out


def test_when_nothing_is_due_that_is_said_with_the_day(quiz: Quiz) -> None:
    quiz("2\n", "nosaku", "--limit", "1", "--framework", "success-checklist")
    quiz("1\n2\n1\n0\n0\n1\n0\n", "nosaku", "--framework", "success-checklist")
    ran = quiz("", "nosaku", "--framework", "success-checklist")
    assert ran.code == 0
    assert ran.out.startswith("Nothing is due today. The next is due on 20")
    assert "Question 1 of 8" in quiz("", "nosaku", "--all", "--framework", "success-checklist").out


def test_a_case_without_ratings_and_one_that_is_not_there(quiz: Quiz) -> None:
    ran = quiz("", "kagoshima")
    assert (ran.code, ran.out) == (1, "")
    assert (
        "The book has no ratings of Kagoshima and its Shirokuma ice, so there is nothing to ask."
        in ran.err
    )
    assert "Did you mean nosaku?" in quiz("", "nosaki").err
    assert quiz("", "--framework", "nothing").code == 1


def test_a_notebook_that_takes_nothing_keeps_the_rating_hidden(quiz: Quiz, tmp_path: Path) -> None:
    (tmp_path / "notebook.sqlite").mkdir()
    ran = quiz("1\n", "nosaku", "--limit", "1")
    assert ran.code == 4, ran
    assert "The book:" not in ran.out


# The reading list


def test_the_reading_list_is_printed_ordered_and_ticked(
    casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    notebook = tmp_path / "notebook.sqlite"

    def reading(*arguments: str) -> Ran:
        return casebook("--notebook", notebook, "notes", "reading", *arguments)

    assert reading().out == ""
    assert not notebook.exists()
    assert "[ ]  nosaku  Nosaku" in reading("nosaku", "renown").out
    reading("uniqlo", "--first")
    assert [line.split()[2] for line in reading().out.splitlines()] == [
        "uniqlo", "nosaku", "renown",
    ]  # fmt: skip
    reading("nosaku", "--remove")
    listed = json.loads(reading("--json").out)
    assert [one["entry"] for one in listed] == ["uniqlo", "renown"]
    assert reading("nothing").code == 1
    listing = casebook("--notebook", notebook, "notes", "list").out
    assert "to read" in listing
    casebook("--notebook", notebook, "notes", "undo")
    assert [line.split()[2] for line in reading().out.splitlines()] == [
        "uniqlo", "nosaku", "renown",
    ]  # fmt: skip


def test_only_what_was_read_or_was_not_is_listed(
    casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    from casebook.notebook import history

    path = tmp_path / "notebook.sqlite"
    before = casebook("--notebook", path, "list", "--unread", "--kind", "firm")
    assert before.code == 0
    assert before.out == casebook("list", "--kind", "firm").out
    assert casebook("--notebook", path, "list", "--read").out == ""
    with open_notebook(path) as notebook:
        history.set_read(notebook, "niches", "nosaku", "Nosaku", is_read=True)
    read = casebook("list", "--read", "--json", "--notebook", path)
    assert [entry["slug"] for entry in json.loads(read.out)] == ["nosaku"]
    unread = casebook("list", "--unread", "--kind", "firm", "--json", "--notebook", path)
    assert "nosaku" not in [entry["slug"] for entry in json.loads(unread.out)]
