"""The shipped book as an edition for students: nothing of what it leaves out is in any file."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook.pack.editions import CheckedVolumes
from casebook.pack.reader import EntryDraft
from casebook.pack.redaction import Redaction
from casebook.seminar.building import build_seminar
from tests import secrets
from tests.conftest import SHIPPED_BOOK, SHIPPED_PACKS

PLAN = """\
seminar: shipped
title: Rights before markets
date: 2026-12-04
framework: success-checklist
cases: [asiro-gentian-alliance, nosaku, renown, {slug: uniqlo, hidden: true}]
reveal: [ratings, outcomes, entry:uniqlo]
"""


@pytest.mark.soak
def test_no_file_for_students_of_the_shipped_book_says_more_than_it_may(tmp_path: Path) -> None:
    plan = tmp_path / "seminar.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    built = build_seminar(plan, SHIPPED_BOOK, tmp_path / "out", "book")
    hidden = [
        text
        for sql in (secrets.TEACHING, secrets.RATINGS, secrets.OUTCOMES)
        for text in secrets.texts(SHIPPED_BOOK, sql)
    ]
    hidden += secrets.entry_texts(SHIPPED_BOOK, "uniqlo")
    assert len(hidden) > 500
    watched = secrets.Secrets(hidden, [*secrets.open_texts(SHIPPED_BOOK, "uniqlo"), PLAN])
    for name in built.files:
        if name.startswith("students/"):
            found = watched.in_file((built.folder / name).read_bytes(), name)
            runs = [words for words in found if " " in words]
            assert runs == [], name
            if name.endswith(".sqlite"):
                assert found == [], name
    lecturers = (built.folder / "lecturer/lecturers-copy.html").read_bytes()
    assert len(watched.in_file(lecturers, "lecturers-copy.html")) > 500


@pytest.mark.soak
def test_each_entry_of_the_shipped_book_can_be_sealed() -> None:
    checked = CheckedVolumes(list(SHIPPED_PACKS))
    slugs = [draft.slug for draft in checked.every_draft if isinstance(draft, EntryDraft)]
    assert len(slugs) > 100
    packs = checked.volumes.packs
    for slug in slugs:
        redaction = Redaction(packs, checked.every_draft, [f"entry:{slug}"])
        shown = [
            (redaction.pack(pack), [redaction.draft(draft) for draft in drafts])
            for pack, drafts in zip(packs, checked.drafts, strict=True)
        ]
        checked.volumes.check_drafts(shown)
        assert checked.problems.in_order() == [], slug
