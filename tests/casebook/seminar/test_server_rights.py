"""What the database itself refuses, asked in plain SQL by somebody with a student's credentials."""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from casebook.book.connection import open_book
from casebook.seminar import server
from casebook.seminar.planned import PlannedCase
from casebook.seminar.student_link import Sent, StudentLink
from tests.classes_on_postgres import MET, PLAN, HeldClass, hold_class, new_lecturer

INSERT = (
    "INSERT INTO casebook.answer"
    " (seminar_id, participant_id, round, entry, criterion, rating, reason, answered)"
    " VALUES (%s, %s, %s, %s, %s, 'met', '', '')"
)


def _give(held: HeldClass, student: tuple[str, str], **cells: str) -> None:
    """Answers as the program sends them: `a="met"`."""
    link = StudentLink(held.door.url, student[1])
    answers = {("nosaku", point): MET._replace(rating=rating) for point, rating in cells.items()}
    link.exchange(answers, Sent())
    link.close()


def _refused(connection: psycopg.Connection[Any], words: str, values: Sequence[Any] = ()) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        connection.execute(words, values or None)


def _count(connection: psycopg.Connection[Any], table: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM casebook.{table}").fetchone()
    return int(found[0]) if found else -1


def test_a_student_reads_own_answers_alone(held: HeldClass) -> None:
    _give(held, held.anna, a="met", b="partly")
    _give(held, held.ben, a="not met")
    with held.as_student(held.anna[1]) as connection:
        found = connection.execute("SELECT participant_id, rating FROM casebook.answer").fetchall()
        assert sorted(found) == [(held.anna[0], "met"), (held.anna[0], "partly")]
        assert connection.execute("SELECT name FROM casebook.participant").fetchall() == [("Anna",)]


@pytest.mark.parametrize("token", ["", "x" * 43, "' OR 1=1 --"])
def test_without_a_token_nothing_is_there(held: HeldClass, token: str) -> None:
    _give(held, held.anna, a="met")
    with held.as_student(token) as connection:
        tables = ("seminar", "my_cases()", "planned_point", "round", "participant", "answer",
                  "reveal", "submission")  # fmt: skip
        assert {_count(connection, table) for table in tables} == {0}
        _refused(connection, INSERT, [held.seminar_id, held.anna[0], 1, "nosaku", "a"])
        assert connection.execute("DELETE FROM casebook.answer").rowcount == 0
    assert len(held.answers()) == 1


def test_nobody_writes_for_another(held: HeldClass) -> None:
    _give(held, held.ben, a="met")
    with held.as_student(held.anna[1]) as connection:
        _refused(connection, INSERT, [held.seminar_id, held.ben[0], 1, "nosaku", "b"])
        # The same key as one that is there tells no more than any other.
        _refused(connection, INSERT, [held.seminar_id, held.ben[0], 1, "nosaku", "a"])
        _refused(
            connection,
            INSERT + " ON CONFLICT (seminar_id, participant_id, round, entry, criterion)"
            " DO UPDATE SET rating = 'silent'",
            [held.seminar_id, held.ben[0], 1, "nosaku", "a"],
        )
        connection.execute(INSERT, [held.seminar_id, held.anna[0], 1, "nosaku", "a"])
        update = "UPDATE casebook.answer SET rating = 'silent'"
        assert connection.execute(update).rowcount == 1
        _refused(connection, "UPDATE casebook.answer SET participant_id = %s", [held.ben[0]])
        _refused(connection, "UPDATE casebook.participant SET id = %s", ["f" * 32])
        connection.execute("UPDATE casebook.participant SET name = 'Ann'")
        assert connection.execute("DELETE FROM casebook.answer").rowcount == 1
    assert held.answers() == [(held.ben[0], 1, "nosaku", "a", "met", "It has one.")]


@pytest.mark.parametrize("opened", [True, False])
def test_nobody_writes_after_the_close_or_before_the_opening(held: HeldClass, opened: bool) -> None:
    _give(held, held.anna, a="met")
    if opened:
        held.close_round()
    number = 1 if opened else 2
    if not opened:
        with held.as_lecturer() as connection:
            connection.execute(
                "INSERT INTO casebook.round VALUES (%s, 2, '', '')", [held.seminar_id]
            )
    with held.as_student(held.anna[1]) as connection:
        _refused(connection, INSERT, [held.seminar_id, held.anna[0], number, "nosaku", "b"])
        if opened:
            assert connection.execute("UPDATE casebook.answer SET rating='silent'").rowcount == 0
            assert connection.execute("DELETE FROM casebook.answer").rowcount == 0
    assert [row[4] for row in held.answers()] == ["met"]


def test_an_answer_that_meets_the_close_waits_and_is_refused(held: HeldClass) -> None:
    """The policy sees the round as it was when the statement began; the trigger looks again."""
    refused: list[str] = []

    def write_late() -> None:
        with held.as_student(held.anna[1]) as late:
            try:
                late.execute(INSERT, [held.seminar_id, held.anna[0], 1, "nosaku", "a"])
            except psycopg.Error as error:
                refused.append(error.sqlstate or "")

    with psycopg.connect(held.lecturer) as closing:
        closing.execute("UPDATE casebook.round SET closed = 'now'")
        writer = threading.Thread(target=write_late)
        writer.start()
        with psycopg.connect(held.owner) as watching:
            waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            while writer.is_alive() and watching.execute(waiting).fetchone() == (0,):
                time.sleep(0.01)
        closing.commit()
        writer.join()
    assert refused == ["42501"]
    assert held.answers() == []


def test_a_round_that_is_forged_is_refused(held: HeldClass) -> None:
    with held.as_student(held.anna[1]) as connection:
        for words in (
            "UPDATE casebook.round SET closed = ''",
            "INSERT INTO casebook.reveal VALUES ('x', 'tally', '')",
            "UPDATE casebook.seminar SET title = 'Mine'",
            "DELETE FROM casebook.participant",
            "INSERT INTO casebook.submission SELECT 1",
            "TRUNCATE casebook.answer",
            "DROP TABLE casebook.answer",
            "ALTER TABLE casebook.answer DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE casebook.answer DISABLE TRIGGER ALL",
            "SET ROLE casebook_lecturer",
            "SET session_replication_role = replica",
            "SELECT * FROM casebook.class_door",
            "SELECT * FROM casebook.student_secret",
            "SELECT * FROM casebook.installation",
            "SELECT * FROM casebook.planned_case",
            "CREATE FUNCTION casebook.me() RETURNS text LANGUAGE sql AS 'SELECT 1'",
            "COPY casebook.answer TO PROGRAM 'cat'",
        ):
            _refused(connection, words)


def test_row_security_cannot_be_switched_off(held: HeldClass) -> None:
    _give(held, held.ben, a="met")
    with held.as_student(held.anna[1]) as connection:
        connection.execute("SET row_security = off")
        _refused(connection, "SELECT * FROM casebook.answer")


def test_a_time_and_a_rating_cannot_be_made_up(held: HeldClass) -> None:
    with held.as_student(held.anna[1]) as connection:
        connection.execute(INSERT, [held.seminar_id, held.anna[0], 1, "nosaku", "a"])
        connection.execute("UPDATE casebook.answer SET answered = '1999'")
        found = connection.execute("SELECT answered FROM casebook.answer").fetchone()
        assert found is not None
        assert found[0].startswith("20")
        assert found[0].endswith("Z")
        with pytest.raises(errors.CheckViolation):
            connection.execute("UPDATE casebook.answer SET rating = 'splendid'")
        with pytest.raises(errors.CheckViolation):
            connection.execute("UPDATE casebook.answer SET reason = repeat('x', 1001)")
        with pytest.raises(errors.ForeignKeyViolation):
            connection.execute(INSERT, [held.seminar_id, held.anna[0], 1, "nosaku", "zz"])


def test_a_hidden_case_is_not_there_before_it_is_revealed(held: HeldClass) -> None:
    with held.as_student(held.anna[1]) as connection:
        cases = "SELECT slug FROM casebook.my_cases()"
        assert connection.execute(cases).fetchall() == [("nosaku",)]
        _refused(connection, INSERT, [held.seminar_id, held.anna[0], 1, "takaoka", "a"])
        _refused(connection, INSERT, [held.seminar_id, held.anna[0], 1, "unheard-of", "a"])
        held.reveal("entry:takaoka")
        assert connection.execute(cases).fetchall() == [("nosaku",), ("takaoka",)]
        connection.execute(INSERT, [held.seminar_id, held.anna[0], 1, "takaoka", "a"])


ASKED_OF_A_CASE = (
    "SELECT * FROM casebook.planned_case WHERE slug = '{case}'",
    "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF)"
    " SELECT slug FROM casebook.planned_case WHERE slug = '{case}'",
    "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF)"
    " SELECT slug FROM casebook.planned_case WHERE slug >= '{case}'",
    "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF)"
    " SELECT FROM casebook.my_cases() WHERE slug = '{case}'",
    "SELECT FROM casebook.reveal WHERE item = 'entry:{case}'",
    "SELECT * FROM casebook.class_tally(1) WHERE entry = '{case}'",
    "SELECT has_table_privilege('casebook.planned_case', 'SELECT'), '{case}'",
    "INSERT INTO casebook.answer VALUES"
    " ('{seminar}', '{student}', 1, '{case}', 'a', 'met', '', '')",
    "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) INSERT INTO casebook.answer VALUES"
    " ('{seminar}', '{student}', 1, '{case}', 'a', 'met', '', '')",
    "SELECT casebook.hand_in('{token}', 1, '{{{case}}}', '{{a}}', '{{met}}', '{{x}}', '{{}}', '{{}}')",
    "SELECT casebook.hand_in('{token}', 1, '{{}}', '{{}}', '{{}}', '{{}}', '{{{case}}}', '{{a}}')",
)


def test_a_hidden_case_and_one_that_was_never_planned_answer_alike(held: HeldClass) -> None:
    def answered(question: str, case: str) -> str:
        asked = question.format(
            case=case, seminar=held.seminar_id, student=held.anna[0], token=held.anna[1]
        )
        with held.as_student(held.anna[1]) as connection:
            try:
                found = str(connection.execute(asked.encode()).fetchall())
            except psycopg.Error as error:
                found = f"{error.sqlstate} {error}"
        return found.replace(case, "CASE")

    for question in ASKED_OF_A_CASE:
        assert answered(question, "takaoka") == answered(question, "unheard-of"), question


def _everything(connection: psycopg.Connection[Any]) -> str:
    """All that may be selected, out of every table and view of the database."""
    relations = connection.execute(
        "SELECT attrelid::regclass::text, string_agg(quote_ident(attname), ', ' ORDER BY attnum)"
        " FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
        " WHERE relkind IN ('r', 'v', 'm', 'p', 'f') AND attnum > 0 AND NOT attisdropped"
        " AND has_column_privilege(attrelid, attnum, 'SELECT') GROUP BY attrelid"
    ).fetchall()
    found = []
    for name, columns in relations:
        with contextlib.suppress(psycopg.Error):
            found += connection.execute(f"SELECT {columns} FROM {name}".encode()).fetchall()
    return str(found)


def test_nothing_that_a_student_may_select_names_a_hidden_case(
    database: str, small_book: Path
) -> None:
    """The hidden case stands between others, so that numbers would show where."""
    cases = (PlannedCase("nosaku"), PlannedCase("takaoka", hidden=True), PlannedCase("growers"))
    plan = replace(PLAN, cases=cases, reveal=("entry:takaoka",))
    held = hold_class(database, new_lecturer(database), small_book, plan=plan)
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("ANALYZE")  # which keeps samples of what stands in the tables
    with held.as_student(held.anna[1]) as connection:
        seen = _everything(connection)
        assert held.anna[0] in seen
        assert "takaoka" not in seen.lower()
        told = connection.execute("SELECT * FROM casebook.my_cases() WITH ORDINALITY").fetchall()
        assert told == [("nosaku", "Nosaku", False, 1), ("growers", "Growers", False, 2)]


def test_what_is_handed_in_at_once_is_held_to_the_same_rules(held: HeldClass) -> None:
    """The function has the rights of whoever calls it."""
    words = "SELECT casebook.hand_in(%s, %s, %s, %s, %s, %s, %s, %s)"
    both: list[Any] = [["nosaku"] * 2, ["a", "b"], ["met", "silent"], ["It has one.", ""]]
    nothing: list[Any] = [[], [], [], []]
    anna = held.anna[1]
    with held.as_student() as connection:
        _refused(connection, words, ["x" * 43, 1, *both, [], []])
        _refused(connection, words, [anna, 2, *both, [], []])
        with pytest.raises(errors.CheckViolation):
            connection.execute(words, [anna, 1, *both[:2], ["met", "splendid"], both[3], [], []])
        assert held.answers() == []
        for _ in range(2):
            connection.execute(words, [anna, 1, *both, [], []])
        connection.execute(words, [held.ben[1], 1, *nothing, ["nosaku"], ["a"]])
        given = [row[3:] for row in held.answers()]
        assert given == [("a", "met", "It has one."), ("b", "silent", "")]
        # Who it was is forgotten when the statement ends: a pool may hand the connection on.
        assert _count(connection, "answer") == 0
        held.close_round()
        _refused(connection, words, [anna, 1, *both, [], []])
        connection.execute(words, [anna, 1, *nothing, ["nosaku"], ["a"]])
        assert len(held.answers()) == 2


def test_the_tally_is_told_once_it_is_revealed_and_the_round_is_closed(held: HeldClass) -> None:
    _give(held, held.anna, a="met", b="partly")
    _give(held, held.ben, a="met")
    tally = "SELECT * FROM casebook.class_tally(1) ORDER BY 1, 2, 3"
    with held.as_student(held.anna[1]) as connection, held.as_student() as nobody:
        _refused(connection, tally)
        held.reveal("tally")
        _refused(connection, tally)
        held.close_round()
        expected = [("nosaku", "a", "met", 2), ("nosaku", "b", "partly", 1)]
        assert connection.execute(tally).fetchall() == expected
        _refused(nobody, tally)
        # What is still being answered is not told, either.
        held.open_round()
        _refused(connection, tally.replace("(1)", "(2)"))
        with held.as_lecturer() as lecturer:
            lecturer.execute("UPDATE casebook.class_door SET fewest = 2")
        assert connection.execute(tally).fetchall() == expected[:1]


def test_a_class_is_joined_by_its_code_alone(held: HeldClass) -> None:
    with held.as_student() as connection:
        join = "SELECT casebook.join_class(%s, %s, %s, '')"
        token, identifier = secrets.token_urlsafe(32), secrets.token_hex(16)
        _refused(connection, join, ["0" * 12, token, identifier])
        # Somebody else's identifier, with another token.
        _refused(connection, join, [held.door.code, token, held.anna[0]])
        for bad in (["short", identifier], [token, "../etc"], [None, identifier], [token, None]):
            with pytest.raises(errors.InvalidParameterValue):
                connection.execute(join, [held.door.code, *bad])
        # Twice the same is once.
        for _ in range(2):
            connection.execute(join, [held.door.code, token, identifier])
        with held.as_lecturer() as lecturer:
            assert _count(lecturer, "participant") == 3
            lecturer.execute("UPDATE casebook.class_door SET most = 3")
        new = [held.door.code, secrets.token_urlsafe(32), secrets.token_hex(16)]
        with pytest.raises(errors.ConfigurationLimitExceeded):
            connection.execute(join, new)


def test_no_secret_is_seen_in_what_others_do(held: HeldClass) -> None:
    """Students share a role, and PostgreSQL shows a role what its sessions ask."""
    link = StudentLink(held.door.url, held.anna[1])
    link.exchange({("nosaku", "a"): MET}, Sent())
    with held.as_student(held.ben[1]) as spy:
        seen = str(spy.execute("SELECT * FROM pg_stat_activity").fetchall())
        assert "set_config" in seen or "COMMIT" in seen
        assert held.anna[1] not in seen
        assert MET.reason not in seen
        stored = str(spy.execute("SELECT * FROM pg_stats").fetchall())
        assert held.anna[0] not in stored
    link.close()


def test_two_lecturers_and_two_seminars_do_not_meet(held: HeldClass, small_book: Path) -> None:
    other = hold_class(held.owner, new_lecturer(held.owner), small_book)
    second = hold_class(held.owner, held.lecturer, small_book, class_name="B")
    assert len({held.door.code, other.door.code, second.door.code}) == 3
    _give(held, held.anna, a="met")
    _give(other, other.anna, a="partly")
    with other.as_lecturer() as connection:
        found = connection.execute("SELECT rating FROM casebook.answer").fetchall()
        assert found == [("partly",)]
        assert _count(connection, "class_door") == _count(connection, "seminar") == 1
        for words in (
            "UPDATE casebook.round SET closed = 'x' WHERE seminar_id = %s",
            "DELETE FROM casebook.answer WHERE seminar_id = %s",
            "UPDATE casebook.class_door SET code = '0123456789ab' WHERE seminar_id = %s",
        ):
            assert connection.execute(words, [held.seminar_id]).rowcount == 0
        _refused(
            connection,
            "INSERT INTO casebook.reveal VALUES (%s, 'tally', '')",
            [held.seminar_id],
        )
        _refused(connection, "UPDATE casebook.seminar SET lecturer = 'postgres'")
        _refused(connection, "SELECT * FROM casebook.student_secret")
    # A student of one class is nobody in the other, with the code of their own or not.
    with other.as_student(held.anna[1]) as connection:
        _refused(connection, INSERT, [other.seminar_id, other.anna[0], 1, "nosaku", "b"])
        _refused(connection, INSERT, [other.seminar_id, held.anna[0], 1, "nosaku", "b"])
        seminars = connection.execute("SELECT id FROM casebook.seminar").fetchall()
        assert seminars == [(held.seminar_id,)]
    assert len(held.answers()) == 1


def test_there_is_no_place_for_what_is_the_lecturers(held: HeldClass) -> None:
    """Teaching notes, answers and the book's ratings have no table and no column."""
    with psycopg.connect(held.owner) as connection:
        columns = connection.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns"
            " WHERE table_schema = 'casebook'"
        ).fetchall()
    told = " ".join(name for (name,) in columns)
    assert not any(word in told for word in ("teach", "note", "outcome", "evidence", "board"))
    assert [name for (name,) in columns if name.endswith(".rating")] == ["answer.rating"]


def test_setting_up_twice_changes_nothing(held: HeldClass, small_book: Path) -> None:
    assert not server.set_up(server.server_engine(held.owner))
    assert not server.set_up(server.server_engine(held.lecturer))
    with open_book(small_book) as book:
        again = server.add_seminar(server.server_engine(held.lecturer), PLAN, book, "A")
    assert again == held.door
    with held.as_lecturer() as connection:
        assert _count(connection, "seminar") == 1
        assert _count(connection, "planned_case") == 2


def test_every_table_is_held_by_row_security(held: HeldClass) -> None:
    with psycopg.connect(held.owner) as connection:
        found = connection.execute(
            "SELECT relname, relrowsecurity FROM pg_class"
            " WHERE relnamespace = 'casebook'::regnamespace AND relkind = 'r'"
        ).fetchall()
        open_to_all = connection.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'casebook'::regnamespace"
            " AND has_function_privilege('public', oid, 'EXECUTE')"
        ).fetchall()
    assert len(found) == 11
    assert all(is_held for _, is_held in found)
    assert open_to_all == []
