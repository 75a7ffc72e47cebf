"""Files of answers become a class, and what is odd does not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casebook.errors import CasebookError
from casebook.seminar.class_file import ClassFileError, read_class, set_revealed
from casebook.seminar.class_values import ClassAnswer, ClassCase
from casebook.seminar.collecting import Collected, collect, files_of
from tests.casebook.seminar.classes import (
    CASES,
    PLANNED,
    answers,
    as_data,
    identifier,
    simulated,
    write_answer_files,
)
from tests.systems import is_private


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "class.sqlite"


def _given(path: Path) -> set[ClassAnswer]:
    return set(read_class(path).answers)


def _said(path: Path, student: int, round_: int = 1) -> str:
    return " ".join(
        each.rating.value
        for each in read_class(path).answers
        if (each.student, each.round) == (identifier(student), round_)
    )


def test_every_answer_is_there_once(path: Path, tmp_path: Path) -> None:
    handed_in = simulated(25, (1, 2))
    files = write_answer_files(tmp_path / "answers", handed_in)
    done = collect(path, files, PLANNED)
    assert (done.new, done.refused, done.students) == (50, [], {1: 25, 2: 25})
    assert _given(path) == {
        ClassAnswer(each.student, each.round, *answer)
        for each in handed_in
        for answer in each.answers
    }
    record = read_class(path)
    assert [case.slug for case in record.cases] == list(CASES)
    assert {student.name for student in record.students} == {f"Student {n}" for n in range(1, 26)}
    assert is_private(path)
    assert [file.name for file in tmp_path.iterdir() if file != path] == ["answers"]


def test_a_later_file_replaces_the_earlier_one_of_the_round_whatever_their_order(
    path: Path, tmp_path: Path
) -> None:
    first = answers(1, {"nosaku a": "met", "nosaku b": "met"}, written=1, name="Ana")
    later = answers(1, {"nosaku a": "not met"}, written=3, name="Ana Q.")
    after = answers(1, {"nosaku a": "partly"}, round_=2, written=4, name="")
    files = write_answer_files(tmp_path, [later, first, after])
    done = collect(path, files, PLANNED)
    assert (done.new, done.older, done.replaced) == (2, 1, 0)
    assert (_said(path, 1), _said(path, 1, 2)) == ("not met", "partly")
    (student,) = read_class(path).students
    assert (student.name, student.rounds) == ("", ((1, 1), (2, 1)))
    latest = answers(1, {"takaoka a": "silent"}, written=5, name="Ana")
    done = collect(path, write_answer_files(tmp_path / "more", [latest, later, first]))
    assert (done.replaced, done.older, done.same) == (1, 2, 0)
    assert _said(path, 1) == "silent"
    assert read_class(path).students[0].name == "Ana"


def test_a_reason_that_goes_with_a_replaced_answer_is_told(path: Path, tmp_path: Path) -> None:
    reasoned = {"nosaku a": "met: It says so.", "nosaku b": "met: So it does."}
    first = answers(1, reasoned, written=1)
    done = collect(path, write_answer_files(tmp_path / "first", [first]), PLANNED)
    assert done.notes == []
    later = answers(1, {"nosaku a": "partly"}, written=2)
    done = collect(path, write_answer_files(tmp_path / "later", [later]))
    assert done.notes == [
        "1 reason of earlier answers went with them: the later ones rate the same without a reason."
    ]
    again = answers(1, reasoned, written=3)
    assert collect(path, write_answer_files(tmp_path / "again", [again])).notes == []


def test_collecting_again_changes_nothing(path: Path, tmp_path: Path) -> None:
    files = write_answer_files(tmp_path / "answers", simulated(5, (1, 2)))
    collect(path, files, PLANNED)
    before = _given(path)
    done = collect(path, [*files, files[0]], PLANNED)
    assert (done.new, done.replaced, done.same) == (0, 0, 11)
    assert _given(path) == before


def test_two_files_that_contradict_each_other_are_told(path: Path, tmp_path: Path) -> None:
    one, other = answers(1, {"nosaku a": "met"}), answers(1, {"nosaku a": "not met"})
    files = write_answer_files(tmp_path, [one, other])
    done = collect(path, files, PLANNED)
    ((file, why),) = done.refused
    assert file == str(files[1])
    assert str(files[0]) in why
    assert _said(path, 1) == "met"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"seminar": "gears"}, "'gears', not for 'bells'"),
        ({"book": "niches"}, "'niches', not about 'small'"),
        ({"framework": "five"}, "'five', not by 'checklist'"),
        (
            {"answers": [{"entry": "renown", "criterion": "a", "rating": "met", "reason": ""}]},
            "renown",
        ),
        (
            {"answers": [{"entry": "nosaku", "criterion": "z", "rating": "met", "reason": ""}]},
            "'z'",
        ),
    ],
)
def test_what_is_for_another_seminar_is_refused_whole(
    path: Path, tmp_path: Path, changes: dict[str, object], why: str
) -> None:
    odd, good = tmp_path / "odd.json", tmp_path / "good.json"
    odd.write_bytes(as_data(answers(1, {"nosaku a": "met"}), **changes))
    good.write_bytes(as_data(answers(2, {"nosaku a": "met"})))
    done = collect(path, [odd, good], PLANNED)
    assert done.new == 1
    ((file, told),) = done.refused
    assert file == str(odd)
    assert why in told
    assert [student.id for student in read_class(path).students] == [identifier(2)]


def test_the_lecturer_is_told_of_other_editions_and_of_like_names(
    path: Path, tmp_path: Path
) -> None:
    same = [
        answers(number, {"nosaku a": "met"}, name=name)
        for number, name in ((1, "Ana"), (2, "ANA"), (3, "Bo"))
    ]
    files = write_answer_files(tmp_path, [same[0], same[1], same[2]._replace(edition="0.9")])
    told = " ".join(collect(path, files, PLANNED).notes)
    assert "edition '0.9'" in told
    assert "2 students give the name Ana" in told


def test_a_class_is_of_one_seminar(path: Path, tmp_path: Path) -> None:
    files = write_answer_files(tmp_path, simulated(2))
    with pytest.raises(CasebookError, match="--seminar"):
        collect(path, files)
    assert not path.exists()
    collect(path, files, PLANNED)
    before = path.read_bytes()
    for other in (
        PLANNED._replace(slug="gears"),
        PLANNED._replace(book="niches"),
        PLANNED._replace(framework="five"),
    ):
        with pytest.raises(CasebookError, match="another class"):
            collect(path, files, other)
    assert path.read_bytes() == before


def test_a_changed_plan_keeps_what_was_answered(path: Path, tmp_path: Path) -> None:
    files = write_answer_files(tmp_path, [answers(1, {"takaoka a": "met"})])
    collect(path, files, PLANNED)
    changed = PLANNED._replace(
        title="Bells", cases=(ClassCase("renown", "Renown"), ClassCase("nosaku", "Nosaku", True))
    )
    collect(path, files, changed)
    record = read_class(path)
    assert record.title == "Bells"
    assert [case.slug for case in record.cases] == ["renown", "nosaku", "takaoka"]
    assert record.cases[1].is_optional
    assert len(record.answers) == 1


def test_a_failed_first_collecting_leaves_no_file(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = write_answer_files(tmp_path / "answers", simulated(1))

    def fail(*_: object) -> None:
        raise CasebookError("The disk is full.")

    monkeypatch.setattr("casebook.seminar.class_store.put_submissions", fail)
    with pytest.raises(CasebookError):
        collect(path, files, PLANNED)
    assert not path.exists()


def test_a_class_is_not_made_where_every_file_is_refused(path: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.json"
    odd.write_bytes(as_data(answers(1, {"nosaku a": "met"}), seminar="gears"))
    done = collect(path, [odd], PLANNED)
    assert (done.new, len(done.refused)) == (0, 1)
    assert not path.exists()
    good = write_answer_files(tmp_path / "answers", simulated(1))
    collect(path, good, PLANNED)
    before = _given(path)
    collect(path, [odd], PLANNED)
    assert _given(path) == before


@pytest.mark.parametrize("kind", ["text", "empty", "sqlite", "book", "view", "folder"])
def test_what_is_no_class_is_left_as_it_is(
    path: Path, tmp_path: Path, small_book: Path, kind: str
) -> None:
    if kind == "folder":
        path.mkdir()
    elif kind == "book":
        path.write_bytes(small_book.read_bytes())
    elif kind in ("sqlite", "view"):
        if kind == "view":
            collect(path, write_answer_files(tmp_path, simulated(1)), PLANNED)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE VIEW more AS SELECT 1")
            connection.commit()
    else:
        path.write_bytes(b"" if kind == "empty" else b"answers")
    before = path.read_bytes() if path.is_file() else b""
    files = write_answer_files(tmp_path / "answers", simulated(1))
    with pytest.raises(ClassFileError):
        collect(path, files, PLANNED)
    with pytest.raises(ClassFileError):
        read_class(path)
    with pytest.raises(ClassFileError):
        set_revealed(path, ["ratings"], wanted=True)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_damaged_class_is_told(path: Path, tmp_path: Path) -> None:
    collect(path, write_answer_files(tmp_path, simulated(30, (1, 2))), PLANNED)
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 2, len(data) - 4096, 512):
        data[at : at + 40] = b"\xff" * 40
    path.write_bytes(data)
    with pytest.raises(ClassFileError):
        read_class(path)


def test_what_is_revealed_is_kept(path: Path, tmp_path: Path) -> None:
    collect(path, write_answer_files(tmp_path, simulated(1)), PLANNED)
    assert read_class(path).reveals == frozenset()
    assert set_revealed(path, ["ratings"], wanted=True).reveals == {"ratings"}
    assert set_revealed(path, ["ratings"], wanted=True).reveals == {"ratings"}
    assert set_revealed(path, ["ratings"], wanted=False).reveals == frozenset()


def test_folders_and_patterns_name_files(tmp_path: Path) -> None:
    files = write_answer_files(tmp_path / "answers", simulated(3))
    assert files_of([tmp_path / "answers"]) == files
    assert files_of([tmp_path / "answers" / "*.json", files[0]]) == files
    with pytest.raises(CasebookError, match="no files"):
        files_of([tmp_path])
    assert Collected().students == {}
