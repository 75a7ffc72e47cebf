"""A whole seminar through the real commands: from ratings at home to the minutes."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from casebook.book.connection import open_book
from casebook.seminar.rating import asked_ratings
from tests.casebook.seminar import second_count
from tests.casebook.seminar.classes import CASES, PLAN, POINTS
from tests.casebook.seminar.second_count import Said
from tests.conftest import Ran

RATINGS = ("met", "partly", "not met", "silent")
SIGNS = dict(zip(RATINGS, "●◐✗·", strict=True))
Run = Callable[..., Ran]


class Classroom:
    """A seminar's folder, and its students' notebooks, under the hands of a test."""

    def __init__(self, run: Run, folder: Path, book: Path) -> None:
        self.run = run
        self.folder = folder
        self.book = book
        self.plan = folder / "seminar.yaml"
        self.plan.write_text(PLAN, encoding="utf-8")
        self.answers = folder / "answers"
        self.answers.mkdir()
        self.said: list[Said] = []
        """What the students have rated, as the test knows it."""

    def casebook(self, *arguments: object, code: int = 0) -> Ran:
        ran = self.run(*arguments, cwd=self.folder)
        assert ran.code == code, ran
        return ran

    def rate_at_home(self, student: int, ratings: dict[tuple[str, str], str]) -> None:
        """Fills a student's notebook: ratings and reasons, and much that is nobody's business."""
        notes = [
            {
                "uid": uuid.uuid4().hex,
                "kind": "entry",
                "book": "small",
                "entry": "nosaku",
                "title": "Nosaku",
                "text": f"Private diary {student}",
            }
        ]
        predictions = [
            {
                "book": "small",
                "entry": entry,
                "framework": "checklist",
                "criterion": point,
                "rating": rating,
                "reason": f"I think {rating} of {point}",
            }
            for (entry, point), rating in ratings.items()
        ]
        saved = {
            "format": "casebook-notebook",
            "version": 1,
            "notebook": uuid.uuid4().hex,
            "notes": notes,
            "predictions": predictions,
            "searches": [{"book": "small", "words": "secret search"}],
        }
        path = self.folder / f"{student}.json"
        path.write_text(json.dumps(saved), encoding="utf-8")
        self.casebook(
            "--notebook", self.notebook(student), "notes", "import", path, "--whose", "mine"
        )

    def rate(self, student: int, entry: str, point: str, rating: str, why: str = "") -> None:
        """Has a student rate one cell anew."""
        because = ("--because", why) if why else ()
        self.casebook(
            "--book", self.book, "--notebook", self.notebook(student), "answers", "rate",
            entry, point, rating, "--seminar", self.plan, *because,
        )  # fmt: skip

    def hand_in(
        self, student: int, ratings: dict[tuple[str, str], str], round_: int, *who: str
    ) -> Path:
        """Has a student hand in, and remembers what they said."""
        path = self.answers / f"{student}-{round_}.json"
        self.casebook(
            "--book", self.book, "--notebook", self.notebook(student), "answers", "export",
            "--seminar", self.plan, "--round", round_, "-o", path, *who,
        )  # fmt: skip
        self.said += [
            Said(round_, str(student), entry, point, rating)
            for (entry, point), rating in ratings.items()
        ]
        return path

    def notebook(self, student: int) -> Path:
        return self.folder / f"{student}.sqlite"

    def collect(self, *files: object, code: int = 0) -> dict[str, Any]:
        ran = self.casebook(
            "--book", self.book, "class", "collect", "class.sqlite", *files,
            "--seminar", self.plan, "--json", code=code,
        )  # fmt: skip
        return dict(json.loads(ran.out))

    def export(self, name: str, *options: object) -> bytes:
        self.casebook("--book", self.book, "class", "export", "class.sqlite", "-o", name, *options)
        return (self.folder / name).read_bytes()


@pytest.fixture
def room(casebook: Run, tmp_path: Path, small_book: Path) -> Classroom:
    folder = tmp_path / "seminar"
    folder.mkdir()
    return Classroom(casebook, folder, small_book)


def _ratings(chance: random.Random) -> dict[tuple[str, str], str]:
    cells = [(entry, point) for entry in CASES for point in POINTS]
    return {cell: chance.choice(RATINGS) for cell in cells if chance.random() < 0.9} or {
        cells[0]: "met"
    }


def _hold_a_seminar(room: Classroom, students: int) -> None:
    """Two rounds: ratings at home, then some students think again."""
    chance = random.Random(students)
    known: dict[int, dict[tuple[str, str], str]] = {}
    for student in range(1, students + 1):
        known[student] = _ratings(chance)
        room.rate_at_home(student, known[student])
        who = ("--anonymous",) if student % 3 == 0 else ("--name", f"Student Name{student}")
        room.hand_in(student, known[student], 1, *who)
    assert room.collect("answers")["new"] == students
    for student in range(1, students):
        cell = chance.choice(sorted(known[student]))
        known[student] = {**known[student], cell: chance.choice(RATINGS)}
        room.rate(student, *cell, known[student][cell], "on second thoughts")
        room.hand_in(student, known[student], 2)
    done = room.collect("answers")
    assert (done["new"], done["same"], done["refused"]) == (students - 1, students, [])


def _check_minutes(room: Classroom, students: int) -> None:
    """Holds everything that the class says to a second count."""
    shown = json.loads(room.export("class.json"))
    assert shown["students"] == [
        {"round": 1, "students": students},
        {"round": 2, "students": students - 1},
    ]
    now = [one for one in room.said if one.round == 2]
    before = [one for one in room.said if one.round == 1]
    minutes = _words_of(room.export("minutes.docx", "--style", "book"))
    for point in shown["points"]:
        own = [one for one in now if one.criterion == point["criterion"]]
        wanted = second_count.alpha(own)
        assert wanted is not None
        assert point["agreement"]["alpha"] == pytest.approx(float(wanted))
        figure = f"{float(wanted):.2f}".replace("-0.00", "0.00")
        assert re.search(rf"Agreement\s*{figure}\b", minutes)
        for cell in point["cells"]:
            here = [one for one in own if one.entry == cell["entry"]]
            there = [
                one
                for one in before
                if (one.entry, one.criterion) == (cell["entry"], point["criterion"])
            ]
            counts = second_count.tally(here)
            assert cell["counts"] == {rating: counts[rating] for rating in RATINGS}
            told = " ".join(f"{SIGNS[r]}{counts[r]}" for r in RATINGS if counts[r])
            assert told in minutes
            moved = second_count.moved(
                {one.student: one.rating for one in there}, {o.student: o.rating for o in here}
            )
            assert cell["shift"] == {key: moved[key] for key in ("up", "down", "same", "other")}
    assert "on second thoughts" in minutes
    rows = list(csv.DictReader(io.StringIO(room.export("class.csv").decode("utf-8-sig"))))
    assert sorted(
        (row["round"], row["entry"], row["criterion"], row["rating"]) for row in rows
    ) == (sorted((str(one.round), one.entry, one.criterion, one.rating) for one in room.said))
    for words in (minutes, json.dumps(shown), str(rows)):
        assert "Student Name" not in words
        assert "Private diary" not in words


def _words_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        root = ElementTree.fromstring(packed.read("word/document.xml"))
    words = " ".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("}p"))
    return re.sub(r"\s+", " ", words)


def test_a_small_seminar_of_two_rounds_ends_in_minutes_that_a_second_count_confirms(
    room: Classroom,
) -> None:
    _hold_a_seminar(room, 3)
    _check_minutes(room, 3)


@pytest.mark.soak
def test_a_seminar_of_twenty_five_students(room: Classroom) -> None:
    _hold_a_seminar(room, 25)
    _check_minutes(room, 25)


def test_a_file_of_answers_says_only_that(room: Classroom) -> None:
    room.rate_at_home(1, {("nosaku", "a"): "met"})
    path = room.hand_in(1, {("nosaku", "a"): "met"}, 1, "--anonymous")
    said = json.loads(path.read_text(encoding="utf-8"))
    assert said["name"] == ""
    assert said["answers"] == [
        {"entry": "nosaku", "criterion": "a", "rating": "met", "reason": "I think met of a"}
    ]
    for words in ("Private diary", "secret search", "notebook", str(room.folder)):
        assert words not in path.read_text(encoding="utf-8")
    again = room.run(
        "--book", room.book, "--notebook", room.notebook(1), "answers", "export",
        "--seminar", room.plan, "-o", path,
    )  # fmt: skip
    assert again.code == 1
    assert "--force" in again.err
    room.hand_in(1, {}, 1, "--force")
    second = json.loads(path.read_text(encoding="utf-8"))
    assert (second["student"], second["number"]) == (said["student"], said["number"] + 1)


def test_a_plan_that_names_no_points_asks_for_the_same_ratings_everywhere(room: Classroom) -> None:
    """The app, the worksheet, the file of answers, the class and its minutes: all but sub-points."""
    room.plan.write_text(PLAN.replace("points: [a, b]\n", ""), encoding="utf-8")
    build = ("seminar", "build", room.plan, "-o", "out", "--style", "book")
    room.casebook("--book", room.book, *build)
    with open_book(room.folder / "out/students/bells.sqlite") as edition:
        asked = asked_ratings(edition)
    assert asked is not None
    assert asked.points == ("a", "b")
    with zipfile.ZipFile(room.folder / "out/students/worksheet.docx") as paper:
        worksheet = paper.read("word/document.xml").decode("utf-8")
    assert "Products" in worksheet
    assert "Far" not in worksheet
    # What a reader rates for themselves is not handed in.
    asked_for = {("nosaku", "a"): "met", ("nosaku", "b"): "silent"}
    room.rate_at_home(1, {**asked_for, ("nosaku", "a1"): "partly"})
    path = room.hand_in(1, asked_for, 1, "--anonymous")
    given = json.loads(path.read_text(encoding="utf-8"))["answers"]
    assert [(each["entry"], each["criterion"]) for each in given] == list(asked_for)
    rate = ("answers", "rate", "nosaku", "a1", "met", "--seminar", room.plan)
    refused = room.casebook("--book", room.book, "--notebook", room.notebook(1), *rate, code=1).err
    assert "'a1' is not a point that Bells and flowers rates; it has a, b." in refused
    assert room.collect("answers")["refused"] == []
    shown = json.loads(room.export("class.json"))
    assert {point["criterion"] for point in shown["points"]} == {"a", "b"}
    assert room.export("class.csv", "--wide").decode().splitlines()[0] == ",".join(
        ("round", "student", *(f"{case}.{point}" for case in CASES for point in ("a", "b")))
    )
    assert "Far" not in _words_of(room.export("minutes.docx", "--style", "book"))


def test_what_is_missing_is_asked_for(room: Classroom) -> None:
    home = ("--book", room.book, "--notebook", room.notebook(1))
    assert "--seminar" in room.casebook(*home, "answers", "export", code=1).err
    plan = ("--seminar", room.plan)
    assert "--anonymous" in room.casebook(*home, "answers", "export", *plan, code=1).err
    named = (*plan, "--name", "Ana")
    assert "rated none" in room.casebook(*home, "answers", "export", *named, code=1).err
    room.casebook(*home, "answers", "rate", "nosaku", "z", "met", *plan, code=1)
    assert "There is no class" in room.casebook("class", "show", "class.sqlite", code=1).err


def test_a_reason_that_goes_with_an_earlier_rating_is_told(room: Classroom) -> None:
    rate = (
        "--book", room.book, "--notebook", room.notebook(1), "answers", "rate", "nosaku", "a",
        "--seminar", room.plan,
    )  # fmt: skip
    assert room.casebook(*rate, "met", "--because", "It says so").err == ""
    told = "casebook: Your earlier reason went with your earlier rating: It says so\n"
    assert room.casebook(*rate, "partly").err == told
    assert room.casebook(*rate, "met").err == ""


def test_odd_files_are_told_and_the_others_taken(room: Classroom) -> None:
    room.rate_at_home(1, {("nosaku", "a"): "met"})
    room.hand_in(1, {("nosaku", "a"): "met"}, 1, "--name", "Ana")
    (room.answers / "odd.json").write_text("{", encoding="utf-8")
    (room.answers / "\x1b[31mred.json").write_text("[]", encoding="utf-8")
    done = room.collect("answers", code=1)
    assert done["new"] == 1
    assert len(done["refused"]) == 2
    ran = room.casebook("class", "collect", "class.sqlite", "answers", code=1)
    assert "odd.json is not a file of answers" in ran.err
    assert "\x1b" not in ran.err
    assert "1 same, 2 refused" in ran.out
    students = room.casebook("class", "students", "class.sqlite").out
    assert re.search(r"Ana +1 ", students)


def test_collecting_leaves_the_lecturers_own_notebook_alone(room: Classroom) -> None:
    room.rate_at_home(1, {("nosaku", "a"): "met"})
    room.hand_in(1, {("nosaku", "a"): "met"}, 1, "--name", "Ana")
    lecturer = room.notebook(99)
    room.casebook("--notebook", lecturer, "notes", "add", "nosaku", "Mine", "--book", room.book)
    before = lecturer.read_bytes()
    room.casebook(
        "--book", room.book, "--notebook", lecturer, "class", "collect", "class.sqlite", "answers",
        "--seminar", room.plan,
    )  # fmt: skip
    assert lecturer.read_bytes() == before


def test_the_class_is_readable_at_any_width_and_in_a_pipe(room: Classroom) -> None:
    room.rate_at_home(1, {("nosaku", "a"): "met", ("takaoka", "b"): "silent"})
    room.hand_in(1, {}, 1, "--anonymous")
    room.collect("answers")
    show = ("--book", room.book, "class", "show", "class.sqlite")
    for width in ("40", "200"):
        shown = room.run(*show, cwd=room.folder, COLUMNS=width, NO_COLOR="1")
        assert shown.code == 0
        assert max(map(len, shown.out.splitlines())) <= int(width)
        assert "●1" in shown.out
        assert "book" not in shown.out
    room.casebook("class", "reveal", "class.sqlite")
    assert "The book: ● met. It has one" in room.casebook(*show).out
    withheld = room.casebook(*show, "--withhold", 5).out
    assert "book" in withheld
    assert "I think" not in withheld


def test_a_students_edition_knows_its_seminar(room: Classroom) -> None:
    """What the lecturer builds, the student rates and hands in without naming a plan."""
    room.casebook(
        "--book", room.book, "seminar", "build", room.plan, "-o", "out", "--style", "book"
    )
    edition = room.folder / "out" / "students" / "bells.sqlite"
    home = ("--book", edition, "--notebook", room.notebook(1), "answers")
    room.casebook(*home, "rate", "nosaku", "a", "partly")
    ana = room.answers / "ana.json"
    first = room.casebook(*home, "export", "--name", "Ana", "-o", ana)
    assert "for round 1" in first.err
    assert room.collect("answers")["new"] == 1
    room.casebook(*home, "rate", "nosaku", "a", "met")
    again = room.casebook(*home, "export")
    assert json.loads(again.out)["round"] == 2
    assert "for round 2" in again.err
    replaced = room.casebook(*home, "export", "--round", "1", "-o", ana, "--force")
    assert "for round 1, under the name Ana. They replace" in replaced.err
    assert json.loads(ana.read_text(encoding="utf-8"))["round"] == 1


def test_a_file_of_answers_is_shown_from_wherever_the_app_wrote_it(
    room: Classroom, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    room.rate_at_home(1, {("nosaku", "a"): "met", ("nosaku", "b"): "not met"})
    room.hand_in(1, {}, 1, "--name", "Ana").rename(home / "answers.json")
    show = ("--book", room.book, "answers", "show")
    shown = room.run(*show, cwd=room.folder, HOME=str(home), COLUMNS="100")
    assert shown.code == 0, shown
    assert str(home / "answers.json") in "".join(shown.out.split())
    for words in ("Round", "Ana", "a Vision", "● met", "I think met"):
        assert words in shown.out
    nearer = room.hand_in(1, {}, 2).rename(room.folder / "answers.json")
    (room.answers / "odd.json").write_text("{", encoding="utf-8")
    both = room.run(*show, nearer, home, room.answers, "--json", cwd=room.folder)
    assert both.code == 1
    assert "odd.json is not a file of answers" in both.err
    assert [(each["file"], each["round"]) for each in json.loads(both.out)] == [
        (str(nearer), 2),
        (str(home / "answers.json"), 1),
    ]
    found = room.run(*show, "--json", cwd=room.folder, HOME=str(home))
    assert json.loads(found.out)[0]["round"] == 2
    nearer.unlink()
    (home / "answers.json").unlink()
    none = room.run(*show, cwd=room.folder, HOME=str(home))
    assert none.code == 1
    assert "There is no answers.json here or in" in none.err
