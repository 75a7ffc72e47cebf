"""The shipped book as an edition for students: nothing of what it leaves out is in any file."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.schema import index_sql, schema_sql
from casebook.seminar.building import build_seminar
from tests import secrets
from tests.conftest import SHIPPED_BOOK

PLAN = """\
seminar: shipped
title: Rights before markets
date: 2026-12-04
framework: success-checklist
cases: [asiro-gentian-alliance, nosaku, renown, {slug: hiyoshi-ya, hidden: true}]
reveal: [ratings, outcomes, entry:hiyoshi-ya]
"""
OPEN = (
    "SELECT text FROM passage", "SELECT title FROM entry", "SELECT text FROM alias",
    "SELECT label FROM event", "SELECT short FROM event", "SELECT note FROM relation",
    "SELECT text FROM question", "SELECT definition FROM term", "SELECT name FROM term",
    "SELECT measures FROM figure", "SELECT unit FROM figure", "SELECT text FROM criterion",
    "SELECT title FROM criterion", "SELECT reference FROM source", "SELECT csl FROM source",
    "SELECT gist FROM paragraph", "SELECT name FROM place", "SELECT note FROM place",
    "SELECT note FROM person", "SELECT role FROM person", "SELECT name FROM person",
    "SELECT label FROM industry", "SELECT note FROM setting_industry", "SELECT size FROM setting",
    "SELECT description FROM volume", "SELECT description FROM framework",
    "SELECT note FROM mention", "SELECT words FROM told", "SELECT date_text FROM event",
    "SELECT not_to_confuse FROM figure", "SELECT survey FROM figure", "SELECT inferred_from FROM event",
    "SELECT text FROM place_alias", "SELECT text FROM term_alias", "SELECT note FROM source",
    "SELECT caption FROM exhibit", "SELECT text FROM exhibit_cell", "SELECT slug FROM entry",
    "SELECT key FROM event",
)  # fmt: skip
"""What the edition says openly, in so far as it still has it."""


@pytest.mark.soak
def test_no_file_for_students_of_the_shipped_book_says_more_than_it_may(tmp_path: Path) -> None:
    plan = tmp_path / "seminar.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    built = build_seminar(plan, SHIPPED_BOOK, tmp_path / "out", "book")
    edition = built.folder / "students/shipped.sqlite"
    hidden = [
        text
        for sql in (secrets.TEACHING, secrets.RATINGS, secrets.OUTCOMES)
        for text in secrets.texts(SHIPPED_BOOK, sql)
    ]
    hidden += secrets.entry_texts(SHIPPED_BOOK, "hiyoshi-ya")
    assert len(hidden) > 500
    allowed = [text for sql in OPEN for text in secrets.texts(edition, sql)]
    allowed += [schema_sql(), index_sql(), PLAN]
    for name in built.files:
        if name.startswith("students/"):
            found = secrets.leaks((built.folder / name).read_bytes(), hidden, allowed, name)
            runs = [words for words in found if " " in words]
            assert runs == [], name
            if name.endswith(".sqlite"):
                assert found == [], name
    lecturers = (built.folder / "lecturer/lecturers-copy.html").read_bytes()
    assert len(secrets.leaks(lecturers, hidden, allowed, "lecturers-copy.html")) > 500
