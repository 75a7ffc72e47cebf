"""A seminar built from its plan: what students get, and what they must not get."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.book.connection import open_book
from casebook.exports.paper import DraftTable
from casebook.pack.build import build_volumes
from casebook.rating_signs import SEALED_SENTENCE
from casebook.seal_file import reveal
from casebook.seminar.building import BuiltSeminar, build_seminar
from casebook.seminar.plan_page import plan_page, reveal_steps
from casebook.seminar.planned import PlannedCase, Seminar, Step, told_too_early
from tests import secrets
from tests.conftest import Ran, write_files
from tests.edition_packs import GROWERS, PACK, PLAN, allowed_in, secrets_of


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole book, beside the plan."""
    folder = tmp_path_factory.mktemp("seminar")
    build_volumes([write_files(folder / "pack", dict(PACK))], folder / "whole.sqlite")
    (folder / "seminar.yaml").write_text(PLAN, encoding="utf-8")
    return folder / "whole.sqlite"


@pytest.fixture(scope="module")
def built(whole: Path) -> BuiltSeminar:
    return build_seminar(whole.parent / "seminar.yaml", whole, whole.parent / "out", "book")


def test_everything_that_a_seminar_needs_is_there(built: BuiltSeminar) -> None:
    assert built.files == (
        "later/1-entry-founder.seal",
        "later/1-founder-worksheet.docx",
        "later/1-founder-worksheet.html",
        "later/1-founder.docx",
        "later/1-founder.html",
        "later/2-ratings.seal",
        "later/3-outcomes.seal",
        "lecturer/files-of-this-build.txt",
        "lecturer/lecturers-copy.docx",
        "lecturer/lecturers-copy.html",
        "lecturer/references.bib",
        "lecturer/what-to-hand-out-when.docx",
        "lecturer/what-to-hand-out-when.html",
        "students/READ-ME-FIRST.txt",
        "students/bells-first.sqlite",
        "students/cards.txt",
        "students/reader.docx",
        "students/reader.html",
        "students/references.bib",
        "students/worksheet.docx",
        "students/worksheet.html",
    )
    found = [
        path.relative_to(built.folder).as_posix()
        for path in built.folder.rglob("*")
        if path.is_file()
    ]
    assert sorted(found) == list(built.files)
    reader = (built.folder / "students/reader.html").read_text("utf-8")
    assert "Who held the rights" in reader
    assert "a Vision" in reader
    assert "b Products" not in reader, "a point that is not rated"
    worksheet = (built.folder / "later/1-founder-worksheet.html").read_text("utf-8")
    for words in ("Founder of bells: worksheet", "a Vision", "Reason:"):
        assert words in worksheet
    assert "not met:" not in worksheet
    assert "Hidden-evidence-words" not in worksheet
    lecturers = (built.folder / "lecturer/lecturers-copy.html").read_text("utf-8")
    assert "Ring the secretteachingword" in lecturers
    assert "hidden-story-words" in lecturers


def test_no_file_for_students_holds_what_they_must_not_see(
    built: BuiltSeminar, whole: Path
) -> None:
    edition = built.folder / "students/bells-first.sqlite"
    allowed = [*allowed_in(edition), PLAN.replace("founder", "")]
    looked_at = [name for name in built.files if name.startswith("students/")]
    assert len(looked_at) == 8
    for name in looked_at:
        data = (built.folder / name).read_bytes()
        # Programs that write documents have words of their own; what is looked for there is runs.
        found = secrets.leaks(data, secrets_of(whole), allowed, name)
        if not name.endswith(".sqlite"):
            found = [words for words in found if " " in words or words in UNMISTAKABLE]
        assert found == [], name
    lecturers = (built.folder / "lecturer/lecturers-copy.docx").read_bytes()
    assert "secretteachingword" in secrets.leaks(
        lecturers, secrets_of(whole), allowed, "lecturers-copy.docx"
    )


UNMISTAKABLE = {"secretteachingword", "personname", "hidden", "創業者の鐘"}


TELLING = PLAN.replace(
    "questions: [Who held the rights]\n",
    """\
questions:
  - Who held the rights
  - "Why the hidden question words?"
  - What does FOUNDER OF BELLS lack, namedword?
  - What came of it, tiedword?
""",
).replace(
    "case: founder}\n",
    """case: founder, question: 4}
  - {title: "Founder of bells, stepword", minutes: 5}
  - {title: Talk, minutes: 5, question: "Is 創業者の鐘 loud, askedword?"}
""",
)


def test_words_of_the_plan_that_tell_of_a_hidden_case_reach_no_student(
    casebook: Callable[..., Ran], whole: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "seminar.yaml"
    # The book's question has hyphens; a question with other marks is the same.
    plan.write_text(TELLING, encoding="utf-8")
    told = [
        "seminar.yaml:9: students will see 'Sealed: founder' in lists before the case is revealed;"
        " a case whose name must not be known needs a slug such as case-b, and titles that do not"
        " name it, in a pack of your own",
        "seminar.yaml:22: the narrative of this case may tell how the case has fared and why the book"
        " rates it as it does, which is revealed after it",
        "seminar.yaml:12: this question is the book's own about the hidden case 'Founder of bells';"
        " it is left out for students",
        "seminar.yaml:13: this question names the hidden case 'Founder of bells'; it is left out"
        " for students",
        "seminar.yaml:14: this question is asked only in steps about a hidden case; it is left out"
        " for students",
        "seminar.yaml:18: this step is about a hidden case; it is left out for students",
        "seminar.yaml:19: this step names the hidden case 'Founder of bells'; it is left out for"
        " students",
        "seminar.yaml:20: this question names the hidden case 'Founder of bells'; it is left out"
        " for students",
    ]
    checked = casebook("check", "seminar.yaml", "--on", whole)
    assert (checked.code, checked.out.splitlines()[:-1]) == (0, told)
    made = casebook("seminar", "build", plan.name, "-o", "out", "--book", whole, "--style", "book")
    assert [line.removeprefix("casebook: ") for line in made.err.splitlines()] == told
    edition = tmp_path / "out/students/bells-first.sqlite"
    with open_book(edition) as book:
        assert book.seminar
        assert book.seminar.questions == ("Who held the rights",)
        assert [step.title for step in book.seminar.steps] == [
            "Reading",
            "The bell",
            "Talk",
            "Rating again",
        ]
    secret = ["Why the hidden question words", "namedword tiedword stepword askedword"]
    for path in (tmp_path / "out/students").iterdir():
        data = path.read_bytes()
        found = secrets.leaks(data, secret, [*allowed_in(edition), PLAN], path.name)
        assert [words for words in found if words.endswith("word") or " " in words] == [], path
    lecturers = (tmp_path / "out/lecturer/lecturers-copy.html").read_text("utf-8")
    assert "namedword" in lecturers
    # They come back with the case.
    reveal(tmp_path / "out/later/1-entry-founder.seal", edition)
    with open_book(edition) as book:
        assert book.seminar
        assert len(book.seminar.questions) == 4


def test_a_question_of_the_book_stands_once_in_the_reader(whole: Path, tmp_path: Path) -> None:
    plan = PLAN.replace("[Who held the rights]", '[Who held the rights, "Why bells?"]')
    (tmp_path / "seminar.yaml").write_text(plan, encoding="utf-8")
    built = build_seminar(tmp_path / "seminar.yaml", whole, tmp_path / "out", "book")
    reader = (built.folder / "students/reader.html").read_text("utf-8")
    assert reader.count("Why bells?") == 1
    assert "Who held the rights" in reader


def test_a_step_about_a_hidden_case_is_told_with_its_own_question(
    casebook: Callable[..., Ran], whole: Path, tmp_path: Path
) -> None:
    plan = PLAN.replace("case: founder}", 'case: founder, question: "And then?"}')
    (tmp_path / "seminar.yaml").write_text(plan, encoding="utf-8")
    told = "seminar.yaml:14: this step and its question are about a hidden case; they are left out"
    assert told in casebook("check", "seminar.yaml", "--on", whole).out


def test_the_papers_of_a_hidden_case_do_not_tell_of_what_is_revealed_later(
    whole: Path, tmp_path: Path
) -> None:
    plan = PLAN.replace(
        "  - {slug: founder", "  - {slug: growers, hidden: true}\n  - {slug: founder"
    )
    plan = plan.replace("reveal: [", "reveal: [entry:growers, ")
    (tmp_path / "seminar.yaml").write_text(plan, encoding="utf-8")
    built = build_seminar(tmp_path / "seminar.yaml", whole, tmp_path / "out", "book")
    first = (built.folder / "later/1-growers.html").read_text("utf-8")
    assert "open-passage-words" in first
    assert SEALED_SENTENCE in first
    for words in ("told-passage-words", "told-mention-words", "told-event-words", "Founder"):
        assert words not in first
    second = (built.folder / "later/2-founder.html").read_text("utf-8")
    assert "hidden-story-words" in second
    page = (built.folder / "lecturer/what-to-hand-out-when.html").read_text("utf-8")
    assert "later/2-founder-worksheet.docx" in page


def test_what_students_still_see_of_a_hidden_case_is_told_without_files(
    casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    """A lecturer who builds from a book has no files of a pack."""
    terms = 'terms:\n  - {slug: rindo, term: Rindo, definition: "Of Growers [@m, para. 1]"}\n'
    changed = {
        "organisations/buyer.md": GROWERS.split("relations:")[0].replace(
            "Growers", "Growers' buyer"
        )
        + "---\n\n## Fields\n\nThey buy [@m, para. 2].\n",
        "glossary.yaml": terms,
    }
    pack = write_files(tmp_path / "pack", PACK | changed)
    build_volumes([pack], tmp_path / "whole.sqlite")
    plan = PLAN.replace("founder", "growers")
    (tmp_path / "seminar.yaml").write_text(plan, encoding="utf-8")
    seen = (
        "seminar.yaml:9: students will see 'Sealed: growers' in lists and the title 'Growers' buyer'"
        " before the case is revealed"
    )
    assert seen in casebook("check", "seminar.yaml", "--on", "whole.sqlite").out
    made = casebook("seminar", "build", "seminar.yaml", "-o", "out", "--book", "whole.sqlite")
    assert made.code == 0, made
    assert seen in made.err
    assert "Students will see the term 'Rindo', which names a sealed entry." in made.err
    assert made.err.count("Growers' buyer") == 1
    assert ".md" not in made.err
    alone = casebook(
        "build",
        "--on",
        "whole.sqlite",
        "--for",
        "students",
        "--seal",
        "entry:growers",
        "-o",
        "b.sqlite",
    )
    assert "Students will see the title 'Growers' buyer', which names a sealed entry." in alone.err


@pytest.mark.parametrize("old", ["title: Bells first", "seminar: bells-first"])
def test_a_title_that_names_a_hidden_case_is_an_error(
    casebook: Callable[..., Ran], whole: Path, tmp_path: Path, old: str
) -> None:
    new = old.replace("Bells first", "The founder of bells").replace(
        "bells-first", "the-founder-of-bells"
    )
    (tmp_path / "seminar.yaml").write_text(PLAN.replace(old, new), encoding="utf-8")
    line = 1 if "seminar" in old else 2
    told = f"seminar.yaml:{line}: this names the hidden case 'Founder of bells' to students"
    checked = casebook("check", "seminar.yaml", "--on", whole)
    assert checked.code == 1
    assert told in checked.out
    made = casebook("seminar", "build", "seminar.yaml", "-o", "out", "--book", whole)
    assert told in made.err
    assert not (tmp_path / "out").exists()


def test_a_plan_builds_the_same_bytes_twice(built: BuiltSeminar, whole: Path) -> None:
    again = build_seminar(whole.parent / "seminar.yaml", whole, whole.parent / "again", "book")
    for name in built.files:
        assert (again.folder / name).read_bytes() == (built.folder / name).read_bytes(), name


def test_each_seal_reveals_one_thing_more(built: BuiltSeminar, tmp_path: Path) -> None:
    book = tmp_path / "mine.sqlite"
    book.write_bytes((built.folder / "students/bells-first.sqlite").read_bytes())
    left = ["entry:founder", "ratings", "outcomes"]
    cases = {"nosaku", "takaoka"}
    for number, part in enumerate(list(left), 1):
        with open_book(book) as opened:
            assert opened.edition.seals == tuple(left)
            assert opened.seminar
            assert {case.slug for case in opened.seminar.cases} == cases
        name = f"{number}-{part.replace(':', '-')}.seal"
        assert reveal(built.folder / "later" / name, book).reveals == (part,)
        left.remove(part)
        cases.add("founder")
    # An earlier one changes nothing any more, and the last alone reveals all.
    after = book.read_bytes()
    assert not reveal(built.folder / "later/2-ratings.seal", book).is_new
    book.write_bytes((built.folder / "students/bells-first.sqlite").read_bytes())
    assert len(reveal(built.folder / "later/3-outcomes.seal", book).reveals) == 3
    assert book.read_bytes() == after


def test_a_new_build_clears_away_what_an_earlier_one_wrote(
    casebook: Callable[..., Ran], whole: Path, tmp_path: Path
) -> None:
    def build(plan: str) -> Ran:
        (tmp_path / "seminar.yaml").write_text(plan, encoding="utf-8")
        return casebook(
            "seminar", "build", "seminar.yaml", "-o", "out", "--force", "--book", whole,
            "--style", "book",
        )  # fmt: skip

    assert build(PLAN).code == 0
    own = tmp_path / "out/students/timetable.txt"
    own.write_text("mine", encoding="utf-8")
    listed = tmp_path / "out/lecturer/files-of-this-build.txt"
    listed.write_text(listed.read_text("utf-8") + "../seminar.yaml\nstudents/../../seminar.yaml\n")
    changed = PLAN.replace("bells-first", "bells-again").replace("entry:founder, ", "")
    changed = changed.replace("  - {slug: founder, hidden: true}\n", "")
    changed = changed.replace(", case: founder}", "}")
    made = build(changed)
    assert made.code == 0, made
    found = {
        path.relative_to(tmp_path).as_posix()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert found == {*made.out.splitlines(), "out/students/timetable.txt"}
    assert not (tmp_path / "out/students/bells-first.sqlite").exists()
    assert not (tmp_path / "out/later/1-founder.html").exists()
    assert "later/1-founder.html was of an earlier build, and is removed" in made.err
    assert "students/timetable.txt is not of this build; it stays" in made.err
    assert (tmp_path / "seminar.yaml").exists()


def test_the_page_says_what_to_hand_out_before_each_step(built: BuiltSeminar) -> None:
    page = (built.folder / "lecturer/what-to-hand-out-when.html").read_text("utf-8")
    for words in (
        "students/bells-first.sqlite",
        "later/1-entry-founder.seal",
        "25-45",
        "Who held the rights",
        "50 minutes",
        "its narrative may tell how the case has fared and why the book rates it as it does",
    ):
        assert words in page


def test_a_step_with_the_title_of_its_case_names_it_once() -> None:
    steps = (Step("Nosaku", 5, "nosaku"), Step("Nosaku", 5, "nosaku", "a"))
    plan = Seminar("s", "S", "2026-12-04", "f", (), (PlannedCase("nosaku"),), (), steps)
    (table,) = (
        part
        for part in plan_page(plan, (), {"nosaku": "Nosaku"}, "en").parts
        if isinstance(part, DraftTable)
    )
    assert [row[1].text.plain for row in table.rows] == ["Nosaku", "Nosaku (point a)"]


def test_what_is_revealed_before_a_hidden_case_is_revealed_in_time() -> None:
    steps = (Step("Reading", 5), Step("B", 5, "b"), Step("End", 5))
    cases = (PlannedCase("a"), PlannedCase("b", hidden=True))

    def revealed(*parts: str) -> list[int]:
        plan = Seminar("s", "S", "2026-12-04", "f", (), cases, (), steps, parts)
        return [reveal_steps(plan)[part] for part in parts]

    assert revealed("ratings", "entry:b", "outcomes") == [1, 1, 3]
    assert revealed("entry:b", "ratings") == [1, 3]
    assert revealed("ratings", "outcomes") == [3, 3]


def test_students_are_told_how_to_open_the_book_and_hand_in(
    casebook: Callable[..., Ran], built: BuiltSeminar, tmp_path: Path
) -> None:
    first = (built.folder / "students/READ-ME-FIRST.txt").read_text("utf-8")
    page = (built.folder / "lecturer/what-to-hand-out-when.html").read_text("utf-8")
    for words in ("casebook --book bells-first.sqlite", "Rate the cases", "Hand in"):
        assert words in first
        assert words in page
    assert len(first.splitlines()) == 5
    # The command in it is one that works.
    book = built.folder / "students/bells-first.sqlite"
    assert casebook("--book", book, "answers", "rate", "nosaku", "a", "met").code == 0
    (command,) = re.findall(r"answers export .*?answers\.json", first)
    ran = casebook("--book", book, *shlex.split(command))
    assert ran.code == 0, ran
    assert (tmp_path / "answers.json").exists()


def test_a_narrative_is_warned_of_only_before_what_it_may_tell() -> None:
    def early(*parts: str) -> str:
        plan = Seminar("s", "S", "2026-12-04", "f", (), (), (), (), parts)
        return told_too_early(plan, "entry:b")

    assert early("ratings", "entry:b", "outcomes") == "how the case has fared"
    assert early("outcomes", "entry:b", "ratings") == "why the book rates it as it does"
    assert early("ratings", "outcomes", "entry:b") == ""
    assert early("entry:b", "entry:c") == ""


def test_the_command_builds_and_refuses(
    casebook: Callable[..., Ran], whole: Path, built: BuiltSeminar, tmp_path: Path
) -> None:
    plan, style = whole.parent / "seminar.yaml", ("--style", "book")
    made = casebook("seminar", "build", plan, "-o", "out", "--book", whole, *style)
    assert made.code == 0, made
    assert made.out.splitlines() == [f"out/{name}" for name in built.files]
    for name in built.files:  # another process, with another order of its sets
        assert (tmp_path / "out" / name).read_bytes() == (built.folder / name).read_bytes(), name
    taken = casebook("seminar", "build", plan, "-o", "out", "--book", whole, *style)
    assert (taken.code, "out already exists" in taken.err) == (1, True)
    for below in ("bad.yaml/x", "bad.yaml/x/y"):
        (tmp_path / "bad.yaml").write_text("", encoding="utf-8")
        refused = casebook("seminar", "build", plan, "-o", below, "--book", whole, *style)
        assert refused.err == "casebook: bad.yaml is not a folder.\n"
    edition = tmp_path / "out/students/bells-first.sqlite"
    refused = casebook("seminar", "build", plan, "-o", "more", "--book", edition, *style)
    assert (refused.code, "is a students' edition" in refused.err) == (1, True)
    (tmp_path / "bad.yaml").write_text(PLAN.replace("- nosaku", "- nosuku"), encoding="utf-8")
    refused = casebook("seminar", "build", "bad.yaml", "-o", "more", "--book", whole, *style)
    assert "bad.yaml:7: the book has no entry 'nosuku'" in refused.err
    assert sorted(os.listdir(tmp_path)) == ["bad.yaml", "home", "out"]
